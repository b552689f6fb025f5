/* tags.h: the elements of a document, by which a screen reader reads it (page/elements.h). Private to compose/.
 *
 * An item's marks bear its number whether there is a tree or not. Where there is one, the commit says what that number is. So elements
 * come in the order in which things are committed, which is the source's, and what is built but never placed has none. What nobody
 * names is an artifact: rules, running heads, 续表. Where the document has no tree, all of these do nothing. */
#ifndef COMPOSE_TAGS_H
#define COMPOSE_TAGS_H

#include "compose/flow.h"
#include "page/elements.h"

/* A section of the tree, which begins with the first item in it. */
struct tag_group {
    struct tag_group *outer; /* NULL: the document */
    uint32_t element;        /* 0: not begun */
};
/* A section in another, in the row's arena; NULL where there is no tree. */
struct tag_group *tag_group(const struct context *context, struct tag_group *outer);
/* Is there a tree? */
bool tags_wanted(const struct context *context);
/* The element with this number, which is in the tree; borrowed until the next one is added. */
struct element *tag_of(const struct context *context, uint32_t element);

/* The item's own number becomes an element in the item's section, unless it is one already: it goes on, on another page. */
void tag_item(struct context *context, const struct item *item, enum element_kind kind);
/* A level for a heading. */
void tag_level(const struct context *context, uint32_t element, uint8_t level);
/* Words for a figure. */
void tag_says(const struct context *context, uint32_t element, struct str says);

/* A new element below another, for the canvas's marks from now on. Gives back its number; 0: there is no tree, or the other isn't in it. */
uint32_t tag_below(struct context *context, struct canvas *canvas, uint32_t parent, enum element_kind kind);
/* A new element behind the item's own, for such marks; the same with a second text of an item. */
uint32_t tag_beside(struct context *context, const struct item *item, struct canvas *canvas, enum element_kind kind);
/* Such marks go on with an element of another page. */
void tag_goes_on(struct context *context, struct canvas *canvas, uint32_t element);
/* Such marks are an artifact. */
void tag_nothing(struct context *context, struct canvas *canvas);
/* A note at the foot of a page, in the section of what was committed last; *element: 0, else the note that goes on. */
void tag_note(struct context *context, struct canvas *canvas, uint32_t *element);

/* What a picture shows: 照片, or as the form calls it, and whose it is where that is the document's. value: of the path, UINT32_MAX: none,
 * it is the same in each document. In the context's arena. */
struct str tag_picture_words(const struct scope *scope, uint32_t value);

/* A figure that is a seal, for the canvas's marks. */
void tag_seal(struct context *context, const struct item *item, struct canvas *canvas);

/* --- table_tags.c ----------------------------------------------------------------------------------------------------- */

struct segment;
/* A segment's part of the table's tree, while it is drawn: begin, then each row, then each of its places from the left. A repeated head
 * is an artifact, and so are rows that are there to be filled in. */
struct table_tagging {
    const struct item *item;
    const struct segment *segment;
    struct table_tags *tags; /* NULL: there is no tree */
    enum { TAG_ROW_NONE, TAG_ROW_NEW, TAG_ROW_GOES_ON } way;
    bool first; /* segment of the table */
    size_t row;
    uint32_t *above;    /* by column: the cell of the row above */
    bool heads_columns; /* the row's labels are heads of what is below them, not beside them */
};
/* Begins a segment; for each of its rows table_tag_row, and for each cell table_tag_place. On the stack. Nothing is done by
 * these where no tree is wanted. */
struct table_tagging table_tag_begin(struct context *context, const struct item *item, const struct segment *segment);
/* A row of the segment, by its index; a head that stands again, and rows that only fill the page, aren't in the tree. */
void table_tag_row(struct context *context, struct table_tagging *tagging, size_t row);
/* canvas: for the cell's marks. */
void table_tag_place(struct context *context, struct table_tagging *tagging, size_t column, struct canvas *canvas);
/* canvas: for a note's marks, below the segment. */
void table_tag_note(struct context *context, struct table_tagging *tagging, const struct note *note,
                    struct canvas *canvas);

#endif
