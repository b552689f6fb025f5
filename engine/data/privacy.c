/* privacy.c: the rules of privacy.yaml become a mask for each column, and rows for each table.
 *
 * A rule of one table goes before a rule of all tables. Rules that don't fit the database are mistakes, since a rule
 * that masks nothing would look as if it did: a table or column that isn't there, two rules for one column, a
 * personal-looking column without a rule.
 *
 * A generated column without a rule shows no more than the columns it is computed from: a plain copy has the mask of
 * its column, free text stays free text, anything else of a masked column is nothing. */
#include "data/session.h"

#include "base/nearest.h"
#include "data/sql_words.h"

struct rules {
    struct session *session;
    const struct privacy *privacy;
    struct diags *diags;
    char **personal; /* the patterns, folded and ended by NUL */
    bool fit;
    bool named; /* all tables and columns of the rules are there */
};

static void tell(struct rules *rules, enum diag_code code, struct place place, struct str a, struct str b,
                 struct str c) {
    const struct str args[4] = {a, b, c};
    diag_add(rules->diags, code, place, args);
    rules->fit = false;
}

static bool every_table(const struct privacy_rule *rule) {
    return str_is(rule->table, "*");
}

static bool has_column(const struct table *table, struct str column) {
    for (size_t i = 0; i < table->column_count; i++) {
        if (sql_same(table->columns[i], column)) {
            return true;
        }
    }
    return false;
}

static bool is_relation(const struct privacy *privacy, struct str name) {
    for (size_t i = 0; i < privacy->relation_count; i++) {
        if (sql_same(privacy->relations[i], name)) {
            return true;
        }
    }
    return false;
}

static void tell_table(struct rules *rules, struct str table, struct place place) {
    size_t count;
    const struct str *names = session_tables(rules->session, rules->session->arena, &count);
    const struct str near = nearest_name(table, names, count);
    tell(rules, near.n > 0 ? DIAG_D301 : DIAG_D302, place, table, near, STR_NONE);
}

static void tell_column(struct rules *rules, const struct privacy_rule *rule, const struct str *columns, size_t count) {
    const struct str near = nearest_name(rule->column, columns, count);
    tell(rules, near.n > 0 ? DIAG_D303 : DIAG_D304, rule->place, rule->table, rule->column, near);
}

static void check_every_table(struct rules *rules, const struct privacy_rule *rule) {
    const struct session *session = rules->session;
    for (size_t i = 0; i < session->table_count; i++) {
        if (has_column(&session->tables[i], rule->column)) {
            return;
        }
    }
    struct str *columns = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < session->table_count; i++) {
        for (size_t j = 0; j < session->tables[i].column_count; j++) {
            ARENA_GROW(session->arena, columns, count, capacity);
            columns[count++] = session->tables[i].columns[j];
        }
    }
    tell_column(rules, rule, columns, count);
}

static void check_rule(struct rules *rules, const struct privacy_rule *rule) {
    const struct table *table = catalogue_find(rules->session, rule->table);
    if (every_table(rule)) {
        check_every_table(rules, rule);
    } else if (is_relation(rules->privacy, rule->table)) {
        return; /* it stands in a table's place where it bears its name */
    } else if (table == NULL) {
        tell_table(rules, rule->table, rule->place);
    } else if (table->is_view) {
        tell(rules, DIAG_D305, rule->place, rule->table, STR_NONE, STR_NONE);
    } else if (!has_column(table, rule->column)) {
        tell_column(rules, rule, table->columns, table->column_count);
    }
}

static void check_twice(struct rules *rules, size_t index) {
    const struct privacy_rule *rule = &rules->privacy->rules[index];
    for (size_t i = 0; i < index; i++) {
        const struct privacy_rule *earlier = &rules->privacy->rules[i];
        if (!sql_same(earlier->table, rule->table) || !sql_same(earlier->column, rule->column)) {
            continue;
        }
        DIAG_ADD(rules->diags, D307, rule->place, rule->table, rule->column)->also = earlier->place;
        rules->fit = false;
        return;
    }
}

static void check_rows(struct rules *rules, size_t index) {
    const struct privacy_rows *rows = &rules->privacy->rows[index];
    const struct table *table = catalogue_find(rules->session, rows->table);
    if (str_is(rows->table, "*") || is_relation(rules->privacy, rows->table)) {
        return;
    }
    if (table == NULL) {
        tell_table(rules, rows->table, rows->place);
    } else if (table->is_view) {
        tell(rules, DIAG_D305, rows->place, rows->table, STR_NONE, STR_NONE);
    } else if (rows->for_reader[rules->session->reader] == SHOWN_OWN &&
               !has_column(table, rules->privacy->own_column)) {
        if (rules->privacy->own_column.n == 0) {
            tell(rules, DIAG_D310, rows->place, rows->table, STR_NONE, STR_NONE);
        } else {
            tell(rules, DIAG_D311, rows->place, rows->table, rules->privacy->own_column, STR_NONE);
        }
    }
}

/* The rule for a column: that of its table, else that of all tables. */
static const struct privacy_rule *rule_of(const struct privacy *privacy, struct str table, struct str column) {
    const struct privacy_rule *general = NULL;
    for (size_t i = 0; i < privacy->count; i++) {
        const struct privacy_rule *rule = &privacy->rules[i];
        if (!sql_same(rule->column, column)) {
            continue;
        }
        if (sql_same(rule->table, table)) {
            return rule;
        }
        if (every_table(rule)) {
            general = rule;
        }
    }
    return general;
}

bool session_is_personal(const struct session *session, struct str column) {
    const struct privacy *privacy = session->privacy;
    struct arena *arena = arena_create();
    const char *name = str_c(arena, sql_fold(arena, column));
    bool personal = false;
    for (size_t i = 0; i < privacy->personal_count && !personal; i++) {
        personal = sqlite3_strglob(str_c(arena, sql_fold(arena, privacy->personal[i])), name) == 0;
    }
    arena_destroy(arena);
    return personal;
}

static bool looks_personal(const struct rules *rules, struct str column) {
    struct arena *arena = rules->session->arena;
    const struct arena_mark mark = arena_mark(arena);
    const char *name = str_c(arena, sql_fold(arena, column));
    bool personal = false;
    for (size_t i = 0; i < rules->privacy->personal_count && !personal; i++) {
        personal = sqlite3_strglob(rules->personal[i], name) == 0;
    }
    arena_release(arena, mark);
    return personal;
}

static void mask_column(struct rules *rules, const struct table *table, size_t index) {
    const struct str column = table->columns[index];
    const struct privacy_rule *rule = rule_of(rules->privacy, table->name, column);
    table->masks[index] = rule == NULL ? MASK_FULL : rule->for_reader[rules->session->reader];
    table->rules[index] = rule;
    if (rule != NULL || !rules->named || !looks_personal(rules, column)) {
        return;
    }
    const struct str file = rules->privacy->count > 0 ? rules->privacy->rules[0].place.file : STR_NONE;
    tell(rules, DIAG_D306, (struct place){.file = file}, table->name, column, STR_NONE);
}

/* --- generated columns -------------------------------------------------------------------------------------------- */

/* The definition of a column in CREATE TABLE: name TEXT GENERATED ALWAYS AS (upper(code)) STORED, from behind the
 * name up to the comma. */
static struct str definition_of(struct str create, struct str column) {
    struct sql_word word;
    int depth = 0;
    size_t from = 0;
    bool begins = false, found = false;
    for (size_t offset = 0; sql_next(create, &offset, &word);) {
        const bool sign = word.kind == SQL_SIGN;
        if (sign && str_is(word.text, ")") && --depth == 0) {
            break;
        }
        if (found && sign && depth == 1 && str_is(word.text, ",")) {
            return str_slice(create, from, word.from);
        }
        if (begins && sql_same(word.text, column)) {
            from = word.to;
            found = true;
        }
        begins = sign && depth + str_is(word.text, "(") == 1 && (str_is(word.text, ",") || str_is(word.text, "("));
        depth += sign && str_is(word.text, "(");
    }
    return found ? str_slice(create, from, word.from) : create;
}

/* AS (code): another column, and nothing else. */
static bool is_copy(struct str definition) {
    struct sql_word word;
    size_t inside = 0;
    int depth = 0;
    for (size_t offset = 0; sql_next(definition, &offset, &word);) {
        depth -= str_is(word.text, ")");
        inside += depth > 0;
        depth += str_is(word.text, "(");
    }
    return inside == 1;
}

static bool reads(struct str definition, struct str column) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(definition, &offset, &word);) {
        if (sql_is(&word, column)) {
            return true;
        }
    }
    return false;
}

/* The stricter of two masks: it shows no more than either. */
static enum mask strictest(enum mask a, enum mask b) {
    return a == b || b == MASK_FULL ? a : a == MASK_FULL ? b : MASK_NOTHING;
}

/* The mask of a column that is computed from this one. */
static enum mask inherited(const struct table *table, size_t column, enum reader reader, bool copy) {
    const struct privacy_rule *rule = table->rules[column];
    if (rule != NULL && (rule->when.sql.n > 0 || rule->sql[reader].sql.n > 0)) {
        return MASK_NOTHING;
    }
    const enum mask mask = table->masks[column];
    return copy || mask == MASK_FULL || mask == MASK_TEXT ? mask : MASK_NOTHING;
}

/* A generated column may be computed from another that stands behind it: as many passes as there are columns. */
static void mask_generated(const struct session *session, const struct table *table) {
    for (size_t round = 0; round < table->generated_count; round++) {
        for (size_t i = 0; i < table->column_count; i++) {
            if (!table->generated[i] || table->rules[i] != NULL) {
                continue;
            }
            const struct str definition = definition_of(table->sql, table->columns[i]);
            for (size_t j = 0; j < table->column_count; j++) {
                if (j != i && reads(definition, table->columns[j])) {
                    table->masks[i] =
                        strictest(table->masks[i], inherited(table, j, session->reader, is_copy(definition)));
                }
            }
        }
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

const struct privacy_rows *privacy_rows_of(const struct privacy *privacy, struct str table) {
    const struct privacy_rows *general = NULL;
    for (size_t i = 0; i < privacy->row_count; i++) {
        if (sql_same(privacy->rows[i].table, table)) {
            return &privacy->rows[i];
        }
        if (str_is(privacy->rows[i].table, "*")) {
            general = &privacy->rows[i];
        }
    }
    return general;
}

enum shown privacy_shown(const struct session *session, const struct privacy_rows *rows) {
    if (!session->privacy->present) {
        return SHOWN_ALL;
    }
    if (rows != NULL) {
        return rows->for_reader[session->reader];
    }
    return session->reader == READER_FAMILY || session->reader == READER_PUBLIC ? SHOWN_NONE : SHOWN_ALL;
}

static bool names_own(struct str sql) {
    return reads(sql, STR("own"));
}

static void apply_rows(struct session *session, struct table *table) {
    table->rows = privacy_rows_of(session->privacy, table->name);
    table->shown = privacy_shown(session, table->rows);
    if (table->shown == SHOWN_OWN && !has_column(table, session->privacy->own_column)) {
        table->shown = SHOWN_NONE; /* of "*": a table without the column is nobody's */
    }
}

/* Does any table or relation show only the owner's rows? */
static bool any_own(const struct session *session) {
    for (size_t i = 0; i < session->privacy->row_count; i++) {
        const struct privacy_rows *rows = &session->privacy->rows[i];
        const enum shown shown = rows->for_reader[session->reader];
        if (shown == SHOWN_OWN || (shown == SHOWN_WHERE && names_own(rows->where[session->reader].sql))) {
            return session->privacy->own_column.n > 0;
        }
    }
    return false;
}

bool privacy_apply(struct session *session, struct diags *diags) {
    const struct privacy *privacy = session->privacy;
    if (!privacy->present) {
        return true;
    }
    struct rules rules = {.session = session, .privacy = privacy, .diags = diags, .fit = true};
    rules.personal = ARENA_ARRAY(session->arena, char *, privacy->personal_count);
    for (size_t i = 0; i < privacy->personal_count; i++) {
        rules.personal[i] = str_c(session->arena, sql_fold(session->arena, privacy->personal[i]));
    }
    for (size_t i = 0; i < privacy->count; i++) {
        check_rule(&rules, &privacy->rules[i]);
        check_twice(&rules, i);
    }
    for (size_t i = 0; i < privacy->row_count; i++) {
        check_rows(&rules, i);
    }
    rules.named = rules.fit;
    for (size_t i = 0; i < session->table_count; i++) {
        struct table *table = &session->tables[i];
        for (size_t j = 0; j < table->column_count; j++) {
            mask_column(&rules, table, j);
        }
        mask_generated(session, table);
        apply_rows(session, table);
    }
    session->has_own = any_own(session);
    return rules.fit;
}
