/* flow.h: the protocol by which blocks reach pages. Private to compose/.
 *
 *     build ──► items ──► place(item, from, room) ──► fit ──► commit(item, from, fit, canvas, box)
 *                           ▲                          │
 *                           └── from = fit.next ◄──────┘  on the next page
 *
 * An item is a block with its values. It is asked to `place` itself into a room: how much of it fits, from a given progress on? The
 * answer is a struct fit: its height, where to go on, the notes that go to the foot, what there is to tell, and a plan in the item's
 * own words. An item may be asked again and again, with other rooms, and most answers are thrown away. The one that stays is
 * committed: marks are emitted as the plan says, counted, and the findings told. Page breaks, kept-together items, rows that break
 * and repeated heads all follow from it. A list of items is placed like an item (list_place), so columns and boxes flow as pages do.
 *
 * Placing changes nothing: neither context nor item, nor what is counted or told. They are const, and of what they point to place
 * writes to its arenas and to the caches only (caches.h). So the same question gets the same answer.
 *
 * I1  FITS_IN_PART: next is behind from. FITS_NOT: nothing is placed, not even a note.
 * I2  Every page makes progress. In a fresh room an item never gives FITS_NOT: what is higher than a page is broken, or told and
 *     printed all the same, never dropped. (One that did would be passed over, and told as C504.)
 * I3  A list emits each item of its plan once, in order.
 *
 * To add a kind of block: kinds.h. */
#ifndef COMPOSE_FLOW_H
#define COMPOSE_FLOW_H

#include "base/length.h"
#include "compose/notes.h"

struct table_data;

/* Where an item goes on: nothing of it is placed at {0}. In the page's, or the row's, arena. */
struct progress {
    size_t item; /* in a list; an item that isn't a list ignores it */
    size_t row;  /* paragraph: line; table: row */
    /* Table: lines of each cell of `row` that are placed already, when a row breaks; else NULL. */
    const uint32_t *lines;
    const struct table_data *shape; /* table: as it goes on when it isn't as it was built (table.h); NULL: as built */
};

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
    const size_t *note_lines;     /* by the item's notes: the line where each mark stands; NULL: none has one */
    struct foot *foot;            /* NULL: no notes */
    const struct findings *found; /* told by the commit; NULL: none */
    const void *plan;             /* what the item decided, for its commit; in the page's arena */
};

struct item;
struct item_kind {
    const char *name;
    struct fit (*place)(const struct context *context, const struct item *item, struct progress from, struct room room);
    /* Told and judged by who calls it: fit->found, and what runs off the paper. box: the room's width, the fit's height. */
    void (*commit)(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
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
    const struct item_kind *kind; /* NULL where nothing is placed */
    enum item_control control;
    const struct block *block;
    const struct page_kind *page_kind; /* ITEM_PAGE_KIND */
    const void *data;                  /* the kind's own, as it was built */
    struct measure *measure;           /* the kind's own, as set for a width */
    const struct scope *scope;         /* that it was built in */
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

/* --- build.c ---------------------------------------------------------------------------------------------------------- */

/* Builds blocks into items behind those of `out`, in the row's arena. scope: kept (scope_keep), since items keep it. */
void build_blocks(struct context *context, const struct scope *scope, const struct block *blocks, size_t count,
                  struct items *out);
/* A new item at the end. Borrowed until the next one. */
struct item *items_add(struct context *context, const struct scope *scope, struct items *items,
                       const struct item_kind *kind, const struct block *block);
/* A break of the page, which places nothing. */
bool item_breaks(const struct item *item);

/* --- flow.c ----------------------------------------------------------------------------------------------------------- */

/* Places items one below the other into a room, from a progress on: for pages, columns and boxes alike. */
struct fit list_place(const struct context *context, const struct items *items, struct progress from, struct room room);
/* Draws what list_place placed, at the box, and tells its findings. Once for each fit, in the order of the pages. */
void list_commit(struct context *context, const struct items *items, const struct fit *fit, struct canvas *canvas,
                 struct box box);

/* --- foot.c ----------------------------------------------------------------------------------------------------------- */

/* What a foot takes of a room: nothing where somebody else reckons with it. */
int32_t foot_room(const struct foot *foot, struct room room);
/* Places an item so that its notes fit below it: what has a note ends a page only with it. Asserts I1. */
struct fit place_above_foot(const struct context *context, const struct item *item, struct progress from,
                            struct room room);

/* --- fixed.c ---------------------------------------------------------------------------------------------------------- */

/* A block with `at:`, by millimetres from the edge of a page. */
void build_fixed(struct context *context, const struct scope *scope, const struct block *block, struct items *out);
/* Draws it. What doesn't fit is told (C509) and drawn all the same: what is cut would be lost. */
void commit_fixed(struct context *context, const struct item *item, struct canvas *canvas);

#endif
