/* space.c: bytes that are still to come, layout by layout, beside those that are free. */
#include "batch/space.h"

#include <sys/statvfs.h>

/* What a document takes of a layout of which none was made: a quarter of what others take. */
static uint64_t guess(const struct press *press) {
    uint64_t made = 0, bytes = 0;
    for (size_t i = 0; i < press->count; i++) {
        made += press->space[i].made;
        bytes += press->space[i].bytes;
    }
    return made > 0 && bytes / made / 4 > SPACE_LEAST ? bytes / made / 4 : SPACE_LEAST;
}

static uint64_t needed(const struct press *press) {
    const uint64_t guessed = guess(press);
    uint64_t bytes = 0;
    for (size_t i = 0; i < press->count; i++) {
        const struct press_space *space = &press->space[i];
        bytes += space->fresh * (space->made > 0 ? space->bytes / space->made : guessed);
    }
    return bytes;
}

/* False: nobody can tell. */
static bool free_bytes(const struct press *press, uint64_t *bytes) {
    struct statvfs disk;
    if (statvfs(press->output.folder, &disk) != 0) {
        return false;
    }
    *bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    return true;
}

/* "12.3 MB" */
static struct str megabytes(struct arena *arena, uint64_t bytes) {
    const uint64_t tenths = (bytes + 99999) / 100000;
    return str_printf(arena, "%llu.%llu MB", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10));
}

/* The sizes of what lies there, and how many documents have no predecessor in whose place they come. */
static void count_layouts(struct press *press) {
    struct run *run = &press->run;
    const struct manifest *past = &press->past.manifest;
    struct strmap paths;
    strmap_init(&paths, run->arena);
    press->space = ARENA_ARRAY(run->arena, struct press_space, press->count + 1);
    for (size_t i = 0; i < past->count; i++) {
        bool found = false;
        *strmap_put(&paths, past->entries[i].path, &found) = (uint32_t)i;
    }
    for (size_t i = 0; i < press->count; i++) {
        struct press_space *space = &press->space[i];
        const struct plan *plan = &press->plans[i];
        for (size_t d = 0; d < plan->count; d++) {
            const uint32_t *old = strmap_get(&paths, plan->items[d].path);
            const bool lies = old != NULL && past->entries[*old].bytes > 0;
            space->made += lies;
            space->bytes += lies ? (uint64_t)past->entries[*old].bytes : 0;
            plan->items[d].fresh = plan->items[d].chosen && !lies;
            space->fresh += plan->items[d].fresh;
        }
    }
}

enum exit_code space_begin(struct press *press) {
    struct run *run = &press->run;
    uint64_t has = 0;
    count_layouts(press);
    if (!free_bytes(press, &has) || needed(press) <= has) {
        return EXIT_MADE;
    }
    DIAG_ADD(&run->diags, O202, PLACE_NONE, str_from(press->output.folder), megabytes(run->arena, has),
             megabytes(run->arena, needed(press)));
    run_tell(run);
    return EXIT_IO;
}

void space_again(struct press *press) {
    struct run *run = &press->run;
    uint64_t has = 0;
    if (press->stopped || !free_bytes(press, &has) || needed(press) <= has) {
        return;
    }
    DIAG_ADD(&run->diags, O203, PLACE_NONE, str_from(press->output.folder), megabytes(run->arena, has),
             megabytes(run->arena, needed(press)));
    run_tell(run);
    run_worsen(run, EXIT_IO);
    press->stopped = true;
}
