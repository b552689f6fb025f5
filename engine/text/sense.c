/* sense.c: the lines of a title (GB/T 9704: broken at sense, in the form of a 梯形 or 菱形).
 *
 * A title has few lines and few places, so all ways to break it into the least number of lines are tried. Each has
 * its price: a word that is cut (ICU's dictionary and the theme's list know the words; ATOM_WORD marks their ends),
 * a line that begins with 的 and its like, a line much shorter than the longest, and a form that is neither a 梯形
 * (each line longer, or each shorter, than the one before) nor a 菱形 (the longest in the middle). No form is worth
 * a cut: where every way has one, a line more is tried.
 *
 *     梯形   ──────────      菱形     ──────       hourglass  ──────────
 *             ────────              ──────────                  ──────      FORM_COST
 *              ──────                 ──────                  ────────── */
#include "base/utf8.h"
#include "text/lines.h"

enum {
    LINES_MAX = 4,
    PLACES_MAX = 80,
    CUT_COST = 10000, /* a word in two lines */
    LINE_COST = 5000, /* each line beyond the least number */
    CLING_COST = 300, /* 的 at the beginning of a line, 和 or 关于 at its end */
    FORM_COST = 400,  /* an hourglass */
    BLOCK_COST = 250, /* two lines of one length, */
    NAMES_COST = 60,  /* of a name, whose lines are between its dots, */
    NEAR_COST = 40,   /* or nearly: centred, they differ by half a character on each side */
    STEPS_COST = 40,  /* three lines that aren't a 菱形 */
    SHORT_COST = 200, /* a line under two fifths of the longest */
    SEAM_COST = 120   /* a line's end elsewhere than between 发文机关 and 关于, the first seam of a title */
};

struct title {
    const struct breaker *b;
    uint32_t first, end;
    uint32_t places[PLACES_MAX]; /* allowed ends of lines; the last is `end` */
    size_t place_count, line_count;
    size_t chosen[LINES_MAX], best[LINES_MAX]; /* indices of places */
    size_t best_count;
    int64_t best_cost; /* < 0: none yet */
};

static bool gather_places(struct title *t) {
    const struct paragraph *p = t->b->p;
    for (uint32_t i = t->first; i < t->end; i++) {
        if (i + 1 != t->end && !atom_is(&p->atoms[i], ATOM_BREAK)) {
            continue;
        }
        if (t->place_count == PLACES_MAX) {
            return false;
        }
        t->places[t->place_count++] = i + 1;
    }
    return true;
}

/* The least number of lines, by first fit. */
static bool count_lines(struct title *t) {
    bool torn = false;
    for (uint32_t at = t->first; at < t->end; t->line_count++) {
        if (t->line_count == LINES_MAX) {
            return false;
        }
        at = breaker_fill(t->b, at, &torn).end;
    }
    return t->line_count > 1 && !torn;
}

static bool is_one_of(const struct paragraph *p, uint32_t atom, const char *set) {
    size_t at = p->atoms[atom].offset;
    const uint32_t code_point = utf8_next(p->text, &at);
    const struct str all = str_from(set);
    for (at = 0; at < all.n;) {
        if (utf8_next(all, &at) == code_point) {
            return true;
        }
    }
    return false;
}

/* Words of one character that cling to the word behind them. */
static bool clings_forward(const struct paragraph *p, uint32_t atom) {
    return is_one_of(p, atom, "和与及或在对为把被将向从第于并而以");
}

static bool precedes_subject(const struct paragraph *p, uint32_t place) {
    return str_starts(str_slice(p->text, paragraph_offset(p, place), p->text.n), STR("关于"));
}

static bool is_single(const struct paragraph *p, uint32_t atom) {
    return atom < p->count && atom_is(&p->atoms[atom], ATOM_WORD);
}

/* Words of one character cling to the word before them (遵义|市), but two in a row are mostly a word that the
 * dictionary doesn't know (儿童 | 关爱). */
static bool begins_with_suffix(const struct paragraph *p, uint32_t place) {
    return is_single(p, place) && !is_single(p, place + 1) && !clings_forward(p, place);
}

static bool cuts_pair(const struct paragraph *p, uint32_t place) {
    return place >= 2 && is_single(p, place) && atom_is(&p->atoms[place - 2], ATOM_WORD);
}

/* Price of a line's end before the title's. */
static int64_t cost_of_place(const struct title *t, uint32_t place) {
    const struct paragraph *p = t->b->p;
    int64_t cost = atom_is(&p->atoms[place - 1], ATOM_WORD) ? 0 : CUT_COST;
    if (begins_with_suffix(p, place) || cuts_pair(p, place) || is_one_of(p, place, "的地得了着过等")) {
        cost += CLING_COST;
    }
    if (clings_forward(p, place - 1)) {
        cost += CLING_COST;
    }
    return cost + (precedes_subject(p, place) ? 0 : SEAM_COST);
}

static bool is_title(const struct title *t) {
    return t->b->p->style->lines == LINES_SENSE;
}

/* Longer, equal or shorter than the line before, by enough to be seen in centred lines. */
static int compare_lengths(int32_t before_mp, int32_t mp, int32_t size_mp) {
    const int32_t least = size_mp * 9 / 10;
    return mp >= before_mp + least ? 1 : mp <= before_mp - least ? -1 : 0;
}

static int64_t cost_of_step(const struct title *t, int32_t before_mp, int32_t mp, int32_t size_mp) {
    if (compare_lengths(before_mp, mp, size_mp) == 0) {
        return is_title(t) ? BLOCK_COST : NAMES_COST;
    }
    const int32_t step = mp > before_mp ? mp - before_mp : before_mp - mp;
    return is_title(t) && step < size_mp * 19 / 10 ? NEAR_COST : 0;
}

/* Lines that go up and down are an hourglass; three or more that go one way only cost less. */
static int64_t cost_of_shape(const struct title *t, const int32_t *widths, int32_t size_mp) {
    bool grew = false, shrank = false, hourglass = false;
    for (size_t i = 1; i < t->line_count; i++) {
        const int step = compare_lengths(widths[i - 1], widths[i], size_mp);
        hourglass = hourglass || (step > 0 && shrank);
        grew = grew || step > 0;
        shrank = shrank || step < 0;
    }
    return (hourglass ? FORM_COST : 0) + (t->line_count > 2 && !(grew && shrank) ? STEPS_COST : 0);
}

static int64_t cost_of_form(const struct title *t, const int32_t *widths) {
    const int32_t size = t->b->p->style->size_mp > 0 ? t->b->p->style->size_mp : 1;
    int32_t longest = 0;
    int64_t cost = cost_of_shape(t, widths, size);
    for (size_t i = 0; i < t->line_count; i++) {
        longest = widths[i] > longest ? widths[i] : longest;
        cost += i > 0 ? cost_of_step(t, widths[i - 1], widths[i], size) : 0;
    }
    for (size_t i = 0; i < t->line_count; i++) {
        const int64_t less = ((int64_t)longest - widths[i]) * 10 / size; /* in tenths of an em */
        cost += less * less / 100 + (widths[i] < longest * 2 / 5 ? SHORT_COST : 0);
    }
    return cost;
}

static void weigh_choice(struct title *t, const int32_t *widths, int64_t cost) {
    cost += cost_of_form(t, widths);
    if (t->best_cost >= 0 && t->best_cost <= cost) {
        return;
    }
    t->best_cost = cost;
    t->best_count = t->line_count;
    for (size_t i = 0; i < t->line_count; i++) {
        t->best[i] = t->chosen[i];
    }
}

/* Line `line` from place `from` on, and all below it. */
static void try_lines(struct title *t, size_t line, size_t from, int32_t *widths, int64_t cost) {
    const struct paragraph *p = t->b->p;
    const uint32_t first = from ? t->places[from - 1] : t->first;
    const int32_t room = breaker_room(t->b, first);
    for (size_t i = from; i < t->place_count; i++) {
        bool last = line + 1 == t->line_count;
        if (last && i + 1 != t->place_count) {
            continue;
        }
        widths[line] = text_measure(p, first, t->places[i], text_keeps_opening(p, first)).ink_mp;
        if (widths[line] > room) {
            return;
        }
        t->chosen[line] = i;
        if (last) {
            weigh_choice(t, widths, cost);
        } else if (i + 1 < t->place_count) {
            try_lines(t, line + 1, i + 1, widths, cost + cost_of_place(t, t->places[i]));
        }
    }
}

bool breaker_fill_by_sense(struct breaker *b, uint32_t first, uint32_t end) {
    struct title t = {.b = b, .first = first, .end = end, .best_cost = -1};
    int32_t widths[LINES_MAX] = {0};
    if (!gather_places(&t) || !count_lines(&t)) {
        return false;
    }
    try_lines(&t, 0, 0, widths, 0);
    if (is_title(&t) && (t.best_cost < 0 || t.best_cost >= CUT_COST) && t.line_count++ < LINES_MAX) {
        try_lines(&t, 0, 0, widths, LINE_COST);
    }
    if (t.best_cost < 0) {
        return false;
    }
    for (size_t i = 0; i < t.best_count; i++) {
        const uint32_t to = t.places[t.best[i]];
        struct cursor c = text_measure(b->p, first, to, text_keeps_opening(b->p, first));
        breaker_add(b, first, cursor_candidate(&c, to, to == end, breaker_room(b, first)));
        first = to;
    }
    return true;
}
