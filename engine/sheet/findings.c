/* findings.c: the findings come in the order of schools: each run of them is a sheet. */
#include "sheet/findings.h"

#include <string.h>

#include "base/utf8.h"
#include "intake/forms.h"
#include "sheet/internal.h"
#include "sheet/workbook.h"

enum { COLUMNS = 9, TEXT_WIDTH = 44, SUM_COLUMNS = 3 };

/* Does a form keep the column of a table in this field? */
static bool keeps(const struct form *form, const struct field *field, struct str table, struct str column) {
    struct str kept = STR_NONE;
    const struct str name = field->column != NULL ? str_split(str_from(field->column), '.', &kept) : STR_NONE;
    for (size_t i = 0; i < FORM_TARGETS && form->targets[i].table != NULL; i++) {
        if (str_is(name, form->targets[i].name) && str_is(table, form->targets[i].table) && str_eq(kept, column)) {
            return true;
        }
    }
    return false;
}

struct str finding_place(struct arena *arena, const struct rule_finding *finding) {
    struct str column = STR_NONE;
    const struct str table = str_split(finding->place, '.', &column);
    for (size_t i = 0; i < form_count; i++) {
        for (size_t k = 0; k < forms[i]->field_count; k++) {
            if (keeps(forms[i], &forms[i]->fields[k], table, column)) {
                return str_printf(arena, "%s · %s", forms[i]->name, forms[i]->fields[k].heading);
            }
        }
    }
    return str_printf(arena, "%.*s %.*s", STR_ARG(finding->place), STR_ARG(finding->key));
}

static void put_finding(struct arena *arena, struct workbook_out *book, size_t row,
                        const struct rule_finding *finding) {
    const struct rule *rule = finding->rule;
    const struct str cells[COLUMNS] = {rule->code,
                                       diag_severity_name(rule->severity, LANGUAGE_CHINESE),
                                       finding->record,
                                       rule->label,
                                       finding->value,
                                       finding->wanted.n > 0 ? finding->wanted : finding->other,
                                       rule->text[LANGUAGE_CHINESE],
                                       rule->remedy[LANGUAGE_CHINESE],
                                       finding_place(arena, finding)};
    size_t lines = 1;
    for (size_t i = 0; i < COLUMNS; i++) {
        const bool fault = i == 1 && rule->severity == SEVERITY_FAULT;
        const size_t needs = i >= 4 && i <= 7 ? utf8_width(cells[i]) / (i < 6 ? 24 : TEXT_WIDTH - 2) + 1 : 1;
        lines = needs > lines ? needs : lines;
        if (cells[i].n > 0) {
            sheet_put(book, row, i, utf8_count(cells[i]) <= SHEET_TEXT_MOST ? cells[i] : STR("（过长）"),
                      fault ? LOOK_WRONG : LOOK_PLAIN);
        }
    }
    sheet_row_lines(book, row, lines);
}

static const struct sheet_column columns[COLUMNS] = {
    {.heading = STR_INIT("代码"), .width = 8},
    {.heading = STR_INIT("级别"), .width = 8},
    {.heading = STR_INIT("编号"), .width = 18},
    {.heading = STR_INIT("栏目"), .width = 16},
    {.heading = STR_INIT("现在的内容"), .kind = COLUMN_PROSE, .width = 26},
    {.heading = STR_INIT("应为（或另见）"), .kind = COLUMN_PROSE, .width = 26},
    {.heading = STR_INIT("问题"), .kind = COLUMN_PROSE, .width = TEXT_WIDTH},
    {.heading = STR_INIT("处理办法"), .kind = COLUMN_PROSE, .width = TEXT_WIDTH},
    {.heading = STR_INIT("在采集表何处改"), .width = 26},
};

/* The findings of one school, from `from` on. */
static size_t end_of_school(const struct rules_result *result, size_t from) {
    size_t to = from;
    while (to < result->count && result->findings[to].school_id == result->findings[from].school_id) {
        to++;
    }
    return to;
}

static size_t count_faults(const struct rules_result *result, size_t from, size_t to) {
    size_t faults = 0;
    for (size_t i = from; i < to; i++) {
        faults += result->findings[i].rule->severity == SEVERITY_FAULT;
    }
    return faults;
}

static void put_sum(struct arena *arena, struct workbook_out *book, size_t row, struct str name, size_t faults,
                    size_t notes, bool link) {
    if (link) {
        sheet_link(book, row, 0, name, name, STR("A1"));
    } else {
        sheet_put(book, row, 0, name, LOOK_PLAIN);
    }
    sheet_put(book, row, 1, str_int(arena, (int64_t)faults), LOOK_PLAIN);
    sheet_put(book, row, 2, str_int(arena, (int64_t)notes), LOOK_PLAIN);
}

/* Schools and how much was found at each; `names` are those of their sheets. */
static void put_sums(struct arena *arena, struct workbook_out *book, const struct rules_result *result,
                     struct str *names, size_t *count) {
    static const struct sheet_column sums[SUM_COLUMNS] = {
        {.heading = STR_INIT("学校"), .width = 40},
        {.heading = STR_INIT("缺陷"), .kind = COLUMN_NUMBER, .width = 10},
        {.heading = STR_INIT("提示"), .kind = COLUMN_NUMBER, .width = 10},
    };
    struct sheet_names taken = {.arena = arena};
    names[0] = sheet_name(&taken, STR("数据核查"));
    sheet_begin(book,
                &(struct sheet_shape){
                    .name = names[0], .columns = sums, .count = SUM_COLUMNS, .heading = 1, .rows = result->count + 1});
    const struct str title = str_printf(arena, "数据核查结果（截至 %.*s）", STR_ARG(result->day));
    sheet_put_as(book, 0, 0, title, COLUMN_TEXT, LOOK_PLAIN);
    *count = 1;
    for (size_t from = 0; from < result->count; (*count)++) {
        const size_t to = end_of_school(result, from), faults = count_faults(result, from, to);
        const struct str school = result->findings[from].school;
        names[*count] = sheet_name(&taken, school.n > 0 ? school : STR("不属于哪所学校"));
        put_sum(arena, book, 1 + *count, names[*count], faults, to - from - faults, true);
        from = to;
    }
    put_sum(arena, book, 1 + *count, STR("合计"), result->faults, result->notes, false);
}

bool findings_write(struct arena *arena, const char *path, const struct rules_result *result, struct diags *diags) {
    struct workbook_out *book = workbook_begin(arena, path, result->day);
    struct str *names = ARENA_ARRAY(arena, struct str, result->count + 1);
    size_t count = 0, sheet = 1;
    put_sums(arena, book, result, names, &count);
    for (size_t from = 0; from < result->count; sheet++) {
        const size_t to = end_of_school(result, from);
        sheet_begin(book,
                    &(struct sheet_shape){
                        .name = names[sheet], .columns = columns, .count = COLUMNS, .rows = to - from, .filter = true});
        for (size_t i = from; i < to; i++) {
            put_finding(arena, book, i - from + 1, &result->findings[i]);
        }
        from = to;
    }
    const int error = workbook_end(book);
    if (error != 0) {
        DIAG_ADD(diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}
