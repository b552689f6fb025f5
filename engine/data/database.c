/* database.c: a database is opened; if it can't be, the reason is told.
 *
 * SQLite finds out, at the latest when it reads the schema. Only after a failure do we look into the file ourselves,
 * to tell a cut-off database from other damage: closing a file drops all locks that the process holds on it. Without
 * a private copy a connection of our own (the holder) keeps a read transaction open from here to the end, so that
 * all documents show one state. */
#include "data/session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "data/copy.h"

enum { BUSY_MS = 5000 };

/* The head of a database, https://www.sqlite.org/fileformat.html 1.3. */
enum { HEAD_SIZE = 100, HEAD_PAGE_SIZE = 16, HEAD_PAGES = 28 };
static const char magic[16] = "SQLite format 3";

struct head {
    char bytes[HEAD_SIZE];
    int64_t file_bytes;
};

static bool head_read(const char *path, struct head *head) {
    struct stat status;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool whole = fstat(fd, &status) == 0 && read(fd, head->bytes, HEAD_SIZE) == HEAD_SIZE;
    close(fd);
    head->file_bytes = whole ? (int64_t)status.st_size : 0;
    return whole && memcmp(head->bytes, magic, sizeof magic) == 0;
}

/* A page size of 1 stands for 65,536. */
static int64_t told_bytes(const struct head *head) {
    const struct str bytes = {head->bytes, HEAD_SIZE};
    const int64_t page = bytes_u16(bytes, HEAD_PAGE_SIZE);
    return (page == 1 ? 65536 : page) * bytes_u32(bytes, HEAD_PAGES);
}

static void tell_cut_off(const struct database *database, int64_t bytes, int64_t told, struct diags *diags) {
    DIAG_ADD(diags, D103, PLACE_NONE, database->path, str_int(database->arena, bytes), str_int(database->arena, told));
}

static bool is_cut_off(const struct database *database, struct diags *diags) {
    struct head head;
    if (!head_read(str_c(database->arena, database->path), &head) || head.file_bytes >= told_bytes(&head)) {
        return false;
    }
    tell_cut_off(database, head.file_bytes, told_bytes(&head), diags);
    return true;
}

static bool exists(struct arena *arena, const char *path, const char *suffix) {
    struct stat status;
    return stat(str_c(arena, str_printf(arena, "%s%s", path, suffix)), &status) == 0;
}

/* Tells a journal or log (WAL) beside the file, left by a writer that died: it must be written back first. */
static bool tell_unfinished(const struct database *database, struct diags *diags) {
    static const char *const suffixes[] = {"-journal", "-wal"};
    struct arena *arena = database->arena;
    const char *path = str_c(arena, database->path);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (!exists(arena, path, suffixes[i])) {
            continue;
        }
        DIAG_ADD(diags, D109, PLACE_NONE, database->path, str_printf(arena, "%s%s", path, suffixes[i]));
        return true;
    }
    return false;
}

void database_tell(const struct database *database, sqlite3 *db, int code, struct diags *diags) {
    struct str words = str_from(db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(db));
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
        if (!is_cut_off(database, diags)) {
            DIAG_ADD(diags, D104, PLACE_NONE, database->path, words);
        }
        break;
    case SQLITE_NOTADB:
        if (!is_cut_off(database, diags)) {
            DIAG_ADD(diags, D102, PLACE_NONE, database->path);
        }
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        DIAG_ADD(diags, D106, PLACE_NONE, database->path);
        break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        if (tell_unfinished(database, diags)) {
            break;
        }
        /* fall through */
    default:
        DIAG_ADD(diags, D107, PLACE_NONE, database->path, words);
    }
}

/* SQLite would take an empty file for an empty database, and a missing one for an internal error. */
static bool file_check(const struct database *database, const char *path, struct diags *diags) {
    struct stat status;
    int error = stat(path, &status) != 0 || access(path, R_OK) != 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : 0;
    if (error == ENOENT) {
        DIAG_ADD(diags, D101, PLACE_NONE, database->path);
    } else if (error != 0) {
        DIAG_ADD(diags, B101, PLACE_NONE, database->path, diag_errno(error));
    } else if (!S_ISREG(status.st_mode) || status.st_size == 0) {
        DIAG_ADD(diags, D102, PLACE_NONE, database->path);
    } else {
        return true;
    }
    return false;
}

/* file:… with all but plain characters as %XX. */
static char *uri_of(struct arena *arena, const char *path, const char *parameters) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    struct buffer uri = {0};
    buffer_add(&uri, STR("file:"));
    while (path[0] == '/' && path[1] == '/') { /* "//" would begin the name of a host */
        path++;
    }
    for (; *path != '\0'; path++) {
        if (strchr(plain, *path) != NULL) {
            buffer_byte(&uri, *path);
        } else {
            buffer_printf(&uri, "%%%02X", (unsigned)(unsigned char)*path);
        }
    }
    buffer_add(&uri, str_from(parameters));
    char *copy = str_c(arena, buffer_str(&uri));
    buffer_release(&uri);
    return copy;
}

static int hold(struct database *database, const char *uri) {
    sqlite3_close(database->holder);
    database->holder = NULL;
    database->uri = (char *)uri;
    const int code =
        sqlite3_open_v2(uri, &database->holder, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_busy_timeout(database->holder, database->options.busy_ms);
    return sqlite3_exec(database->holder, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* A database in WAL mode on a read-only medium can't have the shared memory that SQLite wants beside it; when it has
 * no log either, nobody is writing and the file is complete. */
static bool open_file(struct database *database, const char *path, struct diags *diags) {
    int code = hold(database, uri_of(database->arena, path, "?mode=ro"));
    if ((code & 0xFF) == SQLITE_CANTOPEN && !exists(database->arena, path, "-wal")) {
        code = hold(database, uri_of(database->arena, path, "?mode=ro&immutable=1"));
    }
    if (code != SQLITE_OK) {
        database_tell(database, database->holder, code, diags);
    }
    return code == SQLITE_OK;
}

static int64_t pragma_int(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int64_t n = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        n = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return n;
}

/* A session's in-memory `main` must have the encoding of the attached file. */
static const char *encoding_of(struct arena *arena, sqlite3 *db) {
    sqlite3_stmt *statement = NULL;
    char *encoding = NULL;
    if (sqlite3_prepare_v2(db, "PRAGMA encoding", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        encoding = str_c(arena, str_from((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return encoding == NULL ? "UTF-8" : encoding;
}

/* SQLite forgives a last page that is cut. Beside a log the file may be shorter than it will be. */
static bool size_check(const struct database *database, const char *path, struct diags *diags) {
    struct stat status;
    const int64_t told =
        pragma_int(database->holder, "PRAGMA page_count") * pragma_int(database->holder, "PRAGMA page_size");
    if (exists(database->arena, path, "-wal") || stat(path, &status) != 0 || status.st_size >= told) {
        return true;
    }
    tell_cut_off(database, status.st_size, told, diags);
    return false;
}

static bool version_check(const struct database *database, struct diags *diags) {
    const struct database_options *options = &database->options;
    if (options->application_id == 0 ||
        pragma_int(database->holder, "PRAGMA application_id") != options->application_id) {
        return true;
    }
    int64_t version = pragma_int(database->holder, "PRAGMA user_version");
    if (version == options->user_version) {
        return true;
    }
    DIAG_ADD(diags, D105, PLACE_NONE, database->path, str_int(database->arena, version),
             str_int(database->arena, options->user_version));
    return false;
}

/* From here on the copy is read; the file is left to the schools. */
static bool take_copy(struct database *database, struct diags *diags) {
    database->encoding = encoding_of(database->arena, database->holder);
    if (!database->options.private_copy) {
        return true;
    }
    if (!copy_make(database, database->holder, diags)) {
        return false;
    }
    sqlite3_close(database->holder);
    database->holder = NULL;
    database->uri = uri_of(database->arena, database->copy_path, "?mode=ro&immutable=1");
    return true;
}

struct database *database_open(const char *path, const struct database_options *options, struct diags *diags) {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* workers are processes; heard before SQLite's first use only */
    work_begin();
    struct arena *arena = arena_create();
    struct database *database = ARENA_NEW(arena, struct database);
    database->arena = arena;
    database->path = str_copy(arena, str_from(path));
    if (options != NULL) {
        database->options = *options;
    }
    if (database->options.busy_ms == 0) {
        database->options.busy_ms = BUSY_MS;
    }
    if (file_check(database, path, diags) && open_file(database, path, diags) && size_check(database, path, diags) &&
        version_check(database, diags) && take_copy(database, diags)) {
        return database;
    }
    database_close(database);
    return NULL;
}

void database_renew(struct database *database) {
    if (database->copy_path != NULL) {
        nameless_renew(database->copy_fd);
    }
}

void database_close(struct database *database) {
    if (database == NULL) {
        return;
    }
    sqlite3_close(database->holder);
    copy_remove(database);
    arena_destroy(database->arena);
}
