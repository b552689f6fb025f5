/* internal.h: how the files of pdf/ fit together; for pdf/ alone.
 *
 *     writer ──► content (a sink, with glyphs) ──► one content stream a page
 *                   │ records: font_book (glyphs drawn), pictures (drawn), navigation (links and anchors met),
 *                   │          structure (marked content)
 *                   ▼
 *     fonts_finish, pictures_finish, navigation_finish, structure_finish, info_finish, catalogue_finish: objects that need all pages
 *
 * The memory of a document is file->arena; that of the writer, kept from document to document, is its arena and its
 * buffers. Errors of libharu jump to file->failed (objects.h), so nothing here gives back an error of it. */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H

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

/* How much work is spent on a small file. */
struct effort {
    int32_t level; /* of deflate */
    bool compact;  /* fonts are deflated as a whole, not joined from coded outlines */
};

/* --- deflate.c: zlib streams */

/* libdeflate's compressors, kept for the run. Begins as {0}; ends with deflate_release. */
struct deflate {
    struct libdeflate_compressor *compressors[13]; /* by level, each made when first asked for */
    struct buffer room;                            /* scratch, for deflate_in */
};
/* Frees the compressors and the scratch; of one that is {0} too. */
void deflate_release(struct deflate *deflate);
/* Appends the bytes as a zlib stream (RFC 1950) of this level, 0 to 12, to `out`. */
void deflate_append(struct deflate *deflate, int32_t level, struct str bytes, struct buffer *out);
/* The same stream, in the arena. */
struct str deflate_in(struct deflate *deflate, struct arena *arena, int32_t level, struct str bytes);

/* --- fonts.c: the glyphs drawn of each face, and the Type0 fonts made of them */

/* In struct font's meanings: the glyph stands for several characters, those of texts[meaning - MEANING_TEXT]. */
#define MEANING_TEXT 0x80000000u

/* A copy of a glyph in this document: wider, so that what stands behind a gap follows it at once (font/font.h); or as
 * wide, because its own CID went to a copy. */
struct font_copy {
    struct glyph_copy as;
    uint32_t meaning; /* as in struct font; of one wider by 0 the glyph's own counts */
    uint16_t next;    /* number of another of the same glyph; 0: none */
};

/* A face in this document: the glyphs drawn, and the text that each stands for. */
struct font {
    const struct face *face;
    HPDF_Dict object;      /* NULL: not used in this document */
    uint32_t number;       /* its name in content streams: /F1 … */
    struct glyph_set used; /* those in this document under their own CIDs */
    struct glyph_set cids; /* of these, and of copies */
    uint32_t *meaning;     /* by glyph: a code point, or MEANING_TEXT plus an index of `texts`; 0: none yet */
    struct font_copy *copies;
    size_t copy_count, copy_capacity;
    uint16_t *first_copy; /* by glyph: the number of one from 1; 0: none */
    uint32_t free_cid;    /* the next that may be free, downwards */
    uint32_t top_cid;     /* the first */
};

/* A font program of a former document: the next with the very same glyphs takes it. */
struct program {
    const struct face *face; /* NULL: none */
    struct hash glyphs;      /* of its glyphs and copies */
    bool compact;
    struct font_program made; /* the program itself */
    uint64_t last_document;   /* that used it: the longest unused makes room */
};

/* The fonts of the document in hand, and the programs of former ones. */
struct font_book {
    struct arena *arena;   /* of the run */
    uint64_t document;     /* count of documents begun */
    struct font **by_face; /* by face_index */
    size_t face_count, face_capacity;
    struct font **used; /* in order of first use */
    size_t used_count, used_capacity;
    struct str *texts; /* of glyphs that stand for several characters */
    size_t text_count, text_capacity;
    struct program *programs; /* those kept, PROGRAMS_KEPT at most but for those of this document */
    size_t program_count, program_capacity;
    struct coding *unicode, *cid_sets; /* codes of unicode.c and cid_set.c */
    bool without_copies;               /* the document has a font that only HarfBuzz can make: gaps stay gaps */
    bool copies_failed;                /* that was found out too late */
};
/* Once a run: an empty book, with what it keeps in that arena. */
void font_book_init(struct font_book *book, struct arena *arena);
/* For each document: forgets the fonts of the one before, whose objects were its file's, and keeps programs. */
void font_book_begin(struct font_book *book);
/* At the end: gives back the programs' buffers and the codings. */
void font_book_release(struct font_book *book);
/* The font for a face, made at its first use in the document. */
struct font *font_of(struct font_book *book, struct file *file, const struct face *face);
/* The number, from 1, of the glyph's copy that is wider by so many 1/1000 em; 0: it can't be copied. */
uint16_t font_copy(struct font_book *book, struct font *font, uint16_t glyph, uint32_t wider);
/* A glyph that is drawn: itself, or one of its copies. */
struct drawn {
    uint16_t glyph;
    uint16_t copy; /* number; 0: itself */
};
/* Records that the glyph is drawn, whatever it stands for. */
void font_draw(struct font_book *book, struct font *font, struct drawn drawn);
/* Records that the glyph is drawn for `text`, which lives until the document is saved. False when a PDF reader would
 * copy something else for it: the glyph stands for another text already, or there is no text. */
bool font_use(struct font_book *book, struct file *file, struct font *font, struct drawn drawn, struct str text);
/* The quick way, right for nearly all glyphs: was the glyph recorded for this very character? */
static inline bool font_knows(const struct font *font, struct drawn drawn, struct str text) {
    size_t at = 0;
    const uint32_t meaning = drawn.copy == 0 ? font->meaning[drawn.glyph] : font->copies[drawn.copy - 1].meaning;
    return meaning != 0 && text.n > 0 && utf8_next(text, &at) == meaning && at == text.n;
}
/* The CID of a glyph that was recorded. */
uint16_t font_cid(const struct font *font, struct drawn drawn);
/* A font's glyphs one by one, copies last, as they stand in its maps; the step begins as {-1, 0}. False at the end. */
struct font_step {
    int32_t glyph; /* the last one; the first copy's, when copies are reached */
    size_t copies; /* given so far */
    uint16_t cid;
    int32_t advance;  /* in 1/1000 em */
    uint32_t meaning; /* 0: none */
};
/* Fills the step for the next glyph, whose CID, advance and meaning are those of the font that is written. */
bool font_next(const struct font *font, struct font_step *step);
/* Writes the font objects. NULL, or the face that can't be subset; or copies_failed, and the document is to be written again without any. */
const struct face *fonts_finish(struct font_book *book, struct file *file, struct deflate *deflate,
                                const struct effort *effort);
/* unicode.c: the ToUnicode map of a font (ISO 32000-1, 9.10.3). A zlib stream in the file's arena. */
struct str to_unicode_in(struct file *file, const struct font_book *book, const struct font *font);
/* The map as text, in the file's scratch buffer. */
struct str unicode_text(struct file *file, const struct font_book *book, const struct font *font);
/* cid_set.c: the set of its CIDs, a bit for each (ISO 32000-1, 9.8.3.2; PDF/A-1 wants it). A zlib stream in the file's arena. */
struct str cid_set_in(struct file *file, const struct font_book *book, const struct font *font);
/* codes.c: fixed Huffman codes for these streams (base/coding.h). */
extern const struct code_lengths code_of_unicode, code_of_cid_sets;

/* --- pictures.c: image XObjects, each once a document */

/* Of a picture on paper. */
struct print_size {
    int32_t width_mp, height_mp;
};
/* An image XObject. */
struct picture {
    HPDF_Dict object;
    const struct image *image;
    size_t page;            /* number from 1 of the last page with it in its resources */
    struct print_size size; /* the largest */
};
/* The pictures of a document; equal content is written once. */
struct pictures {
    struct strmap by_hash; /* number in items, from 1 */
    struct picture *items;
    size_t count, capacity;
};
/* A picture in fewer pixels. */
struct shrunk {
    struct image image; /* with the hash of the picture; width 0: none */
    struct buffer bytes;
    uint64_t last_document; /* that used it */
};
/* Pictures that documents of a run share. Begins with its arena, that of the run; ends with shrinking_release. */
struct shrinking {
    struct arena *arena;
    uint64_t document; /* count of documents */
    struct shrunk *items;
    size_t count, capacity;
};
/* Frees the pictures that were made smaller; the array is the arena's. */
void shrinking_release(struct shrinking *shrinking);
/* The number of a picture, from 1: /I1 … in content streams. */
size_t picture_use(struct pictures *pictures, struct file *file, const struct image *image, struct print_size size);
/* Writes them all. */
void pictures_finish(struct pictures *pictures, struct shrinking *shrinking, struct file *file, struct deflate *deflate,
                     int32_t level);

/* --- navigation.c: links, anchors, bookmarks */

/* A rectangle of a page, in PDF's coordinates: origin at the lower left corner, y upwards. */
struct area {
    size_t page; /* index */
    int32_t left_mp, bottom_mp, right_mp, top_mp;
};
/* The marks of a document, collected by content.c with the area that they take. */
struct link {
    struct area area;
    struct str anchor, uri; /* one of them, the other STR_NONE */
};
/* An anchor, with its place. */
struct anchor {
    struct area area;
    struct str name, title;
    uint8_t level;
    uint32_t order; /* as in struct mark_anchor */
};
/* All of a document, in drawing order. */
struct navigation {
    struct link *links;
    size_t link_count, link_capacity;
    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
};
/* Writes links and bookmarks; gives back whether there are bookmarks. A link to an anchor that isn't there is told
 * (P6xx) and left out. */
bool navigation_finish(struct navigation *navigation, struct file *file, const struct document *document,
                       const HPDF_Page *pages, struct diags *diags);

/* --- info.c, catalogue.c: what the file says of itself, and how it is to be shown */

/* By what the packet says that the file is PDF/A-1b, or A-1a where it is tagged; encrypt.c takes it out of copies that aren't. */
#define PDFA_CLAIM(level) "<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>" level "</pdfaid:conformance>\n"
/* Writes title, author, date and /ID; gives back the same as XMP, a stream for the catalogue. */
HPDF_Dict info_finish(struct file *file, const struct document *document, const struct pdf_options *options);

/* What the catalogue refers to. */
struct catalogue {
    HPDF_Dict metadata;
    HPDF_Dict structure; /* the root of the structure tree; NULL: the file isn't tagged */
    struct str profile;  /* of sRGB, deflated */
    bool has_bookmarks;
};
/* Writes page labels, preferences, output intent. */
void catalogue_finish(struct file *file, const struct document *document, const struct catalogue *catalogue);

/* --- content.c: marks become operators (ISO 32000-1, 8) */

/* The graphics state as the stream has set it; -1: unknown. */
struct graphics {
    int32_t fill, stroke;                     /* 0xRRGGBB */
    int32_t line_mp, dash_on_mp, dash_off_mp; /* line width and dash pattern */
    const struct font *font;                  /* set by Tf, with its size */
    int32_t size_mp, stretch;
    int64_t spacing; /* character spacing, in 1/100000 pt */
};

/* A page, or a group in it: a q … Q of the stream. */
struct frame {
    struct frame *outer;      /* NULL: a page's own */
    struct graphics graphics; /* restored by Q */
    int32_t height_mp;        /* y of PDF is this minus y of the page */
    struct matrix matrix;     /* to the page, in the page's own coordinates */
};

/* The construct that is open in the stream: BT … ET, lines before their S, rectangles before their f. */
enum construct { CONSTRUCT_NONE, CONSTRUCT_TEXT, CONSTRUCT_LINES, CONSTRUCT_RECTANGLES };

struct structure;
/* The sink that writes content streams. */
struct content {
    struct sink sink; /* first: callbacks are given a pointer to it */
    struct file *file;
    struct structure *structure; /* NULL: the file isn't tagged */
    struct font_book *fonts;
    struct pictures *pictures;
    struct navigation *navigation;
    struct deflate *deflate;
    int32_t level;                /* of deflate */
    HPDF_Page *pages;             /* libharu's, made before any content */
    HPDF_Dict font_resources;     /* shared by all pages */
    struct frame *frame;          /* the innermost open one */
    enum construct open;          /* the one that is begun and not ended */
    int32_t line_x_mp, line_y_mp; /* start of the last line of text (Td), in PDF's coordinates of the frame */
    size_t page;                  /* index */
    struct buffer *out;           /* the stream of the current page */
    struct buffer *named;         /* its pictures, as entries of the resources */
};
/* Sets the callbacks; everything else is the caller's. */
void content_init(struct content *content);
/* Ends the open construct, unless it is this one, and begins it. */
void content_begin(struct content *content, enum construct construct);
/* Sets the fill colour, where it isn't set already. */
void content_set_fill(struct content *content, struct colour colour);
/* Appends a number in 1/1000 pt, in pt, and a blank; zeros at the end of its decimals are left out. */
void put_mp(struct buffer *out, int64_t value_mp);
/* Appends value / 10^decimals and a blank, in the same way; never an exponent, which PDF doesn't know (ISO 32000-1, 7.3.3). */
void put_decimal(struct buffer *out, int64_t value, int decimals);
/* glyphs.c: appends a glyph run. */
void content_add_glyphs(struct content *content, const struct mark *mark);

/* --- structure.c: the elements of the document (page/elements.h) */

/* In the file's arena; NULL: the document has no elements, and none of the functions below but the last is to be called. */
struct structure *structure_create(struct file *file, const struct document *document);
/* Begins the marked content that the mark is part of, unless it is open. */
void structure_enter(struct content *content, const struct mark *mark);
/* The same for a group, before its q. */
void structure_enter_group(struct content *content, const struct mark *group);
/* Before its Q: ends the content that was begun within the group, for q and Q must not stand across its borders. */
void structure_leave_group(struct content *content);
/* Ends what is open. */
void structure_close(struct content *content);
/* Writes the tree when all pages are; gives back its root. NULL for NULL. */
HPDF_Dict structure_finish(struct structure *structure, struct file *file, const HPDF_Page *pages, size_t page_count);

#endif
