/* face.h: what a face is made of; for font/ alone.
 *
 * A face is immutable for its users. What is found out about it later (glyphs of code points, advances, outlines) is
 * kept behind pointers: answers that are always the same, only made when first asked for. */
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

struct face {
    struct str name, path;
    uint32_t collection_index; /* in a .ttc */
    uint16_t index;            /* in order of opening */
    struct face_metrics metrics;
    hb_face_t *hb_face;
    hb_font_t *hb_font;
    hb_face_t *
        outline_face; /* the tables that a PDF needs, without the mapping and layout tables that make subsetting slow */
    struct coverage *coverage;
    bool is_cff;
    struct cff cff;   /* of a CFF face */
    struct glyf glyf; /* of any other */
    bool joinable;    /* we know how to take its tables apart; else only HarfBuzz may cut it */
    struct outlines *outlines;
};

/* Opens a face in the arena; NULL when the file can't be read (*error is an errno value) or isn't a font that can be embedded
 * (EBADMSG). */
struct face *face_open_in(struct arena *arena, struct str path, uint32_t collection_index, int *error);
void face_close(struct face *face);

/* coverage.c */
struct coverage *coverage_create_in(struct arena *arena);

/* --- codes.c */
extern const struct code_lengths code_of_cff, code_of_glyf, code_of_glyph_maps;

/* --- outlines.c */

struct outline {
    struct str bytes; /* as a document's font holds them: flattened, without hints */
    bool composite;   /* TrueType: names other glyphs, by the face's numbers */
    bool coded;
    struct coded bits;  /* when coded */
    uint32_t halves[2]; /* see struct glyf_item */
};
struct outlines *outlines_create_in(struct arena *arena, const struct code_lengths *lengths);
void outlines_release(struct outlines *outlines);
/* Made when first asked for; NULL when it is damaged or of a kind that we leave to HarfBuzz. For a face with outlines. */
const struct outline *face_outline(const struct face *face, uint16_t glyph);
/* A zlib stream of the head, these glyphs' outlines (which were all asked for) and bytes of 0. */
void outlines_join(const struct face *face, struct str head, const uint16_t *glyphs, size_t count, size_t zeros,
                   struct buffer *out);

/* A zlib stream of where each glyph is: from CID 0 to the highest used, two bytes each; 0 where a CID isn't used. */
void outlines_join_map(const struct face *face, const struct glyph_set *used, const uint16_t *place_of,
                       struct buffer *out);

/* --- assemble.c */

/* A document's font in its parts. */
struct assembly {
    struct buffer head; /* what differs between documents */
    uint16_t *coded;    /* glyphs whose outlines follow, in this order */
    size_t coded_count;
    size_t zeros;       /* bytes of 0 at the end */
    size_t size;        /* of the whole */
    uint16_t *place_of; /* TrueType: of each glyph of the face, in the font */
};
/* False when a glyph's outline can't be had. Released in any case. */
bool assembly_make(const struct face *face, const struct glyph_set *used, struct arena *arena, struct assembly *out);
/* Of a TrueType face: whether each glyph, and what it is composed of, is there and adds up. */
bool assembly_has_all(const struct face *face, const struct glyph_set *used);
void assembly_release(struct assembly *assembly);

/* --- locate.c: where fontconfig says that a family is. */
struct locator;
struct locator *locator_create_in(struct arena *arena);
void locator_release(struct locator *locator);
/* `name` is a family with an optional ":weight". False when no file has that very family and weight. */
bool locate_family(struct locator *locator, struct arena *arena, struct str name, struct str *path, uint32_t *index);
struct str locate_nearest(struct locator *locator, struct arena *arena, struct str name);

#endif
