/* navigation.c: ways through a document: links and bookmarks. */
#include "pdf/internal.h"

enum { LEVELS = 6 };

static void put_destination(struct buffer *out, const struct area *area, const HPDF_Page *pages) {
    buffer_byte(out, '[');
    put_reference(out, pages[area->page]);
    buffer_add(out, STR("/XYZ "));
    put_mp(out, area->left_mp);
    put_mp(out, area->top_mp);
    buffer_add(out, STR("null]"));
}

/* --- links */

static HPDF_Dict write_link(struct file *file, const struct link *link, const struct area *target,
                            const HPDF_Page *pages) {
    HPDF_Dict object = object_create(file);
    struct buffer *text = file_text(file);
    buffer_add(text, STR("/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["));
    put_mp(text, link->area.left_mp);
    put_mp(text, link->area.bottom_mp);
    put_mp(text, link->area.right_mp);
    buffer_milli(text, link->area.top_mp);
    if (target != NULL) {
        buffer_add(text, STR("]/A<</S/GoTo/D"));
        put_destination(text, target, pages);
    } else {
        buffer_add(text, STR("]/A<</S/URI/URI"));
        put_literal(text, link->uri);
    }
    buffer_add(text, STR(">>"));
    object_set_entries(file, object, buffer_str(text));
    return object;
}

static void add_annotation(struct file *file, HPDF_Page page, HPDF_Dict annotation) {
    HPDF_Array annotations = HPDF_Dict_GetItem(page, "Annots", HPDF_OCLASS_ARRAY);
    if (annotations == NULL) {
        annotations = HPDF_Array_New(file->doc->mmgr);
        file_must(file, HPDF_Dict_Add(page, "Annots", annotations));
    }
    file_must(file, HPDF_Array_Add(annotations, annotation));
}

static void write_links(const struct navigation *navigation, struct file *file, const HPDF_Page *pages,
                        struct diags *diags) {
    struct strmap by_name;
    strmap_init(&by_name, file->arena);
    for (size_t i = 0; i < navigation->anchor_count; i++) {
        bool found;
        uint32_t *number = strmap_put(&by_name, navigation->anchors[i].name, &found);
        if (!found) {
            *number = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < navigation->link_count; i++) {
        const struct link *link = &navigation->links[i];
        const uint32_t *number = link->uri.n > 0 ? NULL : strmap_get(&by_name, link->anchor);
        if (number == NULL && link->uri.n == 0) {
            DIAG_ADD(diags, P603, PLACE_NONE, link->anchor);
            continue;
        }
        const struct area *target = number != NULL ? &navigation->anchors[*number].area : NULL;
        add_annotation(file, pages[link->area.page], write_link(file, link, target, pages));
    }
}

/* --- bookmarks: an anchor goes under the last one of a higher level */

static HPDF_Outline write_bookmark(struct file *file, HPDF_Outline parent, const struct anchor *anchor,
                                   const HPDF_Page *pages) {
    HPDF_Outline bookmark = HPDF_Outline_New(file->doc->mmgr, parent, "", NULL, file->doc->xref);
    struct buffer *text = file_text(file);
    file_must(file, HPDF_Dict_RemoveElement(bookmark, "Title")); /* libharu would take it for Latin */
    buffer_add(text, STR("/Title"));
    put_unicode(text, anchor->title);
    buffer_add(text, STR("/Dest"));
    put_destination(text, &anchor->area, pages);
    object_set_entries(file, bookmark, buffer_str(text));
    return bookmark;
}

/* Into reading order; those of one page keep theirs. Nearly always they are sorted already. */
static void sort_anchors(struct navigation *navigation) {
    for (size_t i = 1; i < navigation->anchor_count; i++) {
        const struct anchor anchor = navigation->anchors[i];
        size_t at = i;
        for (; at > 0 && navigation->anchors[at - 1].order > anchor.order; at--) {
            navigation->anchors[at] = navigation->anchors[at - 1];
        }
        navigation->anchors[at] = anchor;
    }
}

static bool write_bookmarks(const struct navigation *navigation, struct file *file, const HPDF_Page *pages, bool open) {
    HPDF_Outline last[LEVELS + 1] = {0}; /* the latest bookmark of each level; 0: the root */
    for (size_t i = 0; i < navigation->anchor_count; i++) {
        const struct anchor *anchor = &navigation->anchors[i];
        const uint8_t level = anchor->level > LEVELS ? LEVELS : anchor->level;
        if (level == 0) {
            continue;
        }
        if (last[0] == NULL) {
            last[0] = HPDF_OutlineRoot_New(file->doc->mmgr, file->doc->xref);
            file_must(file, HPDF_Dict_Add(file->doc->catalog, "Outlines", last[0]));
        }
        uint8_t above = (uint8_t)(level - 1);
        while (last[above] == NULL) {
            above--;
        }
        last[level] = write_bookmark(file, last[above], anchor, pages);
        file_must(file, HPDF_Outline_SetOpened(last[level], open));
        for (uint8_t below = (uint8_t)(level + 1); below <= LEVELS; below++) {
            last[below] = NULL;
        }
    }
    return last[0] != NULL;
}

bool navigation_finish(struct navigation *navigation, struct file *file, const struct document *document,
                       const HPDF_Page *pages, struct diags *diags) {
    sort_anchors(navigation);
    write_links(navigation, file, pages, diags);
    return write_bookmarks(navigation, file, pages, document->bookmarks_open);
}
