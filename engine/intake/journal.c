/* journal.c: a run's row, its changes, and the way back. */
#include "intake/journal.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "data/backup.h"
#include "data/changes.h"
#include "intake/class_plain.h"

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

static bool tell_database(struct diags *diags, const struct sql *db) {
    return tell(diags, DIAG_T301, sql_error(db), STR_NONE);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

struct sql *journal_open(const char *path, struct diags *diags) {
    struct sql *db = sql_open_told(path, SQL_WRITE, diags);
    if (db != NULL && sql_number(db, "PRAGMA application_id", NULL, 0) != APPLICATION_ID) {
        tell(diags, DIAG_T305, str_from(path), STR_NONE);
        sql_close(db);
        return NULL;
    }
    if (db != NULL) {
        class_plain_add(db);
    }
    return db;
}

bool journal_is_current(struct arena *arena, struct sql *db, const char *path, struct diags *diags) {
    const int64_t version = sql_number(db, "PRAGMA user_version", NULL, 0);
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

enum intake_end journal_lock(struct sql *db, const char *path, struct diags *diags) {
    if (sql_begin(db)) {
        return INTAKE_TAKEN;
    }
    if (sql_fault(db) == SQL_BUSY) {
        tell(diags, DIAG_D106, str_from(path), STR_NONE);
        return INTAKE_BUSY;
    }
    tell_database(diags, db);
    return INTAKE_NO_WRITE;
}

/* --- which database it is ----------------------------------------------------------------------------------------- */

struct str journal_token(struct arena *arena, struct sql *db, struct diags *diags) {
    struct str token = sql_text(db, arena, "SELECT token FROM intake_self", NULL, 0);
    struct buffer seen = {0};
    if (token.n > 0) {
        return token;
    }
    struct statement *rows = sql_statement(
        db, "SELECT name FROM township UNION ALL SELECT id FROM semester UNION ALL SELECT code || name FROM school"
            " UNION ALL SELECT id || coalesce(student_no, '') || coalesce(name, '') FROM student");
    while (rows != NULL && statement_next(rows)) {
        buffer_add(&seen, statement_text(rows, 0));
        buffer_byte(&seen, '\n');
    }
    token = str_slice(hash_hex(arena, hash_bytes(seen.bytes, seen.count)), 0, 8);
    buffer_release(&seen);
    const bool kept = sql_run(db,
                              "CREATE TABLE IF NOT EXISTS intake_self(token TEXT) STRICT;"
                              "INSERT INTO intake_self VALUES(:token)",
                              &(struct sql_value){":token", token}, 1);
    return kept || tell_database(diags, db) ? token : STR_NONE;
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

bool journal_begin(struct journal *journal, struct sql *db, struct str file, struct str as_of, struct diags *diags) {
    const struct sql_value values[] = {{":file", file}, {":as_of", as_of}};
    *journal = (struct journal){.db = db};
    const bool good = sql_run(db, journal_tables, NULL, 0) &&
                      sql_run(db, "INSERT INTO intake_run(file, as_of) VALUES(:file, :as_of)", values, 2);
    journal->run = good ? sql_last_key(db) : 0;
    return (good && changes_record(db, "intake_")) || tell_database(diags, db);
}

bool journal_keep(const struct journal *journal, struct diags *diags, const struct intake_counts *counts) {
    struct arena *arena = arena_create();
    struct str changes;
    bool good = changes_recorded(journal->db, arena, &changes);
    struct statement *update =
        sql_statement(journal->db, "UPDATE intake_run SET new_rows = ?, changes = ?, left_rows = ?, left_cells = ?, "
                                   "changeset = ? WHERE id = ?");
    if (good && update != NULL) {
        statement_bind_int(update, 1, (int64_t)counts->new_rows);
        statement_bind_int(update, 2, (int64_t)counts->changes);
        statement_bind_int(update, 3, (int64_t)counts->left_rows);
        statement_bind_int(update, 4, (int64_t)counts->left_cells);
        statement_bind(update, 5, (struct value){changes.n > 0 ? VALUE_BLOB : VALUE_NULL, .text = changes});
        statement_bind_int(update, 6, journal->run);
    }
    good = good && update != NULL && statement_run(update);
    arena_destroy(arena);
    return good || tell_database(diags, journal->db);
}

/* --- taking back -------------------------------------------------------------------------------------------------- */

struct way_back {
    struct arena *arena;
    struct str rows; /* that are no longer as the intake left them: "student 17, family 3" */
    size_t count;
};

static void name_row(void *context, const struct change *change) {
    struct way_back *back = context;
    back->count++;
    if (change == NULL) {
        back->rows = back->rows.n > 0 ? back->rows : BOTH("rows that others now belong to", "已有其他记录引用的行");
    } else if (back->count <= NAMED_ROWS) {
        const struct str key = change_key(change, back->arena);
        back->rows = str_printf(back->arena, "%.*s%s%s %.*s", STR_ARG(back->rows), back->rows.n > 0 ? ", " : "",
                                change->table, (int)str_find_byte(key, '/'), key.p);
    }
}

/* The run of that number, or the newest (0), of those that can be taken back: false, there is none. Strings in the arena. */
static bool find_run(struct arena *arena, struct sql *db, int64_t run, struct intake_known *known,
                     struct str *changes) {
    struct statement *asked =
        sql_statement(db, "SELECT id, file, as_of, changeset FROM intake_run WHERE undone = 0 AND changeset IS NOT NULL"
                          " AND (?1 = 0 OR id = ?1) ORDER BY id DESC LIMIT 1");
    if (asked == NULL) {
        return false;
    }
    statement_bind_int(asked, 1, run);
    if (!statement_next(asked)) {
        return false;
    }
    *known = (struct intake_known){statement_int(asked, 0), str_copy(arena, statement_text(asked, 1)),
                                   str_copy(arena, statement_text(asked, 2))};
    *changes = str_copy(arena, statement_value(asked, 3).text);
    statement_reset(asked);
    return true;
}

static void tell_none(struct arena *arena, struct sql *db, int64_t run, bool any, struct diags *diags) {
    struct intake_known last;
    struct str changes;
    if (run > 0 && any && find_run(arena, db, 0, &last, &changes)) {
        const struct sql_value number = {":run", str_int(arena, run)};
        const bool undone =
            sql_number(db, "SELECT count(*) FROM intake_run WHERE id = CAST(:run AS INTEGER) AND undone", &number, 1) >
            0;
        DIAG_ADD(diags, Y447, PLACE_NONE, number.text,
                 undone ? BOTH("was taken back already", "已经撤销过") : BOTH("wrote nothing here", "没有写入过本库"),
                 str_int(arena, last.run),
                 str_printf(arena, "%.*s%s%.*s", STR_ARG(last.file), last.day.n > 0 ? ", " : "", STR_ARG(last.day)));
    } else {
        tell(diags, DIAG_T312, run == 0 ? STR_NONE : str_int(arena, run), STR_NONE);
    }
}

/* The changes of a run that isn't undone, in the arena. Anything but INTAKE_TAKEN is told. */
static enum intake_end changes_of(struct arena *arena, struct sql *db, struct intake_known *known, struct str *changes,
                                  struct diags *diags) {
    const bool any = sql_number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'intake_run'", NULL, 0) > 0;
    *changes = STR_NONE;
    const bool found = any && find_run(arena, db, known->run, known, changes);
    if (!found && sql_fault(db) == SQL_FINE) {
        tell_none(arena, db, known->run, any, diags);
    }
    if (sql_fault(db) != SQL_FINE) {
        tell(diags, DIAG_D107, STR("intake_run"), sql_error(db));
        return INTAKE_NO_WRITE;
    }
    return found ? INTAKE_TAKEN : INTAKE_INPUT;
}

static bool take_back(struct sql *db, struct way_back *back, int64_t run, struct str changes, struct diags *diags) {
    const struct sql_value number = {":run", str_int(back->arena, run)};
    if (!changes_take_back(db, changes, name_row, back)) {
        return tell_database(diags, db);
    }
    if (back->count > 0) {
        const struct str more = back->count > NAMED_ROWS ? STR(", …") : STR("");
        return tell(diags, DIAG_T311, number.text, str_join(back->arena, back->rows, more));
    }
    return sql_run(db, "UPDATE intake_run SET undone = 1 WHERE id = CAST(:run AS INTEGER)", &number, 1) ||
           tell_database(diags, db);
}

enum intake_end intake_undo(struct arena *arena, const char *database, struct intake_known *known,
                            struct diags *diags) {
    struct way_back back = {.arena = arena, .rows = STR("")};
    struct str changes = STR_NONE;
    struct sql *db = journal_open(database, diags);
    enum intake_end end = db != NULL ? journal_lock(db, database, diags) : INTAKE_INPUT;
    end = end == INTAKE_TAKEN ? changes_of(arena, db, known, &changes, diags) : end;
    if (end == INTAKE_TAKEN && !backup_make(arena, database, diags)) {
        end = INTAKE_NO_WRITE;
    } else if (end == INTAKE_TAKEN && !take_back(db, &back, known->run, changes, diags)) {
        end = back.count > 0 ? INTAKE_PARTLY : INTAKE_NO_WRITE;
    }
    if (end == INTAKE_TAKEN && !sql_commit(db)) {
        tell_database(diags, db);
        end = INTAKE_NO_WRITE;
    }
    sql_close(db);
    return end;
}
