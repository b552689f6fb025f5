/* font.h: faces, their coverage and metrics, and the subset that goes into a PDF.
 *
 * A struct face is one face of one font file, opened once a run, immutable afterwards and shared by all documents.
 * Order of calls: fonts_create, face_find … (at start), then per document: font_join or font_cut for each face with the glyphs used.
 * Errors: diagnostics F1xx (face not found, damaged). */
#ifndef FONT_FONT_H
#define FONT_FONT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/str.h"

struct fonts; /* all faces of a run */
struct face;

struct fonts *fonts_create(void);
void fonts_destroy(struct fonts *fonts); /* and every face */

/* A face by family as fontconfig knows it ("Noto Serif CJK SC", "Noto Serif CJK SC:bold", "LXGW WenKai:light") or by path
 * ("fonts/FZXBS.ttf", "x.ttc#2"; relative to `folder`). Borrowed; the same name gives the same face. NULL when there is no
 * such family (fontconfig's substitutes are refused) or the file can't be used; *error is 0 then, EBADMSG when it is damaged, or why it can't
 * be opened (EMFILE, ENOMEM …). fontconfig is asked only
 * when a name isn't a path. The results are looked up in files, so a site without fontconfig's cache pays once. */
struct face *face_find(struct fonts *fonts, struct str name, const char *folder, int *error);
/* A few family names that exist and are near, for the hint; may be empty. */
struct str face_nearest_family(struct fonts *fonts, struct arena *arena, struct str name);

struct str face_name(const struct face *face); /* PostScript name, e.g. NotoSerifCJKsc-Regular */
struct str face_path(const struct face *face);
uint16_t face_index(const struct face *face); /* 0, 1, 2 … in order of opening; below fonts_count */
size_t fonts_count(const struct fonts *fonts);
struct face *fonts_face(const struct fonts *fonts, size_t index);

/* In 1/1000 em. */
struct face_metrics {
    int32_t ascent, descent; /* descent is positive, below the baseline; typo metrics of the design */
    int32_t cap_height, x_height;
    int32_t underline_position, underline_thickness; /* position is positive below the baseline */
    int32_t box[4];                                  /* left, bottom, right, top of FontBBox */
    int32_t italic_angle;
    bool fixed_pitch, serif;
};
const struct face_metrics *face_metrics(const struct face *face);

/* Glyph of a code point, 0 when the face has none. With a variation selector, the variant if it has one, else the plain glyph. */
uint16_t face_glyph(const struct face *face, uint32_t code_point, uint32_t variation);
bool face_covers(const struct face *face, uint32_t code_point);
/* Horizontal advance in 1/1000 em, from a table made once: cheap. */
int32_t face_advance(const struct face *face, uint16_t glyph);

/* HarfBuzz's own objects, for text/ alone: scaled to 1000 a em. Borrowed. void* keeps HarfBuzz out of this header. */
void *face_hb_font(const struct face *face);

/* A style's fallback chain: the first face that has a character prints it. */
struct font_chain {
    const struct face *const *faces;
    size_t count;
};
/* The face for a code point, NULL when no face of the chain has it. */
const struct face *chain_face(const struct font_chain *chain, uint32_t code_point);

/* A set of glyphs of one face: 65,536 bits. */
struct glyph_set {
    uint64_t bits[1024];
};
static inline void glyph_set_add(struct glyph_set *set, uint16_t glyph) {
    set->bits[glyph >> 6] |= UINT64_C(1) << (glyph & 63);
}
static inline bool glyph_set_has(const struct glyph_set *set, uint16_t glyph) {
    return (set->bits[glyph >> 6] >> (glyph & 63)) & 1;
}

/* The next glyph of the set behind *glyph; begin with -1. False when there is none:
 *     for (int32_t glyph = -1; glyph_set_next(set, &glyph);) */
static inline bool glyph_set_next(const struct glyph_set *set, int32_t *glyph) {
    size_t from = (size_t)(*glyph + 1), word = from >> 6;
    if (word >= 1024) {
        return false;
    }
    uint64_t bits = set->bits[word] >> (from & 63) << (from & 63);
    while (!bits && ++word < 1024) {
        bits = set->bits[word];
    }
    if (!bits) {
        return false;
    }
    *glyph = (int32_t)(word * 64) + __builtin_ctzll(bits);
    return true;
}

/* What content streams write for a glyph: the CID of the charset in a CID-keyed CFF, else the glyph id of the original face.
 * Never anything that holds for one subset only, so streams and runs can be shared between documents. */
uint16_t face_cid(const struct face *face, uint16_t glyph);

enum font_program_kind {
    FONT_CFF_CID /* bare CFF table for FontFile3 /CIDFontType0C */,
    FONT_TRUETYPE /* for FontFile2 */
};
struct font_program {
    enum font_program_kind kind;
    size_t raw_count; /* of the font, not compressed */
    /* Zlib streams. For FONT_TRUETYPE, CIDToGIDMap's content: where each glyph of the face is in the font. */
    struct buffer stream, cid_to_gid;
};
/* A font that draws the glyphs in `used` (and .notdef), flattened. The same set gives the same bytes, whatever was made
 * before. `out` is {0} or what was made before, whose memory is used again; released by font_program_release.
 *
 * font_join puts it together, deflated, from outlines that were coded when they were first drawn in this run: for the
 * many documents of a run. False when the face has something that we don't take apart (font_cut then may).
 * font_cut gives the smallest font, cut by HarfBuzz: `plain`, which the caller deflates into out->stream. False when
 * the face resists, is damaged, or has an outline that HarfBuzz doesn't take whole.
 * So each may do what the other can't; where both fail there is no font, and the caller tells P602. */
bool font_join(const struct face *face, const struct glyph_set *used, struct font_program *out);
bool font_cut(const struct face *face, const struct glyph_set *used, struct font_program *out, struct buffer *plain);
void font_program_release(struct font_program *program);

#endif
