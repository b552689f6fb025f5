/* support.h: faces, styles and paragraphs for the tests of text/. */
#ifndef TEXT_TEST_SUPPORT_H
#define TEXT_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "page/sinks.h"
#include "text/paragraph.h"

#define EM 12000

static struct arena *arena;
static struct fonts *fonts;
static struct text_engine *engine;
static const struct face *song, *kai;
static const struct face *song_chain[1], *kai_chain[2];

static inline int begin(void **state) {
    int error = 0;
    (void)state;
    arena = arena_create();
    fonts = fonts_create();
    engine = text_engine_create();
    song = face_find(fonts, STR("Noto Serif CJK SC"), ".", &error);
    kai = face_find(fonts, STR("LXGW WenKai"), ".", &error);
    if (song == NULL || kai == NULL) {
        fail_msg("the faces of the tests aren't installed");
    }
    song_chain[0] = kai_chain[1] = song;
    kai_chain[0] = kai;
    return 0;
}

static inline int end(void **state) {
    (void)state;
    text_engine_destroy(engine);
    fonts_destroy(fonts);
    arena_destroy(arena);
    return 0;
}

static inline struct text_style plain_style(void) {
    return (struct text_style){
        .chain = {song_chain, 1}, .size_mp = EM, .leading_mp = EM * 3 / 2, .align = ALIGN_JUSTIFY};
}

static inline struct paragraph *shape_one(struct str text, const struct text_style *style) {
    struct text_span span = {.text = text, .style = style};
    return text_shape(engine, arena, &span, 1, style);
}

/* The text of a line, without the spaces and the forced break at its end. */
static inline struct str line_text(const struct lines *lines, size_t i) {
    const struct line *line = &lines->items[i];
    return str_slice(lines->paragraph->text, paragraph_offset(lines->paragraph, line->first),
                     paragraph_offset(lines->paragraph, line->end));
}

/* All lines on a page of their own. */
static inline struct page *emit_page(struct document *document, const struct lines *lines, size_t *placed) {
    struct page *page = document_add_page(document, lines->width_mp, lines->height_mp);
    struct canvas canvas = canvas_of_page(document, page);
    *placed = text_emit(&canvas, lines, 0, lines->count, 0, 0);
    return page;
}

/* Where a mark's ink ends: of a run, its last glyph's advance, else its width. */
static inline int32_t right_edge(const struct mark *mark) {
    return mark->x_mp + (mark->kind == MARK_GLYPHS ? mark->glyphs.width_mp : 0);
}

#endif
