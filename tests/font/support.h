/* What tests of fonts share: fonts read back as a PDF reader would. */
#ifndef TESTS_FONT_SUPPORT_H
#define TESTS_FONT_SUPPORT_H

#include <hb.h>

#include "font/font.h"

typedef bool way(const struct face *face, const struct glyph_set *used, struct font_program *out);

/* Makes a font and inflates it by zlib, which must give as many bytes as were told. Fails the test when there is none. */
void make_plain(way *make, const struct face *face, const struct glyph_set *used, struct font_program *out);

/* A font that HarfBuzz draws with, 1000 units an em; destroy with hb_font_destroy. */
hb_font_t *font_of_program(const struct face *face, const struct font_program *program);

/* An outline as bytes that are equal when it is. */
struct str drawn(struct arena *arena, hb_font_t *font, hb_codepoint_t glyph);

/* Every glyph of the set is drawn by the font as by the face. */
void assert_draws(const struct face *face, const struct glyph_set *used, const struct font_program *program);

void add_range(struct glyph_set *set, const struct face *face, uint32_t first, uint32_t count, uint32_t step);
size_t face_glyph_count(const struct face *face);

#endif
