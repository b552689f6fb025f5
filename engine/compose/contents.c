/* contents.c: the contents list: the headings behind and before it, with leaders and page numbers.
 *
 * It is placed before the pages of most headings are known, so the numbers are fields; all headings are known, for the
 * whole body was built before the first page. */
#include "compose/kinds.h"
#include "compose/tags.h"

struct contents_data {
    int32_t levels;
    size_t first; /* heading of its document */
    const struct text_style *style;
};

/* The list, set for a width. */
struct contents_set {
    const struct heading_entry **entries; /* the headings that are listed */
    struct lines *lines;                  /* of each */
    size_t count;
};

static void collect(const struct context *context, const struct contents_data *data, struct contents_set *set) {
    const struct made *made = &context->made;
    set->entries = ARENA_ARRAY(context->arena, const struct heading_entry *, made->heading_count - data->first);
    for (size_t i = data->first; i < made->heading_count; i++) {
        if (made->headings[i].level > 0 && made->headings[i].level <= data->levels) {
            set->entries[set->count++] = &made->headings[i];
        }
    }
}

static struct lines break_entry(const struct item *item, const struct heading_entry *heading, int32_t width_mp) {
    const struct context *context = item->scope->context;
    const struct contents_data *data = item->data;
    struct text_style *style = arena_copy(context->arena, data->style, sizeof *style);
    style->left_mp += (heading->level - 1) * 2 * style->size_mp;
    const struct text_span spans[] = {
        {.text = heading->title, .style = style},
        {.text = STR("\t"), .style = style},
        {.text = STR("999"), .style = style, .field = FIELD_PAGE_OF_ANCHOR, .anchor = heading->anchor},
    };
    /* What its characters give to tell was told of the heading. */
    const struct paragraph *paragraph =
        text_shape(context->composer->tools.text, context->arena, spans, sizeof spans / sizeof spans[0], style);
    return text_break(context->composer->tools.text, context->arena, paragraph, width_mp, FIT_NORMAL);
}

static const struct contents_set *set_for(const struct context *context, const struct item *item, int32_t width_mp) {
    const struct contents_set *found = measure_find(item->measure, width_mp);
    if (found != NULL) {
        return found;
    }
    struct contents_set *set = ARENA_NEW(context->arena, struct contents_set);
    collect(context, item->data, set);
    set->lines = ARENA_ARRAY(context->arena, struct lines, set->count);
    for (size_t i = 0; i < set->count; i++) {
        set->lines[i] = break_entry(item, set->entries[i], width_mp);
    }
    measure_keep(item->measure, width_mp, set);
    return set;
}

static struct fit place_contents(const struct context *context, const struct item *item, struct progress from,
                                 struct room room) {
    const struct contents_set *set = set_for(context, item, room.width_mp);
    int32_t height = 0;
    size_t row = from.row;
    while (row < set->count &&
           (height + set->lines[row].height_mp <= room.height_mp || (room.fresh && row == from.row))) {
        height += set->lines[row++].height_mp;
    }
    struct fit fit = {.height_mp = height, .next = {.row = row}, .plan = set};
    fit.kind = row == set->count ? FITS : row > from.row ? FITS_IN_PART : FITS_NOT;
    return fit;
}

static void commit_contents(struct context *context, const struct item *item, struct progress from,
                            const struct fit *fit, struct canvas *canvas, struct box box) {
    const struct contents_set *set = fit->plan;
    tag_item(context, item, ELEMENT_CONTENTS);
    const size_t to = fit->kind == FITS ? set->count : fit->next.row;
    int32_t y = box.y_mp;
    for (size_t i = from.row; i < to; i++) {
        struct mark *link = canvas_add(canvas, MARK_LINK, box.x_mp, y);
        link->link = (struct mark_link){
            .width_mp = box.width_mp, .height_mp = set->lines[i].height_mp, .anchor = set->entries[i]->anchor};
        count_given(context, set->lines[i].paragraph);
        tag_below(context, canvas, item->element, ELEMENT_ENTRY);
        emit_lines(context, canvas, &set->lines[i], 0, set->lines[i].count, box.x_mp, y);
        y += set->lines[i].height_mp;
    }
}

static const struct item_kind contents_kind = {"contents", place_contents, commit_contents};

void build_contents(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct made *made = &context->made;
    struct contents_data *data = ARENA_NEW(context->arena, struct contents_data);
    data->first = made->part_count > 0 ? made->parts[made->part_count - 1].first_heading : 0;
    data->levels = block->contents.levels ? block->contents.levels : 1;
    data->style = scope_scaled(scope, context->resolved->contents);
    items_add(context, scope, out, &contents_kind, block)->data = data;
}
