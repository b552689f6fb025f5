/* meant.c: what a text holds that was hardly meant to print.
 *
 * All that isn't of the language prints. But nobody prints `[bold words]` where there is a style `bold`, or `<br>`: what looks like
 * a style, a placeholder, or the marks of another language is told at its place, and how it is written here. */
#include "layout/scan.h"

#include <string.h>

#include "base/utf8.h"

/* Does the name of a style that is there stand at `at`? Gives back its length. */
static size_t known_style(const struct scan *scan, size_t at) {
    const size_t length = at < scan->end ? name_length(str_slice(scan->text, 0, scan->end), at) : 0;
    const struct str name = str_slice(scan->text, at, at + length);
    return length > 0 && strmap_get(&scan->builder->styles, name) != NULL ? length : 0;
}

/* A space or the end of the line. */
static bool is_apart(const struct scan *scan, size_t at) {
    return at >= scan->end || scan->text.p[at] == ' ' || scan->text.p[at] == '\n';
}

bool scan_starts(const struct scan *scan, size_t at, struct str text) {
    return at < scan->end && str_starts(str_slice(scan->text, at, scan->end), text);
}

static bool tell_signs_at(struct scan *scan, size_t at) {
    size_t length = 0;
    sign_meant(scan->text, at, &length);
    return at < scan->end && (length > 0 || scan->text.p[at] == '\t') &&
           signs_tell(scan->builder->reader, scan->node, at, at + 1);
}

/* `.form～line words`, `.form－line words`: a style whose hyphen is another sign. */
static void tell_other_hyphen(const struct scan *scan, size_t at) {
    static const char *const hyphens[] = {"－", "～", "—", "–", "‐", "−", "~"};
    const struct str text = str_slice(scan->text, 0, scan->end);
    const size_t first = name_length(text, at + 1), sign = at + 1 + first;
    for (size_t i = 0; first > 0 && i < sizeof hyphens / sizeof hyphens[0]; i++) {
        const struct str hyphen = str_from(hyphens[i]);
        const size_t second = scan_starts(scan, sign, hyphen) ? name_length(text, sign + hyphen.n) : 0;
        const struct str meant = str_printf(scan->builder->arena, "%.*s-%.*s", STR_ARG(str_slice(text, at + 1, sign)),
                                            STR_ARG(str_slice(text, sign + hyphen.n, sign + hyphen.n + second)));
        if (second > 0 && strmap_get(&scan->builder->styles, meant) != NULL) {
            TELL(scan->builder->reader, L203, node_place(scan->node, at + 1, 1), STR("styles"),
                 str_slice(text, at + 1, sign + hyphen.n + second), meant);
        }
    }
}

/* `.remark,bold words`, `.remark、.bold words`: two styles, and another sign than a point between them, at `at`; 0 for other words. */
static size_t joining_sign(const struct scan *scan, size_t at) {
    static const char *const signs[] = {",", "，", "、", "+", "＋", ";", "；", "/", "&", ":"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const struct str sign = str_from(signs[i]);
        const size_t behind = at + sign.n, second = behind + scan_starts(scan, behind, STR("."));
        const size_t name = scan_starts(scan, at, sign) ? known_style(scan, second) : 0;
        if (name > 0 && scan_starts(scan, second + name, STR(" "))) {
            return sign.n;
        }
    }
    return 0;
}

static bool tell_joining_sign(const struct scan *scan, size_t at) {
    size_t from = at, n = joining_sign(scan, at);
    while (from > 0 && scan->text.p[from - 1] != '.') {
        from--;
    }
    if (n == 0 || known_style(scan, from) != at - from) {
        return false;
    }
    const size_t second = at + n + scan_starts(scan, at + n, STR("."));
    TELL(scan->builder->reader, L183, node_place(scan->node, at, 1), str_slice(scan->text, at, at + n),
         str_slice(scan->text, from, at), str_slice(scan->text, second, second + known_style(scan, second)));
    return true;
}

/* `.title　words`, `．title words`: a style in all but a character. `behind` its names, where there are any. */
void scan_tell_style_signs(struct scan *scan, size_t at, size_t behind) {
    const bool wide_dot = scan_starts(scan, at, STR("．")) || scan_starts(scan, at, STR("。"));
    const size_t name = wide_dot ? known_style(scan, at + 3) : 0;
    if (name > 0 && scan_starts(scan, at + 3 + name, STR(" "))) {
        tell_signs_at(scan, at);
    } else if (tell_joining_sign(scan, behind)) {
        return;
    } else if (behind > at && known_style(scan, at + 1) > 0) {
        if (!scan_starts(scan, behind, STR("："))) { /* told as a space that is missing */
            tell_signs_at(scan, behind);
        }
    } else if (scan_starts(scan, at, STR("."))) {
        tell_other_hyphen(scan, at);
    }
}

/* ｛name｝, ｛name|date｝, ｛name}: nobody means braces that print. */
static void tell_wide_brace(struct scan *scan) {
    const struct str rest = str_slice(scan->text, scan->at, scan->end);
    const size_t length = str_starts(rest, STR("｛")) ? name_length(rest, 3) : 0;
    if (length == 0) {
        return;
    }
    const struct str behind = str_slice(rest, 3 + length, rest.n);
    const size_t wide = str_find(behind, STR("｝")), narrow = str_find_byte(behind, '}');
    const bool ascii = narrow < wide;
    const size_t close = ascii ? narrow : wide;
    const bool filter = str_starts(behind, STR("|")) || str_starts(behind, STR("｜")) || str_starts(behind, STR(".")) ||
                        str_starts(behind, STR("!")) || str_starts(behind, STR("?"));
    if (close < behind.n && (close == 0 || filter)) {
        TELL(scan->builder->reader, L315, node_place(scan->node, scan->at, 1),
             str_slice(rest, 0, 3 + length + close + (ascii ? 1 : 3)));
        scan->open_braces += ascii; /* the } is told by this */
    }
}

/* [bold words] without its point, ［.bold words］, 【.bold words】 and [．bold words]; at the bracket. */
static void tell_false_span(struct scan *scan) {
    const bool wide = scan_starts(scan, scan->at, STR("［")) || scan_starts(scan, scan->at, STR("【"));
    const size_t inside = scan->at + (wide ? 3 : 1);
    const bool point = scan_starts(scan, inside, STR(".")), wide_point = scan_starts(scan, inside, STR("．"));
    const size_t name_at = inside + (point ? 1 : wide_point ? 3 : 0), name = known_style(scan, name_at);
    const struct str written = str_slice(scan->text, name_at, name_at + name);
    const bool built_in = str_is(written, "vertical") || str_is(written, "diagonal");
    const bool alone = !point && !wide && built_in && scan_starts(scan, name_at + name, STR("]"));
    const bool colon = scan_starts(scan, name_at + name, STR(":")) || scan_starts(scan, name_at + name, STR("："));
    if (name == 0 || (!alone && !colon && !scan_starts(scan, name_at + name, STR(" ")))) {
        return;
    }
    if (wide || wide_point) {
        tell_signs_at(scan, wide ? scan->at : inside);
    } else if (str_find_byte(str_slice(scan->text, scan->at, scan->end), ']') < scan->end - scan->at) {
        TELL(scan->builder->reader, L324, node_place(scan->node, scan->at, (int32_t)name + 1),
             str_slice(scan->text, scan->at, name_at + name), str_slice(scan->text, name_at, name_at + name));
    }
}

/* The style that is called so by people who have none of that name; STR_NONE for other words. */
static struct str style_by_word(const struct scan *scan, struct str name) {
    static const char *const words[][2] = {{"加粗", "bold"},   {"粗体", "bold"},    {"居中", "centre"},
                                           {"靠右", "right"},  {"居右", "right"},   {"右对齐", "right"},
                                           {"靠左", "left"},   {"左对齐", "left"},  {"小字", "small"},
                                           {"斜体", "italic"}, {"center", "centre"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(name, words[i][0]) && strmap_get(&scan->builder->styles, str_from(words[i][1])) != NULL) {
            return str_from(words[i][1]);
        }
    }
    return STR_NONE;
}

/* ` .right ` behind other words, and `words.right` at a line's end; at the point. */
static void tell_late_style(struct scan *scan) {
    const struct str text = str_slice(scan->text, 0, scan->end);
    const size_t n = name_length(text, scan->at + 1), behind = scan->at + 1 + n;
    const struct str name = str_slice(text, scan->at + 1, behind);
    const struct str style = known_style(scan, scan->at + 1) == n ? name : style_by_word(scan, name);
    const unsigned char before = scan->at > 0 ? (unsigned char)text.p[scan->at - 1] : '\n';
    const bool apart = before == ' ' || before == '}' || before >= 0x80;
    const bool alone =
        apart && is_apart(scan, behind) && (before == ' ' || str_trim(str_slice(text, behind, text.n)).n == 0);
    if (n > 0 && style.n > 0 && alone && (scan->count > 0 || scan->pending.count > 0)) {
        TELL(scan->builder->reader, L324, node_place(scan->node, scan->at, (int32_t)utf8_count(name) + 1),
             str_slice(text, scan->at, behind), style);
    }
}

/* #{name}, %{name}, @{name}: a sign that other languages have there, with nothing right before it. */
static bool is_before_placeholder(const struct scan *scan) {
    const bool begins = scan->at == 0 || strchr(" \n|/}", scan->text.p[scan->at - 1]) != NULL;
    return begins && strchr("#%@", scan->text.p[scan->at]) != NULL && scan_starts(scan, scan->at + 1, STR("{")) &&
           name_length(scan->text, scan->at + 2) > 0;
}

/* What other languages write, and this one prints: **words**, <b>, \n, ${name}. */
void scan_tell_foreign(struct scan *scan) {
    const struct str text = str_slice(scan->text, scan->at, scan->end);
    size_t n = 0;
    struct str hint = BOTH("[.bold words] is for some words of a line", "行内几个字用 [.bold 文字]");
    if (str_starts(text, STR("**")) && !scan->in_marks) {
        n = str_find(str_slice(text, 2, text.n), STR("**")) < text.n - 2 ? 2 : 0;
    } else if (text.p[0] == '<') {
        scan_tell_tag(scan);
    } else if (text.p[0] == '\\') {
        scan_tell_command(scan);
    } else if (text.n > 2 && text.p[0] == '$' && (text.p[1] == '{' || (is_letter(text.p[1]) && text.p[2] == '{'))) {
        n = text.p[1] == '{' ? 1 : 2;
        hint = BOTH("a placeholder is written {name}", "占位符写作 {名称}");
    } else if (is_before_placeholder(scan)) {
        n = 1;
        hint = BOTH("a placeholder is written {name}; a sign that shall print is typed full-width: ＃, ％, ＠",
                    "占位符写作 {名称}；要印出这个符号，请用全角 ＃、％、＠");
    }
    scan->in_marks = scan->in_marks ? !str_starts(text, STR("**")) : str_starts(text, STR("**")) && n > 0;
    if (n > 0) {
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)n), str_slice(text, 0, n), hint);
    }
}

/* Other marks that print: of merge fields, HTML's characters, forums, tables of HTML. */
static const struct mark {
    struct str written, hint;
} marks[] = {
    {STR_INIT("«"), BOTH_INIT("a placeholder is written {name}", "占位符写作 {名称}")},
    {STR_INIT("&nbsp;"),
     BOTH_INIT("type the space itself; U+3000 is as wide as a character", "请直接输入空格；全角空格与汉字同宽")},
    {STR_INIT("&lt;"), BOTH_INIT("type the sign itself", "请直接输入这个符号")},
    {STR_INIT("&gt;"), BOTH_INIT("type the sign itself", "请直接输入这个符号")},
    {STR_INIT("&amp;"), BOTH_INIT("type the sign itself", "请直接输入这个符号")},
    {STR_INIT("colspan="), BOTH_INIT("a cell joined to the one at its left is written <", "并入左格的格写 <")},
    {STR_INIT("rowspan="), BOTH_INIT("a cell joined to the one above is written ^", "并入上格的格写 ^")},
    {STR_INIT("&quot;"), BOTH_INIT("type the sign itself", "请直接输入这个符号")},
    {STR_INIT("[b]"), BOTH_INIT("[.bold words] is for some words of a line", "行内几个字用 [.bold 文字]")},
    {STR_INIT("[i]"), BOTH_INIT("[.italic words] is for some words of a line", "行内几个字用 [.italic 文字]")},
    {STR_INIT("[u]"), BOTH_INIT("a style with decoration: underline is for some words: [.name words]",
                                "下划线请建一个 decoration: underline 的样式，写作 [.样式名 文字]")},
};

/* &P, &N, &[页码]: what a spreadsheet has in its headers and footers. */
static void tell_page_code(const struct scan *scan) {
    static const struct {
        const char *code;
        struct str hint;
    } codes[] = {
        {"&P", BOTH_INIT("the page's number is {page}", "页码写 {page}")},
        {"&N", BOTH_INIT("the number of pages is {pages}", "总页数写 {pages}")},
        {"&D", BOTH_INIT("the day of the papers is {as_of|date}", "日期写 {as_of|date}")},
        {"&[页码]", BOTH_INIT("the page's number is {page}", "页码写 {page}")},
        {"&[总页数]", BOTH_INIT("the number of pages is {pages}", "总页数写 {pages}")},
        {"&[日期]", BOTH_INIT("the day of the papers is {as_of|date}", "日期写 {as_of|date}")},
        {"&[Page]", BOTH_INIT("the page's number is {page}", "页码写 {page}")},
        {"&[Pages]", BOTH_INIT("the number of pages is {pages}", "总页数写 {pages}")},
    };
    for (size_t i = 0; scan->builder->in_stamp && !scan->builder->codes_told && i < sizeof codes / sizeof codes[0];
         i++) {
        const struct str code = str_from(codes[i].code);
        const size_t behind = scan->at + code.n;
        if (scan_starts(scan, scan->at, code) && (behind >= scan->end || !is_letter(scan->text.p[behind]))) {
            TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)utf8_count(code)), code,
                 codes[i].hint);
            scan->builder->codes_told = true; /* one tells how the others are mended */
        }
    }
}

static void tell_mark(const struct scan *scan) {
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const struct str written = marks[i].written;
        if (scan_starts(scan, scan->at, written) && str_find(scan->text, written) == scan->at) {
            const int32_t width = (int32_t)(written.n - ((unsigned char)written.p[0] >= 0x80));
            TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, width), written, marks[i].hint);
        }
    }
}

/* `.diagonal 科目 / 姓名`: one slash parts nothing. */
static void tell_one_slash(const struct scan *scan) {
    bool diagonal = false;
    for (size_t i = 0; i < scan->line.count; i++) {
        diagonal = diagonal || str_is(scan->line.names[i], "diagonal");
    }
    if (diagonal && scan->at > 0 && scan->text.p[scan->at - 1] == ' ' && scan_starts(scan, scan->at, STR("/ "))) {
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, 1), STR("/"),
             BOTH("// parts the two words of a slanting head", "斜线表头的两部分之间写 //"));
    }
}

/* {birth}|date: a filter behind the brace. */
static void tell_filter_outside(const struct scan *scan) {
    const struct str rest = str_slice(scan->text, scan->at + 1, scan->end);
    const size_t n = name_length(rest, 0);
    const struct str name = str_slice(rest, 0, n);
    if (n > 1 && scan->at > 0 && scan->text.p[scan->at - 1] == '}' && filter_find(name) != NULL) {
        struct arena *arena = scan->builder->arena;
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)n + 1),
             str_slice(scan->text, scan->at, scan->at + 1 + n),
             diag_both(arena, str_printf(arena, "a filter stands inside the braces: {column|%.*s}", STR_ARG(name)),
                       str_printf(arena, "格式写在花括号里面：{列|%.*s}", STR_ARG(name))));
    }
}

/* {% if head %}: a template engine's. True when one begins here, whose first is told. */
bool scan_tell_engine(struct scan *scan) {
    const struct str rest = str_slice(scan->text, scan->at, scan->end);
    const size_t close = str_find(rest, STR("%}"));
    if (!str_starts(rest, STR("{%")) || close == rest.n) {
        return false;
    }
    if (str_find(scan->text, STR("{%")) == scan->at) {
        TELL(scan->builder->reader, L341, node_place(scan->node, scan->at, 2), str_slice(rest, 0, close + 2));
    }
    scan->at += close + 2;
    return true;
}

/* `.form-line .bold words`: styles with a blank between them. `at` behind the first ones and their blanks. */
void scan_tell_apart(const struct scan *scan, size_t at) {
    const size_t name = scan_starts(scan, at, STR(".")) ? known_style(scan, at + 1) : 0;
    if (scan->line.count > 0 && name > 0 && is_apart(scan, at + 1 + name)) {
        TELL(scan->builder->reader, L342, node_place(scan->node, at, (int32_t)name + 1),
             scan->line.names[scan->line.count - 1], str_slice(scan->text, at + 1, at + 1 + name));
    }
}

/* ·remark words, “.remark words”: another sign where the point of a style stands, or a quote before it. */
static void tell_other_point(const struct scan *scan) {
    static const char *const points[] = {"·", "•", "・", "‧", ","}, *const quotes[] = {"“", "‘", "「", "\"", "'", "."};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        const struct str point = str_from(points[i]);
        const size_t name = scan_starts(scan, scan->at, point) ? known_style(scan, scan->at + point.n) : 0;
        if (name > 0 && scan_starts(scan, scan->at + point.n + name, STR(" "))) {
            TELL(scan->builder->reader, L106, node_place(scan->node, scan->at, 1), point, STR("."));
        }
    }
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        const struct str quote = str_from(quotes[i]);
        const size_t at = scan->at + quote.n;
        const size_t name =
            scan_starts(scan, scan->at, quote) && scan_starts(scan, at, STR(".")) ? known_style(scan, at + 1) : 0;
        if (name > 0 && scan_starts(scan, at + 1 + name, STR(" "))) {
            TELL(scan->builder->reader, L171, node_place(scan->node, scan->at, 1), quote,
                 str_slice(scan->text, at + 1, at + 1 + name));
        }
    }
}

/* A line that begins as a heading of Markdown, or with a style between colons. */
void scan_tell_beginning(const struct scan *scan) {
    size_t n = 0;
    tell_other_point(scan);
    while (scan_starts(scan, scan->at + n, STR("#"))) {
        n++;
    }
    const size_t name = scan_starts(scan, scan->at, STR(":")) ? known_style(scan, scan->at + 1) : 0;
    if (n > 0 && n <= 6 && scan_starts(scan, scan->at + n, STR(" "))) {
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)n),
             str_slice(scan->text, scan->at, scan->at + n),
             BOTH("a heading is a block of its own: - heading: words", "标题是单独的块：- heading: 文字"));
    } else if (name > 0 && scan_starts(scan, scan->at + 1 + name, STR(":"))) {
        struct arena *arena = scan->builder->arena;
        const struct str style = str_slice(scan->text, scan->at + 1, scan->at + 1 + name);
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)name + 2),
             str_slice(scan->text, scan->at, scan->at + 2 + name),
             diag_both(arena, str_printf(arena, "a style is written .%.*s and a space", STR_ARG(style)),
                       str_printf(arena, "样式写作 .%.*s 再空一格", STR_ARG(style))));
    }
}

/* What a text holds that was hardly meant to print. */
void scan_tell_meant(struct scan *scan, char c) {
    if (c == '\xEF') {
        tell_wide_brace(scan);
        tell_false_span(scan);
    } else if (c == '[' || c == '\xE3') {
        tell_false_span(scan);
    } else if (c == '.') {
        tell_late_style(scan);
    } else if (c == '*' || c == '<' || c == '\\' || c == '$' || c == '#' || c == '%' || c == '@') {
        scan_tell_foreign(scan);
    }
    if (c == '\xC2' || c == '&' || c == '[' || c == 'c' || c == 'r') {
        tell_mark(scan);
        tell_page_code(scan);
    } else if (c == '/') {
        tell_one_slash(scan);
    } else if (c == '|') {
        tell_filter_outside(scan);
    }
    if (c == '[') {
        scan_tell_reference(scan);
    }
    bool remark = c == '#' && scan->at >= 2 && str_starts(str_slice(scan->text, scan->at - 2, scan->end), STR("  # "));
    if (remark) {
        TELL_PLAIN(scan->builder->reader, L321, node_place(scan->node, scan->at, 1));
    }
}

/* `.title注：`, `.small（甲）`: names of styles with words right behind them. `. title words`: a space too many. */
void scan_tell_no_space(struct scan *scan, size_t behind) {
    const bool space = scan_starts(scan, behind, STR("　"));
    size_t next = behind + 1; /* .cell. name words */
    while (scan_starts(scan, behind, STR(".")) && scan_starts(scan, next, STR(" "))) {
        next++;
    }
    const size_t second = scan->line.count > 0 && next > behind + 1 ? known_style(scan, next) : 0;
    if (second > 0 && is_apart(scan, next + second)) {
        TELL(scan->builder->reader, L342, node_place(scan->node, behind, 1), scan->line.names[scan->line.count - 1],
             str_slice(scan->text, next, next + second));
    } else if (scan->line.count > 0 && !space && joining_sign(scan, behind) == 0) {
        const size_t last = scan->line.count - 1;
        builder_tell_no_space(scan->builder, scan->line.names[last], scan->line.places[last]);
    }
}

void scan_tell_space(struct scan *scan) {
    const size_t name = scan_starts(scan, scan->at, STR(". ")) ? known_style(scan, scan->at + 2) : 0;
    if (name > 0 && is_apart(scan, scan->at + 2 + name)) {
        TELL(scan->builder->reader, L329, node_place(scan->node, scan->at, (int32_t)name + 2),
             str_slice(scan->text, scan->at + 2, scan->at + 2 + name));
    }
}
