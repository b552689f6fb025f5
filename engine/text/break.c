/* break.c: lines of a width.
 *
 * Places where a line may end are marked once for a paragraph (classes.c, places.c). Lines are filled first-fit
 * (fill.c); in a short measure, or where the style says so, all lines of a passage are chosen at once (best.c),
 * those of a title or a long name at sense (sense.c). A paragraph doesn't end with a single character on a line
 * (孤字).
 *
 * Every blank half at a line's end is dropped, and so is an opening mark's at its start, but not behind the first
 * line's indent. Invariant 3 is that of paragraph.h. */
#include "base/length.h"

#include <assert.h>
#include "text/lines.h"

/* --- measuring ---------------------------------------------------------------------------------------------------- */

struct cursor text_measure(const struct paragraph *p, uint32_t first, uint32_t end, bool keeps_opening) {
    struct cursor c = cursor_at(p, first, keeps_opening);
    for (uint32_t i = first; i < end; i++) {
        cursor_step(&c, i);
    }
    return c;
}

/* Does a line from `first` begin the paragraph, or stand behind a forced end? */
static bool begins_passage(const struct paragraph *p, uint32_t first) {
    return first == 0 || atom_is(&p->atoms[first - 1], ATOM_FORCED);
}

bool text_keeps_opening(const struct paragraph *p, uint32_t first) {
    return p->style->indent_mp > 0 && begins_passage(p, first);
}

static int32_t indent_of(const struct paragraph *p, uint32_t first) {
    return p->style->left_mp + (begins_passage(p, first) ? p->style->indent_mp : 0);
}

int32_t breaker_room(const struct breaker *b, uint32_t first) {
    const int32_t room = b->width_mp - indent_of(b->p, first) - b->p->style->right_mp;
    return room > 0 ? room : 0;
}

/* --- lines made --------------------------------------------------------------------------------------------------- */

void breaker_add(struct breaker *b, uint32_t first, struct candidate at) {
    const struct paragraph *p = b->p;
    struct lines *lines = b->lines;
    const uint32_t places = ATOM_BREAK | ATOM_SOFT | ATOM_FORCED;
    assert(at.end == 0 || at.end == p->count || (p->atoms[at.end - 1].flags & places) != 0 ||
           !atom_is(&p->atoms[at.end], ATOM_CONTINUES)); /* invariant 3 */
    ARENA_GROW(b->arena, lines->items, lines->count, b->capacity);
    lines->items[lines->count++] =
        (struct line){.first = first,
                      .end = at.end,
                      .width_mp = at.width_mp,
                      .keeps_spaces = at.keeps_spaces,
                      .parts = at.parts,
                      .stretch = 1000,
                      .keeps_opening = text_keeps_opening(p, first),
                      .last = at.end == p->count || atom_is(&p->atoms[at.end - 1], ATOM_FORCED)};
}

/* --- 孤字 ----------------------------------------------------------------------------------------------------------- */

size_t text_weigh(const struct paragraph *p, uint32_t first, uint32_t end) {
    size_t weight = 0;
    for (uint32_t i = first; i < end && weight < 4; i++) {
        const struct atom *atom = &p->atoms[i];
        if (atom->flags & (ATOM_SPACE | ATOM_HIDDEN)) {
            continue;
        }
        bool chinese = atom->kind == CLASS_HAN || atom->kind == CLASS_WIDE;
        weight += chinese ? 1 : class_is_western((enum char_class)atom->kind) ? 2 : 0;
    }
    return weight;
}

/* An earlier end for the line before, so that the last line gets one more character; 0: there is none. */
static uint32_t earlier_end(const struct paragraph *p, const struct line *before, uint32_t end) {
    for (uint32_t at = before->end - 1; at > before->first; at--) {
        if (atom_is(&p->atoms[at - 1], ATOM_BREAK) && text_weigh(p, at, end) >= 2) {
            return text_weigh(p, before->first, at) >= 2 ? at : 0;
        }
    }
    return 0;
}

/* Sets the last two lines again, the first of them up to `middle`; end 0: without a second. */
static void set_again(struct breaker *b, uint32_t middle, uint32_t end) {
    const struct paragraph *p = b->p;
    const uint32_t first = b->lines->items[b->lines->count - 2].first;
    b->lines->count -= 2;
    struct cursor head = text_measure(p, first, middle, text_keeps_opening(p, first));
    breaker_add(b, first, cursor_candidate(&head, middle, end == 0, breaker_room(b, first)));
    if (end == 0) {
        return;
    }
    struct cursor tail = text_measure(p, middle, end, false);
    breaker_add(b, middle, cursor_candidate(&tail, end, true, breaker_room(b, middle)));
}

/* A last line of one character is squeezed into the line before, else that line gives one. */
static void mend_lonely(struct breaker *b) {
    const struct paragraph *p = b->p;
    const struct lines *lines = b->lines;
    if (lines->count < 2) {
        return;
    }
    const struct line *before = &lines->items[lines->count - 2];
    const struct line *last = &lines->items[lines->count - 1];
    if (before->last || !last->last || text_weigh(p, last->first, last->end) != 1) {
        return;
    }
    const struct cursor whole = text_measure(p, before->first, last->end, before->keeps_opening);
    if (whole.ink_mp - whole.ink_capacity_mp <= breaker_room(b, before->first)) {
        set_again(b, last->end, 0);
        return;
    }
    const uint32_t end = earlier_end(p, before, last->end);
    if (end && text_measure(p, end, last->end, false).ink_mp <= breaker_room(b, end)) {
        set_again(b, end, last->end);
    }
}

/* --- the choice of lines ------------------------------------------------------------------------------------------ */

enum { SHORT_MEASURE_EM = 20, WHOLE_PARAGRAPH_MAX = 2000, BEST_MAX = 20000 /* atoms */ };

static uint32_t passage_end(const struct paragraph *p, uint32_t first) {
    while (first < p->count && !atom_is(&p->atoms[first], ATOM_FORCED)) {
        first++;
    }
    return first < p->count ? first + 1 : first;
}

/* With LINES_AUTO optimum fit is for justified text in a short measure, where it shows. A long name is broken like a
 * title, at its dots. */
static enum text_lines chooser(const struct breaker *b) {
    const struct paragraph *p = b->p;
    if (p->count > BEST_MAX) {
        return LINES_FIRST;
    }
    if (p->style->lines != LINES_AUTO) {
        return p->style->lines;
    }
    if (p->is_name) {
        return LINES_SENSE;
    }
    bool is_short = p->count <= WHOLE_PARAGRAPH_MAX && breaker_room(b, 0) / SHORT_MEASURE_EM < p->style->size_mp;
    if (p->hyphens != NULL) {
        return LINES_BEST;
    }
    return is_short && p->style->align == ALIGN_JUSTIFY ? LINES_BEST : LINES_FIRST;
}

/* Appends the next line, or all of the next passage. */
static uint32_t fill_some(struct breaker *b, uint32_t first, enum text_lines how) {
    const uint32_t end = how == LINES_FIRST ? 0 : passage_end(b->p, first);
    bool torn = false;
    const struct candidate at = breaker_fill(b, first, &torn);
    if (how == LINES_SENSE && breaker_fill_by_sense(b, first, end)) {
        return end;
    }
    if (how != LINES_FIRST && at.end != end) {
        breaker_fill_best(b, first, end);
        return end;
    }
    breaker_add(b, first, at);
    b->lines->overflows = b->lines->overflows || torn;
    if (b->lines->items[b->lines->count - 1].last) {
        mend_lonely(b);
    }
    return at.end;
}

/* --- setting lines into their room -------------------------------------------------------------------------------- */

static bool has_leader(const struct paragraph *p, const struct line *line) {
    for (uint32_t i = line->first; p->has_tabs && i < line->end; i++) {
        if (atom_is(&p->atoms[i], ATOM_LEADER)) {
            return true;
        }
    }
    return false;
}

/* A line with few gaps stays ragged when they would get wider than that. */
static bool may_stretch(const struct paragraph *p, const struct line *line, int32_t slack) {
    bool distribute = p->style->align == ALIGN_DISTRIBUTE;
    int64_t gaps = 0;
    if (!(distribute || (p->style->align == ALIGN_JUSTIFY && !line->last))) {
        return false;
    }
    const uint32_t last = text_line_last(p, line);
    if (last == line->end) {
        return false; /* nothing but spaces */
    }
    for (uint32_t i = line->first; i < last; i++) {
        if (p->atoms[i].kind == CLASS_TAB) {
            return false;
        }
        gaps += atom_is(&p->atoms[i], ATOM_STRETCH);
    }
    return distribute ? gaps > 0 : slack <= text_most_stretch(p, gaps);
}

/* Indent by alignment. An overfull line sticks out at both sides when centred, at the left when flush right. */
static int32_t aside(enum text_align align, int32_t slack) {
    return align == ALIGN_CENTRE ? slack / 2 : align == ALIGN_RIGHT ? slack : 0;
}

static void set_line(const struct breaker *b, struct line *line) {
    const struct paragraph *p = b->p;
    const int32_t room = breaker_room(b, line->first);
    const int32_t slack = room - line->width_mp;
    line->indent_mp = indent_of(p, line->first);
    line->leads = has_leader(p, line);
    if (slack < 0) {
        const struct cursor c = text_measure(p, line->first, line->end, line->keeps_opening);
        line->delta_mp = -slack <= c.ink_capacity_mp ? slack : -c.ink_capacity_mp;
    } else if (line->leads || (slack > 0 && may_stretch(p, line, slack))) {
        line->delta_mp = slack;
    } else if (p->is_latin && !p->has_tabs && p->style->align == ALIGN_JUSTIFY && !line->last &&
               slack > b->lines->short_mp) {
        b->lines->short_mp = slack;
    }
    line->indent_mp += aside(p->style->align, slack - line->delta_mp);
    const int32_t widest = line->indent_mp + line->width_mp + line->delta_mp;
    if (widest > b->lines->widest_mp) {
        b->lines->widest_mp = widest;
    }
    b->lines->overflows = b->lines->overflows || line->width_mp + line->delta_mp > room;
}

/* --- heights ------------------------------------------------------------------------------------------------------ */

int32_t text_lines_height(const struct lines *lines, size_t from, size_t to) {
    int64_t height = (int64_t)(to - from) * text_leading(lines->paragraph->style);
    for (size_t i = from; lines->has_raised && i < to; i++) {
        height += lines->items[i].raise_mp;
    }
    return height < INT32_MAX ? (int32_t)height : INT32_MAX;
}

int32_t text_lines_raise(const struct lines *lines) {
    return lines->has_raised ? lines->items[0].raise_mp : 0;
}

size_t text_lines_within(const struct lines *lines, size_t from, int32_t height_mp) {
    size_t count = 0;
    if (height_mp <= 0) {
        return 0;
    }
    if (!lines->has_raised) {
        const size_t most = (size_t)(height_mp / text_leading(lines->paragraph->style));
        return most < lines->count - from ? most : lines->count - from;
    }
    while (from + count < lines->count && text_lines_height(lines, from, from + count + 1) <= height_mp) {
        count++;
    }
    return count;
}

bool text_line_parts(const struct lines *lines, size_t line) {
    return lines->items[line].parts;
}

static void raise_lines(struct lines *lines) {
    for (size_t i = 0; lines->paragraph->ruby_count && i < lines->count; i++) {
        lines->items[i].raise_mp = text_ruby_raise(lines->paragraph, &lines->items[i]);
        lines->has_raised = lines->has_raised || lines->items[i].raise_mp > 0;
    }
}

struct lines text_break_lines(struct arena *arena, const struct paragraph *p, int32_t width_mp, uint16_t stretch) {
    struct lines lines = {.paragraph = p, .width_mp = width_mp};
    struct breaker b = {.arena = arena, .p = p, .width_mp = mp_scale(width_mp, 1000, stretch), .lines = &lines};
    const enum text_lines how = chooser(&b);
    for (uint32_t first = 0; first < p->count;) {
        first = fill_some(&b, first, how);
    }
    if (lines.count == 0) {
        breaker_add(&b, 0, (struct candidate){0});
    }
    for (size_t i = 0; i < lines.count; i++) {
        set_line(&b, &lines.items[i]);
        lines.items[i].stretch = stretch;
        lines.items[i].indent_mp = mp_scale(lines.items[i].indent_mp, stretch, 1000);
    }
    lines.widest_mp = mp_scale(lines.widest_mp, stretch, 1000) + p->style->right_mp;
    raise_lines(&lines);
    lines.height_mp = text_lines_height(&lines, 0, lines.count);
    return lines;
}

struct lines text_single_line(struct arena *arena, const struct paragraph *p) {
    return text_break_lines(arena, p, TEXT_WIDEST_MP / 2, 1000);
}

/* --- widths of columns -------------------------------------------------------------------------------------------- */

int32_t paragraph_natural_width(const struct paragraph *p) {
    int32_t widest = 0;
    for (uint32_t first = 0; first < p->count;) {
        const uint32_t end = passage_end(p, first);
        const struct cursor c = text_measure(p, first, end, text_keeps_opening(p, first));
        const int32_t width = indent_of(p, first) + c.kept_mp + p->style->right_mp;
        widest = width > widest ? width : widest;
        first = end;
    }
    return widest;
}

int32_t paragraph_minimum_width(const struct paragraph *p) {
    int32_t widest = 0;
    uint32_t first = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (i + 1 < p->count && !(p->atoms[i].flags & (ATOM_BREAK | ATOM_FORCED))) {
            continue;
        }
        const struct cursor c = text_measure(p, first, i + 1, text_keeps_opening(p, first));
        const int32_t width = indent_of(p, first) + c.ink_mp + p->style->right_mp;
        widest = width > widest ? width : widest;
        first = i + 1;
    }
    return widest;
}

size_t lines_find(const struct lines *lines, size_t offset) {
    size_t low = 0, high = lines->count;
    while (low + 1 < high) {
        const size_t middle = low + (high - low) / 2;
        if (paragraph_offset(lines->paragraph, lines->items[middle].first) <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}
