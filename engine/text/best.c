/* best.c: all lines of a passage at once (optimum fit, after Knuth and Plass).
 *
 * In a short measure first fit leaves wide gaps in one line to spare another that had room. Here each place where a
 * line may end is a node; lines that begin there lead to further nodes, at a price: the square of how far a line is
 * stretched or squeezed. The cheapest path to the end is taken.
 *
 *     node 0 ──line──► node 9 ──line──► node 17 ─►      demerits[to] = least of demerits[from] + (BASE + cost)²
 *        └────line────► node 10 ──line──► node 19 ─►
 *
 * A node looks no further than one line, so the work is the length of the text times that of a line.
 *
 * The rules keep the order of first fit: a squeeze that a prohibition or a last line of one character (孤字) asks
 * for (先挤进) costs next to nothing, so carrying over (后推出) is chosen only where squeezing isn't enough; such a
 * last line costs more than any gap.
 *
 * Latin text is tried without parting words first, as TeX does; where that leaves a loose line, again with them. No more than two
 * lines in a row may end in part of a word, so a place within a word has two nodes then: for the first and the second in a row.
 *
 * 1. A line has an atom at least: a node is reached from one before it, so the path back to node 0 ends. */
#include "text/hyphens.h"
#include "text/lines.h"

#include <assert.h>

enum {
    BASE = 10,      /* of each line, so that fewer lines are cheaper */
    EASY_COST = 25, /* of a line whose ，、；： give an eighth of an em each: as a twentieth of an em in each gap */
    SQUEEZE_COST = 1500, /* of one squeezed beyond twice that, when it is squeezed to its limit */
    DUE_COST = 5,        /* the same, for a rule's sake */
    LOATH_COST = 150,    /* of a line's end within a class or a long name */
    SOFT_COST = 200,     /* of a line's end within an address */
    PARTED_COST = 100,   /* of one within a word, */
    AGAIN_COST = 100,    /* and more of a second in a row */
    LONELY_COST = 20000, /* 孤字 */
    WIDE_GAP = 250,      /* in 1/1000 em: a wider gap costs this much more */
    WIDE_GAP_COST = 20,  /* for each thousandth */
    RAGGED_COST = 500,   /* of a justified line that has too few gaps, */
    FEW = 2,             /* and again for each gap beyond these: a single word is less to blame than characters */
    WIDEST_COST = 30000, /* no gap costs more */
    TORN_COST = 1000000  /* something unbreakable that is wider than any line */
};

struct node {
    int64_t demerits;
    uint32_t from; /* the node before it on the cheapest path */
    bool reached, torn;
};

struct best {
    const struct breaker *b;
    uint32_t first, end;    /* atoms; place i stands before atom first + i */
    struct node *nodes;     /* of place i from i * ways on */
    uint32_t ways;          /* nodes of a place */
    const int32_t *hyphens; /* where a word may be parted behind an atom, its hyphen's width, else 0; NULL: nowhere */
};

/* The hyphen behind atom i; 0: none may stand there. */
static int32_t hyphen_behind(const struct best *best, uint32_t i) {
    return best->hyphens != NULL ? best->hyphens[i - best->first] : 0;
}

/* How many lines in a row end in part of a word, the one to the node as the last. */
static uint32_t parted_in_row(const struct best *best, uint32_t node) {
    const uint32_t place = node / best->ways;
    return place > 0 && hyphen_behind(best, best->first + place - 1) > 0 ? 1 + node % best->ways : 0;
}

/* From a node to a place. */
static void reach(struct best *best, uint32_t from, uint32_t to, int64_t cost, bool torn) {
    assert(from / best->ways < to); /* invariant 1 */
    const bool second = hyphen_behind(best, best->first + to - 1) > 0 && parted_in_row(best, from) > 0;
    struct node *node = &best->nodes[to * best->ways + second];
    const int64_t demerits = best->nodes[from].demerits + (BASE + cost) * (BASE + cost);
    if (node->reached && node->demerits <= demerits) {
        return;
    }
    *node = (struct node){demerits, from, true, torn || best->nodes[from].torn};
}

static int64_t capped(int64_t cost) {
    return cost < WIDEST_COST ? cost : WIDEST_COST;
}

/* Cost of a hole at a line's end: ten em cost as much as half an em in each gap. */
static int64_t hole_cost(int32_t slack_mp, int64_t size_mp) {
    const int64_t hole = (int64_t)slack_mp * 1000 / size_mp;
    return hole > 100000 ? WIDEST_COST : hole * hole / 10000;
}

/* Cost of a line with space to spare. In a justified line the gaps share it, at a price that climbs from a quarter
 * of an em on; where they would get too wide it stays ragged. */
static int64_t looseness(const struct paragraph *p, int32_t slack_mp, const struct stretch *stretch) {
    const int32_t size = p->style->size_mp > 0 ? p->style->size_mp : 1;
    if (p->style->align != ALIGN_JUSTIFY || p->style->grid_mp > 0) {
        return capped(hole_cost(slack_mp, size));
    }
    if (slack_mp > text_most_stretch(p, stretch->gaps) && p->is_latin) {
        return WIDEST_COST;
    }
    if (slack_mp > text_most_stretch(p, stretch->gaps)) {
        return capped(RAGGED_COST * (stretch->gaps > FEW ? stretch->gaps - FEW + 1 : 1) + hole_cost(slack_mp, size));
    }
    const int64_t gap = stretch_looks(stretch, slack_mp, size);
    return capped(gap * gap / 100 + (gap > WIDE_GAP ? (gap - WIDE_GAP) * WIDE_GAP_COST : 0));
}

/* Does a rule ask for the squeeze: may the rest, from the atom `edge` on, not begin a line, or would it be alone on
 * the last? */
static bool is_due(const struct best *best, const struct cursor *c, uint32_t to, uint32_t edge) {
    return cursor_meets_prohibition(c, edge) || (to == best->end && text_weigh(c->p, edge, to) == 1);
}

static int64_t tightness(const struct cursor *c, int32_t over_mp, bool is_due) {
    const int64_t share = c->ink_capacity_mp > 0 ? (int64_t)over_mp * 1000 / c->ink_capacity_mp : 1000;
    if (!is_due && over_mp <= 2 * c->ink_easy_mp) {
        const int64_t easy = (int64_t)over_mp * 1000 / c->ink_easy_mp;
        return easy * easy * EASY_COST / 1000000;
    }
    return share * share * (is_due ? DUE_COST : SQUEEZE_COST) / 1000000;
}

/* Cost of the line under the cursor, ended at `to`; edge: the first atom without room. */
static int64_t cost_of(const struct best *best, const struct cursor *c, uint32_t to, int32_t room_mp,
                       const struct stretch *stretch, uint32_t edge) {
    bool ends = to == best->end;
    const int32_t slack = room_mp - c->ink_mp;
    int64_t cost = 0;
    if (slack < 0) {
        cost = tightness(c, -slack, is_due(best, c, to, edge));
    } else if (!ends) {
        cost = looseness(c->p, slack, stretch);
    }
    if (!ends && !atom_is(&c->p->atoms[to - 1], ATOM_BREAK)) {
        cost += hyphen_behind(best, to - 1) == 0 ? SOFT_COST : PARTED_COST;
    }
    if (!ends && c->p->atoms[to - 1].loath) {
        cost += LOATH_COST;
    }
    if (ends && c->first != best->first && text_weigh(c->p, c->first, to) == 1) {
        cost += LONELY_COST;
    }
    return cost;
}

/* Lines from one node: to all ends that fill two thirds of the room; else to the last that fits; else to one that
 * breaks something unbreakable. */
static void spread(struct best *best, uint32_t from) {
    const struct paragraph *p = best->b->p;
    const uint32_t first = best->first + from / best->ways, in_row = parted_in_row(best, from);
    const int32_t room = breaker_room(best->b, first);
    struct cursor c = cursor_at(p, first, text_keeps_opening(p, first));
    uint32_t short_end = 0;
    int64_t short_cost = 0;
    struct stretch stretch = {0};
    uint32_t edge = best->end;
    bool any = false;
    for (uint32_t i = first; i < best->end; i++) {
        cursor_step(&c, i);
        if (c.ink_mp - c.ink_capacity_mp > room) {
            break;
        }
        if (c.ink_mp > room && edge == best->end) {
            edge = i;
        }
        const struct cursor *at = &c;
        struct cursor parted;
        const int32_t hyphen = in_row < MOST_PARTED ? hyphen_behind(best, i) : 0;
        if (hyphen > 0) {
            parted = c;
            parted.ink_mp += hyphen;
            at = &parted;
        }
        bool ends = i + 1 == best->end;
        bool place = ends || (p->atoms[i].flags & (ATOM_BREAK | ATOM_SOFT)) ||
                     (hyphen > 0 && parted.ink_mp - parted.ink_capacity_mp <= room);
        if (place && (ends || at->ink_mp >= room - room / 3)) {
            const int64_t again = hyphen > 0 && in_row > 0 ? AGAIN_COST : 0;
            reach(best, from, i + 1 - best->first, again + cost_of(best, at, i + 1, room, &stretch, edge), false);
            any = true;
        } else if (place) {
            short_end = i + 1;
            short_cost = cost_of(best, at, i + 1, room, &stretch, edge);
        }
        stretch_step(&stretch, p, i);
    }
    if (any) {
        return;
    }
    if (short_end) {
        reach(best, from, short_end - best->first, short_cost, false);
        return;
    }
    bool torn = false;
    const struct candidate at = breaker_fill(best->b, first, &torn);
    reach(best, from, (at.end < best->end ? at.end : best->end) - best->first, TORN_COST, true);
}

/* The hyphens of the passage's words, by atom; NULL: none may be parted. torn: something is wider than a line, so the last word counts
 * too. */
static const int32_t *find_hyphens(const struct best *best, bool torn) {
    const struct paragraph *p = best->b->p;
    int32_t *hyphens = ARENA_ARRAY(best->b->arena, int32_t, best->end - best->first);
    bool any = false;
    for (uint32_t i = best->first; i < best->end; i++) {
        const struct parts parts = text_parts(p, i);
        if (parts.places == 0 || (!torn && text_ends_with(p, parts.end))) {
            continue;
        }
        any = true;
        for (; i + 1 < parts.end; i++) {
            hyphens[i - best->first] = parts_at(p, &parts, i) ? text_hyphen(p, i).advance_mp : 0;
        }
    }
    best->b->lines->lacks_hyphens |= hyphens_lacking(p->hyphens);
    return any ? hyphens : NULL;
}

/* The ends of the chosen lines, last first; gives back their count. */
static size_t trace_back(const struct best *best, uint32_t *ends) {
    size_t count = 0;
    for (uint32_t at = (best->end - best->first) * best->ways; at > 0; at = best->nodes[at].from) {
        ends[count++] = best->first + at / best->ways;
    }
    return count;
}

/* The lines of the passage, last first; *torn: something unbreakable was broken. */
static size_t choose(struct best *best, struct candidate *lines, bool *torn) {
    const struct breaker *b = best->b;
    const uint32_t places = best->end - best->first;
    best->ways = best->hyphens != NULL ? MOST_PARTED : 1;
    best->nodes = ARENA_ARRAY(b->arena, struct node, (size_t)(places + 1) * best->ways);
    best->nodes[0].reached = true;
    for (uint32_t from = 0; from < places * best->ways; from++) {
        if (best->nodes[from].reached) {
            spread(best, from);
        }
    }
    *torn = best->nodes[places * best->ways].torn;
    uint32_t *ends = ARENA_ARRAY(b->arena, uint32_t, places);
    const size_t count = trace_back(best, ends);
    for (size_t i = count, from = best->first; i-- > 0; from = ends[i]) {
        struct cursor c = text_measure(b->p, (uint32_t)from, ends[i], text_keeps_opening(b->p, (uint32_t)from));
        const int32_t hyphen = hyphen_behind(best, ends[i] - 1);
        lines[i] = cursor_candidate(&c, ends[i], ends[i] == best->end, breaker_room(b, (uint32_t)from));
        lines[i].width_mp += hyphen;
        lines[i].parts = hyphen > 0;
    }
    return count;
}

static bool any_loose(const struct best *best, const struct candidate *lines, size_t count) {
    bool loose = false;
    for (size_t i = count, from = best->first; i-- > 1; from = lines[i].end) {
        loose = loose || text_is_loose(best->b->p, (uint32_t)from, &lines[i], breaker_room(best->b, (uint32_t)from));
    }
    return loose;
}

void breaker_fill_best(struct breaker *b, uint32_t first, uint32_t end) {
    struct candidate *lines = ARENA_ARRAY(b->arena, struct candidate, end - first);
    const struct arena_mark mark = arena_mark(b->arena);
    struct best best = {.b = b, .first = first, .end = end};
    bool torn;
    size_t count = choose(&best, lines, &torn);
    if (b->p->hyphens != NULL && (torn || any_loose(&best, lines, count))) {
        best.hyphens = find_hyphens(&best, torn);
        count = best.hyphens != NULL ? choose(&best, lines, &torn) : count;
    }
    arena_release(b->arena, mark);
    b->lines->overflows = b->lines->overflows || torn;
    for (uint32_t from = first; count-- > 0; from = lines[count].end) {
        breaker_add(b, from, lines[count]);
    }
}
