/* records.c: a file's rows as its entry in the manifest lists them. */
#include "batch/records.h"

#include "batch/groups.h"

static struct str listed(struct arena *arena, const struct printing *printing, struct str text) {
    return manifest_text(arena, printing_beside(arena, printing, text));
}

static void add_index(struct arena *arena, struct record *record, const struct printing *printing,
                      const struct rows *rows, size_t row) {
    const struct layout *layout = printing->layout;
    record->index = ARENA_ARRAY(arena, struct index_text, layout->index_count);
    for (size_t i = 0; i < layout->index_count; i++) {
        const struct str text = compose_index_text(printing->composer, arena, rows, row, i);
        record->index[record->index_count++] =
            (struct index_text){.key = layout->index[i].key, .text = listed(arena, printing, text)};
    }
}

/* A row is known by its key, its first column and its lines in the index: a key alone may be missing, or another's too. */
static bool is_known(struct strmap *known, struct arena *arena, const struct rows *rows, size_t row,
                     const struct record *record) {
    struct buffer identity = {0};
    buffer_add(&identity, record->key);
    buffer_byte(&identity, '\0');
    buffer_add(&identity, groups_cell_text(arena, rows, row, 0));
    for (size_t i = 0; i < record->index_count; i++) {
        buffer_byte(&identity, '\0');
        buffer_add(&identity, record->index[i].text);
    }
    bool found = false;
    strmap_put(known, str_copy(arena, buffer_str(&identity)), &found);
    buffer_release(&identity);
    return found;
}

static void add_code(struct arena *arena, struct record *record, const struct paper_code *code) {
    record->edition = code->edition;
    record->content = str_copy(arena, code->content);
    record->code = manifest_text(arena, code->code);
}

static struct record *list(struct arena *arena, struct run *run, const struct printing *printing,
                           const struct plan *plan, const struct planned *planned, const size_t *first_pages,
                           const struct paper_code *codes, size_t *count) {
    struct arena *scratch = arena_create();
    struct strmap known;
    strmap_init(&known, scratch);
    struct record *records = ARENA_ARRAY(arena, struct record, planned->to - planned->from);
    *count = 0;
    for (size_t row = planned->from; row < planned->to; row++) {
        struct record record = {
            .key = manifest_text(arena, plan_row_key(run, printing, &plan->rows, row)),
            .page = first_pages != NULL ? (int64_t)first_pages[row - planned->from] : 0,
        };
        add_index(arena, &record, printing, &plan->rows, row);
        if (codes != NULL) {
            add_code(arena, &record, &codes[row - planned->from]);
        }
        if (!is_known(&known, scratch, &plan->rows, row, &record)) {
            records[(*count)++] = record;
        }
    }
    arena_destroy(scratch);
    return records;
}

struct record *records_of(struct arena *arena, struct run *run, const struct printing *printing,
                          const struct plan *plan, const struct planned *planned, size_t *count) {
    return list(arena, run, printing, plan, planned, NULL, NULL, count);
}

void records_add(struct run *run, struct entry *entry, const struct printing *printing, const struct plan *plan,
                 const struct planned *planned, const struct outcome *outcome) {
    const size_t *first_pages = entry->state == STATE_FAILED ? NULL : outcome->first_pages;
    entry->records = list(run->arena, run, printing, plan, planned, first_pages,
                          entry->state == STATE_FAILED ? NULL : outcome->codes, &entry->record_count);
}
