/* flow.h: the protocol by which blocks reach pages. Private to compose/.
 *
 * An item is a block with its values. Flow asks it to `place` itself into a room: how much of it, from a given progress
 * on, fits? That may be asked again and again and changes nothing: neither the paper, nor what is counted, nor what is told.
 * Then `commit` emits what the answer described, counts it and tells what was found. Page breaks, kept-together items, rows that break and repeated heads all follow from it. To add a kind of
 * block: a file with its two functions and its builder, a row in kinds.def. */
#ifndef COMPOSE_FLOW_H
#define COMPOSE_FLOW_H

#include "base/length.h"
#include "compose/context.h"

/* Where an item goes on: nothing of it is placed at {0}. */
struct progress {
    size_t item; /* in a list; an item that isn't a list ignores it */
    size_t row;  /* paragraph: line; table: row */
    const uint32_t
        *lines; /* table: lines of each cell of `row` that are placed already, when a row breaks; else NULL */
};

/* Notes that go to the foot of the page; they take room from it as what they belong to does. */
struct foot {
    struct note **notes;
    size_t count;
    int64_t height_mp; /* of all lines, without the gap and rule above them */
};
#define FOOT_GAP_MP MM(4)

struct room {
    int32_t width_mp, height_mp;
    bool fresh;             /* nothing above on this page: waiting for the next one won't help */
    int32_t page_height_mp; /* of a whole type area: what fits there may wait for the next page */
    int32_t foot_width_mp;  /* of the notes; 0: the room has no foot */
    bool foot_begun;        /* notes stand there already: the gap above them is taken */
    bool foot_apart;        /* who asks makes room for the notes, which are only gathered */
};

enum fit_kind { FITS, FITS_IN_PART, FITS_NOT };
struct fit {
    enum fit_kind kind;
    int32_t height_mp;
    bool one_line;                /* a paragraph of one line: a heading above it has only half of what stays with it */
    struct progress next;         /* FITS_IN_PART */
    struct foot *foot;            /* NULL: no notes */
    const struct findings *found; /* told by the commit; NULL: none */
    void *plan;                   /* what the item decided, for its commit; in the arena */
};

struct item;
struct item_kind {
    const char *name;
    struct fit (*place)(struct context *context, struct item *item, struct progress from, struct room room);
    void (*commit)(struct context *context, struct item *item, struct progress from, const struct fit *fit,
                   struct canvas *canvas, struct box box);
};

enum item_control {
    ITEM_PLACED,
    ITEM_FIXED, /* at: does not move the flow */
    ITEM_BREAK,
    ITEM_RECTO,
    ITEM_VERSO,
    ITEM_PAGE_KIND
};
struct item {
    const struct item_kind *kind;
    enum item_control control;
    const struct block *block;
    const struct page_kind *page_kind; /* ITEM_PAGE_KIND */
    void *data;
    struct row_stack stack;
    const struct each_frame *each;
    enum layer layer;
    int32_t before_mp, after_mp;
    struct note_list *notes; /* NULL: none */
    bool keep_with_next;
    bool takes_text; /* lines of what stands before it go with it to the next page */
    uint32_t keep;   /* neighbours with the same number stay together; 0: none */
    uint32_t element;
};
struct items {
    struct item *list;
    size_t count, capacity;
};

/* --- build.c, kinds.c ------------------------------------------------------------------------------------------------
 */

/* Builds blocks with the rows around into items behind those of `out`. */
void build_blocks(struct context *context, const struct block *blocks, size_t count, struct items *out);
/* A new item at the end with stack, layer and keep of the context. Borrowed until the next one. */
struct item *items_add(struct context *context, struct items *items, const struct item_kind *kind,
                       const struct block *block);

/* The builders of the kinds: kinds.def. */
#define KIND(kind, builder) void builder(struct context *context, const struct block *block, struct items *out);
#include "compose/kinds.def"
#undef KIND

/* The width that no column exceeds, so that all of them have room: what narrow ones leave goes to the wide ones. */
int32_t widest_allowed(const int32_t *wishes, size_t count, int32_t room_mp);

/* An item of a small ruled table, of rows of {text|rich}. */
void add_rich_table(struct context *context, struct items *out, const struct block *block,
                    const struct rich_paragraph *rows, size_t count);
/* How many columns it would have. */
size_t rich_table_columns(const struct rich_paragraph *rows, size_t count);

/* --- flow.c, pages.c ------------------------------------------------------------------------------------------------------
 */

/* Places items one below the other into a room, from a progress on: for pages, columns and boxes alike. */
struct fit list_place(struct context *context, struct items *items, struct progress from, struct room room);
void list_commit(struct context *context, struct items *items, struct progress from, const struct fit *fit,
                 struct canvas *canvas, struct box box);
/* The pages from here on are a document of their own. In a file that is printed on both sides it begins on a recto, so that no
 * two share a leaf. bookmark: its name; STR_NONE where it has the file for itself. */
void flow_begin_part(struct context *context, struct str bookmark);
/* A break of the page, which places nothing. */
bool item_breaks(const struct item *item);
/* --- foot.c --- */

/* Both; `more` may be NULL. */
struct foot *foot_join(struct context *context, struct foot *foot, const struct foot *more);
/* All notes of a list, set in a width; NULL: none. */
struct foot *foot_of_notes(struct context *context, struct note_list *notes, int32_t width_mp);
/* What a foot takes of a room: nothing where somebody else reckons with it. */
int32_t foot_room(const struct foot *foot, struct room room);
/* Places an item so that its notes fit below it: what has a note ends a page only with it. */
struct fit place_above_foot(struct context *context, struct item *item, struct progress from, struct room room);
/* Notes for the foot of a page, of which `line` lines of the first stand on the page before. */
struct footnotes {
    struct foot foot;
    size_t line;
};
int64_t footnotes_height(const struct footnotes *notes);
/* Emits what fits into the lower part of the area, below `top_mp` of it, and keeps the rest. Tells when there is one. */
void footnotes_emit(struct context *context, struct footnotes *notes, struct canvas *canvas, struct box area,
                    int32_t top_mp);

/* Flows items over pages of a kind, each begun as needed. False when the document got longer than the layout allows. */
bool flow_pages(struct context *context, struct items *items, const struct page_kind *kind);
/* One page of a kind with items in its type area; what doesn't fit is told. */
void flow_card(struct context *context, struct items *items, int32_t width_mp, int32_t height_mp);

/* fixed.c: blocks with `at`. */
void build_fixed(struct context *context, const struct block *block, struct items *out);
void commit_fixed(struct context *context, struct item *item, struct canvas *canvas, const struct page *page);

/* stamp.c: headers and footers of all pages, when their number is known. */
void stamp_pages(struct context *context);
/* The type area of a page: binding edge left on a recto, right on a verso. */
struct box type_area(const struct context *context, const struct page_kind *kind, size_t page_index);

#endif
