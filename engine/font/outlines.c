/* outlines.c: the outlines of a face as documents hold them, each made when first drawn and kept for the run; and
 * their bits, made when a font is first joined from them. */
#include "font/face.h"

#include "base/bytes.h"

enum { BLOCK = 256, BLOCKS = 65536 / BLOCK };

struct outlines {
    struct arena *arena;
    struct outline **blocks[BLOCKS]; /* by glyph; NULL: nothing of the block was drawn */
    struct coding *coding, *maps;
    struct bits bits;
    struct buffer room;
};

struct outlines *outlines_create_in(struct arena *arena, const struct code_lengths *lengths) {
    struct outlines *outlines = ARENA_NEW(arena, struct outlines);
    outlines->arena = arena;
    outlines->coding = coding_create_in(arena, lengths);
    outlines->maps = coding_create_in(arena, &code_of_glyph_maps);
    return outlines;
}

void outlines_release(struct outlines *outlines) {
    coding_release(outlines->coding);
    coding_release(outlines->maps);
    bits_release(&outlines->bits);
    buffer_release(&outlines->room);
}

/* A TrueType checksum is a sum of 32-bit words; an outline may begin in the middle of one. */
static void add_halves(struct outline *outline) {
    for (size_t i = 0; i + 2 <= outline->bytes.n; i += 2) {
        outline->halves[i / 2 % 2] += bytes_u16(outline->bytes, i);
    }
}

static struct outline *make(const struct face *face, uint16_t glyph) {
    struct outlines *outlines = face->outlines;
    bool composite = false;
    bool good = face->is_cff ? cff_flatten(&face->cff, glyph, &outlines->room)
                             : glyf_outline(&face->glyf, glyph, &outlines->room, &composite);
    if (!good) {
        return NULL;
    }
    struct outline *outline = ARENA_NEW(outlines->arena, struct outline);
    outline->bytes = str_copy(outlines->arena, buffer_str(&outlines->room));
    outline->composite = composite;
    add_halves(outline);
    return outline;
}

struct outline *face_outline(const struct face *face, uint16_t glyph) {
    struct outlines *outlines = face->outlines;
    struct outline ***block = &outlines->blocks[glyph / BLOCK];
    if (!*block) {
        *block = ARENA_ARRAY(outlines->arena, struct outline *, BLOCK);
    }
    struct outline **outline = &(*block)[glyph % BLOCK];
    if (!*outline) {
        *outline = make(face, glyph);
    }
    return *outline;
}

/* --- copies */

int32_t face_units(const struct face *face, uint32_t thousandths) {
    return (int32_t)((thousandths * hb_face_get_upem(face->hb_face) + 500) / 1000);
}

/* A copy of an outline in CFF begins with its width, in TrueType widths stand elsewhere; else it is the same. */
static struct outline *make_wider(const struct face *face, uint16_t glyph, const struct outline *own, uint32_t wider) {
    struct outlines *outlines = face->outlines;
    size_t head = 0;
    if (face->is_cff && !cff_widen(&face->cff, glyph, own->bytes, face_units(face, wider), &outlines->room, &head)) {
        return NULL;
    }
    struct outline *outline = ARENA_NEW(outlines->arena, struct outline);
    *outline = (struct outline){.bytes = own->bytes,
                                .composite = own->composite,
                                .halves = {own->halves[0], own->halves[1]},
                                .wider = wider,
                                .head = head};
    if (face->is_cff) {
        outline->bytes = str_copy(outlines->arena, buffer_str(&outlines->room));
    }
    return outline;
}

struct outline *face_outline_wider(const struct face *face, uint16_t glyph, uint32_t wider) {
    struct outline *own = face_outline(face, glyph);
    if (own == NULL || wider == 0) {
        return own;
    }
    struct outline **place = &own->next;
    while (*place != NULL && (*place)->wider != wider) {
        place = &(*place)->next;
    }
    if (*place == NULL) {
        *place = make_wider(face, glyph, own, wider);
    }
    return *place;
}

bool face_copies(const struct face *face, uint16_t glyph, uint32_t wider) {
    return face->joinable && face_outline_wider(face, glyph, wider) != NULL;
}

/* --- joined */

static void code_outline(struct outlines *outlines, struct outline *outline) {
    outline->bits = outline->wider == 0
                        ? coding_add(outlines->coding, outline->bytes, &outlines->bits)
                        : coding_add_again(outlines->coding, outline->bytes, outline->head, &outlines->bits);
    outline->coded = true;
}

void outlines_join(const struct face *face, struct str head, struct outline *const *items, size_t count, size_t zeros,
                   struct buffer *out) {
    struct outlines *outlines = face->outlines;
    struct join join;
    join_begin(&join, outlines->coding, out);
    join_stored(&join, head);
    join_open_block(&join);
    for (size_t i = 0; i < count; i++) {
        if (!items[i]->coded) {
            code_outline(outlines, items[i]);
        }
        join_coded(&join, &outlines->bits, &items[i]->bits);
    }
    join_zeros(&join, zeros);
    join_end(&join);
}

void outlines_join_map(const struct face *face, const struct glyph_set *cids, const uint16_t *place_of_cid,
                       struct buffer *out) {
    struct join join;
    size_t next = 0;
    join_begin(&join, face->outlines->maps, out);
    join_open_block(&join);
    for (int32_t cid = -1; glyph_set_next(cids, &cid); next = (size_t)cid + 1) {
        join_zeros(&join, 2 * ((size_t)cid - next));
        join_byte(&join, (uint8_t)(place_of_cid[cid] >> 8));
        join_byte(&join, (uint8_t)place_of_cid[cid]);
    }
    join_end(&join);
}
