/* visit.c: the rows of keys.def say where in a block its texts lie, and one function goes through all of them. Only a table is
 * built otherwise, of bands. */
#include "layout/visit.h"

#include "layout/schema.h"

static void text(const struct visitor *visitor, const struct key *key, const struct template *text) {
    if (visitor->text != NULL) {
        visitor->text(visitor->context, key, text);
    }
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

void visit_rows(const struct visitor *visitor, const struct drawn_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < rows[i].count; j++) {
            text(visitor, NULL, &rows[i].cells[j].text);
        }
    }
}

static void band(const struct visitor *visitor, const struct table *table, const struct band *band) {
    if (visitor->band != NULL) {
        visitor->band(visitor->context, table, band);
    }
    text(visitor, schema_key(MAPPING_BAND, KEY_BAND_EMPTY), &band->empty);
    if (visitor->open_band != NULL) {
        visitor->open_band(visitor->context, table, band);
    }
    visit_rows(visitor, band->group_head, band->group_head_count);
    visit_rows(visitor, band->rows, band->row_count);
    visit_rows(visitor, band->group_foot, band->group_foot_count);
    if (visitor->close_band != NULL) {
        visitor->close_band(visitor->context, table, band);
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static void texts_of_mapping(const struct visitor *visitor, enum mapping_kind kind, const char *object);

static void texts_of_key(const struct visitor *visitor, const struct key *key, const char *object) {
    const void *field = object + key->at;
    if (key->size == 0) {
        return;
    }
    if (key->type == TYPE_TEMPLATE || key->type == TYPE_SOURCE) {
        text(visitor, key, field);
    } else if (key->of != MAPPING_NONE) {
        texts_of_mapping(visitor, key->of, field);
    }
}

static void texts_of_mapping(const struct visitor *visitor, enum mapping_kind kind, const char *object) {
    const struct mapping_schema *schema = schema_of(kind);
    for (size_t i = 0; i < schema->count; i++) {
        texts_of_key(visitor, &schema->keys[i], object);
    }
}

static void texts(const struct visitor *visitor, const struct block *block) {
    if (block->kind == BLOCK_TABLE) {
        text(visitor, schema_key(MAPPING_TABLE, KEY_TABLE_CONTINUED), &block->table->continued);
    } else if (block->kind != BLOCK_GROUP) {
        texts_of_key(visitor, schema_key(MAPPING_BLOCK, block->kind), (const char *)block);
    }
}

static void inside(const struct visitor *visitor, const struct block *block) {
    visit_blocks(visitor, block->body.items, block->body.count);
    for (size_t i = 0; block->kind == BLOCK_TABLE && i < block->table->band_count; i++) {
        band(visitor, block->table, &block->table->bands[i]);
    }
}

void visit_blocks(const struct visitor *visitor, const struct block *blocks, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[i];
        if (visitor->block != NULL) {
            visitor->block(visitor->context, block);
        }
        texts(visitor, block);
        if (visitor->open != NULL && !visitor->open(visitor->context, block)) {
            continue;
        }
        inside(visitor, block);
        if (visitor->close != NULL) {
            visitor->close(visitor->context, block);
        }
    }
}

void visit_layout(const struct visitor *visitor, const struct layout *layout) {
    for (size_t i = 0; i < layout->page_count; i++) {
        const struct page_kind *page = &layout->pages[i];
        for (size_t side = 0; side < STAMP_SIDES; side++) {
            visit_rows(visitor, page->header[side], page->header_rows[side]);
            visit_rows(visitor, page->footer[side], page->footer_rows[side]);
        }
    }
    visit_blocks(visitor, layout->body, layout->body_count);
    visit_blocks(visitor, layout->front, layout->front_count);
    visit_blocks(visitor, layout->back, layout->back_count);
}

/* --- a question --------------------------------------------------------------------------------------------------- */

struct search {
    enum block_kind kind;
    bool found;
};

static void look_at(void *context, const struct block *block) {
    struct search *search = context;
    search->found = search->found || block->kind == search->kind;
}

bool layout_has(const struct layout *layout, enum block_kind kind) {
    struct search search = {.kind = kind};
    const struct visitor visitor = {.context = &search, .block = look_at};
    visit_layout(&visitor, layout);
    return search.found;
}
