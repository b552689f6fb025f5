/* face.h: inside font/: what a face is made of.
 *
 *     fonts.c ──► locate.c    which file                 face.c ──► cff.c, glyf.c    its tables
 *     subset.c ─► assemble.c  a document's font ─► cff_write.c, glyf_write.c   its head
 *                 outlines.c  outlines, coded once a run ─► cff_flatten.c, glyf.c
 *
 * A face is immutable for its users. What is found out later (glyphs of code points, advances, outlines) stands
 * behind pointers: answers that never change, each made when first asked for. */
#ifndef FONT_FACE_H
#define FONT_FACE_H

#include <hb.h>
#include <hb-ot.h>

#include "font/cff.h"
#include "base/coding.h"
#include "font/font.h"
#include "font/glyf.h"

struct coverage;
struct outlines;

/* A face, in the arena of its `fonts`. */
struct face {
    struct str name, path;     /* PostScript name; the file */
    uint32_t collection_index; /* in a .ttc */
    uint16_t index;            /* in order of opening */
    struct face_metrics metrics;
    hb_face_t *hb_face;
    hb_font_t *hb_font; /* the whole face, scaled to 1000 units an em: for shaping and advances */
    hb_face_t *
        outline_face; /* the tables that a PDF needs, without the mapping and layout tables that make subsetting slow */
    struct coverage *coverage;
    bool is_cff;      /* else TrueType */
    struct cff cff;   /* of a CFF face */
    struct glyf glyf; /* of any other */
    bool joinable;    /* font_join can take its tables apart; else only HarfBuzz may subset it */
    struct outlines *outlines;
};

/* Opens a face in the arena. NULL: the file can't be read (*error is an errno value), or isn't a font that can be
 * embedded (EBADMSG). face_close unmaps it. */
struct face *face_open_in(struct arena *arena, struct str path, uint32_t collection_index, int *error);
/* Frees what isn't the arena's: HarfBuzz's objects, the mapped file, the coded outlines. */
void face_close(struct face *face);

/* coverage.c: empty tables of glyphs and advances. */
struct coverage *coverage_create_in(struct arena *arena);

/* --- codes.c: fixed Huffman codes (base/coding.h) */
extern const struct code_lengths code_of_cff, code_of_glyf, code_of_glyph_maps;

/* --- outlines.c */

/* An outline in its final form, as documents hold it. */
struct outline {
    struct str bytes;   /* without hints and, in CFF, subroutines */
    bool composite;     /* TrueType: it names other glyphs, by the face's indices */
    bool coded;         /* `bits` is set */
    struct coded bits;  /* when coded */
    uint32_t halves[2]; /* as in struct glyf_item */
    /* Of a glyph that is copied with other advances: */
    uint32_t wider;       /* how much wider this one is, in 1/1000 em */
    size_t head;          /* the first bytes of a copy, which are its own; the others end the glyph's own outline too */
    struct outline *next; /* a copy of the same glyph; NULL: no more */
};
/* Begins empty, with the code for the face's kind of outlines. The bits are the heap's: outlines_release. */
struct outlines *outlines_create_in(struct arena *arena, const struct code_lengths *lengths);
/* Frees the bits, codes and scratch; outlines that were borrowed end here. */
void outlines_release(struct outlines *outlines);
/* The outline of a glyph, made when first asked for; borrowed. NULL: it is damaged or of a kind left to HarfBuzz.
 * For a joinable face. */
struct outline *face_outline(const struct face *face, uint16_t glyph);
/* The same with an advance that is wider by 1/1000 em; 0: the outline itself. */
struct outline *face_outline_wider(const struct face *face, uint16_t glyph, uint32_t wider);
/* So many 1/1000 em in the face's units. */
int32_t face_units(const struct face *face, uint32_t thousandths);
/* Appends a zlib stream: the head, these outlines, and zeros. A copy stands behind its glyph or another copy of it. */
void outlines_join(const struct face *face, struct str head, struct outline *const *items, size_t count, size_t zeros,
                   struct buffer *out);

/* Appends a zlib stream: the index of each glyph, from CID 0 to the highest of `cids`, two bytes each; 0 for unused CIDs. */
void outlines_join_map(const struct face *face, const struct glyph_set *cids, const uint16_t *place_of_cid,
                       struct buffer *out);

/* --- assemble.c */

/* A document's font, ready to be joined: head, outlines, zeros. */
struct assembly {
    struct buffer head;     /* the part that differs between documents */
    struct outline **coded; /* the outlines that follow, in this order */
    size_t coded_count;
    size_t zeros; /* bytes of 0 at the end */
    size_t size;  /* of it all */
    /* TrueType: the CIDs, and by CID the glyph's index in the font. */
    struct glyph_set *cids;
    uint16_t *place_of_cid;
};
/* False: the outline of some glyph can't be had. To be released in any case. */
bool assembly_make(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                   struct arena *arena, struct assembly *out);
/* Of a TrueType face: are all glyphs there and sound, with the components of composites? */
bool assembly_has_all(const struct face *face, const struct glyph_set *used);
/* Frees the head; the rest is the arena's. */
void assembly_release(struct assembly *assembly);

/* --- locate.c: families by fontconfig */
struct locator;
/* Never NULL. Reads fontconfig's configuration and caches, which takes time: once, when first needed. */
struct locator *locator_create_in(struct arena *arena);
/* Frees fontconfig's configuration; before the arena goes. */
void locator_release(struct locator *locator);
/* The file and index of a family with an optional ":weight", in the arena. False: no file has that very family and
 * weight. */
bool locate_family(struct locator *locator, struct arena *arena, struct str name, struct str *path, uint32_t *index);
/* Families with near names: "a, b"; may be empty. */
struct str locate_nearest(struct locator *locator, struct arena *arena, struct str name);

#endif
