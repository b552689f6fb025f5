/* pieces.h: a page's texts as they stand on paper, for what reads a page: scan and text. Internal to page/.
 *
 * Each glyph run becomes a piece in page coordinates: groups are unfolded, turned text is measured along its own
 * direction. Pieces of one direction whose baselines agree are a line. */
#ifndef PAGE_PIECES_H
#define PAGE_PIECES_H

#include "page/page.h"

struct piece {
    struct str text;
    int32_t direction; /* a key: equal for texts that run the same way */
    int32_t along_mp;  /* where it begins, measured along its direction */
    int32_t across_mp; /* its baseline, measured across it; grows downwards for upright text */
    int32_t width_mp, size_mp;
    uint32_t order;   /* of placing */
    uint32_t element; /* paragraph or cell that it belongs to; 0: none */
    bool upright;     /* not turned: along is x, across is y */
};

/* A straight rule in the coordinates of upright text. */
struct divider {
    int32_t x_mp[2], y_mp[2]; /* smaller first */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
    struct divider *dividers;
    size_t divider_count, divider_capacity;
};

/* Everything lives in the arena. */
void pieces_collect(struct pieces *pieces, struct arena *arena, const struct page *page);
/* By direction, line and place in the line. */
void pieces_sort(struct piece *items, size_t count);
/* Do both stand on one line? A quarter of the smaller size: superscripts are further off, rounding is nearer. */
static inline bool piece_same_line(const struct piece *a, const struct piece *b) {
    const int32_t size_mp = a->size_mp < b->size_mp ? a->size_mp : b->size_mp;
    const int32_t apart_mp = a->across_mp > b->across_mp ? a->across_mp - b->across_mp : b->across_mp - a->across_mp;
    return a->direction == b->direction && apart_mp <= size_mp / 4;
}

#endif
