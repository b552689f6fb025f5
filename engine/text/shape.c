/* shape.c: spans become a paragraph of atoms.
 *
 *     spans ─► one text ─► characters.c, a span at a time ─► atoms
 *           ─► survey ─► space.c: pairs ─► places.c: line ends ─► ruby.c: pinyin
 *
 * The invariants are those of paragraph.h: 1 offsets don't descend, 2 every byte belongs to an atom. */
#include "text/shape_internal.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

#define BIT(kind) (UINT64_C(1) << (kind))

/* A field keeps room for its sample text, or for three of the widest digit. */
static void shape_field(struct shaper *s, uint32_t at) {
    const struct glyph_info *zero = chain_cache_lookup(s->cache, '0');
    const size_t digits = s->span->text.n ? utf8_count(s->span->text) : 3;
    int32_t widest = 0;
    for (uint32_t digit = '0'; digit <= '9'; digit++) {
        const int32_t advance = shaper_em(s, chain_cache_lookup(s->cache, digit)->advance);
        widest = advance > widest ? advance : widest;
    }
    struct paragraph *p = s->paragraph;
    struct atom *atom = shaper_push(s, at, at, CLASS_DIGIT);
    atom->flags = ATOM_NO_GLYPH | ATOM_FIELD;
    atom->advance_mp = widest * (int32_t)digits;
    ARENA_GROW(s->arena, p->runs, p->run_count, p->run_capacity);
    p->runs[p->run_count] = (struct text_run){s->span->style, chain_cache_face(s->cache, zero->face), s->span};
    atom->run = (uint32_t)p->run_count++;
}

static void add_ruby(struct shaper *s, size_t first) {
    struct paragraph *p = s->paragraph;
    ARENA_GROW(s->arena, p->rubies, p->ruby_count, p->ruby_capacity);
    p->rubies[p->ruby_count++] =
        (struct ruby){.first = (uint32_t)first, .end = (uint32_t)p->count, .text = s->span->ruby};
}

static void shape_span(struct shaper *s, const struct text_span *span, uint32_t from, uint32_t to) {
    s->span = span;
    s->text = str_slice(s->paragraph->text, 0, to);
    s->cache = engine_chain(s->engine, &span->style->chain);
    if (span->field != FIELD_NONE) {
        shape_field(s, from);
        return;
    }
    const size_t first = s->paragraph->count;
    uint32_t at = from;
    while (at < to) {
        at = shaper_character(s, at);
    }
    assert(at == to); /* invariant 2: the span's atoms are of its bytes */
    if (span->ruby.n > 0 && s->paragraph->count > first) {
        add_ruby(s, first);
    }
}

/* One text of all spans, valid UTF-8, with a byte behind its end; ends[i] is the offset behind span i. */
static struct str join_spans(struct arena *arena, struct text_span *spans, size_t count, uint32_t *ends) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        spans[i].text = utf8_repair(arena, spans[i].text);
        total += spans[i].field == FIELD_NONE ? spans[i].text.n : 0;
        ends[i] = (uint32_t)total;
    }
    char *bytes = arena_alloc(arena, total + 1);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].field != FIELD_NONE || spans[i].text.n == 0) {
            continue;
        }
        memcpy(bytes + at, spans[i].text.p, spans[i].text.n);
        at += spans[i].text.n;
    }
    return (struct str){bytes, total};
}

/* Characters that no face has for the pinyin are missing from the paragraph too. */
static void add_missing_above(struct shaper *s) {
    for (size_t i = 0; i < s->paragraph->ruby_count; i++) {
        const struct missing *missing = paragraph_missing(s->paragraph->rubies[i].above);
        for (size_t k = 0; k < missing->count; k++) {
            shaper_add_missing(s, missing->code_points[k]);
        }
    }
}

/* Finds out what kinds of atoms there are, and makes leaders: a tab fills with dots when a field, the number of a
 * page, follows in its line. */
static void survey(struct paragraph *p) {
    uint64_t kinds = 0;
    unsigned flags = 0;
    bool field = false;
    size_t next = p->text.n; /* offset of the atom behind */
    for (size_t i = p->count; i-- > 0;) {
        struct atom *atom = &p->atoms[i];
        assert(atom->offset <= next || atom_is(atom, ATOM_BACKWARDS)); /* invariant 1 */
        next = atom->offset;
        kinds |= BIT(atom->kind);
        flags |= atom->flags;
        if (atom->kind == CLASS_NEWLINE) {
            field = false;
        }
        field = field || atom_is(atom, ATOM_FIELD);
        if (atom->kind != CLASS_TAB || !(field || p->style->leaders)) {
            continue;
        }
        atom->flags |= ATOM_LEADER;
        atom->advance_mp = 2 * p->runs[atom->run].style->size_mp;
        field = false;
    }
    p->has_letters = kinds & BIT(CLASS_LATIN);
    p->has_other = kinds & BIT(CLASS_OTHER);
    p->has_tabs = kinds & BIT(CLASS_TAB);
    p->has_spaces = kinds & BIT(CLASS_SPACE);
    p->has_marks = kinds & (BIT(CLASS_OPEN) | BIT(CLASS_CLOSE));
    p->has_backwards = flags & ATOM_BACKWARDS;
    p->is_name = kinds == (BIT(CLASS_HAN) | BIT(CLASS_MIDDOT));
}

struct paragraph *text_shape(struct text_engine *engine, struct arena *arena, const struct text_span *spans,
                             size_t count, const struct text_style *style) {
    struct paragraph *p = ARENA_NEW(arena, struct paragraph);
    struct text_span *copy = arena_copy(arena, spans, count * sizeof *spans);
    uint32_t *ends = ARENA_ARRAY(arena, uint32_t, count);
    p->style = style;
    p->spans = copy;
    p->span_count = count;
    p->text = join_spans(arena, copy, count, ends);
    p->characters = utf8_count_valid(p->text);
    p->capacity = p->characters + count;
    p->atoms = ARENA_ARRAY(arena, struct atom, p->capacity);

    struct shaper shaper = {.engine = engine, .arena = arena, .paragraph = p};
    for (size_t i = 0; i < count; i++) {
        shape_span(&shaper, &copy[i], i ? ends[i - 1] : 0, ends[i]);
    }
    survey(p);
    if (p->has_letters) {
        text_find_latin(engine, p);
    }
    text_space_pairs(engine, p);
    text_mark_breaks(engine, p);
    text_shape_rubies(engine, arena, p);
    add_missing_above(&shaper);
    return p;
}

const struct missing *paragraph_missing(const struct paragraph *paragraph) {
    return &paragraph->missing;
}

bool paragraph_has_backwards(const struct paragraph *paragraph) {
    return paragraph->has_backwards;
}

uint32_t paragraph_control(const struct paragraph *paragraph) {
    return paragraph->control;
}

size_t paragraph_characters(const struct paragraph *paragraph) {
    return paragraph->characters;
}
