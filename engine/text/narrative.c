/* narrative.c: libxml2's reader, whose nodes a walk (elements.c) turns into spans.
 *
 * The value is put between <narrative> and </narrative>, so that text without a root reads. The options allow no network, no
 * entities, no DTD and no huge files; an internal subset can't stand inside an element, so a DOCTYPE is looked for before
 * the parser sees it. */
#include "text/narrative.h"

#include <libxml/xmlreader.h>

#include "base/buffer.h"
#include "text/elements.h"

enum { BYTES_MAX = 8 << 20 };

static struct str from_xml(const xmlChar *text) {
    return str_from((const char *)text);
}

/* A whole number that an attribute has; 1 where there is none. */
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

/* Elements deeper than the stack are passed over for their text. */
static void take_node(struct walk *w, xmlTextReader *reader, int *too_deep) {
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        if (w->depth == DEPTH_MAX) {
            walk_find(w, NARRATIVE_DEEP, STR("more than 64 elements within each other"));
            *too_deep += !xmlTextReaderIsEmptyElement(reader);
            break;
        }
        walk_begin(w, from_xml(xmlTextReaderConstLocalName(reader)), attribute(reader, "colspan"),
                   attribute(reader, "rowspan"));
        if (xmlTextReaderIsEmptyElement(reader)) {
            walk_end(w);
        }
        break;
    case XML_READER_TYPE_END_ELEMENT:
        if (*too_deep > 0) {
            --*too_deep;
        } else {
            walk_end(w);
        }
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        walk_text(w, from_xml(xmlTextReaderConstValue(reader)));
        break;
    case XML_READER_TYPE_ENTITY_REFERENCE:
        walk_find(w, NARRATIVE_FORBIDDEN, from_xml(xmlTextReaderConstName(reader)));
        walk_text(w, str_printf(w->arena, "&%s;", (const char *)xmlTextReaderConstName(reader)));
        break;
    default:
        break; /* comments and instructions print nothing */
    }
}

/* The first complaint of the parser; those behind it follow from it. */
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

static bool read_xhtml(struct walk *w, struct str whole, struct complaint *complaint) {
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
    return more == 0; /* complaints that don't stop the parser, as of an undeclared prefix, change nothing */
}

/* Does a tag, between its brackets, stand between lines? */
static bool parts_lines(struct str tag) {
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

/* The text of what can't be read: what stands between tags. A < that begins no tag is itself. */
static struct str without_tags(struct arena *arena, struct str text) {
    char *bytes = arena_alloc(arena, text.n + 1);
    size_t count = 0;
    size_t no_end = text.n; /* from here on no > follows: looked for once */
    for (size_t i = 0; i < text.n; i++) {
        const char next = i + 1 < text.n ? text.p[i + 1] : ' ';
        bool begins =
            i < no_end && text.p[i] == '<' &&
            ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?');
        const size_t length = begins ? str_find_byte(str_slice(text, i, text.n), '>') : 0;
        if (begins && i + length < text.n) {
            if (parts_lines(str_slice(text, i + 1, i + length))) {
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

static void print_plainly(struct walk *w, struct str xhtml) {
    *w->out = (struct narrative){.findings = w->out->findings,
                                 .finding_count = w->out->finding_count,
                                 .finding_capacity = w->out->finding_capacity};
    w->depth = 0;
    w->base = STR_NONE;
    walk_end_paragraph(w);
    struct str text = without_tags(w->arena, xhtml);
    while (text.n) {
        const struct str line = str_trim(str_split(text, '\n', &text));
        if (line.n) {
            walk_add_span(w, line, STR_NONE);
        }
        walk_end_paragraph(w);
    }
}

struct narrative text_narrative(struct arena *arena, struct str xhtml, struct narrative_styles styles) {
    struct narrative out = {0};
    struct walk w = {.arena = arena, .out = &out, .styles = styles};
    w.stack[0].style = styles.body;
    struct complaint complaint = {.arena = arena};
    if (str_find(xhtml, STR("<!DOCTYPE")) < xhtml.n || str_find(xhtml, STR("<!ENTITY")) < xhtml.n) {
        walk_find(&w, NARRATIVE_FORBIDDEN, STR("DOCTYPE"));
        print_plainly(&w, xhtml);
        return out;
    }
    xhtml = text_html(arena, xhtml);
    const struct str inside = str_join(arena, STR("<narrative>"), xhtml);
    const struct str whole = str_join(arena, inside, STR("</narrative>"));
    if (whole.n <= BYTES_MAX && read_xhtml(&w, whole, &complaint)) {
        return out;
    }
    walk_find(&w, NARRATIVE_BROKEN, complaint.text.n ? complaint.text : STR("too long"));
    print_plainly(&w, xhtml);
    return out;
}
