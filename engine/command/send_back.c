/* send_back.c: paths are settled before any file is taken in, since an intake can't wait for a better name. */
#include "command/send_back.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "sheet/returned.h"

#define ENDING ".xlsx"

/* --- paths -------------------------------------------------------------------------------------------------------- */

/* A file's name without folder and ending. */
static struct str stem_of(struct str path) {
    size_t from = path.n, to = path.n;
    while (from > 0 && path.p[from - 1] != '/') {
        from--;
    }
    for (size_t i = path.n; i > from + 1; i--) {
        if (path.p[i - 1] == '.') {
            to = i - 1;
            break;
        }
    }
    return str_slice(path, from, to);
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_taken_in(const struct settings *settings, const struct stat *status) {
    struct stat other;
    for (size_t i = 0; i < settings->word_count; i++) {
        if (stat(str_c(settings->arena, settings->words[i]), &other) == 0 && other.st_dev == status->st_dev &&
            other.st_ino == status->st_ino) {
            return true;
        }
    }
    return false;
}

/* May the path be written over? An empty file may. */
static bool is_free(struct settings *settings, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return true;
    }
    if (is_taken_in(settings, &status)) {
        DIAG_ADD(&settings->diags, T401, PLACE_NONE, str_from(path));
        return false;
    }
    if (S_ISDIR(status.st_mode) || (status.st_size > 0 && !returned_is(path))) {
        DIAG_ADD(&settings->diags, T402, PLACE_NONE, str_from(path));
        return false;
    }
    return true;
}

/* OUT/NAME.xlsx in a folder, OUT-NAME.xlsx for several files, else OUT.xlsx; a name that comes again gets a number. */
static struct str path_of(struct settings *settings, struct str out, bool folder, struct str file,
                          struct strmap *used) {
    const struct str begin = folder ? out : str_slice(out, 0, out.n - strlen(ENDING)), stem = stem_of(file);
    if (!folder && settings->word_count == 1) {
        return out;
    }
    for (size_t n = 1;; n++) {
        const struct str number = n > 1 ? str_printf(settings->arena, "-%zu", n) : STR("");
        const struct str path = str_printf(settings->arena, "%.*s%s%.*s%.*s" ENDING, STR_ARG(begin), folder ? "/" : "-",
                                           STR_ARG(stem), STR_ARG(number));
        bool found = false;
        strmap_put(used, path, &found);
        if (!found) {
            return path;
        }
    }
}

/* The folder that the workbooks will stand in. */
static bool make_folder(struct settings *settings, struct str out, bool folder) {
    size_t n = out.n;
    while (!folder && n > 0 && out.p[n - 1] != '/') {
        n--;
    }
    const char *path = str_c(settings->arena, str_slice(out, 0, n));
    const int error = n > 0 ? folder_make(path) : 0;
    if (error != 0) {
        DIAG_ADD(&settings->diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}

const char **send_back_paths(struct settings *settings) {
    struct str out = settings->errors;
    const bool folder = is_folder(str_c(settings->arena, out)) || !str_ends(out, STR(ENDING));
    const char **paths = ARENA_ARRAY(settings->arena, const char *, settings->word_count + 1);
    struct strmap used;
    strmap_init(&used, settings->arena);
    while (folder && out.n > 1 && out.p[out.n - 1] == '/') {
        out.n--;
    }
    bool good = make_folder(settings, out, folder);
    for (size_t i = 0; i < settings->word_count && good; i++) {
        const struct str path = path_of(settings, out, folder, settings->words[i], &used);
        paths[i] = str_c(settings->arena, path);
        good = is_free(settings, paths[i]);
    }
    return good ? paths : NULL;
}

/* --- the terminal ------------------------------------------------------------------------------------------------- */

enum { NOTES_SHOWN = 3, FAULTS_SHOWN = 20 };

struct group {
    const struct diag *first;
    struct str column; /* 家庭成员!F */
    size_t count, shown;
};

struct gathering {
    struct arena *arena;
    struct strmap map;
    struct group *groups;
    size_t count, capacity;
};

/* 家庭成员!F of 家庭成员!F17; all of a record that names no cell. */
static struct str column_of(struct str record) {
    size_t n = record.n;
    while (n > 0 && record.p[n - 1] >= '0' && record.p[n - 1] <= '9') {
        n--;
    }
    return n > 0 && n < record.n ? str_slice(record, 0, n) : record;
}

static struct group *group_of(struct gathering *gathering, const struct diag *diag) {
    const struct str column = column_of(diag->place.record);
    const struct str key = str_printf(gathering->arena, "%s %.*s", diag_name(diag->code), STR_ARG(column));
    bool found = false;
    uint32_t *index = strmap_put(&gathering->map, key, &found);
    if (!found) {
        ARENA_GROW(gathering->arena, gathering->groups, gathering->count, gathering->capacity);
        gathering->groups[gathering->count] = (struct group){.first = diag, .column = column};
        *index = (uint32_t)gathering->count++;
    }
    return &gathering->groups[*index];
}

/* One more than are shown is shown too: to say that there is one more would take as much room. */
static size_t shown_most(const struct group *group) {
    const size_t most = diag_severity(group->first->code) == SEVERITY_NOTE ? NOTES_SHOWN : FAULTS_SHOWN;
    return group->count <= most + 1 ? group->count : most;
}

static void tell_rest(struct report *report, const struct group *group, struct diags *rest) {
    const size_t shown = shown_most(group);
    if (shown < group->count) {
        const struct place place = {
            .file = group->first->place.file, .record = group->column, .field = group->first->place.field};
        DIAG_ADD(rest, T404, place, str_int(report->arena, (int64_t)(group->count - shown)),
                 str_from(diag_name(group->first->code)));
    }
}

void send_back_tell(struct report *report, const struct intake_told *told, bool all) {
    struct gathering gathering = {.arena = arena_create()};
    struct diags rest;
    strmap_init(&gathering.map, gathering.arena);
    diags_init(&rest, gathering.arena);
    for (size_t i = 0; i < told->diags->count; i++) {
        group_of(&gathering, &told->diags->items[i])->count++;
    }
    for (size_t i = 0; i < told->diags->count; i++) {
        struct group *group = group_of(&gathering, &told->diags->items[i]);
        if (all || group->shown < shown_most(group)) {
            report->reporter.diag(&report->reporter, &told->diags->items[i], STR_NONE);
            group->shown++;
        }
    }
    for (size_t i = 0; i < gathering.count && !all; i++) {
        tell_rest(report, &gathering.groups[i], &rest);
    }
    report_diags(report, &rest);
    arena_destroy(gathering.arena);
}
