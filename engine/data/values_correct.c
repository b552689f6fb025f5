/* values_correct.c: corrections, in the copy.
 *
 *     UPDATE OR IGNORE main.award SET issued_on = value_read(17, issued_on) WHERE value_differs(17, issued_on)
 *
 * 17 is the column's number. SQLite itself keeps indexes, generated columns and keys right. A row that a key of
 * another row or NOT NULL forbids stays as it is, and is told. CHECKs are ignored: two columns of a row may fit each
 * other only when both are done.
 *
 * A database without a private copy gets one in memory: SQLite's VFS "memdb" keeps it under a name that all
 * connections of this process, and nobody else, can open. */
#include "data/values_internal.h"

#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

/* --- functions in SQL --------------------------------------------------------------------------------------------- */

/* The corrected value of a cell; false: it stays. */
static bool read_as(sqlite3_context *context, sqlite3_value **arguments, char room[static TIME_ROOM], struct str *read,
                    bool *is_null) {
    const struct values *values = sqlite3_user_data(context);
    const struct looked_column *column = values->numbered[sqlite3_value_int(arguments[0])];
    const int type = sqlite3_value_type(arguments[1]);
    if (type == SQLITE_NULL || type == SQLITE_BLOB) {
        return false;
    }
    const char *bytes = (const char *)sqlite3_value_text(arguments[1]);
    const struct str text = {bytes, (size_t)sqlite3_value_bytes(arguments[1])};
    const enum fit fit = bytes == NULL ? FIT_WRONG : value_judge(column, text, room, read);
    *is_null = fit == FIT_EMPTY;
    return fit == FIT_READABLE || fit == FIT_EMPTY;
}

static void value_read(sqlite3_context *context, int count, sqlite3_value **arguments) {
    char room[TIME_ROOM];
    struct str read = STR_NONE;
    bool is_null = false;
    (void)count;
    if (!read_as(context, arguments, room, &read, &is_null)) {
        sqlite3_result_value(context, arguments[1]);
    } else if (is_null) {
        sqlite3_result_null(context);
    } else {
        sqlite3_result_text(context, read.p, (int)read.n, SQLITE_TRANSIENT);
    }
}

static void value_differs(sqlite3_context *context, int count, sqlite3_value **arguments) {
    char room[TIME_ROOM];
    struct str read = STR_NONE;
    bool is_null = false;
    (void)count;
    sqlite3_result_int(context, read_as(context, arguments, room, &read, &is_null));
}

/* --- correcting --------------------------------------------------------------------------------------------------- */

/* Keeps triggers of the database, and functions that aren't harmless, from running. */
static int harden(sqlite3 *db) {
    int code = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_exec(
            db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON", NULL,
            NULL, NULL);
    }
    return code;
}

static int install(sqlite3 *db, struct values *values) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    int code = sqlite3_create_function_v2(db, "value_read", 2, flags, values, value_read, NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_create_function_v2(db, "value_differs", 2, flags, values, value_differs, NULL, NULL, NULL);
    }
    return code;
}

static void add_call(struct buffer *sql, const char *function, const struct looked_column *column) {
    buffer_printf(sql, "%s(%zu, ", function, column->number);
    sql_quote(sql, column->name);
    buffer_byte(sql, ')');
}

static int update(sqlite3 *db, const struct looked_table *table, const struct looked_column *column) {
    struct buffer sql = {0};
    buffer_add(&sql, STR("UPDATE OR IGNORE main."));
    sql_quote(&sql, table->name);
    buffer_add(&sql, STR(" SET "));
    sql_quote(&sql, column->name);
    buffer_add(&sql, STR(" = "));
    add_call(&sql, "value_read", column);
    buffer_add(&sql, STR(" WHERE "));
    add_call(&sql, "value_differs", column);
    buffer_byte(&sql, '\0');
    const int code = sqlite3_exec(db, sql.bytes, NULL, NULL, NULL);
    buffer_release(&sql);
    return code;
}

/* Changes the row's finding: the value was not corrected. */
static void tell_left(struct values *values, size_t table, size_t column, struct str row) {
    for (size_t i = 0; i < values->finding_count; i++) {
        struct value_finding *finding = &values->findings[i];
        if (finding->table == table && finding->column == column && str_eq(finding->row, row)) {
            finding->code = DIAG_D516;
        }
    }
}

static int find_left(struct values *values, sqlite3 *db, size_t t, size_t c) {
    const struct looked_table *table = &values->tables[t];
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    buffer_add(&sql, STR("SELECT "));
    values_add_keys(&sql, table);
    buffer_add(&sql, STR(" FROM main."));
    sql_quote(&sql, table->name);
    buffer_add(&sql, STR(" WHERE "));
    add_call(&sql, "value_differs", &table->columns[c]);
    int code = sqlite3_prepare_v2(db, sql.bytes, (int)sql.count, &statement, NULL);
    buffer_release(&sql);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        tell_left(values, t, c, values_row_words(values, table, statement, 0));
        code = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int correct_column(struct values *values, sqlite3 *db, size_t t, size_t c) {
    const struct looked_column *column = &values->tables[t].columns[c];
    const size_t expected = column->rule == NULL ? 0 : column->seen[FIT_READABLE] + column->seen[FIT_EMPTY];
    if (expected == 0) {
        return SQLITE_OK;
    }
    const int code = update(db, &values->tables[t], column);
    if (code == SQLITE_OK && sqlite3_changes64(db) == (sqlite3_int64)expected) {
        return SQLITE_OK;
    }
    /* A STRICT table may refuse a computed column's new value; then no row of the column is corrected. */
    return code == SQLITE_OK || (code & 0xFF) == SQLITE_CONSTRAINT ? find_left(values, db, t, c) : code;
}

static int correct_all(struct values *values, sqlite3 *db) {
    int code = install(db, values);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    }
    for (size_t t = 0; t < values->count; t++) {
        for (size_t c = 0; c < values->tables[t].count && code == SQLITE_OK; c++) {
            code = correct_column(values, db, t, c);
        }
    }
    return code == SQLITE_OK ? sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) : code;
}

/* --- the copy ----------------------------------------------------------------------------------------------------- */

/* The two bytes of the file's head that say it has a log (WAL); the copy has none. */
enum { HEAD_VERSIONS = 18 };
static const unsigned char no_log[2] = {1, 1};

static int open_file(const struct database *database, sqlite3 **db) {
    if (pwrite(database->copy_fd, no_log, sizeof no_log, HEAD_VERSIONS) != (ssize_t)sizeof no_log) {
        return SQLITE_IOERR_WRITE;
    }
    return sqlite3_open_v2(database->copy_path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nameless_vfs());
}

static int write_all(sqlite3 *db, unsigned char *bytes, sqlite3_int64 count) {
    enum { PIECE = 1 << 20 };
    sqlite3_file *file = NULL;
    int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    for (int i = 0; i < 2; i++) {
        bytes[HEAD_VERSIONS + i] = no_log[i];
    }
    for (sqlite3_int64 at = 0; at < count && code == SQLITE_OK; at += PIECE) {
        code = file->pMethods->xWrite(file, bytes + at, (int)(count - at < PIECE ? count - at : PIECE), at);
    }
    return code;
}

/* Copies the pages as the holder's transaction sees them. */
static int fill(const struct database *database, sqlite3 *db) {
    sqlite3_int64 count = 0;
    unsigned char *bytes = sqlite3_serialize(database->holder, "main", &count, 0);
    const int code = bytes == NULL || count < HEAD_VERSIONS + 2 ? SQLITE_NOMEM : write_all(db, bytes, count);
    sqlite3_free(bytes);
    return code;
}

static int open_memory(struct database *database, sqlite3 **db, char **uri) {
    unsigned char bytes[8];
    char name[2 * sizeof bytes + 1];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return SQLITE_CANTOPEN;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(name + 2 * i, 3, "%02x", bytes[i]);
    }
    *uri = str_c(database->arena, str_printf(database->arena, "file:/dossier-%s?vfs=memdb", name));
    const int code = sqlite3_open_v2(*uri, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    return code == SQLITE_OK ? fill(database, *db) : code;
}

/* From here on the database is read from memory, for as long as the holder keeps it. */
static int read_memory(struct database *database, sqlite3 *db, char *uri) {
    sqlite3_close(database->holder);
    database->holder = db;
    database->uri = uri;
    return sqlite3_exec(db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

bool values_correct(struct values *values, struct diags *diags) {
    struct database *database = values->database;
    sqlite3 *db = NULL;
    char *uri = NULL;
    const bool in_file = database->copy_path != NULL;
    int code = in_file ? open_file(database, &db) : open_memory(database, &db, &uri);
    if (code == SQLITE_OK) {
        code = harden(db);
    }
    if (code == SQLITE_OK) {
        code = correct_all(values, db);
    }
    if (code == SQLITE_OK && !in_file) {
        code = read_memory(database, db, uri);
    }
    if (code != SQLITE_OK) {
        const struct str folder = in_file ? str_from(database->copy_path) : STR("memory");
        DIAG_ADD(diags, D108, PLACE_NONE, folder, str_from(db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(db)));
    }
    if (in_file || code != SQLITE_OK) {
        sqlite3_close(database->holder == db ? NULL : db);
    }
    return code == SQLITE_OK;
}
