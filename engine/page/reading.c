/* reading.c: the text of a document, line by line, as a person reads it. */
#include "page/fragments.h"
#include "page/sinks.h"

/* A gap wider than a fifth of the size is a space. */
enum { SPACE_PARTS = 5 };

static void add_fragment(struct buffer *out, const struct fragment *before, const struct fragment *fragment) {
    if (before != NULL && !fragment_same_line(before, fragment)) {
        buffer_byte(out, '\n');
    } else if (before != NULL &&
               fragment->along_mp - before->along_mp - before->width_mp > fragment->size_mp / SPACE_PARTS) {
        buffer_byte(out, ' ');
    }
    buffer_add(out, fragment->text);
}

void document_text(const struct document *document, struct buffer *out) {
    struct arena *arena = arena_create();
    for (size_t i = 0; i < document->count; i++) {
        struct fragments fragments;
        fragments_collect(&fragments, arena, document->pages[i]);
        fragments_sort(fragments.items, fragments.count);
        for (size_t j = 0; j < fragments.count; j++) {
            add_fragment(out, j > 0 ? &fragments.items[j - 1] : NULL, &fragments.items[j]);
        }
        if (fragments.count > 0) {
            buffer_byte(out, '\n');
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
}
