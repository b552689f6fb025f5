/* outside.c: texts beyond the paper's edge. */
#include "page/fragments.h"
#include "page/sinks.h"

enum { SLACK_MP = 500 }; /* what a printer never shows */

/* Turned texts aren't looked at: what moves them moves upright ones too. */
static bool is_outside(const struct fragment *fragment, const struct page *page) {
    const int32_t ascent_mp = fragment->size_mp * 7 / 8, descent_mp = fragment->size_mp / 8;
    const int32_t left = fragment->along_mp, right = left + fragment->width_mp;
    const int32_t top = fragment->across_mp - ascent_mp, bottom = fragment->across_mp + descent_mp;
    return fragment->upright && (left < -SLACK_MP || right > page->width_mp + SLACK_MP || top < -SLACK_MP ||
                                 bottom > page->height_mp + SLACK_MP);
}

size_t document_outside(const struct document *document, size_t *first) {
    size_t pages = 0;
    struct arena *arena = arena_create();
    for (size_t i = 0; i < document->count; i++) {
        struct fragments fragments = {0};
        bool outside = false;
        fragments_collect(&fragments, arena, document->pages[i]);
        for (size_t f = 0; f < fragments.count && !outside; f++) {
            outside = is_outside(&fragments.items[f], document->pages[i]);
        }
        *first = outside && pages == 0 ? i : *first;
        pages += outside;
        arena_reset(arena);
    }
    arena_destroy(arena);
    return pages;
}
