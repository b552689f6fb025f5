/* gather.c: the documents that a volume binds: those whose row agrees with the volume's, composed and measured. */
#include "batch/binder.h"

static struct place place_of(const struct binder *binder) {
    return (struct place){.record = binder->planned->record};
}

void binder_count(struct binder *binder, const struct compose_counts *counts) {
    struct compose_counts *sum = &binder->result.counts;
    sum->rows_given += counts->rows_given;
    sum->rows_placed += counts->rows_placed;
    sum->characters_given += counts->characters_given;
    sum->characters_placed += counts->characters_placed;
    sum->images_given += counts->images_given;
    sum->images_placed += counts->images_placed;
}

/* --- which documents ---------------------------------------------------------------------------------------------- */

static bool same_value(struct arena *arena, const struct value *a, const struct value *b) {
    return a->kind != VALUE_NULL && b->kind != VALUE_NULL && str_eq(value_text(arena, a), value_text(arena, b));
}

static bool belongs(struct arena *arena, const struct printing *printing, const struct rows *own, size_t row,
                    const struct rows *theirs, const struct planned *planned) {
    const size_t count = printing->layout->volume.by.count;
    bool belongs = true;
    for (size_t i = 0; i < count && belongs; i++) {
        const struct by_columns by = printing->resolved->by[i];
        belongs = same_value(arena, &own->cells[row * own->columns + by.own],
                             &theirs->cells[planned->from * theirs->columns + by.theirs]);
    }
    return belongs;
}

const struct planned **binder_find(struct arena *arena, const struct printing *printing, const struct plan *plan,
                                   const struct parts *parts, size_t row, size_t *count) {
    const struct plan *theirs = &parts->plan;
    const struct planned **found = ARENA_ARRAY(arena, const struct planned *, theirs->count);
    *count = 0;
    for (size_t i = 0; i < theirs->count; i++) {
        if (belongs(arena, printing, &plan->rows, row, &theirs->rows, &theirs->items[i])) {
            found[(*count)++] = &theirs->items[i];
        }
    }
    return found;
}

static struct binding find_documents(struct binder *binder, size_t row) {
    struct arena *arena = binder->maker->arena;
    struct binding binding = {.row = row};
    binding.planned = binder_find(arena, binder->printing, binder->plan, binder->parts, row, &binding.count);
    binding.parts = ARENA_ARRAY(arena, struct bound_part, binding.count);
    binding.incomplete = ARENA_ARRAY(arena, bool, binding.count);
    return binding;
}

/* --- how long they are -------------------------------------------------------------------------------------------- */

uint64_t extent_number(const struct extent *extent) {
    return (uint64_t)(uint32_t)extent->pages << 33 | (uint64_t)(uint32_t)extent->sheets << 1 | extent->incomplete;
}

void extent_set(struct extent *extent, uint64_t number) {
    extent->pages = (int32_t)(number >> 33);
    extent->sheets = (int32_t)(number >> 1 & UINT32_MAX);
    extent->incomplete = (number & 1) != 0;
    atomic_store(&extent->known, true);
}

/* --- composing and measuring them --------------------------------------------------------------------------------- */

/* Findings of a document are told of itself; here counts only whether it can be bound. */
static void take_errors(struct binder *binder, const struct planned *planned, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag_severity(diag->code) == SEVERITY_ERROR) {
            diag_add(&binder->outcome->diags, diag->code, diag->place, diag->args);
        }
    }
    DIAG_ADD(&binder->outcome->diags, O130, place_of(binder), planned->record);
}

static struct extent *extent_of(const struct binder *binder, const struct planned *planned) {
    return &binder->parts->extents[planned - binder->parts->plan.items];
}

/* By the rows of its own document: those before them may come and go. */
static uint64_t which_of(const struct binder *binder, const struct binding *binding, size_t i) {
    return (uint64_t)(binding->row - binder->planned->from) << 32 | i;
}

static bool compose_part(struct binder *binder, const struct binding *binding, size_t which, struct bound_part *part) {
    const struct planned *planned = binding->planned[which];
    struct diags diags;
    struct arena *arena = binder->maker->arena;
    diags_init(&diags, arena);
    struct paper_code *codes;
    const struct compose_result result =
        codes_compose(binder->maker->run, &binder->parts->printing, arena, &binder->parts->plan.rows, planned->from,
                      planned->to, planned->record, NULL, &diags, &codes);
    if (result.document == NULL) {
        take_errors(binder, planned, &diags);
        return false;
    }
    part->document = result.document;
    bind_measure(part);
    const bool incomplete = result.incomplete || diags_any(&diags, SEVERITY_FAULT);
    struct extent *extent = extent_of(binder, planned);
    extent->incomplete = incomplete;
    extent->pages = part->pages;
    extent->sheets = part->sheets;
    atomic_store(&extent->known, true);
    asked_fact(&binder->maker->run->asked, true, which_of(binder, binding, which), extent_number(extent));
    binder_count(binder, &result.counts);
    return true;
}

/* Its pages are forgotten at once. */
static bool measure_part(struct binder *binder, const struct binding *binding, size_t which, struct bound_part *part) {
    const struct extent *extent = extent_of(binder, binding->planned[which]);
    if (extent->known) {
        asked_fact(&binder->maker->run->asked, false, which_of(binder, binding, which), extent_number(extent));
    } else {
        const struct compose_counts counts = binder->result.counts;
        const struct arena_mark mark = arena_mark(binder->maker->arena);
        if (!compose_part(binder, binding, which, part)) {
            return false;
        }
        arena_release(binder->maker->arena, mark);
        images_trim(binder->maker->run->images, 0);
        part->document = NULL;
        binder->result.counts = counts;
    }
    part->pages = extent->pages;
    part->sheets = extent->sheets;
    return true;
}

/* As the index has it, else by its number. */
static struct str title_of(const struct binder *binder, const struct planned *planned) {
    const struct printing *printing = &binder->parts->printing;
    struct arena *arena = binder->maker->arena;
    if (printing->layout->index_count == 0) {
        return planned->record;
    }
    const struct str title = compose_index_text(printing->composer, arena, &binder->parts->plan.rows, planned->from, 0);
    return printing_beside(arena, printing, title);
}

static bool take_document(struct binder *binder, struct binding *binding, size_t i) {
    const struct planned *planned = binding->planned[i];
    struct bound_part *part = &binding->parts[i];
    part->title = title_of(binder, planned);
    const bool only_measured = binder->printing->layout->has_sheet;
    if (!(only_measured ? measure_part(binder, binding, i, part) : compose_part(binder, binding, i, part))) {
        return false;
    }
    binding->incomplete[i] = extent_of(binder, planned)->incomplete;
    binder->how.duplex = binder->how.duplex || (part->document != NULL && part->document->duplex);
    return true;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* Once, where it is bound; not by each label that counts it. */
static void tell_part(struct binder *binder, const struct binding *binding, size_t i) {
    if (binder->printing->layout->has_sheet) {
        return;
    }
    struct arena *arena = binder->maker->arena;
    const struct str record = binding->planned[i]->record;
    const int32_t sheets = binding->parts[i].sheets, at_most = binder->how.sheets;
    if (at_most > 0 && sheets > at_most) {
        DIAG_ADD(&binder->outcome->diags, O132, place_of(binder), record, str_int(arena, sheets),
                 str_int(arena, at_most));
    }
    if (binding->incomplete[i]) {
        DIAG_ADD(&binder->outcome->diags, O133, place_of(binder), record);
    }
}

bool binder_gather(struct binder *binder, size_t row, struct binding *binding) {
    if (parts_plan(binder->parts, binder->maker->run) != EXIT_MADE) {
        return false;
    }
    *binding = find_documents(binder, row);
    if (binding->count == 0) {
        DIAG_ADD(&binder->outcome->diags, O131, place_of(binder), binder->printing->layout->volume.parts);
        return false;
    }
    for (size_t i = 0; i < binding->count; i++) {
        if (!take_document(binder, binding, i)) {
            return false;
        }
        tell_part(binder, binding, i);
    }
    binding->volumes = bind_share(&binder->how, binding->parts, binding->count);
    return true;
}
