/* walk.c: the one traversal of a display list that all sinks share. */
#include "page/page.h"

static void walk_marks(const struct marks *marks, struct sink *sink) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind != MARK_GROUP) {
            if (sink->mark != NULL) {
                sink->mark(sink, mark);
            }
            continue;
        }
        if (sink->group_begin != NULL) {
            sink->group_begin(sink, mark);
        }
        walk_marks(&mark->group.marks, sink);
        if (sink->group_end != NULL) {
            sink->group_end(sink, mark);
        }
    }
}

void document_walk(const struct document *document, struct sink *sink) {
    for (size_t i = 0; i < document->count; i++) {
        const struct page *page = document->pages[i];
        if (sink->page_begin != NULL) {
            sink->page_begin(sink, page, i);
        }
        walk_marks(&page->marks, sink);
        if (sink->page_end != NULL) {
            sink->page_end(sink, page, i);
        }
    }
}
