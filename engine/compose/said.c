/* said.c: what was asked for a document, as bytes that are equal where it says the same. */
#include "compose/said.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/digest.h"

static void add_count(struct buffer *out, size_t count) {
    const uint64_t n = count;
    buffer_append(out, &n, sizeof n);
}

static void add_text(struct buffer *out, struct str text) {
    add_count(out, text.n);
    buffer_add(out, text);
}

static void add_value(struct buffer *out, const struct value *value) {
    buffer_byte(out, (char)value->kind);
    switch (value->kind) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        buffer_append(out, &value->integer, sizeof value->integer);
        break;
    case VALUE_REAL:
        buffer_append(out, &value->real, sizeof value->real);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        add_text(out, value->text);
        break;
    }
}

static void add_values(struct buffer *out, const struct value *values, size_t count) {
    add_count(out, count);
    for (size_t i = 0; i < count; i++) {
        add_value(out, &values[i]);
    }
}

static struct str keep(struct arena *arena, struct buffer *bytes) {
    const struct str kept = str_copy(arena, buffer_str(bytes));
    buffer_release(bytes);
    return kept;
}

struct str said_by_rows(struct arena *arena, struct str name, const struct value *parameters, size_t count,
                        const struct rows *rows) {
    struct buffer bytes = {0};
    add_text(&bytes, name);
    add_values(&bytes, parameters, count);
    add_count(&bytes, rows->columns);
    add_values(&bytes, rows->cells, rows->count * rows->columns);
    return keep(arena, &bytes);
}

static void take(struct content *content, struct str bytes) {
    ARENA_GROW(content->arena, content->taken, content->count, content->capacity);
    content->taken[content->count++] = bytes;
}

void said_begin(struct content *content, const struct value *row, size_t columns) {
    if (content->arena != NULL) {
        const struct rows rows = {.count = row != NULL, .columns = columns, .cells = (struct value *)row};
        content->turn++;
        content->count = 0;
        take(content, said_by_rows(content->arena, STR_NONE, NULL, 0, &rows));
    }
}

void said_take(struct content *content, struct said *said) {
    if (content->arena != NULL && said->turn != content->turn) {
        said->turn = content->turn;
        take(content, said->bytes);
    }
}

static int by_bytes(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Rows asked for twice, for two places of the layout or again behind others, count once. */
struct str said_end(struct content *content) {
    struct buffer all = {0};
    if (content->arena == NULL) {
        return STR_NONE;
    }
    qsort(content->taken, content->count, sizeof *content->taken, by_bytes);
    for (size_t i = 0; i < content->count; i++) {
        if (i == 0 || !str_eq(content->taken[i], content->taken[i - 1])) {
            add_text(&all, content->taken[i]);
        }
    }
    const struct str hash = digest_hex(content->arena, all.bytes, all.count);
    buffer_release(&all);
    return hash;
}
