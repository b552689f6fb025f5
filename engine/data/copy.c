/* copy.c: the private copy.
 *
 * Made by SQLite's backup in one step, so that it is the state between two transactions of the schools, whatever they
 * write meanwhile. A copy in use is locked (flock) for as long as its run lives: one that isn't locked is what a killed
 * run left, and since it holds the data of children, the next run removes it. */
#include "data/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"

#define COPY_PREFIX ".dossier-copy-"

static const char *folder_of(const struct database *database) {
    return database->options.copy_folder == NULL ? "." : database->options.copy_folder;
}

static void remove_when_left(const char *path) {
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlink(path);
    close(fd);
}

static void sweep(struct database *database) {
    struct str *names;
    size_t count;
    const char *folder = folder_of(database);
    if (folder_list(database->arena, folder, STR(""), &names, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (str_starts(names[i], STR(COPY_PREFIX)))
            remove_when_left(str_c(database->arena, str_printf(database->arena, "%s/%.*s", folder, STR_ARG(names[i]))));
}

/* A new, empty, locked file; an errno value. */
static int create(struct database *database) {
    int error = folder_make(folder_of(database));
    if (error != 0)
        return error;
    char *path = str_c(database->arena, str_printf(database->arena, "%s/" COPY_PREFIX "XXXXXX", folder_of(database)));
    int fd = mkstemp(path);
    if (fd < 0)
        return errno;
    database->copy_fd = fd;
    database->copy_path = path;
    database->owner = getpid();
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno;
    return 0;
}

/* The copy needs no journal and no fsync: when the run dies, it is thrown away. */
static int fill(sqlite3 *source, sqlite3 *target) {
    enum { TRIES = 50, PAUSE_MS = 100 };
    int code = sqlite3_exec(target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup == NULL)
        return sqlite3_errcode(target);
    for (int i = 0; i < TRIES; i++) {
        code = sqlite3_backup_step(backup, -1);
        if (code != SQLITE_BUSY && code != SQLITE_LOCKED)
            break;
        sqlite3_sleep(PAUSE_MS);
    }
    int finish = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finish : code;
}

static bool reading_failed(int code) {
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

bool copy_make(struct database *database, sqlite3 *source, struct diags *diags) {
    sweep(database);
    struct str folder = str_from(folder_of(database));
    int error = create(database);
    if (error != 0) {
        DIAG_ADD(diags, D108, PLACE_NONE, folder, str_from(strerror(error)));
        return false;
    }
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(database->copy_path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = fill(source, target);
    if (reading_failed(code & 0xFF))
        database_tell(database, source, code, diags);
    else if (code != SQLITE_OK)
        DIAG_ADD(diags, D108, PLACE_NONE, folder, str_from(sqlite3_errstr(code)));
    sqlite3_close(target);
    return code == SQLITE_OK;
}

void copy_remove(struct database *database) {
    if (database->copy_path == NULL)
        return;
    if (database->owner == getpid())
        unlink(database->copy_path);
    close(database->copy_fd);
    database->copy_path = NULL;
}
