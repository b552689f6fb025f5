/* index.c: index.html. A table for each folder, in the manifest's order, under one search field. Its heading is the
 * layout's title and the folder, which tells whose copy it is. */
#include "batch/index.h"

/* --- writing HTML ------------------------------------------------------------------------------------------------- */

static void add(struct buffer *out, const char *literal) {
    buffer_add(out, str_from(literal));
}

static void add_escaped(struct buffer *out, struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&':
            add(out, "&amp;");
            break;
        case '<':
            add(out, "&lt;");
            break;
        case '>':
            add(out, "&gt;");
            break;
        case '"':
            add(out, "&quot;");
            break;
        case '\'':
            add(out, "&#39;");
            break;
        default:
            buffer_byte(out, s.p[i]);
        }
    }
}

/* RFC 3986: unreserved characters and the slashes between folders stay. "./" in front keeps a colon from making a
 * scheme. */
static void add_link(struct buffer *out, struct str path) {
    static const char hex[] = "0123456789ABCDEF";
    static const struct str plain = STR_INIT("-._~/");
    add(out, "./");
    for (size_t i = 0; i < path.n; i++) {
        const unsigned char c = (unsigned char)path.p[i];
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (alphanumeric || str_find_byte(plain, (char)c) < plain.n) {
            buffer_byte(out, (char)c);
        } else {
            buffer_byte(out, '%');
            buffer_byte(out, hex[c >> 4]);
            buffer_byte(out, hex[c & 15]);
        }
    }
}

static void add_cell(struct buffer *out, struct str text) {
    add(out, "<td>");
    add_escaped(out, text);
    add(out, "</td>");
}

/* --- a folder ----------------------------------------------------------------------------------------------------- */

static struct str file_stem(struct str path) {
    struct str rest = path;
    while (rest.p != NULL) {
        path = str_split(rest, '/', &rest);
    }
    return str_ends(path, STR(".pdf")) ? str_slice(path, 0, path.n - 4) : path;
}

static void add_index_cells(struct buffer *out, const struct bound *record, const struct bound *first) {
    for (size_t key = 0; key < first->index_count; key++) {
        struct str text = STR_NONE;
        for (size_t i = 0; i < record->index_count; i++) {
            if (str_eq(record->index[i].key, first->index[key].key)) {
                text = record->index[i].text;
            }
        }
        add_cell(out, text);
    }
}

static void add_row(struct buffer *out, const struct entry *entry, const struct entry *first) {
    static const struct str states[] = {
        [STATE_COMPLETE] = STR_INIT(""),
        [STATE_INCOMPLETE] = STR_INIT("不完整"),
        [STATE_FAILED] = STR_INIT("未能生成"),
    };
    add(out, "<tr><td>");
    if (entry->state == STATE_FAILED) {
        add_escaped(out, file_stem(entry->path));
    } else {
        add(out, "<a href=\"");
        add_link(out, entry->path);
        add(out, "\">");
        add_escaped(out, file_stem(entry->path));
        add(out, "</a>");
    }
    add(out, "</td>");
    add_index_cells(out, &entry->records[0], &first->records[0]);
    add(out, "<td class=\"n\">");
    buffer_int(out, entry->pages);
    add(out, "</td>");
    add_cell(out, states[entry->state]);
    add(out, "</tr>\n");
}

static size_t folder_end(const struct manifest *manifest, size_t from) {
    size_t to = from + 1;
    while (to < manifest->count && str_eq(manifest->entries[to].folder, manifest->entries[from].folder)) {
        to++;
    }
    return to;
}

static void add_heading(struct buffer *out, const struct entry *first, size_t count) {
    add(out, "<section>\n<h2>");
    add_escaped(out, first->title);
    add(out, " <small>");
    add_escaped(out, first->folder);
    add(out, " ");
    buffer_int(out, (int64_t)count);
    add(out, " 份</small></h2>\n<table>\n<thead><tr><th>文件</th>");
    for (size_t key = 0; key < first->records[0].index_count; key++) {
        add(out, "<th>");
        add_escaped(out, first->records[0].index[key].key);
        add(out, "</th>");
    }
    add(out, "<th>页数</th><th>状态</th></tr></thead>\n<tbody>\n");
}

static void add_folder(struct buffer *out, const struct manifest *manifest, size_t from, size_t to) {
    const struct entry *first = &manifest->entries[from];
    add_heading(out, first, to - from);
    for (size_t i = from; i < to; i++) {
        add_row(out, &manifest->entries[i], first);
    }
    add(out, "</tbody>\n</table>\n</section>\n");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static const char HEAD[] = "<meta name=\"viewport\" content=\"width=device-width\">\n"
                           "<style>\n"
                           "body{font:16px/1.5 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"PingFang "
                           "SC\",sans-serif;margin:2em auto;max-width:72em;padding:0 1em}\n"
                           "input{font:inherit;width:100%;box-sizing:border-box;padding:.4em .6em}\n"
                           "table{border-collapse:collapse;width:100%}\n"
                           "th,td{text-align:left;padding:.2em .6em;border-bottom:1px solid #ccc;vertical-align:top}\n"
                           "td.n{text-align:right}\n"
                           "small{font-weight:normal;color:#555}\n"
                           "</style>\n</head>\n<body>\n";

/* Every word typed must occur in a row; a folder without such a row is hidden. Without scripts all rows stay. */
static const char SCRIPT[] =
    "<script>\n"
    "const field = document.getElementById('search');\n"
    "const rows = [...document.querySelectorAll('tbody tr')].map(row => [row, row.textContent.toLowerCase()]);\n"
    "field.addEventListener('input', () => {\n"
    "  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);\n"
    "  for (const [row, text] of rows) row.hidden = !words.every(word => text.includes(word));\n"
    "  for (const section of document.querySelectorAll('section'))\n"
    "    section.hidden = !section.querySelector('tbody tr:not([hidden])');\n"
    "});\n"
    "</script>\n";

void index_html(const struct manifest *manifest, struct buffer *out) {
    buffer_clear(out);
    add(out, "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    add_escaped(out, manifest->term);
    add(out, " 文件目录</title>\n");
    add(out, HEAD);
    add(out, "<h1>");
    add_escaped(out, manifest->term);
    add(out, " 文件目录</h1>\n<p>数据截至 ");
    add_escaped(out, manifest->day);
    add(out, "，共 ");
    buffer_int(out, (int64_t)manifest->count);
    add(out, " 份。待核对的问题见 <a href=\"./findings.csv\">findings.csv</a>。</p>\n"
             "<p><input id=\"search\" type=\"search\" aria-label=\"查找\" "
             "placeholder=\"查找：姓名、学校、班级、编号\"></p>\n");
    for (size_t from = 0; from < manifest->count;) {
        const size_t to = folder_end(manifest, from);
        add_folder(out, manifest, from, to);
        from = to;
    }
    add(out, SCRIPT);
    add(out, "</body>\n</html>\n");
}
