/* backup.c: SQLite's backup into a file beside its place, made durable, then renamed. */
#include "data/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define BUSY_MS 5000

static bool tell(struct diags *diags, struct str path, struct str why) {
    DIAG_ADD(diags, D110, ((struct place){.file = path}), path, why);
    return false;
}

static struct str folder_of(struct arena *arena, struct str path, struct str *name) {
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/') {
        slash--;
    }
    *name = str_slice(path, slash, path.n);
    return slash > 1 ? str_slice(path, 0, slash - 1) : slash == 1 ? STR("/") : str_copy(arena, STR("."));
}

/* Numbers of the copies that lie there, ascending. */
static size_t numbers_of(struct arena *arena, struct str folder, struct str prefix, int64_t **numbers) {
    struct str *names = NULL;
    size_t count = 0, kept = 0;
    if (folder_list(arena, str_c(arena, folder), STR(""), &names, &count) != 0) {
        return 0;
    }
    *numbers = ARENA_ARRAY(arena, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        int64_t number = 0;
        if (str_starts(names[i], prefix) && str_to_int(str_slice(names[i], prefix.n, names[i].n), &number)) {
            size_t at = kept++;
            for (; at > 0 && (*numbers)[at - 1] > number; at--) {
                (*numbers)[at] = (*numbers)[at - 1];
            }
            (*numbers)[at] = number;
        }
    }
    return kept;
}

static bool copy_database(const char *from, const char *to, struct arena *arena, struct str *why) {
    sqlite3 *source = NULL, *target = NULL;
    int code = sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY, NULL);
    sqlite3_busy_timeout(source, BUSY_MS);
    if (code == SQLITE_OK) {
        code = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE, NULL);
    }
    if (code == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
        code = backup != NULL ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
        sqlite3_backup_finish(backup);
    }
    *why = str_copy(arena, str_from(sqlite3_errstr(code)));
    sqlite3_close(target);
    sqlite3_close(source);
    return code == SQLITE_DONE;
}

/* A new empty file that nobody else may read, so that the copy is never anybody's; then its bytes are sure to last. */
static int create_private(const char *path) {
    const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd < 0 ? errno : close(fd) == 0 ? 0 : errno;
}

bool backup_make(struct arena *arena, const char *database, struct diags *diags) {
    struct str name = STR_NONE, why = STR_NONE;
    int64_t *numbers = NULL;
    const struct str path = str_from(database), folder = folder_of(arena, path, &name);
    const struct str prefix = str_join(arena, name, STR(".backup-"));
    const size_t count = numbers_of(arena, folder, prefix, &numbers);
    const int64_t number = count > 0 ? numbers[count - 1] + 1 : 1;
    const char *to = str_c(arena, str_printf(arena, "%.*s.backup-%04lld", STR_ARG(path), (long long)number));
    const char *beside = str_c(arena, str_printf(arena, "%s.part", to));
    int error = create_private(beside);
    if (error == 0 && !copy_database(database, beside, arena, &why)) {
        unlink(beside);
        return tell(diags, str_from(to), why);
    }
    error = error == 0 ? file_put_in_place(beside, to) : error;
    if (error != 0) {
        return tell(diags, str_from(to), diag_errno(error));
    }
    for (size_t i = 0; i + BACKUPS_KEPT - 1 < count; i++) {
        unlink(str_c(arena, str_printf(arena, "%.*s.backup-%04lld", STR_ARG(path), (long long)numbers[i])));
    }
    return true;
}
