/* row_kind.c: a register that a school made itself has rows that are no children: titles between classes, headings again on each page, sums, and
 * below the table who filled it in. They are known by their words, never by what they lack alone: a child without a name is asked for. */
#include "intake/row_kind.h"

#include <string.h>

#include "base/utf8.h"
#include "intake/rows.h"

enum { PROSE = 16 }; /* characters that no value of a key column has */

struct reading_of_row {
    const struct form *form;
    const size_t *fields;
    size_t columns;
    const struct grid_row *row;
};

static size_t field_at(const struct reading_of_row *reading, size_t cell) {
    const uint32_t column = reading->row->cells[cell].column;
    return column < reading->columns ? reading->fields[column] : reading->form->field_count;
}

bool row_is_counter(struct str heading) {
    static const char *const names[] = {"序号", "序 号", "序", "No.", "NO.", "No", "NO", "编号", "#"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(heading, names[i])) {
            return true;
        }
    }
    return false;
}

static size_t cells_of_fields(const struct reading_of_row *reading) {
    size_t count = 0;
    for (size_t i = 0; i < reading->row->count; i++) {
        count += field_at(reading, i) < reading->form->field_count;
    }
    return count;
}

static bool is_example(const struct reading_of_row *reading) {
    size_t same = 0;
    for (size_t i = 0; i < reading->row->count; i++) {
        const size_t field = field_at(reading, i);
        if (field < reading->form->field_count) {
            const char *example = reading->form->fields[field].example;
            if (example[0] == '\0' || !str_is(reading->row->cells[i].text, example)) {
                return false;
            }
            same++;
        }
    }
    return same >= 3;
}

/* All that it says are headings, and more than one. */
static bool is_heading(const struct reading_of_row *reading) {
    size_t named = 0, other = 0;
    for (size_t i = 0; i < reading->row->count; i++) {
        if (named + reading->row->count - i <= 2 * other) {
            return false; /* whatever the others are */
        }
        const struct str text = reading->row->cells[i].text;
        const bool is_named = rows_field(reading->form, text) < reading->form->field_count;
        named += is_named;
        other += !is_named && !row_is_counter(text) && !str_is(text, ROWS_KEY_HEADING);
    }
    return named >= 2 && named > 2 * other;
}

static bool lacks_needed(const struct reading_of_row *reading) {
    for (size_t field = 0; field < reading->form->field_count; field++) {
        bool found = !reading->form->fields[field].needed;
        for (size_t i = 0; i < reading->row->count && !found; i++) {
            found = field_at(reading, i) == field;
        }
        if (!found) {
            return true;
        }
    }
    return false;
}

static bool begins_with_one(struct str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_starts(text, str_from(words[i]))) {
            return true;
        }
    }
    return false;
}

/* 合计, 小计：12人; not 合计 as a part of a longer word. */
static bool is_sum(struct str text) {
    static const char *const words[] = {"合计",  "小计",   "总计",   "共计",   "合 计",    "小 计",
                                        "总 计", "合　计", "小　计", "总　计", "本页合计", "本页小计"};
    return utf8_count(text) <= 12 && begins_with_one(text, words, sizeof words / sizeof *words);
}

static bool is_remark(struct str text) {
    static const char *const words[] = {"注：",   "注:",      "备注", "说明",   "填表",   "制表",
                                        "审核",   "审批",     "经办", "负责人", "校长：", "校长签",
                                        "日期：", "联系人：", "以上", "附：",   "填报",   "单位："};
    return begins_with_one(text, words, sizeof words / sizeof *words);
}

/* A line by itself that is no value: it goes on like prose, or is called a table. */
static bool is_title(struct str text) {
    static const char *const ends[] = {"名册", "名单", "花名册", "表", "台账", "登记册"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (str_ends(text, str_from(ends[i])) && utf8_count(text) > 3) {
            return true;
        }
    }
    return utf8_count(text) >= PROSE || str_find(text, STR("：")) < text.n || str_find(text, STR("。")) < text.n;
}

static bool is_aside(const struct reading_of_row *reading) {
    size_t first = 0;
    while (field_at(reading, first) == reading->form->field_count) {
        first++;
    }
    const struct str text = reading->row->cells[first].text;
    for (size_t i = first; i < reading->row->count && i < first + 2; i++) {
        if (is_sum(reading->row->cells[i].text)) {
            return true;
        }
    }
    return lacks_needed(reading) && (is_remark(text) || (cells_of_fields(reading) == 1 && is_title(text)));
}

enum row_kind row_kind(const struct form *form, const size_t *fields, size_t columns, const struct grid_row *row) {
    const struct reading_of_row reading = {form, fields, columns, row};
    if (cells_of_fields(&reading) == 0) {
        return ROW_BESIDE;
    }
    return is_example(&reading)   ? ROW_EXAMPLE
           : is_heading(&reading) ? ROW_HEADING
           : is_aside(&reading)   ? ROW_REMARK
                                  : ROW_OF_FORM;
}
