/* parts.c: the layout of the parts is resolved before the volume's, which may print the columns of their rows. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "batch/parts.h"

#include <assert.h>
#include <sys/mman.h>

#include "base/memory.h"

static struct part_columns columns_of(struct run *run, const struct printing *printing) {
    const struct layout *layout = printing->layout;
    if (layout->each == NO_QUERY) {
        return (struct part_columns){0};
    }
    const struct query *query = printing->resolved->queries[layout->each].query;
    struct str *names = ARENA_ARRAY(run->arena, struct str, query_columns(query));
    for (size_t i = 0; i < query_columns(query); i++) {
        names[i] = query_column(query, i);
    }
    return (struct part_columns){names, query_columns(query)};
}

static bool binds(const struct printing *volume, const struct printing *bound) {
    return volume->layout->volume.bound == bound->layout && volume->reader == bound->reader &&
           volume->tagged == bound->tagged;
}

static struct parts *find(const struct parts_list *list, const struct printing *volume) {
    struct parts *parts = list->first;
    while (parts != NULL && !binds(volume, &parts->printing)) {
        parts = parts->next;
    }
    return parts;
}

/* NULL with diagnostics when the layout can't be resolved. */
static struct parts *open_parts(struct parts_list *list, struct run *run, const struct printing *volume) {
    struct parts *parts = find(list, volume);
    if (parts != NULL) {
        return parts;
    }
    parts = ARENA_NEW(run->arena, struct parts);
    printing_choose_bound(volume->layout->volume.bound, volume, &parts->printing);
    if (!printing_resolve(run, &parts->printing, (struct part_columns){0})) {
        return NULL;
    }
    parts->columns = columns_of(run, &parts->printing);
    parts->next = list->first;
    list->first = parts;
    return parts;
}

bool parts_open_printing(struct parts_list *list, struct run *run, const struct layout *layout, struct printing *out) {
    if (!printing_choose(run, layout, out)) {
        return false;
    }
    if (!layout->has_volume) {
        return printing_resolve(run, out, (struct part_columns){0});
    }
    const struct parts *parts = open_parts(list, run, out);
    return parts != NULL && printing_resolve(run, out, parts->columns);
}

struct parts *parts_of(struct parts_list *list, const struct printing *volume) {
    struct parts *parts = find(list, volume);
    assert(parts != NULL && "a volume's parts are opened before it");
    return parts;
}

static size_t extents_bytes(size_t count) {
    return memory_product(count + 1, sizeof(struct extent));
}

/* Zeros. */
static struct extent *share_extents(size_t count) {
    void *shared = mmap(NULL, extents_bytes(count), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared != MAP_FAILED ? shared : memory_zeroed(SIZE_MAX / 2); /* which ends the run, and says why */
}

enum exit_code parts_plan(struct parts *parts, struct run *run) {
    if (!parts->planned) {
        parts->planned = true;
        parts->plan_code = plan_all(run, &parts->printing, &parts->plan);
        parts->extents = share_extents(parts->plan.count);
        run_tell(run);
    }
    return parts->plan_code;
}

void parts_close(struct parts_list *list) {
    for (struct parts *parts = list->first; parts != NULL; parts = parts->next) {
        printing_close(&parts->printing);
        if (parts->extents != NULL) {
            munmap(parts->extents, extents_bytes(parts->plan.count));
        }
    }
    list->first = NULL;
}
