/* objects.h: PDF objects in libharu's hands; for pdf/ alone.
 *
 * libharu numbers the objects, keeps the page tree and writes the cross-reference table. What a dictionary holds beyond
 * that is text
 * ("entries") that we write ourselves into it when its turn comes, and likewise the bytes of its stream: so a width
 * table or a UTF-16 title needs no object for each number, and nothing is copied twice.
 *
 * Order of calls: file_open, objects …, file_save, file_close. Any error of libharu jumps to file->failed. */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include <hpdf.h>
#include <setjmp.h>

#include "base/arena.h"
#include "base/buffer.h"

struct extra {
    struct str entries;
    struct str stream;
    bool has_stream;
};

struct file {
    HPDF_Doc doc;
    struct arena *arena;  /* of entries and streams: they are read when the file is saved */
    struct buffer text;   /* for file_text */
    struct extra *extras; /* by object number; 0 is the trailer */
    size_t extra_count;
    jmp_buf failed;
    HPDF_STATUS error, detail;
};

/* Set file->failed right behind it. */
void file_open(struct file *file, struct arena *arena, struct buffer *out);
void file_save(struct file *file);
void file_close(struct file *file);

/* A new dictionary with a number of its own. */
HPDF_Dict object_create(struct file *file);
/* What is written before the closing >>; copied. Once an object. */
void object_set_entries(struct file *file, HPDF_Dict object, struct str entries);
/* Makes it a stream of these bytes, which must live until file_save. Its entries name the filter; /Length is added. */
void object_set_stream(struct file *file, HPDF_Dict object, struct str entries, struct str bytes);
/* Jumps to file->failed unless status is HPDF_OK. */
void file_must(struct file *file, HPDF_STATUS status);

/* An empty buffer to put entries together in; the same one each time. */
struct buffer *file_text(struct file *file);

/* Pieces of entries. */
void put_reference(struct buffer *out, HPDF_Dict object);       /* 12 0 R */
void put_unicode(struct buffer *out, struct str text);          /* <FEFF…>, UTF-16 with surrogates */
void put_utf16_digits(struct buffer *out, uint32_t code_point); /* 4 or 8 hexadecimal digits */
void put_hex4(struct buffer *out, uint32_t value);
void put_literal(struct buffer *out, struct str text); /* (…), for ASCII */

/* libharu's error as a sentence. */
const char *error_sentence(HPDF_STATUS error);

#endif
