/* tell.c: messages of a run, and its exit code.
 *
 * Layouts that include one file find its mistakes again: each is told once. Of one file the first MISTAKES_TOLD of each severity are
 * told, the others counted. */
#include "batch/run.h"

#include <assert.h>

enum { MISTAKES_TOLD = 50 }; /* of one file: nobody mends more before checking again */

/* From the least to the gravest. */
static const enum exit_code GRAVITY[] = {EXIT_MADE,          EXIT_DOCUMENT, EXIT_LAYOUT,      EXIT_INPUT, EXIT_IO,
                                         EXIT_CANNOT_CREATE, EXIT_BUSY,     EXIT_USAGE_ERROR, EXIT_BUG};

static size_t gravity(enum exit_code code) {
    size_t i = 0;
    while (i + 1 < sizeof GRAVITY / sizeof *GRAVITY && GRAVITY[i] != code) {
        i++;
    }
    assert(GRAVITY[i] == code && "run.h, 2");
    return i;
}

void run_worsen(struct run *run, enum exit_code code) {
    run->worst = gravity(code) > gravity(run->worst) ? code : run->worst;
}

static bool already_told(struct run *run, const struct diag *diag) {
    if (diag->place.line == 0) {
        return false;
    }
    const struct str key = str_printf(run->arena, "%d %.*s:%d:%d %.*s %.*s %.*s", (int)diag->code,
                                      STR_ARG(diag->place.file), (int)diag->place.line, (int)diag->place.column,
                                      STR_ARG(diag->place.record), STR_ARG(diag->args[0]), STR_ARG(diag->args[1]));
    bool found = false;
    strmap_put(&run->seen, key, &found);
    return found;
}

static struct file_mistakes *mistakes_of(struct run *run, struct str file) {
    bool found = false;
    uint32_t *index = strmap_put(&run->files, file, &found);
    if (!found) {
        *index = (uint32_t)run->mistake_count;
        ARENA_GROW(run->arena, run->mistakes, run->mistake_count, run->mistake_capacity);
        run->mistakes[run->mistake_count++] = (struct file_mistakes){.file = str_copy(run->arena, file)};
    }
    return &run->mistakes[*index];
}

/* Further mistakes in one file are counted only, each severity by itself, so that warnings hide no error. Messages about a record
 * differ each time, and are never held back. */
static bool is_too_many(struct run *run, const struct diag *diag) {
    if (diag->place.line == 0 || diag->place.record.n > 0) {
        return false;
    }
    struct file_mistakes *mistakes = mistakes_of(run, diag->place.file);
    if (mistakes->told[diag_severity(diag->code)]++ < MISTAKES_TOLD) {
        return false;
    }
    mistakes->held_back++;
    return true;
}

static void tell(struct run *run, const struct diag *diag) {
    if (already_told(run, diag)) {
        return;
    }
    run->told_by_severity[diag_severity(diag->code)]++;
    if (is_too_many(run, diag)) {
        return;
    }
    const bool in_file = diag->place.line > 0 && run->layouts != NULL;
    run->reporter->diag(run->reporter, diag, in_file ? layouts_source(run->layouts, diag->place.file) : STR_NONE);
}

void run_tell(struct run *run) {
    assert(run->told <= run->diags.count && "run.h, 1");
    for (; run->told < run->diags.count; run->told++) {
        tell(run, &run->diags.items[run->told]);
    }
}

void run_tell_diags(struct run *run, const struct diags *diags, bool findings) {
    for (size_t i = 0; i < diags->count; i++) {
        const enum severity severity = diag_severity(diags->items[i].code);
        if (findings || severity == SEVERITY_ERROR) {
            tell(run, &diags->items[i]);
        }
    }
}

void run_tell_rest(struct run *run) {
    for (size_t i = 0; i < run->mistake_count; i++) {
        struct file_mistakes *mistakes = &run->mistakes[i];
        if (mistakes->held_back > 0) {
            DIAG_ADD(&run->diags, O113, ((struct place){.file = mistakes->file}),
                     str_int(run->arena, (int64_t)mistakes->held_back));
            mistakes->held_back = 0;
        }
    }
    run_tell(run);
}

void run_line(struct run *run, struct str line) {
    run->reporter->line(run->reporter, line);
}
