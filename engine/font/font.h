/* font.h: faces, their coverage and metrics, and the subset that goes into a PDF.
 *
 *     struct fonts *fonts = fonts_create();                     once a run
 *     face_find(fonts, "Noto Serif CJK SC", folder, &error)     at the start
 *     face_glyph, face_advance …                                while text is set
 *     font_join or font_cut                                     for each face of a document, with the glyphs used
 *
 * A struct face is one face of one font file, opened once a run, immutable for its users and shared by all
 * documents. What is found out later (glyphs of code points, advances, outlines) is kept behind it; so faces serve
 * one thread at a time. Forked workers share the mapped files. Mistakes are errno values; the caller tells them
 * (F1xx). */
#ifndef FONT_FONT_H
#define FONT_FONT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"

/* All faces of a run, and what fontconfig was asked. Every face belongs to it. */
struct fonts; /* all faces of a run */
struct face;

/* Never NULL. Nothing is read until the first face is asked for. */
struct fonts *fonts_create(void);
/* Closes all faces: pointers to them, their names and metrics end here. NULL is allowed. */
void fonts_destroy(struct fonts *fonts);

/* Adds to a hash whatever the choice of a font's file may depend on: fontconfig's files, and the folders of fonts. Opens no face. */
void fonts_stamp(struct hash_stream *stream);
/* Files that were asked for by name so far, whether they are there or not, with their stamps (base/stamp.h) before they were opened; borrowed. */
struct font_file {
    struct str path;
    struct hash stamp;
};
/* Borrowed; it grows with each face_find of a path, which may move it. */
const struct font_file *fonts_asked(const struct fonts *fonts, size_t *count);
/* The stamp of the file as it stands now (base/stamp.h); the arena is scratch. */
struct hash font_file_stamp(struct arena *arena, struct str path);

/* The face of a family as fontconfig knows it ("Noto Serif CJK SC", "Noto Serif CJK SC:bold", "LXGW WenKai:light"),
 * or of a file ("fonts/FZXBS.ttf", "x.ttc#2", relative to `folder`). Borrowed; the same name gives the same face.
 * fontconfig is asked only when the name isn't a path.
 *
 * NULL with *error 0: there is no such family (fontconfig's substitutes are refused: they would print another
 * document); EBADMSG: the file is damaged or can't be embedded; else errno (EMFILE, ENOMEM …). */
struct face *face_find(struct fonts *fonts, struct str name, const char *folder, int *error);
/* Some families with near names, for a hint, in the arena: "a, b"; may be empty. */
struct str face_nearest_family(struct fonts *fonts, struct arena *arena, struct str name);

/* PostScript name, as NotoSerifCJKsc-Regular. Borrowed, as long as the face. */
struct str face_name(const struct face *face);
/* The path of its file, as it was opened. Borrowed. */
struct str face_path(const struct face *face);
/* A small number for arrays by face: 0, 1, 2 … in order of opening, below fonts_count. */
uint16_t face_index(const struct face *face);
/* How many faces are open so far. */
size_t fonts_count(const struct fonts *fonts);
/* The face by its index, which is less than fonts_count. Borrowed. */
struct face *fonts_face(const struct fonts *fonts, size_t index);

/* Metrics in 1/1000 em, upwards from the baseline unless told otherwise. */
struct face_metrics {
    int32_t ascent, descent;                         /* typo metrics of the design; descent is positive, downwards */
    int32_t cap_height, x_height;                    /* estimated when the face has none */
    int32_t underline_position, underline_thickness; /* position is positive, downwards */
    int32_t box[4];                                  /* left, bottom, right, top of FontBBox */
    int32_t italic_angle;                            /* in degrees, negative when it leans right */
    bool fixed_pitch, serif;                         /* for the PDF's font flags */
};
/* Borrowed, as long as the face. */
const struct face_metrics *face_metrics(const struct face *face);

/* The glyph of a code point; 0: the face has none. With a variation selector its variant, if the face has it, else
 * the plain glyph. `variation` 0: none. */
uint16_t face_glyph(const struct face *face, uint32_t code_point, uint32_t variation);
/* False: a damaged table of the face named it. */
bool face_has_glyph(const struct face *face, uint32_t glyph);
/* Has the face a glyph for the code point, without a variation? */
bool face_covers(const struct face *face, uint32_t code_point);
/* Horizontal advance in 1/1000 em. Cheap: read from the font once. */
int32_t face_advance(const struct face *face, uint16_t glyph);

/* HarfBuzz's hb_font_t, scaled to 1000 units an em, for text/ alone. Borrowed. void* keeps HarfBuzz out of this
 * header. */
void *face_hb_font(const struct face *face);

/* A fallback chain: the first face that has a character prints it. */
struct font_chain {
    const struct face *const *faces; /* in order of preference */
    size_t count;
};
/* The face of a chain for a code point; NULL: no face has it. */
const struct face *chain_face(const struct font_chain *chain, uint32_t code_point);

/* A set of glyphs of one face: 65,536 bits, begins as {0}. */
struct glyph_set {
    uint64_t bits[1024]; /* glyph g is bit g % 64 of word g / 64 */
};
/* Adds a glyph; is it in the set? */
static inline void glyph_set_add(struct glyph_set *set, uint16_t glyph) {
    set->bits[glyph >> 6] |= UINT64_C(1) << (glyph & 63);
}
static inline bool glyph_set_has(const struct glyph_set *set, uint16_t glyph) {
    return (set->bits[glyph >> 6] >> (glyph & 63)) & 1;
}

/* The next glyph of the set behind *glyph; false at the end:
 *
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

/* The CID of a glyph, which content streams write: that of the charset in a CID-keyed CFF, else the glyph's index.
 * It never depends on a subset, so streams can be shared between documents. 0: the CFF doesn't have it. */
uint16_t face_cid(const struct face *face, uint16_t glyph);
/* The greatest of them. */
uint16_t face_last_cid(const struct face *face);

/* The form of an embedded font, which names its PDF entry. */
enum font_program_kind {
    FONT_CFF_CID /* bare CFF table for FontFile3 /CIDFontType0C */,
    FONT_TRUETYPE /* for FontFile2 */
};
/* An embedded font. */
struct font_program {
    enum font_program_kind kind;
    size_t raw_count; /* of the font before deflating */
    /* Zlib streams. For FONT_TRUETYPE also CIDToGIDMap: the index in this font of each glyph of the face. */
    struct buffer stream, cid_to_gid;
};
/* A glyph once more, under a CID that no other has: its advance is wider by so many 1/1000 em, so that what is drawn behind a gap follows
 * it at once, and a reader sees no blank. Wider by 0: its own CID is another's. */
struct glyph_copy {
    uint16_t glyph, cid;
    uint32_t wider;
};
/* Copies, ascending by glyph and then by width. Each one's glyph is also among those used, or a copy wider by 0 is. */
struct glyph_copies {
    const struct glyph_copy *items;
    size_t count;
};
/* Can the glyph be copied, wider by this? */
bool face_copies(const struct face *face, uint16_t glyph, uint32_t wider);

/* Make a font of the glyphs in `used`, .notdef and the copies, without hints. The same glyphs give the same bytes, whatever was
 * made before. `out` is {0} or a former result, whose memory is used again; font_program_release ends it.
 *
 * font_join puts it together from outlines that were coded when first drawn in this run, deflated: fast, for the
 * many documents of a run. font_join_plain gives the same font in `plain`, for the caller to deflate into out->stream: small. Both say
 * false when the face has something that we can't take apart; font_cut, by HarfBuzz, may then do it, but for copies.
 * False when the face can't be subset, is damaged, or has an outline that HarfBuzz wouldn't take whole. Where all fail
 * there is no font, and the caller tells P602. */
bool font_join(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
               struct font_program *out);
/* The same, not deflated yet: `plain` is the caller's and is emptied first; out->stream is for the caller to fill. */
bool font_join_plain(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                     struct font_program *out, struct buffer *plain);
/* The same by HarfBuzz's subsetter. */
bool font_cut(const struct face *face, const struct glyph_set *used, struct font_program *out, struct buffer *plain);
/* Gives its buffers back; the struct itself is the caller's. */
void font_program_release(struct font_program *program);

#endif
