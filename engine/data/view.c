/* view.c: a table as a reader sees it: a view of the table's own name.
 *
 *     SELECT id, mask_id(id_card) AS id_card, CASE WHEN (when) THEN NULL ELSE content END AS content …
 *     FROM <random>.student WHERE (condition)
 *
 * SQL in privacy.yaml is one expression, so it can't do more than it is asked for. Columns in it are those of the
 * table itself; other tables that it names are views like all others. `own` in it stands for the values of the
 * document's owner. */
#include "data/query.h"

#include "data/sql_words.h"

/* The words before the one at hand, of which the last stands first; outside of brackets, where names are the table's own. */
struct words_before {
    struct sql_word last[3];
    size_t count;
    int depth;
};

static void go_behind(struct words_before *before, const struct sql_word *word) {
    before->depth += sql_is_sign(word, '(') ? 1 : sql_is_sign(word, ')') ? -1 : 0;
    before->last[2] = before->last[1];
    before->last[1] = before->last[0];
    before->last[0] = *word;
    before->count++;
}

/* The column in `column IN own`, when it is one and nothing is done to it; STR_NONE: else. */
static struct str compared_column(const struct words_before *before) {
    const struct sql_word *const last = before->last;
    if (before->depth != 0 || before->count < 2 || !sql_is(&last[0], STR("in")) || last[1].kind != SQL_NAME) {
        return STR_NONE;
    }
    bool begins = before->count == 2 || sql_is(&last[2], STR("and")) || sql_is(&last[2], STR("or"));
    return begins ? last[1].text : STR_NONE;
}

/* The text in brackets, with `own` replaced; on lines of its own, so that a remark at its end can't hide the
 * bracket. `table` NULL: the types of columns aren't known. */
static void add_expression(struct buffer *sql, struct session *session, const struct table *table, struct str text) {
    struct words_before before = {0};
    struct sql_word word;
    size_t done = 0;
    buffer_byte(sql, '(');
    for (size_t offset = 0; sql_next(text, &offset, &word); go_behind(&before, &word)) {
        if (word.kind != SQL_NAME || !str_is(str_slice(text, word.from, word.to), "own")) {
            continue;
        }
        const struct str column = compared_column(&before);
        buffer_add(sql, str_slice(text, done, word.from));
        own_add_values(session, column.n > 0 ? table : NULL, column, sql);
        done = word.to;
    }
    buffer_add(sql, str_slice(text, done, text.n));
    buffer_add(sql, STR("\n)"));
}

static void add_masked(struct buffer *sql, struct session *session, enum mask mask, struct str column) {
    if (mask == MASK_NOTHING) {
        buffer_add(sql, STR("NULL"));
    } else if (mask == MASK_FULL) {
        sql_quote(sql, column);
    } else {
        buffer_add(sql, function_of_mask(mask, session->arena));
        buffer_byte(sql, '(');
        sql_quote(sql, column);
        buffer_byte(sql, ')');
    }
}

static void add_column(struct buffer *sql, struct session *session, const struct table *table, size_t index) {
    const struct privacy_rule *rule = table->rules[index];
    const struct str own = rule != NULL ? rule->sql[session->reader].sql : STR_NONE;
    const enum mask mask = table->masks[index];
    const bool sometimes = rule != NULL && rule->when.sql.n > 0 && mask != MASK_NOTHING;
    buffer_add(sql, index == 0 ? STR("") : STR(", "));
    if (sometimes) {
        buffer_add(sql, STR("CASE WHEN "));
        add_expression(sql, session, table, rule->when.sql);
        buffer_add(sql, STR(" THEN NULL ELSE "));
    }
    if (own.n > 0) {
        add_expression(sql, session, table, own);
    } else {
        add_masked(sql, session, mask, table->columns[index]);
    }
    if (sometimes) {
        buffer_add(sql, STR(" END"));
    }
    if (sometimes || own.n > 0 || mask != MASK_FULL) {
        buffer_add(sql, STR(" AS "));
        sql_quote(sql, table->columns[index]);
    }
}

void view_add_rows(struct session *session, enum shown shown, const struct privacy_rows *rows,
                   const struct table *table, struct buffer *sql) {
    switch (shown) {
    case SHOWN_ALL:
        break;
    case SHOWN_NONE:
        buffer_add(sql, STR(" WHERE 0"));
        break;
    case SHOWN_OWN:
        buffer_add(sql, STR(" WHERE "));
        sql_quote(sql, session->privacy->own_column);
        buffer_add(sql, STR(" IN "));
        own_add_values(session, table, session->privacy->own_column, sql);
        break;
    case SHOWN_WHERE:
        buffer_add(sql, STR(" WHERE "));
        add_expression(sql, session, table, rows->where[session->reader].sql);
        break;
    }
}

void view_of_table(struct session *session, const struct table *table, struct buffer *sql) {
    buffer_add(sql, STR("CREATE TEMP VIEW "));
    sql_quote(sql, table->name);
    buffer_add(sql, STR(" AS SELECT "));
    for (size_t i = 0; i < table->column_count; i++) {
        add_column(sql, session, table, i);
    }
    buffer_printf(sql, " FROM %s.", session->schema);
    sql_quote(sql, table->name);
    view_add_rows(session, table->shown, table->rows, table, sql);
}

/* --- SQL that SQLite refuses -------------------------------------------------------------------------------------- */

/* Do all brackets close? No semicolon, and no parameter, which a view can't have. */
static bool is_one_expression(struct str sql) {
    struct sql_word word;
    int depth = 0;
    for (size_t offset = 0; depth >= 0 && sql_next(sql, &offset, &word);) {
        if (word.kind == SQL_PARAMETER) {
            return false;
        }
        if (word.kind != SQL_SIGN) {
            continue;
        }
        depth += str_is(word.text, "(") ? 1 : str_is(word.text, ")") ? -1 : 0;
        if (str_is(word.text, ";")) {
            return false;
        }
    }
    return depth == 0;
}

static bool compiles(struct session *session, const struct table *table, struct str text) {
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    buffer_add(&sql, STR("SELECT "));
    add_expression(&sql, session, table, text);
    buffer_printf(&sql, " FROM %s.", session->schema);
    sql_quote(&sql, table->name);
    session->trusted = true;
    const int code = sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL);
    session->trusted = false;
    sqlite3_finalize(statement);
    buffer_release(&sql);
    return code == SQLITE_OK;
}

static bool is_sound(struct session *session, const struct table *table, const struct query_text *text,
                     struct diags *diags) {
    (void)session, (void)table;
    if (text->sql.n == 0 || is_one_expression(text->sql)) {
        return true;
    }
    DIAG_ADD(diags, D309, query_place(text, 0, 0), text->name, STR("( ) ; :"));
    return false;
}

static bool is_known(struct session *session, const struct table *table, const struct query_text *text,
                     struct diags *diags) {
    if (text->sql.n == 0 || compiles(session, table, text->sql)) {
        return true;
    }
    DIAG_ADD(diags, D309, query_place(text, 0, 0), text->name, str_from(sqlite3_errmsg(session->db)));
    return false;
}

typedef bool check(struct session *session, const struct table *table, const struct query_text *text,
                   struct diags *diags);

static bool check_all(check *passes, struct session *session, const struct table *table, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; table->rules != NULL && i < table->column_count; i++) {
        const struct privacy_rule *rule = table->rules[i];
        good = (rule == NULL || passes(session, table, &rule->sql[session->reader], diags)) && good;
        good = (rule == NULL || passes(session, table, &rule->when, diags)) && good;
    }
    if (table->shown == SHOWN_WHERE) {
        good = passes(session, table, &table->rows->where[session->reader], diags) && good;
    }
    return good;
}

bool view_is_sound(struct session *session, const struct table *table, struct diags *diags) {
    return check_all(is_sound, session, table, diags);
}

bool view_check(struct session *session, const struct table *table, struct diags *diags) {
    return check_all(is_known, session, table, diags);
}
