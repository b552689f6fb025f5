/* collection.c: forms become columns, rows of the database their cells. */
#include "sheet/collection.h"

#include <assert.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "intake/forms.h"
#include "intake/rows.h"
#include "sheet/columns.h"
#include "sheet/doubts.h"

enum { FIELDS_LIMIT = 64, TEMPLATE_ROWS = 2000, FORMS_LIMIT = 64 };

static size_t columns_of(const struct form *form, bool with_key, struct sheet_column columns[static FIELDS_LIMIT]) {
    size_t count = 0;
    for (; count < form->field_count && count + 1 < FIELDS_LIMIT; count++) {
        columns[count] = column_of_field(&form->fields[count]);
    }
    if (with_key) {
        columns[count++] =
            (struct sheet_column){.heading = str_from(ROWS_KEY_HEADING), .width = COLUMN_WIDTH_LEAST, .hidden = true};
    }
    return count;
}

/* Forms that were asked for, in the order of forms.c. */
static bool choose(struct arena *arena, const struct str *names, size_t count, const struct form **chosen,
                   size_t *chosen_count, struct diags *diags) {
    struct str known[FORMS_LIMIT];
    bool wanted[FORMS_LIMIT] = {false};
    bool good = true;
    assert(form_count <= FORMS_LIMIT);
    for (size_t i = 0; i < form_count && i < FORMS_LIMIT; i++) {
        known[i] = str_from(forms[i]->name);
        wanted[i] = count == 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct form *form = form_by_name(names[i]);
        if (form == NULL) {
            DIAG_ADD(diags, T307, PLACE_NONE, names[i], nearest_or_all(arena, names[i], known, form_count));
            good = false;
        }
        for (size_t k = 0; k < form_count; k++) {
            wanted[k] = wanted[k] || forms[k] == form;
        }
    }
    *chosen_count = 0;
    for (size_t i = 0; i < form_count && i < FORMS_LIMIT; i++) {
        if (wanted[i]) {
            chosen[(*chosen_count)++] = forms[i];
        }
    }
    return good;
}

static void add_explanation(struct arena *arena, struct workbook_out *book, const struct form *const *chosen,
                            size_t count, bool filled) {
    struct str lines[FORMS_LIMIT + 8];
    size_t n = 0;
    lines[n++] = STR("留守儿童信息采集表 填表说明");
    lines[n++] = STR("1. 每张工作表一种内容，第一行是栏目名，请不要改动；鼠标指向栏目名可看说明。黄色栏目必填。");
    lines[n++] = STR("2. 身份证号、学籍号、电话按文本填写，不要设成数字；日期写成 2026-09-01。");
    lines[n++] = filled
                     ? STR("3. 直接改正有误的单元格；清空一格表示“不详”。不需要的行不必删除，少一行不会删除任何内容。")
                     : STR("3. 灰色斜体一行是示例，填写时覆盖或删除。不清楚的留空，没有的写“无”。");
    lines[n++] = STR("4. 请用 .xlsx 格式保存，不要加密码。");
    if (filled) {
        lines[n++] = STR("5. 红色的格有错，黄色的格请核对：鼠标指向该格可看问题和改法。核对无误的不必改。");
    }
    lines[n++] = STR("");
    for (size_t i = 0; i < count; i++) {
        lines[n++] = str_printf(arena, "%s：%s", chosen[i]->name, chosen[i]->help);
    }
    sheet_text(book, STR("填表说明"), lines, n);
}

static bool end(struct workbook_out *book, const char *path, struct diags *diags) {
    const int error = workbook_end(book);
    if (error != 0) {
        DIAG_ADD(diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}

bool collection_template(struct arena *arena, const char *path, const struct str *names, size_t count,
                         struct str made_on, struct diags *diags) {
    const struct form *chosen[FORMS_LIMIT];
    size_t chosen_count = 0;
    if (!choose(arena, names, count, chosen, &chosen_count, diags)) {
        return false;
    }
    struct workbook_out *book = workbook_begin(arena, path, made_on);
    add_explanation(arena, book, chosen, chosen_count, false);
    for (size_t i = 0; i < chosen_count; i++) {
        struct sheet_column *columns = ARENA_ARRAY(arena, struct sheet_column, FIELDS_LIMIT);
        const struct sheet_shape shape = {.name = str_from(chosen[i]->name),
                                          .columns = columns,
                                          .count = columns_of(chosen[i], false, columns),
                                          .rows = TEMPLATE_ROWS};
        sheet_begin(book, &shape);
        for (size_t k = 0; k < chosen[i]->field_count; k++) {
            if (chosen[i]->fields[k].example[0] != '\0') {
                sheet_put(book, 1, k, str_from(chosen[i]->fields[k].example), LOOK_EXAMPLE);
            }
        }
    }
    return end(book, path, diags);
}

/* Cells that the checks complain of are marked; a blank one too, where something is missing. */
static void put_marked(struct workbook_out *book, size_t row, size_t column, struct str text, enum cell_look look,
                       struct str words) {
    if (text.n > 0 || look != LOOK_PLAIN) {
        sheet_put(book, row, column, text, look);
    }
    if (words.n > 0) {
        sheet_remark(book, row, column, words);
    }
}

/* A cell that is cut would come back as one that was changed. */
static bool fits(struct arena *arena, const struct form *form, const struct filled_keys *keys,
                 const struct taken *values, struct diags *diags) {
    for (size_t i = 0; i < form->field_count; i++) {
        if (utf8_count(field_written(arena, &form->fields[i], values[i])) > SHEET_TEXT_MOST) {
            DIAG_ADD(diags, T520, PLACE_NONE, str_from(form->name), keys->targets[0], str_from(form->fields[i].heading),
                     str_int(arena, SHEET_TEXT_MOST));
            return false;
        }
    }
    return true;
}

static void add_row(struct arena *arena, struct workbook_out *book, const struct form *form, size_t row,
                    const struct filled_keys *keys, const struct taken *values, struct doubts *doubts) {
    struct str words;
    for (size_t i = 0; i < form->field_count; i++) {
        const enum cell_look look = doubts_of(doubts, form, &form->fields[i], keys, &words);
        put_marked(book, row, i, field_written(arena, &form->fields[i], values[i]), look, words);
    }
}

static bool add_rows(struct arena *arena, struct workbook_out *book, struct filled *filled, const struct form *form,
                     struct doubts *doubts, struct diags *diags) {
    struct sheet_column *columns = ARENA_ARRAY(arena, struct sheet_column, FIELDS_LIMIT);
    struct taken values[FIELDS_LIMIT];
    struct filled_keys keys;
    struct str key = STR_NONE;
    if (!filled_begin(filled, form, diags)) {
        return false;
    }
    const struct sheet_shape shape = {.name = str_from(form->name),
                                      .columns = columns,
                                      .count = columns_of(form, true, columns),
                                      .rows = TEMPLATE_ROWS};
    sheet_begin(book, &shape);
    for (size_t row = 1; filled_next(filled, &key, values);) {
        filled_keys(filled, values, &keys);
        if (fits(arena, form, &keys, values, diags)) {
            add_row(arena, book, form, row, &keys, values, doubts);
            sheet_put(book, row++, form->field_count, str_printf(arena, "%.*s#%.*s", STR_ARG(key), STR_ARG(keys.basis)),
                      LOOK_PLAIN);
        }
    }
    return true;
}

/* What the checks find on the day; nothing where they can't be asked (told). */
static struct doubts *find_doubts(struct arena *arena, const char *database, const struct filled_choice *choice,
                                  struct diags *diags) {
    struct rules_result *result = ARENA_NEW(arena, struct rules_result);
    const struct rules_request request = {.database = database,
                                          .as_of = choice->as_of,
                                          .school = choice->school,
                                          .class_name = choice->class_name,
                                          .beside = true};
    rules_run(arena, &request, result, diags);
    return doubts_make(arena, result);
}

bool collection_filled(struct arena *arena, const char *path, const struct str *names, size_t count,
                       const char *database, const struct filled_choice *choice, struct diags *diags) {
    const struct form *chosen[FORMS_LIMIT];
    size_t chosen_count = 0;
    if (!choose(arena, names, count, chosen, &chosen_count, diags)) {
        return false;
    }
    struct filled *filled = filled_open(arena, database, choice, diags);
    if (filled == NULL) {
        return false;
    }
    struct doubts *doubts = find_doubts(arena, database, choice, diags);
    struct workbook_out *book = workbook_begin(arena, path, choice->as_of);
    add_explanation(arena, book, chosen, chosen_count, true);
    bool good = true;
    for (size_t i = 0; i < chosen_count && good; i++) {
        good = add_rows(arena, book, filled, chosen[i], doubts, diags);
    }
    filled_close(filled);
    return end(book, path, diags) && good;
}
