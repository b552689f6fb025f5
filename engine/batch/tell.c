/* tell.c: messages of a run, and its exit code.
 *
 * Layouts that include one file find its mistakes again: each is told once. Of one file the first MISTAKES_TOLD of each severity are
 * told, the others counted. */
#include "batch/outcome.h"
#include "batch/run.h"

#include <assert.h>
#include <stdlib.h>

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
    const uint32_t *known = strmap_get(&run->files, file);
    if (known != NULL) {
        return &run->mistakes[*known];
    }
    file = str_copy(run->arena, file);
    *strmap_put(&run->files, file, &found) = (uint32_t)run->mistake_count;
    ARENA_GROW(run->arena, run->mistakes, run->mistake_count, run->mistake_capacity);
    run->mistakes[run->mistake_count] = (struct file_mistakes){.file = file};
    return &run->mistakes[run->mistake_count++];
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
    if (run->record != NULL) {
        outcome_pack_diag(diag, run->record);
    }
    const bool in_file = diag->place.line > 0 && run->layouts != NULL;
    run->reporter->diag(run->reporter, diag, in_file ? layouts_source(run->layouts, diag->place.file) : STR_NONE);
}

/* --- in the order of lines ---------------------------------------------------------------------------------------- */

struct in_order {
    const struct diag *diag;
    size_t group, at; /* its file, by the first message about it; the order in which it was told */
};

static int compare_places(const void *a, const void *b) {
    const struct in_order *x = a, *y = b;
    const struct place *p = &x->diag->place, *q = &y->diag->place;
    return x->group != y->group     ? (x->group < y->group ? -1 : 1)
           : p->line != q->line     ? (p->line < q->line ? -1 : 1)
           : p->column != q->column ? (p->column < q->column ? -1 : 1)
           : x->at != y->at         ? (x->at < y->at ? -1 : 1)
                                    : 0;
}

/* Those that were added since the last call: of each file together, by line and column. Messages without a line stay where they are. */
static struct in_order *sorted(struct run *run, size_t count) {
    struct in_order *list = ARENA_ARRAY(run->arena, struct in_order, count);
    struct strmap files;
    strmap_init(&files, run->arena);
    for (size_t i = 0; i < count; i++) {
        const struct diag *diag = &run->diags.items[run->told + i];
        list[i] = (struct in_order){diag, i, i};
        if (diag->place.line > 0 && diag->place.record.n == 0) {
            bool found = false;
            uint32_t *first = strmap_put(&files, diag->place.file, &found);
            *first = found ? *first : (uint32_t)i;
            list[i].group = *first;
        }
    }
    qsort(list, count, sizeof *list, compare_places);
    return list;
}

/* “Not used” is told of a file when nothing else is wrong in it: as a rule the mistake is the use that failed. */
static bool is_echo(const struct in_order *list, size_t count, size_t i) {
    const enum diag_code code = list[i].diag->code;
    bool echo = false;
    for (size_t j = 0; (code == DIAG_L239 || code == DIAG_R313) && j < count; j++) {
        echo = echo || (list[j].group == list[i].group && diag_severity(list[j].diag->code) == SEVERITY_ERROR);
    }
    return echo;
}

void run_tell(struct run *run) {
    assert(run->told <= run->diags.count && "run.h, 1");
    const size_t count = run->held ? 0 : run->diags.count - run->told;
    const struct in_order *list = count > 0 ? sorted(run, count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!is_echo(list, count, i)) {
            tell(run, list[i].diag);
        }
    }
    run->told += count;
}

void run_hold(struct run *run, bool held) {
    run->held = held;
    run_tell(run);
}

void run_tell_diags(struct run *run, const struct diags *diags, bool findings) {
    for (size_t i = 0; i < diags->count; i++) {
        const enum severity severity = diag_severity(diags->items[i].code);
        if (findings || severity == SEVERITY_ERROR) {
            tell(run, &diags->items[i]);
        }
    }
}

void run_tell_again(struct run *run, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        tell(run, &diags->items[i]);
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
