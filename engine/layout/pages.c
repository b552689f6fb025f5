/* pages.c: kinds of page. A kind is like another, or like nothing; what stands later overrides key by key. A kind that gives
 * neither header nor footer has the document's. */
#include "layout/builder.h"

#include "base/length.h"

/* What one file says of one kind. */
struct kind_part {
    struct str name;
    struct place place;
    struct setting *keys;
};

struct kinds {
    struct builder *builder;
    struct kind_part *parts;
    size_t count, capacity;
    enum { UNTOUCHED, OPEN, DONE } * states; /* by index in layout->pages */
    bool *has_stamps;                        /* the same: a header or footer was given */
};

static struct page_kind plain_page(struct builder *builder, struct str name, struct place place) {
    const struct setting nothing[KEYS_OF_PAGE] = {0};
    struct page_kind page = {.name = name, .place = place};
    settings_apply(builder, MAPPING_PAGE, nothing, &page, place);
    return page;
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static void apply_binding(struct builder *builder, const struct setting *binding, struct page_kind *page) {
    if (binding->node == NULL) {
        return;
    }
    page->binds = true;
    if (binding->number[0] >= 0) {
        page->binding_edge_mp = binding->number[0];
    }
    if (page == &builder->layout->pages[0]) {
        builder->layout->duplex = builder->layout->duplex || binding->number[1] != 0;
    }
}

/* Rows that are not NULL but none say that this side has nothing. */
static bool apply_stamps(struct builder *builder, const struct setting *keys, size_t first, struct str role,
                         struct drawn_row **rows, size_t *counts) {
    bool any = false;
    for (size_t side = 0; side < STAMP_SIDES; side++) {
        const struct setting *setting = &keys[(size_t)first + side];
        if (setting->node == NULL) {
            continue;
        }
        const struct drawn_rows drawn = drawn_read_stamp(builder, setting, role);
        rows[side] = drawn.count > 0 ? drawn.rows : ARENA_NEW(builder->arena, struct drawn_row);
        counts[side] = drawn.count;
        any = true;
    }
    return any;
}

static bool apply_header(struct builder *builder, const struct setting *keys, struct page_kind *page) {
    return apply_stamps(builder, keys, KEY_FILE_HEADER, STR("header"), page->header, page->header_rows);
}

static bool apply_footer(struct builder *builder, const struct setting *keys, struct page_kind *page) {
    return apply_stamps(builder, keys, KEY_FILE_FOOTER, STR("footer"), page->footer, page->footer_rows);
}

static void apply_turn(const struct setting *turn, struct page_kind *page) {
    if (turn->node == NULL) {
        return;
    }
    page->turned = turn->number[0] == 0;
    if (page->turned && page->width_mp > page->height_mp) { /* the sheet stays upright, its lines are turned */
        const int32_t width = page->width_mp;
        page->width_mp = page->height_mp;
        page->height_mp = width;
    }
}

static void check_room(struct builder *builder, const struct page_kind *page, struct place place) {
    if (page->width_mp - page->fore_edge_mp - page->binding_edge_mp < MM(5) ||
        page->height_mp - page->head_mp - page->foot_mp < MM(5)) {
        TELL_PLAIN(builder->reader, L243, place);
    }
}

/* --- kinds of the files ------------------------------------------------------------------------------------------- */

static void collect(struct kinds *kinds, const struct pair *pair) {
    struct builder *builder = kinds->builder;
    struct layout *layout = builder->layout;
    struct kind_part part = {.name = pair->key->text, .place = pair->key->place};
    part.keys = ARENA_ARRAY(builder->arena, struct setting, KEYS_OF_PAGE);
    const struct str where = str_printf(builder->arena, "pages: %.*s", STR_ARG(part.name));
    if (!name_is_valid(part.name)) {
        TELL(builder->reader, L241, part.place, part.name, name_mended(builder->arena, part.name));
        return;
    }
    if (!settings_read(builder->reader, pair->value, MAPPING_PAGE, where, part.keys)) {
        builder->lost = true;
        return;
    }
    ARENA_GROW(builder->arena, kinds->parts, kinds->count, kinds->capacity);
    kinds->parts[kinds->count++] = part;
    bool found = false;
    uint32_t *slot = strmap_put(&builder->pages, part.name, &found);
    if (!found) {
        *slot = (uint32_t)layout->page_count + 1;
        ARENA_GROW(builder->arena, layout->pages, layout->page_count, builder->page_capacity);
        layout->pages[layout->page_count++] = plain_page(builder, part.name, part.place);
    }
}

static void build_kind(struct kinds *kinds, size_t index);

/* The last `like` holds. */
static void begin_like(struct kinds *kinds, size_t index) {
    struct builder *builder = kinds->builder;
    struct page_kind *page = &builder->layout->pages[index];
    const struct setting *like = NULL;
    for (size_t i = 0; i < kinds->count; i++) {
        if (str_eq(kinds->parts[i].name, page->name) && kinds->parts[i].keys[KEY_PAGE_LIKE].node != NULL) {
            like = &kinds->parts[i].keys[KEY_PAGE_LIKE];
        }
    }
    if (like == NULL) {
        return;
    }
    const uint32_t *found = strmap_get(&builder->pages, like->text);
    if (found == NULL) {
        builder_tell_unknown(builder, &builder->pages, "pages", like->text, like->place);
        return;
    }
    const size_t base = *found - 1;
    if (kinds->states[base] == OPEN) {
        TELL(builder->reader, L232, like->place, page->name, like->text);
        return;
    }
    build_kind(kinds, base);
    const struct str name = page->name;
    const struct place place = page->place;
    *page = builder->layout->pages[base];
    page->name = name;
    page->place = place;
    kinds->has_stamps[index] = kinds->has_stamps[base];
}

static void build_kind(struct kinds *kinds, size_t index) {
    struct builder *builder = kinds->builder;
    struct page_kind *page = &builder->layout->pages[index];
    if (kinds->states[index] == DONE) {
        return;
    }
    kinds->states[index] = OPEN;
    begin_like(kinds, index);
    for (size_t i = 0; i < kinds->count; i++) {
        const struct setting *keys = kinds->parts[i].keys;
        if (!str_eq(kinds->parts[i].name, page->name)) {
            continue;
        }
        settings_apply_given(builder, MAPPING_PAGE, keys, page);
        apply_binding(builder, &keys[KEY_PAGE_BINDING], page);
        apply_turn(&keys[KEY_PAGE_TURN], page);
        if (keys[KEY_PAGE_THEN].node != NULL) {
            page->then_index = builder_page(builder, &keys[KEY_PAGE_THEN], "pages");
        }
        bool header = apply_header(builder, keys, page), footer = apply_footer(builder, keys, page);
        kinds->has_stamps[index] = kinds->has_stamps[index] || header || footer;
    }
    check_room(builder, page, page->place);
    kinds->states[index] = DONE;
}

/* --- the document's own ------------------------------------------------------------------------------------------- */

static const struct page_kind *base_of_document(struct builder *builder, const struct setting *document) {
    const struct setting *page = &document[KEY_DOCUMENT_PAGE];
    const uint32_t *found = strmap_get(&builder->pages, page->node != NULL ? page->text : STR("default"));
    if (found == NULL && page->node != NULL) {
        builder_tell_unknown(builder, &builder->pages, "pages", page->text, page->place);
    }
    return found != NULL ? &builder->layout->pages[*found - 1] : NULL;
}

/* A key of another mapping as that of a kind of page. */
static void apply_as(struct builder *builder, size_t key, const struct setting *setting, struct page_kind *page) {
    if (setting->node != NULL) {
        setting_apply(builder, schema_key(MAPPING_PAGE, key), setting, page, setting->place);
    }
}

/* A card has no header but its own file's, and narrow margins. */
static void begin_card(struct builder *builder, const struct setting *sheet, struct page_kind *page) {
    page->head_mp = page->fore_edge_mp = page->foot_mp = page->binding_edge_mp = MM(3);
    apply_as(builder, KEY_PAGE_PAPER, &sheet[KEY_SHEET_CARD], page);
}

static void build_own(struct builder *builder, const struct setting *document, const struct setting *sheet) {
    struct layout *layout = builder->layout;
    struct page_kind *page = &layout->pages[0];
    const struct page_kind *base = sheet == NULL ? base_of_document(builder, document) : NULL;
    if (base != NULL) {
        *page = *base;
        page->name = STR("");
        page->place = layout->place;
    }
    if (sheet != NULL) {
        begin_card(builder, sheet, page);
    }
    for (size_t f = sheet != NULL ? builder->file_count - 1 : 0; f < builder->file_count; f++) {
        apply_header(builder, builder->files[f].keys, page);
        apply_footer(builder, builder->files[f].keys, page);
    }
    apply_as(builder, KEY_PAGE_PAPER, &document[KEY_DOCUMENT_PAPER], page);
    apply_as(builder, KEY_PAGE_MARGINS, &document[KEY_DOCUMENT_MARGINS], page);
    apply_binding(builder, &document[KEY_DOCUMENT_BINDING], page);
    if (document[KEY_DOCUMENT_DUPLEX].node != NULL) {
        layout->duplex = document[KEY_DOCUMENT_DUPLEX].number[0] != 0;
    }
    check_room(builder, page,
               document[KEY_DOCUMENT_MARGINS].node != NULL ? document[KEY_DOCUMENT_MARGINS].place : layout->place);
}

static void take_stamps(const struct kinds *kinds) {
    struct layout *layout = kinds->builder->layout;
    const struct page_kind *own = &layout->pages[0];
    for (size_t i = 1; i < layout->page_count; i++) {
        struct page_kind *page = &layout->pages[i];
        for (size_t side = 0; side < STAMP_SIDES && !kinds->has_stamps[i]; side++) {
            page->header[side] = own->header[side];
            page->header_rows[side] = own->header_rows[side];
            page->footer[side] = own->footer[side];
            page->footer_rows[side] = own->footer_rows[side];
        }
    }
}

void pages_build(struct builder *builder, const struct setting *document, const struct setting *sheet) {
    struct layout *layout = builder->layout;
    struct kinds kinds = {.builder = builder};
    ARENA_GROW(builder->arena, layout->pages, layout->page_count, builder->page_capacity);
    layout->pages[layout->page_count++] = plain_page(builder, STR(""), layout->place);
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct node *pages = builder->files[f].keys[KEY_FILE_PAGES].node;
        for (size_t i = 0; pages != NULL && i < pages->count; i++) {
            collect(&kinds, &pages->pairs[i]);
        }
    }
    kinds.states = arena_alloc_array(builder->arena, layout->page_count, sizeof *kinds.states);
    kinds.has_stamps = ARENA_ARRAY(builder->arena, bool, layout->page_count);
    for (size_t i = 1; i < layout->page_count; i++) {
        build_kind(&kinds, i);
    }
    build_own(builder, document, sheet);
    take_stamps(&kinds);
}
