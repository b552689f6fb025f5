/* structure.c: tagged PDF (ISO 32000-1, 14.7 and 14.8): marked content while pages are written, the structure tree at the end.
 *
 *     /Artifact BMC … EMC        marks of no element
 *     /P <</MCID 3>>BDC … EMC    neighbouring marks of one element
 *
 *     catalogue ─► StructTreeRoot ─► Document ─► Table ─► TR ─► TD    /K 3: content 3 of /Pg
 *                       └─► ParentTree: page ─► [TD TD P …] by MCID
 *
 * A sequence begins and ends on one level of q … Q, outside of BT … ET: a group that bears an element is all of that element's, so
 * what is inside it opens nothing. Attributes stand once, in the class map.
 *
 * 1. No sequence is open where a page begins or ends, and none outlives the group that it was opened in. */
#include "pdf/internal.h"

#include <assert.h>

#include "page/elements.h"

/* A sequence of marked content. */
struct kid {
    size_t page;
    uint32_t mcid;
    struct kid *next;
};

/* What stands behind an element when all pages are written. */
struct node {
    struct kid *first, *last;
    HPDF_Dict object;
    bool wanted; /* it has content, or is needed around some */
};

/* Elements by MCID, of a page. */
struct owners {
    uint32_t *items;
    size_t count, capacity;
};

struct structure {
    const struct elements *elements;
    struct node *nodes;    /* by element */
    struct owners *owners; /* by page */
    enum { OPEN_NONE, OPEN_ARTIFACT, OPEN_ELEMENT } open;
    uint32_t element;          /* that is open */
    const struct frame *frame; /* it was opened in */
};

struct structure *structure_create(struct file *file, const struct document *document) {
    if (document->elements == NULL) {
        return NULL;
    }
    struct structure *structure = ARENA_NEW(file->arena, struct structure);
    structure->elements = document->elements;
    structure->nodes = ARENA_ARRAY(file->arena, struct node, document->elements->count);
    structure->owners = ARENA_ARRAY(file->arena, struct owners, document->count);
    return structure;
}

/* --- marked content */

void structure_close(struct content *content) {
    struct structure *structure = content->structure;
    if (structure->open == OPEN_NONE) {
        return;
    }
    content_begin(content, CONSTRUCT_NONE);
    buffer_add(content->out, STR("EMC\n"));
    structure->open = OPEN_NONE;
}

static void add_kid(struct content *content, uint32_t element) {
    struct structure *structure = content->structure;
    struct arena *arena = content->file->arena;
    struct owners *owners = &structure->owners[content->page];
    struct node *node = &structure->nodes[element];
    struct kid *kid = ARENA_NEW(arena, struct kid);
    *kid = (struct kid){content->page, (uint32_t)owners->count, NULL};
    *(node->last != NULL ? &node->last->next : &node->first) = kid;
    node->last = kid;
    ARENA_GROW(arena, owners->items, owners->count, owners->capacity);
    owners->items[owners->count++] = element;
}

static struct str type_of(const struct element *element) {
    static const struct str headings[] = {STR_INIT("H1"), STR_INIT("H2"), STR_INIT("H3"),
                                          STR_INIT("H4"), STR_INIT("H5"), STR_INIT("H6")};
    static const struct str types[] = {
        [ELEMENT_NONE] = STR_INIT("NonStruct"), [ELEMENT_DOCUMENT] = STR_INIT("Document"),
        [ELEMENT_SECTION] = STR_INIT("Sect"),   [ELEMENT_HEADING] = STR_INIT("H1"),
        [ELEMENT_PARAGRAPH] = STR_INIT("P"),    [ELEMENT_NOTE] = STR_INIT("Note"),
        [ELEMENT_CONTENTS] = STR_INIT("TOC"),   [ELEMENT_ENTRY] = STR_INIT("TOCI"),
        [ELEMENT_TABLE] = STR_INIT("Table"),    [ELEMENT_ROW] = STR_INIT("TR"),
        [ELEMENT_HEAD_CELL] = STR_INIT("TH"),   [ELEMENT_CELL] = STR_INIT("TD"),
        [ELEMENT_FIGURE] = STR_INIT("Figure"),  [ELEMENT_GOES_ON] = STR_INIT("NonStruct"),
    };
    enum { LEVELS = sizeof headings / sizeof *headings };
    if (element->kind != ELEMENT_HEADING || element->level == 0) {
        return types[element->kind];
    }
    return headings[(element->level < LEVELS ? element->level : LEVELS) - 1];
}

static bool is_open(const struct structure *structure, uint32_t element) {
    return structure->open == (element == 0 ? OPEN_ARTIFACT : OPEN_ELEMENT) &&
           (element == 0 || structure->element == element);
}

static void open(struct content *content, uint32_t element) {
    struct structure *structure = content->structure;
    content_begin(content, CONSTRUCT_NONE);
    structure_close(content);
    structure->open = element == 0 ? OPEN_ARTIFACT : OPEN_ELEMENT;
    structure->element = element;
    structure->frame = content->frame;
    if (element == 0) {
        buffer_add(content->out, STR("/Artifact BMC\n"));
        return;
    }
    const struct str type = type_of(&structure->elements->items[element]);
    buffer_printf(content->out, "/%.*s<</MCID %zu>>BDC\n", STR_ARG(type), structure->owners[content->page].count);
    add_kid(content, element);
}

void structure_enter(struct content *content, const struct mark *mark) {
    const struct structure *structure = content->structure;
    const uint32_t element = elements_of_marks(structure->elements, mark->element);
    const bool inside = structure->open == OPEN_ELEMENT && structure->frame != content->frame;
    if (!inside && !is_open(structure, element)) {
        open(content, element);
    }
}

/* A group that says nothing of an element, as a card on its sheet, has elements inside. */
void structure_enter_group(struct content *content, const struct mark *group) {
    struct structure *structure = content->structure;
    if (elements_of_marks(structure->elements, group->element) != 0) {
        structure_enter(content, group);
    } else if (structure->open != OPEN_ELEMENT || structure->frame == content->frame) {
        structure_close(content);
    }
}

void structure_leave_group(struct content *content) {
    if (content->structure->open != OPEN_NONE && content->structure->frame == content->frame) {
        structure_close(content); /* invariant 1 */
    }
}

/* --- the tree */

/* Cells are wanted wherever their row is, also empty ones: all rows of a table have as many. */
static bool is_cell(const struct element *element) {
    return element->kind == ELEMENT_CELL || element->kind == ELEMENT_HEAD_CELL;
}

static void want_parents(struct structure *structure, uint32_t number) {
    while (!structure->nodes[number].wanted) {
        structure->nodes[number].wanted = true;
        if (number == 0) {
            break;
        }
        number = structure->elements->items[number].parent;
    }
}

static void find_wanted(struct structure *structure) {
    const struct elements *elements = structure->elements;
    want_parents(structure, 0);
    for (uint32_t i = 1; i < elements->count; i++) {
        if (structure->nodes[i].first != NULL) {
            want_parents(structure, i);
        }
    }
    for (uint32_t i = elements_next(elements, 0); i != 0; i = elements_next(elements, i)) {
        const struct element *element = &elements->items[i];
        const bool in_table = is_cell(element)
                                  ? structure->nodes[element->parent].wanted
                                  : element->kind == ELEMENT_ROW && structure->nodes[element->parent].wanted;
        structure->nodes[i].wanted = structure->nodes[i].wanted || in_table;
    }
}

/* Names of classes: r, c: scope; then the span, as r2x3. */
static void put_class(struct buffer *out, const struct element *element) {
    static const char *const scopes[] = {[SCOPE_NONE] = "s", [SCOPE_OF_ROW] = "r", [SCOPE_OF_COLUMN] = "c"};
    buffer_printf(out, "%s", scopes[element->scope]);
    if (element->rows > 1 || element->columns > 1) {
        buffer_printf(out, "%ux%u", (unsigned)element->rows, (unsigned)element->columns);
    }
}

static bool has_class(const struct element *element) {
    return is_cell(element) && (element->scope != SCOPE_NONE || element->rows > 1 || element->columns > 1);
}

static void put_attributes(struct buffer *out, const struct element *element) {
    static const char *const scopes[] = {
        [SCOPE_NONE] = "", [SCOPE_OF_ROW] = "/Scope/Row", [SCOPE_OF_COLUMN] = "/Scope/Column"};
    buffer_printf(out, "<</O/Table%s", scopes[element->scope]);
    if (element->rows > 1) {
        buffer_printf(out, "/RowSpan %u", (unsigned)element->rows);
    }
    if (element->columns > 1) {
        buffer_printf(out, "/ColSpan %u", (unsigned)element->columns);
    }
    buffer_add(out, STR(">>"));
}

static void put_classes(struct structure *structure, struct file *file, struct buffer *out) {
    struct buffer name = {0};
    struct strmap met;
    strmap_init(&met, file->arena);
    for (size_t i = 1; i < structure->elements->count; i++) {
        const struct element *element = &structure->elements->items[i];
        bool found = true;
        if (structure->nodes[i].wanted && has_class(element)) {
            buffer_clear(&name);
            put_class(&name, element);
            strmap_put(&met, str_copy(file->arena, buffer_str(&name)), &found);
        }
        if (!found) {
            buffer_printf(out, "/%.*s", STR_ARG(buffer_str(&name)));
            put_attributes(out, element);
        }
    }
    buffer_release(&name);
}

/* Content of the element's page is a number, that of another page says where it is. */
static void put_content(struct buffer *out, const struct node *node, const HPDF_Page *pages) {
    for (const struct kid *kid = node->first; kid != NULL; kid = kid->next) {
        if (kid->page == node->first->page) {
            buffer_printf(out, "%u ", (unsigned)kid->mcid);
            continue;
        }
        buffer_add(out, STR("<</Type/MCR/Pg "));
        put_reference(out, pages[kid->page]);
        buffer_printf(out, "/MCID %u>>", (unsigned)kid->mcid);
    }
}

static void put_kids(const struct structure *structure, uint32_t number, const HPDF_Page *pages, struct buffer *out) {
    const struct node *node = &structure->nodes[number];
    buffer_add(out, STR("/K["));
    put_content(out, node, pages);
    for (uint32_t i = structure->elements->items[number].first; i != 0; i = structure->elements->items[i].next) {
        if (structure->nodes[i].wanted) {
            put_reference(out, structure->nodes[i].object);
            buffer_byte(out, ' ');
        }
    }
    if (out->bytes[out->count - 1] == ' ') {
        out->count--;
    }
    buffer_byte(out, ']');
}

static bool is_single(const struct node *node, const struct element *element) {
    return node->first != NULL && node->first == node->last && element->first == 0;
}

static void write_element(const struct structure *structure, struct file *file, uint32_t number, HPDF_Dict parent,
                          const HPDF_Page *pages) {
    const struct node *node = &structure->nodes[number];
    const struct element *element = &structure->elements->items[number];
    struct buffer *text = file_text(file);
    buffer_printf(text, "/S/%.*s/P ", STR_ARG(type_of(element)));
    put_reference(text, parent);
    if (node->first != NULL) {
        buffer_add(text, STR("/Pg "));
        put_reference(text, pages[node->first->page]);
    }
    if (is_single(node, element)) {
        buffer_printf(text, "/K %u", (unsigned)node->first->mcid);
    } else if (node->first != NULL || element->first != 0) {
        put_kids(structure, number, pages, text);
    }
    if (has_class(element)) {
        buffer_add(text, STR("/C/"));
        put_class(text, element);
    }
    if (element->kind == ELEMENT_FIGURE) {
        buffer_add(text, STR("/Alt"));
        put_unicode(text, element->says);
    }
    object_set_entries(file, node->object, buffer_str(text));
}

static HPDF_Dict write_parents(const struct structure *structure, struct file *file, size_t pages) {
    HPDF_Dict object = object_create(file);
    struct buffer *text = file_text(file);
    buffer_add(text, STR("/Nums["));
    for (size_t i = 0; i < pages; i++) {
        const struct owners *owners = &structure->owners[i];
        buffer_printf(text, "%zu[", i);
        for (size_t k = 0; k < owners->count; k++) {
            put_reference(text, structure->nodes[owners->items[k]].object);
            buffer_byte(text, k + 1 < owners->count ? ' ' : ']');
        }
        if (owners->count == 0) {
            buffer_byte(text, ']');
        }
    }
    buffer_byte(text, ']');
    object_set_entries(file, object, buffer_str(text));
    return object;
}

HPDF_Dict structure_finish(struct structure *structure, struct file *file, const HPDF_Page *pages, size_t page_count) {
    if (structure == NULL) {
        return NULL;
    }
    const struct elements *elements = structure->elements;
    HPDF_Dict root = object_create(file);
    uint32_t number = 0;
    find_wanted(structure);
    do {
        if (structure->nodes[number].wanted) {
            structure->nodes[number].object = object_create(file);
        }
        number = elements_next(elements, number);
    } while (number != 0);
    do {
        HPDF_Dict parent = number == 0 ? root : structure->nodes[elements->items[number].parent].object;
        if (structure->nodes[number].wanted) {
            write_element(structure, file, number, parent, pages);
        }
        number = elements_next(elements, number);
    } while (number != 0);
    HPDF_Dict parents = write_parents(structure, file, page_count);
    struct buffer *text = file_text(file);
    buffer_add(text, STR("/Type/StructTreeRoot/K "));
    put_reference(text, structure->nodes[0].object);
    buffer_add(text, STR("/ParentTree "));
    put_reference(text, parents);
    buffer_printf(text, "/ParentTreeNextKey %zu/ClassMap<<", page_count);
    put_classes(structure, file, text);
    buffer_add(text, STR(">>"));
    object_set_entries(file, root, buffer_str(text));
    return root;
}
