/* manifest_xml.c: the manifest as XML, out and in again.
 *
 *     <manifest version="1" term="2026-2027-1" day="2026-11-25" engine="0.1.0">
 *       <document path="archive/…/….pdf" layout="archive" folder="archive" reader="inspector" stock="blank" printer="" record="…"
 *                 subject="…" school="…" title="…" month="" day="2026-11-25" state="complete" pages="12" bytes="98304" hash="…" sha256="…"
 *                 faces="NotoSerifCJKsc-Regular …">
 *         <record key="…" page="1" edition="1" content="…" code="…">   of papers that bear a checking code
 *           <index key="name">…</index>
 *         </record>
 *         <finding code="C501" severity="fault" record="…" field="…">…</finding>
 *       </document>
 *       <layout name="volume" folder="volume">
 *         <finding …>…</finding>
 *       </layout>
 *     </manifest>
 *
 * manifest.rng beside this file says the same in RELAX NG. A tagged PDF has tagged="yes". A document that another engine made than the first one says so
 * itself. The manifest of a shard has shard, shards and database too, and a place for each document; that of encrypted copies copy="encrypted",
 * that of what an archive room takes over copy="archive" and sums.
 *
 * Files of before there were records have the <index> of the first in <document>: they read as one record a document.
 *
 * What is read may have been edited by anybody: no entities, no network, no DOCTYPE, numbers are checked, and a path is
 * only ever used through output_retire, which doesn't leave the folder. */
#include "batch/manifest.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

/* --- out ---------------------------------------------------------------------------------------------------------- */

static const xmlChar *xml_text(struct arena *arena, struct str s) {
    return (const xmlChar *)str_c(arena, s);
}

struct out {
    xmlTextWriterPtr writer;
    struct arena *arena;
};

static void attribute(const struct out *out, const char *name, struct str value) {
    xmlTextWriterWriteAttribute(out->writer, (const xmlChar *)name, xml_text(out->arena, value));
}

static void number(const struct out *out, const char *name, int64_t value) {
    attribute(out, name, str_int(out->arena, value));
}

static void write_finding(const struct out *out, const struct finding *finding) {
    xmlTextWriterStartElement(out->writer, (const xmlChar *)"finding");
    attribute(out, "code", finding->code);
    attribute(out, "severity", finding->severity);
    attribute(out, "record", finding->record);
    attribute(out, "field", finding->field);
    attribute(out, "label", finding->label);
    attribute(out, "remedy", finding->remedy);
    xmlTextWriterWriteString(out->writer, xml_text(out->arena, finding->message));
    xmlTextWriterEndElement(out->writer);
}

static void write_record(const struct out *out, const struct record *record) {
    xmlTextWriterStartElement(out->writer, (const xmlChar *)"record");
    attribute(out, "key", record->key);
    number(out, "page", record->page);
    if (record->edition > 0) {
        number(out, "edition", record->edition);
        attribute(out, "content", record->content);
        attribute(out, "code", record->code);
    }
    for (size_t i = 0; i < record->index_count; i++) {
        xmlTextWriterStartElement(out->writer, (const xmlChar *)"index");
        attribute(out, "key", record->index[i].key);
        xmlTextWriterWriteString(out->writer, xml_text(out->arena, record->index[i].text));
        xmlTextWriterEndElement(out->writer);
    }
    xmlTextWriterEndElement(out->writer);
}

/* What most have alike stands once, in <manifest>. */
static void inherited(const struct out *out, const char *name, struct str value, struct str first) {
    if (!str_eq(value, first)) {
        attribute(out, name, value);
    }
}

static void write_entry(const struct out *out, const struct entry *entry, const struct entry *first) {
    xmlTextWriterStartElement(out->writer, (const xmlChar *)"document");
    attribute(out, "path", entry->path);
    attribute(out, "layout", entry->layout);
    attribute(out, "folder", entry->folder);
    attribute(out, "reader", entry->reader);
    attribute(out, "stock", entry->stock);
    attribute(out, "printer", entry->printer);
    attribute(out, "record", entry->record);
    attribute(out, "subject", entry->subject);
    if (entry->school.n > 0) {
        attribute(out, "school", entry->school);
    }
    attribute(out, "title", entry->title);
    attribute(out, "month", entry->month);
    attribute(out, "day", entry->day);
    attribute(out, "state", document_state_name(entry->state));
    if (entry->tagged) {
        attribute(out, "tagged", STR("yes"));
    }
    number(out, "pages", entry->pages);
    number(out, "bytes", entry->bytes);
    attribute(out, "hash", entry->hash);
    attribute(out, "sha256", entry->sha256);
    attribute(out, "faces", entry->faces);
    if (entry->place > 0) {
        number(out, "place", entry->place);
    }
    inherited(out, "engine", entry->engine, first->engine);
    for (size_t i = 0; i < entry->record_count; i++) {
        write_record(out, &entry->records[i]);
    }
    for (size_t i = 0; i < entry->finding_count; i++) {
        write_finding(out, &entry->findings[i]);
    }
    xmlTextWriterEndElement(out->writer);
}

static void write_notice(const struct out *out, const struct notice *notice) {
    xmlTextWriterStartElement(out->writer, (const xmlChar *)"layout");
    attribute(out, "name", notice->layout);
    attribute(out, "folder", notice->folder);
    for (size_t i = 0; i < notice->finding_count; i++) {
        write_finding(out, &notice->findings[i]);
    }
    xmlTextWriterEndElement(out->writer);
}

void manifest_write(const struct manifest *manifest, struct buffer *bytes) {
    xmlBufferPtr memory = xmlBufferCreate();
    const struct out out = {xmlNewTextWriterMemory(memory, 0), manifest->arena};
    xmlTextWriterSetIndent(out.writer, 1);
    xmlTextWriterStartDocument(out.writer, NULL, "UTF-8", NULL);
    xmlTextWriterStartElement(out.writer, (const xmlChar *)"manifest");
    number(&out, "version", 1);
    attribute(&out, "term", manifest->term);
    attribute(&out, "day", manifest->day);
    attribute(&out, "engine", manifest->count > 0 ? manifest->entries[0].engine : STR_NONE);
    if (manifest->copy.n > 0) {
        attribute(&out, "copy", manifest->copy);
    }
    if (manifest->sums.n > 0) {
        attribute(&out, "sums", manifest->sums);
    }
    if (manifest->shards > 0) {
        number(&out, "shard", manifest->shard);
        number(&out, "shards", manifest->shards);
        attribute(&out, "database", manifest->database);
    }
    for (size_t i = 0; i < manifest->count; i++) {
        write_entry(&out, &manifest->entries[i], &manifest->entries[0]);
    }
    for (size_t i = 0; i < manifest->notice_count; i++) {
        write_notice(&out, &manifest->notices[i]);
    }
    xmlTextWriterEndDocument(out.writer);
    xmlFreeTextWriter(out.writer);
    buffer_clear(bytes);
    buffer_append(bytes, xmlBufferContent(memory), (size_t)xmlBufferLength(memory));
    xmlBufferFree(memory);
}

/* --- in ----------------------------------------------------------------------------------------------------------- */

static struct str read_attribute(xmlTextReaderPtr reader, struct arena *arena, const char *name) {
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    const struct str copy = value == NULL ? STR_NONE : str_copy(arena, str_from((const char *)value));
    xmlFree(value);
    return copy;
}

static int64_t read_number(xmlTextReaderPtr reader, struct arena *arena, const char *name) {
    int64_t value = 0;
    return str_to_int(read_attribute(reader, arena, name), &value) ? value : 0;
}

static struct str read_content(xmlTextReaderPtr reader, struct arena *arena) {
    xmlChar *value = xmlTextReaderReadString(reader);
    const struct str copy = value == NULL ? STR_NONE : str_copy(arena, str_from((const char *)value));
    xmlFree(value);
    return copy;
}

static enum document_state read_state(xmlTextReaderPtr reader, struct arena *arena) {
    const struct str name = read_attribute(reader, arena, "state");
    for (enum document_state state = STATE_COMPLETE; state < STATE_FAILED; state++) {
        if (str_eq(name, document_state_name(state))) {
            return state;
        }
    }
    return STATE_FAILED;
}

struct in {
    xmlTextReaderPtr reader;
    struct manifest *manifest;
    size_t record_capacity, index_capacity, finding_capacity; /* of the entry being read */
    struct str day, engine; /* of the run that wrote it: its entries', where they don't say */
    bool has_records;       /* it says so itself; else it is taken for one */
};

static void add_record(struct in *in, struct entry *entry, struct str key, int64_t page) {
    in->index_capacity = 0;
    ARENA_GROW(in->manifest->arena, entry->records, entry->record_count, in->record_capacity);
    entry->records[entry->record_count++] = (struct record){.key = key, .page = page};
}

/* Its own, else the manifest's. */
static struct str read_inherited(struct in *in, const char *name, struct str first) {
    xmlChar *value = xmlTextReaderGetAttribute(in->reader, (const xmlChar *)name);
    const struct str copy = value == NULL ? first : str_copy(in->manifest->arena, str_from((const char *)value));
    xmlFree(value);
    return copy;
}

static void read_document(struct in *in) {
    struct arena *arena = in->manifest->arena;
    struct entry *entry = manifest_add(in->manifest);
    in->record_capacity = in->finding_capacity = 0;
    in->has_records = false;
    *entry = (struct entry){
        .path = read_attribute(in->reader, arena, "path"),
        .layout = read_attribute(in->reader, arena, "layout"),
        .folder = read_attribute(in->reader, arena, "folder"),
        .reader = read_attribute(in->reader, arena, "reader"),
        .stock = read_attribute(in->reader, arena, "stock"),
        .record = read_attribute(in->reader, arena, "record"),
        .title = read_attribute(in->reader, arena, "title"),
        .month = read_attribute(in->reader, arena, "month"),
        .hash = read_attribute(in->reader, arena, "hash"),
        .printer = read_attribute(in->reader, arena, "printer"),
        .subject = read_attribute(in->reader, arena, "subject"),
        .school = read_attribute(in->reader, arena, "school"),
        .sha256 = read_attribute(in->reader, arena, "sha256"),
        .faces = read_attribute(in->reader, arena, "faces"),
        .engine = read_inherited(in, "engine", in->engine),
        .state = read_state(in->reader, arena),
        .tagged = str_is(read_attribute(in->reader, arena, "tagged"), "yes"),
        .pages = read_number(in->reader, arena, "pages"),
        .bytes = read_number(in->reader, arena, "bytes"),
        .place = read_number(in->reader, arena, "place"),
    };
    const struct str day = read_attribute(in->reader, arena, "day");
    entry->day = day.n > 0 ? day : in->day;
    add_record(in, entry, entry->record, entry->state != STATE_FAILED);
}

static void read_record(struct in *in, struct entry *entry) {
    struct arena *arena = in->manifest->arena;
    if (!in->has_records) {
        in->has_records = true;
        entry->record_count = 0;
    }
    add_record(in, entry, read_attribute(in->reader, arena, "key"), read_number(in->reader, arena, "page"));
    struct record *record = &entry->records[entry->record_count - 1];
    record->edition = read_number(in->reader, arena, "edition");
    record->content = read_attribute(in->reader, arena, "content");
    record->code = read_attribute(in->reader, arena, "code");
}

static void read_index(struct in *in, struct entry *entry) {
    struct arena *arena = in->manifest->arena;
    struct record *record = &entry->records[entry->record_count - 1];
    ARENA_GROW(arena, record->index, record->index_count, in->index_capacity);
    struct index_text *index = &record->index[record->index_count++];
    index->key = read_attribute(in->reader, arena, "key");
    index->text = read_content(in->reader, arena);
}

static void read_notice(struct in *in) {
    struct arena *arena = in->manifest->arena;
    in->finding_capacity = 0;
    *manifest_add_notice(in->manifest) = (struct notice){
        .layout = read_attribute(in->reader, arena, "name"),
        .folder = read_attribute(in->reader, arena, "folder"),
    };
}

static void read_finding(struct in *in, struct finding **findings, size_t *count) {
    struct arena *arena = in->manifest->arena;
    ARENA_GROW(arena, *findings, *count, in->finding_capacity);
    struct finding *finding = &(*findings)[(*count)++];
    finding->code = read_attribute(in->reader, arena, "code");
    finding->severity = read_attribute(in->reader, arena, "severity");
    finding->record = read_attribute(in->reader, arena, "record");
    finding->field = read_attribute(in->reader, arena, "field");
    finding->label = read_attribute(in->reader, arena, "label");
    finding->remedy = read_attribute(in->reader, arena, "remedy");
    finding->message = read_content(in->reader, arena);
}

static void read_element(struct in *in) {
    const struct str name = str_from((const char *)xmlTextReaderConstName(in->reader));
    struct entry *entry = in->manifest->count > 0 ? &in->manifest->entries[in->manifest->count - 1] : NULL;
    if (str_is(name, "manifest")) {
        in->day = read_attribute(in->reader, in->manifest->arena, "day");
        in->manifest->copy = read_attribute(in->reader, in->manifest->arena, "copy");
        in->manifest->sums = read_attribute(in->reader, in->manifest->arena, "sums");
        in->manifest->database = read_attribute(in->reader, in->manifest->arena, "database");
        in->manifest->shard = read_number(in->reader, in->manifest->arena, "shard");
        in->manifest->shards = read_number(in->reader, in->manifest->arena, "shards");
        if (in->manifest->term.n == 0) {
            in->manifest->term = read_attribute(in->reader, in->manifest->arena, "term");
            in->manifest->day = in->day;
        }
        in->engine = read_attribute(in->reader, in->manifest->arena, "engine");
    } else if (str_is(name, "document")) {
        read_document(in);
    } else if (str_is(name, "record") && entry != NULL) {
        read_record(in, entry);
    } else if (str_is(name, "index") && entry != NULL) {
        read_index(in, entry);
    } else if (str_is(name, "layout")) {
        read_notice(in);
    } else if (str_is(name, "finding") && in->manifest->notice_count > 0) { /* the layouts stand last */
        struct notice *notice = &in->manifest->notices[in->manifest->notice_count - 1];
        read_finding(in, &notice->findings, &notice->finding_count);
    } else if (str_is(name, "finding") && entry != NULL) {
        read_finding(in, &entry->findings, &entry->finding_count);
    }
}

/* The parser's first complaint, copied: its own words don't outlive the reader. */
struct complaint {
    struct arena *arena;
    struct str text;
};

static void keep_complaint(void *context, xmlErrorPtr error) {
    struct complaint *complaint = context;
    if (complaint->text.n == 0 && error != NULL && error->message != NULL) {
        complaint->text = str_copy(complaint->arena, str_trim(str_from(error->message)));
    }
}

static bool read_all(struct in *in, struct complaint *complaint) {
    bool is_manifest = false;
    int more;
    while ((more = xmlTextReaderRead(in->reader)) == 1) {
        const int type = xmlTextReaderNodeType(in->reader);
        if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
            complaint->text = STR("DOCTYPE");
            return false;
        }
        if (type == XML_READER_TYPE_ELEMENT) {
            is_manifest |= xmlTextReaderDepth(in->reader) == 0 &&
                           str_is(str_from((const char *)xmlTextReaderConstName(in->reader)), "manifest");
            read_element(in);
        }
    }
    return more == 0 && is_manifest;
}

bool manifest_read(struct manifest *manifest, struct str bytes, struct str path, struct diags *diags) {
    struct complaint complaint = {.arena = manifest->arena};
    struct in in = {.manifest = manifest};
    in.reader = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL, XML_PARSE_NONET);
    if (in.reader != NULL) {
        xmlTextReaderSetStructuredErrorHandler(in.reader, keep_complaint, &complaint);
    }
    const bool good = in.reader != NULL && read_all(&in, &complaint);
    xmlFreeTextReader(in.reader);
    if (!good) {
        manifest->count = manifest->notice_count = 0;
        DIAG_ADD(diags, O107, PLACE_NONE, path, complaint.text);
    }
    return good;
}
