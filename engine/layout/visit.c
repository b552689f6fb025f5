/* visit.c: a kind of block is known here by where its texts and its body lie in struct block; KINDS says so, and one function
 * goes through all of them. Only a table is built otherwise, of bands. */
#include "layout/visit.h"

#include <stddef.h>

enum { TEXTS_AT_MOST = 4 };

/* Offsets in struct block; 0, where `kind` lies: none. */
struct shape {
    struct {
        enum text_role role;
        size_t at; /* of a struct template */
    } texts[TEXTS_AT_MOST];
    size_t body, count; /* of a struct block *, and of their number */
};

#define AT(field)   offsetof(struct block, field)
#define BODY(field) .body = AT(field.body), .count = AT(field.count)
#define TEXT(role, field)                                                                                              \
    { role, AT(field) }

/* A kind that has no row holds neither. */
static const struct shape KINDS[BLOCK_KINDS] = {
    [BLOCK_TEXT] = {.texts = {TEXT(TEXT_WORDS, text.text)}},
    [BLOCK_HEADING] = {.texts = {TEXT(TEXT_WORDS, heading.text)}},
    [BLOCK_FOOTNOTE] = {.texts = {TEXT(TEXT_WORDS, footnote.text)}},
    [BLOCK_IMAGE] = {.texts = {TEXT(TEXT_SOURCE, image.path)}},
    [BLOCK_QR] = {.texts = {TEXT(TEXT_SOURCE, qr.text)}},
    [BLOCK_SEAL] = {.texts = {TEXT(TEXT_SEAL, seal.image)}},
    [BLOCK_SIGNATURE] = {.texts = {TEXT(TEXT_ISSUERS, signature.name), TEXT(TEXT_DATE, signature.date),
                                   TEXT(TEXT_SEAL, signature.seal.image)}},
    [BLOCK_CHART] = {.texts = {TEXT(TEXT_TITLE, chart.title), TEXT(TEXT_UNIT, chart.unit),
                               TEXT(TEXT_VALUE_NAME, chart.value_name), TEXT(TEXT_COMPARE_NAME, chart.compare_name)}},
    [BLOCK_SECTION] = {.texts = {TEXT(TEXT_TITLE, section.title)}, BODY(section)},
    [BLOCK_COLUMNS] = {.body = AT(columns.body), .count = AT(columns.body_count)},
    [BLOCK_KEEP] = {BODY(group)},
    [BLOCK_USE] = {BODY(group)},
    [BLOCK_GROUP] = {BODY(group)},
    [BLOCK_PREPRINTED] = {BODY(group)},
    [BLOCK_EACH] = {BODY(each)},
};

static void text(const struct visitor *visitor, enum text_role role, const struct template *text) {
    if (visitor->text != NULL) {
        visitor->text(visitor->context, role, text);
    }
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

void visit_rows(const struct visitor *visitor, const struct drawn_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < rows[i].count; j++) {
            text(visitor, TEXT_CELL, &rows[i].cells[j].text);
        }
    }
}

static void band(const struct visitor *visitor, const struct table *table, const struct band *band) {
    if (visitor->band != NULL) {
        visitor->band(visitor->context, table, band);
    }
    text(visitor, TEXT_EMPTY, &band->empty);
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

static const void *field(const struct block *block, size_t at) {
    return (const char *)block + at;
}

static void texts(const struct visitor *visitor, const struct block *block) {
    const struct shape *shape = &KINDS[block->kind];
    for (size_t i = 0; i < TEXTS_AT_MOST && shape->texts[i].at != 0; i++) {
        text(visitor, shape->texts[i].role, field(block, shape->texts[i].at));
    }
    if (block->kind == BLOCK_TABLE) {
        text(visitor, TEXT_CONTINUED, &block->table->continued);
    }
}

static void inside(const struct visitor *visitor, const struct block *block) {
    const struct shape *shape = &KINDS[block->kind];
    if (shape->body != 0) {
        const struct block *const *body = field(block, shape->body);
        const size_t *count = field(block, shape->count);
        visit_blocks(visitor, *body, *count);
    }
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
