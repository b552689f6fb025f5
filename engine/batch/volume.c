/* volume.c: from a row to its volumes.
 *
 *     rows of the parts' layout that agree ──► compose each ──► measure ──► share out ──┐
 *     front, back ◄── compose ◄── `parts`, `volume` ◄─────────────────────────────────┘──► bind */
#include "batch/volume.h"

#include "batch/binder.h"
#include "page/elements.h"

/* --- what a volume knows of itself -------------------------------------------------------------------------------- */

static struct value number(int64_t n) {
    return (struct value){.kind = VALUE_INTEGER, .integer = n};
}

/* Rows live as long as the document. query NULL: the layout doesn't use it. */
static void give(struct query *query, const struct rows *rows) {
    if (query != NULL) {
        query_give(query, rows);
    }
}

static void give_parts(struct binder *binder, const struct binding *binding, size_t from, size_t to) {
    struct arena *arena = binder->maker->arena;
    const struct rows *theirs = &binder->parts->plan.rows;
    const size_t columns = PARTS_COLUMN_COUNT + theirs->columns;
    struct rows *rows = ARENA_NEW(arena, struct rows);
    *rows = (struct rows){to - from, columns, ARENA_ARRAY(arena, struct value, (to - from) * columns)};
    for (size_t i = from; i < to; i++) {
        const struct bound_part *part = &binding->parts[i];
        struct value *cells = &rows->cells[(i - from) * columns];
        cells[PARTS_PAGE] = number(part->page);
        cells[PARTS_LAST_PAGE] = number(part->page + (part->pages > 0 ? part->pages - 1 : 0));
        cells[PARTS_PAGES] = number(part->pages);
        cells[PARTS_SHEETS] = number(part->sheets);
        cells[PARTS_INCOMPLETE] = number(binding->incomplete[i]);
        cells[PARTS_IS_LAST] = number(i + 1 == to);
        for (size_t c = 0; c < theirs->columns; c++) {
            cells[PARTS_COLUMN_COUNT + c] = theirs->cells[binding->planned[i]->from * theirs->columns + c];
        }
    }
    give(binder->printing->resolved->parts, rows);
}

static void give_volume(struct binder *binder, const struct binding *binding, size_t from, size_t to) {
    struct rows *rows = ARENA_NEW(binder->maker->arena, struct rows);
    struct value *cells = ARENA_ARRAY(binder->maker->arena, struct value, OF_VOLUME_COLUMN_COUNT);
    int64_t pages = 0, sheets = 0, incomplete = 0;
    for (size_t i = from; i < to; i++) {
        pages += binding->parts[i].pages;
        sheets += binding->parts[i].sheets;
        incomplete += binding->incomplete[i];
    }
    cells[OF_VOLUME_NUMBER] = number((int64_t)binding->parts[from].volume + 1);
    cells[OF_VOLUME_COUNT] = number((int64_t)binding->volumes);
    cells[OF_VOLUME_SPLIT] = number(binding->volumes > 1);
    cells[OF_VOLUME_PARTS] = number((int64_t)(to - from));
    cells[OF_VOLUME_FIRST] = number((int64_t)from + 1);
    cells[OF_VOLUME_LAST] = number((int64_t)to);
    cells[OF_VOLUME_PAGES] = number(pages);
    cells[OF_VOLUME_SHEETS] = number(sheets);
    cells[OF_VOLUME_INCOMPLETE] = number(incomplete);
    *rows = (struct rows){1, OF_VOLUME_COLUMN_COUNT, cells};
    give(binder->printing->resolved->volume, rows);
}

/* --- binding ------------------------------------------------------------------------------------------------------ */

/* False when it can't be composed; *document NULL when there is nothing of it. */
static bool compose_around(struct binder *binder, size_t row, enum matter matter, size_t blocks,
                           struct document **document) {
    *document = NULL;
    if (blocks == 0) {
        return true;
    }
    const struct compose_result result =
        compose_matter(binder->printing->composer, binder->maker->arena, &binder->plan->rows, row, matter,
                       binder->planned->record, &binder->outcome->diags);
    binder_count(binder, &result.counts);
    binder->result.incomplete = binder->result.incomplete || result.incomplete;
    *document = result.document;
    return result.document != NULL;
}

/* Where a file holds several volumes each has a bookmark, and labels of its own for its pages. */
static void name_volume(struct binder *binder, const struct binding *binding, size_t which, size_t ordinal,
                        struct volume *volume) {
    const struct printing *printing = binder->printing;
    struct arena *arena = binder->maker->arena;
    struct str title = printing->layout->title;
    if (printing->layout->index_count > 0) {
        title = compose_index_text(printing->composer, arena, &binder->plan->rows, binding->row, 0);
        title = printing_beside(arena, printing, title);
    }
    volume->title =
        binding->volumes > 1 ? str_printf(arena, "%.*s %zu/%zu", STR_ARG(title), which + 1, binding->volumes) : title;
    volume->prefix = str_printf(arena, "%zu-", ordinal + 1);
}

static bool bind_one(struct binder *binder, const struct binding *binding, size_t from, size_t to,
                     struct volume *volume) {
    const struct layout *layout = binder->printing->layout;
    give_parts(binder, binding, from, to);
    give_volume(binder, binding, from, to);
    if (!compose_around(binder, binding->row, MATTER_FRONT, layout->front_count, &volume->front) ||
        !compose_around(binder, binding->row, MATTER_BACK, layout->has_sheet ? 0 : layout->back_count, &volume->back)) {
        return false;
    }
    if (!layout->has_sheet) {
        volume->parts = &binding->parts[from];
        volume->count = to - from;
    }
    bind_volume(binder->result.document, &binder->how, volume);
    return true;
}

static bool bind_all(struct binder *binder, const struct binding *bindings, size_t count) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all += bindings[i].volumes;
    }
    binder->result.first_pages = ARENA_ARRAY(binder->maker->arena, size_t, count);
    for (size_t i = 0, ordinal = 0; i < count; i++) {
        const struct binding *binding = &bindings[i];
        binder->result.first_pages[i] = binder->result.document->count;
        for (size_t from = 0, to = 0; from < binding->count; from = to, ordinal++) {
            const size_t which = binding->parts[from].volume;
            while (to < binding->count && binding->parts[to].volume == which) {
                to++;
            }
            struct volume volume = {0};
            if (all > 1 && !binder->printing->layout->has_sheet) {
                name_volume(binder, binding, which, ordinal, &volume);
            }
            if (!bind_one(binder, binding, from, to, &volume)) {
                return false;
            }
        }
    }
    return true;
}

static bool is_short_enough(struct binder *binder) {
    const struct layout *layout = binder->printing->layout;
    const size_t limit = (size_t)layout->at_most;
    if (binder->result.document->count <= limit) {
        return true;
    }
    struct place place = layout->place;
    place.record = binder->planned->record;
    DIAG_ADD(&binder->outcome->diags, C505, place, str_int(binder->maker->arena, (int64_t)limit));
    return false;
}

static bool make_volumes(struct binder *binder) {
    const size_t count = binder->planned->to - binder->planned->from;
    struct binding *bindings = ARENA_ARRAY(binder->maker->arena, struct binding, count);
    for (size_t i = 0; i < count; i++) {
        if (!binder_gather(binder, binder->planned->from + i, &bindings[i])) {
            return false;
        }
    }
    return bind_all(binder, bindings, count) && is_short_enough(binder);
}

static struct volume_plan plan_of(const struct binder *binder) {
    const struct layout *layout = binder->printing->layout;
    return (struct volume_plan){
        .duplex = layout->duplex && !layout->has_sheet,
        .sheets = layout->volume.sheets,
        .text = binder->maker->run->text,
        .number = &binder->printing->resolved->styles[layout->volume.number],
        .outer_mp = layout->volume.outer_mp,
        .head_mp = layout->volume.head_mp,
    };
}

struct compose_result volume_compose(struct maker *maker, const struct printing *printing, const struct plan *plan,
                                     const struct planned *planned, struct outcome *outcome) {
    struct binder binder = {.maker = maker,
                            .printing = printing,
                            .plan = plan,
                            .planned = planned,
                            .parts = parts_of(maker->parts, printing),
                            .outcome = outcome};
    binder.how = plan_of(&binder);
    binder.result.document = document_create_in(maker->arena);
    binder.result.document->title = printing->layout->title;
    binder.result.document->elements = printing->tagged ? elements_create_in(maker->arena) : NULL;
    if (!make_volumes(&binder)) {
        binder.result.document = NULL;
    }
    give(printing->resolved->parts, NULL);
    give(printing->resolved->volume, NULL);
    return binder.result;
}
