/* dump.c: the tree as text, for `check layouts --tree` and goldens. One line a thing, indented; lengths in mm with two decimals at
 * most; what has its default isn't told; names instead of numbers. */
#include "layout/layout.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/length.h"

struct dump {
    const struct layout *layout;
    struct buffer *out;
    int depth;
};

static void begin(struct dump *dump, const char *what) {
    for (int i = 0; i < dump->depth; i++) {
        buffer_add(dump->out, STR("  "));
    }
    buffer_add(dump->out, str_from(what));
}

static void end(struct dump *dump) {
    buffer_byte(dump->out, '\n');
}

static void word(struct dump *dump, struct str text) {
    buffer_byte(dump->out, ' ');
    buffer_add(dump->out, text);
}

static void named(struct dump *dump, const char *name, struct str text) {
    if (text.n > 0) {
        buffer_printf(dump->out, " %s %.*s", name, STR_ARG(text));
    }
}

static void number(struct dump *dump, int64_t n) {
    buffer_byte(dump->out, ' ');
    buffer_int(dump->out, n);
}

/* Hundredths of a millimetre. */
static void length(struct dump *dump, int32_t mp) {
    int64_t um = mp_to_um(mp), hundredths = (um + (um < 0 ? -5 : 5)) / 10;
    buffer_printf(dump->out, " %s%" PRId64, hundredths < 0 ? "-" : "",
                  (hundredths < 0 ? -hundredths : hundredths) / 100);
    int64_t rest = (hundredths < 0 ? -hundredths : hundredths) % 100;
    if (rest != 0) {
        buffer_printf(dump->out, rest % 10 == 0 ? ".%" PRId64 : ".%02" PRId64, rest % 10 == 0 ? rest / 10 : rest);
    }
}

static void named_length(struct dump *dump, const char *name, int32_t mp) {
    if (mp != 0) {
        buffer_printf(dump->out, " %s", name);
        length(dump, mp);
    }
}

static void flag(struct dump *dump, const char *name, bool on) {
    if (on) {
        word(dump, str_from(name));
    }
}

static void query(struct dump *dump, const char *name, uint32_t use) {
    if (use != NO_QUERY) {
        named(dump, name, dump->layout->queries[dump->layout->query_uses[use].query].name);
    }
}

static void condition(struct dump *dump, const char *name, uint32_t index) {
    if (index != NO_QUERY) {
        named(dump, name, dump->layout->conditions[index].name);
    }
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static void style_names(struct dump *dump, uint32_t use) {
    const struct style_use *style_use = &dump->layout->style_uses[use];
    for (size_t i = 0; i < style_use->count; i++) {
        buffer_add(dump->out, i > 0 ? STR(".") : STR(""));
        buffer_add(dump->out, style_use->names[i]);
    }
}

static void style(struct dump *dump, uint32_t use) {
    if (use != NO_STYLE) {
        buffer_byte(dump->out, ' ');
        style_names(dump, use);
    }
}

static void filters(struct dump *dump, const struct filter_call *calls, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_printf(dump->out, "|%s", calls[i].filter != NULL ? calls[i].filter->name : "?");
        if (calls[i].argument.n > 0) {
            word(dump, calls[i].argument);
        }
    }
}

static void value(struct dump *dump, const struct value_ref *ref) {
    if (ref->query.n > 0) {
        buffer_add(dump->out, ref->query);
        buffer_byte(dump->out, '.');
    }
    buffer_add(dump->out, ref->column);
    buffer_add(dump->out, ref->kind == REF_PREFIX ? STR("…") : STR(""));
    buffer_add(dump->out, ref->required ? STR("!") : STR(""));
    filters(dump, ref->filters, ref->filter_count);
}

static void counter(struct dump *dump, const struct counter *counter) {
    static const char *const kinds[] = {"#", "#count", "#sum"};
    static const char *const spans[] = {"row", "group", "page", "running", "all"};
    buffer_add(dump->out, str_from(kinds[counter->kind]));
    if (counter->kind == COUNTER_SUM) {
        word(dump, counter->column);
    }
    word(dump, str_from(spans[counter->span]));
    filters(dump, counter->filters, counter->filter_count);
}

static void piece(struct dump *dump, const struct piece *piece) {
    if (piece->style != NO_STYLE) {
        buffer_byte(dump->out, '[');
        style_names(dump, piece->style);
        buffer_byte(dump->out, ' ');
    }
    switch (piece->kind) {
    case PIECE_TEXT:
        buffer_printf(dump->out, "“%.*s”", STR_ARG(piece->text));
        break;
    case PIECE_VALUE:
        buffer_byte(dump->out, '{');
        value(dump, &dump->layout->values[piece->value]);
        buffer_byte(dump->out, '}');
        break;
    case PIECE_COUNTER:
        buffer_byte(dump->out, '{');
        counter(dump, piece->counter);
        buffer_byte(dump->out, '}');
        break;
    case PIECE_PAGE:
        buffer_add(dump->out, STR("{page}"));
        break;
    case PIECE_PAGES:
        buffer_add(dump->out, STR("{pages}"));
        break;
    }
    if (piece->style != NO_STYLE) {
        buffer_byte(dump->out, ']');
    }
}

static void template_lines(struct dump *dump, const struct template *text) {
    dump->depth++;
    for (size_t i = 0; i < text->count; i++) {
        begin(dump, "line");
        style(dump, text->lines[i].style);
        buffer_byte(dump->out, ':');
        for (size_t j = 0; j < text->lines[i].count; j++) {
            buffer_byte(dump->out, ' ');
            piece(dump, &text->lines[i].pieces[j]);
        }
        end(dump);
    }
    dump->depth--;
}

static void text(struct dump *dump, const char *what, const struct template *text) {
    if (text->count > 0) {
        begin(dump, what);
        end(dump);
        template_lines(dump, text);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void cell(struct dump *dump, const struct cell *cell) {
    static const char *const joins[] = {"", " <", " ^"};
    begin(dump, "cell");
    buffer_printf(dump->out, " %d:%d%s", cell->place.line, cell->place.column, joins[cell->join]);
    if (cell->join == JOIN_NONE) {
        style(dump, cell->style);
        if (cell->column_span > 1 || cell->row_span > 1) {
            buffer_printf(dump->out, " %u×%u", cell->column_span, cell->row_span);
        }
        flag(dump, "vertical", cell->vertical);
        if (cell->diagonal > 0) {
            buffer_printf(dump->out, " diagonal %d", cell->diagonal);
        }
    }
    end(dump);
    template_lines(dump, &cell->text);
}

static void rows(struct dump *dump, const char *what, const struct drawn_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        begin(dump, what);
        named_length(dump, "at least", rows[i].least_height_mp);
        end(dump);
        dump->depth++;
        for (size_t j = 0; j < rows[i].count; j++) {
            cell(dump, &rows[i].cells[j]);
        }
        dump->depth--;
    }
}

static void band(struct dump *dump, const struct band *band) {
    static const char *const kinds[] = {"head", "band", "page foot", "foot"};
    begin(dump, kinds[band->kind]);
    query(dump, "each", band->each);
    condition(dump, "when", band->when);
    condition(dump, "unless", band->unless);
    named(dump, "group", band->group);
    if (band->pad > 0) {
        buffer_printf(dump->out, " pad %d", band->pad);
    }
    flag(dump, "pad foot", band->pad_to_foot);
    for (size_t i = 0; i < band->merge_count; i++) {
        buffer_printf(dump->out, "%s %u", i == 0 ? " merge" : "", band->merge[i] + 1);
    }
    end(dump);
    dump->depth++;
    rows(dump, "group head", band->group_head, band->group_head_count);
    rows(dump, "row", band->rows, band->row_count);
    rows(dump, "group foot", band->group_foot, band->group_foot_count);
    text(dump, "empty", &band->empty);
    dump->depth--;
}

static void widths(struct dump *dump, const struct table *table) {
    begin(dump, "widths");
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->widths[i].kind == WIDTH_AUTO) {
            word(dump, STR("auto"));
        } else if (table->widths[i].kind == WIDTH_FIXED) {
            length(dump, table->widths[i].number);
        } else {
            buffer_printf(dump->out, " %d/1000fr", table->widths[i].number);
        }
    }
    end(dump);
}

static void table(struct dump *dump, const struct table *table) {
    begin(dump, "looks");
    named_length(dump, "line", table->line_mp);
    named_length(dump, "outer", table->outer_line_mp);
    named_length(dump, "row", table->row_mp);
    named_length(dump, "gap", table->gap_mp);
    flag(dump, "head once", !table->head_repeats);
    flag(dump, "split", table->split_wide);
    if (table->repeat_columns > 0) {
        buffer_printf(dump->out, " repeat %d", table->repeat_columns);
    }
    if (table->zebra > 0) {
        buffer_printf(dump->out, " zebra %06x", (unsigned)table->zebra - 1);
    }
    query(dump, "across", table->across);
    query(dump, "cells", table->cells_query);
    for (size_t i = 0; i < table->cells_by_count; i++) {
        named(dump, "by", table->cells_by[i]);
    }
    end(dump);
    widths(dump, table);
    text(dump, "continued", &table->continued);
    for (size_t i = 0; i < table->band_count; i++) {
        band(dump, &table->bands[i]);
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static void blocks(struct dump *dump, const struct block *list, size_t count);

static void body(struct dump *dump, const struct block *list, size_t count) {
    end(dump);
    dump->depth++;
    blocks(dump, list, count);
    dump->depth--;
}

static void stroke(struct dump *dump, int32_t thickness_mp, struct str line, int32_t colour) {
    named_length(dump, "line", thickness_mp);
    word(dump, line);
    buffer_printf(dump->out, " %06x", (unsigned)colour);
    end(dump);
}

static void chart(struct dump *dump, const struct block *block) {
    word(dump, block->chart.kind);
    query(dump, "of", block->chart.of);
    named(dump, "x", block->chart.x);
    named(dump, "y", block->chart.y);
    named(dump, "compare", block->chart.compare);
    named(dump, "series", block->chart.series);
    named(dump, "text", block->chart.text);
    named_length(dump, "height", block->chart.height_mp);
    style(dump, block->chart.style);
    if (block->chart.has_scale) {
        buffer_printf(dump->out, " scale %d %d", block->chart.scale[0], block->chart.scale[1]);
    }
    end(dump);
    dump->depth++;
    text(dump, "title", &block->chart.title);
    text(dump, "unit", &block->chart.unit);
    text(dump, "value name", &block->chart.value_name);
    text(dump, "compare name", &block->chart.compare_name);
    dump->depth--;
}

static void image(struct dump *dump, const struct block *block) {
    static const char *const aligns[] = {"left", "centre", "right"};
    named_length(dump, "width", block->image.width_mp);
    named_length(dump, "height", block->image.height_mp);
    flag(dump, "whole", block->image.whole);
    word(dump, str_from(aligns[block->image.align]));
    end(dump);
    template_lines(dump, &block->image.path);
}

static void page_block(struct dump *dump, const struct block *block) {
    static const char *const whats[] = {" break", " recto", " kind"};
    buffer_add(dump->out, str_from(whats[block->page.what]));
    word(dump, block->page.kind);
    end(dump);
}

static void section(struct dump *dump, const struct block *block) {
    flag(dump, "unnumbered", !block->section.numbered);
    flag(dump, "new page", block->section.new_page);
    end(dump);
    template_lines(dump, &block->section.title);
    dump->depth++;
    blocks(dump, block->section.body, block->section.count);
    dump->depth--;
}

static void lines_of(struct dump *dump, const struct template *text) {
    end(dump);
    template_lines(dump, text);
}

/* What its kind alone has; ends the line. */
static void own(struct dump *dump, const struct block *block) {
    switch (block->kind) {
    case BLOCK_TEXT:
        lines_of(dump, &block->text.text);
        break;
    case BLOCK_HEADING:
        number(dump, block->heading.level);
        lines_of(dump, &block->heading.text);
        break;
    case BLOCK_SECTION:
        section(dump, block);
        break;
    case BLOCK_CONTENTS:
        number(dump, block->contents.levels);
        end(dump);
        break;
    case BLOCK_TABLE:
        end(dump);
        dump->depth++;
        table(dump, block->table);
        dump->depth--;
        break;
    case BLOCK_IMAGE:
        image(dump, block);
        break;
    case BLOCK_QR:
        length(dump, block->qr.size_mp);
        lines_of(dump, &block->qr.text);
        break;
    case BLOCK_CHART:
        chart(dump, block);
        break;
    case BLOCK_RULE:
        stroke(dump, block->rule.thickness_mp, block->rule.line, block->rule.colour);
        break;
    case BLOCK_SPACE:
        length(dump, block->space.height_mp);
        end(dump);
        break;
    case BLOCK_FRAME:
        named_length(dump, "inset", block->frame.inset_mp);
        stroke(dump, block->frame.thickness_mp, block->frame.line, block->frame.colour);
        break;
    case BLOCK_SEAL:
        length(dump, block->seal.size_mp);
        end(dump);
        break;
    case BLOCK_COLUMNS:
        number(dump, block->columns.count);
        named_length(dump, "gap", block->columns.gap_mp);
        flag(dump, "balanced", block->columns.balanced);
        body(dump, block->columns.body, block->columns.body_count);
        break;
    case BLOCK_PAGE:
        page_block(dump, block);
        break;
    case BLOCK_KEEP:
    case BLOCK_GROUP:
    case BLOCK_PREPRINTED:
        body(dump, block->group.body, block->group.count);
        break;
    case BLOCK_EACH:
        query(dump, "of", block->each.query);
        body(dump, block->each.body, block->each.count);
        break;
    case BLOCK_FOOTNOTE:
        lines_of(dump, &block->footnote.text);
        break;
    }
}

static void blocks(struct dump *dump, const struct block *list, size_t count) {
    static const char *const kinds[BLOCK_KINDS] = {
        "text",  "heading", "section", "contents", "table", "image", "qr",    "chart",      "rule",    "space",
        "frame", "seal",    "columns", "page",     "keep",  "each",  "group", "preprinted", "footnote"};
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &list[i];
        begin(dump, kinds[block->kind]);
        buffer_printf(dump->out, " %d:%d", block->place.line, block->place.column);
        condition(dump, "when", block->when);
        condition(dump, "unless", block->unless);
        if (block->has_at) {
            buffer_add(dump->out, STR(" at"));
            for (size_t k = 0; k < 4; k++) {
                length(dump, block->at_mp[k]);
            }
        }
        named_length(dump, "shrink", block->fit_min_mp);
        own(dump, block);
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void stamps(struct dump *dump, const char *what, struct drawn_row *const *sides, const size_t *counts) {
    static const char *const names[] = {"", " odd", " even", " first", " last"};
    for (size_t side = 0; side < STAMP_SIDES; side++) {
        if (sides[side] == NULL) {
            continue;
        }
        begin(dump, what);
        buffer_add(dump->out, str_from(names[side]));
        flag(dump, "none", counts[side] == 0);
        end(dump);
        dump->depth++;
        rows(dump, "row", sides[side], counts[side]);
        dump->depth--;
    }
}

static void page(struct dump *dump, const struct page_kind *page) {
    begin(dump, "page");
    word(dump, page->name.n > 0 ? page->name : STR("(document)"));
    length(dump, page->width_mp);
    length(dump, page->height_mp);
    buffer_add(dump->out, STR(" margins"));
    length(dump, page->head_mp);
    length(dump, page->fore_edge_mp);
    length(dump, page->foot_mp);
    length(dump, page->binding_edge_mp);
    flag(dump, "binds", page->binds);
    flag(dump, "turned", page->turned);
    if (page->grid_columns > 0) {
        buffer_printf(dump->out, " grid %d %d", page->grid_columns, page->grid_lines);
    }
    buffer_add(dump->out, STR(" gaps"));
    length(dump, page->header_gap_mp);
    length(dump, page->footer_gap_mp);
    named_length(dump, "header rule", page->header_rule_mp);
    named_length(dump, "footer rule", page->footer_rule_mp);
    end(dump);
    dump->depth++;
    stamps(dump, "header", page->header, page->header_rows);
    stamps(dump, "footer", page->footer, page->footer_rows);
    dump->depth--;
}

static void sheet(struct dump *dump, const struct sheet_spec *sheet) {
    begin(dump, "sheet");
    length(dump, sheet->card_width_mp);
    length(dump, sheet->card_height_mp);
    buffer_add(dump->out, STR(" on"));
    length(dump, sheet->paper_width_mp);
    length(dump, sheet->paper_height_mp);
    buffer_printf(dump->out, " grid %d %d", sheet->columns, sheet->rows);
    named_length(dump, "gap", sheet->gap_mp);
    flag(dump, "crop", sheet->crop);
    named(dump, "backs", sheet->backs);
    end(dump);
}

static void style_values(struct dump *dump, const struct style_spec *style) {
    static const char *const names[STYLE_KEY_COUNT] = {
        "font",           "size",     "leading", "indent", "left",       "right", "space before", "space after",
        "letter space",   "align",    "valign",  "colour", "decoration", "rise",  "vertical",     "strict",
        "keep with next", "bookmark", "padding", "fit",    "min size",   "fill",  "grid"};
    for (size_t key = 0; key < STYLE_KEY_COUNT; key++) {
        if (style->values[key].set) {
            buffer_printf(dump->out, ", %s %.*s", names[key], STR_ARG(style->values[key].text));
        }
    }
}

static void styles(struct dump *dump) {
    const struct layout *layout = dump->layout;
    for (size_t i = 0; i < layout->font_count; i++) {
        begin(dump, "font");
        word(dump, layout->fonts[i].name);
        for (size_t k = 0; k < layout->fonts[i].count; k++) {
            buffer_printf(dump->out, "%s %.*s", k == 0 ? ":" : ",", STR_ARG(layout->fonts[i].faces[k]));
        }
        end(dump);
    }
    for (size_t i = 0; i < layout->style_count; i++) {
        begin(dump, "style");
        word(dump, layout->styles[i].name);
        named(dump, "like", layout->styles[i].like);
        style_values(dump, &layout->styles[i]);
        end(dump);
    }
}

static void queries(struct dump *dump) {
    const struct layout *layout = dump->layout;
    for (size_t i = 0; i < layout->query_count; i++) {
        if (!layout->queries[i].built_in) {
            begin(dump, "query");
            word(dump, layout->queries[i].name);
            if (layout->queries[i].line_count > 0) {
                buffer_printf(dump->out, " %d:%d", layout->queries[i].lines[0].line,
                              layout->queries[i].lines[0].column);
            }
            buffer_printf(dump->out, ", %zu lines", layout->queries[i].line_count);
            end(dump);
        }
    }
}

static void document(struct dump *dump) {
    const struct layout *layout = dump->layout;
    begin(dump, "layout");
    word(dump, layout->name);
    named(dump, "title", layout->title);
    named(dump, "for", layout->reader);
    query(dump, "each", layout->each);
    named(dump, "folder", layout->folder);
    if (layout->at_most > 0) {
        buffer_printf(dump->out, " at most %d", layout->at_most);
    }
    flag(dump, "duplex", layout->duplex);
    flag(dump, "broken", layout->broken);
    end(dump);
    dump->depth++;
    text(dump, "file", &layout->file);
    for (size_t i = 0; i < layout->index_count; i++) {
        begin(dump, "index");
        word(dump, layout->index[i].key);
        word(dump, layout->index[i].column);
        end(dump);
    }
    for (size_t i = 0; i < layout->check_count; i++) {
        begin(dump, "check");
        query(dump, "of", layout->checks[i].query);
        end(dump);
    }
    dump->depth--;
}

static void list(struct dump *dump, const char *what, const struct block *body, size_t count) {
    if (count > 0) {
        begin(dump, what);
        end(dump);
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
    list(&dump, "body", layout->body, layout->body_count);
    list(&dump, "front", layout->front, layout->front_count);
    list(&dump, "back", layout->back, layout->back_count);
}
