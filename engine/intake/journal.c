/* journal.c: a run's row, its changeset, and the way back. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "intake/journal.h"

#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "data/backup.h"
#include "intake/class_plain.h"

#define BUSY_MS        5000
#define APPLICATION_ID 0x4C534554
#define NAMED_ROWS     8

static const char journal_tables[] =
    "CREATE TABLE IF NOT EXISTS intake_run(id INTEGER PRIMARY KEY, file TEXT, as_of TEXT,"
    " new_rows INTEGER, changes INTEGER, left_rows INTEGER, left_cells INTEGER, undone INTEGER DEFAULT 0, changeset "
    "BLOB) STRICT;"
    "CREATE TABLE IF NOT EXISTS intake_change(id INTEGER PRIMARY KEY, run_id INTEGER REFERENCES intake_run(id),"
    " tbl TEXT, row_key TEXT, col TEXT, old TEXT, new TEXT, sheet TEXT, cell TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS intake_adult_name ON adult(name);"; /* grown-ups are looked for by name */

static bool tell(struct diags *diags, enum diag_code code, struct str a, struct str b) {
    diag_add(diags, code, PLACE_NONE, (const struct str[4]){a, b});
    return false;
}

static int64_t number_of(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int64_t number = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

enum intake_end journal_open(const char *path, sqlite3 **db, struct diags *diags) {
    const struct str name = str_from(path);
    int code = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(*db, BUSY_MS);
        class_plain_add(*db);
        sqlite3_exec(*db, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = memory", NULL,
                     NULL, NULL);
        code = sqlite3_exec(*db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    if (code == SQLITE_CANTOPEN) {
        tell(diags, DIAG_D101, name, STR_NONE);
    } else if (code == SQLITE_NOTADB) {
        tell(diags, DIAG_D102, name, STR_NONE);
    } else if (code != SQLITE_OK) {
        tell(diags, DIAG_D107, name, str_from(sqlite3_errmsg(*db)));
    } else if (number_of(*db, "PRAGMA application_id") != APPLICATION_ID) {
        tell(diags, DIAG_T305, name, STR_NONE);
    } else {
        return INTAKE_TAKEN;
    }
    return INTAKE_INPUT;
}

bool journal_is_current(struct arena *arena, sqlite3 *db, const char *path, struct diags *diags) {
    const int64_t version = number_of(db, "PRAGMA user_version");
    if (version == JOURNAL_SCHEMA) {
        return true;
    }
    const struct str is = str_int(arena, version), must = str_int(arena, JOURNAL_SCHEMA);
    if (version < JOURNAL_SCHEMA) {
        DIAG_ADD(diags, Y101, PLACE_NONE, str_from(path), is, must);
    } else {
        DIAG_ADD(diags, Y102, PLACE_NONE, str_from(path), is, must);
    }
    return false;
}

enum intake_end journal_lock(sqlite3 *db, const char *path, struct diags *diags) {
    const int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        tell(diags, DIAG_D106, str_from(path), STR_NONE);
        return INTAKE_BUSY;
    }
    if (code != SQLITE_OK) {
        tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
    }
    return code == SQLITE_OK ? INTAKE_TAKEN : INTAKE_NO_WRITE;
}

/* --- which database it is ----------------------------------------------------------------------------------------- */

static struct str kept_token(struct arena *arena, sqlite3 *db) {
    sqlite3_stmt *statement = NULL;
    struct str token = STR_NONE;
    if (sqlite3_prepare_v2(db, "SELECT token FROM intake_self", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        token = str_copy(arena, str_from((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return token;
}

struct str journal_token(struct arena *arena, sqlite3 *db, struct diags *diags) {
    static const char sql[] =
        "SELECT name FROM township UNION ALL SELECT id FROM semester UNION ALL SELECT code || name FROM school"
        " UNION ALL SELECT id || coalesce(student_no, '') || coalesce(name, '') FROM student";
    struct str token = kept_token(arena, db);
    struct buffer seen = {0};
    sqlite3_stmt *statement = NULL;
    if (token.n > 0) {
        return token;
    }
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
            buffer_add(&seen, str_from((const char *)sqlite3_column_text(statement, 0)));
            buffer_byte(&seen, '\n');
        }
    }
    sqlite3_finalize(statement);
    token = str_slice(hash_hex(arena, hash_bytes(seen.bytes, seen.count)), 0, 8);
    buffer_release(&seen);
    char keep[160];
    sqlite3_snprintf(sizeof keep, keep,
                     "CREATE TABLE IF NOT EXISTS intake_self(token TEXT) STRICT; INSERT INTO intake_self VALUES('%s')",
                     str_c(arena, token));
    if (sqlite3_exec(db, keep, NULL, NULL, NULL) != SQLITE_OK) {
        tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
        return STR_NONE;
    }
    return token;
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

static int is_watched(void *context, const char *table) {
    (void)context;
    return strncmp(table, "intake_", strlen("intake_")) != 0;
}

bool journal_begin(struct journal *journal, sqlite3 *db, struct str file, struct str as_of, struct diags *diags) {
    sqlite3_stmt *statement = NULL;
    *journal = (struct journal){.db = db, .file = file};
    bool good =
        sqlite3_exec(db, journal_tables, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "INSERT INTO intake_run(file, as_of) VALUES(?, ?)", -1, &statement, NULL) == SQLITE_OK;
    if (good) {
        sqlite3_bind_text(statement, 1, file.p, (int)file.n, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, as_of.p, (int)as_of.n, SQLITE_STATIC);
        good = sqlite3_step(statement) == SQLITE_DONE;
        journal->run = sqlite3_last_insert_rowid(db);
    }
    sqlite3_finalize(statement);
    good = good && sqlite3session_create(db, "main", &journal->session) == SQLITE_OK;
    if (good) {
        sqlite3session_table_filter(journal->session, is_watched, NULL);
        good = sqlite3session_attach(journal->session, NULL) == SQLITE_OK;
    }
    return good || tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
}

bool journal_keep(struct journal *journal, struct diags *diags, const struct intake_counts *counts) {
    sqlite3_stmt *statement = NULL;
    void *changeset = NULL;
    int size = 0;
    bool good = sqlite3session_changeset(journal->session, &size, &changeset) == SQLITE_OK &&
                sqlite3_prepare_v2(journal->db,
                                   "UPDATE intake_run SET new_rows = ?, changes = ?, left_rows = ?, left_cells = ?, "
                                   "changeset = ? WHERE id = ?",
                                   -1, &statement, NULL) == SQLITE_OK;
    if (good) {
        sqlite3_bind_int64(statement, 1, (int64_t)counts->new_rows);
        sqlite3_bind_int64(statement, 2, (int64_t)counts->changes);
        sqlite3_bind_int64(statement, 3, (int64_t)counts->left_rows);
        sqlite3_bind_int64(statement, 4, (int64_t)counts->left_cells);
        sqlite3_bind_blob(statement, 5, changeset, size, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 6, journal->run);
        good = sqlite3_step(statement) == SQLITE_DONE;
    }
    sqlite3_finalize(statement);
    sqlite3_free(changeset);
    return good || tell(diags, DIAG_T301, str_from(sqlite3_errmsg(journal->db)), STR_NONE);
}

void journal_end(struct journal *journal) {
    if (journal->session != NULL) {
        sqlite3session_delete(journal->session);
    }
    journal->session = NULL;
}

/* --- taking back -------------------------------------------------------------------------------------------------- */

struct way_back {
    struct arena *arena;
    struct str rows; /* that are no longer as the intake left them: "student 17, family 3" */
    size_t count;
};

static int on_conflict(void *context, int kind, sqlite3_changeset_iter *change) {
    struct way_back *back = context;
    const char *table = "";
    sqlite3_value *key = NULL;
    unsigned char *keys = NULL;
    int columns = 0, operation = 0, indirect = 0, key_count = 0;
    if (kind ==
        SQLITE_CHANGESET_FOREIGN_KEY) { /* other rows point at rows that would go; which ones SQLite doesn't say */
        back->count++;
        back->rows = back->rows.n > 0 ? back->rows : BOTH("rows that others now belong to", "已有其他记录引用的行");
        return SQLITE_CHANGESET_OMIT;
    }
    sqlite3changeset_op(change, &table, &columns, &operation, &indirect);
    sqlite3changeset_pk(change, &keys, &key_count);
    for (int i = 0; i < columns; i++) {
        if (keys[i] != 0) {
            (operation == SQLITE_INSERT ? sqlite3changeset_new : sqlite3changeset_old)(change, i, &key);
            break;
        }
    }
    if (back->count++ < NAMED_ROWS) {
        back->rows = str_printf(back->arena, "%.*s%s%s %s", STR_ARG(back->rows), back->rows.n > 0 ? ", " : "", table,
                                key != NULL ? (const char *)sqlite3_value_text(key) : "");
    }
    return SQLITE_CHANGESET_OMIT;
}

/* The changeset of a run that isn't undone; *changeset NULL: there is none, or it can't be read (told). Freed by sqlite3_free. */
static enum intake_end changeset_of(sqlite3 *db, int64_t *run, void **changeset, int *size, struct diags *diags) {
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT id, changeset FROM intake_run WHERE undone = 0 AND changeset IS NOT NULL AND (?1 = 0 OR "
                      "id = ?1) ORDER BY id DESC LIMIT 1";
    int code = sqlite3_table_column_metadata(db, NULL, "intake_run", NULL, NULL, NULL, NULL, NULL, NULL);
    if (code == SQLITE_OK && (code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL)) == SQLITE_OK) {
        sqlite3_bind_int64(statement, 1, *run);
        code = sqlite3_step(statement);
    }
    const void *bytes = code == SQLITE_ROW ? sqlite3_column_blob(statement, 1) : NULL;
    if (bytes != NULL) {
        *run = sqlite3_column_int64(statement, 0);
        *size = sqlite3_column_bytes(statement, 1);
        *changeset = sqlite3_malloc(*size + 1);
        memcpy(*changeset, bytes, (size_t)*size);
    }
    sqlite3_finalize(statement);
    if (bytes == NULL && code != SQLITE_ROW && code != SQLITE_DONE && code != SQLITE_ERROR) {
        tell(diags, DIAG_D107, STR("intake_run"), str_from(sqlite3_errstr(code)));
        return INTAKE_NO_WRITE;
    }
    if (bytes == NULL) {
        tell(diags, DIAG_T312, *run == 0 ? STR_NONE : str_int(diags->arena, *run), STR_NONE);
    }
    return bytes != NULL ? INTAKE_TAKEN : INTAKE_INPUT;
}

static bool take_back(sqlite3 *db, struct way_back *back, int64_t run, void *changeset, int size, struct diags *diags) {
    void *inverted = NULL;
    int inverted_size = 0;
    int code = sqlite3changeset_invert(size, changeset, &inverted_size, &inverted);
    if (code == SQLITE_OK) {
        code = sqlite3changeset_apply(db, inverted_size, inverted, NULL, on_conflict, back);
    }
    sqlite3_free(inverted);
    if (code != SQLITE_OK) {
        return tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
    }
    if (back->count > 0) {
        const struct str more = back->count > NAMED_ROWS ? STR(", …") : STR("");
        return tell(diags, DIAG_T311, str_int(back->arena, run), str_join(back->arena, back->rows, more));
    }
    char sql[80];
    sqlite3_snprintf(sizeof sql, sql, "UPDATE intake_run SET undone = 1 WHERE id = %lld", (long long)run);
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
}

enum intake_end intake_undo(struct arena *arena, const char *database, int64_t *run, struct diags *diags) {
    struct way_back back = {.arena = arena, .rows = STR("")};
    sqlite3 *db = NULL;
    int size = 0;
    void *changeset = NULL;
    enum intake_end end = journal_open(database, &db, diags);
    end = end == INTAKE_TAKEN ? journal_lock(db, database, diags) : end;
    end = end == INTAKE_TAKEN ? changeset_of(db, run, &changeset, &size, diags) : end;
    if (end == INTAKE_TAKEN && !backup_make(arena, database, diags)) {
        end = INTAKE_NO_WRITE;
    } else if (end == INTAKE_TAKEN && !take_back(db, &back, *run, changeset, size, diags)) {
        end = back.count > 0 ? INTAKE_PARTLY : INTAKE_NO_WRITE;
    }
    sqlite3_free(changeset);
    if (end == INTAKE_TAKEN && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        tell(diags, DIAG_T301, str_from(sqlite3_errmsg(db)), STR_NONE);
        end = INTAKE_NO_WRITE;
    }
    sqlite3_close(db);
    return end;
}
