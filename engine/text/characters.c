/* characters.c: a character, or the word that it begins, becomes atoms.
 *
 * A Chinese character costs one look-up in the chain's table and one atom. Words of letters go through HarfBuzz's
 * cache, and so do dashes in pairs. Classes that depend on neighbours are resolved here (hyphen, quote); spaces
 * between neighbours are space.c's. */
#include "base/utf8.h"
#include "text/shape_internal.h"

#include <hb.h>
#include <string.h>

/* For text known to be valid UTF-8. */
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

/* In 1/1000 em of the span's size, rounded. */
int32_t shaper_em(const struct shaper *s, int32_t thousandths) {
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

struct atom *shaper_push(struct shaper *s, uint32_t from, uint32_t to, enum char_class kind) {
    struct paragraph *p = s->paragraph;
    if (p->count == p->capacity) {
        ARENA_GROW(s->arena, p->atoms, p->count, p->capacity);
    }
    struct atom *atom = &p->atoms[p->count++];
    *atom = (struct atom){.offset = from, .bytes = (uint16_t)(to - from), .kind = (uint8_t)kind};
    return atom;
}

void shaper_add_missing(struct shaper *s, uint32_t code_point) {
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

/* A character without context. */
static void push_plain(struct shaper *s, uint32_t from, uint32_t to, uint32_t code_point, const struct glyph_info *info,
                       enum char_class kind) {
    struct atom *atom = shaper_push(s, from, to, kind);
    atom->run = run_of(s, chain_cache_face(s->cache, info->face));
    if (kind == CLASS_GLUE && info->advance == 0) { /* a word joiner */
        atom->flags = ATOM_HIDDEN | ATOM_NO_GLYPH;
        return;
    }
    atom->glyph = info->glyph;
    atom->advance_mp = shaper_em(s, info->advance) + s->span->style->letter_space_mp;
    atom->shift_mp = shaper_em(s, info->shift);
    atom->blank_mp = shaper_em(s, info->blank);
    if (is_space(kind)) {
        atom->flags |= ATOM_SPACE;
    }
    if (info->missing) {
        atom->flags |= ATOM_MISSING;
        shaper_add_missing(s, code_point);
    } else if (info->glyph == 0) {
        atom->flags |= ATOM_NO_GLYPH;
    }
}

/* Control characters, and those that would turn the direction of the text behind them; joiners and language marks
 * aren't such. */
static bool is_control(uint32_t code_point) {
    return (code_point < 0x20 && code_point != '\r') || (code_point >= 0x7F && code_point < 0xA0) ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

static void push_hidden(struct shaper *s, uint32_t from, uint32_t to, enum char_class kind) {
    struct atom *atom = shaper_push(s, from, to, kind);
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

/* Does a combining mark begin at `at`: U+0300 to U+036F, U+3099, U+309A? Asked for every character, so by its first
 * byte; the paragraph's text has one byte more than its length. */
static inline bool mark_follows(const struct shaper *s, uint32_t at) {
    const uint8_t first = (uint8_t)s->text.p[at];
    if (first != 0xCC && first != 0xCD && first != 0xE3) {
        return false;
    }
    return at < s->text.n &&
           (first != 0xE3 || (at + 2 < s->text.n && (uint8_t)s->text.p[at + 1] == 0x82 &&
                              ((uint8_t)s->text.p[at + 2] == 0x99 || (uint8_t)s->text.p[at + 2] == 0x9A)));
}

/* The one character that a base and the marks behind it compose to (NFC), as far as there is one; *at moves behind
 * the marks. The text stays as typed: only the glyph is the composed one's. */
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

/* The end of the word that begins at `from`: letters, digits behind them, apostrophes between them, all of one face. */
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
                at = behind; /* HarfBuzz composes them */
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

/* One atom a glyph. A right-to-left word can't be broken, and keeps its glyphs in visual order. */
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
        struct atom *atom = shaper_push(s, start, end > start ? end : start, kind);
        atom->run = run;
        atom->glyph = glyph->glyph;
        atom->advance_mp = shaper_em(s, glyph->advance);
        atom->shift_mp = shaper_em(s, glyph->dx);
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
            p->lifts[p->lift_count++] = (struct lift){(uint32_t)p->count - 1, shaper_em(s, glyph->dy)};
            atom->flags |= ATOM_SHIFTED;
        }
    }
}

/* The letters of a word that could not be shaped, each by itself. Gives back the offset behind them. */
static uint32_t push_letters(struct shaper *s, uint32_t from, uint32_t to) {
    for (uint32_t at = from; at < to;) {
        const uint32_t start = at, code_point = next_code_point(s->text, &at);
        const struct glyph_info *info = chain_cache_lookup(s->cache, code_point);
        push_plain(s, start, at, code_point, info, (enum char_class)info->kind);
    }
    return to;
}

/* Gives back the offset behind it. */
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
        return push_letters(s, from, end);
    }
    push_plain(s, from, next, code_point, info, (enum char_class)info->kind);
    return next;
}

/* Two or more of — or … belong together: —— is one glyph of two em where the face has it. */
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

/* A hyphen before a number is a minus, unless it can join it to something before; two are a dash. */
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

/* Is it a paragraph in a foreign language? A few Chinese names don't make it a Chinese one, nor do foreign words a Chinese one
 * foreign. */
static bool has_latin_quotes(struct shaper *s) {
    if (s->quotes == QUOTES_UNKNOWN) {
        const struct str text = s->paragraph->text;
        size_t words = 0, chinese = 0;
        enum char_class before = CLASS_SPACE;
        for (uint32_t at = 0; at < text.n;) {
            const enum char_class kind = class_of(next_code_point(text, &at));
            chinese += kind == CLASS_HAN;
            words += kind == CLASS_LATIN && before != CLASS_LATIN;
            before = kind;
        }
        s->quotes = words > 4 * chinese ? QUOTES_LATIN : QUOTES_CHINESE;
    }
    return s->quotes == QUOTES_LATIN;
}

/* “ ” ‘ ’ of a paragraph in a foreign language, as the first face draws them. False: they are Chinese marks. */
static bool shape_latin_quote(struct shaper *s, uint32_t from, uint32_t next, uint32_t code_point,
                              const struct glyph_info *info) {
    const bool curly = code_point >= 0x2018 && code_point <= 0x201D;
    if (!curly || info->missing || !has_latin_quotes(s)) {
        return false;
    }
    const struct face *first = chain_cache_face(s->cache, 0);
    const struct face *face = face_glyph(first, code_point, 0) ? first : chain_cache_face(s->cache, info->face);
    const struct word word = engine_word(s->engine, face, str_slice(s->text, from, next), WORD_LATIN);
    if (word.count != 1) {
        return false;
    }
    push_word(s, from, next, face, &word);
    s->paragraph->atoms[s->paragraph->count - 1].kind =
        (uint8_t)(info->kind == CLASS_OPEN ? CLASS_WEST_OPEN : CLASS_WEST_CLOSE);
    return true;
}

/* How a raw class is shaped. */
enum handling {
    HANDLE_PLAIN,
    HANDLE_WORD,
    HANDLE_DASHES,
    HANDLE_HYPHEN,
    HANDLE_QUOTE,
    HANDLE_BRACKET,
    HANDLE_HIDDEN,
    HANDLE_SELECTOR
};
static const uint8_t handlings[CLASS_COUNT] = {
    [CLASS_LATIN] = HANDLE_WORD,       [CLASS_COMBINING] = HANDLE_WORD,   [CLASS_OTHER] = HANDLE_WORD,
    [CLASS_ELLIPSIS] = HANDLE_DASHES,  [CLASS_CONNECTOR] = HANDLE_DASHES, [CLASS_HYPHEN] = HANDLE_HYPHEN,
    [CLASS_QUOTE] = HANDLE_QUOTE,      [CLASS_TAB] = HANDLE_HIDDEN,       [CLASS_NEWLINE] = HANDLE_HIDDEN,
    [CLASS_INVISIBLE] = HANDLE_HIDDEN, [CLASS_CUT] = HANDLE_HIDDEN,       [CLASS_SELECTOR] = HANDLE_SELECTOR,
    [CLASS_OPEN] = HANDLE_BRACKET,     [CLASS_CLOSE] = HANDLE_BRACKET,
};

uint32_t shaper_character(struct shaper *s, uint32_t from) {
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
    case HANDLE_BRACKET:
        if (shape_latin_quote(s, from, next, code_point, info)) {
            return next;
        }
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
