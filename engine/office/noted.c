/* noted.c: a step's changeset, read as lines of intake_change. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "office/step.h"

#include <string.h>

/* A table's columns, by their place; asked for once a table. */
struct columns {
    struct str table;
    struct str *names;
    size_t count;
};

static void read_columns(struct step *step, struct columns *columns, struct str table) {
    size_t width = 0;
    if (str_eq(columns->table, table)) {
        return;
    }
    columns->table = str_copy(step->arena, table);
    columns->names = step_rows(step, "SELECT name FROM pragma_table_info(:table) ORDER BY cid",
                               &(struct step_value){":table", columns->table}, 1, &columns->count, &width);
}

struct change {
    sqlite3_changeset_iter *at;
    const char *table;
    int columns, operation;
    unsigned char *is_key;
};

static struct str text_of(sqlite3_value *value) {
    const char *text = value == NULL ? NULL : (const char *)sqlite3_value_text(value);
    return text == NULL ? STR_NONE : (struct str){text, (size_t)sqlite3_value_bytes(value)};
}

static sqlite3_value *value_of(const struct change *change, int column, bool old) {
    sqlite3_value *value = NULL;
    if (old && change->operation != SQLITE_INSERT) {
        sqlite3changeset_old(change->at, column, &value);
    } else if (!old && change->operation != SQLITE_DELETE) {
        sqlite3changeset_new(change->at, column, &value);
    }
    return value;
}

/* 17/2026-2027-2: the parts of the key, as intake writes them. */
static struct str key_of(struct step *step, const struct change *change) {
    struct str key = STR("");
    for (int i = 0; i < change->columns; i++) {
        if (change->is_key[i] != 0) {
            const struct str part = text_of(value_of(change, i, change->operation != SQLITE_INSERT));
            key = str_printf(step->arena, "%.*s%s%.*s", STR_ARG(key), key.n > 0 ? "/" : "", STR_ARG(part));
        }
    }
    return key;
}

static bool write_line(sqlite3_stmt *insert, int64_t run, const struct str cells[static 5]) {
    sqlite3_bind_int64(insert, 1, run);
    for (int i = 0; i < 5; i++) {
        if (cells[i].p == NULL) {
            sqlite3_bind_null(insert, i + 2);
        } else {
            sqlite3_bind_text(insert, i + 2, cells[i].p, (int)cells[i].n, SQLITE_TRANSIENT);
        }
    }
    const bool good = sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_reset(insert);
    return good;
}

/* A row that was made or taken away is one line, without a column; one that was changed has a line for each cell. */
static bool write_change(struct step *step, sqlite3_stmt *insert, const struct change *change,
                         const struct columns *columns) {
    const struct str table = str_from(change->table), key = key_of(step, change);
    bool good = true;
    if (change->operation != SQLITE_UPDATE) {
        return write_line(insert, step->journal.run, (const struct str[5]){table, key});
    }
    for (int i = 0; i < change->columns && good; i++) {
        sqlite3_value *after = value_of(change, i, false);
        if (after != NULL && change->is_key[i] == 0 && (size_t)i < columns->count) {
            good = write_line(insert, step->journal.run,
                              (const struct str[5]){table, key, columns->names[i], text_of(value_of(change, i, true)),
                                                    text_of(after)});
        }
    }
    return good;
}

static bool write_changes(struct step *step, sqlite3_stmt *insert, sqlite3_changeset_iter *iterator) {
    struct columns columns = {0};
    bool good = true;
    while (good && sqlite3changeset_next(iterator) == SQLITE_ROW) {
        struct change change = {.at = iterator};
        int indirect = 0, keys = 0;
        good =
            sqlite3changeset_op(iterator, &change.table, &change.columns, &change.operation, &indirect) == SQLITE_OK &&
            sqlite3changeset_pk(iterator, &change.is_key, &keys) == SQLITE_OK;
        if (good) {
            read_columns(step, &columns, str_from(change.table));
            good = write_change(step, insert, &change, &columns);
        }
    }
    return good;
}

bool step_note(struct step *step) {
    sqlite3_changeset_iter *iterator = NULL;
    sqlite3_stmt *insert = NULL;
    void *changeset = NULL;
    int size = 0;
    bool good = sqlite3session_changeset(step->journal.session, &size, &changeset) == SQLITE_OK &&
                sqlite3changeset_start(&iterator, size, changeset) == SQLITE_OK &&
                sqlite3_prepare_v2(
                    step->db, "INSERT INTO intake_change(run_id, tbl, row_key, col, old, new) VALUES(?, ?, ?, ?, ?, ?)",
                    -1, &insert, NULL) == SQLITE_OK &&
                write_changes(step, insert, iterator);
    sqlite3_finalize(insert);
    good = (iterator == NULL || sqlite3changeset_finalize(iterator) == SQLITE_OK) && good;
    sqlite3_free(changeset);
    return good;
}
