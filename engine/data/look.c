/* look.c: columns whose values look like IDs or mobile phones and that privacy.yaml doesn't name.
 *
 * `personal:` guesses by the names of columns; a column that is called `a7` shows its kind by its values alone. */
#include "data/session.h"

#include "data/mask.h"

enum { PHONE_DIGITS = 11, ID_DIGITS = 17 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A mobile phone (13912345678), or an ID: 17 digits with a month and a day among them, and a check character. */
static bool is_number(const char *digits, size_t count, bool ends_in_x) {
    if (count == PHONE_DIGITS && !ends_in_x) {
        return digits[0] == '1' && digits[1] >= '3';
    }
    const int month = (digits[10] - '0') * 10 + digits[11] - '0', day = (digits[12] - '0') * 10 + digits[13] - '0';
    return count + ends_in_x == ID_DIGITS + 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Holds such a number, with nothing beside it that would make it another; blanks and hyphens may divide it. */
static bool holds_number(struct str text) {
    for (size_t i = 0; i < text.n;) {
        char digits[ID_DIGITS + 2] = {0};
        size_t count = 0;
        if (!is_digit(text.p[i]) || (i > 0 && is_word(text.p[i - 1]))) {
            i++;
            continue;
        }
        for (; i < text.n && (is_digit(text.p[i]) || text.p[i] == ' ' || text.p[i] == '-'); i++) {
            if (is_digit(text.p[i]) && count++ <= ID_DIGITS) {
                digits[count - 1] = text.p[i];
            }
        }
        const bool ends_in_x = i < text.n && (text.p[i] == 'X' || text.p[i] == 'x');
        const size_t end = i + ends_in_x;
        if ((end >= text.n || !is_word(text.p[end])) && is_number(digits, count, ends_in_x)) {
            return true;
        }
    }
    return false;
}

static void looks_personal(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    const size_t bytes = (size_t)sqlite3_value_bytes(values[0]);
    sqlite3_result_int(context, text != NULL && holds_number((struct str){text, bytes}));
}

/* SELECT sum(looks_personal(a)), sum(0) … FROM <random>.t: a number for each column. */
static void add_query(struct buffer *sql, const struct session *session, const struct table *table) {
    buffer_add(sql, STR("SELECT "));
    for (size_t i = 0; i < table->column_count; i++) {
        buffer_add(sql, i == 0 ? STR("sum(") : STR(", sum("));
        buffer_add(sql, table->rules[i] == NULL ? STR("looks_personal(") : STR("(0 AND "));
        sql_quote(sql, table->columns[i]);
        buffer_add(sql, STR("))"));
    }
    buffer_printf(sql, " FROM %s.", session->schema);
    sql_quote(sql, table->name);
}

static void look_at(struct session *session, const struct table *table, struct diags *diags) {
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    add_query(&sql, session, table);
    if (sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        for (size_t i = 0; i < table->column_count; i++) {
            if (sqlite3_column_int64(statement, (int)i) > 0) {
                DIAG_ADD(diags, D313, PLACE_NONE, table->name, table->columns[i],
                         str_int(session->arena, sqlite3_column_int64(statement, (int)i)));
            }
        }
    }
    sqlite3_finalize(statement);
    buffer_release(&sql);
}

void session_look(struct session *session, struct diags *diags) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    session->trusted = true;
    sqlite3_create_function_v2(session->db, "looks_personal", 1, flags, NULL, looks_personal, NULL, NULL, NULL);
    for (size_t i = 0; i < session->table_count && session->privacy->present; i++) {
        if (!session->tables[i].is_view && session->tables[i].rules != NULL) {
            look_at(session, &session->tables[i], diags);
        }
    }
    session->trusted = false;
}
