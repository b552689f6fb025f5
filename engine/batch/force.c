/* force.c: the numbers of a database are read once, then each paper's is looked up. */
#include "batch/force.h"

#include "base/file.h"
#include "batch/apart.h"
#include "batch/code.h"
#include "data/sql.h"

struct held {               /* a number of the database */
    struct str number, day; /* on which it was declared void; STR_NONE where that isn't known */
    bool holds;
};

struct force {
    struct arena *arena;
    struct strmap words; /* of issuers */
    struct strmap numbers,
        marks; /* the index in `held`, from 1; marks: of those that don't hold, as only/.notes has them */
    struct held *held;
    size_t count;
};

/* --- reading ------------------------------------------------------------------------------------------------------- */

static void read_words(struct force *force, struct sql *db) {
    size_t rows, columns;
    bool found;
    const struct str *cells = sql_rows(
        db, force->arena, "SELECT DISTINCT word FROM issuer WHERE coalesce(word, '') <> ''", NULL, 0, &rows, &columns);
    for (size_t i = 0; columns > 0 && i < rows; i++) {
        strmap_put(&force->words, cells[i], &found);
    }
}

/* Of a number that two awards have one in force decides: a right database has none. False: it has no such tables. */
static bool read_numbers(struct force *force, struct sql *db) {
    enum { NUMBER, HOLDS, DAY, COLUMNS };
    size_t rows, columns;
    bool found;
    const struct str *cells = sql_rows(
        db, force->arena,
        "SELECT a.cert_no, coalesce(a.state IN('批准', '已打印', '已领'), 0), v.on_date FROM award AS a LEFT JOIN "
        "award_void AS v ON v.award_id = a.id WHERE a.cert_no IS NOT NULL ORDER BY 2, a.id",
        NULL, 0, &rows, &columns);
    force->held = ARENA_ARRAY(force->arena, struct held, rows);
    for (size_t i = 0; columns > 0 && i < rows; i++) {
        const struct str *cell = cells + i * COLUMNS;
        const struct held held = {cell[NUMBER], cell[DAY], str_is(cell[HOLDS], "1")};
        force->held[force->count++] = held;
        *strmap_put(&force->numbers, held.number, &found) = (uint32_t)force->count;
        if (!held.holds) {
            *strmap_put(&force->marks, apart_mark(force->arena, held.number), &found) = (uint32_t)force->count;
        }
    }
    return columns > 0;
}

struct force *force_open(struct arena *arena, const char *database) {
    struct force *force = arena_alloc(arena, sizeof *force);
    *force = (struct force){.arena = arena};
    strmap_init(&force->words, arena);
    strmap_init(&force->numbers, arena);
    strmap_init(&force->marks, arena);
    struct sql *db = sql_open(database, SQL_READ);
    if (sql_fault(db) == SQL_FINE && read_numbers(force, db)) {
        read_words(force, db);
    }
    sql_close(db);
    return force;
}

/* --- looking ------------------------------------------------------------------------------------------------------- */

/* Is it a number that an issuer of this database gives? */
static bool is_ours(const struct force *force, struct str number) {
    const size_t word = str_find(number, STR("〔"));
    return word < number.n && str_ends(number, STR("号")) &&
           strmap_get(&force->words, str_slice(number, 0, word)) != NULL;
}

static const struct held *find(const struct force *force, const struct strmap *map, struct str key) {
    const uint32_t *at = strmap_get(map, key);
    return at != NULL && *at > 0 ? &force->held[*at - 1] : NULL;
}

struct looking {
    const struct force *force;
    struct diags *diags;
    struct str term, *first;
    size_t count;
};

static void tell(struct looking *looking, struct str number, const struct held *held, struct str layout,
                 struct str folder) {
    const struct place place = {.record = number};
    if (looking->count++ == 0) {
        *looking->first = number;
    }
    if (looking->diags == NULL) {
        return;
    }
    if (held != NULL) {
        const struct str day = held->day.n > 0 ? held->day : STR("?");
        DIAG_ADD(looking->diags, O210, place, folder, day, layout, looking->term);
    } else {
        DIAG_ADD(looking->diags, O211, place, folder, layout, looking->term);
    }
}

static void look_at(struct looking *looking, struct str number, struct str layout, struct str folder) {
    const struct force *force = looking->force;
    const struct held *held = find(force, &force->numbers, number);
    if (is_ours(force, number) && (held == NULL || !held->holds)) {
        tell(looking, number, held, layout, folder);
    }
}

/* Its number is its key, and stands in its checking code. */
static struct str number_of(const struct record *record) {
    struct code_parts parts;
    return code_read(record->code, &parts) && str_is(parts.kind, "CERTIFICATE") ? parts.number : record->key;
}

static void look_at_entry(struct looking *looking, const struct entry *entry) {
    for (size_t i = 0; i < entry->record_count && entry->state != STATE_FAILED; i++) {
        look_at(looking, number_of(&entry->records[i]), entry->layout, entry->folder);
    }
}

/* --- what was printed apart ---------------------------------------------------------------------------------------- */

/* By its marks those that are void; a number that is gone altogether is only in the file's name, NUMBER or NUMBER–NUMBER. */
static void look_at_apart(struct looking *looking, struct apart_file *file) {
    const struct force *force = looking->force;
    const size_t told = looking->count;
    struct str rest = file->marks;
    while (rest.n > 0) {
        const struct held *held = find(force, &force->marks, str_split(rest, ' ', &rest));
        if (held != NULL) {
            tell(looking, held->number, held, file->layout, STR(PLAN_APART));
        }
    }
    const struct str name = apart_known_as(file->path);
    const size_t dash = str_find(name, STR("–"));
    const struct str last = dash < name.n ? str_slice(name, dash + STR("–").n, name.n) : STR_NONE;
    if (looking->count == told) {
        look_at(looking, str_slice(name, 0, dash), file->layout, STR(PLAN_APART));
        look_at(looking, last, file->layout, STR(PLAN_APART));
    }
}

static void look_apart(struct looking *looking, const char *folder) {
    struct arena *arena = looking->force->arena;
    struct str bytes = STR_NONE;
    struct apart_file file;
    int error = 0;
    const char *notes = file_inside(arena, folder, STR(APART_NOTES), &error);
    if (notes == NULL || file_read(arena, notes, 0, &bytes) != 0) {
        return;
    }
    while (apart_next(&bytes, &file)) {
        if (file_inside(arena, folder, file.path, &error) != NULL) {
            look_at_apart(looking, &file);
        }
    }
}

size_t force_look(const struct force *force, const struct manifest *manifest, const char *folder, struct diags *diags,
                  struct str *first) {
    struct looking looking = {.force = force, .diags = diags, .term = manifest->term, .first = first};
    for (size_t i = 0; i < manifest->count && force->words.count > 0; i++) {
        look_at_entry(&looking, &manifest->entries[i]);
    }
    if (force->words.count > 0 && folder != NULL) {
        look_apart(&looking, folder);
    }
    return looking.count;
}

/* --- the folders of other terms ------------------------------------------------------------------------------------ */

static void tell_of(const struct force *force, const char *folder, struct reporter *reporter) {
    struct arena *arena = force->arena;
    struct manifest manifest;
    struct diags diags;
    struct str bytes = STR_NONE, first = STR_NONE;
    const char *path = str_c(arena, str_printf(arena, "%s/manifest.xml", folder));
    manifest_init(&manifest, arena, STR_NONE, STR_NONE);
    diags_init(&diags, arena);
    if (file_read(arena, path, 0, &bytes) != 0 || !manifest_read(&manifest, bytes, str_from(path), &diags)) {
        return;
    }
    const size_t count = force_look(force, &manifest, folder, NULL, &first);
    if (count > 0) {
        DIAG_ADD(&diags, O213, ((struct place){.record = first}), manifest.term, str_int(arena, (int64_t)count));
        reporter->diag(reporter, &diags.items[0], STR_NONE);
    }
}

void batch_tell_lapsed(const struct job *job, struct str term, struct reporter *reporter) {
    struct arena *arena = arena_create();
    const struct force *force = force_open(arena, job->database);
    struct str *names = NULL;
    size_t count = 0;
    folder_list(arena, job->out, STR_NONE, &names, &count);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(names[i], term)) {
            tell_of(force, str_c(arena, str_printf(arena, "%s/%.*s", job->out, STR_ARG(names[i]))), reporter);
        }
    }
    arena_destroy(arena);
}
