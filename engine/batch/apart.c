/* apart.c: only/.notes:
 *
 *     layout TAB reader TAB month TAB path TAB mark BLANK mark … NEWLINE
 *
 * As .plan of past.c: a path is only ever used through output_retire. */
#include "batch/apart.h"

#include "base/digest.h"
#include "base/file.h"

#define UNKNOWN "-"
enum { MARK_BYTES = 16 };

/* Rows without a key have one mark for all, by which nothing is judged. */
struct str apart_mark(struct arena *arena, struct str key) {
    if (str_trim(key).n == 0) {
        return STR(UNKNOWN);
    }
    const struct str text = str_printf(arena, "dossier apart %.*s", STR_ARG(key));
    return str_slice(digest_hex(arena, text.p, text.n), 0, MARK_BYTES);
}

/* What somebody deleted, once it was printed, needs no note any more. */
static bool lies(const struct run *run, const struct output *output, struct str path) {
    int error = 0;
    return file_inside(run->arena, output->folder, path, &error) != NULL;
}

static void add(struct arena *arena, struct apart *apart, struct apart_file file) {
    ARENA_GROW(arena, apart->files, apart->count, apart->capacity);
    apart->files[apart->count++] = file;
}

bool apart_next(struct str *rest, struct apart_file *file) {
    while (rest->n > 0) {
        struct str line = str_split(*rest, '\n', rest);
        *file = (struct apart_file){.layout = str_split(line, '\t', &line)};
        file->reader = str_split(line, '\t', &line);
        file->month = str_split(line, '\t', &line);
        file->path = str_split(line, '\t', &line);
        file->marks = line;
        if (str_starts(file->path, STR(PLAN_APART "/")) && line.n > 0) {
            return true;
        }
    }
    return false;
}

enum exit_code apart_read(struct run *run, struct output *output, struct apart *apart) {
    struct str bytes = STR_NONE;
    *apart = (struct apart){0};
    const int error = output_read(output, APART_NOTES, &bytes);
    if (error != 0) {
        DIAG_ADD(&run->diags, B101, PLACE_NONE, str_from(output_own_path(output, APART_NOTES)), diag_errno(error));
        run_tell(run);
        return EXIT_IO;
    }
    struct apart_file file;
    while (apart_next(&bytes, &file)) {
        if (lies(run, output, file.path)) {
            add(run->arena, apart, file);
        }
    }
    return EXIT_MADE;
}

/* --- what is no longer in force ------------------------------------------------------------------------------------- */

static bool is_judged_by(const struct apart_file *file, const struct printing *printing, struct str month) {
    const bool same_reader = printing->own_reader || str_eq(file->reader, reader_name(printing->reader));
    return !file->gone && str_eq(file->layout, printing->layout->name) && same_reader &&
           (file->month.n == 0 || str_eq(file->month, month));
}

static bool binds_gone(const struct apart_file *file, const struct strmap *marks) {
    bool gone = false;
    for (struct str rest = file->marks; rest.n > 0 && !gone;) {
        const struct str mark = str_split(rest, ' ', &rest);
        gone = !str_is(mark, UNKNOWN) && strmap_get(marks, mark) == NULL;
    }
    return gone;
}

/* Those of all rows, also of the ones that --only leaves out. */
static void add_marks(struct strmap *marks, struct run *run, const struct printing *printing, const struct plan *plan) {
    bool found = false;
    for (size_t row = 0; row < plan->rows.count; row++) {
        strmap_put(marks, apart_mark(run->arena, plan_row_key(run, printing, &plan->rows, row)), &found);
    }
}

/* Its name without folder and ending: the key, which may be told. */
struct str apart_known_as(struct str path) {
    struct str name = path;
    for (struct str rest = path; rest.n > 0;) {
        name = str_split(rest, '/', &rest);
    }
    return str_ends(name, STR(".pdf")) ? str_slice(name, 0, name.n - STR(".pdf").n) : name;
}

static void take_away(struct run *run, struct output *output, struct apart *apart, struct apart_file *file) {
    file->gone = apart->changed = true;
    if (output_retire(output, file->path)) {
        DIAG_ADD(&run->diags, O200, ((struct place){.record = apart_known_as(file->path)}), file->layout);
    }
}

void apart_sweep(struct run *run, struct output *output, struct apart *apart, const struct printing *printing,
                 const struct plan *plan, struct str month) {
    struct strmap marks;
    bool marked = false;
    strmap_init(&marks, run->arena);
    for (size_t i = 0; i < apart->count && run->values_missing == 0 && !plan->refused; i++) {
        if (!is_judged_by(&apart->files[i], printing, month)) {
            continue;
        }
        if (!marked) {
            add_marks(&marks, run, printing, plan);
            marked = true;
        }
        if (binds_gone(&apart->files[i], &marks)) {
            take_away(run, output, apart, &apart->files[i]);
        }
    }
}

/* --- what this run puts there --------------------------------------------------------------------------------------- */

void apart_note(struct run *run, struct apart *apart, const struct printing *printing, const struct plan *plan,
                const struct planned *planned, struct str month) {
    struct buffer marks = {0};
    for (size_t row = planned->from; row < planned->to; row++) {
        const struct str key = plan_row_key(run, printing, &plan->rows, row);
        buffer_printf(&marks, "%s%.*s", row > planned->from ? " " : "", STR_ARG(apart_mark(run->arena, key)));
    }
    for (size_t i = 0; i < apart->count; i++) {
        apart->files[i].gone = apart->files[i].gone || str_eq(apart->files[i].path, planned->path);
    }
    add(run->arena, apart,
        (struct apart_file){.layout = printing->layout->name,
                            .reader = reader_name(printing->reader),
                            .month = month,
                            .path = planned->path,
                            .marks = str_copy(run->arena, buffer_str(&marks))});
    apart->changed = true;
    buffer_release(&marks);
}

/* Where only/ leads out of the folder its documents tell it. */
static enum exit_code put(struct run *run, struct output *output, struct str bytes) {
    if (bytes.n == 0) {
        output_retire(output, STR(APART_NOTES));
        return EXIT_MADE;
    }
    const size_t told = run->diags.count;
    const enum exit_code code = output_place(output, STR(APART_NOTES), STR_NONE, bytes, &run->diags);
    run->diags.count = code == EXIT_DOCUMENT ? told : run->diags.count;
    run_tell(run);
    return code == EXIT_DOCUMENT ? EXIT_MADE : code;
}

enum exit_code apart_write(struct run *run, struct output *output, struct apart *apart) {
    struct buffer bytes = {0};
    if (!apart->changed) {
        return EXIT_MADE;
    }
    for (size_t i = 0; i < apart->count; i++) {
        const struct apart_file *file = &apart->files[i];
        if (!file->gone) {
            buffer_printf(&bytes, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(file->layout), STR_ARG(file->reader),
                          STR_ARG(file->month), STR_ARG(file->path), STR_ARG(file->marks));
        }
    }
    const enum exit_code code = put(run, output, buffer_str(&bytes));
    apart->changed = false;
    buffer_release(&bytes);
    return code;
}
