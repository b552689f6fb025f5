/* copy.c: the private copy.
 *
 * It is one state between two transactions. With a rollback journal the file itself is that for as long as the
 * source reads it, so it is copied in large blocks, which costs a third of copying page by page. Beside a log (WAL)
 * it isn't, and SQLite's backup makes the copy in one step.
 *
 * The copy has no name in any folder (nameless.c), so not even kill -9 leaves the data of children behind. Earlier
 * versions gave it one and locked it (flock) while their run lived: such a file without a lock is removed. */
#include "data/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"

#define COPY_PREFIX ".dossier-copy-"

static const char *folder_of(const struct database *database) {
    return database->options.copy_folder == NULL ? "." : database->options.copy_folder;
}

static void remove_when_left(const char *path) {
    const int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        unlink(path);
    }
    close(fd);
}

static void sweep(struct database *database) {
    struct str *names;
    size_t count;
    const char *folder = folder_of(database);
    if (folder_list(database->arena, folder, STR(""), &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_starts(names[i], STR(COPY_PREFIX))) {
            remove_when_left(str_c(database->arena, str_printf(database->arena, "%s/%.*s", folder, STR_ARG(names[i]))));
        }
    }
}

/* Makes a new, empty file; an errno value. */
static int create(struct database *database) {
    int error = folder_make(folder_of(database));
    if (error == 0) {
        error = nameless_create(database->arena, folder_of(database), &database->copy_fd);
    }
    if (error == 0) {
        database->copy_path = nameless_path(database->arena, database->copy_fd);
    }
    return error;
}

/* The copy needs no journal and no fsync: when the run dies, it is thrown away. */
static int back_up(sqlite3 *source, sqlite3 *target) {
    enum { TRIES = 50, PAUSE_MS = 100 };
    int code = sqlite3_exec(target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup == NULL) {
        return sqlite3_errcode(target);
    }
    for (int i = 0; i < TRIES; i++) {
        code = sqlite3_backup_step(backup, -1);
        if (code != SQLITE_BUSY && code != SQLITE_LOCKED) {
            break;
        }
        sqlite3_sleep(PAUSE_MS);
    }
    const int finish = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finish : code;
}

static int copy_by_backup(const struct database *database, sqlite3 *source) {
    sqlite3 *target = NULL;
    int code =
        sqlite3_open_v2(database->copy_path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nameless_vfs());
    if (code == SQLITE_OK) {
        code = back_up(source, target);
    }
    sqlite3_close(target);
    return code;
}

/* Through SQLite's own handle: closing another one would drop the lock that keeps writers off. */
static int copy_file(sqlite3_file *from, int to) {
    enum { PIECE = 1 << 18 };
    sqlite3_int64 size = 0;
    int code = from->pMethods->xFileSize(from, &size);
    struct buffer room = {0};
    char *piece = buffer_reserve(&room, PIECE);
    for (sqlite3_int64 at = 0; at < size && code == SQLITE_OK; at += PIECE) {
        const int count = size - at < PIECE ? (int)(size - at) : PIECE;
        code = from->pMethods->xRead(from, piece, count, at);
        if (code == SQLITE_OK && file_put(to, piece, (size_t)count) != 0) {
            code = SQLITE_FULL;
        }
    }
    buffer_release(&room);
    return code;
}

bool copy_has_log(sqlite3 *source) {
    sqlite3_stmt *statement = NULL;
    bool log = true;
    if (sqlite3_prepare_v2(source, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        log = str_is(str_from((const char *)sqlite3_column_text(statement, 0)), "wal");
    }
    sqlite3_finalize(statement);
    return log;
}

static int fill(const struct database *database, sqlite3 *source) {
    sqlite3_file *file = NULL;
    if (copy_has_log(source) || sqlite3_file_control(source, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) {
        return copy_by_backup(database, source);
    }
    return copy_file(file, database->copy_fd);
}

static bool reading_failed(int code) {
    const int kind = code & 0xFF;
    return kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_BUSY || kind == SQLITE_LOCKED ||
           code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ;
}

bool copy_make(struct database *database, sqlite3 *source, struct diags *diags) {
    sweep(database);
    struct str folder = str_from(folder_of(database));
    int error = create(database);
    if (error != 0) {
        DIAG_ADD(diags, D108, PLACE_NONE, folder, diag_errno(error));
        return false;
    }
    int code = fill(database, source);
    if (reading_failed(code)) {
        database_tell(database, NULL, code, diags);
    } else if (code != SQLITE_OK) {
        DIAG_ADD(diags, D108, PLACE_NONE, folder, str_from(sqlite3_errstr(code)));
    }
    return code == SQLITE_OK;
}

/* What SQLite notes of how and how often it was written (fileformat.html 1.3) is no content: journal mode, counters, version. */
static void blank_notes(char *head, size_t count) {
    static const struct {
        size_t at, count;
    } notes[] = {{18, 2}, {24, 4}, {92, 8}};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (notes[i].at + notes[i].count <= count) {
            memset(head + notes[i].at, 0, notes[i].count);
        }
    }
}

bool database_hash(const struct database *database, struct hash *hash) {
    enum { PIECE = 1 << 18 };
    if (database->copy_path == NULL) {
        return false;
    }
    struct buffer room = {0};
    char *piece = buffer_reserve(&room, PIECE);
    struct hash_stream *stream = hash_begin();
    ssize_t got = 0;
    for (off_t at = 0; (got = pread(database->copy_fd, piece, PIECE, at)) > 0; at += got) {
        blank_notes(piece, at == 0 ? (size_t)got : 0);
        hash_add(stream, piece, (size_t)got);
    }
    *hash = hash_end(stream);
    buffer_release(&room);
    return got == 0;
}

void copy_remove(struct database *database) {
    if (database->copy_path == NULL) {
        return;
    }
    close(database->copy_fd);
    database->copy_path = NULL;
}
