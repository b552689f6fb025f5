/* pdf.h: a document becomes bytes of PDF/A-1b (ISO 19005-1), which is PDF 1.4 that opens in decades; of PDF/A-1a, which is tagged,
 * where it has elements (page/elements.h). The only folder that knows libharu and libqpdf.
 *
 *     struct pdf_writer *writer = pdf_writer_create();             once a worker
 *     pdf_write(writer, document, &options, &bytes, &diags);       for each document
 *     pdf_writer_destroy(writer);
 *
 * Nothing is left to who opens it: fonts are embedded, colours are those of sRGB, nothing is transparent, encrypted, run
 * or loaded from elsewhere. What a viewer of PDF 1.7 understands besides (duplex, scaling) others pass over.
 *
 * Fonts are our own Type0 fonts with Identity-H over subsets of font/; content streams are put together here and
 * deflated by libdeflate; libharu keeps page tree, cross-reference table, images, outline, labels, info and saving.
 * Output is a pure function of document and options: /ID comes from the document's hash, no date is written but the
 * given one. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/buffer.h"
#include "base/diag.h"
#include "page/page.h"

/* Options that aren't part of the document. */
struct pdf_options {
    struct str date; /* CreationDate as an ISO day, that of the data; STR_NONE: none */
    struct str creator;
    struct str title;            /* of this file among those of its kind; STR_NONE: the document's own */
    const struct hash *identity; /* the document's hash, when it is known; NULL: it is computed */
    bool compact;                /* the smallest file, for copies that are sent: many times slower */
};

/* Compressors and font programs that documents of a run share. */
struct pdf_writer;
/* For one thread; the caller destroys it. It refers to faces: destroyed before them. */
struct pdf_writer *pdf_writer_create(void);
/* Ends it with all that it kept for documents to come; files that were written stay. NULL is allowed. */
void pdf_writer_destroy(struct pdf_writer *writer);

/* Replaces the content of `out` with the file. The document isn't changed; its fields must be filled in. False with
 * a diagnostic (P6xx): an error of libharu, a face that can't be subset; `out` then means nothing. */
bool pdf_write(struct pdf_writer *writer, const struct document *document, const struct pdf_options *options,
               struct buffer *out, struct diags *diags);
/* Names of the faces that the last document was set in, in order of use, parted by blanks; in the arena. */
struct str pdf_faces(const struct pdf_writer *writer, struct arena *arena);

/* A copy of a file that pdf_write wrote, under this password (UTF-8, 1 to 127 bytes) by AES-256, replaces the content of `out`: other bytes each
 * time. Its reader may print it, not change it; it doesn't claim to be PDF/A. False, with libqpdf's words in the arena: it can't be made. */
bool pdf_encrypt(struct str bytes, const char *password, struct buffer *out, struct arena *arena, struct str *why);

#endif
