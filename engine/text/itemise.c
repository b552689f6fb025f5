/* itemise.c: characters are mapped to faces, once for each character and chain.
 *
 * The first face that has a character prints it, with one exception: marks that Chinese and Latin text share (“ ” ‘
 * ’ · … —) are narrow in some faces (LXGW WenKai: 0.35 em). They come from the first face of the chain that draws
 * them as Chinese marks, one em wide. The blank side of a mark is measured from its outline, never assumed. */
#include "text/itemise.h"

#include <hb.h>

#define PAGE_BITS  8
#define PAGE_SIZE  (1u << PAGE_BITS)
#define PAGE_COUNT (0x110000u >> PAGE_BITS)
#define EM         1000
#define HALF_EM    500
#define GETA       0x3013 /* 〓 */

struct chain_cache {
    struct arena *arena;
    struct font_chain chain;
    uint8_t marks_face; /* the face of the shared marks */
    struct glyph_info *pages[PAGE_COUNT];
};

static bool draws_wide_quotes(const struct face *face) {
    const uint16_t glyph = face_glyph(face, 0x201C, 0);
    return glyph && face_advance(face, glyph) >= EM * 9 / 10;
}

struct chain_cache *chain_cache_create_in(struct arena *arena, const struct font_chain *chain) {
    struct chain_cache *cache = ARENA_NEW(arena, struct chain_cache);
    cache->arena = arena;
    cache->chain.count = chain->count < UINT8_MAX ? chain->count : UINT8_MAX;
    cache->chain.faces = arena_copy(arena, chain->faces, cache->chain.count * sizeof(struct face *));
    for (size_t i = cache->chain.count; i-- > 0;) {
        if (draws_wide_quotes(cache->chain.faces[i])) {
            cache->marks_face = (uint8_t)i;
        }
    }
    return cache;
}

bool chain_cache_is(const struct chain_cache *cache, const struct font_chain *chain) {
    if (cache->chain.count != chain->count) {
        return false;
    }
    for (size_t i = 0; i < chain->count; i++) {
        if (cache->chain.faces[i] != chain->faces[i]) {
            return false;
        }
    }
    return true;
}

const struct face *chain_cache_face(const struct chain_cache *cache, uint8_t index) {
    return cache->chain.faces[index];
}

static bool is_shared_mark(uint32_t code_point) {
    switch (code_point) {
    case 0x00B7:
    case 0x2014:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2026:
        return true;
    default:
        return false;
    }
}

/* A character that prints in place of one that a face may lack, although it has no drawing of its own. */
static uint32_t stand_in(uint32_t code_point) {
    switch (code_point) {
    case 0x00A0:
        return ' ';
    case 0x2010:
    case 0x2011:
        return '-';
    default:
        return 0;
    }
}

static bool middot_fits(const struct face *face) {
    const uint16_t glyph = face_glyph(face, 0x00B7, 0);
    return glyph && face_advance(face, glyph) <= HALF_EM;
}

/* The face of ·: that of the shared marks, unless its drawing in the middle of a whole em would overlap the
 * neighbours of a half-em box. */
static size_t middot_face(const struct chain_cache *cache) {
    for (size_t i = 0; i < cache->chain.count; i++) {
        const size_t at = (cache->marks_face + i) % cache->chain.count;
        if (middot_fits(cache->chain.faces[at])) {
            return at;
        }
    }
    return cache->marks_face;
}

static size_t first_face(const struct chain_cache *cache, uint32_t code_point) {
    if (code_point == 0x00B7) {
        return middot_face(cache);
    }
    return is_shared_mark(code_point) ? cache->marks_face : 0;
}

static bool find_in_chain(const struct chain_cache *cache, uint32_t code_point, struct glyph_info *info) {
    const size_t first = first_face(cache, code_point);
    for (size_t i = 0; i < cache->chain.count; i++) {
        const size_t at = (first + i) % cache->chain.count;
        const uint16_t glyph = face_glyph(cache->chain.faces[at], code_point, 0);
        if (glyph) {
            info->glyph = glyph;
            info->face = (uint8_t)at;
            return true;
        }
    }
    return false;
}

/* Spaces of fixed width need no glyph: their width in 1/1000 em. */
static int32_t space_width(uint32_t code_point) {
    static const struct {
        uint32_t code_point;
        int32_t width;
    } widths[] = {
        {0x2000, 500}, {0x2001, EM},  {0x2002, 500}, {0x2003, EM},  {0x2004, 333},
        {0x2005, 250}, {0x2006, 167}, {0x2007, 556}, {0x2008, 278}, {0x2009, 200},
        {0x200A, 100}, {0x202F, 200}, {0x205F, 222}, {0x2060, 0},   {0x3000, EM},
    };
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (widths[i].code_point == code_point) {
            return widths[i].width;
        }
    }
    return 250;
}

/* The blank at the left of an opening mark or the right of a closing one, at most half an em, of wide marks only. */
static uint16_t measure_blank(const struct face *face, const struct glyph_info *info) {
    hb_glyph_extents_t box;
    const int32_t spare = info->advance - HALF_EM;
    if (spare <= 0 || !hb_font_get_glyph_extents(face_hb_font(face), info->glyph, &box)) {
        return 0;
    }
    int32_t blank = info->kind == CLASS_OPEN ? box.x_bearing : info->advance - box.x_bearing - box.width;
    if (blank > spare) {
        blank = spare;
    }
    /* Ink that reaches into that half keeps 20/1000 em of space. */
    return (uint16_t)(blank >= HALF_EM ? HALF_EM : blank > 20 ? blank - 20 : 0);
}

/* Marks with a box of fixed width, in whose middle they stand in any face: · half an em, a single — one. 0: no box. */
static int32_t mark_box(uint32_t code_point, const struct glyph_info *info, int32_t advance) {
    if (info->kind == CLASS_MIDDOT) {
        return HALF_EM;
    }
    return code_point == 0x2014 && advance > EM * 3 / 4 ? EM : 0;
}

static void measure(const struct chain_cache *cache, uint32_t code_point, struct glyph_info *info) {
    const struct face *face = cache->chain.faces[info->face];
    int32_t advance = info->glyph || info->missing ? face_advance(face, info->glyph) : space_width(code_point);
    const int32_t box = mark_box(code_point, info, advance);
    if (box) {
        info->shift = (int16_t)((box - advance) / 2);
        advance = box;
    } else if (info->kind == CLASS_WIDE_SPACE) {
        advance = space_width(code_point);
    }
    info->advance = (uint16_t)(advance < 0 ? 0 : advance);
    if (class_has_blank((enum char_class)info->kind)) {
        info->blank = measure_blank(face, info);
    }
}

static void fill(const struct chain_cache *cache, uint32_t code_point, struct glyph_info *info) {
    info->known = true;
    info->kind = (uint8_t)class_of(code_point);
    if (!find_in_chain(cache, code_point, info)) {
        const uint32_t other = stand_in(code_point);
        bool inkless = info->kind == CLASS_WIDE_SPACE || info->kind == CLASS_SPACE || info->kind == CLASS_GLUE;
        if (!(other && find_in_chain(cache, other, info)) && !inkless) {
            info->missing = true;
            find_in_chain(cache, GETA, info);
        }
    }
    measure(cache, code_point, info);
}

const struct glyph_info *chain_cache_lookup(struct chain_cache *cache, uint32_t code_point) {
    struct glyph_info **page = &cache->pages[code_point >> PAGE_BITS];
    if (!*page) {
        *page = ARENA_ARRAY(cache->arena, struct glyph_info, PAGE_SIZE);
    }
    struct glyph_info *info = &(*page)[code_point & (PAGE_SIZE - 1)];
    if (!info->known) {
        fill(cache, code_point, info);
    }
    return info;
}
