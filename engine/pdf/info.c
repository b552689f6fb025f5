/* info.c: what a file says of itself: title, author, date and /ID; twice, in the info dictionary and as an XMP packet
 * (ISO 16684-1), which must agree (ISO 19005-1, 6.7.3). All of it comes from the document and its options.
 *
 *     document, options ──► about: six texts and a day ──┬──► info dictionary, UTF-16
 *                                                        └──► XMP, XML in UTF-8
 *
 * A text goes into both as it reads on one line: XML can't hold control characters, so each becomes a blank. */
#include "pdf/internal.h"

#include "page/sinks.h"

enum entry { TITLE, AUTHOR, SUBJECT, KEYWORDS, CREATOR, PRODUCER, ENTRIES };

/* Empty: left out. */
struct about {
    struct str texts[ENTRIES];
    struct str day; /* 2026-11-25 */
    bool tagged;
};

/* Where a text stands in either: the XML around it, or its element alone. */
static const struct {
    struct str key, before, behind;
} places[ENTRIES] = {
    [TITLE] = {STR_INIT("/Title"), STR_INIT("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"),
               STR_INIT("</rdf:li></rdf:Alt></dc:title>")},
    [AUTHOR] = {STR_INIT("/Author"), STR_INIT("<dc:creator><rdf:Seq><rdf:li>"),
                STR_INIT("</rdf:li></rdf:Seq></dc:creator>")},
    [SUBJECT] = {STR_INIT("/Subject"), STR_INIT("<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">"),
                 STR_INIT("</rdf:li></rdf:Alt></dc:description>")},
    [KEYWORDS] = {STR_INIT("/Keywords"), STR_INIT("<pdf:Keywords>"), STR_INIT("</pdf:Keywords>")},
    [CREATOR] = {STR_INIT("/Creator"), STR_INIT("<xmp:CreatorTool>"), STR_INIT("</xmp:CreatorTool>")},
    [PRODUCER] = {STR_INIT("/Producer"), STR_INIT("<pdf:Producer>"), STR_INIT("</pdf:Producer>")},
};

static bool is_blank(uint32_t code_point) {
    return code_point <= 0x20 || (code_point >= 0x7F && code_point <= 0xA0) || (code_point & 0xFFFE) == 0xFFFE;
}

/* One line, without blanks at its ends or in a row. PDF/A-1 takes no string of more than 65535 bytes. */
static struct str line_in(struct arena *arena, struct str text) {
    enum { LONGEST = 16000 };
    struct buffer line = {0};
    bool blank = false;
    for (size_t at = 0, count = 0; at < text.n && count < LONGEST; count++) {
        const uint32_t code_point = utf8_next(text, &at);
        char bytes[4];
        if (is_blank(code_point)) {
            blank = true;
            continue;
        }
        if (blank && line.count > 0) {
            buffer_byte(&line, ' ');
        }
        blank = false;
        buffer_append(&line, bytes, utf8_encode(code_point, bytes));
    }
    const struct str kept = str_copy(arena, buffer_str(&line));
    buffer_release(&line);
    return kept;
}

/* --- the info dictionary */

/* The day's beginning in Greenwich, which is that day in China too. */
static void put_date(struct buffer *out, struct str day) {
    buffer_add(out, STR("/CreationDate(D:"));
    for (size_t i = 0; i < day.n; i++) {
        if (day.p[i] >= '0' && day.p[i] <= '9') {
            buffer_byte(out, day.p[i]);
        }
    }
    buffer_add(out, STR("000000Z)"));
}

static void write_dictionary(struct file *file, const struct about *about) {
    struct buffer *text = file_text(file);
    for (int i = 0; i < ENTRIES; i++) {
        if (about->texts[i].n > 0) {
            buffer_add(text, places[i].key);
            put_unicode(text, about->texts[i]);
        }
    }
    if (about->day.n > 0) {
        put_date(text, about->day);
    }
    file_must(file, HPDF_Dict_RemoveElement(file->doc->info, "Producer")); /* libharu's, which is told in UTF-16 too */
    object_set_entries(file, file->doc->info, buffer_str(text));
}

/* --- the XMP packet */

static void put_escaped(struct buffer *out, struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            buffer_add(out, STR("&amp;"));
            break;
        case '<':
            buffer_add(out, STR("&lt;"));
            break;
        case '>':
            buffer_add(out, STR("&gt;"));
            break;
        default:
            buffer_byte(out, text.p[i]);
        }
    }
}

static void put_packet(struct buffer *out, const struct about *about) {
    buffer_add(out, STR("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                        "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                        "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"));
    buffer_add(out, about->tagged ? STR(PDFA_CLAIM("A")) : STR(PDFA_CLAIM("B")));
    for (int i = 0; i < ENTRIES; i++) {
        if (about->texts[i].n > 0) {
            buffer_add(out, places[i].before);
            put_escaped(out, about->texts[i]);
            buffer_add(out, places[i].behind);
            buffer_byte(out, '\n');
        }
    }
    if (about->day.n > 0) {
        buffer_printf(out, "<xmp:CreateDate>%.*sT00:00:00Z</xmp:CreateDate>\n", STR_ARG(about->day));
    }
    buffer_add(out, STR("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"));
}

/* Not deflated: who knows nothing of PDF finds it too (6.7.2). */
static HPDF_Dict write_packet(struct file *file, const struct about *about) {
    HPDF_Dict object = object_create(file);
    struct buffer *text = file_text(file);
    put_packet(text, about);
    object_set_stream(file, object, STR("/Type/Metadata/Subtype/XML"), str_copy(file->arena, buffer_str(text)));
    return object;
}

static void write_identity(struct file *file, struct hash identity) {
    struct str id = hash_hex(file->arena, identity);
    struct buffer *text = file_text(file);
    buffer_printf(text, "/ID[<%.*s><%.*s>]", STR_ARG(id), STR_ARG(id));
    object_set_entries(file, file->doc->trailer, buffer_str(text));
}

HPDF_Dict info_finish(struct file *file, const struct document *document, const struct pdf_options *options) {
    struct about about = {{[TITLE] = options->title.n > 0 ? options->title : document->title,
                           [AUTHOR] = document->author,
                           [SUBJECT] = document->subject,
                           [KEYWORDS] = document->keywords,
                           [CREATOR] = options->creator,
                           [PRODUCER] = str_from(HPDF_GetInfoAttr(file->doc, HPDF_INFO_PRODUCER))},
                          options->date,
                          document->elements != NULL};
    for (int i = 0; i < ENTRIES; i++) {
        about.texts[i] = line_in(file->arena, about.texts[i]);
    }
    write_dictionary(file, &about);
    write_identity(file, options->identity != NULL ? *options->identity : document_hash(document));
    return write_packet(file, &about);
}
