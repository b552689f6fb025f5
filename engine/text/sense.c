/* sense.c: the lines of a title (GB/T 9704: broken at sense, in the form of a 梯形 or 菱形).
 *
 * A title has few lines and few places, so all ways to part it into the least number of lines are tried. Each has its
 * price: a word that is cut (ICU's dictionary knows the words; ATOM_WORD marks where they end), a line that begins with 的
 * and its like, a line much shorter than the longest, and a form that is no 梯形 (each line longer, or each shorter, than
 * the one before) and no 菱形 (the longest in the middle). */
#include "base/utf8.h"
#include "text/lines.h"

enum {
    LINES_MAX = 4,
    PLACES_MAX = 80,
    CUT_COST = 1000,  /* a word in two lines */
    CLING_COST = 300, /* 的 at a line's beginning, 和 at its end */
    FORM_COST = 400,  /* an hourglass */
    BLOCK_COST = 60,  /* lines of one length */
    SHORT_COST = 200  /* a line under half of the longest */
};

struct title {
    const struct breaker *b;
    uint32_t first, end;
    uint32_t places[PLACES_MAX]; /* ends of lines that are allowed, the last is `end` */
    size_t place_count, line_count;
    size_t chosen[LINES_MAX], best[LINES_MAX]; /* indices of places */
    int64_t best_cost;                         /* < 0: none yet */
};

static bool gather_places(struct title *t) {
    const struct paragraph *p = t->b->p;
    for (uint32_t i = t->first; i < t->end; i++) {
        if (i + 1 != t->end && !atom_is(&p->atoms[i], ATOM_BREAK))
            continue;
        if (t->place_count == PLACES_MAX)
            return false;
        t->places[t->place_count++] = i + 1;
    }
    return true;
}

/* The least number of lines is that of first fit. */
static bool count_lines(struct title *t) {
    bool torn = false;
    for (uint32_t at = t->first; at < t->end; t->line_count++) {
        if (t->line_count == LINES_MAX)
            return false;
        at = breaker_fill(t->b, at, &torn).end;
    }
    return t->line_count > 1 && !torn;
}

static bool is_one_of(const struct paragraph *p, uint32_t atom, const char *set) {
    size_t at = p->atoms[atom].offset;
    uint32_t code_point = utf8_next(p->text, &at);
    struct str all = str_from(set);
    for (at = 0; at < all.n;)
        if (utf8_next(all, &at) == code_point)
            return true;
    return false;
}

static bool is_single(const struct paragraph *p, uint32_t atom) {
    return atom < p->count && atom_is(&p->atoms[atom], ATOM_WORD);
}

/* Words of one character cling to what is before them (遵义|市), but two in a row are mostly a word that the dictionary
 * doesn't know (儿童 | 关爱). */
static bool begins_with_suffix(const struct paragraph *p, uint32_t place) {
    return is_single(p, place) && !is_single(p, place + 1);
}

static bool cuts_pair(const struct paragraph *p, uint32_t place) {
    return place >= 2 && is_single(p, place) && atom_is(&p->atoms[place - 2], ATOM_WORD);
}

/* Of a line's end before the title's. */
static int64_t cost_of_place(const struct title *t, uint32_t place) {
    const struct paragraph *p = t->b->p;
    int64_t cost = atom_is(&p->atoms[place - 1], ATOM_WORD) ? 0 : CUT_COST;
    if (begins_with_suffix(p, place) || cuts_pair(p, place) || is_one_of(p, place, "的地得了着过等"))
        cost += CLING_COST;
    if (is_one_of(p, place - 1, "和与及或在对为把被将向从第"))
        cost += CLING_COST;
    return cost;
}

/* Longer, equal or shorter than the line before, by so much that it is seen in centred lines. */
static int compare_lengths(int32_t before_mp, int32_t mp, int32_t size_mp) {
    int32_t least = size_mp * 9 / 10;
    return mp >= before_mp + least ? 1 : mp <= before_mp - least ? -1 : 0;
}

static int64_t cost_of_form(const struct title *t, const int32_t *widths) {
    int32_t size = t->b->p->style->size_mp;
    int32_t longest = 0;
    bool shrank = false, hourglass = false, even = false;
    int64_t cost = 0;
    for (size_t i = 0; i < t->line_count; i++) {
        longest = widths[i] > longest ? widths[i] : longest;
        int step = i ? compare_lengths(widths[i - 1], widths[i], size) : 1;
        hourglass = hourglass || (step > 0 && shrank);
        even = even || step == 0;
        shrank = shrank || step < 0;
    }
    for (size_t i = 0; i < t->line_count; i++) {
        int64_t less = ((int64_t)longest - widths[i]) * 10 / (size > 0 ? size : 1); /* in tenths of an em */
        cost += less * less / 100 + (widths[i] < longest / 2 ? SHORT_COST : 0);
    }
    return cost + (hourglass ? FORM_COST : 0) + (even ? BLOCK_COST : 0);
}

static void weigh_choice(struct title *t, const int32_t *widths, int64_t cost) {
    cost += cost_of_form(t, widths);
    if (t->best_cost >= 0 && t->best_cost <= cost)
        return;
    t->best_cost = cost;
    for (size_t i = 0; i < t->line_count; i++)
        t->best[i] = t->chosen[i];
}

/* Line `line` from place `from` on, and all below it. */
static void try_lines(struct title *t, size_t line, size_t from, int32_t *widths, int64_t cost) {
    const struct paragraph *p = t->b->p;
    uint32_t first = from ? t->places[from - 1] : t->first;
    int32_t room = breaker_room(t->b, first);
    for (size_t i = from; i < t->place_count; i++) {
        bool last = line + 1 == t->line_count;
        if (last && i + 1 != t->place_count)
            continue;
        widths[line] = text_measure(p, first, t->places[i], text_keeps_opening(p, first)).ink_mp;
        if (widths[line] > room)
            return;
        t->chosen[line] = i;
        if (last)
            weigh_choice(t, widths, cost);
        else if (i + 1 < t->place_count)
            try_lines(t, line + 1, i + 1, widths, cost + cost_of_place(t, t->places[i]));
    }
}

bool breaker_fill_by_sense(struct breaker *b, uint32_t first, uint32_t end) {
    struct title t = {.b = b, .first = first, .end = end, .best_cost = -1};
    int32_t widths[LINES_MAX] = {0};
    if (!gather_places(&t) || !count_lines(&t))
        return false;
    try_lines(&t, 0, 0, widths, 0);
    if (t.best_cost < 0)
        return false;
    for (size_t i = 0; i < t.line_count; i++) {
        uint32_t to = t.places[t.best[i]];
        struct cursor c = text_measure(b->p, first, to, text_keeps_opening(b->p, first));
        breaker_add(b, first, cursor_candidate(&c, to, to == end, breaker_room(b, first)));
        first = to;
    }
    return true;
}
