/* parts.h: how the files of pdf/ fit together; for pdf/ alone.
 *
 *     writer ──► content (a sink, with glyphs) ──► one content stream a page
 *                   │ notes in: font_book (glyphs drawn), pictures (drawn), navigation (links and anchors met)
 *                   ▼
 *     fonts_finish, navigation_finish: what is only known when all pages are written
 *
 * A document's own memory is file->arena; what the writer keeps from document to document is its arena and its buffers.
 */
#ifndef PDF_PARTS_H
#define PDF_PARTS_H

#include <libdeflate.h>

#include "base/coding.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/length.h"
#include "base/utf8.h"
#include "image/image.h"
#include "page/page.h"
#include "pdf/objects.h"
#include "pdf/pdf.h"

/* How much is done for a small file. */
struct effort {
    int32_t level; /* of deflate */
    bool compact;  /* fonts are cut anew, instead of joined from what was coded before */
};

/* --- deflate.c: bytes made small */

struct deflate {
    struct libdeflate_compressor *compressors[13]; /* by level, made when first asked for */
    struct buffer room;
};
void deflate_release(struct deflate *deflate);
/* A zlib stream, appended to out or in the arena. */
void deflate_append(struct deflate *deflate, int32_t level, struct str bytes, struct buffer *out);
struct str deflate_in(struct deflate *deflate, struct arena *arena, int32_t level, struct str bytes);

/* --- fonts.c: the glyphs drawn of each face, and the Type0 fonts made of them */

#define MEANING_TEXT 0x80000000u

struct font {
    const struct face *face;
    HPDF_Dict object; /* NULL: not used in this document */
    uint32_t number;  /* its name in content streams: /F1 … */
    struct glyph_set used;
    uint32_t *meaning; /* of each glyph: a code point, or MEANING_TEXT plus a number in `texts`; 0: none yet */
};

/* A font program made before. */
struct program {
    const struct face *face; /* NULL: none */
    struct hash glyphs;
    bool compact;
    struct font_program made;
    uint64_t last_document;
};

struct font_book {
    struct arena *arena;
    uint64_t document;     /* how many were begun */
    struct font **by_face; /* by face_index */
    size_t face_count, face_capacity;
    struct font **used; /* in order of first use */
    size_t used_count, used_capacity;
    struct str *texts; /* of glyphs that stand for more than one character */
    size_t text_count, text_capacity;
    struct program *programs;
    size_t program_count, program_capacity;
    struct coding *unicode, *cid_sets;
};
void font_book_init(struct font_book *book, struct arena *arena);
void font_book_begin(struct font_book *book); /* forgets the document before */
void font_book_release(struct font_book *book);
struct font *font_of(struct font_book *book, struct file *file, const struct face *face);
/* Notes that the glyph is drawn for `text` (which lives until the document is saved). False when a reader would copy
 * something else for it: the glyph already means another text, or there is none. */
bool font_use(struct font_book *book, struct file *file, struct font *font, uint16_t glyph, struct str text);
/* The glyph was noted for this very text, one character, in this document: nearly always so. */
static inline bool font_knows(const struct font *font, uint16_t glyph, struct str text) {
    size_t at = 0;
    const uint32_t meaning = font->meaning[glyph];
    return meaning != 0 && text.n > 0 && utf8_next(text, &at) == meaning && at == text.n;
}
/* Fills in the font objects. NULL, or the face that can't be cut. */
const struct face *fonts_finish(struct font_book *book, struct file *file, struct deflate *deflate,
                                const struct effort *effort);
/* unicode.c: the ToUnicode map of a font; cid_set.c: which CIDs it has. Zlib streams in the file's arena. */
struct str to_unicode_in(struct file *file, const struct font_book *book, const struct font *font);
struct str cid_set_in(struct file *file, const struct font_book *book, const struct font *font);
/* codes.c */
extern const struct code_lengths code_of_unicode, code_of_cid_sets;

/* --- pictures.c: image XObjects, each once a document */

struct picture {
    HPDF_Dict object;
    size_t page; /* number of the last page that names it among its resources, from 1 */
};
struct pictures {
    struct strmap by_hash; /* number in items, from 1 */
    struct picture *items;
    size_t count, capacity;
};
/* The picture's number, from 1: its name in content streams is /I1 … */
size_t picture_of(struct pictures *pictures, struct file *file, struct deflate *deflate, int32_t level,
                  const struct image *image);

/* --- navigation.c: links, anchors, bookmarks, page labels, and what the catalogue tells of the document */

/* A rectangle of a page, in PDF's coordinates: from the lower left corner upwards. */
struct area {
    size_t page; /* index */
    int32_t left_mp, bottom_mp, right_mp, top_mp;
};
struct link {
    struct area area;
    struct str anchor, uri;
};
struct anchor {
    struct area area;
    struct str name, title;
    uint8_t level;
    uint32_t order;
};
struct navigation {
    struct link *links;
    size_t link_count, link_capacity;
    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
};
void navigation_finish(struct navigation *navigation, struct file *file, const struct document *document,
                       const HPDF_Page *pages, struct diags *diags);
/* info.c: title, author, day, identity. */
void info_finish(struct file *file, const struct document *document, const struct pdf_options *options);

/* --- content.c: marks become operators */

/* What the graphics state is set to; -1 where that isn't known. */
struct graphics {
    int32_t fill, stroke; /* 0xRRGGBB */
    int32_t line_mp, dash_on_mp, dash_off_mp;
    const struct font *font;
    int32_t size_mp, stretch;
    int64_t spacing; /* between characters, in 1/100000 pt */
};

/* The page itself or a group in it. */
struct frame {
    struct frame *outer;
    struct graphics graphics;
    int32_t height_mp;    /* y of PDF is this less y of the page */
    struct matrix matrix; /* to the page, in the page's own coordinates */
};

/* What is begun in the stream and not ended. */
enum construct { CONSTRUCT_NONE, CONSTRUCT_TEXT, CONSTRUCT_LINES, CONSTRUCT_RECTANGLES };

struct content {
    struct sink sink; /* first: callbacks are given a pointer to it */
    struct file *file;
    struct font_book *fonts;
    struct pictures *pictures;
    struct navigation *navigation;
    struct deflate *deflate;
    int32_t level;
    HPDF_Page *pages;
    HPDF_Dict font_resources;
    struct frame *frame;
    enum construct open;
    int32_t line_x_mp, line_y_mp; /* where the text line at hand begins, in PDF's coordinates of the frame */
    size_t page;                  /* index */
    struct buffer *out;           /* the stream of the page at hand */
    struct buffer *named;         /* its pictures among the resources */
};
/* Sets the callbacks; everything else is the caller's. */
void content_init(struct content *content);
/* The caller goes on with `construct`: what else is open is ended, and it is begun. */
void content_begin(struct content *content, enum construct construct);
void content_set_fill(struct content *content, struct colour colour);
void put_mp(struct buffer *out, int64_t value_mp);                 /* with a blank behind it */
void put_decimal(struct buffer *out, int64_t value, int decimals); /* value / 10^decimals, with a blank behind it */
/* glyphs.c */
void content_add_glyphs(struct content *content, const struct mark *mark);

#endif
