/* columns.c: columns.yaml in data's words. */
#include "resolve/resolve.h"

static enum value_form form_of(enum column_form form) {
    static const enum value_form forms[] = {[COLUMN_DAY] = VALUE_DAY,
                                            [COLUMN_MONTH] = VALUE_MONTH,
                                            [COLUMN_MOMENT] = VALUE_MOMENT,
                                            [COLUMN_TEXT] = VALUE_ANY,
                                            [COLUMN_CODE] = VALUE_CODE};
    return forms[form];
}

static struct query_text text_of(const struct named_query *named) {
    return (struct query_text){named->name, named->sql, named_query_place, named};
}

static struct query_text needed_of(const struct column_line *line) {
    if (line->always_needed) {
        return (struct query_text){.name = line->column, .sql = STR("1")};
    }
    return line->needed.sql.n > 0 ? text_of(&line->needed) : (struct query_text){.sql = STR("")};
}

struct value_rules resolve_columns(struct arena *arena, const struct columns_spec *spec, struct str file) {
    struct value_rule *items = ARENA_ARRAY(arena, struct value_rule, spec->count);
    struct value_record *records = ARENA_ARRAY(arena, struct value_record, spec->record_count);
    for (size_t i = 0; i < spec->count; i++) {
        const struct column_line *line = &spec->lines[i];
        items[i] = (struct value_rule){.table = line->table,
                                       .column = line->column,
                                       .form = form_of(line->form),
                                       .codes = line->codes,
                                       .code_count = line->code_count,
                                       .needed = needed_of(line),
                                       .only_printed = line->never_needed,
                                       .place = line->place};
    }
    for (size_t i = 0; i < spec->record_count; i++) {
        records[i] = (struct value_record){spec->records[i].table, spec->records[i].column,
                                           text_of(&spec->records[i].query), spec->records[i].place};
    }
    return (struct value_rules){.items = items,
                                .count = spec->count,
                                .records = records,
                                .record_count = spec->record_count,
                                .dated = spec->dated.items,
                                .dated_count = spec->dated.count,
                                .file = file};
}
