/* elements.c: the tree of elements: built, joined, walked, and dumped with the texts that its marks show. */
#include "page/elements.h"

#include <assert.h>
#include <string.h>

struct elements *elements_create_in(struct arena *arena) {
    struct elements *elements = ARENA_NEW(arena, struct elements);
    elements->arena = arena;
    ARENA_GROW(arena, elements->items, elements->count, elements->capacity);
    elements->items[elements->count++] = (struct element){.kind = ELEMENT_DOCUMENT};
    return elements;
}

bool elements_has(const struct elements *elements, uint32_t number) {
    return number < elements->count && elements->items[number].kind != ELEMENT_NONE;
}

static void make_room(struct elements *elements, uint32_t number) {
    while (elements->count <= number) {
        ARENA_GROW(elements->arena, elements->items, elements->count, elements->capacity);
        elements->items[elements->count++] = (struct element){.kind = ELEMENT_NONE};
    }
}

struct element *elements_add(struct elements *elements, uint32_t number, enum element_kind kind, uint32_t parent) {
    make_room(elements, number);
    struct element *own = &elements->items[number], *above = &elements->items[parent];
    assert(number > 0 && own->kind == ELEMENT_NONE && above->kind != ELEMENT_NONE); /* E1 */
    *own = (struct element){.kind = (uint8_t)kind, .rows = 1, .columns = 1, .parent = parent};
    if (kind == ELEMENT_GOES_ON) {
        return own;
    }
    if (above->last != 0) {
        elements->items[above->last].next = number; /* E2 */
    } else {
        above->first = number;
    }
    above->last = number;
    return own;
}

static bool is_group(enum element_kind kind) {
    switch (kind) {
    case ELEMENT_NONE:
    case ELEMENT_DOCUMENT:
    case ELEMENT_SECTION:
    case ELEMENT_CONTENTS:
    case ELEMENT_TABLE:
    case ELEMENT_ROW:
        return true;
    case ELEMENT_HEADING:
    case ELEMENT_PARAGRAPH:
    case ELEMENT_NOTE:
    case ELEMENT_ENTRY:
    case ELEMENT_HEAD_CELL:
    case ELEMENT_CELL:
    case ELEMENT_FIGURE:
    case ELEMENT_GOES_ON:
        break;
    }
    return false;
}

uint32_t elements_of_marks(const struct elements *elements, uint32_t number) {
    if (!elements_has(elements, number)) {
        return 0;
    }
    if (elements->items[number].kind == ELEMENT_GOES_ON) {
        number = elements->items[number].parent;
    }
    return is_group(elements->items[number].kind) ? 0 : number;
}

static uint32_t shifted(uint32_t number, uint32_t by) {
    return number == 0 ? 0 : number + by;
}

uint32_t elements_join(struct elements *into, const struct elements *more) {
    const uint32_t by = (uint32_t)into->count;
    elements_add(into, by, ELEMENT_SECTION, 0)->first = shifted(more->items[0].first, by);
    into->items[by].last = shifted(more->items[0].last, by);
    for (uint32_t i = 1; i < more->count; i++) {
        struct element own = more->items[i];
        make_room(into, i + by);
        own.parent += by; /* the document becomes the section */
        own.first = shifted(own.first, by);
        own.last = shifted(own.last, by);
        own.next = shifted(own.next, by);
        into->items[i + by] = own;
    }
    return by;
}

uint32_t elements_next(const struct elements *elements, uint32_t number) {
    const struct element *items = elements->items;
    if (items[number].first != 0) {
        return items[number].first;
    }
    while (number != 0 && items[number].next == 0) {
        number = items[number].parent;
    }
    return number == 0 ? 0 : items[number].next;
}

/* --- the dump --- */

struct texts {
    struct sink sink;
    const struct elements *elements;
    struct buffer *items; /* by element */
};

static void on_mark(struct sink *sink, const struct mark *mark) {
    struct texts *texts = (struct texts *)sink;
    if (mark->kind == MARK_GLYPHS) {
        buffer_add(&texts->items[elements_of_marks(texts->elements, mark->element)], glyphs_read(&mark->glyphs));
    }
}

static void dump_words(struct buffer *out, struct str text) {
    buffer_add(out, STR(" \""));
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\') {
            buffer_byte(out, '\\');
        }
        buffer_byte(out, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    buffer_byte(out, '"');
}

static void dump_element(const struct element *element, struct str text, struct buffer *out) {
    static const char *const names[] = {
        [ELEMENT_NONE] = "",
        [ELEMENT_DOCUMENT] = "document",
        [ELEMENT_SECTION] = "section",
        [ELEMENT_HEADING] = "heading",
        [ELEMENT_PARAGRAPH] = "paragraph",
        [ELEMENT_NOTE] = "note",
        [ELEMENT_CONTENTS] = "contents",
        [ELEMENT_ENTRY] = "entry",
        [ELEMENT_TABLE] = "table",
        [ELEMENT_ROW] = "row",
        [ELEMENT_HEAD_CELL] = "head-cell",
        [ELEMENT_CELL] = "cell",
        [ELEMENT_FIGURE] = "figure",
        [ELEMENT_GOES_ON] = "",
    };
    static const char *const scopes[] = {[SCOPE_NONE] = "", [SCOPE_OF_ROW] = " row", [SCOPE_OF_COLUMN] = " column"};
    buffer_printf(out, "%s%s", names[element->kind], scopes[element->scope]);
    if (element->level > 0) {
        buffer_printf(out, " %d", element->level);
    }
    if (element->rows > 1 || element->columns > 1) {
        buffer_printf(out, " %ux%u", (unsigned)element->rows, (unsigned)element->columns);
    }
    if (element->says.n > 0) {
        buffer_printf(out, " says");
        dump_words(out, element->says);
    }
    if (text.n > 0) {
        dump_words(out, text);
    }
    buffer_byte(out, '\n');
}

static int depth_of(const struct elements *elements, uint32_t number) {
    int depth = 0;
    for (; number != 0; number = elements->items[number].parent) {
        depth++;
    }
    return depth;
}

void document_dump_elements(const struct document *document, struct buffer *out) {
    const struct elements *elements = document->elements;
    if (elements == NULL) {
        return;
    }
    struct texts texts = {.sink = {.mark = on_mark}, .elements = elements};
    texts.items = ARENA_ARRAY(elements->arena, struct buffer, elements->count);
    document_walk(document, &texts.sink);
    buffer_clear(&texts.items[0]); /* artifacts */
    uint32_t number = 0;
    do {
        buffer_printf(out, "%*s", 2 * depth_of(elements, number), "");
        dump_element(&elements->items[number], buffer_str(&texts.items[number]), out);
        number = elements_next(elements, number);
    } while (number != 0);
    for (size_t i = 0; i < elements->count; i++) {
        buffer_release(&texts.items[i]);
    }
}
