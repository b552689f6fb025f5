/* piece.c: a document's metadata is put together from its entry, and from what the database says of its school and its class's volume. */
#include "batch/piece.h"

#include <libxml/xmlwriter.h>

#include "base/csv_line.h"
#include "base/digest.h"
#include "data/data.h"
#include "data/sql.h"

/* --- what is handed over ------------------------------------------------------------------------------------------ */

static bool is_plain(const struct entry *entry) {
    return entry->state != STATE_FAILED && str_ends(entry->path, STR(".pdf")) && str_is(entry->stock, "blank") &&
           entry->printer.n == 0 && !str_ends(entry->folder, STR("-proof"));
}

static enum reader rank(const struct entry *entry) {
    enum reader reader = READER_PUBLIC;
    reader_from_name(entry->reader, &reader);
    return reader;
}

void pieces_narrow(const struct manifest *whole, struct manifest *out) {
    struct strmap best; /* layout: the reader who sees most, from 1 */
    bool found;
    manifest_init(out, whole->arena, whole->term, whole->day);
    out->copy = STR("archive");
    strmap_init(&best, whole->arena);
    for (size_t i = 0; i < whole->count; i++) {
        const struct entry *entry = &whole->entries[i];
        if (is_plain(entry)) {
            uint32_t *least = strmap_put(&best, entry->layout, &found);
            *least = !found || rank(entry) + 1 < *least ? rank(entry) + 1 : *least;
        }
    }
    for (size_t i = 0; i < whole->count; i++) {
        const struct entry *entry = &whole->entries[i];
        if (is_plain(entry) && *strmap_get(&best, entry->layout) == rank(entry) + 1) {
            *manifest_add(out) = *entry;
        }
    }
}

/* --- what the database says --------------------------------------------------------------------------------------- */

enum { SCHOOL, CLASS, NUMBER, NAME, RETENTION, ARCHIVE_NO, COLUMNS };

struct known {
    struct str *cells; /* rows of COLUMNS; of a school by itself the class is "" */
    size_t rows;
    struct strmap at; /* school and class: the row, from 1 */
};

static struct str key_of(struct arena *arena, struct str school, struct str class_name) {
    return str_printf(arena, "%.*s\n%.*s", STR_ARG(school), STR_ARG(class_name));
}

static void ask(struct known *known, struct arena *arena, const char *database, struct str term) {
    static const char sql[] = "SELECT s.name, '', f.number, f.name, f.retention, NULL FROM school AS s LEFT JOIN fonds "
                              "AS f ON f.school_id = s.id "
                              "UNION ALL SELECT s.name, t.display, f.number, f.name, coalesce(v.retention, "
                              "f.retention), v.archive_no FROM volume AS v "
                              "JOIN school AS s ON s.id = v.school_id JOIN class_term AS t ON t.class_id = v.class_id "
                              "AND t.semester_id = v.semester_id "
                              "LEFT JOIN fonds AS f ON f.school_id = s.id WHERE v.semester_id = :term ORDER BY 1, 2, 6";
    const struct sql_value values[] = {{":term", term}};
    struct sql *db = sql_open(database, SQL_READ);
    size_t columns = 0;
    bool found;
    strmap_init(&known->at, arena);
    if (sql_fault(db) == SQL_FINE) {
        known->cells = sql_rows(db, arena, sql, values, 1, &known->rows, &columns);
    }
    known->rows = columns == COLUMNS ? known->rows : 0;
    for (size_t i = 0; i < known->rows; i++) {
        const struct str *row = known->cells + i * COLUMNS;
        *strmap_put(&known->at, key_of(arena, row[SCHOOL], row[CLASS]), &found) = (uint32_t)i + 1;
    }
    sql_close(db);
}

/* The row of the class's volume, else of the school; NULL: it isn't known. */
static const struct str *find(const struct known *known, struct arena *arena, struct str school,
                              struct str class_name) {
    const uint32_t *at = strmap_get(&known->at, key_of(arena, school, class_name));
    at = at != NULL ? at : strmap_get(&known->at, key_of(arena, school, STR("")));
    return at == NULL ? NULL : known->cells + (*at - 1) * COLUMNS;
}

/* --- metadata ----------------------------------------------------------------------------------------------------- */

static struct str index_of(const struct record *record, const char *key) {
    for (size_t i = 0; i < record->index_count; i++) {
        if (str_is(record->index[i].key, key)) {
            return record->index[i].text;
        }
    }
    return STR_NONE;
}

/* A piece's fields, once; empty ones have no element and an empty cell. */
struct fields {
    struct str archive_no, title, day, school, fonds, fonds_no, retention, name;
};

static struct fields fields_of(const struct known *known, struct arena *arena, const struct entry *entry) {
    const struct record *first = &entry->records[0];
    const struct str school = entry->school.n > 0 ? entry->school : index_of(first, "学校");
    const struct str *row = find(known, arena, school, index_of(first, "班级"));
    struct fields fields = {.day = entry->day, .school = school, .title = index_of(first, "题名")};
    fields.archive_no = index_of(first, "档号");
    if (row != NULL) {
        fields.fonds = row[NAME];
        fields.fonds_no = row[NUMBER];
        fields.retention = row[RETENTION];
        fields.archive_no = fields.archive_no.n > 0 ? fields.archive_no : row[ARCHIVE_NO];
    }
    fields.name = entry->record_count == 1 ? index_of(first, "姓名") : STR_NONE;
    if (fields.title.n == 0) {
        const struct str whose = fields.name.n > 0 ? fields.name : school;
        fields.title =
            whose.n == 0 ? entry->title : str_printf(arena, "%.*s　%.*s", STR_ARG(entry->title), STR_ARG(whose));
    }
    return fields;
}

struct out {
    xmlTextWriterPtr writer;
    struct arena *arena;
};

static const xmlChar *xml(const struct out *out, struct str s) {
    return (const xmlChar *)str_c(out->arena, s);
}

static void element(const struct out *out, const char *name, struct str value) {
    if (value.n > 0) {
        xmlTextWriterWriteElement(out->writer, (const xmlChar *)name, xml(out, manifest_text(out->arena, value)));
    }
}

static void number(const struct out *out, const char *name, int64_t value) {
    element(out, name, str_int(out->arena, value));
}

static void begin(const struct out *out, const char *name) {
    xmlTextWriterStartElement(out->writer, (const xmlChar *)name);
}

static void end(const struct out *out) {
    xmlTextWriterEndElement(out->writer);
}

static struct str file_name(struct str path) {
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/') {
        at--;
    }
    return str_slice(path, at, path.n);
}

static void write_origin(const struct out *out, const struct entry *entry, const struct fields *fields) {
    const bool volume = index_of(&entry->records[0], "档号").n > 0; /* it has a number of its own, and isn't in one */
    element(out, "聚合层次", volume ? STR("案卷") : STR("文件"));
    begin(out, "来源");
    element(out, "全宗名称", fields->fonds);
    element(out, "立档单位名称", fields->school);
    end(out);
    element(out, "电子文件号", entry->record);
    begin(out, "档号");
    element(out, "档号", fields->archive_no);
    element(out, "全宗号", fields->fonds_no);
    element(out, "年度", str_slice(entry->day, 0, 4));
    element(out, "保管期限", fields->retention);
    end(out);
}

static void write_content(const struct out *out, const struct entry *entry, const struct fields *fields) {
    begin(out, "内容描述");
    element(out, "题名", fields->title);
    for (size_t i = 0; i < entry->record_count; i++) {
        element(out, "人名", index_of(&entry->records[i], "姓名"));
    }
    element(out, "责任者", fields->school);
    element(out, "日期", fields->day);
    end(out);
    begin(out, "形式特征");
    element(out, "文件组合类型", entry->record_count > 1 ? STR("组合文件") : STR("单件"));
    number(out, "件数", (int64_t)entry->record_count);
    number(out, "页数", entry->pages);
    element(out, "语种", STR("汉语"));
    end(out);
}

static void write_electronic(const struct out *out, const struct entry *entry) {
    begin(out, "电子属性");
    element(out, "格式信息", entry->tagged ? STR("PDF/A-1a（ISO 19005-1:2005）") : STR("PDF/A-1b（ISO 19005-1:2005）"));
    element(out, "计算机文件名", file_name(entry->path));
    number(out, "计算机文件大小", entry->bytes);
    element(out, "文档创建程序", str_printf(out->arena, "dossier %.*s", STR_ARG(entry->engine)));
    begin(out, "摘要值");
    xmlTextWriterWriteAttribute(out->writer, (const xmlChar *)"算法", (const xmlChar *)"SHA-256");
    xmlTextWriterWriteString(out->writer, xml(out, entry->sha256));
    end(out);
    end(out);
}

static struct str metadata_of(struct arena *arena, const struct entry *entry, const struct fields *fields) {
    xmlBufferPtr memory = xmlBufferCreate();
    const struct out out = {xmlNewTextWriterMemory(memory, 0), arena};
    xmlTextWriterSetIndent(out.writer, 1);
    xmlTextWriterStartDocument(out.writer, NULL, "UTF-8", NULL);
    begin(&out, "电子文件");
    write_origin(&out, entry, fields);
    write_content(&out, entry, fields);
    write_electronic(&out, entry);
    xmlTextWriterEndDocument(out.writer);
    xmlFreeTextWriter(out.writer);
    const struct str kept =
        str_copy(arena, (struct str){(const char *)xmlBufferContent(memory), (size_t)xmlBufferLength(memory)});
    xmlBufferFree(memory);
    return kept;
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

void pieces_make(struct pieces *pieces, const struct manifest *manifest, const char *database) {
    struct arena *arena = manifest->arena;
    struct known known = {0};
    ask(&known, arena, database, manifest->term);
    *pieces = (struct pieces){manifest, ARENA_ARRAY(arena, struct piece, manifest->count),
                              ARENA_ARRAY(arena, struct fields, manifest->count)};
    for (size_t i = 0; i < manifest->count; i++) {
        const struct entry *entry = &manifest->entries[i];
        pieces->fields[i] = fields_of(&known, arena, entry);
        pieces->pieces[i] = (struct piece){
            .path = str_printf(arena, "%.*s.xml", STR_ARG(str_slice(entry->path, 0, entry->path.n - STR(".pdf").n))),
            .metadata = metadata_of(arena, entry, &pieces->fields[i]),
        };
    }
}

void pieces_list(const struct pieces *pieces, struct buffer *out) {
    static const char *const headings[] = {"序号", "全宗号",   "档号", "电子文件号", "题名",   "日期",
                                           "页数", "保管期限", "文件", "字节",       "SHA-256"};
    const size_t last = sizeof headings / sizeof *headings - 1;
    struct arena *arena = pieces->manifest->arena;
    buffer_clear(out);
    buffer_add(out, STR(CSV_BOM));
    for (size_t i = 0; i <= last; i++) {
        csv_cell(out, str_from(headings[i]), i == last);
    }
    for (size_t i = 0; i < pieces->manifest->count; i++) {
        const struct entry *entry = &pieces->manifest->entries[i];
        const struct fields *fields = &pieces->fields[i];
        const struct str cells[] = {str_int(arena, (int64_t)i + 1),
                                    fields->fonds_no,
                                    fields->archive_no,
                                    entry->record,
                                    fields->title,
                                    fields->day,
                                    str_int(arena, entry->pages),
                                    fields->retention,
                                    entry->path,
                                    str_int(arena, entry->bytes),
                                    entry->sha256};
        for (size_t cell = 0; cell <= last; cell++) {
            csv_cell(out, cells[cell], cell == last);
        }
    }
}

static void add_sum(struct buffer *out, struct str sum, struct str path) {
    buffer_printf(out, "%.*s  %.*s\n", STR_ARG(sum), STR_ARG(path));
}

void pieces_sums(const struct pieces *pieces, struct str index, struct str findings, struct str list,
                 struct buffer *out) {
    struct arena *arena = pieces->manifest->arena;
    buffer_clear(out);
    add_sum(out, digest_hex(arena, index.p, index.n), STR("index.html"));
    add_sum(out, digest_hex(arena, findings.p, findings.n), STR("findings.csv"));
    add_sum(out, digest_hex(arena, list.p, list.n), STR(PIECES_LIST));
    add_sum(out, digest_hex(arena, pieces_schema, pieces_schema_count), STR(PIECES_SCHEMA));
    for (size_t i = 0; i < pieces->manifest->count; i++) {
        const struct piece *piece = &pieces->pieces[i];
        add_sum(out, pieces->manifest->entries[i].sha256, pieces->manifest->entries[i].path);
        add_sum(out, digest_hex(arena, piece->metadata.p, piece->metadata.n), piece->path);
    }
}
