/* narrative.c: libxml2's reader, whose nodes the narrator (elements.c) turns into spans.
 *
 * The value is put between <narrative> and </narrative>, so that text without a root can be read. The options allow
 * no network, no entities, no DTD and no huge files; an internal subset can't stand inside an element, so a DOCTYPE
 * is looked for before the parser sees it. */
#include "text/narrative.h"

#include <libxml/xmlreader.h>

#include "base/buffer.h"
#include "text/elements.h"

enum { BYTES_MAX = 8 << 20 };

static struct str from_xml(const xmlChar *text) {
    return str_from((const char *)text);
}

/* A whole number in an attribute; 1 when there is none. */
static int32_t attribute(xmlTextReader *reader, const char *name) {
    enum { MOST = 1000 };
    int64_t number = 1;
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    if (value != NULL && (!str_to_int(str_trim(from_xml(value)), &number) || number < 1 || number > MOST)) {
        number = 1;
    }
    xmlFree(value);
    return (int32_t)number;
}

/* Elements deeper than the stack are read for their text alone. */
static void take_node(struct narrator *w, xmlTextReader *reader, int *too_deep) {
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        if (w->depth == DEPTH_MAX) {
            narrator_find(w, NARRATIVE_DEEP, STR("more than 64 elements within each other"));
            *too_deep += !xmlTextReaderIsEmptyElement(reader);
            break;
        }
        narrator_begin(w, from_xml(xmlTextReaderConstLocalName(reader)), attribute(reader, "colspan"),
                       attribute(reader, "rowspan"));
        if (xmlTextReaderIsEmptyElement(reader)) {
            narrator_end(w);
        }
        break;
    case XML_READER_TYPE_END_ELEMENT:
        if (*too_deep > 0) {
            --*too_deep;
        } else {
            narrator_end(w);
        }
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        narrator_text(w, from_xml(xmlTextReaderConstValue(reader)));
        break;
    case XML_READER_TYPE_ENTITY_REFERENCE:
        narrator_find(w, NARRATIVE_FORBIDDEN, from_xml(xmlTextReaderConstName(reader)));
        narrator_text(w, str_printf(w->arena, "&%s;", (const char *)xmlTextReaderConstName(reader)));
        break;
    default:
        break; /* comments and instructions print nothing */
    }
}

/* The first message of the parser; later ones follow from it. */
struct complaint {
    struct arena *arena;
    struct str text;
};

static void hear(void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr where) {
    struct complaint *complaint = data;
    (void)severity;
    (void)where;
    if (complaint->text.n == 0) {
        complaint->text = str_trim(str_copy(complaint->arena, str_from(message)));
    }
}

static bool read_xhtml(struct narrator *w, struct str whole, struct complaint *complaint) {
    xmlTextReader *reader = xmlReaderForMemory(whole.p, (int)whole.n, NULL, "UTF-8", XML_PARSE_NONET);
    if (reader == NULL) {
        return false;
    }
    xmlTextReaderSetErrorHandler(reader, hear, complaint);
    int too_deep = 0;
    int more;
    while ((more = xmlTextReaderRead(reader)) == 1) {
        take_node(w, reader, &too_deep);
    }
    xmlFreeTextReader(reader);
    return more == 0; /* messages that don't stop the parser, as about an undeclared prefix, change nothing */
}

/* Is a tag, given between its brackets, one that begins a line? */
static bool separates_lines(struct str tag) {
    static const char *const names[] = {"br", "p", "div", "li", "tr", "table", "ul", "ol", "hr"};
    size_t from = str_starts(tag, STR("/")), to = from;
    while (to < tag.n && tag.p[to] >= 'a' && tag.p[to] <= 'z') {
        to++;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(str_slice(tag, from, to), names[i])) {
            return true;
        }
    }
    return false;
}

/* The text of a document that can't be parsed, without its tags. A < that begins no tag is itself. */
static struct str without_tags(struct arena *arena, struct str text) {
    char *bytes = arena_alloc(arena, text.n + 1);
    size_t count = 0;
    size_t no_end = text.n; /* no > follows from here on: searched once */
    for (size_t i = 0; i < text.n; i++) {
        const char next = i + 1 < text.n ? text.p[i + 1] : ' ';
        bool begins =
            i < no_end && text.p[i] == '<' &&
            ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?');
        const size_t length = begins ? str_find_byte(str_slice(text, i, text.n), '>') : 0;
        if (begins && i + length < text.n) {
            if (separates_lines(str_slice(text, i + 1, i + length))) {
                bytes[count++] = '\n';
            }
            i += length;
            continue;
        }
        if (begins) {
            no_end = i;
        }
        bytes[count++] = text.p[i];
    }
    return (struct str){bytes, count};
}

static void print_plainly(struct narrator *w, struct str xhtml) {
    *w->out = (struct narrative){.findings = w->out->findings,
                                 .finding_count = w->out->finding_count,
                                 .finding_capacity = w->out->finding_capacity};
    w->depth = 0;
    w->base = STR_NONE;
    narrator_end_paragraph(w);
    struct str text = without_tags(w->arena, xhtml);
    while (text.n) {
        const struct str line = str_trim(str_split(text, '\n', &text));
        if (line.n) {
            narrator_add_span(w, line, STR_NONE);
        }
        narrator_end_paragraph(w);
    }
}

struct narrative text_narrative(struct arena *arena, struct str xhtml, struct narrative_styles styles) {
    struct narrative out = {0};
    struct narrator w = {.arena = arena, .out = &out, .styles = styles};
    w.stack[0].style = styles.body;
    struct complaint complaint = {.arena = arena};
    if (str_find(xhtml, STR("<!DOCTYPE")) < xhtml.n || str_find(xhtml, STR("<!ENTITY")) < xhtml.n) {
        narrator_find(&w, NARRATIVE_FORBIDDEN, STR("DOCTYPE"));
        print_plainly(&w, xhtml);
        return out;
    }
    xhtml = text_html(arena, xhtml);
    const struct str inside = str_join(arena, STR("<narrative>"), xhtml);
    const struct str whole = str_join(arena, inside, STR("</narrative>"));
    if (whole.n <= BYTES_MAX && read_xhtml(&w, whole, &complaint)) {
        return out;
    }
    narrator_find(&w, NARRATIVE_BROKEN, complaint.text.n ? complaint.text : STR("too long"));
    print_plainly(&w, xhtml);
    return out;
}
