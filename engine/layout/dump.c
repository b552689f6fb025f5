/* dump.c: the tree as text, for `check layouts --tree` and goldens. One line a thing, indented; lengths in mm with two decimals at
 * most; what has its default isn't told; names instead of numbers. */
#include "layout/dump.h"

#include "layout/schema.h"
#include "layout/values.h"

static void band(struct dump *dump, const struct band *band) {
    static const char *const kinds[] = {"head", "page head", "band", "page foot", "foot"};
    dump_begin(dump, kinds[band->kind]);
    dump_query(dump, "each", band->each);
    dump_condition(dump, "when", band->when);
    dump_condition(dump, "unless", band->unless);
    dump_named(dump, "group", band->group);
    if (band->pad > 0) {
        buffer_printf(dump->out, " pad %d", band->pad);
    }
    dump_flag(dump, "pad foot", band->pad_to_foot != 0);
    for (size_t i = 0; i < band->merge_count; i++) {
        buffer_printf(dump->out, "%s %u", i == 0 ? " merge" : "", band->merge[i] + 1);
    }
    dump_end(dump);
    dump->depth++;
    dump_rows(dump, "group head", band->group_head, band->group_head_count);
    dump_rows(dump, "row", band->rows, band->row_count);
    dump_rows(dump, "group foot", band->group_foot, band->group_foot_count);
    dump_text(dump, "empty", &band->empty);
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
    dump_named_length(dump, "line", table->line_mp);
    dump_named_length(dump, "outer", table->outer_line_mp);
    dump_named_length(dump, "row", table->row_mp);
    dump_named_length(dump, "gap", table->gap_mp);
    dump_flag(dump, "head once", !table->head_repeats);
    dump_flag(dump, "split", table->split_wide);
    if (table->repeat_columns > 0) {
        buffer_printf(dump->out, " repeat %d", table->repeat_columns);
    }
    if (table->zebra != NO_COLOUR) {
        buffer_printf(dump->out, " zebra %06x", (unsigned)table->zebra);
    }
    dump_query(dump, "across", table->across);
    dump_query(dump, "cells", table->cells_query);
    for (size_t i = 0; i < table->cells_by_count; i++) {
        dump_named(dump, "by", table->cells_by[i]);
    }
    dump_end(dump);
    widths(dump, table);
    dump_text(dump, "continued", &table->continued);
    for (size_t i = 0; i < table->band_count; i++) {
        band(dump, &table->bands[i]);
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static void blocks(struct dump *dump, const struct block *list, size_t count);

static void body(struct dump *dump, const struct block *list, size_t count) {
    dump_end(dump);
    dump->depth++;
    blocks(dump, list, count);
    dump->depth--;
}

static void stroke(struct dump *dump, int32_t thickness_mp, enum stroke stroke, int32_t colour) {
    dump_named_length(dump, "line", thickness_mp);
    dump_word(dump, phrase_stroke_word(stroke));
    buffer_printf(dump->out, " %06x", (unsigned)colour);
    dump_end(dump);
}

static void chart(struct dump *dump, const struct block *block) {
    dump_word(dump, schema_choice(MAPPING_CHART, KEY_CHART_KIND, (size_t)block->chart.look));
    dump_query(dump, "of", block->chart.of);
    dump_named(dump, "x", block->chart.x);
    dump_named(dump, "y", block->chart.y);
    dump_named(dump, "compare", block->chart.compare);
    dump_named(dump, "series", block->chart.series);
    dump_named(dump, "text", block->chart.text);
    dump_named_length(dump, "height", block->chart.height_mp);
    dump_style(dump, block->chart.style);
    if (block->chart.scale[0] != 0 || block->chart.scale[1] != 0) {
        buffer_printf(dump->out, " scale %d %d", block->chart.scale[0], block->chart.scale[1]);
    }
    dump_end(dump);
    dump->depth++;
    dump_text(dump, "title", &block->chart.title);
    dump_text(dump, "unit", &block->chart.unit);
    dump_text(dump, "value name", &block->chart.value_name);
    dump_text(dump, "compare name", &block->chart.compare_name);
    dump->depth--;
}

static void image(struct dump *dump, const struct block *block) {
    static const char *const aligns[] = {"left", "centre", "right"};
    dump_named_length(dump, "width", block->image.width_mp);
    dump_named_length(dump, "height", block->image.height_mp);
    dump_flag(dump, "whole", block->image.whole);
    dump_word(dump, str_from(aligns[block->image.align]));
    dump_end(dump);
    dump_lines(dump, &block->image.path);
}

static void page_block(struct dump *dump, const struct block *block) {
    static const char *const whats[] = {" break", " recto", " verso", " kind"};
    buffer_add(dump->out, str_from(whats[block->page.what]));
    dump_word(dump, block->page.kind);
    dump_end(dump);
}

static void section(struct dump *dump, const struct block *block) {
    dump_flag(dump, "unnumbered", !block->section.numbered);
    dump_flag(dump, "new page", block->section.new_page);
    dump_end(dump);
    dump_lines(dump, &block->section.title);
    dump->depth++;
    blocks(dump, block->body.items, block->body.count);
    dump->depth--;
}

static void lines_of(struct dump *dump, const struct template *text) {
    dump_end(dump);
    dump_lines(dump, text);
}

/* What its kind alone has; ends the line. */
static void own(struct dump *dump, const struct block *block) {
    switch (block->kind) {
    case BLOCK_TEXT:
        lines_of(dump, &block->text.text);
        break;
    case BLOCK_HEADING:
        dump_number(dump, block->heading.level);
        lines_of(dump, &block->heading.text);
        break;
    case BLOCK_SECTION:
        section(dump, block);
        break;
    case BLOCK_CONTENTS:
        dump_number(dump, block->contents.levels);
        dump_end(dump);
        break;
    case BLOCK_TABLE:
        dump_end(dump);
        dump->depth++;
        table(dump, block->table);
        dump->depth--;
        break;
    case BLOCK_IMAGE:
        image(dump, block);
        break;
    case BLOCK_QR:
        dump_length(dump, block->qr.size_mp);
        lines_of(dump, &block->qr.text);
        break;
    case BLOCK_CHART:
        chart(dump, block);
        break;
    case BLOCK_RULE:
        stroke(dump, block->rule.thickness_mp, block->rule.stroke, block->rule.colour);
        break;
    case BLOCK_SPACE:
        dump_length(dump, block->space.height_mp);
        dump_end(dump);
        break;
    case BLOCK_FRAME:
        dump_named_length(dump, "inset", block->frame.inset_mp);
        stroke(dump, block->frame.thickness_mp, block->frame.stroke, block->frame.colour);
        break;
    case BLOCK_SEAL:
        dump_length(dump, block->seal.size_mp);
        lines_of(dump, &block->seal.image);
        break;
    case BLOCK_SIGNATURE:
        dump_named_length(dump, "seal", block->signature.seal.size_mp);
        lines_of(dump, &block->signature.name);
        dump_lines(dump, &block->signature.date);
        dump_lines(dump, &block->signature.seal.image);
        break;
    case BLOCK_CROSSES:
        dump_length(dump, block->crosses.inset_mp);
        dump_end(dump);
        break;
    case BLOCK_COLUMNS:
        dump_number(dump, block->columns.count);
        dump_named_length(dump, "gap", block->columns.gap_mp);
        dump_flag(dump, "balanced", block->columns.balanced);
        body(dump, block->body.items, block->body.count);
        break;
    case BLOCK_PAGE:
        page_block(dump, block);
        break;
    case BLOCK_KEEP:
    case BLOCK_USE:
    case BLOCK_GROUP:
    case BLOCK_PREPRINTED:
        body(dump, block->body.items, block->body.count);
        break;
    case BLOCK_EACH:
        dump_query(dump, "of", block->each.query);
        body(dump, block->body.items, block->body.count);
        break;
    case BLOCK_FOOTNOTE:
        lines_of(dump, &block->footnote.text);
        break;
    }
}

static void blocks(struct dump *dump, const struct block *list, size_t count) {
    static const char *const kinds[BLOCK_KINDS] = {"text",      "heading",    "section",  "contents", "table", "image",
                                                   "qr",        "chart",      "rule",     "space",    "frame", "seal",
                                                   "signature", "crosses",    "columns",  "page",     "keep",  "each",
                                                   "group",     "preprinted", "footnote", "group"};
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &list[i];
        dump_begin(dump, kinds[block->kind]);
        buffer_printf(dump->out, " %d:%d", block->place.line, block->place.column);
        dump_condition(dump, "when", block->when);
        dump_condition(dump, "unless", block->unless);
        if (block->has_at) {
            buffer_add(dump->out, STR(" at"));
            for (size_t k = 0; k < 4; k++) {
                dump_length(dump, block->at_mp[k]);
            }
        }
        dump_named_length(dump, "shrink", block->fit_min_mp);
        if (block->at_valign) {
            buffer_add(dump->out, block->at_valign == AT_MIDDLE ? STR(" middle") : STR(" bottom"));
        }
        own(dump, block);
    }
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
    dump_length(dump, page->width_mp);
    dump_length(dump, page->height_mp);
    buffer_add(dump->out, STR(" margins"));
    dump_length(dump, page->head_mp);
    dump_length(dump, page->fore_edge_mp);
    dump_length(dump, page->foot_mp);
    dump_length(dump, page->binding_edge_mp);
    dump_flag(dump, "binds", page->binds);
    dump_flag(dump, "turned", page->turned);
    dump_flag(dump, "closing", page->closing);
    if (page->then.n > 0) {
        buffer_add(dump->out, STR(" then"));
        dump_word(dump, page->then);
    }
    if (page->grid_columns > 0) {
        buffer_printf(dump->out, " grid %d %d", page->grid_columns, page->grid_lines);
    }
    buffer_add(dump->out, STR(" gaps"));
    dump_length(dump, page->header_gap_mp);
    dump_length(dump, page->footer_gap_mp);
    dump_named_length(dump, "header rule", page->header_rule_mp);
    dump_named_length(dump, "footer rule", page->footer_rule_mp);
    dump_end(dump);
    dump->depth++;
    stamps(dump, "header", page->header, page->header_rows);
    stamps(dump, "footer", page->footer, page->footer_rows);
    dump->depth--;
}

static struct str turning_word(enum turning turning) {
    return schema_choice(MAPPING_SHEET, KEY_SHEET_BACKS, (size_t)turning);
}

static void sheet(struct dump *dump, const struct sheet_spec *sheet) {
    dump_begin(dump, "sheet");
    dump_length(dump, sheet->card_width_mp);
    dump_length(dump, sheet->card_height_mp);
    buffer_add(dump->out, STR(" on"));
    dump_length(dump, sheet->paper_width_mp);
    dump_length(dump, sheet->paper_height_mp);
    buffer_printf(dump->out, " grid %d %d", sheet->columns, sheet->rows);
    dump_named_length(dump, "gap", sheet->gap_mp);
    dump_flag(dump, "crop", sheet->crop);
    dump_named(dump, "backs", turning_word(sheet->turning));
    dump_end(dump);
}

static void fold(struct dump *dump, const struct fold_spec *fold) {
    dump_begin(dump, "fold on");
    dump_length(dump, fold->paper_width_mp);
    dump_length(dump, fold->paper_height_mp);
    dump_named_length(dump, "thickness", fold->thickness_mp);
    dump_flag(dump, "staples", fold->staples);
    dump_named(dump, "backs", turning_word(fold->turning));
    dump_end(dump);
}

static void volume(struct dump *dump, const struct volume_spec *volume) {
    dump_begin(dump, "volume of");
    dump_word(dump, volume->parts);
    for (size_t i = 0; i < volume->by.count; i++) {
        buffer_printf(dump->out, "%s %.*s", i == 0 ? " by" : ",", STR_ARG(volume->by.items[i]));
    }
    if (volume->sheets > 0) {
        buffer_printf(dump->out, " sheets %d", volume->sheets);
    }
    buffer_add(dump->out, STR(" number"));
    dump_style(dump, volume->number);
    buffer_add(dump->out, STR(" at"));
    dump_length(dump, volume->outer_mp);
    dump_length(dump, volume->head_mp);
    dump_end(dump);
}

static void style_values(struct dump *dump, const struct style_spec *style) {
    static const char *const names[STYLE_KEY_COUNT] = {
        "font",           "size",     "leading", "indent", "left",       "right", "space before", "space after",
        "letter space",   "align",    "valign",  "colour", "decoration", "rise",  "vertical",     "strict",
        "keep with next", "bookmark", "padding", "fit",    "min size",   "fill",  "grid",         "lines"};
    for (size_t key = 0; key < STYLE_KEY_COUNT; key++) {
        if (style->values[key].set) {
            buffer_printf(dump->out, ", %s %.*s", names[key], STR_ARG(style->values[key].text));
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
    dump_named(dump, "title", layout->title);
    dump_named(dump, "for", schema_choice(MAPPING_DOCUMENT, KEY_DOCUMENT_FOR, (size_t)layout->reader));
    dump_query(dump, "each", layout->each);
    dump_named(dump, "key", layout->key);
    dump_named(dump, "folder", layout->folder);
    if (layout->at_most != 2000) {
        buffer_printf(dump->out, " at most %d", layout->at_most);
    }
    dump_flag(dump, "duplex", layout->duplex);
    dump_flag(dump, "broken", layout->broken);
    dump_end(dump);
    dump->depth++;
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

static void list(struct dump *dump, const char *what, const struct block *body, size_t count) {
    if (count > 0) {
        dump_begin(dump, what);
        dump_end(dump);
        dump->depth++;
        blocks(dump, body, count);
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
    if (layout->has_sheet) {
        sheet(&dump, &layout->sheet);
    }
    if (layout->has_fold) {
        fold(&dump, &layout->fold);
    }
    if (layout->has_volume) {
        volume(&dump, &layout->volume);
    }
    list(&dump, "body", layout->body, layout->body_count);
    list(&dump, "front", layout->front, layout->front_count);
    list(&dump, "back", layout->back, layout->back_count);
}
