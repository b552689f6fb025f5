/* table_place.c: how much of a table fits: rows are set one after the other until the room is full.
 *
 * A segment is: 续表 when the table goes on, the head, as many rows as fit, the page's foot. A break falls before a row; not
 * between rows that a joined cell holds together, unless they are taller than a page; inside a row only when the row is
 * taller than half a page.
 *
 *     crowds_out? ── yes ──► another shape of the table, and from the beginning
 *         │ no
 *     fill_rows ──► all fit ──► pad_to_foot ──► finish
 *         └───────► row `end` doesn't ──► break_table: inside it, before it, or before the rows that it is joined to
 *
 * In a fresh room a segment makes progress (I2): a row, or lines of one. */
#include "compose/segment.h"

#include <assert.h>

struct filling {
    struct setting setting; /* its notes and findings are the segment's */
    struct segment *segment;
    struct room room;
    struct progress from;
    int32_t limit_mp; /* of the segment, less the page's foot */
    size_t counted;   /* data rows of the counted band before the row at hand */
};

static bool goes_on(const struct progress *from) {
    return from->row > 0 || from->lines != NULL;
}

/* As known so far. */
static struct page_span page_so_far(const struct filling *filling) {
    return (struct page_span){filling->segment->page.from, filling->counted};
}

/* --- what stands on each page ----------------------------------------------------------------------------------------- */

static void add_continued(const struct filling *filling) {
    struct segment *segment = filling->segment;
    const struct scope *scope = &filling->setting.scope;
    const struct template *text = &segment->data->table->continued;
    if (!goes_on(&filling->from) || text->count == 0) {
        return;
    }
    const struct paragraph *paragraph = shape_line(scope, scope->arena, &text->lines[0]);
    const int32_t width_mp = segment->set->x_mp[segment->data->column_count]; /* the table's own edge */
    const struct lines lines =
        text_break(scope->context->composer->tools.text, scope->arena, paragraph, width_mp, FIT_NORMAL);
    segment->continued = arena_copy(scope->arena, &lines, sizeof lines);
    segment->continued_mp = lines.height_mp;
    segment->height_mp += segment->continued_mp;
}

/* Rows that stand once a page, with the data rows of this page as they are known so far. */
static void add_once(const struct filling *filling, const struct instance *rows, size_t count) {
    struct segment *segment = filling->segment;
    for (size_t i = 0; i < count; i++) {
        const struct set_row row = set_table_row(&filling->setting, &rows[i], segment->page, NULL);
        segment_add_row(&filling->setting, segment, row, NO_INDEX);
    }
}

/* What a head tells it tells on the first page. */
static void add_head(const struct filling *filling) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    const bool first = !goes_on(&filling->from);
    const size_t found = segment->found.count;
    if (first || data->table->head_repeats) {
        add_once(filling, data->head, data->head_count);
    }
    if (!first) { /* 承前页 */
        segment->found.count = found;
        add_once(filling, data->page_head, data->page_head_count);
    }
    segment->head_count = segment->count;
}

/* With the notes that it brings along. */
static int32_t page_foot_height(const struct filling *filling) {
    const struct table_data *data = filling->setting.data;
    struct note_list own = {.of_table = true};
    struct findings known; /* when the foot is added */
    const struct setting aside = setting_aside(&filling->setting, &own, &known);
    int32_t height = 0;
    for (size_t i = 0; i < data->page_foot_count; i++) {
        height += set_table_row(&aside, &data->page_foot[i], (struct page_span){0}, NULL).height_mp;
    }
    return height + table_notes_height(&aside, &own, 0);
}

/* Does the instance show a row of the band? Where only its groups are shown, they do. */
static bool is_counted(const struct table_data *data, size_t index, const struct instance *instance) {
    if (instance->band != index || instance->row == NO_ROW) {
        return false;
    }
    const struct band *band = &data->table->bands[instance->band];
    return band->row_count == 0 || (instance->drawn >= band->rows && instance->drawn < band->rows + band->row_count);
}

size_t table_rows_before(const struct table_data *data, size_t band, size_t at) {
    while (at-- > 0) {
        if (is_counted(data, band, &data->body[at])) {
            return (size_t)data->body[at].row + 1;
        }
    }
    return 0;
}

/* Of the band that heads and feet count. */
static size_t rows_before(const struct table_data *data, size_t at) {
    return table_rows_before(data, data->counted_band, at);
}

/* --- a row that breaks ------------------------------------------------------------------------------------------------ */

static bool tall_enough_to_break(const struct set_row *row, struct room room) {
    return row->height_mp > room.page_height_mp / 2;
}

/* No line of it can be parted from the rest, and no page is higher: it is cut to the page. */
static void force_row(const struct filling *filling, size_t index) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    const int32_t left_mp = filling->limit_mp - segment->height_mp;
    const struct page_span page = {segment->page.from, rows_before(data, index)};
    struct set_row row = set_table_row(&filling->setting, &data->body[index], page, NULL);
    bool cut = row.height_mp > left_mp && left_mp > 0;
    row.height_mp = cut ? left_mp : row.height_mp;
    segment_add_row(&filling->setting, segment, row, index);
    segment->cut |= cut;
}

/* --- place ------------------------------------------------------------------------------------------------------------ */

/* Adds rows while they fit; gives the index of the first that doesn't. */
static size_t fill_rows(struct filling *filling) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    size_t i = filling->from.row;
    for (; i < data->body_count; i++) {
        const uint32_t *lines = i == filling->from.row ? filling->from.lines : NULL;
        const struct set_row row = set_table_row(&filling->setting, &data->body[i], page_so_far(filling), lines);
        segment_add_row(&filling->setting, segment, row, i);
        const int32_t open = segment_lacking(filling->setting.scope.context, segment, true);
        if (segment_taken(segment) + open > filling->limit_mp) {
            segment_take_back(&filling->setting, segment);
            break;
        }
        if (is_counted(data, data->counted_band, &data->body[i])) {
            filling->counted = (size_t)data->body[i].row + 1;
        }
    }
    return i;
}

/* Where a joined cell is cut by the page its label has room all the same. */
static void stretch_last(const struct filling *filling) {
    struct segment *segment = filling->segment;
    if (segment->count == 0) {
        return;
    }
    const int32_t lack = segment_lacking(filling->setting.scope.context, segment, true);
    segment->rows[segment->count - 1].height_mp += lack;
    segment->height_mp += lack;
}

/* The band that is padded to the page's foot; NO_INDEX: none. */
static size_t padded_band(const struct table *table) {
    for (size_t band = 0; band < table->band_count; band++) {
        if (table->bands[band].pad_to_foot && table->bands[band].row_count > 0) {
            return band;
        }
    }
    return NO_INDEX;
}

/* A table that is ruled down to the page's foot ends there: what is left is shared out among the rows below its head. Not where rows
 * would become higher than by a quarter for it. */
static void share_out(const struct filling *filling) {
    struct segment *segment = filling->segment;
    int32_t rest_mp = filling->limit_mp - segment_taken(segment), rows_mp = 0;
    for (size_t i = segment->head_count; i < segment->count; i++) {
        rows_mp += segment->rows[i].height_mp;
    }
    if (rest_mp <= 0 || rest_mp > rows_mp / 4) {
        return;
    }
    segment->height_mp += rest_mp;
    for (size_t i = segment->head_count; i < segment->count; i++) {
        const int32_t share_mp = rest_mp / (int32_t)(segment->count - i);
        segment->rows[i].height_mp += share_mp;
        rest_mp -= share_mp;
    }
}

static struct fit finish(const struct filling *filling, size_t end, enum fit_kind kind, const uint32_t *lines) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    stretch_last(filling);
    if (padded_band(data->table) != NO_INDEX && lines == NULL) {
        share_out(filling);
    }
    segment->page.to = rows_before(data, lines != NULL ? end + 1 : end);
    add_once(filling, data->page_foot, data->page_foot_count);
    return (struct fit){
        .kind = kind,
        .height_mp = segment_taken(segment),
        .next = {.row = end, .lines = lines, .shape = data == filling->setting.item->data ? NULL : data},
        .found = findings_keep(&segment->found),
        .plan = segment,
    };
}

/* Cuts row `end` to what fits below the others. */
static bool cut_row(const struct filling *filling, size_t end, const uint32_t *from, struct set_row *row,
                    const uint32_t **lines) {
    struct segment *segment = filling->segment;
    const size_t columns = filling->setting.data->column_count;
    bool alone = filling->room.fresh && end == filling->from.row; /* no page will have more room for it */
    const int32_t notes = table_notes_height(&filling->setting, &segment->notes, row->notes_before);
    return (tall_enough_to_break(row, filling->room) || alone) &&
           table_break_row(&filling->setting, row, filling->limit_mp - segment_taken(segment) - notes,
                           from != NULL ? from[columns] : row->notes_before, lines) &&
           (alone || table_row_parts_well(row, columns));
}

/* A joined cell may be higher than its row. */
static int32_t highest_cell(const struct table_data *data, const struct set_row *row) {
    int32_t most = row->height_mp;
    for (size_t column = 0; column < data->column_count; column++) {
        most = row->cells[column].least_mp > most ? row->cells[column].least_mp : most;
    }
    return most;
}

/* Puts as many lines of row `end` as fit below the others. */
static bool add_broken_row(const struct filling *filling, size_t end, const uint32_t **lines) {
    const struct table_data *data = filling->setting.data;
    const uint32_t *from = end == filling->from.row ? filling->from.lines : NULL;
    struct segment *segment = filling->segment;
    struct set_row row = set_table_row(&filling->setting, &data->body[end], page_so_far(filling), from);
    bool higher_than_page = highest_cell(data, &row) > filling->room.page_height_mp;
    if (!cut_row(filling, end, from, &row, lines)) {
        segment->notes.count = row.notes_before;
        segment->found.count = row.found_before;
        return false;
    }
    segment_add_row(&filling->setting, segment, row, end);
    segment->broken |= higher_than_page;
    return true;
}

/* Row `end` does not fit. */
static struct fit break_table(const struct filling *filling, size_t end) {
    const struct table_data *data = filling->setting.data;
    size_t from = filling->from.row, at = table_before_joined(data, from, end);
    const uint32_t *lines = NULL;
    bool joined = at < end;
    if (!joined && add_broken_row(filling, end, &lines)) {
        return finish(filling, end, FITS_IN_PART, lines);
    }
    at = table_keep_rows(filling->segment, from, at, filling->room);
    if (at == from && !filling->room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    if (at == from) { /* a fresh page, and still not: break inside */
        at = end;
        if (end == from || joined) {
            if (add_broken_row(filling, end, &lines)) {
                return finish(filling, end, FITS_IN_PART, lines);
            }
            if (end == from) {
                force_row(filling, end);
                at = end + 1;
            }
        }
    }
    while (at < end) {
        segment_take_back(&filling->setting, filling->segment);
        end--;
    }
    return finish(filling, at, at == data->body_count ? FITS : FITS_IN_PART, NULL);
}

static void add_pads(const struct filling *filling, size_t band, int32_t limit_mp) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    struct instance *pad = ARENA_NEW(filling->setting.scope.arena, struct instance);
    *pad = (struct instance){.drawn = &data->table->bands[band].rows[0], .row = NO_ROW, .kind = INSTANCE_PAD};
    pad->band = (uint32_t)band;
    for (;;) {
        const struct set_row row = set_table_row(&filling->setting, pad, (struct page_span){0}, NULL);
        if (row.height_mp <= 0 || segment_taken(segment) + row.height_mp > limit_mp) {
            return;
        }
        segment_add_row(&filling->setting, segment, row, data->body_count);
    }
}

/* 补空行: ruled rows down to the page's foot, above what stands below the band: 合计 stays last. */
static void pad_to_foot(const struct filling *filling) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    const size_t band = padded_band(data->table), from = filling->from.row + (filling->from.lines != NULL ? 1 : 0);
    if (band == NO_INDEX) {
        return;
    }
    size_t below = data->body_count;
    const int32_t height = segment_taken(segment);
    while (below > from && data->body[below - 1].band > band) {
        segment_take_back(&filling->setting, segment);
        below--;
    }
    add_pads(filling, band, filling->limit_mp - (height - segment_taken(segment)));
    for (; below < data->body_count; below++) {
        const struct set_row row = set_table_row(&filling->setting, &data->body[below], page_so_far(filling), NULL);
        segment_add_row(&filling->setting, segment, row, below);
    }
}

/* --- rows that stand on each page, and leave no room ------------------------------------------------------------------ */

/* Height of the first row of the segment, set aside. */
static int32_t first_row_height(const struct filling *filling) {
    struct segment *segment = filling->segment;
    const size_t found = segment->found.count, notes = segment->notes.count;
    const struct instance *first = &filling->setting.data->body[filling->from.row];
    const int32_t height = set_table_row(&filling->setting, first, page_so_far(filling), NULL).height_mp;
    segment->found.count = found;
    segment->notes.count = notes;
    return height;
}

/* Rows that stand on each page may leave no room for the table's own: for the first one whole, or a quarter of the page for a row that
 * breaks. Then the higher of them stands once, on further pages the page's head. Gives back the table's shape in which it is so;
 * NULL: there is room. */
static const struct table_data *crowded_shape(const struct filling *filling, int32_t head_mp, int32_t foot_mp) {
    const struct context *context = filling->setting.scope.context;
    const struct table_data *data = filling->setting.data;
    const int32_t page_mp = filling->room.page_height_mp;
    const bool first = !goes_on(&filling->from);
    if ((!first && data->page_head_count == 0) || !filling->room.fresh || filling->from.row >= data->body_count ||
        head_mp + foot_mp <= page_mp / 2) {
        return NULL;
    }
    int32_t row_mp = first_row_height(filling);
    row_mp = row_mp < page_mp / 4 ? row_mp : page_mp / 4;
    if (head_mp + foot_mp + row_mp <= page_mp) {
        return NULL;
    }
    if (!first) {
        return table_page_head_once(context, data, filling->setting.first_row);
    }
    return head_mp >= foot_mp && data->head_count > 0 ? table_head_once(context, data)
                                                      : table_page_foot_once(context, data);
}

/* The segment of one shape. *crowded: the shape in which it is to be placed instead; NULL: this one. */
static struct fit place_segment(struct filling *filling, const struct table_data **crowded) {
    const struct table_data *data = filling->setting.data;
    struct segment *segment = filling->segment;
    segment->page.from = segment->page.to = filling->counted = rows_before(data, filling->setting.first_row);
    add_continued(filling);
    add_head(filling);
    const int32_t foot_mp = page_foot_height(filling);
    *crowded = crowded_shape(filling, segment_taken(segment), foot_mp);
    filling->limit_mp = filling->room.height_mp - foot_mp;
    if (*crowded != NULL || (segment_taken(segment) > filling->limit_mp && !filling->room.fresh)) {
        return (struct fit){.kind = FITS_NOT};
    }
    const size_t end = fill_rows(filling);
    if (end < data->body_count) {
        return break_table(filling, end);
    }
    pad_to_foot(filling);
    return finish(filling, end, FITS, NULL);
}

/* A segment without rows, in the arena. apart: its notes go to the foot of the page. */
static struct segment *segment_create(const struct filling *filling, struct arena *arena, bool apart) {
    struct segment *segment = ARENA_NEW(arena, struct segment);
    segment->data = filling->setting.data;
    segment->set = filling->setting.set;
    segment->notes = (struct note_list){.of_table = true, .apart = apart};
    segment->found.arena = arena;
    return segment;
}

/* In the shape in which rows that stand on each page leave room: head and foot may both have to give way. */
static struct fit place_in(struct filling *filling, struct arena *arena, bool apart) {
    const struct item *item = filling->setting.item;
    const struct table_data *data = filling->from.shape != NULL ? filling->from.shape : item->data;
    const struct table_set *set = filling->setting.set;
    struct fit fit = {0};
    while (data != NULL) {
        filling->setting.data = data;
        struct segment *segment = filling->segment = segment_create(filling, arena, apart);
        filling->setting = setting_create(item, data, set, arena, &segment->notes, &segment->found);
        filling->setting.first_row = filling->from.lines != NULL ? filling->from.row + 1 : filling->from.row;
        fit = place_segment(filling, &data);
    }
    return fit;
}

struct fit table_place(const struct context *context, const struct item *item, struct progress from, struct room room) {
    const struct table_set *set = table_widths(context, item, room.width_mp);
    struct filling filling = {.setting = {.item = item, .set = set}, .room = room, .from = from};
    const struct fit fit = place_in(&filling, context->page_arena, false);
    const size_t notes = filling.segment->notes.count;
    if (notes == 0 || fit.height_mp <= room.height_mp || !room.fresh || room.foot_width_mp == 0) {
        return fit;
    }
    /* Notes that no page has room for below their row: the row stands as if it had none, and they go to the foot of the page, which
     * may go on on the next. So they outlive it. */
    struct fit without = place_in(&filling, context->arena, true);
    without.foot = foot_of_notes(context, &filling.segment->notes, room.foot_width_mp);
    return without;
}
