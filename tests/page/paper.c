#include "paper.h"

#include "base/length.h"
#include "base/utf8.h"

enum { SIZE_MP = 10000 };

struct paper paper_create(void) {
    struct paper paper = {.arena = arena_create()};
    paper.document = document_create_in(paper.arena);
    paper_turn(&paper);
    return paper;
}

void paper_destroy(struct paper *paper) {
    arena_destroy(paper->arena);
}

void paper_turn(struct paper *paper) {
    paper->page = document_add_page(paper->document, MM(210), MM(297));
    paper->canvas = canvas_of_page(paper->document, paper->page);
}

struct mark *paper_set(struct canvas *canvas, int32_t x_mp, int32_t y_mp, const char *text) {
    struct mark *mark = canvas_add(canvas, MARK_GLYPHS, x_mp, y_mp);
    struct mark_glyphs *run = &mark->glyphs;
    run->size_mp = SIZE_MP;
    run->stretch = 1000;
    run->text = str_copy(canvas->arena, str_from(text));
    run->glyphs = ARENA_ARRAY(canvas->arena, struct glyph, run->text.n);
    for (size_t offset = 0; offset < run->text.n;) {
        struct glyph *glyph = &run->glyphs[run->count++];
        glyph->cluster = (uint16_t)offset;
        glyph->x_mp = run->width_mp;
        run->width_mp += utf8_next(run->text, &offset) < 0x80 ? SIZE_MP / 2 : SIZE_MP;
    }
    return mark;
}
