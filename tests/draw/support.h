/* support.h: a page to draw on, and its dump held against a golden. */
#ifndef TESTS_DRAW_SUPPORT_H
#define TESTS_DRAW_SUPPORT_H

#include "draw/draw.h"

struct easel {
    struct arena *arena;
    struct fonts *fonts;
    struct text_engine *engine;
    const struct face *faces[1];
    struct text_style style; /* 宋体, 9 pt */
    struct document *document;
    struct canvas canvas;
};
void easel_init(struct easel *easel, int32_t width_mp, int32_t height_mp);
void easel_release(struct easel *easel);
/* Fails the test when the dump differs from tests/draw/NAME.golden. With ACCEPT set in the environment the file is written. */
void easel_assert_golden(struct easel *easel, const char *name);

#endif
