/* parted.c: words of Latin text that a line's end parts.
 *
 * Nothing is asked before a line is chosen that is loose without it (fill.c, best.c): text that needs no hyphen doesn't pay for
 * them. A word is letters between blanks, with quotes, brackets and marks beside them; whatever touches a digit, a solidus, @ or another
 * hyphen is an address, a code or a compound, and stays whole. So does a name: a capital elsewhere than at a sentence's beginning, where
 * not all of the paragraph is set in capitals. */
#include "base/length.h"
#include "base/utf8.h"
#include "text/engine.h"
#include "text/hyphens.h"
#include "text/lines.h"

/* --- Latin text ----------------------------------------------------------------------------------------------------- */

void text_find_latin(struct text_engine *engine, struct paragraph *p) {
    size_t words = 0, chinese = 0;
    for (size_t i = 0; i < p->count; i++) {
        chinese += p->atoms[i].kind == CLASS_HAN;
        words += p->atoms[i].kind == CLASS_LATIN && (i == 0 || p->atoms[i - 1].kind != CLASS_LATIN);
    }
    p->is_latin = words > chinese;
    if (p->is_latin && p->style->hyphenation && p->style->align == ALIGN_JUSTIFY && p->style->grid_mp == 0) {
        p->hyphens = engine_hyphens(engine);
    }
}

struct hyphen text_hyphen(const struct paragraph *p, uint32_t atom) {
    const struct text_run *run = &p->runs[p->atoms[atom].run];
    const uint16_t glyph = face_glyph(run->face, '-', 0);
    return (struct hyphen){glyph, mp_scale(face_advance(run->face, glyph), run->style->size_mp, 1000)};
}

/* --- a word that may be parted -------------------------------------------------------------------------------------- */

static uint8_t kind_at(const struct paragraph *p, size_t i) {
    return i < p->count ? p->atoms[i].kind : CLASS_NEWLINE; /* before the first atom the index is a huge one */
}

static uint32_t code_point_of(const struct paragraph *p, size_t i) {
    size_t at = p->atoms[i].offset;
    return utf8_next(p->text, &at);
}

static bool is_quote(const struct paragraph *p, size_t i) {
    const uint8_t kind = kind_at(p, i);
    return kind == CLASS_WEST_OPEN || kind == CLASS_WEST_CLOSE || kind == CLASS_OPEN || kind == CLASS_CLOSE;
}

static bool is_blank(uint8_t kind) {
    return kind == CLASS_SPACE || kind == CLASS_GAP || kind == CLASS_WIDE_SPACE || kind == CLASS_NEWLINE ||
           kind == CLASS_TAB;
}

/* Between words without blanks: —, ——, … */
static bool is_dash(uint8_t kind) {
    return kind == CLASS_DASH || kind == CLASS_CONNECTOR || kind == CLASS_ELLIPSIS;
}

static bool is_mark(uint8_t kind) {
    return kind == CLASS_POINT || kind == CLASS_COMMA || kind == CLASS_STOP || kind == CLASS_EXCLAIM;
}

static bool begins_well(const struct paragraph *p, size_t before) {
    return is_blank(kind_at(p, before)) || is_quote(p, before) || is_dash(kind_at(p, before));
}

static bool ends_well(const struct paragraph *p, size_t behind) {
    while (is_quote(p, behind) || is_mark(kind_at(p, behind))) {
        behind++;
    }
    return is_blank(kind_at(p, behind)) || is_dash(kind_at(p, behind));
}

static struct str text_between(const struct paragraph *p, size_t first, size_t end) {
    return str_slice(p->text, paragraph_offset(p, first), paragraph_offset(p, end));
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool has_small_letters(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] >= 'a' && text.p[i] <= 'z') {
            return true;
        }
    }
    return false;
}

/* Mr., Prof.: its point ends no sentence. */
static bool is_title(const struct paragraph *p, size_t point) {
    enum { LONGEST = 4 };
    size_t first = point;
    while (point - first <= LONGEST && kind_at(p, first - 1) == CLASS_LATIN) {
        first--;
    }
    return first < point && point - first <= LONGEST && is_capital(p->text.p[p->atoms[first].offset]);
}

static bool begins_sentence(const struct paragraph *p, size_t first) {
    size_t before = first - 1;
    while (is_quote(p, before) || kind_at(p, before) == CLASS_SPACE) {
        before--;
    }
    const uint8_t kind = kind_at(p, before);
    if (kind != CLASS_POINT) {
        return kind == CLASS_NEWLINE || kind == CLASS_STOP || kind == CLASS_EXCLAIM;
    }
    const uint32_t mark = code_point_of(p, before);
    return mark == '!' || mark == '?' || (mark == '.' && !is_title(p, before));
}

static bool is_name(const struct paragraph *p, size_t first, struct str word) {
    bool inside = false;
    for (size_t i = 1; i < word.n; i++) {
        inside = inside || is_capital(word.p[i]);
    }
    if (!inside && (!is_capital(word.p[0]) || begins_sentence(p, first))) {
        return false;
    }
    return has_small_letters(p->text);
}

/* The atoms of the word, all of them glyphs of one face and style. False: they aren't. Of a longer word than may be parted it finds some. */
static bool find_word(const struct paragraph *p, uint32_t i, uint32_t *first, uint32_t *end) {
    if (kind_at(p, i) != CLASS_LATIN) {
        return false;
    }
    for (*first = i; *first > 0 && i - *first <= HYPHENS_LONGEST && kind_at(p, *first - 1) == CLASS_LATIN;) {
        --*first;
    }
    for (*end = i + 1; *end - i <= HYPHENS_LONGEST && kind_at(p, *end) == CLASS_LATIN;) {
        ++*end;
    }
    for (uint32_t k = *first; k < *end; k++) {
        const struct atom *atom = &p->atoms[k];
        if (atom->run != p->atoms[i].run ||
            (atom->flags & (ATOM_HIDDEN | ATOM_NO_GLYPH | ATOM_MISSING | ATOM_BACKWARDS))) {
            return false;
        }
    }
    return true;
}

struct parts text_parts(const struct paragraph *p, uint32_t i) {
    const struct parts parts = {0};
    uint32_t first, end;
    if (p->hyphens == NULL || !find_word(p, i, &first, &end) || !begins_well(p, (size_t)first - 1) ||
        !ends_well(p, end)) {
        return parts;
    }
    const struct str word = text_between(p, first, end);
    if (end - first < HYPHENS_LEAST_LETTERS / 2 || is_name(p, first, word) || text_hyphen(p, first).glyph == 0) {
        return parts;
    }
    return (struct parts){first, end, hyphens_of(p->hyphens, word)};
}

bool parts_at(const struct paragraph *p, const struct parts *parts, uint32_t i) {
    if (i < parts->first || i + 1 >= parts->end || atom_is(&p->atoms[i + 1], ATOM_CONTINUES)) {
        return false;
    }
    const uint32_t behind = p->atoms[i + 1].offset - p->atoms[parts->first].offset;
    return behind <= HYPHENS_LONGEST && (parts->places >> behind & 1) != 0;
}

struct atom_range text_parted(const struct paragraph *p, uint32_t i) {
    struct atom_range range = {i, i};
    while (range.first > 0 && kind_at(p, range.first - 1) == CLASS_LATIN) {
        range.first--;
    }
    while (range.end < p->count && p->atoms[range.end].run == p->atoms[i].run &&
           !(p->atoms[range.end].flags & (ATOM_SPACE | ATOM_HIDDEN | ATOM_NO_GLYPH)) &&
           (range.end == i || !(p->atoms[range.end - 1].flags & (ATOM_BREAK | ATOM_FORCED)))) {
        range.end++;
    }
    return range;
}
