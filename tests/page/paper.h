/* paper.h: a document to try things on, for the tests of page/. */
#ifndef TESTS_PAGE_PAPER_H
#define TESTS_PAGE_PAPER_H

#include "page/page.h"

struct paper {
    struct arena *arena;
    struct document *document;
    struct page *page; /* the newest */
    struct canvas canvas;
};

/* A document with one page of A4. */
struct paper paper_create(void);
void paper_destroy(struct paper *paper);
void paper_turn(struct paper *paper); /* another page */

/* A run of 10 pt without a face: ASCII half an em wide, all else one em. */
struct mark *paper_set(struct canvas *canvas, int32_t x_mp, int32_t y_mp, const char *text);

#endif
