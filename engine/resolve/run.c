/* run.c: what a run asks for before any layout: the privacy table in data's words, and the calendar. */
#include "resolve/resolve.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "layout/schema.h"

enum reader resolve_own_reader(const struct layout *layout) {
    static const enum reader readers[] = {[FOR_SCHOOL] = READER_SCHOOL,
                                          [FOR_INSPECTOR] = READER_INSPECTOR,
                                          [FOR_FAMILY] = READER_FAMILY,
                                          [FOR_PUBLIC] = READER_PUBLIC};
    return readers[layout->reader];
}

static struct query_text sql_of(const struct named_query *named) {
    return (struct query_text){named->name, named->sql, named_query_place, named};
}

static void tell_no_mask(const struct named_query *given, struct diags *diags) {
    static const struct str names[] = {STR_INIT("full"),    STR_INIT("id"),   STR_INIT("phone"), STR_INIT("name"),
                                       STR_INIT("address"), STR_INIT("text"), STR_INIT("year"),  STR_INIT("nothing")};
    const struct str meant = name_meant(given->sql, names, sizeof names / sizeof names[0]);
    const struct str all = names_joined(diags->arena, names, sizeof names / sizeof names[0], SIZE_MAX);
    struct place place = named_query_place(given, 0);
    place.width = (int32_t)utf8_count(given->sql);
    const struct str hint =
        meant.n > 0 ? diag_both(diags->arena, str_printf(diags->arena, "did you mean “%.*s”?", STR_ARG(meant)),
                                str_printf(diags->arena, "您是不是想写“%.*s”？", STR_ARG(meant)))
                    : diag_both(diags->arena, str_printf(diags->arena, "one of %.*s", STR_ARG(all)),
                                str_printf(diags->arena, "可用：%.*s", STR_ARG(all)));
    DIAG_ADD(diags, R331, place, given->sql, hint);
}

/* The name of a mask, or SQL in brackets. */
static void read_mask(const struct privacy_line *line, size_t reader, struct privacy_rule *rule, struct diags *diags) {
    const struct named_query *given = &line->masks[reader];
    rule->for_reader[reader] = MASK_FULL;
    if (str_starts(given->sql, STR("("))) {
        rule->sql[reader] = sql_of(given);
    } else if (!mask_from_name(given->sql, &rule->for_reader[reader])) {
        tell_no_mask(given, diags);
    }
}

static enum shown shown_of(enum rows_shown rows) {
    static const enum shown shown[] = {
        [ROWS_WHERE] = SHOWN_WHERE, [ROWS_ALL] = SHOWN_ALL, [ROWS_NONE] = SHOWN_NONE, [ROWS_OWN] = SHOWN_OWN};
    return shown[rows];
}

static struct privacy_rows *resolve_rows(struct arena *arena, const struct privacy_spec *spec) {
    struct privacy_rows *rows = ARENA_ARRAY(arena, struct privacy_rows, spec->row_count);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct privacy_row_line *line = &spec->row_lines[i];
        rows[i] = (struct privacy_rows){.table = line->table, .place = line->place};
        for (size_t reader = 0; reader < READER_COUNT; reader++) {
            rows[i].for_reader[reader] = shown_of(line->shown[reader]);
            rows[i].where[reader] = sql_of(&line->rows[reader]);
        }
    }
    return rows;
}

bool resolve_privacy(struct arena *arena, const struct privacy_spec *spec, struct privacy *out, struct diags *diags) {
    const size_t errors = diags->by_severity[SEVERITY_ERROR];
    struct privacy_rule *rules = ARENA_ARRAY(arena, struct privacy_rule, spec->count);
    for (size_t i = 0; i < spec->count; i++) {
        const struct privacy_line *line = &spec->lines[i];
        rules[i] = (struct privacy_rule){.table = line->table, .column = line->column, .place = line->place};
        rules[i].when = sql_of(&line->when);
        for (size_t reader = 0; reader < READER_COUNT; reader++) {
            read_mask(line, reader, &rules[i], diags);
        }
    }
    *out = (struct privacy){.rules = rules,
                            .count = spec->count,
                            .personal = spec->personal.items,
                            .personal_count = spec->personal.count,
                            .present = spec->present,
                            .rows = resolve_rows(arena, spec),
                            .row_count = spec->row_count,
                            .own_column = spec->own_column,
                            .own_children = sql_of(&spec->own_children)};
    return diags->by_severity[SEVERITY_ERROR] == errors;
}

struct relations resolve_relations(struct arena *arena, const struct relation_spec *specs, size_t count,
                                   const struct givens *givens) {
    enum { GIVEN_TO_RELATIONS = GIVEN_ASKED_ON + 1 }; /* reader and stock are each layout's */
    struct relation *items = ARENA_ARRAY(arena, struct relation, count);
    struct str *names = ARENA_ARRAY(arena, struct str, GIVEN_TO_RELATIONS);
    for (size_t i = 0; i < count; i++) {
        const struct named_query *rows = &specs[i].rows, *tests = &specs[i].tests;
        items[i] = (struct relation){
            .name = specs[i].name,
            .rows = {rows->name, rows->sql, named_query_place, rows},
            .tests = {tests->name, tests->sql, named_query_place, tests},
        };
    }
    for (size_t i = 0; i < GIVEN_TO_RELATIONS; i++) {
        names[i] = given_name((enum given)i);
    }
    return (struct relations){.items = items,
                              .count = count,
                              .given_names = names,
                              .given_values = givens->values,
                              .given_count = GIVEN_TO_RELATIONS};
}

/* First column of the first row; parameters are what is given already. */
static bool ask_calendar(struct arena *arena, const struct named_query *named, struct session *session,
                         const struct givens *givens, struct value *out, struct diags *diags) {
    struct query_text text = {named->name, named->sql, named_query_place, named};
    struct query *query = query_prepare(session, &text, diags);
    if (query == NULL) {
        return false;
    }
    struct value *parameters = ARENA_ARRAY(arena, struct value, query_parameters(query));
    for (size_t i = 0; i < query_parameters(query); i++) {
        for (size_t given = 0; given < GIVEN_COUNT; given++) {
            if (str_eq(query_parameter(query, i), given_name((enum given)given))) {
                parameters[i] = givens->values[given];
            }
        }
    }
    struct rows rows;
    if (!query_run(query, parameters, arena, &rows, STR_NONE, diags)) {
        return false;
    }
    if (rows.count > 0 && rows.columns > 0) {
        *out = rows.cells[0];
    }
    return true;
}

/* A term's papers that are printed in the holidays speak of its last day. */
static bool end_with_term(struct arena *arena, const struct named_query *until, struct session *session,
                          struct givens *givens, struct diags *diags) {
    struct value day = {.kind = VALUE_NULL};
    if (until->sql.n == 0) {
        return true;
    }
    if (!ask_calendar(arena, until, session, givens, &day, diags)) {
        return false;
    }
    if (day.kind != VALUE_NULL) {
        givens->values[GIVEN_AS_OF] = day;
    }
    return true;
}

bool resolve_calendar(struct arena *arena, const struct calendar_spec *calendar, struct session *session,
                      struct givens *givens, struct diags *diags) {
    const struct {
        const struct named_query *query;
        enum given given;
    } steps[] = {{&calendar->day, GIVEN_AS_OF}, {&calendar->semester, GIVEN_SEMESTER}, {&calendar->month, GIVEN_MONTH}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct value *value = &givens->values[steps[i].given];
        if (value->kind == VALUE_NULL && steps[i].query->sql.n > 0 &&
            !ask_calendar(arena, steps[i].query, session, givens, value, diags)) {
            return false;
        }
    }
    if (givens->values[GIVEN_AS_OF].kind != VALUE_NULL) {
        givens->values[GIVEN_ASKED_ON] = givens->values[GIVEN_AS_OF];
        return end_with_term(arena, &calendar->until, session, givens, diags);
    }
    DIAG_ADD(diags, R332, calendar->day.place, STR_NONE);
    return false;
}
