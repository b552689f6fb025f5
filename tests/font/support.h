/* What tests of fonts share: fonts read back as a PDF reader would. */
#ifndef TESTS_FONT_SUPPORT_H
#define TESTS_FONT_SUPPORT_H

#include <hb.h>

#include "font/font.h"

enum way { JOINED, CUT };

/* A font as a reader sees it. */
struct plain_font {
    enum font_program_kind kind;
    struct buffer bytes, map; /* map: two bytes for each CID, of TrueType */
};
/* Makes a font and inflates what is deflated by zlib, which must give as many bytes as were told. Fails the test when there is none. */
void plain_font_make(enum way way, const struct face *face, const struct glyph_set *used, struct plain_font *out);
/* The same with copies, joined. */
void plain_font_copied(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                       struct plain_font *out);
void plain_font_release(struct plain_font *font);

/* A font that HarfBuzz draws with, 1000 units an em; destroy with hb_font_destroy. */
hb_font_t *font_of_plain(const struct face *face, const struct plain_font *plain);

/* An outline as bytes that are equal when it is. */
struct str drawn(struct arena *arena, hb_font_t *font, hb_codepoint_t glyph);

/* Every glyph of the set is drawn by the font as by the face. */
void assert_draws(const struct face *face, const struct glyph_set *used, const struct plain_font *plain);

void add_range(struct glyph_set *set, const struct face *face, uint32_t first, uint32_t count, uint32_t step);
size_t face_glyph_count(const struct face *face);

#endif
