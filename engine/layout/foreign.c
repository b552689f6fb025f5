/* foreign.c: tags of HTML, commands of LaTeX and references in brackets, which print here, and how the same is written. */
#include "layout/scan.h"

#include <string.h>

/* --- words with the sign that begins them, and how it is done here ------------------------------------------------- */

#define BOLD   BOTH_INIT("[.bold words] is for some words of a line", "行内几个字用 [.bold 文字]")
#define ITALIC BOTH_INIT("[.italic words] is for some words of a line", "行内几个字用 [.italic 文字]")
#define UNDERLINE                                                                                                      \
    BOTH_INIT("make a style with decoration: underline, and write [.name words]",                                      \
              "请建一个 decoration: underline 的样式，写作 [.样式名 文字]")
#define NEW_LINE BOTH_INIT("// begins a new line in a cell, a line's end does in a text", "格内换行写 //，正文直接换行")
#define CENTRE                                                                                                         \
    BOTH_INIT("write .centre and a space before the words of the line", "请在这一行的文字前写 .centre 和空格")
#define PICTURE BOTH_INIT("a picture is a block: - image: photos/name.png", "图片是单独的块：- image: photos/名称.png")
#define HEADING BOTH_INIT("a heading is a block of its own: - heading: words", "标题是单独的块：- heading: 文字")
#define RULED                                                                                                          \
    BOTH_INIT("tables are ruled by themselves: take it out; a line is a block - rule: 0.5pt",                          \
              "表格自有框线，请删去；横线另写一块 - rule: 0.5pt")
#define CELLS    BOTH_INIT("cells stand between |, and each row in a line of its own", "格与格之间写 |，每行各占一行")
#define NEW_PAGE BOTH_INIT("a new page is a block: - page: break", "换页是单独的块：- page: break")
#define ROOM                                                                                                           \
    BOTH_INIT("room is a block, - space: 5mm; between words type U+3000",                                              \
              "空出一段写块 - space: 5mm；字间空格请输入全角空格")
#define SMALLER BOTH_INIT("[.small words] is for some words of a line", "行内几个字用 [.small 文字]")
#define RAISED  BOTH_INIT("raised figures are characters of their own: ², ³, ①", "上标请直接输入：²、³、①")
#define LOOK                                                                                                           \
    BOTH_INIT("looks are styles: [.bold words], or .centre before a line",                                             \
              "外观用样式：[.bold 文字]，或在行首写 .centre")
#define ITEMS    BOTH_INIT("items are lines, each with its own sign: 一、words", "列表逐行写，自带序号：一、文字")
#define NOTE     BOTH_INIT("a note is written [* words]", "加注写作 [* 注文]")
#define VERTICAL BOTH_INIT("a cell reaches down by ^ in the cell below", "向下合并请在下面的格写 ^")
#define ACROSS   BOTH_INIT("a cell reaches across by < in the cell at its right", "向右合并请在右边的格写 <")
#define ADDRESS  BOTH_INIT("write the address alone; on paper nothing is clicked", "请只写网址；纸上不能点击")

struct foreign {
    const char *names; /* parted by | */
    struct str hint;
};

static const struct foreign tags[] = {
    {"b|strong", BOLD},
    {"i|em", ITALIC},
    {"u|s|del|strike", UNDERLINE},
    {"br", NEW_LINE},
    {"p|div|section", NEW_LINE},
    {"center", CENTRE},
    {"img", PICTURE},
    {"h1|h2|h3|h4", HEADING},
    {"hr", RULED},
    {"table|tr|td|th|thead|tbody", CELLS},
    {"ul|ol|li", ITEMS},
    {"sup|sub", RAISED},
    {"small", SMALLER},
    {"font|span|big|mark", LOOK},
    {"a", ADDRESS},
};

static const struct foreign commands[] = {
    {"textbf|bf|bfseries|mathbf", BOLD},
    {"textit|it|emph|em", ITALIC},
    {"underline|uline", UNDERLINE},
    {"newline|linebreak|par|n|r|cr", NEW_LINE},
    {"centering|center|begin|end|centerline", CENTRE},
    {"includegraphics", PICTURE},
    {"section|subsection|title|chapter", HEADING},
    {"hline|toprule|midrule|bottomrule|cline|hrule", RULED},
    {"newpage|pagebreak|clearpage", NEW_PAGE},
    {"hspace|vspace|quad|qquad|hfill|vfill|bigskip|medskip|smallskip|t", ROOM},
    {"small|footnotesize|tiny|large|Large|huge", SMALLER},
    {"textsuperscript|textsubscript", RAISED},
    {"color|textcolor|fontsize|songti|heiti|kaishu", LOOK},
    {"item", ITEMS},
    {"footnote", NOTE},
    {"multirow", VERTICAL},
    {"multicolumn", ACROSS},
};

/* The hint for a name, in small letters too where `any_case`; NULL for none. */
static const struct str *find(const struct foreign *all, size_t count, struct str name, bool any_case) {
    char small[16];
    if (name.n == 0 || name.n >= sizeof small) {
        return NULL;
    }
    for (size_t i = 0; i < name.n; i++) {
        small[i] = any_case ? (char)(name.p[i] | 0x20) : name.p[i];
    }
    for (size_t i = 0; i < count; i++) {
        for (struct str rest = str_from(all[i].names); rest.n > 0;) {
            if (str_eq(str_split(rest, '|', &rest), (struct str){small, name.n})) {
                return &all[i].hint;
            }
        }
    }
    return NULL;
}

static void tell(const struct scan *scan, size_t n, struct str hint) {
    const struct str written = str_slice(scan->text, scan->at, scan->at + n);
    TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)n), written, hint);
}

/* <b>, <BR/>, <font …>, <h1>; of a pair the first is told. */
void scan_tell_tag(const struct scan *scan) {
    static const struct str placeholder = BOTH_INIT("a placeholder is written {name}", "占位符写作 {名称}");
    const struct str text = str_slice(scan->text, scan->at, scan->end);
    if (str_starts(text, STR("<%")) || str_starts(text, STR("<#")) || str_starts(text, STR("<?"))) {
        tell(scan, 2, placeholder);
        return;
    }
    size_t n = 1;
    while (n < text.n && (is_letter(text.p[n]) || (text.p[n] >= '1' && text.p[n] <= '6'))) {
        n++;
    }
    const struct str *hint =
        n < text.n && strchr("> /", text.p[n]) != NULL
            ? find(tags, sizeof tags / sizeof tags[0], str_slice(text, 1, n), n < 3 || !(text.p[1] & 0x20))
            : NULL;
    hint = hint == NULL && n < text.n && strchr("> /", text.p[n]) != NULL
               ? find(tags, sizeof tags / sizeof tags[0], str_slice(text, 1, n), false)
               : hint;
    if (hint != NULL) {
        tell(scan, n + (text.p[n] == '>'), *hint);
    }
}

/* \textbf{…}, \hline, \n; and \\ at a line's end, which prints a backslash. */
void scan_tell_command(const struct scan *scan) {
    static const struct str line = BOTH_INIT("take it out: a line ends by itself; // begins a new line in a cell",
                                             "请删去：行末自然换行；格内换行写 //");
    const struct str text = str_slice(scan->text, scan->at, scan->end);
    size_t n = 1;
    if (str_starts(text, STR("\\\\"))) {
        const struct str behind = str_slice(text, 2, text.n);
        const size_t end = str_find_byte(behind, '\n');
        const bool first = scan->count == 0 && scan->pending.count == 0; /* a sign by itself is meant */
        if (!first && str_trim(str_slice(behind, 0, end)).n == 0) {
            tell(scan, 2, line);
        }
        return;
    }
    while (n < text.n && is_letter(text.p[n])) {
        n++;
    }
    const struct str *hint = find(commands, sizeof commands / sizeof commands[0], str_slice(text, 1, n), false);
    if (hint != NULL) {
        tell(scan, n, *hint);
    }
}

/* 甲[1], {name}[12]: a reference, which counts nothing; 甲[注：words]: a note without its sign. */
void scan_tell_reference(const struct scan *scan) {
    static const struct str note = NOTE;
    static const char *const words[] = {"[注：", "[注:", "[备注：", "[备注:", "[note:", "[Note:", "[注释：", "[脚注："};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (scan_starts(scan, scan->at, str_from(words[i]))) {
            tell(scan, 1, note);
            return;
        }
    }
    size_t n = 1;
    while (scan->at + n < scan->end && n < 4 && scan->text.p[scan->at + n] >= '0' &&
           scan->text.p[scan->at + n] <= '9') {
        n++;
    }
    const bool behind_words = scan->at > 0 && strchr(" \n|[/", scan->text.p[scan->at - 1]) == NULL;
    if (behind_words && n > 1 && n < 4 && scan_starts(scan, scan->at + n, STR("]"))) {
        tell(scan, n + 1, note);
    }
}
