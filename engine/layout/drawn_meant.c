/* drawn_meant.c: what stands in drawn rows that was hardly meant to print: other signs for joining cells, heights that are none, formulas
 * of a spreadsheet, keys of a block, remarks, rules of Markdown. */
#include "layout/drawn_meant.h"

#include <string.h>

#include "base/length.h"
#include "base/utf8.h"
#include "layout/run_on.h"

/* --- cells -------------------------------------------------------------------------------------------------------- */

#define JOINING_WORDS ">|→|》|合并|并入|合并单元格|左合并|右合并|向左合并|向右合并|同左|merge|Merge|上合并|向上合并"

/* Is it one of these, parted by | ? */
static bool is_one_of(struct str word, const char *words) {
    for (struct str rest = str_from(words); rest.n > 0;) {
        if (str_eq(str_split(rest, '|', &rest), word)) {
            return true;
        }
    }
    return false;
}

/* What an input method types for < and ^, and what was hardly meant to print as all of a cell; the first of all cells has none to join. */
static void tell_false_join(const struct drawn_text *d, size_t at, struct str cell) {
    static const struct {
        const char *typed, *meant;
    } joins[] = {
        {"＜", "<"}, {"《", "<"}, {"〈", "<"}, {"←", "<"}, {"＾", "^"}, {"……", "^"}, {"↑", "^"}, {"〃", "^"},
    };
    const struct place place = node_place(d->node, at, cell.n > 0 ? (int32_t)utf8_count(cell) : 1);
    const bool is_first = str_trim(str_slice(d->node->text, 0, at)).n == 0;
    const bool is_short = cell.n > 0 && cell.n <= sizeof "合并单元格" - 1;
    for (size_t i = 0; is_short && i < sizeof joins / sizeof joins[0]; i++) {
        if (str_is(cell, joins[i].typed)) {
            TELL(d->builder->reader, L106, place, cell, str_from(joins[i].meant));
        }
    }
    if (is_short && !is_first && is_one_of(cell, JOINING_WORDS)) {
        TELL(d->builder->reader, L334, place, cell);
    }
}

static bool is_height(const struct drawn_text *d, struct str text) {
    int32_t height_mp = 0;
    return length_parse(str_trim(half_width(d->builder->arena, text)), 0, &height_mp);
}

/* [20mm] in a cell, where it is no height of the row. */
static void tell_false_height(const struct drawn_text *d, size_t at, struct str cell) {
    for (size_t open = str_find_byte(cell, '['); open < cell.n;) {
        const struct str rest = str_slice(cell, open, cell.n);
        const size_t close = str_find_byte(rest, ']');
        if (close < rest.n && is_height(d, str_slice(rest, 1, close))) {
            TELL(d->builder->reader, L335, node_place(d->node, at + open, (int32_t)close + 1),
                 str_slice(rest, 0, close + 1));
            return;
        }
        open += 1 + str_find_byte(str_slice(rest, 1, rest.n), '[');
    }
}

static void tell_prints(const struct drawn_text *d, size_t at, struct str what, struct str hint) {
    TELL(d->builder->reader, L328, node_place(d->node, at, (int32_t)utf8_count(what)), what, hint);
}

/* =ROW()-1, =SUM(C2:C9): a formula; `#` for the row's number. */
static void tell_formula(const struct drawn_text *d, size_t at, struct str cell) {
    size_t name = 1;
    while (name < cell.n && ((cell.p[name] | 0x20) >= 'a' && (cell.p[name] | 0x20) <= 'z')) {
        name++;
    }
    const bool reference = str_starts(cell, STR("=")) && cell.n > 2 && cell.p[1] >= 'A' && cell.p[1] <= 'Z' &&
                           cell.p[2] >= '0' && cell.p[2] <= '9';
    const struct str number = BOTH("the row's number is {#}", "行号写 {#}");
    if (str_is(d->key, "rows") && (str_is(cell, "#") || str_is(cell, "＃"))) {
        tell_prints(d, at, cell, number);
    } else if (reference) {
        tell_prints(d, at, cell,
                    BOTH("compute it in the query: SELECT a + b AS total, and write {total}",
                         "请在查询中计算：SELECT a + b AS total，再写 {total}"));
    } else if (str_starts(cell, STR("style=")) || str_starts(cell, STR("class="))) {
        tell_prints(d, at, str_slice(cell, 0, 6),
                    BOTH("a style is written with a point before its name, and a space: .name words",
                         "样式写作点加名称，再空一格：.样式名 文字"));
    } else if (str_starts(cell, STR("=")) && name > 1 && name < cell.n && cell.p[name] == '(') {
        tell_prints(d, at, cell,
                    str_starts(cell, STR("=ROW"))
                        ? number
                        : BOTH("rows are summed by {#sum column all} and counted by {#count all}",
                               "求和写 {#sum 列 all}，计数写 {#count all}"));
    }
}

/* image: {photo}, qr: {no}: a block's key, where only words stand. */
static void tell_block(const struct drawn_text *d, size_t at, struct str cell) {
    static const struct str keys[] = {STR_INIT("image:"), STR_INIT("qr:"), STR_INIT("text:"), STR_INIT("chart:"),
                                      STR_INIT("heading:")};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (str_starts(cell, keys[i])) {
            tell_prints(d, at, keys[i],
                        i == 0   ? BOTH("a cell takes a picture as {photo|image}", "格中的照片写 {photo|image}")
                        : i == 2 ? BOTH("write the words alone", "请只写文字")
                                 : BOTH("a cell takes text and pictures; this is a block of its own, below the table",
                                        "格中只写文字和照片；请在表格之外另写成一块"));
        }
    }
}

/* "家庭住址": quotes around a whole cell. */
static void tell_quotes(const struct drawn_text *d, size_t at, struct str cell) {
    const size_t last = cell.n > 2 ? cell.n - 1 : 0;
    if (last > 0 && cell.p[0] == '"' && cell.p[last] == '"' &&
        str_find_byte(str_slice(cell, 1, last), '"') == last - 1) {
        tell_prints(d, at, str_slice(cell, 0, 1),
                    BOTH("behind | nothing needs quotes: take them out", "| 之后的文字不用引号：请删去"));
    }
}

void drawn_tell_cell(const struct drawn_text *d, size_t at, struct str cell) {
    tell_false_join(d, at, cell);
    tell_false_height(d, at, cell);
    tell_formula(d, at, cell);
    tell_block(d, at, cell);
    tell_quotes(d, at, cell);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* ［30mm］, 【30mm】, (30mm), （30mm） before a row: brackets that nobody means. */
static void tell_false_brackets(const struct drawn_text *d, size_t at, size_t end) {
    static const struct {
        const char *open, *close;
    } brackets[] = {{"［", "］"}, {"【", "】"}, {"(", ")"}, {"（", "）"}, {"<", ">"}};
    const struct str rest = str_slice(d->node->text, at, end);
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        const size_t from = str_from(brackets[i].open).n, to = str_find(rest, str_from(brackets[i].close));
        if (str_starts(rest, str_from(brackets[i].open)) && to < rest.n && is_height(d, str_slice(rest, from, to))) {
            const struct str all = str_slice(rest, 0, to + str_from(brackets[i].close).n);
            TELL(d->builder->reader, L314, node_place(d->node, at, (int32_t)utf8_count(all)), all,
                 str_slice(rest, from, to));
        }
    }
}

/* `20mm 家庭住址` at a row's beginning. */
static void tell_bare_height(const struct drawn_text *d, size_t at, size_t end) {
    struct str rest = str_slice(d->node->text, at, end);
    const struct str word = next_word(&rest), behind = str_trim(rest);
    const bool unit = str_ends(word, STR("mm")) || str_ends(word, STR("cm"));
    if (unit && word.p[0] >= '0' && word.p[0] <= '9' && is_height(d, word) && behind.n > 0 && behind.p[0] != '|') {
        TELL(d->builder->reader, L328, node_place(d->node, at, (int32_t)word.n), word,
             diag_both(
                 d->builder->arena,
                 str_printf(d->builder->arena, "a row's height stands in brackets before it: [%.*s]", STR_ARG(word)),
                 str_printf(d->builder->arena, "行高写在行首的方括号里：[%.*s]", STR_ARG(word))));
    }
}

/* |---|---|, as Markdown rules a head. */
static bool tell_rule(const struct drawn_text *d, size_t at, struct str row) {
    size_t dashes = 0;
    for (size_t i = 0; i < row.n; i++) {
        if (strchr("-|: ", row.p[i]) == NULL) {
            return false;
        }
        dashes += row.p[i] == '-';
    }
    if (dashes >= 3) {
        TELL_PLAIN(d->builder->reader, L340, node_place(d->node, at, (int32_t)row.n));
    }
    return dashes >= 3;
}

/* # 家庭, // 家庭, -- 家庭: a remark between rows of several cells. */
static bool tell_remark(const struct drawn_text *d, size_t at, struct str row) {
    static const char *const signs[] = {"# ", "// ", "-- ", "<!--", "/*"};
    const bool one = str_find_byte(row, '|') == row.n && str_find_byte(d->node->text, '|') < d->node->text.n;
    for (size_t i = 0; one && i < sizeof signs / sizeof signs[0]; i++) {
        if (str_starts(row, str_from(signs[i]))) {
            const struct str sign = str_trim(str_from(signs[i]));
            TELL(d->builder->reader, L167, node_place(d->node, at, (int32_t)sign.n), sign);
            return true;
        }
    }
    return false;
}

/* [高20mm], [行高 20mm], [height: 20mm]: a length with a word before it. */
static void tell_named_height(const struct drawn_text *d, size_t at, struct str row) {
    static const char *const names[] = {"行高", "高度", "高", "height", "row height", "h"};
    const size_t close = str_find_byte(row, ']');
    const struct str inside = str_starts(row, STR("[")) && close < row.n ? str_slice(row, 1, close) : STR_NONE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct str name = str_from(names[i]);
        struct str length = str_starts(inside, name) ? str_trim(str_slice(inside, name.n, inside.n)) : STR_NONE;
        length = str_starts(length, STR("：")) ? str_slice(length, 3, length.n) : length;
        length = length.n > 0 && strchr(":=", length.p[0]) != NULL ? str_slice(length, 1, length.n) : length;
        if (length.n > 0 && is_height(d, length)) {
            TELL(d->builder->reader, L314, node_place(d->node, at, (int32_t)utf8_count(inside) + 2), inside,
                 str_trim(length));
            return;
        }
    }
}

/* `pad: 20` as deep as the rows: one of the table's own keys. */
static bool tell_key(const struct drawn_text *d, size_t at, size_t end) {
    const bool row = str_find_byte(str_slice(d->node->text, at, end), '|') == end - at;
    const size_t told = row ? run_on_tell_line(d->builder->reader, MAPPING_TABLE, 0, d->node, at, end, d->key) : 0;
    d->builder->swallowed = d->builder->swallowed || told > 0;
    return told > 0;
}

bool drawn_tell_row(const struct drawn_text *d, size_t at, size_t end) {
    const struct str row = str_slice(d->node->text, at, end);
    if (tell_rule(d, at, row) || tell_remark(d, at, row) || tell_key(d, at, end)) {
        return true;
    }
    tell_false_brackets(d, at, end);
    tell_named_height(d, at, row);
    tell_bare_height(d, at, end);
    return false;
}

/* --- rows of too many cells --------------------------------------------------------------------------------------- */

/* ｛birth|date｝: its bar has parted the row. */
static bool tell_wide_braces(const struct drawn_text *d, struct str row) {
    const size_t open = str_find(row, STR("｛"));
    const struct str rest = str_slice(row, open, row.n);
    const size_t bar = str_find_byte(rest, '|'), close = str_find(rest, STR("｝"));
    if (bar > close || close == rest.n) {
        return false;
    }
    TELL(d->builder->reader, L315, node_place(d->node, (size_t)(rest.p - d->node->text.p), 1),
         str_slice(rest, 0, close + 3));
    return true;
}

/* {birth|date |: a brace that its row doesn't close, which was told. */
static bool has_open_brace(struct str row) {
    for (size_t at = 0; at < row.n; at++) {
        if (row.p[at] == '{' && template_behind_brace(row, at, row.n) == 0) {
            return true;
        }
        at += row.p[at] == '\\';
    }
    return false;
}

/* 序号 || 姓名 */
static bool tell_two_bars(const struct drawn_text *d, struct str row, size_t more) {
    size_t pairs = 0;
    for (size_t at = str_find(row, STR("||")); at < row.n; pairs++) {
        at += 2 + str_find(str_slice(row, at + 2, row.n), STR("||"));
    }
    if (pairs == more) {
        TELL_PLAIN(d->builder->reader, L181,
                   node_place(d->node, (size_t)(row.p - d->node->text.p) + str_find(row, STR("||")), 2));
    }
    return pairs == more;
}

bool drawn_tell_ragged(const struct drawn_text *d, struct str row, size_t cells, size_t columns) {
    return tell_wide_braces(d, row) || has_open_brace(row) ||
           (cells > columns && tell_two_bars(d, row, cells - columns));
}

void drawn_tell_none(const struct drawn_text *d) {
    const struct str text = d->node != NULL && d->node->kind == NODE_SCALAR ? str_trim(d->node->text) : STR_NONE;
    if (text.n > 0 && is_one_of(text, "none|None|null|no|No|false|off|hidden|空|不印|隐藏")) {
        TELL(d->builder->reader, L188, d->node->place, d->key, text);
    }
}
