/* shape.c: spans become atoms.
 *
 * A Chinese character costs one look-up in the chain's table and one atom. Words of letters go through HarfBuzz's
 * cache, pairs of dashes too. Classes that depend on neighbours are resolved here; what two neighbours do to each other
 * is space.c's. */
#include "base/utf8.h"
#include "text/engine.h"
#include "text/paragraph.h"

#include <hb.h>
#include <string.h>

#define BIT(kind) (UINT64_C(1) << (kind))

struct shaper {
    struct text_engine *engine;
    struct arena *arena;
    struct paragraph *paragraph;
    const struct text_span *span;
    struct chain_cache *cache;
    struct str text;               /* up to the end of the span */
    bool open_double, open_single; /* straight quotes: the next one closes */
};

/* The text is valid UTF-8 here. */
static inline uint32_t next_code_point(struct str text, uint32_t *at) {
    const uint8_t *p = (const uint8_t *)text.p + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if ((p[0] & 0xF0) == 0xE0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (uint32_t)(p[2] & 0x3F);
    }
    size_t offset = *at;
    const uint32_t code_point = utf8_next(text, &offset);
    *at = (uint32_t)offset;
    return code_point;
}

static uint32_t peek(const struct shaper *s, uint32_t at) {
    return at < s->text.n ? next_code_point(s->text, &at) : 0;
}

static int32_t em(const struct shaper *s, int32_t thousandths) {
    const int64_t product = (int64_t)thousandths * s->span->style->size_mp;
    return (int32_t)((product + (product < 0 ? -500 : 500)) / 1000);
}

static uint32_t add_run(struct shaper *s, const struct face *face) {
    struct paragraph *p = s->paragraph;
    ARENA_GROW(s->arena, p->runs, p->run_count, p->run_capacity);
    p->runs[p->run_count] = (struct text_run){.style = s->span->style, .face = face};
    return (uint32_t)p->run_count++;
}

static inline uint32_t run_of(struct shaper *s, const struct face *face) {
    const struct paragraph *p = s->paragraph;
    if (p->run_count) {
        const struct text_run *last = &p->runs[p->run_count - 1];
        if (last->face == face && last->style == s->span->style && last->span == NULL) {
            return (uint32_t)p->run_count - 1;
        }
    }
    return add_run(s, face);
}

static struct atom *push(struct shaper *s, uint32_t from, uint32_t to, enum char_class kind) {
    struct paragraph *p = s->paragraph;
    if (p->count == p->capacity) {
        ARENA_GROW(s->arena, p->atoms, p->count, p->capacity);
    }
    struct atom *atom = &p->atoms[p->count++];
    *atom = (struct atom){.offset = from, .bytes = (uint16_t)(to - from), .kind = (uint8_t)kind};
    return atom;
}

static void note_missing(struct shaper *s, uint32_t code_point) {
    struct missing *missing = &s->paragraph->missing;
    for (size_t i = 0; i < missing->count; i++) {
        if (missing->code_points[i] == code_point) {
            return;
        }
    }
    ARENA_GROW(s->arena, missing->code_points, missing->count, s->paragraph->missing_capacity);
    missing->code_points[missing->count++] = code_point;
}

static bool is_space(enum char_class kind) {
    return kind == CLASS_SPACE || kind == CLASS_WIDE_SPACE;
}

/* A character that needs no context. */
static void push_plain(struct shaper *s, uint32_t from, uint32_t to, uint32_t code_point, const struct glyph_info *info,
                       enum char_class kind) {
    struct atom *atom = push(s, from, to, kind);
    atom->run = run_of(s, chain_cache_face(s->cache, info->face));
    if (kind == CLASS_GLUE && info->advance == 0) { /* a word joiner */
        atom->flags = ATOM_HIDDEN | ATOM_NO_GLYPH;
        return;
    }
    atom->glyph = info->glyph;
    atom->advance_mp = em(s, info->advance) + s->span->style->letter_space_mp;
    atom->shift_mp = em(s, info->shift);
    atom->blank_mp = em(s, info->blank);
    if (is_space(kind)) {
        atom->flags |= ATOM_SPACE;
    }
    if (info->missing) {
        atom->flags |= ATOM_MISSING;
        note_missing(s, code_point);
    } else if (info->glyph == 0) {
        atom->flags |= ATOM_NO_GLYPH;
    }
}

/* Controls, and what would turn the direction of what follows. Joiners and marks of a language are no controls. */
static bool is_control(uint32_t code_point) {
    return (code_point < 0x20 && code_point != '\r') || (code_point >= 0x7F && code_point < 0xA0) ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

static void push_hidden(struct shaper *s, uint32_t from, uint32_t to, enum char_class kind) {
    struct atom *atom = push(s, from, to, kind);
    atom->flags = ATOM_HIDDEN | ATOM_NO_GLYPH;
    if (kind == CLASS_NEWLINE) {
        atom->flags |= ATOM_FORCED;
    }
    if (kind == CLASS_TAB) {
        atom->flags = ATOM_NO_GLYPH;
    }
    atom->run = run_of(s, chain_cache_face(s->cache, 0));
}

/* A variation selector belongs to the character before it. */
static void apply_selector(struct shaper *s, uint32_t from, uint32_t to, uint32_t selector) {
    struct paragraph *p = s->paragraph;
    struct atom *atom = p->count ? &p->atoms[p->count - 1] : NULL;
    if (atom == NULL || atom->offset + atom->bytes != from ||
        (atom->flags & (ATOM_NO_GLYPH | ATOM_MISSING | ATOM_BACKWARDS))) {
        push_hidden(s, from, to, CLASS_INVISIBLE);
        return;
    }
    uint32_t at = atom->offset;
    const uint16_t variant = face_glyph(p->runs[atom->run].face, next_code_point(s->text, &at), selector);
    if (variant) {
        atom->glyph = variant;
    }
    atom->bytes = (uint16_t)(atom->bytes + (to - from));
}

static bool is_letter_like(enum char_class kind) {
    return kind == CLASS_LATIN || kind == CLASS_COMBINING || kind == CLASS_OTHER;
}

/* Is the apostrophe before `at` inside a word? */
static bool joins_letters(const struct shaper *s, uint32_t code_point, uint32_t at) {
    return (code_point == '\'' || code_point == 0x2019) && at < s->text.n && class_of(peek(s, at)) == CLASS_LATIN;
}

/* Does a mark that lies over the character before it begin at `at`: U+0300 to U+036F, U+3099 and U+309A? Asked of every character, so by its
 * first byte; the paragraph's text has a byte more than its length. */
static inline bool mark_follows(const struct shaper *s, uint32_t at) {
    const uint8_t first = (uint8_t)s->text.p[at];
    if (first != 0xCC && first != 0xCD && first != 0xE3) {
        return false;
    }
    return at < s->text.n &&
           (first != 0xE3 || (at + 2 < s->text.n && (uint8_t)s->text.p[at + 1] == 0x82 &&
                              ((uint8_t)s->text.p[at + 2] == 0x99 || (uint8_t)s->text.p[at + 2] == 0x9A)));
}

/* The one character that a base and the marks behind it are (NFC), as far as there is one; *at moves behind the marks taken. The text
 * stays as it was typed: only the glyph is the composed one's. */
static uint32_t compose_marks(const struct shaper *s, uint32_t base, uint32_t *at) {
    uint32_t whole = base;
    while (mark_follows(s, *at)) {
        uint32_t next = *at, code_point = next_code_point(s->text, &next);
        hb_codepoint_t composed;
        if (!hb_unicode_compose(hb_unicode_funcs_get_default(), whole, code_point, &composed)) {
            break;
        }
        whole = composed;
        *at = next;
    }
    return whole;
}

/* Where the word that begins at `from` ends: letters, digits behind them, apostrophes between them, all of one face. */
static uint32_t word_end(struct shaper *s, uint32_t from, const struct glyph_info *first, bool *other) {
    const struct face *face = chain_cache_face(s->cache, first->face);
    uint32_t end = from;
    for (uint32_t at = from; at < s->text.n && at - from < 4096; end = at) {
        const uint32_t code_point = next_code_point(s->text, &at);
        const struct glyph_info *info = chain_cache_lookup(s->cache, code_point);
        const enum char_class kind = (enum char_class)info->kind;
        if (mark_follows(s, at) && face_glyph(face, code_point, 0)) {
            uint32_t behind = at;
            const uint32_t whole = compose_marks(s, code_point, &behind);
            if (behind > at && is_letter_like(kind) && face_glyph(face, whole, 0)) {
                at = behind; /* the shaper composes them */
                continue;
            }
        }
        if (joins_letters(s, code_point, at) && face_glyph(face, code_point, 0)) {
            continue;
        }
        bool joiner = code_point == 0x200C || code_point == 0x200D;
        if (!joiner && (!(is_letter_like(kind) || kind == CLASS_DIGIT) || info->missing || info->face != first->face)) {
            break;
        }
        *other = *other || kind == CLASS_OTHER;
    }
    return end;
}

/* One atom a glyph. A right-to-left word can't be broken and keeps its glyphs in the order of sight. */
static void push_word(struct shaper *s, uint32_t from, uint32_t to, const struct face *face, const struct word *word) {
    const uint32_t run = run_of(s, face);
    for (size_t i = 0; i < word->count; i++) {
        const struct word_glyph *glyph = &word->glyphs[i];
        const struct word_glyph *beside =
            word->backwards ? (i ? glyph - 1 : NULL) : (i + 1 < word->count ? glyph + 1 : NULL);
        const uint32_t start = from + glyph->cluster;
        const uint32_t end = beside != NULL ? from + beside->cluster : to;
        uint32_t at = start;
        enum char_class kind = class_of(next_code_point(s->text, &at));
        if (kind != CLASS_DIGIT && kind != CLASS_OTHER) {
            kind = kind == CLASS_DASH || kind == CLASS_ELLIPSIS ? kind : CLASS_LATIN;
        }
        struct atom *atom = push(s, start, end > start ? end : start, kind);
        atom->run = run;
        atom->glyph = glyph->glyph;
        atom->advance_mp = em(s, glyph->advance);
        atom->shift_mp = em(s, glyph->dx);
        if (word->backwards) {
            atom->flags |= ATOM_BACKWARDS;
        }
        if (i && (word->backwards || glyph->cluster == glyph[-1].cluster)) {
            atom->flags |= ATOM_CONTINUES;
        }
        if (i + 1 == word->count || word->glyphs[i + 1].cluster != glyph->cluster) {
            atom->advance_mp += s->span->style->letter_space_mp;
        }
        if (glyph->dy) {
            struct paragraph *p = s->paragraph;
            ARENA_GROW(s->arena, p->lifts, p->lift_count, p->lift_capacity);
            p->lifts[p->lift_count++] = (struct lift){(uint32_t)p->count - 1, em(s, glyph->dy)};
            atom->flags |= ATOM_SHIFTED;
        }
    }
}

/* Gives back where to go on. */
static uint32_t shape_word(struct shaper *s, uint32_t from, uint32_t next, uint32_t code_point,
                           const struct glyph_info *info) {
    bool other = false;
    const uint32_t end = info->missing ? next : word_end(s, from, info, &other);
    if (end > next) {
        const struct face *face = chain_cache_face(s->cache, info->face);
        const struct str text = str_slice(s->text, from, end);
        struct word word = engine_word(s->engine, face, text, other ? WORD_OTHER : WORD_LATIN);
        if (word.count) {
            push_word(s, from, end, face, &word);
            return end;
        }
    }
    push_plain(s, from, next, code_point, info, (enum char_class)info->kind);
    return next;
}

/* Two and more of — or … are one thing: —— is one glyph of two em where the face has it. */
static uint32_t shape_dashes(struct shaper *s, uint32_t from, uint32_t next, uint32_t code_point,
                             const struct glyph_info *info) {
    uint32_t end = next;
    while (end < s->text.n && end - from < 1024 && peek(s, end) == code_point) {
        next_code_point(s->text, &end);
    }
    bool single = end == next;
    enum char_class kind = (enum char_class)info->kind;
    if (!single) {
        kind = kind == CLASS_ELLIPSIS ? CLASS_ELLIPSIS : CLASS_DASH;
    }
    const struct face *face = chain_cache_face(s->cache, info->face);
    struct word word = {0};
    if (!single && !info->missing) {
        word = engine_word(s->engine, face, str_slice(s->text, from, end), WORD_HAN);
    }
    if (word.count) {
        const size_t first = s->paragraph->count;
        push_word(s, from, end, face, &word);
        for (size_t i = first; i < s->paragraph->count; i++) {
            s->paragraph->atoms[i].kind = (uint8_t)kind;
        }
        return end;
    }
    for (uint32_t at = from; at < end;) {
        const uint32_t start = at;
        next_code_point(s->text, &at);
        push_plain(s, start, at, code_point, info, kind);
    }
    return end;
}

static enum char_class previous_kind(const struct shaper *s) {
    const struct paragraph *p = s->paragraph;
    return p->count ? (enum char_class)p->atoms[p->count - 1].kind : CLASS_NEWLINE;
}

/* A hyphen before a number is its sign where nothing stands before it that it could join; two are a dash. */
static enum char_class hyphen_kind(const struct shaper *s, uint32_t next) {
    static const bool before_sign[CLASS_COUNT] = {
        [CLASS_NEWLINE] = true, [CLASS_SPACE] = true, [CLASS_WIDE_SPACE] = true,
        [CLASS_TAB] = true,     [CLASS_OPEN] = true,  [CLASS_WEST_OPEN] = true,
        [CLASS_COMMA] = true,   [CLASS_STOP] = true,  [CLASS_SIGN] = true,
    };
    const struct paragraph *p = s->paragraph;
    bool second = previous_kind(s) == CLASS_DASH && p->atoms[p->count - 1].bytes == 1;
    bool first = peek(s, next) == '-' && !class_is_western(previous_kind(s));
    if (first || second) {
        return CLASS_DASH; /* -- as typed is a dash all the same, but not in a word: xn--a */
    }
    if (class_of(peek(s, next)) != CLASS_DIGIT) {
        return CLASS_HYPHEN;
    }
    return before_sign[previous_kind(s)] ? CLASS_SIGN : CLASS_HYPHEN;
}

/* Straight quotes open and close in turn. */
static enum char_class quote_kind(struct shaper *s, uint32_t code_point) {
    bool *open = code_point == '"' ? &s->open_double : &s->open_single;
    *open = !*open;
    return *open ? CLASS_WEST_OPEN : CLASS_WEST_CLOSE;
}

/* How a raw class is shaped. */
enum handling { HANDLE_PLAIN, HANDLE_WORD, HANDLE_DASHES, HANDLE_HYPHEN, HANDLE_QUOTE, HANDLE_HIDDEN, HANDLE_SELECTOR };
static const uint8_t handlings[CLASS_COUNT] = {
    [CLASS_LATIN] = HANDLE_WORD,       [CLASS_COMBINING] = HANDLE_WORD,   [CLASS_OTHER] = HANDLE_WORD,
    [CLASS_ELLIPSIS] = HANDLE_DASHES,  [CLASS_CONNECTOR] = HANDLE_DASHES, [CLASS_HYPHEN] = HANDLE_HYPHEN,
    [CLASS_QUOTE] = HANDLE_QUOTE,      [CLASS_TAB] = HANDLE_HIDDEN,       [CLASS_NEWLINE] = HANDLE_HIDDEN,
    [CLASS_INVISIBLE] = HANDLE_HIDDEN, [CLASS_CUT] = HANDLE_HIDDEN,       [CLASS_SELECTOR] = HANDLE_SELECTOR,
};

static uint32_t shape_character(struct shaper *s, uint32_t from) {
    uint32_t next = from;
    const uint32_t code_point = next_code_point(s->text, &next);
    const struct glyph_info *info = chain_cache_lookup(s->cache, code_point);
    enum char_class kind = (enum char_class)info->kind;
    if (mark_follows(s, next) && (kind == CLASS_HAN || kind == CLASS_LATIN)) {
        uint32_t behind = next;
        const uint32_t whole = compose_marks(s, code_point, &behind);
        const struct glyph_info *composed = chain_cache_lookup(s->cache, whole);
        if (behind > next && !composed->missing && (kind == CLASS_HAN || composed->face != info->face)) {
            push_plain(s, from, behind, whole, composed, kind);
            return behind;
        }
    }
    switch ((enum handling)handlings[kind]) {
    case HANDLE_WORD:
        return shape_word(s, from, next, code_point, info);
    case HANDLE_DASHES:
        if (code_point == 0x2014 || code_point == 0x2026) {
            return shape_dashes(s, from, next, code_point, info);
        }
        break;
    case HANDLE_HYPHEN:
        kind = hyphen_kind(s, next);
        break;
    case HANDLE_QUOTE:
        kind = quote_kind(s, code_point);
        break;
    case HANDLE_HIDDEN:
        if (code_point == '\r' && !(next < s->text.n && s->text.p[next] == '\n')) {
            kind = CLASS_NEWLINE; /* alone it ends a line, as old spreadsheets write it */
        }
        push_hidden(s, from, next, kind);
        if (kind == CLASS_INVISIBLE && s->paragraph->control == 0 && is_control(code_point)) {
            s->paragraph->control = code_point;
        }
        return next;
    case HANDLE_SELECTOR:
        apply_selector(s, from, next, code_point);
        return next;
    case HANDLE_PLAIN:
        break;
    }
    push_plain(s, from, next, code_point, info, kind);
    return next;
}

/* A field keeps room for its sample text, or for as many of the widest digit as such a number mostly has. */
static void shape_field(struct shaper *s, uint32_t at) {
    const struct glyph_info *zero = chain_cache_lookup(s->cache, '0');
    const size_t digits = s->span->text.n ? utf8_count(s->span->text) : 3;
    int32_t widest = 0;
    for (uint32_t digit = '0'; digit <= '9'; digit++) {
        const int32_t advance = em(s, chain_cache_lookup(s->cache, digit)->advance);
        widest = advance > widest ? advance : widest;
    }
    struct paragraph *p = s->paragraph;
    struct atom *atom = push(s, at, at, CLASS_DIGIT);
    atom->flags = ATOM_NO_GLYPH | ATOM_FIELD;
    atom->advance_mp = widest * (int32_t)digits;
    ARENA_GROW(s->arena, p->runs, p->run_count, p->run_capacity);
    p->runs[p->run_count] = (struct text_run){s->span->style, chain_cache_face(s->cache, zero->face), s->span};
    atom->run = (uint32_t)p->run_count++;
}

static void note_ruby(struct shaper *s, size_t first) {
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
    for (uint32_t at = from; at < to;) {
        at = shape_character(s, at);
    }
    if (span->ruby.n > 0 && s->paragraph->count > first) {
        note_ruby(s, first);
    }
}

/* One text of all spans, valid UTF-8; ends[i] is where span i ends in it. */
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

/* What no face has of the pinyin is missing from the paragraph too. */
static void note_missing_above(struct shaper *s) {
    for (size_t i = 0; i < s->paragraph->ruby_count; i++) {
        const struct missing *missing = paragraph_missing(s->paragraph->rubies[i].above);
        for (size_t k = 0; k < missing->count; k++) {
            note_missing(s, missing->code_points[k]);
        }
    }
}

/* What the paragraph holds, and its leaders: a tab fills with dots where a field, the number of a page, follows in its
 * line. */
static void survey(struct paragraph *p) {
    uint64_t kinds = 0;
    unsigned flags = 0;
    bool field = false;
    for (size_t i = p->count; i-- > 0;) {
        struct atom *atom = &p->atoms[i];
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
    text_space_pairs(engine, p);
    text_mark_breaks(engine, p);
    text_shape_rubies(engine, arena, p);
    note_missing_above(&shaper);
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
