/* guard.c: records that the manifest knows, beside those that are planned.
 *
 * A record is lost with its file when no other file binds it; a file that stays loses as many as it binds fewer, for its records may
 * have other numbers each month. */
#include "batch/guard.h"

#include <unistd.h>

#include "batch/records.h"

struct bindings {
    struct arena *arena;
    struct strmap records; /* planned, by their keys */
    struct strmap paths;   /* planned: how many records each binds, and 1 */
};

static void add_plan(struct bindings *bindings, struct run *run, const struct printing *printing,
                     const struct plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        size_t count = 0;
        bool found = false;
        const struct record *records = records_of(bindings->arena, run, printing, plan, &plan->items[i], &count);
        for (size_t r = 0; r < count; r++) {
            strmap_put(&bindings->records, records[r].key, &found);
        }
        *strmap_put(&bindings->paths, plan->items[i].path, &found) = (uint32_t)count + 1;
    }
}

static void bindings_of(struct bindings *bindings, struct arena *arena, struct run *run,
                        const struct printing *printing, const struct plan *plan) {
    *bindings = (struct bindings){.arena = arena};
    strmap_init(&bindings->records, arena);
    strmap_init(&bindings->paths, arena);
    add_plan(bindings, run, printing, plan);
}

static size_t missing(const struct bindings *bindings, const struct entry *entry) {
    size_t count = 0;
    for (size_t r = 0; r < entry->record_count; r++) {
        count += strmap_get(&bindings->records, entry->records[r].key) == NULL;
    }
    return count;
}

static size_t lost_of(const struct bindings *bindings, const struct entry *entry) {
    const uint32_t *now = strmap_get(&bindings->paths, entry->path);
    const size_t gone = missing(bindings, entry);
    if (now == NULL) {
        return gone;
    }
    const size_t fewer = entry->record_count + 1 > *now ? entry->record_count + 1 - *now : 0;
    return gone < fewer ? gone : fewer;
}

static bool is_of_month(const struct run *run, const struct entry *entry) {
    return entry->month.n == 0 || str_eq(entry->month, value_text(run->arena, &run->givens.values[GIVEN_MONTH]));
}

void guard_init(struct guard *guard, struct run *run, const struct manifest *old) {
    *guard = (struct guard){.run = run, .old = old};
}

bool guard_allows(struct guard *guard, const struct printing *printing, const struct plan *plan) {
    struct run *run = guard->run;
    const struct manifest *old = guard->old;
    struct arena *scratch = arena_create();
    struct bindings bindings = {0};
    size_t before = 0;
    size_t lost = 0;
    for (size_t i = 0; i < old->count; i++) {
        const struct entry *entry = &old->entries[i];
        if (!str_eq(entry->layout, printing->layout->name) || !str_eq(entry->folder, printing->folder) ||
            !is_of_month(run, entry)) {
            continue;
        }
        if (bindings.arena == NULL) {
            bindings_of(&bindings, scratch, run, printing, plan);
        }
        before += entry->record_count;
        lost += lost_of(&bindings, entry);
    }
    arena_destroy(scratch);
    const bool accident = lost > 0 && (lost == before || (lost >= GUARD_LEAST && lost > before / GUARD_PART));
    if (accident && !run->job->withdraw) {
        DIAG_ADD(&run->diags, O118, PLACE_NONE, printing->layout->name, str_int(run->arena, (int64_t)lost),
                 str_int(run->arena, (int64_t)before));
        return false;
    }
    return true;
}

/* --- variants ----------------------------------------------------------------------------------------------------- */

/* The layout's own sheets, printed in full? Then no variant may bind a record that they don't. */
static bool is_own_and_whole(const struct printing *printing, const struct plan *plan) {
    return !plan->narrowed && str_eq(printing->folder, printing->layout->folder);
}

static bool is_variant(const struct printing *printing, const struct entry *entry) {
    return str_eq(entry->layout, printing->layout->name) && !str_eq(entry->folder, printing->folder);
}

void guard_note_stale(struct guard *guard, const struct printing *printing, const struct plan *plan) {
    struct run *run = guard->run;
    const struct manifest *old = guard->old;
    struct arena *scratch = arena_create();
    struct bindings bindings = {0};
    const bool tells = is_own_and_whole(printing, plan) && run->values_missing == 0;
    for (size_t i = 0; tells && i < old->count; i++) {
        const struct entry *entry = &old->entries[i];
        if (!is_variant(printing, entry) || !is_of_month(run, entry)) {
            continue;
        }
        if (bindings.arena == NULL) {
            bindings_of(&bindings, scratch, run, printing, plan);
        }
        if (missing(&bindings, entry) > 0) {
            ARENA_GROW(run->arena, guard->stale, guard->stale_count, guard->stale_capacity);
            guard->stale[guard->stale_count++] = entry->path;
        }
    }
    arena_destroy(scratch);
}

void guard_drop_stale(struct guard *guard, struct manifest *merged) {
    struct strmap stale;
    strmap_init(&stale, guard->run->arena);
    bool found = false;
    for (size_t i = 0; i < guard->stale_count; i++) {
        strmap_put(&stale, guard->stale[i], &found);
    }
    size_t kept = 0;
    for (size_t i = 0; i < merged->count; i++) {
        if (strmap_get(&stale, merged->entries[i].path) != NULL) {
            const struct place place = {.record = merged->entries[i].record}; /* a path may bear a name */
            DIAG_ADD(&guard->run->diags, O119, place, merged->entries[i].folder);
        } else {
            merged->entries[kept++] = merged->entries[i];
        }
    }
    merged->count = kept;
    run_tell(guard->run);
}

/* --- narrowed runs ------------------------------------------------------------------------------------------------ */

/* The keys of all rows, also of those that --only leaves out. */
static void keys_of(struct strmap *keys, struct arena *arena, struct run *run, const struct printing *printing,
                    const struct plan *plan) {
    strmap_init(keys, arena);
    bool found = false;
    for (size_t row = 0; row < plan->rows.count; row++) {
        strmap_put(keys, manifest_text(arena, plan_row_key(run, printing, &plan->rows, row)), &found);
    }
}

void guard_tell_lost(struct guard *guard, const struct printing *printing, const struct plan *plan) {
    struct run *run = guard->run;
    struct arena *scratch = arena_create();
    struct bindings bindings = {0};
    struct str first = STR_NONE;
    size_t lost = 0;
    for (size_t i = 0; i < guard->old->count && plan->narrowed && !plan->refused && run->values_missing == 0; i++) {
        const struct entry *entry = &guard->old->entries[i];
        if (!str_eq(entry->layout, printing->layout->name) || !is_of_month(run, entry) ||
            !str_eq(entry->reader, reader_name(printing->reader))) {
            continue;
        }
        if (bindings.arena == NULL) {
            bindings.arena = scratch;
            keys_of(&bindings.records, scratch, run, printing, plan);
        }
        for (size_t r = 0; r < entry->record_count; r++) {
            const bool gone = strmap_get(&bindings.records, entry->records[r].key) == NULL;
            first = gone && lost++ == 0 ? entry->records[r].key : first;
        }
    }
    if (lost > 0) {
        DIAG_ADD(&run->diags, O201, ((struct place){.record = first}), printing->layout->name,
                 str_int(run->arena, (int64_t)lost));
    }
    arena_destroy(scratch);
}

/* --- layouts that are gone ---------------------------------------------------------------------------------------- */

/* One with mistakes is still there; so is columns.yaml, which tells of the database's values. */
static bool is_gone(const struct run *run, struct str layout) {
    const bool file = str_ends(layout, STR(".yaml"));
    return layouts_find(run->layouts, layout) == NULL &&
           access(str_c(run->arena, str_printf(run->arena, "%.*s/%.*s%s", STR_ARG(run->layouts->folder),
                                               STR_ARG(layout), file ? "" : ".yaml")),
                  F_OK) != 0;
}

/* Of each layout once, with the number of its documents. */
static void tell_gone(struct run *run, const struct manifest *merged, const bool *gone) {
    struct strmap told;
    strmap_init(&told, run->arena);
    for (size_t i = 0; i < merged->count; i++) {
        bool found = true;
        if (gone[i]) {
            strmap_put(&told, merged->entries[i].layout, &found);
        }
        size_t count = 0;
        for (size_t j = i; j < merged->count && !found; j++) {
            count += gone[j] && str_eq(merged->entries[j].layout, merged->entries[i].layout);
        }
        if (!found) {
            DIAG_ADD(&run->diags, O139, PLACE_NONE, merged->entries[i].layout, str_int(run->arena, (int64_t)count));
        }
    }
}

static void drop(struct manifest *merged, const bool *gone) {
    size_t kept = 0;
    for (size_t i = 0; i < merged->count; i++) {
        if (!gone[i]) {
            merged->entries[kept++] = merged->entries[i];
        }
    }
    merged->count = kept;
}

void guard_drop_gone(struct guard *guard, struct manifest *merged) {
    struct run *run = guard->run;
    if (run->job->name_count > 0 || run->job->only_count > 0) {
        return;
    }
    bool *gone = ARENA_ARRAY(run->arena, bool, merged->count + 1);
    for (size_t i = 0; i < merged->count; i++) {
        const bool as_before = i > 0 && str_eq(merged->entries[i].layout, merged->entries[i - 1].layout);
        gone[i] = as_before ? gone[i - 1] : is_gone(run, merged->entries[i].layout);
    }
    tell_gone(run, merged, gone);
    if (run->job->withdraw) {
        drop(merged, gone);
    }
    run_tell(run);
}
