/* json_writer.h: JSON as the schema is written in it, an item a line. Private to layout/.
 *
 * Inside { }: json_key, then a value (json_string, json_open, or JSON put into `out`); json_text, json_raw and json_open_key
 * do both. Inside [ ]: json_item, then a value. */
#ifndef LAYOUT_JSON_WRITER_H
#define LAYOUT_JSON_WRITER_H

#include "base/buffer.h"

/* On the stack, as {.out = …}; the rest begins as zero. Nothing to release: the buffer is the caller's. */
struct json_writer {
    struct buffer *out;
    int depth;
    bool first; /* nothing stands yet inside the innermost bracket */
};

/* Writes the bracket, { or [, as a value, and goes one level deeper. */
void json_open(struct json_writer *writer, char bracket);
/* Writes the one that belongs to it, } or ], on a line of its own unless nothing stands inside. The writer doesn't check that
 * they match. */
void json_close(struct json_writer *writer, char bracket);
/* Begins an item of a list: a comma where one stands before it, a new line, the indentation. Its value follows. */
void json_item(struct json_writer *writer);
/* The text in quotes. Only " and \ are escaped, for the schema's texts have no control characters (RFC 8259, 7). */
void json_string(struct json_writer *writer, struct str text);
/* Begins an item of an object: `"name": `. Its value follows. */
void json_key(struct json_writer *writer, const char *name);
/* A key with a string. */
void json_text(struct json_writer *writer, const char *name, const char *text);
/* A key with JSON that is written as it stands. */
void json_raw(struct json_writer *writer, const char *name, const char *json);
/* A key whose value is the object or list that is opened. */
void json_open_key(struct json_writer *writer, const char *name, char bracket);
/* A key `$ref` to #/definitions/…: the object holds nothing else, for in draft 7 of JSON Schema nothing beside it counts. A
 * name of a definition has some 40 bytes at most. */
void json_reference(struct json_writer *writer, const char *definition);
/* The same among other words about the value: in an `allOf` of its own. */
void json_reference_beside(struct json_writer *writer, const char *definition);

#endif
