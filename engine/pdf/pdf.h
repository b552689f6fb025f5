/* pdf.h: a document becomes bytes of PDF 1.7. The only folder that knows libharu.
 *
 * Fonts are our own Type0 fonts with Identity-H over subsets of font/; content streams are assembled here and compressed by
 * libdeflate; libharu keeps page tree, cross-reference table, images, outline, labels, info and saving. Output is a pure
 * function of the document: /ID from its hash, no dates but the one given. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/buffer.h"
#include "base/diag.h"
#include "page/page.h"

struct pdf_options {
    struct str date; /* ISO day for CreationDate, the data's, not the clock's; STR_NONE: none */
    struct str creator;
    const struct hash *identity; /* the document's hash where it is known already; NULL: it is computed */
    bool compact;                /* the smallest file, for copies that travel: many times slower */
};

struct pdf_writer; /* keeps what is shared between documents: compressors, prepared pictures */
struct pdf_writer *pdf_writer_create(void);
void pdf_writer_destroy(struct pdf_writer *writer);

/* Replaces out's content. False with a diagnostic (P6xx): libharu's error, a face that resists subsetting. */
bool pdf_write(struct pdf_writer *writer, const struct document *document, const struct pdf_options *options,
               struct buffer *out, struct diags *diags);

#endif
