/* places.c: line ends that the pairs of classes (classes.c) can't know.
 *
 * Four kinds of knowledge are laid over the flags that space.c has set: characters that belong together although
 * their pair may be separated (number plates, telephones, 第 and its number); places that are used only to avoid a bad
 * line (六（5）班, 47人, the parts of a long name); a double ellipsis, which stands alone; and addresses, which are broken when they must
 * be. Scripts that the table doesn't know, and words of a title that the style doesn't list, are ICU's. */
#include "base/utf8.h"
#include "text/engine.h"
#include "text/paragraph.h"

static uint32_t code_point_of(const struct paragraph *p, size_t i) {
    size_t at = p->atoms[i].offset;
    return utf8_next(p->text, &at);
}

static bool is_word(uint8_t kind) {
    return kind == CLASS_DIGIT || kind == CLASS_LATIN;
}

/* No line ends between the atoms [from, to). */
static void keep_together(struct paragraph *p, size_t from, size_t to) {
    for (size_t i = from; i + 1 < to; i++) {
        p->atoms[i].flags &= (uint16_t)~ATOM_BREAK;
    }
}

/* --- number plates and telephones --------------------------------------------------------------------------------- */

static bool is_one_of(struct str all, uint32_t code_point) {
    for (size_t at = 0; at < all.n;) {
        if (utf8_next(all, &at) == code_point) {
            return true;
        }
    }
    return false;
}

static bool is_province(uint32_t code_point) {
    return is_one_of(STR("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"), code_point);
}

/* 贵C·12345, 贵C12345: a number plate, behind the province's character. */
static bool is_plate(const struct paragraph *p, size_t letter) {
    size_t at = letter + 1;
    size_t signs = 0;
    if (at < p->count && p->atoms[at].kind == CLASS_MIDDOT) {
        at++;
    }
    for (; at < p->count && is_word(p->atoms[at].kind); at++) {
        signs++;
    }
    return (signs == 5 || signs == 6) && is_province(code_point_of(p, letter - 1));
}

static void keep_plate(struct paragraph *p, size_t letter) {
    if (p->atoms[letter - 1].kind != CLASS_HAN || !is_plate(p, letter)) {
        return;
    }
    p->atoms[letter - 1].flags &= (uint16_t) ~(ATOM_BREAK | ATOM_STRETCH);
    p->atoms[letter - 1].gap_mp = 0;
}

/* 138 5123 4567, 520321 20140512 0012: eleven or eighteen digits with single spaces. Gives back the end. */
static size_t keep_groups(struct paragraph *p, size_t first) {
    size_t at = first;
    size_t digits = 0;
    for (; at < p->count; at++) {
        bool space = p->atoms[at].kind == CLASS_SPACE && at + 1 < p->count && p->atoms[at + 1].kind == CLASS_DIGIT;
        if (p->atoms[at].kind != CLASS_DIGIT && !space) {
            break;
        }
        digits += !space;
    }
    bool ends = at == p->count || p->atoms[at].kind != CLASS_LATIN;
    if (ends && (digits == 11 || digits == 18)) {
        keep_together(p, first, at);
    }
    return at;
}

/* --- ordinals and measure words ------------------------------------------------------------------------------------ */

/* 47|人, 3|名, 2026|年: a line rather ends before the number. `last` is its last digit; a typed space may follow. */
static void mark_measure(struct paragraph *p, size_t last) {
    static const char words[] = "个人名位次年月日天周岁元节期号份户件本张条项所篇分时点页只台辆间栋组班批回遍道题门课步"
                                "米里斤亩层楼卷册盒枚字处场轮段列排座届级类种倍套对双封幅盏箱袋瓶桌角厘";
    const size_t word = last + 1 < p->count && p->atoms[last + 1].kind == CLASS_GAP ? last + 2 : last + 1;
    if (word >= p->count || p->atoms[word].kind != CLASS_HAN ||
        !is_one_of((struct str){words, sizeof words - 1}, code_point_of(p, word))) {
        return;
    }
    p->atoms[word - 1].loath = true;
}

static bool is_numeral(const struct paragraph *p, size_t i) {
    const uint8_t kind = p->atoms[i].kind;
    return kind == CLASS_DIGIT || kind == CLASS_GAP ||
           (kind == CLASS_HAN && is_one_of(STR("〇零一二三四五六七八九十百几"), code_point_of(p, i)));
}

/* 第 2 节, 第十二册: no line ends within 第 and its number. */
static void keep_ordinals(struct paragraph *p) {
    enum { NUMBER_MAX = 6 };
    if (str_find(p->text, STR("第")) == p->text.n) {
        return;
    }
    for (size_t i = 0; i + 1 < p->count; i++) {
        if (p->atoms[i].kind != CLASS_HAN || code_point_of(p, i) != 0x7B2C /* 第 */) {
            continue;
        }
        size_t end = i + 1;
        while (end < p->count && end - i <= NUMBER_MAX && is_numeral(p, end)) {
            end++;
        }
        keep_together(p, i, end);
        if (end > i + 1 && p->atoms[end - 1].kind == CLASS_GAP) {
            p->atoms[end - 1].flags |= ATOM_BREAK; /* behind the space after the number a line may end, if it must */
            p->atoms[end - 1].loath = true;
        }
    }
}

/* --- classes and long names --------------------------------------------------------------------------------------- */

static bool is_han(const struct paragraph *p, size_t i) {
    return i < p->count && p->atoms[i].kind == CLASS_HAN; /* an index below 0 is a huge one */
}

/* 六（5）班, 0801班: a line rather ends before or behind it than in it. `last` is the atom before 班. */
static void mark_class(struct paragraph *p, size_t last) {
    enum { SIGNS_MAX = 4 };
    if (!is_han(p, last + 1) || code_point_of(p, last + 1) != 0x73ED /* 班 */) {
        return;
    }
    p->atoms[last].loath = true;
    size_t at = last - 1;
    for (size_t signs = 0; p->atoms[last].kind == CLASS_CLOSE && at < p->count && signs <= SIGNS_MAX; signs++, at--) {
        if (p->atoms[at].kind != CLASS_OPEN) {
            continue;
        }
        if (is_han(p, at - 1)) {
            p->atoms[at - 1].loath = true;
        }
        return;
    }
}

enum { PART_MAX = 8 };

/* No name between two · is longer than that. */
static bool has_short_names(const struct paragraph *p) {
    size_t length = 0;
    for (size_t i = 0; i < p->count && length <= PART_MAX; i++) {
        length = p->atoms[i].kind == CLASS_HAN ? length + 1 : 0;
    }
    return length <= PART_MAX;
}

/* 买买提·吐尔逊江·热合曼: the characters between two · are one name; at the ends of the whole, two characters count. */
static void mark_name(struct paragraph *p, size_t dot) {
    size_t end = dot + 1;
    while (end - dot <= PART_MAX && is_han(p, end)) {
        end++;
    }
    bool inner = end < p->count && p->atoms[end].kind == CLASS_MIDDOT;
    for (size_t i = dot + 1; i + 1 < (inner ? end : dot + 3) && is_han(p, i + 1); i++) {
        p->atoms[i].loath = true;
    }
    if (is_han(p, dot - 1) && is_han(p, dot - 2)) {
        p->atoms[dot - 2].loath = true;
    }
    if (p->is_name) {
        p->atoms[dot].flags |= ATOM_WORD;
    }
}

/* --- …………: alone on its line (GB/T 15834, 4.11) ------------------------------------------------------------------- */

static size_t isolate_long_ellipsis(struct paragraph *p, size_t first) {
    enum { DOUBLE_BYTES = 4 * 3 };
    size_t end = first;
    size_t bytes = 0;
    for (; end < p->count && p->atoms[end].kind == CLASS_ELLIPSIS; end++) {
        bytes += p->atoms[end].bytes;
    }
    if (bytes != DOUBLE_BYTES) {
        return end;
    }
    if (first > 0 && class_ends_line((enum char_class)p->atoms[first - 1].kind)) {
        p->atoms[first - 1].flags |= ATOM_FORCED;
    }
    if (end < p->count && atom_is(&p->atoms[end - 1], ATOM_BREAK)) {
        p->atoms[end - 1].flags |= ATOM_FORCED;
    }
    return end;
}

/* --- addresses ---------------------------------------------------------------------------------------------------- */

static bool may_be_in_address(uint8_t kind) {
    return is_word(kind) || kind == CLASS_POINT || kind == CLASS_SOLIDUS || kind == CLASS_HYPHEN ||
           kind == CLASS_CONNECTOR || kind == CLASS_SIGN || kind == CLASS_POSTFIX;
}

static bool is_letter_or_digit(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool is_address(struct str text) {
    return str_find(text, STR("://")) < text.n || str_starts(text, STR("www.")) ||
           (str_find_byte(text, '@') < text.n && str_find_byte(text, '.') < text.n);
}

/* An address without room ends a line before one of its signs, never before a letter, and not before a hyphen, which
 * would look like a minus or a dash there. Its slashes and points aren't solidus and full stop. */
static size_t soften_address(struct paragraph *p, size_t first) {
    size_t end = first;
    while (end < p->count && may_be_in_address(p->atoms[end].kind)) {
        end++;
    }
    if (!is_address(str_slice(p->text, p->atoms[first].offset, paragraph_offset(p, end)))) {
        return end;
    }
    keep_together(p, first, end);
    for (size_t i = first; i + 2 < end; i++) {
        const uint32_t sign = code_point_of(p, i + 1);
        if (is_letter_or_digit(code_point_of(p, i)) && !is_letter_or_digit(sign) && sign != '-' && sign != '~') {
            p->atoms[i].flags |= ATOM_SOFT;
        }
    }
    return end;
}

static void soften_addresses(struct paragraph *p) {
    if (str_find_byte(p->text, '@') == p->text.n && str_find_byte(p->text, '.') == p->text.n) {
        return;
    }
    for (size_t i = 0; i < p->count; i++) {
        if (p->atoms[i].kind == CLASS_LATIN) {
            i = soften_address(p, i) - 1;
        }
    }
}

/* --- breaks by ICU ------------------------------------------------------------------------------------------------ */

static bool is_set(const uint64_t *bits, uint32_t at) {
    return bits[at / 64] >> (at % 64) & 1;
}

/* Thai, Khmer and the like: ICU knows their words. The rest of the paragraph keeps the table's rules. */
static void ask_for_breaks(struct text_engine *engine, struct paragraph *p) {
    struct arena *scratch = arena_create();
    uint64_t *bits;
    if (engine_line_breaks(engine, scratch, p->text, &bits)) {
        for (size_t i = 0; i + 1 < p->count; i++) {
            struct atom *atom = &p->atoms[i];
            if (atom->kind != CLASS_OTHER || atom[1].kind != CLASS_OTHER || atom_is(&atom[1], ATOM_CONTINUES)) {
                continue;
            }
            if (is_set(bits, paragraph_offset(p, i + 1))) {
                atom->flags |= ATOM_BREAK | ATOM_STRETCH;
            }
        }
    }
    arena_destroy(scratch);
}

/* Ends of words, for a title that is broken at sense. */
static void ask_for_words(struct text_engine *engine, struct paragraph *p) {
    struct arena *scratch = arena_create();
    uint64_t *bits;
    if (engine_word_breaks(engine, scratch, p->text, &bits)) {
        for (size_t i = 0; i < p->count; i++) {
            if (is_set(bits, paragraph_offset(p, i + 1))) {
                p->atoms[i].flags |= ATOM_WORD;
            }
        }
    }
    arena_destroy(scratch);
}

/* Bytes of the longest of the style's words that begins there; 0: none does. */
static size_t word_at(const struct paragraph *p, uint32_t offset) {
    const struct str rest = str_slice(p->text, offset, p->text.n);
    size_t longest = 0;
    for (size_t i = 0; i < p->style->word_count; i++) {
        const struct str word = p->style->words[i];
        longest = word.n > longest && str_starts(rest, word) ? word.n : longest;
    }
    return longest;
}

/* The style's words go before the dictionary's: a word ends before and behind them, and not within. */
static void mark_words(struct paragraph *p) {
    size_t end = 0;
    for (size_t i = 0; i < p->count && p->style->word_count > 0; i++) {
        const uint32_t from = paragraph_offset(p, i), to = paragraph_offset(p, i + 1);
        const size_t bytes = from >= end ? word_at(p, from) : 0;
        if (bytes > 0 && i > 0) {
            p->atoms[i - 1].flags |= ATOM_WORD;
        }
        end = bytes > 0 ? from + bytes : end;
        if (from < end && to < end) {
            p->atoms[i].flags &= (uint16_t)~ATOM_WORD;
        } else if (from < end) {
            p->atoms[i].flags |= ATOM_WORD;
        }
    }
}

void text_mark_breaks(struct text_engine *engine, struct paragraph *p) {
    p->is_name = p->is_name && has_short_names(p);
    for (size_t i = 0; i < p->count; i++) {
        const uint8_t kind = p->atoms[i].kind;
        if (kind == CLASS_HAN) {
            continue;
        }
        if (kind == CLASS_DIGIT || kind == CLASS_CLOSE) {
            mark_class(p, i);
        }
        if (kind == CLASS_DIGIT) {
            mark_measure(p, i);
        }
        if (kind == CLASS_LATIN && i > 0) {
            keep_plate(p, i);
        } else if (kind == CLASS_DIGIT && p->has_spaces && (i == 0 || !is_word(p->atoms[i - 1].kind))) {
            i = keep_groups(p, i) - 1;
        } else if (kind == CLASS_ELLIPSIS) {
            i = isolate_long_ellipsis(p, i) - 1;
        } else if (kind == CLASS_MIDDOT) {
            mark_name(p, i);
        }
    }
    keep_ordinals(p);
    soften_addresses(p);
    if (p->has_other) {
        ask_for_breaks(engine, p);
    }
    if (p->style->lines == LINES_SENSE) {
        ask_for_words(engine, p);
        mark_words(p);
    }
}
