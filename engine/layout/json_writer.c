/* json_writer.c: brackets, commas and indentation; text is escaped as the schema's texts need it (no control characters). */
#include "layout/json_writer.h"

#include <stdio.h>

static void new_line(struct json_writer *writer) {
    buffer_byte(writer->out, '\n');
    for (int i = 0; i < writer->depth; i++) {
        buffer_add(writer->out, STR("  "));
    }
}

void json_item(struct json_writer *writer) {
    if (!writer->first) {
        buffer_byte(writer->out, ',');
    }
    new_line(writer);
    writer->first = false;
}

void json_open(struct json_writer *writer, char bracket) {
    buffer_byte(writer->out, bracket);
    writer->depth++;
    writer->first = true;
}

void json_close(struct json_writer *writer, char bracket) {
    writer->depth--;
    if (!writer->first) {
        new_line(writer);
    }
    buffer_byte(writer->out, bracket);
    writer->first = false;
}

void json_string(struct json_writer *writer, struct str text) {
    buffer_byte(writer->out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\') {
            buffer_byte(writer->out, '\\');
        }
        buffer_byte(writer->out, text.p[i]);
    }
    buffer_byte(writer->out, '"');
}

void json_key(struct json_writer *writer, const char *name) {
    json_item(writer);
    json_string(writer, str_from(name));
    buffer_add(writer->out, STR(": "));
}

void json_text(struct json_writer *writer, const char *name, const char *text) {
    json_key(writer, name);
    json_string(writer, str_from(text));
}

/* JSON that is written as it stands. */
void json_raw(struct json_writer *writer, const char *name, const char *json) {
    json_key(writer, name);
    buffer_add(writer->out, str_from(json));
}

void json_open_key(struct json_writer *writer, const char *name, char bracket) {
    json_key(writer, name);
    json_open(writer, bracket);
}

void json_reference(struct json_writer *writer, const char *definition) {
    char path[64];
    snprintf(path, sizeof path, "#/definitions/%s", definition);
    json_text(writer, "$ref", path);
}

/* In draft 7 nothing beside $ref counts, so that one with a description stands in an allOf. */
void json_reference_beside(struct json_writer *writer, const char *definition) {
    json_open_key(writer, "allOf", '[');
    json_item(writer);
    json_open(writer, '{');
    json_reference(writer, definition);
    json_close(writer, '}');
    json_close(writer, ']');
}
