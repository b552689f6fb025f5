/* kept.c: see kept.h. */
#include "batch/kept.h"

/* --- the key ------------------------------------------------------------------------------------------------------ */

static void add_value(struct buffer *out, struct arena *arena, const struct value *value) {
    packed_add(out, (uint64_t)value->kind);
    packed_add_str(out, value_text(arena, value));
    if (value->kind == VALUE_REAL) { /* its text may stand for others */
        buffer_append(out, &value->real, sizeof value->real);
    }
}

static void add_document(struct buffer *out, struct maker *maker, const struct printing *printing,
                         const struct plan *plan, const struct planned *planned) {
    struct arena *arena = maker->arena;
    const struct rows *rows = &plan->rows;
    packed_add_str(out, planned->path);
    packed_add_str(out, planned->record);
    packed_add(out, (uint64_t)planned->skip);
    packed_add(out, planned->to - planned->from);
    for (size_t i = planned->from * rows->columns; i < planned->to * rows->columns; i++) {
        add_value(out, arena, &rows->cells[i]);
    }
    codes_add_given(maker->run, printing, arena, rows, planned->from, planned->to, out);
    packed_add(out, planned->findings.count);
    for (size_t i = 0; i < planned->findings.count; i++) {
        outcome_pack_diag(&planned->findings.items[i], out);
    }
}

static void add_columns(struct buffer *out, const struct printing *printing) {
    const struct layout *layout = printing->layout;
    const struct query *each = layout->each != NO_QUERY ? printing->resolved->queries[layout->each].query : NULL;
    for (size_t i = 0; each != NULL && i < query_columns(each); i++) {
        packed_add_str(out, query_column(each, i));
    }
}

static void add_printing(struct buffer *out, const struct printing *printing) {
    packed_add_str(out, printing->layout->name);
    packed_add_hash(out, printing->layout->files);
    packed_add_str(out, printing->folder);
    packed_add(out, printing->reader);
    packed_add(out, printing->own_reader);
    packed_add(out, printing->stock);
    packed_add(out, printing->medium);
    packed_add(out, printing->tagged);
    add_columns(out, printing);
}

static void add_parts(struct buffer *out, struct maker *maker, const struct printing *printing, const struct plan *plan,
                      const struct planned *planned) {
    const struct parts *parts = parts_of(maker->parts, printing);
    add_printing(out, &parts->printing);
    for (size_t row = planned->from; row < planned->to; row++) {
        size_t count = 0;
        const struct planned **found = binder_find(maker->arena, printing, plan, parts, row, &count);
        packed_add(out, count);
        for (size_t i = 0; i < count; i++) {
            add_document(out, maker, &parts->printing, &parts->plan, found[i]);
        }
    }
}

static void add_job(struct buffer *out, const struct run *run) {
    const struct job *job = run->job;
    packed_add(out, job->compact);
    packed_add(out, job->proof);
    packed_add_hash(out, run->form.image != NULL ? run->form.image->hash : (struct hash){0});
    packed_add(out, job->uncalibrated);
    packed_add_str(out, job->printer);
}

struct hash kept_key(struct maker *maker, const struct printing *printing, const struct plan *plan,
                     const struct planned *planned) {
    struct session *session = printing->resolved->session;
    struct buffer key = {0};
    arena_reset(maker->arena);
    add_job(&key, maker->run);
    packed_add_hash(&key, session_schema(session));
    if (!printing_shows_numbers(printing)) {
        packed_add_hash(&key, session_beginnings(session));
    }
    add_printing(&key, printing);
    add_document(&key, maker, printing, plan, planned);
    if (printing->layout->has_volume && parts_plan(parts_of(maker->parts, printing), maker->run) == EXIT_MADE) {
        add_parts(&key, maker, printing, plan, planned);
    }
    const struct hash hash = hash_bytes(key.bytes, key.count);
    buffer_release(&key);
    return hash;
}

/* --- asking again ------------------------------------------------------------------------------------------------- */

/* What a volume measured, which labels take from it. */
struct measured {
    struct extent *extent;
    uint64_t number;
};

struct look {
    struct maker *maker;
    const struct printing *printing;
    const struct plan *plan;
    const struct planned *planned;
    struct measured *measured;
    size_t count, capacity;
};

static struct asked_file file_now(void *context, struct str path, bool stamp_only) {
    const struct look *look = context;
    const struct image_file file = image_file_now(look->maker->run->images, path, stamp_only);
    return (struct asked_file){file.stamp, file.content};
}

static struct extent *extent_of(const struct look *look, uint64_t which) {
    const struct parts *parts = parts_of(look->maker->parts, look->printing);
    const size_t row = look->planned->from + (size_t)(which >> 32), at = (size_t)(which & UINT32_MAX);
    size_t count = 0;
    if (row >= look->planned->to) {
        return NULL;
    }
    const struct planned **found = binder_find(look->maker->arena, look->printing, look->plan, parts, row, &count);
    return at < count ? &parts->extents[found[at] - parts->plan.items] : NULL;
}

static bool was_measured(const struct look *look, const struct extent *extent, uint64_t number) {
    bool found = false;
    for (size_t i = 0; i < look->count && !found; i++) {
        found = look->measured[i].extent == extent && look->measured[i].number == number;
    }
    return found;
}

static bool fact_holds(void *context, bool set, uint64_t which, uint64_t number) {
    struct look *look = context;
    struct extent *extent = look->printing->layout->has_volume ? extent_of(look, which) : NULL;
    if (extent == NULL || !set) {
        return extent != NULL && (extent->known ? extent_number(extent) == number : was_measured(look, extent, number));
    }
    ARENA_GROW(look->maker->arena, look->measured, look->count, look->capacity);
    look->measured[look->count++] = (struct measured){extent, number};
    return true;
}

static void give_lengths(const struct look *look) {
    for (size_t i = 0; i < look->count; i++) {
        if (!look->measured[i].extent->known) {
            extent_set(look->measured[i].extent, look->measured[i].number);
        }
    }
}

bool kept_take(struct maker *maker, const struct trace *trace, const struct printing *printing, const struct plan *plan,
               const struct planned *planned, struct hash key, struct buffer *packed) {
    const bool verify = maker->run->job->verify;
    if (maker->run->job->force) {
        return false;
    }
    const struct traced *file = trace_find(trace, maker->output, planned->path, verify);
    if (file == NULL || !hash_eq(file->key, key)) {
        return false;
    }
    struct look look = {.maker = maker, .printing = printing, .plan = plan, .planned = planned};
    const struct again_world world = {file_now, fact_holds, &look, verify};
    struct outcome was;
    arena_reset(maker->arena);
    outcome_unpack(file->outcome, maker->arena, &was);
    bool renewed = false;
    char *notes = arena_copy(maker->arena, was.asked.p, was.asked.n);
    if (!again_holds(maker->again, printing->resolved->session, notes, was.asked.n, &world, &renewed)) {
        return false;
    }
    give_lengths(&look);
    output_sweep_beside(maker->output, planned->path);
    if (renewed) {
        was.asked.p = notes;
        outcome_pack(&was, EXIT_MADE, planned->to - planned->from, packed);
    } else {
        buffer_add(packed, file->outcome);
    }
    return true;
}

/* --- making ------------------------------------------------------------------------------------------------------- */

void kept_begin(struct maker *maker) {
    asked_begin(&maker->run->asked);
}

/* One that met a limit depends on how often others did (query_run, D226). */
static bool may_be_kept(const struct diags *diags) {
    return !outcome_has_limit(diags);
}

void kept_end(struct maker *maker, const struct printing *printing, struct hash key, enum exit_code code,
              struct outcome *outcome) {
    const struct str asked = asked_end(&maker->run->asked);
    outcome->volume = printing->layout->has_volume;
    outcome->key = key;
    outcome->asked = code == EXIT_MADE && may_be_kept(&outcome->diags) ? asked : STR_NONE;
}
