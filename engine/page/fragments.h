/* fragments.h: the texts of a page as they stand on paper, for scan and text. Internal to page/.
 *
 * Each glyph run becomes a fragment in page coordinates: groups are unfolded, turned text is measured along its own
 * direction. Fragments of one direction whose baselines agree are a line. */
#ifndef PAGE_FRAGMENTS_H
#define PAGE_FRAGMENTS_H

#include "page/page.h"

/* A glyph run on paper. */
struct fragment {
    struct str text;           /* of the run */
    int32_t direction;         /* a key: equal for texts that run the same way */
    int32_t along_mp;          /* its beginning, measured along its direction */
    int32_t across_mp;         /* its baseline, measured across it; grows downwards for upright text */
    int32_t width_mp, size_mp; /* on paper: the groups' scales are in them */
    uint32_t order;            /* in drawing order: its index before sorting */
    uint32_t element;          /* its paragraph or cell; 0: none */
    bool upright;              /* not turned: along is x, across is y */
};

/* A straight rule, level or upright, in page coordinates. */
struct divider {
    int32_t x_mp[2], y_mp[2]; /* smaller first */
};

/* All fragments and rules of a page, in drawing order. */
struct fragments {
    struct fragment *items;
    size_t count, capacity;
    struct divider *dividers;
    size_t divider_count, divider_capacity;
};

/* Collects them; everything lives in the arena. */
void fragments_collect(struct fragments *fragments, struct arena *arena, const struct page *page);
/* Sorts by direction, line and place in the line. */
void fragments_sort(struct fragment *items, size_t count);
/* Do both stand on one line? Their baselines may differ by a quarter of the smaller size: superscripts are further
 * off, rounding is nearer. */
static inline bool fragment_same_line(const struct fragment *a, const struct fragment *b) {
    const int32_t size_mp = a->size_mp < b->size_mp ? a->size_mp : b->size_mp;
    const int32_t apart_mp = a->across_mp > b->across_mp ? a->across_mp - b->across_mp : b->across_mp - a->across_mp;
    return a->direction == b->direction && apart_mp <= size_mp / 4;
}

#endif
