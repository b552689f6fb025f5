/* sql.c: connections, and all that is asked at one go. */
#include "data/sql_internal.h"
#include "data/value.h"

#define BUSY_MS 5000

static enum sql_fault fault_of(int code) {
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return SQL_BUSY;
    case SQLITE_CANTOPEN:
        return SQL_MISSING;
    case SQLITE_NOTADB:
        return SQL_NOT_A_DATABASE;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return SQL_REFUSED;
    default:
        return SQL_BROKEN;
    }
}

bool sql_heed(struct sql *db, int code) {
    if (code == SQLITE_OK) {
        return true;
    }
    db->fault = fault_of(code);
    const bool known = (sqlite3_errcode(db->raw) & 0xFF) == (code & 0xFF);
    db->error = str_copy(db->arena, str_from(known ? sqlite3_errmsg(db->raw) : sqlite3_errstr(code)));
    return false;
}

/* --- connections -------------------------------------------------------------------------------------------------- */

struct sql *sql_open(const char *path, enum sql_mode mode) {
    const int flags = mode == SQL_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    struct arena *arena = arena_create();
    struct sql *db = ARENA_NEW(arena, struct sql);
    *db = (struct sql){.arena = arena};
    strmap_init(&db->known, arena);
    if (sql_heed(db, sqlite3_open_v2(path, &db->raw, flags | SQLITE_OPEN_NOMUTEX, NULL))) {
        sqlite3_busy_timeout(db->raw, BUSY_MS);
        sql_script(db, STR("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = memory"), NULL,
                   0);
    }
    return db;
}

struct sql *sql_open_told(const char *path, enum sql_mode mode, struct diags *diags) {
    struct sql *db = sql_open(path, mode);
    const struct str name = str_copy(diags->arena, str_from(path));
    if (db->fault == SQL_FINE && sql_run(db, "SELECT count(*) FROM sqlite_schema", NULL, 0)) {
        return db;
    }
    if (db->fault == SQL_MISSING) {
        DIAG_ADD(diags, D101, PLACE_NONE, name);
    } else if (db->fault == SQL_NOT_A_DATABASE) {
        DIAG_ADD(diags, D102, PLACE_NONE, name);
    } else {
        DIAG_ADD(diags, D107, PLACE_NONE, name, db->error);
    }
    sql_close(db);
    return NULL;
}

void sql_close(struct sql *db) {
    if (db == NULL) {
        return;
    }
    if (db->watch != NULL) {
        sqlite3session_delete(db->watch);
    }
    for (size_t i = 0; i < db->count; i++) {
        sqlite3_finalize(db->statements[i]->raw);
    }
    sqlite3_close(db->raw);
    arena_destroy(db->arena);
}

enum sql_fault sql_fault(const struct sql *db) {
    return db->fault;
}

struct str sql_error(const struct sql *db) {
    return db->error;
}

bool sql_begin(struct sql *db) {
    return sql_run(db, "BEGIN IMMEDIATE", NULL, 0);
}

bool sql_commit(struct sql *db) {
    return sql_run(db, "COMMIT", NULL, 0);
}

void sql_roll_back(struct sql *db) {
    if (sqlite3_get_autocommit(db->raw) == 0) {
        sql_run(db, "ROLLBACK", NULL, 0);
    }
}

/* --- at one go ---------------------------------------------------------------------------------------------------- */

/* The first statement of the text; *rest (may be NULL) becomes what is behind it. NULL: there is none, or it can't be prepared. */
static sqlite3_stmt *begin(struct sql *db, struct str sql, const struct sql_value *values, size_t count,
                           struct str *rest) {
    sqlite3_stmt *raw = NULL;
    const char *behind = sql.p + sql.n;
    db->fault = SQL_FINE;
    if (!sql_heed(db, sqlite3_prepare_v2(db->raw, sql.p, (int)sql.n, &raw, &behind))) {
        return NULL;
    }
    for (size_t i = 0; i < count && raw != NULL; i++) {
        const int at = sqlite3_bind_parameter_index(raw, values[i].name);
        const struct str text = values[i].text;
        if (at > 0 && text.p != NULL) {
            sqlite3_bind_text64(raw, at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
        }
    }
    if (rest != NULL) {
        *rest = str_slice(sql, (size_t)(behind - sql.p), sql.n);
    }
    return raw;
}

/* Is there a row? */
static bool row(struct sql *db, sqlite3_stmt *raw) {
    const int code = raw == NULL ? SQLITE_DONE : sqlite3_step(raw);
    return code == SQLITE_ROW || (code != SQLITE_DONE && sql_heed(db, code));
}

bool sql_script(struct sql *db, struct str sql, const struct sql_value *values, size_t count) {
    bool good = true;
    while (sql.n > 0 && good) {
        sqlite3_stmt *raw = begin(db, sql, values, count, &sql);
        while (row(db, raw)) {
        }
        sqlite3_finalize(raw);
        good = db->fault == SQL_FINE;
    }
    return good;
}

bool sql_run(struct sql *db, const char *sql, const struct sql_value *values, size_t count) {
    return sql_script(db, str_from(sql), values, count);
}

int64_t sql_number(struct sql *db, const char *sql, const struct sql_value *values, size_t count) {
    sqlite3_stmt *raw = begin(db, str_from(sql), values, count, NULL);
    const int64_t number = row(db, raw) ? sqlite3_column_int64(raw, 0) : 0;
    sqlite3_finalize(raw);
    return number;
}

struct str sql_text(struct sql *db, struct arena *arena, const char *sql, const struct sql_value *values,
                    size_t count) {
    sqlite3_stmt *raw = begin(db, str_from(sql), values, count, NULL);
    const struct str text = row(db, raw) ? value_column(arena, raw, 0) : STR_NONE;
    sqlite3_finalize(raw);
    return text;
}

struct str *sql_rows(struct sql *db, struct arena *arena, const char *sql, const struct sql_value *values, size_t count,
                     size_t *rows, size_t *columns) {
    sqlite3_stmt *raw = begin(db, str_from(sql), values, count, NULL);
    struct str *cells = NULL;
    size_t used = 0, capacity = 0;
    *columns = (size_t)sqlite3_column_count(raw);
    for (*rows = 0; row(db, raw); (*rows)++) {
        for (size_t i = 0; i < *columns; i++) {
            ARENA_GROW(arena, cells, used, capacity);
            cells[used++] = value_column(arena, raw, (int)i);
        }
    }
    sqlite3_finalize(raw);
    return cells;
}

int64_t sql_changed(const struct sql *db) {
    return sqlite3_changes64(db->raw);
}

int64_t sql_changed_in_all(const struct sql *db) {
    return sqlite3_total_changes64(db->raw);
}

int64_t sql_last_key(const struct sql *db) {
    return sqlite3_last_insert_rowid(db->raw);
}
