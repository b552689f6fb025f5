/* What tests of PDFs share: a document built by hand, written, and read again by other people's programs. */
#ifndef TESTS_PDF_SUPPORT_H
#define TESTS_PDF_SUPPORT_H

#include "base/length.h"
#include "pdf/pdf.h"

/* What every test begins with. */
struct desk {
    struct arena *arena;
    struct fonts *fonts;
    struct pdf_writer *writer;
    struct document *document;
    struct canvas canvas; /* of the first page, A4 */
    struct diags diags;
    struct buffer out; /* what was written last; it lies at path too */
    char folder[32], path[64];
};
/* Around each test; *state is its desk. */
int set_up(void **state);
int tear_down(void **state);

/* The face of this name. Fails the test when there is none. */
const struct face *face(struct desk *desk, const char *name);
/* A run with a glyph for each character, which the face has. */
struct mark *set_text(struct canvas *canvas, const struct face *in, int32_t size_mp, int32_t x_mp, int32_t y_mp,
                      const char *text);

/* Writes the document into desk->out and the file. Fails the test when it is refused. */
void write_as(struct desk *desk, bool compact);
void write_document(struct desk *desk);

/* What a command prints about the file; %s stands for its path. Fails the test when the command does. In the arena. */
struct str told(struct desk *desk, const char *command);
void assert_holds(struct str text, const char *part);
/* qpdf and poppler find nothing amiss in the file. */
void assert_accepted(struct desk *desk);

#endif
