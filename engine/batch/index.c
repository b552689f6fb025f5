/* index.c: index.html. A table for each folder, in the manifest's order, under one search field; a row for each record, which
 * leads to the page of the file that it begins on. A table's heading is the layout's title and the folder, which tells
 * whose copy it is. How the page looks and searches: index_page.h. */
#include "batch/index.h"

#include "base/utf8.h"
#include "batch/index_page.h"
#include "batch/visible.h"
#include "data/pinyin.h"

struct page_writer {
    struct buffer *out;
    struct arena *arena; /* forgotten when the page is written */
    const struct pinyin *pinyin;
    struct buffer reading;
};

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

static void add_text(struct page_writer *writer, struct str text) {
    add_escaped(writer->out, visible_text(writer->arena, text));
}

static void add_cell(struct page_writer *writer, struct str text) {
    add(writer->out, "<td>");
    add_text(writer, text);
    add(writer->out, "</td>\n"); /* a blank between cells for the search */
}

/* --- how a row is read -------------------------------------------------------------------------------------------- */

enum { NAME_LONGEST = 4 };

/* Chinese throughout and no longer than a name, or one with a dot (阿依古丽·买买提). The reading of long words would make every
 * search by letters fit them. */
static bool looks_like_a_name(const struct pinyin *pinyin, struct str text) {
    size_t count = 0;
    bool dotted = false;
    for (size_t at = 0; at < text.n; count++) {
        const uint32_t c = utf8_next(text, &at);
        const bool dot = c == 0xB7 || c == 0x2022 || c == 0x30FB;
        if (!dot && pinyin_of(pinyin, c).n == 0) {
            return false;
        }
        dotted = dotted || dot;
    }
    return count > 1 && (count <= NAME_LONGEST || dotted);
}

/* The record's first line in the index, whatever it is, and those that look like names. */
static void add_reading(struct page_writer *writer, const struct record *record) {
    struct buffer *reading = &writer->reading;
    buffer_clear(reading);
    for (size_t i = 0; i < record->index_count; i++) {
        const struct str text = record->index[i].text;
        if (i == 0 || looks_like_a_name(writer->pinyin, text)) {
            if (reading->count > 0) {
                buffer_byte(reading, ' ');
            }
            pinyin_add(writer->pinyin, reading, text);
        }
    }
    if (str_trim(buffer_str(reading)).n > 0) {
        add(writer->out, " data-p=\"");
        buffer_add(writer->out, buffer_str(reading));
        add(writer->out, "\"");
    }
}

/* --- a row -------------------------------------------------------------------------------------------------------- */

static struct str file_stem(struct str path) {
    struct str rest = path;
    while (rest.p != NULL) {
        path = str_split(rest, '/', &rest);
    }
    const size_t ending = str_ends(path, STR(".pdf"))    ? 4
                          : str_ends(path, STR(".xlsx")) ? 5
                          : str_ends(path, STR(".csv"))  ? 4
                                                         : 0;
    return str_slice(path, 0, path.n - ending);
}

static struct str index_text(const struct record *record, struct str key) {
    for (size_t i = 0; i < record->index_count; i++) {
        if (str_eq(record->index[i].key, key)) {
            return record->index[i].text;
        }
    }
    return STR_NONE;
}

/* The link to the record: its first line in the index, else the file's name. */
static void add_link_cell(struct page_writer *writer, const struct entry *entry, const struct record *record,
                          struct str text) {
    struct buffer *out = writer->out;
    const struct str shown = str_trim(text).n > 0 ? text : file_stem(entry->path);
    if (entry->state == STATE_FAILED) {
        add_cell(writer, shown);
        return;
    }
    add(out, "<td><a href=\"");
    add_link(out, entry->path);
    if (record->page > 1) {
        add(out, "#page=");
        buffer_int(out, record->page);
    }
    add(out, "\">");
    add_text(writer, shown);
    add(out, "</a></td>\n");
}

static bool is_workbook(const struct entry *entry) {
    return str_ends(entry->path, STR(".xlsx")) || str_ends(entry->path, STR(".csv"));
}

/* Where in a shared file, else how long. */
static void add_pages(struct buffer *out, const struct entry *entry, const struct record *record) {
    add(out, "<td class=\"n\">");
    if (entry->record_count > 1 && record->page > 0) {
        add(out, "第 ");
        buffer_int(out, record->page);
    } else {
        buffer_int(out, entry->pages);
    }
    add(out, is_workbook(entry) ? " 张表</td>\n" : " 页</td>\n");
}

static void add_row(struct page_writer *writer, const struct entry *entry, const struct record *record,
                    const struct record *first) {
    static const struct str states[] = {
        [STATE_COMPLETE] = STR_INIT(""),
        [STATE_INCOMPLETE] = STR_INIT("不完整"),
        [STATE_FAILED] = STR_INIT("未能生成"),
    };
    add(writer->out, "<tr");
    add_reading(writer, record);
    add(writer->out, ">");
    add_link_cell(writer, entry, record, first->index_count > 0 ? index_text(record, first->index[0].key) : STR_NONE);
    for (size_t key = 1; key < first->index_count; key++) {
        add_cell(writer, index_text(record, first->index[key].key));
    }
    add_pages(writer->out, entry, record);
    add_cell(writer, states[entry->state]);
    add_cell(writer, entry->day);
    add(writer->out, "</tr>\n");
}

/* --- a folder ----------------------------------------------------------------------------------------------------- */

static size_t folder_end(const struct manifest *manifest, size_t from) {
    size_t to = from + 1;
    while (to < manifest->count && str_eq(manifest->entries[to].folder, manifest->entries[from].folder)) {
        to++;
    }
    return to;
}

static size_t count_records(const struct manifest *manifest, size_t from, size_t to) {
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        count += manifest->entries[i].record_count;
    }
    return count;
}

/* 46 份 318 条: files, and records where there are more of them. */
static void add_counts(struct buffer *out, const struct manifest *manifest, size_t from, size_t to) {
    const size_t records = count_records(manifest, from, to);
    buffer_int(out, (int64_t)(to - from));
    add(out, " 份");
    if (records > to - from) {
        add(out, " ");
        buffer_int(out, (int64_t)records);
        add(out, " 条");
    }
}

static void add_heading(struct page_writer *writer, const struct manifest *manifest, size_t from, size_t to) {
    struct buffer *out = writer->out;
    const struct entry *first = &manifest->entries[from];
    add(out, "<section>\n<h2>");
    add_text(writer, first->title);
    add(out, " <small>");
    add_text(writer, first->folder);
    add(out, " ");
    add_counts(out, manifest, from, to);
    add(out, "</small></h2>\n<table>\n<thead><tr>");
    if (first->records[0].index_count == 0) {
        add(out, "<th scope=\"col\">文件</th>");
    }
    for (size_t key = 0; key < first->records[0].index_count; key++) {
        add(out, "<th scope=\"col\">");
        add_text(writer, first->records[0].index[key].key);
        add(out, "</th>");
    }
    add(out, "<th scope=\"col\" class=\"n\">页</th><th scope=\"col\">状态</th><th "
             "scope=\"col\">数据截至</th></tr></thead>\n<tbody>\n");
}

static void add_folder(struct page_writer *writer, const struct manifest *manifest, size_t from, size_t to) {
    const struct record *first = &manifest->entries[from].records[0];
    add_heading(writer, manifest, from, to);
    for (size_t i = from; i < to; i++) {
        const struct entry *entry = &manifest->entries[i];
        for (size_t r = 0; r < entry->record_count; r++) {
            add_row(writer, entry, &entry->records[r], first);
        }
    }
    add(writer->out, "</tbody>\n</table>\n</section>\n");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void add_top(struct page_writer *writer, const struct manifest *manifest) {
    struct buffer *out = writer->out;
    add(out, INDEX_HEAD "<title>");
    add_text(writer, manifest->term);
    add(out, " 文件目录</title>\n" INDEX_STYLE "</head>\n<body>\n<h1>");
    add_text(writer, manifest->term);
    add(out, " 文件目录</h1>\n<p>数据截至 ");
    add_text(writer, manifest->day);
    add(out, "，共 ");
    add_counts(out, manifest, 0, manifest->count);
    if (str_is(manifest->copy, "encrypted")) {
        add(out, "（加密副本，不作为归档件）");
    } else if (str_is(manifest->copy, "archive")) {
        add(out, "（移交档案室，见 <a href=\"./移交清单.csv\">移交清单.csv</a>）");
    }
    add(out, "。待核对的问题见 <a href=\"./findings.csv\">findings.csv</a>。</p>\n" INDEX_FIELD);
}

void index_html(const struct manifest *manifest, struct buffer *out) {
    struct page_writer writer = {.out = out, .arena = arena_create()};
    writer.pinyin = pinyin_create(writer.arena);
    buffer_clear(out);
    add_top(&writer, manifest);
    add(out, "<main id=\"all\">\n");
    for (size_t from = 0; from < manifest->count;) {
        const size_t to = folder_end(manifest, from);
        add_folder(&writer, manifest, from, to);
        from = to;
    }
    add(out, "</main>\n" INDEX_SCRIPT "</body>\n</html>\n");
    buffer_release(&writer.reading);
    arena_destroy(writer.arena);
}
