/* sinks.h: readers of a display list other than pdf/: dump, hash, scan, text. */
#ifndef PAGE_SINKS_H
#define PAGE_SINKS_H

#include "base/buffer.h"
#include "base/numerals.h"
#include "page/page.h"

/* The text dump, for tests and people. One line a mark, positions in pt with two decimals, two blanks of indent a level:
 *
 *   page 1 595.28x841.89
 *     glyphs 70.87,85.04 NotoSerifCJKsc-Regular 12.00 "留守儿童" w=48.00
 *     rule 70.87,100.00 +453.54,+0.00 0.50
 *     fill 70.87,100.00 20.00x10.00 #e0e0e0
 *     path 10.00,10.00 stroke=0.50 M0.00,0.00 L10.00,0.00 Z
 *     image 70.87,120.00 99.21x138.90 jpeg 358x441
 *     link 70.87,85.04 100.00x12.00 #anchor
 *     anchor 70.87,85.04 "name" level=1 "title"
 *     field 500.00,85.04 page-of-anchor "name" w=18.00
 *     group 0.00,0.00 matrix=1,0,0,1 clip=0.00,0.00,99.21,138.90
 *       …
 * Words in quotes escape ", \ and control characters. Marks of the preprinted layer begin with a ~. A run whose glyphs don't
 * stand at their natural advances tells the gaps: a `|` in the text shows where more than 0.02 pt was added, `¦` where taken. */
void document_dump(const struct document *document, struct buffer *out);

/* The identity of a document: of sizes, marks, texts, names of faces and bytes of pictures, never of addresses. Equal hashes
 * print equally. */
struct hash document_hash(const struct document *document);

/* Numbers that the reader's masks hid elsewhere (data's session_hidden), and which of them he sees somewhere by
 * right, as a school's phone (session_shows). */
struct scan_known {
    const struct number_set *hidden;
    bool (*shown)(void *context, uint64_t key); /* asked about a number that was found; NULL: none is shown */
    void (*looked_up)(void *context,
                      uint64_t key); /* told of each one that is looked for in `hidden`; NULL: nobody is */
    void *context;
};

enum number_kind { NUMBER_NONE, NUMBER_ID, NUMBER_PHONE };
/* A number that the reader must not see in full, and its page. */
struct scan_hit {
    size_t page;           /* index */
    enum number_kind kind; /* never the number itself */
};
/* Scans for such numbers: true, and the first of them in *first. Within a run of text, also broken over lines and in boxes
 * of one digit each, for anything that looks like an 18-digit ID (GB 11643, with a plausible birth date) or an 11-digit
 * mobile phone, in digits of every script; across cells and lines for known numbers (NULL: none). */
bool document_scan(const struct document *document, struct arena *arena, const struct scan_known *known,
                   struct scan_hit *first);

/* The same for the texts of a file that has no pages, as the cells of a workbook. A number is found within one of them: where it may be
 * parted over neighbours, the caller gives those as one text. NUMBER_NONE: none must be hidden. */
enum number_kind texts_scan(const struct str *texts, size_t count, struct arena *arena, const struct scan_known *known);

/* The same for known numbers alone, which may be parted over neighbours: texts of rows and columns put together. */
enum number_kind texts_scan_known(const struct str *texts, size_t count, struct arena *arena,
                                  const struct scan_known *known);

/* How many pages have text beyond the paper's edge, and the index of the first of them; *first stays where there is none. */
size_t document_outside(const struct document *document, size_t *first);

/* Appends all text, line by line, as a person reads it: for tests and for search. */
void document_text(const struct document *document, struct buffer *out);

#endif
