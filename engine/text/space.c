/* space.c: the space between two neighbours, added or dropped.
 *
 * Marks: 。，（ and the like are one em wide, half of it blank. Where two meet, the blank between them is dropped,
 * so that brackets hug their content (clreq 3.1.6.2). An even number of ？ and ！ takes half an em each, an odd
 * number half an em more. The blank at a line's ends isn't decided here, but in break.c and emit.c, which know the
 * lines.
 *
 *     ，（   1 em + 1 em, two blank halves between     ─►  ，（  1.5 em        。”  ─►  1.5 em        （“  ─►  1.5 em
 *
 * Chinese and Latin: a quarter em, unless a typed space stands there, which then is that quarter em (clreq 3.2.2).
 * The space between a number and its unit (12 km) is as wide as typed in every line, and no line ends there.
 *
 * On a grid (GB/T 9704) a Chinese character is as wide as the pitch, digits and signs half of it; text between two
 * Chinese characters is filled up to whole cells; nothing else is added or dropped. */
#include "text/engine.h"
#include "text/paragraph.h"

#define NONE SIZE_MAX

static int32_t size_of(const struct paragraph *p, const struct atom *atom) {
    return p->runs[atom->run].style->size_mp;
}

static void take_blank(struct atom *atom) {
    atom->advance_mp -= atom->blank_mp;
    if (atom->kind == CLASS_OPEN) {
        atom->shift_mp -= atom->blank_mp;
    }
    atom->blank_mp = 0;
}

static bool is_chinese(uint8_t kind) {
    return kind == CLASS_HAN || kind == CLASS_WIDE;
}

static bool is_western(uint8_t kind) {
    return kind == CLASS_DIGIT || kind == CLASS_LATIN;
}

/* A hyphen or solidus beside a Chinese character stands in a box of half an em; between Latin ones it is as typed. */
static void box_connector(const struct paragraph *p, struct atom *atom) {
    const int32_t half = size_of(p, atom) / 2;
    if (atom->advance_mp >= 2 * half) {
        return;
    }
    atom->shift_mp += (half - atom->advance_mp) / 2;
    atom->advance_mp = half;
}

static bool wants_box(const struct paragraph *p, size_t before, size_t connector, size_t behind) {
    const uint8_t kind = p->atoms[connector].kind;
    if (kind != CLASS_HYPHEN && kind != CLASS_SOLIDUS) {
        return false;
    }
    return (before != NONE && is_chinese(p->atoms[before].kind)) ||
           (behind != NONE && is_chinese(p->atoms[behind].kind));
}

static bool is_blank_space(uint8_t kind) {
    return kind == CLASS_SPACE || kind == CLASS_GAP || kind == CLASS_WIDE_SPACE || kind == CLASS_CUT;
}

/* The two neighbours of a place, and the atoms around them that matter. */
struct meeting {
    size_t before; /* of first; NONE: there is none */
    size_t first, second;
    size_t solid; /* the last one up to `first` that isn't a space */
};

/* A line may end at a space, unless the character behind may not begin one, or the one before may not end one. */
static bool breaks_behind_space(const struct paragraph *p, const struct meeting *m) {
    if (!class_begins_line((enum char_class)p->atoms[m->second].kind)) {
        return false;
    }
    return m->solid == NONE || class_ends_line((enum char_class)p->atoms[m->solid].kind);
}

/* A single typed space between Chinese and Latin becomes their gap. */
static void turn_into_gap(const struct pair_table *pairs, struct paragraph *p, const struct meeting *m) {
    struct atom *space = &p->atoms[m->first];
    if (m->before == NONE || space->kind != CLASS_SPACE) {
        return;
    }
    if (!(pairs->flags[p->atoms[m->before].kind][p->atoms[m->second].kind] & PAIR_GAP)) {
        return;
    }
    space->kind = CLASS_GAP;
    space->advance_mp = size_of(p, space) / 4;
    space->blank_mp = size_of(p, space) / 8;
}

/* --- units -------------------------------------------------------------------------------------------------------- */

static bool is_unit(struct str word) {
    static const char *const units[] = {
        "m",    "km",   "dm",   "cm",  "mm",  "μm",  "nm",  "m²",  "km²", "cm²", "mm²",  "m³",   "cm³", "ha",
        "g",    "kg",   "mg",   "t",   "L",   "l",   "mL",  "ml",  "d",   "h",   "min",  "s",    "ms",  "Hz",
        "kHz",  "MHz",  "GHz",  "W",   "kW",  "kWh", "V",   "kV",  "A",   "mA",  "mAh",  "J",    "kJ",  "cal",
        "kcal", "Pa",   "kPa",  "hPa", "MPa", "N",   "K",   "dB",  "B",   "KB",  "kB",   "MB",   "GB",  "TB",
        "bit",  "kbps", "Mbps", "pt",  "px",  "em",  "dpi", "ppi", "rpm", "mol", "mmHg", "mmol", "lx",
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(word, units[i])) {
            return true;
        }
    }
    return false;
}

static bool begins_with_unit(const struct paragraph *p, size_t first) {
    size_t end = first;
    while (end < p->count && p->atoms[end].kind == CLASS_LATIN) {
        end++;
    }
    bool goes_on = end < p->count && p->atoms[end].kind == CLASS_DIGIT;
    return !goes_on && is_unit(str_slice(p->text, p->atoms[first].offset, paragraph_offset(p, end)));
}

/* 12 km, 25 ℃, 47 %: is the first of the two the space before a unit? */
static bool is_before_unit(const struct paragraph *p, const struct meeting *m) {
    const uint8_t space = p->atoms[m->first].kind;
    const uint8_t unit = p->atoms[m->second].kind;
    if ((space != CLASS_SPACE && space != CLASS_GLUE) || m->before == NONE || p->atoms[m->before].kind != CLASS_DIGIT) {
        return false;
    }
    return unit == CLASS_POSTFIX || unit == CLASS_WIDE_POSTFIX ||
           (unit == CLASS_LATIN && begins_with_unit(p, m->second));
}

static void settle_pair(const struct pair_table *pairs, struct paragraph *p, const struct meeting *m, bool grid) {
    struct atom *first = &p->atoms[m->first];
    struct atom *second = &p->atoms[m->second];
    struct atom *place = second - 1; /* hidden atoms may follow `first`: breaks and gaps are behind them */
    if (is_before_unit(p, m)) {
        first->kind = CLASS_UNIT_SPACE;
        first->blank_mp = 0;
    }
    const unsigned flags = pairs->flags[first->kind][second->kind];
    bool breaks = flags & PAIR_BREAK;
    if (is_blank_space(first->kind)) {
        breaks = breaks_behind_space(p, m);
    }
    if (p->style->strict && (second->kind == CLASS_DASH || second->kind == CLASS_ELLIPSIS)) {
        breaks = false;
    }
    if (breaks) {
        place->flags |= ATOM_BREAK;
    }
    if (flags & PAIR_STRETCH) {
        place->flags |= ATOM_STRETCH;
    }
    if (wants_box(p, m->before, m->first, m->second)) {
        box_connector(p, first);
    }
    if (grid) {
        return;
    }
    if (flags & PAIR_GAP) {
        const int32_t smaller = size_of(p, first) < size_of(p, second) ? size_of(p, first) : size_of(p, second);
        place->gap_mp = smaller / 4;
    }
    if (class_has_blank((enum char_class)first->kind) && is_western(second->kind)) {
        first->flags |= ATOM_TIGHT;
    }
    turn_into_gap(pairs, p, m);
    if (flags & PAIR_HALVE_FIRST) {
        take_blank(first);
        if (second->kind == CLASS_OPEN) {
            second->flags |= ATOM_HUGGED;
        }
    }
    if (flags & PAIR_HALVE_SECOND) {
        take_blank(second);
    }
}

/* A word space may shrink to a quarter em; an even number of ？ and ！ drops its last blank too. */
static void settle_single(struct paragraph *p, size_t at, size_t *exclaims) {
    struct atom *atom = &p->atoms[at];
    if (atom->kind == CLASS_SPACE) {
        const int32_t least = size_of(p, atom) / 4;
        atom->blank_mp = atom->advance_mp > least ? atom->advance_mp - least : 0;
    }
    *exclaims = atom->kind == CLASS_EXCLAIM ? *exclaims + 1 : 0;
}

static void end_exclaims(struct paragraph *p, size_t last, size_t exclaims) {
    if (exclaims && exclaims % 2 == 0) {
        take_blank(&p->atoms[last]);
    }
}

/* --- the grid ----------------------------------------------------------------------------------------------------- */

static void put_in_cell(struct atom *atom, int32_t cell_mp) {
    atom->shift_mp += (cell_mp - atom->advance_mp) / 2;
    atom->advance_mp = cell_mp;
}

/* Is the atom or the one behind it a space? A reader takes what is filled between them for one anyhow. */
static bool are_blank(const struct paragraph *p, size_t i) {
    return is_blank_space(p->atoms[i].kind) || is_blank_space(p->atoms[i + 1].kind);
}

/* Atoms [from, to) between Chinese characters are filled up to whole cells, half of the space on each side. */
static void fill_cells(struct paragraph *p, size_t from, size_t to, int32_t width_mp, int32_t grid_mp) {
    const int32_t over = width_mp % grid_mp;
    if (to == from || over == 0) {
        return;
    }
    for (size_t i = from; i < to; i++) {
        p->atoms[i].shift_mp += (grid_mp - over) / 2;
    }
    p->atoms[to - 1].advance_mp += grid_mp - over;
    p->atoms[to - 1].filled = to < p->count && !are_blank(p, to - 1);
    if (from > 0) {
        p->atoms[from - 1].filled = !are_blank(p, from - 1);
    }
}

static void set_on_grid(struct paragraph *p) {
    size_t narrow_from = 0;
    int32_t narrow_mp = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct atom *atom = &p->atoms[i];
        const int32_t grid = p->runs[atom->run].style->grid_mp ? p->runs[atom->run].style->grid_mp : p->style->grid_mp;
        const int32_t em = size_of(p, atom);
        bool latin = class_is_western((enum char_class)atom->kind); /* @ and W are wide, and stay in their word */
        bool wide = atom->advance_mp >= em * 9 / 10 && !atom_is(atom, ATOM_CONTINUES) && !latin;
        bool flexible = atom_is(atom, ATOM_FORCED | ATOM_FIELD | ATOM_LEADER) || atom->kind == CLASS_TAB;
        if (wide && !flexible) {
            put_in_cell(atom, (atom->advance_mp + em / 2) / em * grid);
        } else if (!flexible && (atom->kind == CLASS_DIGIT || atom->kind == CLASS_MIDDOT)) {
            put_in_cell(atom, grid / 2);
        }
        narrow_mp += wide || flexible ? 0 : atom->advance_mp;
        if (!wide && !flexible && i + 1 < p->count) {
            continue;
        }
        const size_t narrow_to = wide || flexible ? i : i + 1;
        fill_cells(p, narrow_from, narrow_to, narrow_mp, grid);
        narrow_from = i + 1;
        narrow_mp = 0;
    }
}

void text_space_pairs(const struct text_engine *engine, struct paragraph *p) {
    const struct pair_table *pairs = engine_pairs(engine);
    bool grid = p->style->grid_mp > 0;
    struct meeting m = {NONE, NONE, NONE, NONE};
    size_t exclaims = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct atom *atom = &p->atoms[i];
        if (atom_is(atom, ATOM_CONTINUES) || (atom_is(atom, ATOM_HIDDEN) && atom->kind == CLASS_INVISIBLE)) {
            continue;
        }
        m.second = i;
        if (atom->kind != CLASS_EXCLAIM) {
            end_exclaims(p, m.first, exclaims);
        }
        settle_single(p, i, &exclaims);
        if (m.first != NONE) {
            settle_pair(pairs, p, &m, grid);
        }
        m.before = m.first;
        m.first = i;
        if (!is_blank_space(atom->kind)) {
            m.solid = i;
        }
    }
    end_exclaims(p, m.first, exclaims);
    if (m.first != NONE && wants_box(p, m.before, m.first, NONE)) {
        box_connector(p, &p->atoms[m.first]);
    }
    if (grid) {
        set_on_grid(p);
    }
}
