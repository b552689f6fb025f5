/* contents.c: the contents list: the headings behind and before it, with leaders and page numbers.
 *
 * It is placed before the pages of most headings are known, so the numbers are fields; all headings are known, for the
 * whole body was built before the first page. */
#include "compose/flow.h"

struct contents_data {
    int32_t levels;
    size_t first; /* heading of its document */
    const struct text_style *style;
    struct lines *lines; /* of each heading that is listed; NULL: not yet broken */
    int32_t *starts_mp;  /* top of each entry's lines from the first */
    struct heading_entry **entries;
    size_t count;
    int32_t width_mp;
};

static void collect(struct context *context, struct contents_data *data) {
    data->entries = ARENA_ARRAY(context->arena, struct heading_entry *, context->heading_count - data->first);
    for (size_t i = data->first; i < context->heading_count; i++) {
        if (context->headings[i].level > 0 && context->headings[i].level <= data->levels) {
            data->entries[data->count++] = &context->headings[i];
        }
    }
}

static struct lines break_entry(struct context *context, const struct contents_data *data,
                                const struct heading_entry *heading, int32_t width_mp) {
    struct text_style *style = ARENA_NEW(context->arena, struct text_style);
    *style = *data->style;
    style->left_mp += (heading->level - 1) * 2 * style->size_mp;
    const struct text_span spans[] = {
        {.text = heading->title, .style = style},
        {.text = STR("\t"), .style = style},
        {.text = STR("999"), .style = style, .field = FIELD_PAGE_OF_ANCHOR, .anchor = heading->anchor},
    };
    struct spans all = {(struct text_span *)spans, 3, 3};
    struct paragraph *paragraph = context_shape_spans(context, context->arena, &all, style);
    return text_break(context->composer->tools.text, context->arena, paragraph, width_mp, FIT_NORMAL);
}

static void break_all(struct context *context, struct contents_data *data, int32_t width_mp) {
    if (data->lines != NULL && data->width_mp == width_mp) {
        return;
    }
    if (data->entries == NULL) {
        collect(context, data);
    }
    data->lines = ARENA_ARRAY(context->arena, struct lines, data->count);
    data->width_mp = width_mp;
    for (size_t i = 0; i < data->count; i++) {
        data->lines[i] = break_entry(context, data, data->entries[i], width_mp);
    }
}

static struct fit place_contents(struct context *context, struct item *item, struct progress from, struct room room) {
    struct contents_data *data = item->data;
    break_all(context, data, room.width_mp);
    int32_t height = 0;
    size_t row = from.row;
    while (row < data->count &&
           (height + data->lines[row].height_mp <= room.height_mp || (room.fresh && row == from.row))) {
        height += data->lines[row++].height_mp;
    }
    struct fit fit = {.height_mp = height, .next = {.row = row}};
    fit.kind = row == data->count ? FITS : row > from.row ? FITS_IN_PART : FITS_NOT;
    return fit;
}

static void commit_contents(struct context *context, struct item *item, struct progress from, const struct fit *fit,
                            struct canvas *canvas, struct box box) {
    struct contents_data *data = item->data;
    const size_t to = fit->kind == FITS ? data->count : fit->next.row;
    int32_t y = box.y_mp;
    for (size_t i = from.row; i < to; i++) {
        struct mark *link = canvas_add(canvas, MARK_LINK, box.x_mp, y);
        link->link = (struct mark_link){
            .width_mp = box.width_mp, .height_mp = data->lines[i].height_mp, .anchor = data->entries[i]->anchor};
        context->counts.characters_given += paragraph_characters(data->lines[i].paragraph);
        context_emit(context, canvas, &data->lines[i], 0, data->lines[i].count, box.x_mp, y);
        y += data->lines[i].height_mp;
    }
}

static const struct item_kind contents_kind = {"contents", place_contents, commit_contents};

void build_contents(struct context *context, const struct block *block, struct items *out) {
    struct contents_data *data = ARENA_NEW(context->arena, struct contents_data);
    data->first = context->part_count > 0 ? context->parts[context->part_count - 1].first_heading : 0;
    data->levels = block->contents.levels ? block->contents.levels : 1;
    data->style = context_scaled(context, context->resolved->contents);
    items_add(context, out, &contents_kind, block)->data = data;
}
