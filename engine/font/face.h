/* face.h: what a face is made of; for font/ alone.
 *
 * A face is immutable for its users. What is found out about it later (glyphs of code points, advances, the cut) is
 * kept behind pointers: answers that are always the same, only made when first asked for. */
#ifndef FONT_FACE_H
#define FONT_FACE_H

#include <hb.h>
#include <hb-ot.h>

#include "font/cff.h"
#include "font/font.h"

struct coverage;
struct outlines;

struct face {
    struct str name, path;
    uint32_t collection_index; /* in a .ttc */
    uint16_t index;            /* in order of opening */
    struct face_metrics metrics;
    hb_face_t *hb_face;
    hb_font_t *hb_font;
    uint16_t *cid_of_glyph; /* NULL: the same numbers */
    hb_face_t *
        outline_face; /* the tables that a PDF needs, without the mapping and layout tables that make subsetting slow */
    struct coverage *coverage;
    struct cff cff;            /* of a CFF face */
    struct outlines *outlines; /* of a CFF face; NULL: TrueType */
};

/* Opens a face in the arena; NULL when the file can't be read or isn't a font that can be embedded. */
struct face *face_open_in(struct arena *arena, struct str path, uint32_t collection_index);
void face_close(struct face *face);

/* coverage.c */
struct coverage *coverage_create_in(struct arena *arena);
/* outlines.c */
struct outlines *outlines_create_in(struct arena *arena);
void outlines_release(struct outlines *outlines);
/* The run will draw this glyph: it may be flattened together with the first that is needed. */
void outlines_expect(struct outlines *outlines, uint16_t glyph);
/* Flattens what of `wanted` isn't yet. False when the face resists. */
bool outlines_need(struct outlines *outlines, hb_face_t *outline_face, const struct glyph_set *wanted);
/* Borrowed until the next outlines_need. */
struct str outlines_get(const struct outlines *outlines, uint16_t glyph);

/* locate.c: where fontconfig says that a family is. */
struct locator;
struct locator *locator_create_in(struct arena *arena);
void locator_release(struct locator *locator);
/* `name` is a family with an optional ":weight". False when no file has that very family and weight. */
bool locate_family(struct locator *locator, struct arena *arena, struct str name, struct str *path, uint32_t *index);
struct str locate_nearest(struct locator *locator, struct arena *arena, struct str name);

#endif
