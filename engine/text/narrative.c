/* narrative.c: a walk over libxml2's reader, which pushes spans; the stack of open elements is the only state.
 *
 * The value is put between <narrative> and </narrative>, so that text without a root reads. The options allow no network, no
 * entities, no DTD and no huge files; an internal subset can't stand inside an element, so a DOCTYPE is looked for before
 * the parser sees it. */
#include "text/narrative.h"

#include <limits.h>
#include <string.h>

#include <libxml/xmlreader.h>

#include "base/buffer.h"

enum { DEPTH_MAX = 64, BYTES_MAX = 8 << 20 };

enum element {
    ELEMENT_UNKNOWN,
    ELEMENT_INLINE, /* nothing of its own: span, rb, thead */
    ELEMENT_BLOCK,
    ELEMENT_BREAK,
    ELEMENT_BOLD,
    ELEMENT_ITALIC,
    ELEMENT_UNDERLINE,
    ELEMENT_BULLETS,
    ELEMENT_NUMBERS,
    ELEMENT_ITEM,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_RUBY,
    ELEMENT_RUBY_TEXT,
    ELEMENT_RUBY_FENCE /* rp: what readers without ruby show around it */
};

static const struct {
    const char *name;
    enum element element;
} elements[] = {
    {"p", ELEMENT_BLOCK},       {"div", ELEMENT_BLOCK},    {"br", ELEMENT_BREAK},         {"b", ELEMENT_BOLD},
    {"strong", ELEMENT_BOLD},   {"i", ELEMENT_ITALIC},     {"em", ELEMENT_ITALIC},        {"u", ELEMENT_UNDERLINE},
    {"ul", ELEMENT_BULLETS},    {"ol", ELEMENT_NUMBERS},   {"li", ELEMENT_ITEM},          {"table", ELEMENT_BLOCK},
    {"thead", ELEMENT_INLINE},  {"tbody", ELEMENT_INLINE}, {"tr", ELEMENT_ROW},           {"th", ELEMENT_CELL},
    {"td", ELEMENT_CELL},       {"ruby", ELEMENT_RUBY},    {"rb", ELEMENT_INLINE},        {"rt", ELEMENT_RUBY_TEXT},
    {"rp", ELEMENT_RUBY_FENCE}, {"span", ELEMENT_INLINE},  {"narrative", ELEMENT_INLINE},
};

static enum element element_of(struct str name) {
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        if (str_is(name, elements[i].name))
            return elements[i].element;
    return ELEMENT_UNKNOWN;
}

/* What holds inside an open element. */
struct frame {
    enum element element;
    const struct text_style *style; /* of characters */
    int level;                      /* of lists */
    enum element list;              /* the innermost list */
    int number;                     /* of its last item */
};

struct walk {
    struct arena *arena;
    struct narrative *out;
    struct narrative_styles styles;
    struct frame stack[DEPTH_MAX + 1];
    int depth;
    struct narrative_paragraph *open; /* NULL: the next text begins one */
    enum narrative_kind kind;         /* of the next paragraph */
    struct str base;                  /* of a ruby that is open */
    bool space;                       /* white space is due before the next character */
    int cell;                         /* of the row */
};

static void find(struct walk *w, enum narrative_fault fault, struct str what) {
    struct narrative *out = w->out;
    for (size_t i = 0; i < out->finding_count; i++)
        if (out->findings[i].fault == fault && str_eq(out->findings[i].what, what))
            return;
    ARENA_GROW(w->arena, out->findings, out->finding_count, out->finding_capacity);
    out->findings[out->finding_count++] = (struct narrative_finding){fault, str_copy(w->arena, what)};
}

/* --- paragraphs and spans ------------------------------------------------------------------------------------------- */

/* An item hangs: its mark stands in the two em before its text. */
static const struct text_style *item_style(struct walk *w, int level) {
    struct text_style *style = arena_copy(w->arena, w->styles.body, sizeof *style);
    style->left_mp += 2 * level * style->size_mp;
    style->indent_mp = -2 * style->size_mp;
    return style;
}

static const struct text_style *row_style(struct walk *w) {
    struct text_style *style = arena_copy(w->arena, w->styles.body, sizeof *style);
    style->indent_mp = 0;
    style->align = ALIGN_LEFT;
    return style;
}

static const struct text_style *paragraph_style(struct walk *w) {
    switch (w->kind) {
    case NARRATIVE_ITEM:
        return item_style(w, w->stack[w->depth].level);
    case NARRATIVE_ROW:
        return row_style(w);
    case NARRATIVE_PARAGRAPH:
        break;
    }
    return w->styles.body;
}

static void end_paragraph(struct walk *w) {
    w->open = NULL;
    w->space = false;
    w->kind = NARRATIVE_PARAGRAPH;
}

static void add_span(struct walk *w, struct str text, struct str ruby) {
    struct narrative *out = w->out;
    if (!w->open) {
        ARENA_GROW(w->arena, out->paragraphs, out->count, out->capacity);
        w->open = &out->paragraphs[out->count++];
        *w->open = (struct narrative_paragraph){.kind = w->kind, .style = paragraph_style(w)};
    }
    ARENA_GROW(w->arena, w->open->spans, w->open->count, w->open->capacity);
    w->open->spans[w->open->count++] =
        (struct text_span){.text = text, .style = w->stack[w->depth].style, .ruby = ruby};
}

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space within text is one space, and none at a paragraph's ends; between two Chinese characters a line's end in the
 * source is nothing. */
static struct str collapse(struct walk *w, struct str text) {
    char *bytes = arena_alloc(w->arena, text.n + 1);
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (is_white(text.p[i])) {
            bool newline = false;
            for (; i < text.n && is_white(text.p[i]); i++)
                newline = newline || text.p[i] == '\n';
            bool chinese = i < text.n && (uint8_t)text.p[i] >= 0x80 && count > 0 && (uint8_t)bytes[count - 1] >= 0x80;
            w->space = !(newline && chinese);
            if (i-- == text.n)
                break;
            continue;
        }
        if (w->space && (count > 0 || (w->open && w->open->count > 0)))
            bytes[count++] = ' ';
        w->space = false;
        bytes[count++] = text.p[i];
    }
    return (struct str){bytes, count};
}

static enum element around(const struct walk *w, enum element element) {
    for (int i = w->depth; i >= 0; i--)
        if (w->stack[i].element == element)
            return element;
    return ELEMENT_UNKNOWN;
}

static void push_text(struct walk *w, struct str text) {
    bool in_ruby = around(w, ELEMENT_RUBY) == ELEMENT_RUBY;
    if (around(w, ELEMENT_RUBY_FENCE) == ELEMENT_RUBY_FENCE)
        return;
    if (around(w, ELEMENT_RUBY_TEXT) == ELEMENT_RUBY_TEXT && in_ruby) {
        struct str above = str_trim(text);
        if (w->base.n > 0 && above.n > 0)
            add_span(w, w->base, str_copy(w->arena, above));
        w->base = above.n > 0 ? STR_NONE : w->base;
        return;
    }
    struct str plain = collapse(w, text);
    if (plain.n == 0)
        return;
    if (in_ruby)
        w->base = str_join(w->arena, w->base, plain);
    else
        add_span(w, plain, STR_NONE);
}

/* A base without anything above it is text. */
static void flush_base(struct walk *w) {
    if (w->base.n > 0)
        add_span(w, w->base, STR_NONE);
    w->base = STR_NONE;
}

/* --- elements --------------------------------------------------------------------------------------------------------- */

static const struct text_style *with_face(struct walk *w, const struct text_style *style,
                                          const struct text_style *face) {
    if (!face)
        return style;
    struct text_style *changed = arena_copy(w->arena, style, sizeof *changed);
    changed->chain = face->chain;
    changed->colour = face->colour;
    return changed;
}

static const struct text_style *underlined(struct walk *w, const struct text_style *style) {
    struct text_style *changed = arena_copy(w->arena, style, sizeof *changed);
    changed->decoration |= DECORATE_UNDERLINE;
    return changed;
}

static void begin_item(struct walk *w) {
    struct frame *list = &w->stack[w->depth > 0 ? w->depth - 1 : 0];
    end_paragraph(w);
    w->kind = NARRATIVE_ITEM;
    struct str mark = STR("•");
    if (list->list == ELEMENT_NUMBERS)
        mark = str_printf(w->arena, "%d.", ++list->number);
    add_span(w, str_join(w->arena, mark, STR("\t")), STR_NONE);
}

static void begin_cell(struct walk *w) {
    w->space = false;
    if (w->cell++ > 0)
        add_span(w, STR("\u3000"), STR_NONE);
}

static void begin_element(struct walk *w, struct str name) {
    struct frame frame = w->stack[w->depth];
    frame.element = element_of(name);
    if (frame.element == ELEMENT_UNKNOWN)
        find(w, NARRATIVE_UNKNOWN, name);
    if (frame.element == ELEMENT_BOLD)
        frame.style = with_face(w, frame.style, w->styles.bold);
    if (frame.element == ELEMENT_ITALIC)
        frame.style = with_face(w, frame.style, w->styles.italic);
    if (frame.element == ELEMENT_UNDERLINE)
        frame.style = underlined(w, frame.style);
    if (frame.element == ELEMENT_BULLETS || frame.element == ELEMENT_NUMBERS) {
        frame.level++;
        frame.list = frame.element;
        frame.number = 0;
    }
    w->stack[++w->depth] = frame;
    switch (frame.element) {
    case ELEMENT_BLOCK:
    case ELEMENT_BULLETS:
    case ELEMENT_NUMBERS:
        if (!w->open || w->open->kind == NARRATIVE_PARAGRAPH)
            end_paragraph(w);
        break;
    case ELEMENT_ROW:
        end_paragraph(w);
        w->kind = NARRATIVE_ROW;
        w->cell = 0;
        break;
    case ELEMENT_ITEM:
        begin_item(w);
        break;
    case ELEMENT_CELL:
        begin_cell(w);
        break;
    case ELEMENT_BREAK:
        add_span(w, STR("\n"), STR_NONE);
        w->space = false;
        break;
    case ELEMENT_RUBY:
        w->base = STR_NONE;
        break;
    case ELEMENT_UNKNOWN:
    case ELEMENT_INLINE:
    case ELEMENT_BOLD:
    case ELEMENT_ITALIC:
    case ELEMENT_UNDERLINE:
    case ELEMENT_RUBY_TEXT:
    case ELEMENT_RUBY_FENCE:
        break;
    }
}

static void end_element(struct walk *w) {
    enum element element = w->stack[w->depth].element;
    if (element == ELEMENT_RUBY)
        flush_base(w);
    bool in_item = around(w, ELEMENT_ITEM) == ELEMENT_ITEM || around(w, ELEMENT_CELL) == ELEMENT_CELL;
    if (element == ELEMENT_ITEM || element == ELEMENT_ROW || (element == ELEMENT_BLOCK && !in_item))
        end_paragraph(w);
    if (w->depth > 0)
        w->depth--;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static struct str from_xml(const xmlChar *text) {
    return str_from((const char *)text);
}

/* Elements deeper than the stack are passed over for their text. */
static void take_node(struct walk *w, xmlTextReader *reader, int *too_deep) {
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        if (w->depth == DEPTH_MAX) {
            find(w, NARRATIVE_DEEP, STR_NONE);
            *too_deep += !xmlTextReaderIsEmptyElement(reader);
            break;
        }
        begin_element(w, from_xml(xmlTextReaderConstLocalName(reader)));
        if (xmlTextReaderIsEmptyElement(reader))
            end_element(w);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        if (*too_deep > 0)
            --*too_deep;
        else
            end_element(w);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        push_text(w, from_xml(xmlTextReaderConstValue(reader)));
        break;
    case XML_READER_TYPE_ENTITY_REFERENCE:
        find(w, NARRATIVE_FORBIDDEN, from_xml(xmlTextReaderConstName(reader)));
        push_text(w, str_printf(w->arena, "&%s;", (const char *)xmlTextReaderConstName(reader)));
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
    if (complaint->text.n == 0)
        complaint->text = str_trim(str_copy(complaint->arena, str_from(message)));
}

static bool read_xhtml(struct walk *w, struct str whole, struct complaint *complaint) {
    xmlTextReader *reader = xmlReaderForMemory(whole.p, (int)whole.n, NULL, "UTF-8", XML_PARSE_NONET);
    if (!reader)
        return false;
    xmlTextReaderSetErrorHandler(reader, hear, complaint);
    int too_deep = 0;
    int more;
    while ((more = xmlTextReaderRead(reader)) == 1)
        take_node(w, reader, &too_deep);
    xmlFreeTextReader(reader);
    return more == 0; /* complaints that don't stop the parser, as of an undeclared prefix, change nothing */
}

/* The text of what can't be read: what stands between tags. A < that begins no tag is itself. */
static struct str without_tags(struct arena *arena, struct str text) {
    char *bytes = arena_alloc(arena, text.n + 1);
    size_t count = 0;
    size_t no_end = text.n; /* from here on no > follows: looked for once */
    for (size_t i = 0; i < text.n; i++) {
        char next = i + 1 < text.n ? text.p[i + 1] : ' ';
        bool begins =
            i < no_end && text.p[i] == '<' &&
            ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?');
        size_t length = begins ? str_find_byte(str_slice(text, i, text.n), '>') : 0;
        if (begins && i + length < text.n) {
            i += length;
            continue;
        }
        if (begins)
            no_end = i;
        bytes[count++] = text.p[i];
    }
    return (struct str){bytes, count};
}

static struct str replace_nbsp(struct arena *arena, struct str text) {
    struct buffer out = {0};
    for (size_t at; (at = str_find(text, STR("&nbsp;"))) < text.n; text = str_slice(text, at + 6, text.n)) {
        buffer_add(&out, str_slice(text, 0, at));
        buffer_add(&out, STR("\u00A0"));
    }
    buffer_add(&out, text);
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}

static void print_plainly(struct walk *w, struct str xhtml) {
    *w->out = (struct narrative){.findings = w->out->findings,
                                 .finding_count = w->out->finding_count,
                                 .finding_capacity = w->out->finding_capacity};
    w->depth = 0;
    w->base = STR_NONE;
    end_paragraph(w);
    struct str text = without_tags(w->arena, xhtml);
    while (text.n) {
        struct str line = str_trim(str_split(text, '\n', &text));
        if (line.n)
            add_span(w, line, STR_NONE);
        end_paragraph(w);
    }
}

struct narrative text_narrative(struct arena *arena, struct str xhtml, struct narrative_styles styles) {
    struct narrative out = {0};
    struct walk w = {.arena = arena, .out = &out, .styles = styles};
    w.stack[0].style = styles.body;
    struct complaint complaint = {.arena = arena};
    if (str_find(xhtml, STR("<!DOCTYPE")) < xhtml.n || str_find(xhtml, STR("<!ENTITY")) < xhtml.n) {
        find(&w, NARRATIVE_FORBIDDEN, STR("DOCTYPE"));
        print_plainly(&w, xhtml);
        return out;
    }
    struct str inside = str_join(arena, STR("<narrative>"), replace_nbsp(arena, xhtml));
    struct str whole = str_join(arena, inside, STR("</narrative>"));
    if (whole.n <= BYTES_MAX && read_xhtml(&w, whole, &complaint))
        return out;
    find(&w, NARRATIVE_BROKEN, complaint.text.n ? complaint.text : STR("too long"));
    print_plainly(&w, xhtml);
    return out;
}
