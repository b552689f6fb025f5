/* coverage.c: the glyph of a code point, and the advance of a glyph.
 *
 * A document asks for the same few hundred characters again and again, out of 65,000. An answer is looked up in the
 * font's tables when first asked for, and kept in blocks of 256 code points; nothing is collected at the start. */
#include "font/face.h"

#include <string.h>

enum { BLOCK = 256, BLOCKS = 0x110000 / BLOCK, GLYPHS = 65536, NOT_ASKED = 0xFFFF };

struct coverage {
    struct arena *arena;
    uint16_t *glyphs[BLOCKS];  /* NOT_ASKED: unknown yet; 65,535 is no glyph, since a font has at most that many */
    uint16_t advances[GLYPHS]; /* plus 1; 0: unknown yet */
};

struct coverage *coverage_create_in(struct arena *arena) {
    struct coverage *coverage = ARENA_NEW(arena, struct coverage);
    coverage->arena = arena;
    return coverage;
}

static uint16_t *block_of(struct coverage *coverage, uint32_t code_point) {
    uint16_t **block = &coverage->glyphs[code_point / BLOCK];
    if (!*block) {
        *block = ARENA_ARRAY(coverage->arena, uint16_t, BLOCK);
        memset(*block, 0xFF, BLOCK * sizeof **block);
    }
    return *block;
}

bool face_has_glyph(const struct face *face, uint32_t glyph) {
    return glyph < hb_face_get_glyph_count(face->hb_face) && glyph < NOT_ASKED;
}

static uint16_t plain_glyph(const struct face *face, uint32_t code_point) {
    if (code_point >= 0x110000) {
        return 0;
    }
    uint16_t *slot = &block_of(face->coverage, code_point)[code_point % BLOCK];
    if (*slot == NOT_ASKED) {
        hb_codepoint_t glyph = 0;
        bool has = hb_font_get_nominal_glyph(face->hb_font, code_point, &glyph);
        *slot = has && face_has_glyph(face, glyph) ? (uint16_t)glyph : 0;
    }
    return *slot;
}

uint16_t face_glyph(const struct face *face, uint32_t code_point, uint32_t variation) {
    hb_codepoint_t glyph;
    if (variation && hb_font_get_variation_glyph(face->hb_font, code_point, variation, &glyph) &&
        face_has_glyph(face, glyph)) {
        return (uint16_t)glyph;
    }
    return plain_glyph(face, code_point);
}

bool face_covers(const struct face *face, uint32_t code_point) {
    return plain_glyph(face, code_point) != 0;
}

int32_t face_advance(const struct face *face, uint16_t glyph) {
    uint16_t *slot = &face->coverage->advances[glyph];
    if (*slot == 0) {
        const hb_position_t advance = hb_font_get_glyph_h_advance(face->hb_font, glyph);
        *slot = (uint16_t)((advance < 0 ? 0 : advance > 0xFFFE ? 0xFFFE : advance) + 1);
    }
    return *slot - 1;
}

const struct face *chain_face(const struct font_chain *chain, uint32_t code_point) {
    for (size_t i = 0; i < chain->count; i++) {
        if (face_covers(chain->faces[i], code_point)) {
            return chain->faces[i];
        }
    }
    return NULL;
}

uint16_t face_cid(const struct face *face, uint16_t glyph) {
    const struct cff *cff = &face->cff;
    return cff->cids == NULL ? glyph : glyph < cff->glyph_count ? cff->cids[glyph] : 0;
}

uint16_t face_last_cid(const struct face *face) {
    const size_t count = hb_face_get_glyph_count(face->hb_face);
    uint16_t last = (uint16_t)(count - 1);
    for (size_t glyph = 0; face->cff.cids != NULL && glyph < face->cff.glyph_count; glyph++) {
        last = face->cff.cids[glyph] > last ? face->cff.cids[glyph] : last;
    }
    return last;
}
