/* elements.h: the logical structure of a document: what its marks are parts of, in reading order (ISO 32000-1, 14.7).
 *
 *     document ─┬─ heading          marks name their element by number; what isn't in the tree (rules, running heads, a
 *               ├─ paragraph        repeated head) is an artifact, which a screen reader passes over
 *               └─ table ── row ─┬─ head cell
 *                                └─ cell ── figure
 *
 * A document has a tree only where it is asked for: struct document's `elements` is NULL else, and then the numbers of its
 * marks mean no more than which marks belong together.
 *
 * E1  A parent is added before its children.
 * E2  Children stand in reading order, which is the order in which they were added. */
#ifndef PAGE_ELEMENTS_H
#define PAGE_ELEMENTS_H

#include "base/buffer.h"
#include "page/page.h"

/* Groups (document, section, table, row, contents) have children and no marks of their own. */
enum element_kind {
    ELEMENT_NONE, /* not in the tree */
    ELEMENT_DOCUMENT,
    ELEMENT_SECTION,
    ELEMENT_HEADING,
    ELEMENT_PARAGRAPH,
    ELEMENT_NOTE,
    ELEMENT_CONTENTS,
    ELEMENT_ENTRY, /* a line of the contents list */
    ELEMENT_TABLE,
    ELEMENT_ROW,
    ELEMENT_HEAD_CELL,
    ELEMENT_CELL,
    ELEMENT_FIGURE,
    ELEMENT_GOES_ON /* another number of `parent`: on the next page */
};
/* What a head cell is the head of. */
enum element_scope { SCOPE_NONE, SCOPE_OF_ROW, SCOPE_OF_COLUMN };

/* An element; its links are numbers of elements, 0: none (the document, which has that number, is nobody's child). */
struct element {
    uint8_t kind;           /* enum element_kind */
    uint8_t level;          /* of a heading, from 1 */
    uint8_t scope;          /* enum element_scope, of a head cell */
    uint32_t rows, columns; /* that a cell stands over */
    uint32_t parent, first, last, next;
    struct str says; /* a figure's words for who can't see it */
};
struct elements {
    struct arena *arena;
    struct element *items; /* by number; [0] is the document */
    size_t count, capacity;
};

/* The tree of a document that has nothing in it yet, in the arena. */
struct elements *elements_create_in(struct arena *arena);
/* Adds an element below another, behind its children. Its number is not in the tree yet. Borrowed, until the next one is added. */
struct element *elements_add(struct elements *elements, uint32_t number, enum element_kind kind, uint32_t parent);
/* Is this number in the tree? */
bool elements_has(const struct elements *elements, uint32_t number);
/* The element that marks of this number are content of; 0: they are an artifact. */
uint32_t elements_of_marks(const struct elements *elements, uint32_t number);
/* Those of a document that is bound into another: all of `more` becomes a section of `into`. Gives back by how much its numbers
 * grow; the caller renumbers its marks. */
uint32_t elements_join(struct elements *into, const struct elements *more);
/* The next in reading order: a child, else a sibling of it or of one around; 0: it was the last. */
uint32_t elements_next(const struct elements *elements, uint32_t number);

/* The tree with the texts of its marks, one line an element, for tests and people:
 *
 *   document
 *     heading 1 "家庭情况"
 *     table
 *       row
 *         head-cell row "姓名"
 *         cell 1x2 "王一"
 *     figure "照片" */
void document_dump_elements(const struct document *document, struct buffer *out);

#endif
