/* name.c: names are never normalised (NFC and NFKC change compatibility ideographs): each character is looked at by
 * itself. */
#include "rules/judge.h"

#include "base/utf8.h"

enum { LONGEST = 20, DOT = 0xB7 };

/* The characters at FE50 to FEA0 of GBK, which old systems keep as U+E815 to U+E864 (GB 18030-2022, annex). */
enum { GBK_FIRST = 0xE815, GBK_COUNT = 80 };
static const uint32_t gbk_private[GBK_COUNT] = {
    0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84,  0x3473, 0x3447, 0x2E88, 0x2E8B, 0x9FB4, 0x359E, 0x361A,
    0x360E, 0x2E8C,  0x2E97,  0x396E,  0x3918,  0x9FB5, 0x39CF, 0x39DF, 0x3A73, 0x39D0, 0x9FB6, 0x9FB7,
    0x3B4E, 0x3C6E,  0x3CE0,  0x2EA7,  0x215D7, 0x9FB8, 0x2EAA, 0x4056, 0x415F, 0x2EAE, 0x4337, 0x2EB3,
    0x2EB6, 0x2EB7,  0x2298F, 0x43B1,  0x43AC,  0x2EBB, 0x43DD, 0x44D6, 0x4661, 0x464C, 0x9FB9, 0x4723,
    0x4729, 0x477C,  0x478D,  0x2ECA,  0x4947,  0x497A, 0x497D, 0x4982, 0x4983, 0x4985, 0x4986, 0x499F,
    0x499B, 0x49B7,  0x49B6,  0x9FBA,  0x241FE, 0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1, 0x4C77, 0x4CA2, 0x4D13,
    0x4D14, 0x4D15,  0x4D16,  0x4D17,  0x4D18,  0x4D19, 0x4DAE, 0x9FBB,
};

static uint32_t meant_by(uint32_t c) {
    return c >= GBK_FIRST && c < GBK_FIRST + GBK_COUNT ? gbk_private[c - GBK_FIRST] : 0;
}

static bool is_lost(uint32_t c) {
    return c == UTF8_REPLACEMENT || c == '?' || c == 0xFF1F || c == 0x25A1 || c == 0x25A0 || c == 0x3013 || c == '*' ||
           c == 0xFF0A;
}

static bool is_private(uint32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static bool is_description(uint32_t c) {
    return (c >= 0x2FF0 && c <= 0x2FFF) || c == 0x31EF;
}

/* • ‧ ・ ． ∙ ⋅ ･ ● . */
static bool is_wrong_dot(uint32_t c) {
    return c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF0E || c == 0x2219 || c == 0x22C5 || c == 0xFF65 ||
           c == 0x25CF || c == '.';
}

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

enum kind { HAN, LOST, PRIVATE, DESCRIBED, HIDDEN, WRONG_DOT, BLANK, SEPARATOR, STRANGE, KIND_COUNT };

static enum kind kind_of(uint32_t c) {
    if (utf8_is_han(c)) {
        return HAN;
    }
    return is_lost(c)          ? LOST
           : is_private(c)     ? PRIVATE
           : is_description(c) ? DESCRIBED
           : is_blank(c)       ? BLANK
           : utf8_is_hidden(c) ? HIDDEN
           : is_wrong_dot(c)   ? WRONG_DOT
           : c == DOT          ? SEPARATOR
                               : STRANGE;
}

/* Two dots in a row, or one at an end, divide nothing. */
static bool dots_divide(struct str name) {
    bool before = true;
    bool good = true;
    for (size_t at = 0; at < name.n;) {
        const enum kind kind = kind_of(utf8_next(name, &at));
        const bool dot = kind == WRONG_DOT || kind == SEPARATOR;
        good &= !(dot && before);
        before = dot;
    }
    return good && !before;
}

const char *name_fault(struct str name) {
    static const char *const words[] = {[LOST] = "lost",     [PRIVATE] = "private", [DESCRIBED] = "described",
                                        [HIDDEN] = "hidden", [WRONG_DOT] = "dot",   [BLANK] = "blank"};
    size_t counts[KIND_COUNT] = {0};
    for (size_t at = 0; at < name.n;) {
        counts[kind_of(utf8_next(name, &at))]++;
    }
    for (enum kind kind = LOST; kind <= BLANK; kind++) {
        if (counts[kind] > 0 && (kind != WRONG_DOT || dots_divide(name))) {
            return words[kind];
        }
    }
    if (counts[STRANGE] + counts[WRONG_DOT] > 0 || !dots_divide(name)) {
        return "strange";
    }
    const size_t all = counts[HAN] + counts[SEPARATOR];
    return all < 2 ? "short" : all > LONGEST ? "long" : NULL;
}

static uint32_t mended(uint32_t c, enum kind kind) {
    return kind == PRIVATE ? meant_by(c) : kind == WRONG_DOT ? (uint32_t)DOT : c;
}

void name_right(struct str name, struct buffer *out) {
    const size_t start = out->count;
    if (!dots_divide(name)) {
        return;
    }
    for (size_t at = 0; at < name.n;) {
        char bytes[4];
        const uint32_t c = utf8_next(name, &at);
        const enum kind kind = kind_of(c);
        if (kind == LOST || kind == DESCRIBED || kind == STRANGE || (kind == PRIVATE && meant_by(c) == 0)) {
            out->count = start;
            return;
        }
        if (kind != BLANK && kind != HIDDEN) {
            buffer_append(out, bytes, utf8_encode(mended(c, kind), bytes));
        }
    }
    const struct str right = {out->bytes + start, out->count - start};
    if (str_eq(right, name)) {
        out->count = start;
    }
}
