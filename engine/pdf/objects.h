/* objects.h: PDF objects by libharu; for pdf/ alone.
 *
 * libharu numbers the objects, keeps the page tree and writes the cross-reference table. All else in a dictionary is
 * text ("entries") of our own, written when the object's turn comes, and so are the bytes of its stream: a width
 * table or a UTF-16 title needs no object for each number, and nothing is copied twice.
 *
 * Order of calls: file_open, objects …, file_save, file_close. Any error of libharu jumps to file->failed, set right
 * behind file_open. */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include <hpdf.h>
#include <setjmp.h>

#include "base/arena.h"
#include "base/buffer.h"

/* The entries and the stream of an object, ours. */
struct extra {
    struct str entries; /* without << and >> */
    struct str stream;
    bool has_stream;
};

/* A PDF being made. */
struct file {
    HPDF_Doc doc;         /* libharu's document */
    struct arena *arena;  /* of entries and streams, which are read when the file is saved */
    struct buffer text;   /* for file_text */
    struct extra *extras; /* by object number; 0 is the trailer */
    size_t extra_count;
    jmp_buf failed;
    HPDF_STATUS error, detail; /* set before the jump */
};

/* Begins a file that file_save appends to `out`. The caller sets file->failed right behind it (setjmp). */
void file_open(struct file *file, struct arena *arena, struct buffer *out);
/* Writes the file; frees all of libharu's memory. file_close may follow a jump too. */
void file_save(struct file *file);
/* Frees libharu's document and the scratch buffer; objects end here, texts in the arena don't. */
void file_close(struct file *file);

/* A new dictionary with an object number. */
HPDF_Dict object_create(struct file *file);
/* The entries before its closing >>; copied. Once for an object. */
void object_set_entries(struct file *file, HPDF_Dict object, struct str entries);
/* Makes it a stream of these bytes, which live until file_save. Its entries name the filter; /Length is added. */
void object_set_stream(struct file *file, HPDF_Dict object, struct str entries, struct str bytes);
/* Jumps to file->failed unless the status is HPDF_OK. */
void file_must(struct file *file, HPDF_STATUS status);

/* A scratch buffer, empty, for putting entries together; the same one each time. */
struct buffer *file_text(struct file *file);

/* Values of entries, appended. */
void put_reference(struct buffer *out, HPDF_Dict object);       /* a reference: 12 0 R */
void put_unicode(struct buffer *out, struct str text);          /* <FEFF…>, UTF-16 with surrogates */
void put_utf16_digits(struct buffer *out, uint32_t code_point); /* 4 or 8 hexadecimal digits */
/* Four hexadecimal digits. */
void put_hex4(struct buffer *out, uint32_t value);
void put_literal(struct buffer *out, struct str text); /* (…), any bytes */
/* A name behind its /, any bytes but 0: what isn't a letter of names is #xx (7.3.5). */
void put_name(struct buffer *out, struct str text);

/* libharu's error as a sentence, in English. */
const char *error_sentence(HPDF_STATUS error);

#endif
