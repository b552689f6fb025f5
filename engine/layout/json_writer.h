/* json_writer.h: JSON as the schema is written in it, an item a line. Private to layout/.
 *
 * Inside { }: json_key, then a value (json_string, json_open, or JSON put into `out`); json_text, json_raw and json_open_key
 * do both. Inside [ ]: json_item, then a value. */
#ifndef LAYOUT_JSON_WRITER_H
#define LAYOUT_JSON_WRITER_H

#include "base/buffer.h"

struct json_writer {
    struct buffer *out;
    int depth;
    bool first; /* nothing stands yet inside the innermost bracket */
};

void json_open(struct json_writer *writer, char bracket);
void json_close(struct json_writer *writer, char bracket);
void json_item(struct json_writer *writer);
void json_string(struct json_writer *writer, struct str text);
void json_key(struct json_writer *writer, const char *name);
void json_text(struct json_writer *writer, const char *name, const char *text);
void json_raw(struct json_writer *writer, const char *name, const char *json);
void json_open_key(struct json_writer *writer, const char *name, char bracket);
/* A key's value by its definition: alone, or beside other words about it. */
void json_reference(struct json_writer *writer, const char *definition);
void json_reference_beside(struct json_writer *writer, const char *definition);

#endif
