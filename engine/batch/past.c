/* past.c: reading the manifest, and .plan:
 *
 *     layout TAB folder TAB month TAB path NEWLINE
 *
 * None of the four can hold a TAB or a NEWLINE, since they were made safe as parts of a path. What is read may have been edited
 * by anybody: a path is only ever used through output_retire, which doesn't leave the folder. */
#include "batch/past.h"

#define PLAN ".plan"

static bool read_file(struct run *run, struct output *output, const char *name, struct str *bytes) {
    const int error = output_read(output, name, bytes);
    if (error != 0) {
        DIAG_ADD(&run->diags, B101, PLACE_NONE, str_from(output_own_path(output, name)), diag_errno(error));
        run_tell(run);
    }
    return error == 0;
}

static void read_plan(struct past *past, struct arena *arena, struct str bytes) {
    while (bytes.n > 0) {
        struct str rest = str_split(bytes, '\n', &bytes);
        const struct str layout = str_split(rest, '\t', &rest), folder = str_split(rest, '\t', &rest);
        const struct str month = str_split(rest, '\t', &rest);
        if (rest.n > 0) {
            past_add(past, arena, (struct pending){layout, folder, month, rest});
        }
    }
}

enum exit_code past_read(struct run *run, struct output *output, struct past *past) {
    struct str manifest = STR_NONE;
    struct str plan = STR_NONE;
    *past = (struct past){0};
    const struct str day = value_text(run->arena, &run->givens.values[GIVEN_AS_OF]);
    manifest_init(&past->manifest, run->arena, output->term, day);
    if (!read_file(run, output, "manifest.xml", &manifest) || !read_file(run, output, PLAN, &plan)) {
        return EXIT_IO;
    }
    if (manifest.n > 0) {
        const struct str path = str_printf(run->arena, "%s/%.*s/manifest.xml", run->job->out, STR_ARG(output->term));
        manifest_read(&past->manifest, manifest, path, &run->diags);
        run_tell(run);
    }
    read_plan(past, run->arena, plan);
    return EXIT_MADE;
}

void past_add(struct past *past, struct arena *arena, struct pending pending) {
    ARENA_GROW(arena, past->pending, past->pending_count, past->pending_capacity);
    past->pending[past->pending_count++] = pending;
}

enum exit_code past_announce(struct run *run, struct output *output, const struct past *past) {
    struct buffer bytes = {0};
    for (size_t i = 0; i < past->pending_count; i++) {
        const struct pending *pending = &past->pending[i];
        buffer_printf(&bytes, "%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(pending->layout), STR_ARG(pending->folder),
                      STR_ARG(pending->month), STR_ARG(pending->path));
    }
    const bool good = output_write(run, output, PLAN, buffer_str(&bytes));
    buffer_release(&bytes);
    return good ? EXIT_MADE : EXIT_IO;
}

enum exit_code past_settle(struct run *run, struct output *output, const struct past *past) {
    if (past->pending_count > 0) {
        return past_announce(run, output, past);
    }
    output_remove(output, PLAN);
    return EXIT_MADE;
}
