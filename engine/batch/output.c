/* output.c: where files are put, and taken away again. How the invariants of output.h are kept:
 *
 * 1. A lock on root/.lock (flock): a second run is refused, not queued.
 * 2. The real path of a folder must begin with root's: the part that exists is checked before anything is made behind it, the folder
 *    again once it is made.
 * 3. Files by file_write. Those that begin like its temporary ones are swept from a folder that is first written into; the lock says
 *    that nobody is writing them. */
#define _GNU_SOURCE /* flock, getrandom, realpath */
#include "batch/output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define NAME_LIMIT_BYTES 255
#define GROUP_MOST       256 /* documents */
#define GROUP_BYTES      ((size_t)64 << 20)
#define TEMPORARY_PREFIX ".dossier-" /* of file_write's files and of private copies of the database */

struct str output_term(struct arena *arena, const struct givens *givens) {
    const enum given by[] = {GIVEN_SEMESTER, GIVEN_MONTH, GIVEN_AS_OF};
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        const struct str name = value_text(arena, &givens->values[by[i]]);
        if (name.n > 0) {
            return file_safe_name(arena, name, NAME_LIMIT_BYTES);
        }
    }
    return STR("all");
}

static int take_lock(struct arena *arena, const char *root, int *lock) {
    const char *path = str_c(arena, str_printf(arena, "%s/.lock", root));
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*lock < 0) {
        return errno;
    }
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0) {
        return 0;
    }
    const int error = errno;
    close(*lock);
    *lock = -1;
    return error;
}

static const char *real_path(struct arena *arena, const char *path) {
    char *found = realpath(path, NULL);
    if (found == NULL) {
        return NULL;
    }
    const char *copy = arena_copy(arena, found, strlen(found) + 1);
    free(found);
    return copy;
}

/* Those that bear the run's own mark wait for their names. */
static void sweep(const struct output *output, const char *folder) {
    struct arena *arena = output->arena;
    const struct str own = str_printf(arena, TEMPORARY_PREFIX "%s-", output->mark);
    struct str *names = NULL;
    size_t count = 0;
    if (folder_list(arena, folder, STR_NONE, &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_starts(names[i], STR(TEMPORARY_PREFIX)) && !str_starts(names[i], own)) {
            unlink(str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i]))));
        }
    }
}

/* Of letters. It only tells this run's files from those of a run that was killed: no name that stays bears it. */
static void draw_mark(char *mark, size_t size) {
    unsigned char bytes[8] = {0};
    (void)!getrandom(bytes, sizeof bytes, 0);
    for (size_t i = 0; i + 1 < size; i++) {
        mark[i] = (char)('a' + bytes[i] % 26);
    }
    mark[size - 1] = '\0';
}

enum exit_code output_open(struct run *run, struct output *out) {
    *out = (struct output){.arena = run->arena, .lock = -1, .waiting_most = 1};
    draw_mark(out->mark, sizeof out->mark);
    strmap_init(&out->left, run->arena);
    strmap_init(&out->seen, run->arena);
    const char *root = run->job->out;
    int error = folder_make(root);
    if (error == 0) {
        out->root = real_path(run->arena, root);
        error = out->root == NULL ? errno : take_lock(run->arena, out->root, &out->lock);
    }
    if (error == EWOULDBLOCK) {
        DIAG_ADD(&run->diags, O101, PLACE_NONE, str_from(root));
    } else if (error != 0) {
        DIAG_ADD(&run->diags, O102, PLACE_NONE, str_from(root), diag_errno(error));
    }
    run_tell(run);
    if (error != 0) {
        return error == EWOULDBLOCK ? EXIT_BUSY : EXIT_CANNOT_CREATE;
    }
    sweep(out, out->root);
    return EXIT_MADE;
}

void output_close(struct output *output) {
    if (output->lock >= 0) {
        close(output->lock);
    }
    output->lock = -1;
    if (output->group_arena != NULL) {
        arena_destroy(output->group_arena);
        output->group_arena = NULL;
    }
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

static struct str layout_of(struct str path) {
    struct str rest;
    return str_split(path, '/', &rest);
}

static bool lies_below(const char *root, const char *path) {
    const size_t n = strlen(root);
    return strncmp(root, path, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* Does the part of the path that exists lie below root? Links are resolved before anything is made behind them. */
static bool leads_inside(struct output *output, const char *path) {
    struct str there = str_from(path);
    const char *real = NULL;
    while (there.n > 1 && (real = real_path(output->arena, str_c(output->arena, there))) == NULL) {
        there.n--;
        while (there.n > 1 && there.p[there.n] != '/') {
            there.n--;
        }
    }
    return real != NULL && lies_below(output->root, real);
}

/* Makes a folder below the term's. 0, an errno, or EXDEV for a link that leads out. */
static int make_folder(struct output *output, struct str folder) {
    bool seen = false;
    struct arena *arena = output->arena;
    const char *full = str_c(arena, str_printf(arena, "%s/%.*s", output->folder, STR_ARG(folder)));
    const int error = leads_inside(output, full) ? folder_make(full) : EXDEV;
    if (error != 0) {
        return error;
    }
    const char *real = real_path(arena, full);
    if (real == NULL || !lies_below(output->root, real)) {
        return real == NULL ? errno : EXDEV;
    }
    sweep(output, real);
    strmap_put(&output->seen, str_copy(arena, folder), &seen);
    return 0;
}

static struct str folder_of(struct str path) {
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/') {
        slash--;
    }
    return str_slice(path, 0, slash);
}

/* Of a file; each folder is made and looked at once a run. */
static int make_folder_of(struct output *output, struct str path) {
    const struct str folder = folder_of(path);
    return strmap_get(&output->seen, folder) != NULL ? 0 : make_folder(output, folder);
}

enum exit_code output_begin(struct run *run, struct output *output) {
    output->term = output_term(run->arena, &run->givens);
    output->folder = str_c(run->arena, str_printf(run->arena, "%s/%.*s", output->root, STR_ARG(output->term)));
    const int error = make_folder(output, STR_NONE);
    if (error == 0) {
        return EXIT_MADE;
    }
    if (error == EXDEV) {
        DIAG_ADD(&run->diags, O104, PLACE_NONE, output->term);
    } else {
        DIAG_ADD(&run->diags, O102, PLACE_NONE, str_from(output->folder), diag_errno(error));
    }
    run_tell(run);
    return EXIT_CANNOT_CREATE;
}

/* Errors listed here concern this name alone; all others would meet every further file too. */
static enum exit_code exit_of(int error) {
    switch (error) {
    case ENAMETOOLONG:
    case EISDIR:
    case ENOTDIR:
    case ELOOP:
    case EEXIST:
    case EXDEV:
    case ENOTEMPTY:
        return EXIT_DOCUMENT;
    case EACCES:
    case EPERM:
    case EROFS:
        return EXIT_CANNOT_CREATE;
    default:
        return EXIT_IO;
    }
}

/* One sync for all files of a folder, not one for each. */
static void note_unsettled(struct output *output, struct str folder) {
    bool seen = false;
    const uint32_t *known = strmap_get(&output->seen, folder);
    if (known != NULL && *known != 0) {
        return;
    }
    *strmap_put(&output->seen, known != NULL ? folder : str_copy(output->arena, folder), &seen) = 1;
    ARENA_GROW(output->arena, output->unsettled, output->unsettled_count, output->unsettled_capacity);
    output->unsettled[output->unsettled_count++] =
        str_c(output->arena, str_printf(output->arena, "%s/%.*s", output->folder, STR_ARG(folder)));
}

enum exit_code output_tell(struct str path, struct str record, int error, struct diags *diags) {
    const struct place place = {.record = record};
    if (error == 0) {
        return EXIT_MADE;
    }
    if (error == EXDEV) {
        DIAG_ADD(diags, O104, place, layout_of(path));
    } else {
        DIAG_ADD(diags, O103, place, layout_of(path), diag_errno(error));
    }
    return exit_of(error);
}

/* What rename would refuse for this name alone is found out before, so that it costs this document and no group. */
static int look_at_place(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    return S_ISDIR(status.st_mode) ? EISDIR : 0;
}

/* A link is no document, wherever it leads. */
bool output_has(struct output *output, struct str path, struct str bytes) {
    struct arena *scratch = arena_create();
    const char *full = str_c(scratch, str_printf(scratch, "%s/%.*s", output->folder, STR_ARG(path)));
    struct stat status;
    struct str there = STR_NONE;
    int error = 0;
    const bool has = lstat(full, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size == bytes.n &&
                     file_inside(scratch, output->folder, path, &error) != NULL &&
                     file_read(scratch, full, bytes.n + 1, &there) == 0 && str_eq(there, bytes);
    arena_destroy(scratch);
    return has;
}

void output_sweep_beside(struct output *output, struct str path) {
    make_folder_of(output, path);
}

void output_stays(struct output *output, struct str path) {
    note_unsettled(output, folder_of(path));
}

enum exit_code output_fill(struct output *output, struct str path, struct str record, struct str bytes,
                           struct diags *diags, struct str *beside) {
    struct arena *arena = diags->arena;
    const char *full = str_c(arena, str_printf(arena, "%s/%.*s", output->folder, STR_ARG(path)));
    char *written = NULL;
    int error = make_folder_of(output, path);
    if (error == 0) {
        error = look_at_place(full);
    }
    if (error == 0) {
        error = file_write_beside(arena, full, output->mark, bytes.p, bytes.n, &written);
    }
    *beside = error == 0 ? str_from(written) : STR_NONE;
    return output_tell(path, record, error, diags);
}

void output_drop(struct str beside) {
    char path[PATH_MAX];
    if (beside.n > 0 && beside.n < sizeof path) {
        memcpy(path, beside.p, beside.n);
        path[beside.n] = '\0';
        unlink(path);
    }
}

void output_note_left(struct output *output, struct str path) {
    bool seen = false;
    const struct str folder = folder_of(path);
    strmap_put(&output->left, folder, &seen);
    if (!seen) {
        ARENA_GROW(output->arena, output->left_folders, output->left_count, output->left_capacity);
        output->left_folders[output->left_count++] = folder;
    }
}

void output_clear_left(struct output *output) {
    assert(output->waiting_count == 0 && "nothing of the run waits");
    output->mark[0] = '\0'; /* that of no file */
    for (size_t i = 0; i < output->left_count; i++) {
        struct arena *arena = output->arena;
        sweep(output, str_c(arena, str_printf(arena, "%s/%.*s", output->folder, STR_ARG(output->left_folders[i]))));
    }
    output->left_count = 0;
}

void output_close_inherited(struct output *output) {
    close(output->lock);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

size_t output_join(struct output *output, struct str path, struct str beside, size_t bytes) {
    assert(output->lock >= 0 && "output.h, 1");
    if (output->group_arena == NULL) {
        output->group_arena = arena_create();
    }
    struct arena *arena = output->group_arena;
    ARENA_GROW(arena, output->waiting, output->waiting_count, output->waiting_capacity);
    output->waiting[output->waiting_count] = (struct waiting){
        .beside = str_c(arena, beside),
        .path = str_c(arena, str_printf(arena, "%s/%.*s", output->folder, STR_ARG(path))),
        .folder = str_copy(arena, folder_of(path)),
        .bytes = bytes,
    };
    output->waiting_bytes += bytes;
    return output->waiting_count++;
}

bool output_is_due(const struct output *output) {
    return output->waiting_count >= output->waiting_most || output->waiting_bytes >= GROUP_BYTES;
}

static int settle_group(struct output *output) {
    const char **paths = ARENA_ARRAY(output->group_arena, const char *, output->waiting_count);
    for (size_t i = 0; i < output->waiting_count; i++) {
        paths[i] = output->waiting[i].beside;
    }
    return files_settle(paths, output->waiting_count);
}

void output_commit(struct output *output) {
    int error = output->waiting_count > 0 ? settle_group(output) : 0;
    for (size_t i = 0; i < output->waiting_count; i++) {
        struct waiting *waiting = &output->waiting[i];
        if (error == 0 && rename(waiting->beside, waiting->path) != 0) {
            error = errno;
        }
        waiting->error = error;
        if (error == 0) {
            note_unsettled(output, waiting->folder);
        } else {
            unlink(waiting->beside);
        }
    }
}

void output_forget(struct output *output) {
    output->waiting = NULL;
    output->waiting_count = output->waiting_capacity = output->waiting_bytes = 0;
    output->waiting_most = output->waiting_most < GROUP_MOST ? 2 * output->waiting_most : GROUP_MOST;
    if (output->group_arena != NULL) {
        arena_reset(output->group_arena);
    }
}

enum exit_code output_place(struct output *output, struct str path, struct str record, struct str bytes,
                            struct diags *diags) {
    assert(output->waiting_count == 0 && "nothing waits for this one");
    struct str beside = STR_NONE;
    const enum exit_code code = output_fill(output, path, record, bytes, diags, &beside);
    if (code != EXIT_MADE) {
        return code;
    }
    output_join(output, path, beside, bytes.n);
    output_commit(output);
    const int error = output->waiting[0].error;
    output_forget(output);
    return output_tell(path, record, error, diags);
}

static void remove_empty_folders(struct output *output, struct str path) {
    for (size_t n = path.n; n > 0; n--) {
        if (path.p[n - 1] == '/') {
            const struct str folder = str_slice(path, 0, n - 1);
            const char *parent =
                str_c(output->arena, str_printf(output->arena, "%s/%.*s", output->folder, STR_ARG(folder)));
            if (rmdir(parent) != 0) {
                return; /* not empty */
            }
        }
    }
}

bool output_retire(struct output *output, struct str path) {
    assert(output->lock >= 0 && "output.h, 1");
    int error = 0;
    const char *full = file_inside(output->arena, output->folder, path, &error);
    if (full == NULL || !(str_ends(path, STR(".pdf")) || str_ends(path, STR(".xlsx")) || str_ends(path, STR(".csv"))) ||
        unlink(full) != 0) {
        return false;
    }
    remove_empty_folders(output, path);
    return true;
}

/* --- the run's own files ------------------------------------------------------------------------------------------ */

const char *output_own_path(struct output *output, const char *name) {
    return str_c(output->arena, str_printf(output->arena, "%s/%s", output->folder, name));
}

bool output_write(struct run *run, struct output *output, const char *name, struct str bytes) {
    const char *path = output_own_path(output, name);
    const int error = file_write(path, bytes.p, bytes.n, true);
    if (error != 0) {
        DIAG_ADD(&run->diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
        run_tell(run);
    }
    return error == 0;
}

bool output_settle(struct run *run, struct output *output) {
    const int error = output->unsettled_count > 0 ? files_settle(output->unsettled, output->unsettled_count) : 0;
    if (error != 0) {
        DIAG_ADD(&run->diags, B102, PLACE_NONE, str_from(output->folder), diag_errno(error));
    }
    run_tell(run);
    return error == 0;
}

int output_read(struct output *output, const char *name, struct str *bytes) {
    *bytes = STR_NONE;
    const int error = file_read(output->arena, output_own_path(output, name), 0, bytes);
    return error == ENOENT ? 0 : error;
}

void output_touch(struct output *output, const char *name) {
    (void)utimensat(AT_FDCWD, output_own_path(output, name), NULL, 0);
}

void output_date(struct output *output, const char *name, uint64_t ns) {
    const struct timespec time = {.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
    (void)utimensat(AT_FDCWD, output_own_path(output, name), (const struct timespec[2]){time, time}, 0);
}

void output_remove(struct output *output, const char *name) {
    unlink(output_own_path(output, name));
}
