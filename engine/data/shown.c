/* shown.c: numbers that a reader sees somewhere by right.
 *
 * A number that is masked in one column may stand in full in another: a school's phone is the headmaster's. The scan
 * of finished documents asks about each number it found, which is rare: only then are the columns read. */
#include "base/numerals.h"
#include "base/utf8.h"
#include "data/mask.h"
#include "data/session.h"

/* Is it a column for phones, IDs and the like? A name or text that happens to be a number doesn't count. */
static bool is_for_numbers(const struct session *session, struct str column) {
    struct arena *arena = session->arena;
    const struct arena_mark mark = arena_mark(arena);
    const char *name = str_c(arena, sql_fold(arena, column));
    bool found = false;
    for (size_t i = 0; i < session->privacy->personal_count && !found; i++) {
        found = sqlite3_strglob(str_c(arena, sql_fold(arena, session->privacy->personal[i])), name) == 0;
    }
    arena_release(arena, mark);
    return found;
}

/* A number and nothing else: one in a remark is shown by oversight, not by right. */
static bool is_a_number(struct str value) {
    for (size_t at = 0; at < value.n;) {
        const uint32_t c = utf8_next(value, &at);
        if (!numeral_belongs(c) && !numeral_is_x(c)) {
            return false;
        }
    }
    return true;
}

static void add_number(struct session *session, struct buffer *out, sqlite3_stmt *statement) {
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    if (text == NULL) {
        return;
    }
    buffer_clear(out);
    const struct str value = {text, (size_t)sqlite3_column_bytes(statement, 0)};
    if (is_a_number(value)) {
        numbers_hide(out, value, NUMBERS_ALL, &session->in_full);
    }
}

static void read_column(struct session *session, struct str table, struct str column) {
    struct buffer sql = {0}, out = {0};
    sqlite3_stmt *statement = NULL;
    buffer_add(&sql, STR("SELECT "));
    sql_quote(&sql, column);
    buffer_printf(&sql, " FROM %s.", session->schema);
    sql_quote(&sql, table);
    session->trusted = true;
    if (sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
            add_number(session, &out, statement);
        }
    }
    sqlite3_finalize(statement);
    session->trusted = false;
    buffer_release(&sql);
    buffer_release(&out);
}

/* Shown in all rows, without condition. */
static bool is_in_full(const struct session *session, const struct table *table, size_t column) {
    if (table->is_view || table->masks == NULL || table->rules == NULL || table->shown != SHOWN_ALL) {
        return false;
    }
    const struct privacy_rule *rule = table->rules[column];
    return table->masks[column] == MASK_FULL && rule != NULL && rule->sql[session->reader].sql.n == 0 &&
           rule->when.sql.n == 0 && is_for_numbers(session, table->columns[column]);
}

static void read_columns(struct session *session) {
    for (size_t i = 0; i < session->table_count; i++) {
        for (size_t j = 0; j < session->tables[i].column_count; j++) {
            if (is_in_full(session, &session->tables[i], j)) {
                read_column(session, session->tables[i].name, session->tables[i].columns[j]);
            }
        }
    }
    session->in_full_read = true;
}

/* --- numbers that masks hide -------------------------------------------------------------------------------------- */

static bool hides(const struct table *table, size_t column) {
    const enum mask mask = table->masks[column];
    return mask == MASK_ID || mask == MASK_PHONE || mask == MASK_TEXT || mask == MASK_ADDRESS;
}

/* SELECT a, b … FROM the view of the table: its masks note what they hide. */
static void hide_table(struct session *session, const struct table *table) {
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        if (hides(table, i)) {
            buffer_add(&sql, sql.count == 0 ? STR("SELECT ") : STR(", "));
            sql_quote(&sql, table->columns[i]);
        }
    }
    if (sql.count > 0) {
        buffer_add(&sql, STR(" FROM temp."));
        sql_quote(&sql, table->name);
        if (sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL) == SQLITE_OK) {
            while (sqlite3_step(statement) == SQLITE_ROW) {
                for (int i = 0; i < sqlite3_column_count(statement); i++) {
                    sqlite3_column_type(statement, i);
                }
            }
        }
        sqlite3_finalize(statement);
    }
    buffer_release(&sql);
}

void session_hide(struct session *session) {
    for (size_t i = 0; session != NULL && !session->hidden_read && i < session->table_count; i++) {
        const struct table *table = &session->tables[i];
        if (!table->is_view && table->masks != NULL) {
            hide_table(session, table);
        }
    }
    if (session != NULL) {
        session->hidden_read = true;
    }
}

const struct number_set *session_hidden(const struct session *session) {
    return &session->masking.hidden;
}

bool session_shows(struct session *session, uint64_t number) {
    if (!session->in_full_read) {
        read_columns(session);
    }
    return number_set_has(&session->in_full.hidden, number);
}
