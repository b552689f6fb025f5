/* privacy.c: privacy.yaml's rules become a mask for each column.
 *
 * A rule of one table goes before a rule of all tables. What doesn't fit the database is a mistake, since a rule that
 * masks nothing would look as if it did: a table or column that isn't there, two rules for one column, a column whose
 * name looks personal and that no rule names. */
#include "data/session.h"

#include "base/nearest.h"

struct rules {
    struct session *session;
    const struct privacy *privacy;
    struct diags *diags;
    char **personal; /* the patterns, folded and ended by NUL */
    bool fit;
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
    for (size_t i = 0; i < table->column_count; i++)
        if (sql_same(table->columns[i], column))
            return true;
    return false;
}

static void tell_table(struct rules *rules, const struct privacy_rule *rule) {
    size_t count;
    const struct str *names = session_tables(rules->session, rules->session->arena, &count);
    size_t near = nearest(rule->table, names, count);
    if (near < count)
        tell(rules, DIAG_D301, rule->place, rule->table, names[near], STR_NONE);
    else
        tell(rules, DIAG_D302, rule->place, rule->table, STR_NONE, STR_NONE);
}

static void tell_column(struct rules *rules, const struct privacy_rule *rule, const struct str *columns, size_t count) {
    size_t near = nearest(rule->column, columns, count);
    if (near < count)
        tell(rules, DIAG_D303, rule->place, rule->table, rule->column, columns[near]);
    else
        tell(rules, DIAG_D304, rule->place, rule->table, rule->column, STR_NONE);
}

static void check_every_table(struct rules *rules, const struct privacy_rule *rule) {
    const struct session *session = rules->session;
    for (size_t i = 0; i < session->table_count; i++)
        if (has_column(&session->tables[i], rule->column))
            return;
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
    if (every_table(rule))
        check_every_table(rules, rule);
    else if (table == NULL)
        tell_table(rules, rule);
    else if (table->is_view)
        tell(rules, DIAG_D305, rule->place, rule->table, STR_NONE, STR_NONE);
    else if (!has_column(table, rule->column))
        tell_column(rules, rule, table->columns, table->column_count);
}

static void check_twice(struct rules *rules, size_t index) {
    const struct privacy_rule *rule = &rules->privacy->rules[index];
    for (size_t i = 0; i < index; i++) {
        const struct privacy_rule *earlier = &rules->privacy->rules[i];
        if (!sql_same(earlier->table, rule->table) || !sql_same(earlier->column, rule->column))
            continue;
        DIAG_ADD(rules->diags, D307, rule->place, rule->table, rule->column)->also = earlier->place;
        rules->fit = false;
        return;
    }
}

/* The rule for a column: that of its table, else that of all tables. */
static const struct privacy_rule *rule_of(const struct privacy *privacy, struct str table, struct str column) {
    const struct privacy_rule *general = NULL;
    for (size_t i = 0; i < privacy->count; i++) {
        const struct privacy_rule *rule = &privacy->rules[i];
        if (!sql_same(rule->column, column))
            continue;
        if (sql_same(rule->table, table))
            return rule;
        if (every_table(rule))
            general = rule;
    }
    return general;
}

static bool looks_personal(const struct rules *rules, struct str column) {
    struct arena *arena = rules->session->arena;
    struct arena_mark mark = arena_mark(arena);
    const char *name = str_c(arena, sql_fold(arena, column));
    bool personal = false;
    for (size_t i = 0; i < rules->privacy->personal_count && !personal; i++)
        personal = sqlite3_strglob(rules->personal[i], name) == 0;
    arena_release(arena, mark);
    return personal;
}

static void mask_column(struct rules *rules, const struct table *table, size_t index) {
    struct str column = table->columns[index];
    const struct privacy_rule *rule = rule_of(rules->privacy, table->name, column);
    table->masks[index] = rule == NULL ? MASK_FULL : rule->for_reader[rules->session->reader];
    if (rule != NULL || !looks_personal(rules, column))
        return;
    struct str file = rules->privacy->count > 0 ? rules->privacy->rules[0].place.file : STR_NONE;
    tell(rules, DIAG_D306, (struct place){.file = file}, table->name, column, STR_NONE);
}

bool privacy_apply(struct session *session, const struct privacy *privacy, struct diags *diags) {
    if (!privacy->present)
        return true;
    struct rules rules = {.session = session, .privacy = privacy, .diags = diags, .fit = true};
    rules.personal = ARENA_ARRAY(session->arena, char *, privacy->personal_count);
    for (size_t i = 0; i < privacy->personal_count; i++)
        rules.personal[i] = str_c(session->arena, sql_fold(session->arena, privacy->personal[i]));
    for (size_t i = 0; i < privacy->count; i++) {
        check_rule(&rules, &privacy->rules[i]);
        check_twice(&rules, i);
    }
    for (size_t i = 0; i < session->table_count; i++)
        for (size_t j = 0; j < session->tables[i].column_count; j++)
            mask_column(&rules, &session->tables[i], j);
    return rules.fit;
}
