/* foot.c: notes at the foot of a page, below a short rule.
 *
 *     ┌──────────────┐
 *     │ text ①       │   an item is placed into what the notes above it leave; when its own notes don't fit below,
 *     │ text         │   it is placed again into less, and the lines with the other notes go to the next page
 *     │              │
 *     │ ────         │
 *     │ ① note       │
 *     └──────────────┘
 *
 * A note that no page has room for is broken between its lines: the rest comes first at the foot of the next page. */
#include "compose/flow.h"
#include "compose/tags.h"

#include <assert.h>
#include <string.h>

#define FOOT_RULE_MP   PT(0.5)
#define FOOT_RULE_PART 4 /* of the width */
#define HIGHEST_MP     (INT32_MAX / 4)

struct foot *foot_join(const struct context *context, struct foot *foot, const struct foot *more) {
    if (more == NULL) {
        return foot;
    }
    struct foot *both = ARENA_NEW(context->page_arena, struct foot);
    const size_t count = foot != NULL ? foot->count : 0;
    both->count = count + more->count;
    both->notes = ARENA_ARRAY(context->page_arena, const struct lines *, both->count);
    if (count > 0) {
        memcpy(both->notes, foot->notes, count * sizeof *foot->notes);
    }
    memcpy(both->notes + count, more->notes, more->count * sizeof *more->notes);
    both->height_mp = (foot != NULL ? foot->height_mp : 0) + more->height_mp;
    return both;
}

int32_t foot_room(const struct foot *foot, struct room room) {
    if (foot == NULL || room.foot_apart) {
        return 0;
    }
    const int64_t height = foot->height_mp + (room.foot_begun ? 0 : FOOT_GAP_MP);
    return height < HIGHEST_MP ? (int32_t)height : HIGHEST_MP;
}

/* Notes [from, to) of a list. */
static struct foot *foot_of_some(const struct context *context, const struct note_list *notes, size_t from, size_t to,
                                 int32_t width_mp) {
    if (from == to) {
        return NULL;
    }
    struct foot *foot = ARENA_NEW(context->page_arena, struct foot);
    foot->notes = ARENA_ARRAY(context->page_arena, const struct lines *, to - from);
    for (size_t i = from; i < to; i++) {
        const struct lines *lines = note_lines(context, context->arena, &notes->items[i], width_mp);
        foot->notes[foot->count++] = lines;
        foot->height_mp += lines->height_mp;
    }
    return foot;
}

struct foot *foot_of_notes(const struct context *context, const struct note_list *notes, int32_t width_mp) {
    return foot_of_some(context, notes, 0, notes->count, width_mp);
}

/* The first note whose mark stands in a line or below it (N1). */
static size_t first_note(const struct fit *fit, size_t count, size_t line) {
    size_t low = 0, high = fit->note_lines != NULL ? count : 0;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (fit->note_lines[middle] < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The notes of what a fit places. */
static struct foot *foot_of(const struct context *context, const struct item *item, struct progress from,
                            const struct fit *fit, int32_t width_mp) {
    const size_t count = item->notes->count;
    const size_t to = fit->kind == FITS ? count : first_note(fit, count, fit->next.row);
    return foot_of_some(context, item->notes, first_note(fit, count, from.row), to, width_mp);
}

/* Is one progress behind another? */
static bool is_behind(const struct progress *next, const struct progress *from) {
    return next->item > from->item || next->row > from->row || next->lines != from->lines || next->shape != from->shape;
}

static struct fit place_item(const struct context *context, const struct item *item, struct progress from,
                             struct room room) {
    const struct fit fit = item->kind->place(context, item, from, room);
    assert(fit.kind != FITS_IN_PART || is_behind(&fit.next, &from)); /* I1 */
    assert(fit.kind != FITS_NOT || fit.foot == NULL);
    return fit;
}

struct fit place_above_foot(const struct context *context, const struct item *item, struct progress from,
                            struct room room) {
    struct fit fit = place_item(context, item, from, room);
    if (item->notes == NULL || room.foot_width_mp == 0 || fit.kind == FITS_NOT) {
        return fit;
    }
    fit.foot = foot_of(context, item, from, &fit, room.foot_width_mp);
    const int32_t taken = foot_room(fit.foot, room);
    if (fit.height_mp + taken <= room.height_mp || taken == 0) {
        return fit;
    }
    room.height_mp -= taken;
    fit = place_item(context, item, from, room);
    if (fit.kind != FITS_NOT) {
        fit.foot = foot_of(context, item, from, &fit, room.foot_width_mp);
    }
    return fit;
}

/* --- on the page ----------------------------------------------------------------------------------------------------- */

int64_t footnotes_height(const struct footnotes *notes) {
    if (notes->foot.count == 0) {
        return 0;
    }
    const struct lines *first = notes->foot.notes[0];
    return FOOT_GAP_MP + notes->foot.height_mp - text_lines_height(first, 0, notes->line);
}

static void emit_rule(struct canvas *canvas, struct box area, int32_t y_mp) {
    canvas_rule(canvas, area.x_mp, y_mp + FOOT_GAP_MP / 2, area.width_mp / FOOT_RULE_PART, 0, FOOT_RULE_MP);
}

/* What was emitted leaves the list. */
static void drop_notes(struct footnotes *notes, size_t count, size_t line) {
    for (size_t i = 0; i < count; i++) {
        notes->foot.height_mp -= notes->foot.notes[i]->height_mp;
    }
    notes->foot.notes += count;
    notes->foot.count -= count;
    notes->line = line;
    assert(notes->foot.count > 0 || notes->foot.height_mp == 0); /* N2 */
}

void footnotes_emit(struct context *context, struct footnotes *notes, struct canvas *page, struct box area,
                    int32_t top_mp) {
    struct canvas canvas = *page;
    const int64_t height = footnotes_height(notes);
    const int32_t room = area.height_mp - top_mp;
    if (notes->foot.count == 0) {
        return;
    }
    if (top_mp > 0 && text_lines_within(notes->foot.notes[0], notes->line, room - FOOT_GAP_MP) == 0) {
        context_tell(context, DIAG_C530, PLACE_NONE, STR_NONE, STR_NONE);
        return;
    }
    int32_t y = area.y_mp + area.height_mp - (height < room ? (int32_t)height : room),
            bottom = area.y_mp + area.height_mp;
    size_t done = 0, line = notes->line;
    emit_rule(&canvas, area, y);
    y += FOOT_GAP_MP;
    for (; done < notes->foot.count; done++, line = 0) {
        const struct lines *lines = notes->foot.notes[done];
        size_t fit = text_lines_within(lines, line, bottom - y);
        if (fit == 0 && top_mp == 0 && done == 0) {
            fit = 1; /* the page is lower than a line: never pages without end */
        }
        tag_note(context, &canvas, &notes->element);
        emit_lines(context, &canvas, lines, line, line + fit, area.x_mp, y);
        y += text_lines_height(lines, line, line + fit);
        line += fit;
        if (line < lines->count) {
            break;
        }
        notes->element = 0;
    }
    if (done < notes->foot.count) {
        context_tell(context, DIAG_C530, PLACE_NONE, STR_NONE, STR_NONE);
    }
    drop_notes(notes, done, done < notes->foot.count ? line : 0);
}
