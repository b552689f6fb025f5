/* dump.c: the tree as text, for `check layouts --tree` and goldens. One line a thing, indented, with its keys as keys.def has them
 * (dump_keys.c); lengths in mm with two decimals at most; what is 0 or none isn't told; names instead of numbers. */
#include "layout/dump.h"

#include "layout/visit.h"

/* --- tables ------------------------------------------------------------------------------------------------------- */

static void band(void *context, const struct table *table, const struct band *band) {
    static const char *const kinds[] = {"head", "page head", "band", "page foot", "foot"};
    struct dump *dump = context;
    (void)table;
    dump_begin(dump, kinds[band->kind]);
    dump_keys(dump, MAPPING_BAND, band);
    dump_named(dump, "group", band->group);
    for (size_t i = 0; i < band->merge_count; i++) {
        buffer_printf(dump->out, "%s %u", i == 0 ? " merge" : "", band->merge[i] + 1);
    }
    dump_end(dump);
}

static void rows(void *context, const struct table *table, const struct band *band) {
    struct dump *dump = context;
    (void)table;
    dump->depth++;
    dump_rows(dump, "group head", band->group_head, band->group_head_count);
    dump_rows(dump, "row", band->rows, band->row_count);
    dump_rows(dump, "group foot", band->group_foot, band->group_foot_count);
    dump->depth--;
}

static void widths(struct dump *dump, const struct table *table) {
    dump_begin(dump, "widths");
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->widths[i].kind == WIDTH_AUTO) {
            dump_word(dump, STR("auto"));
        } else if (table->widths[i].kind == WIDTH_FIXED) {
            dump_length(dump, table->widths[i].number);
        } else {
            buffer_printf(dump->out, " %d/1000fr", table->widths[i].number);
        }
    }
    dump_end(dump);
}

static void table(struct dump *dump, const struct table *table) {
    dump_begin(dump, "looks");
    for (size_t i = KEYS_OF_BAND; i < KEYS_OF_TABLE; i++) {
        dump_key(dump, schema_key(MAPPING_TABLE, i), table);
    }
    dump_flag(dump, "head once", !table->head_repeats);
    dump_flag(dump, "split", table->split_wide);
    if (table->repeat_columns > 0) {
        buffer_printf(dump->out, " repeat %d", table->repeat_columns);
    }
    dump_query(dump, "cells", table->cells_query);
    for (size_t i = 0; i < table->cells_by_count; i++) {
        dump_named(dump, "by", table->cells_by[i]);
    }
    dump_end(dump);
    widths(dump, table);
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static void page_block(struct dump *dump, const struct block *block) {
    static const char *const whats[] = {"break", "recto", "verso", "kind"};
    dump_word(dump, str_from(whats[block->page.what]));
    dump_named(dump, "of", block->page.kind);
}

/* What its kind alone has. */
static void own_keys(struct dump *dump, const struct block *block) {
    const struct key *key = schema_key(MAPPING_BLOCK, block->kind);
    if (block->kind == BLOCK_PAGE) {
        page_block(dump, block);
    } else if (block->kind != BLOCK_GROUP) {
        dump_value(dump, key, block);
    }
}

static void placed(struct dump *dump, const struct block *block) {
    buffer_printf(dump->out, " %d:%d", block->place.line, block->place.column);
    for (size_t i = 0; block->has_at && i < 4; i++) {
        buffer_add(dump->out, i == 0 ? STR(" at") : STR(""));
        dump_length(dump, block->at_mp[i]);
    }
}

static void block_line(void *context, const struct block *block) {
    struct dump *dump = context;
    const struct key *keys = schema_of(MAPPING_BLOCK)->keys;
    dump_begin(dump, block->kind == BLOCK_GROUP ? "group" : keys[block->kind].name);
    placed(dump, block);
    for (size_t i = BLOCK_KIND_KEYS; i < KEYS_OF_BLOCK; i++) {
        if (block_key_goes_with(block->kind, i)) {
            dump_key(dump, &keys[i], block);
        }
    }
    own_keys(dump, block);
    dump_end(dump);
    if (block->kind == BLOCK_TABLE) {
        dump->depth++;
        table(dump, block->table);
        dump->depth--;
    }
}

/* A block's only text needs no name; those of cells stand in their rows. */
static void text(void *context, const struct key *key, const struct template *text) {
    struct dump *dump = context;
    const struct key *blocks = schema_of(MAPPING_BLOCK)->keys;
    if (key >= blocks && key < blocks + KEYS_OF_BLOCK) {
        dump_lines(dump, text);
    } else if (key != NULL) {
        dump->depth++;
        dump_text(dump, key->name, text);
        dump->depth--;
    }
}

static bool indent(void *context, const struct block *block) {
    struct dump *dump = context;
    (void)block;
    dump->depth++;
    return true;
}

static void outdent(void *context, const struct block *block) {
    struct dump *dump = context;
    (void)block;
    dump->depth--;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void stamps(struct dump *dump, const char *what, struct drawn_row *const *sides, const size_t *counts) {
    static const char *const names[] = {"", " odd", " even", " first", " last", " blank"};
    for (size_t side = 0; side < STAMP_SIDES; side++) {
        if (sides[side] == NULL) {
            continue;
        }
        dump_begin(dump, what);
        buffer_add(dump->out, str_from(names[side]));
        dump_flag(dump, "none", counts[side] == 0);
        dump_end(dump);
        dump->depth++;
        dump_rows(dump, "row", sides[side], counts[side]);
        dump->depth--;
    }
}

static void page(struct dump *dump, const struct page_kind *page) {
    dump_begin(dump, "page");
    dump_word(dump, page->name.n > 0 ? page->name : STR("(document)"));
    dump_keys(dump, MAPPING_PAGE, page);
    dump_flag(dump, "binds", page->binds);
    dump_flag(dump, "turned", page->turned);
    dump_end(dump);
    dump->depth++;
    stamps(dump, "header", page->header, page->header_rows);
    stamps(dump, "footer", page->footer, page->footer_rows);
    dump->depth--;
}

/* A line of what its keys say. */
static void one_line(struct dump *dump, size_t key, enum mapping_kind kind, const void *object) {
    dump_begin(dump, schema_key(MAPPING_FILE, key)->name);
    dump_keys(dump, kind, object);
}

static void bound(struct dump *dump) {
    const struct layout *layout = dump->layout;
    if (layout->has_sheet) {
        one_line(dump, KEY_FILE_SHEET, MAPPING_SHEET, &layout->sheet);
        dump_end(dump);
    }
    if (layout->has_fold) {
        one_line(dump, KEY_FILE_FOLD, MAPPING_FOLD, &layout->fold);
        dump_flag(dump, "turned along the long edge", layout->fold.turning == TURNING_LONG_EDGE);
        dump_end(dump);
    }
    if (layout->has_volume) {
        one_line(dump, KEY_FILE_VOLUME, MAPPING_VOLUME, &layout->volume);
        dump_end(dump);
    }
}

static void style_values(struct dump *dump, const struct style_spec *style) {
    for (size_t key = 0; key < STYLE_KEY_COUNT; key++) {
        if (style->values[key].set) {
            buffer_printf(dump->out, ", %s %.*s", schema_key(MAPPING_STYLE, key)->name,
                          STR_ARG(style->values[key].text));
        }
    }
}

static void styles(struct dump *dump) {
    const struct layout *layout = dump->layout;
    for (size_t i = 0; i < layout->font_count; i++) {
        dump_begin(dump, "font");
        dump_word(dump, layout->fonts[i].name);
        for (size_t k = 0; k < layout->fonts[i].count; k++) {
            buffer_printf(dump->out, "%s %.*s", k == 0 ? ":" : ",", STR_ARG(layout->fonts[i].faces[k]));
        }
        dump_end(dump);
    }
    for (size_t i = 0; i < layout->word_count; i++) {
        dump_begin(dump, "word");
        dump_word(dump, layout->words[i]);
        dump_end(dump);
    }
    for (size_t i = 0; i < layout->style_count; i++) {
        dump_begin(dump, "style");
        dump_word(dump, layout->styles[i].name);
        dump_named(dump, "like", layout->styles[i].like);
        style_values(dump, &layout->styles[i]);
        dump_end(dump);
    }
}

static void queries(struct dump *dump) {
    const struct layout *layout = dump->layout;
    for (size_t i = 0; i < layout->query_count; i++) {
        if (layout->queries[i].built_in == BUILT_IN_NONE) {
            dump_begin(dump, "query");
            dump_word(dump, layout->queries[i].name);
            if (layout->queries[i].line_count > 0) {
                buffer_printf(dump->out, " %d:%d", layout->queries[i].lines[0].line,
                              layout->queries[i].lines[0].column);
            }
            buffer_printf(dump->out, ", %zu lines", layout->queries[i].line_count);
            dump_end(dump);
        }
    }
}

static void document(struct dump *dump) {
    const struct layout *layout = dump->layout;
    dump_begin(dump, "layout");
    dump_word(dump, layout->name);
    dump_keys(dump, MAPPING_DOCUMENT, layout);
    dump_named(dump, "key", layout->key);
    dump_named(dump, "folder", layout->folder);
    dump_flag(dump, "duplex", layout->duplex);
    dump_flag(dump, "broken", layout->broken);
    dump_end(dump);
    dump->depth++;
    dump_text(dump, "titled", &layout->titled);
    dump_text(dump, "file", &layout->file);
    for (size_t i = 0; i < layout->index_count; i++) {
        dump_begin(dump, "index");
        dump_word(dump, layout->index[i].key);
        dump_word(dump, layout->index[i].column);
        dump_end(dump);
    }
    for (size_t i = 0; i < layout->check_count; i++) {
        dump_begin(dump, "check");
        dump_query(dump, "of", layout->checks[i].query);
        dump_end(dump);
    }
    for (size_t i = 0; i < layout->finding_count; i++) {
        dump_begin(dump, "finding");
        dump_query(dump, "of", layout->findings[i].query);
        dump_end(dump);
    }
    dump->depth--;
}

static void list(struct dump *dump, size_t key, const struct block *body, size_t count) {
    const struct visitor visitor = {.context = dump,
                                    .block = block_line,
                                    .open = indent,
                                    .close = outdent,
                                    .band = band,
                                    .open_band = rows,
                                    .text = text};
    if (count > 0) {
        dump_begin(dump, schema_key(MAPPING_FILE, key)->name);
        dump_end(dump);
        dump->depth++;
        visit_blocks(&visitor, body, count);
        dump->depth--;
    }
}

void layout_dump(const struct layout *layout, struct buffer *out) {
    struct dump dump = {.layout = layout, .out = out};
    document(&dump);
    queries(&dump);
    styles(&dump);
    for (size_t i = 0; i < layout->page_count; i++) {
        page(&dump, &layout->pages[i]);
    }
    bound(&dump);
    list(&dump, KEY_FILE_BODY, layout->body, layout->body_count);
    list(&dump, KEY_FILE_FRONT, layout->front, layout->front_count);
    list(&dump, KEY_FILE_BACK, layout->back, layout->back_count);
}
