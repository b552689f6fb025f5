/* reading.c: a document's text, line by line. */
#include "page/pieces.h"
#include "page/sinks.h"

/* A gap wider than this part of the size is a space. */
enum { SPACE_PARTS = 5 };

static void add_piece(struct buffer *out, const struct piece *before, const struct piece *piece) {
    if (before != NULL && !piece_same_line(before, piece)) {
        buffer_byte(out, '\n');
    } else if (before != NULL && piece->along_mp - before->along_mp - before->width_mp > piece->size_mp / SPACE_PARTS) {
        buffer_byte(out, ' ');
    }
    buffer_add(out, piece->text);
}

void document_text(const struct document *document, struct buffer *out) {
    struct arena *arena = arena_create();
    for (size_t i = 0; i < document->count; i++) {
        struct pieces pieces;
        pieces_collect(&pieces, arena, document->pages[i]);
        pieces_sort(pieces.items, pieces.count);
        for (size_t j = 0; j < pieces.count; j++) {
            add_piece(out, j > 0 ? &pieces.items[j - 1] : NULL, &pieces.items[j]);
        }
        if (pieces.count > 0) {
            buffer_byte(out, '\n');
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
}
