/* classes.c: the rules of clreq 3.1 and GB/T 15834 as two tables: code points to classes, and a row for each class.
 *
 * A line may end between a and b when a may end a line, b may begin one, and a doesn't bind b. */
#include "text/classes.h"

#include <stddef.h>

struct class_range {
    uint32_t from, to;
    enum char_class is;
};

/* Sorted; code points between ranges are CLASS_OTHER. */
static const struct class_range
    ranges[] =
        {
            {0x0000, 0x0008, CLASS_INVISIBLE},
            {0x0009, 0x0009, CLASS_TAB},
            {0x000A, 0x000A, CLASS_NEWLINE},
            {0x000B, 0x000C, CLASS_NEWLINE}, /* as word processors write a line's end within a paragraph */
            {0x000D, 0x001F, CLASS_INVISIBLE},
            {0x0020, 0x0020, CLASS_SPACE},
            {0x0021, 0x0021, CLASS_POINT},
            {0x0022, 0x0022, CLASS_QUOTE},
            {0x0023, 0x0023, CLASS_LATIN},
            {0x0024, 0x0024, CLASS_PREFIX},
            {0x0025, 0x0025, CLASS_POSTFIX},
            {0x0026, 0x0026, CLASS_LATIN},
            {0x0027, 0x0027, CLASS_QUOTE},
            {0x0028, 0x0028, CLASS_WEST_OPEN},
            {0x0029, 0x0029, CLASS_WEST_CLOSE},
            {0x002A, 0x002A, CLASS_LATIN},
            {0x002B, 0x002B, CLASS_SIGN},
            {0x002C, 0x002C, CLASS_POINT},
            {0x002D, 0x002D, CLASS_HYPHEN},
            {0x002E, 0x002E, CLASS_POINT},
            {0x002F, 0x002F, CLASS_SOLIDUS},
            {0x0030, 0x0039, CLASS_DIGIT},
            {0x003A, 0x003B, CLASS_POINT},
            {0x003C, 0x003E, CLASS_SIGN},
            {0x003F, 0x003F, CLASS_POINT},
            {0x0040, 0x005A, CLASS_LATIN},
            {0x005B, 0x005B, CLASS_WEST_OPEN},
            {0x005C, 0x005C, CLASS_LATIN},
            {0x005D, 0x005D, CLASS_WEST_CLOSE},
            {0x005E, 0x007A, CLASS_LATIN},
            {0x007B, 0x007B, CLASS_WEST_OPEN},
            {0x007C, 0x007C, CLASS_LATIN},
            {0x007D, 0x007D, CLASS_WEST_CLOSE},
            {0x007E, 0x007E, CLASS_CONNECTOR},
            {0x007F, 0x0084, CLASS_INVISIBLE},
            {0x0085, 0x0085, CLASS_NEWLINE},
            {0x0086, 0x009F, CLASS_INVISIBLE},
            {0x00A0, 0x00A0, CLASS_GLUE},
            {0x00A1, 0x00A1, CLASS_WEST_OPEN},
            {0x00A2, 0x00A2, CLASS_POSTFIX},
            {0x00A3, 0x00A5, CLASS_PREFIX},
            {0x00A6, 0x00A6, CLASS_LATIN},
            {0x00A7, 0x00A7, CLASS_PREFIX},
            {0x00A8, 0x00AA, CLASS_LATIN},
            {0x00AB, 0x00AB, CLASS_WEST_OPEN},
            {0x00AC, 0x00AC, CLASS_LATIN},
            {0x00AD, 0x00AD, CLASS_INVISIBLE},
            {0x00AE, 0x00AF, CLASS_LATIN},
            {0x00B0, 0x00B0, CLASS_POSTFIX},
            {0x00B1, 0x00B1, CLASS_SIGN},
            {0x00B2, 0x00B6, CLASS_LATIN},
            {0x00B7, 0x00B7, CLASS_MIDDOT},
            {0x00B8, 0x00BA, CLASS_LATIN},
            {0x00BB, 0x00BB, CLASS_WEST_CLOSE},
            {0x00BC, 0x00BE, CLASS_LATIN},
            {0x00BF, 0x00BF, CLASS_WEST_OPEN},
            {0x00C0, 0x00D6, CLASS_LATIN},
            {0x00D7, 0x00D7, CLASS_SIGN},
            {0x00D8, 0x00F6, CLASS_LATIN},
            {0x00F7, 0x00F7, CLASS_SIGN},
            {0x00F8, 0x02FF, CLASS_LATIN},
            {0x0300, 0x036F, CLASS_COMBINING},
            {0x0370, 0x0482, CLASS_LATIN},
            {0x0483, 0x0489, CLASS_COMBINING},
            {0x048A, 0x058F, CLASS_LATIN},
            {0x1E00, 0x1FFF, CLASS_LATIN},
            {0x2000, 0x2006, CLASS_WIDE_SPACE},
            {0x2007, 0x2007, CLASS_GLUE},
            {0x2008, 0x200A, CLASS_WIDE_SPACE},
            {0x200B, 0x200B, CLASS_CUT},
            {0x200C, 0x200F, CLASS_INVISIBLE},
            {0x2010, 0x2010, CLASS_HYPHEN},
            {0x2011, 0x2011, CLASS_LATIN},
            {0x2012, 0x2013, CLASS_HYPHEN},
            {0x2014, 0x2015, CLASS_CONNECTOR},
            {0x2016, 0x2017, CLASS_LATIN},
            {0x2018, 0x2018, CLASS_OPEN},
            {0x2019, 0x2019, CLASS_CLOSE},
            {0x201A, 0x201B, CLASS_WEST_OPEN},
            {0x201C, 0x201C, CLASS_OPEN},
            {0x201D, 0x201D, CLASS_CLOSE},
            {0x201E, 0x201F, CLASS_WEST_OPEN},
            {0x2020, 0x2021, CLASS_WIDE},
            {0x2022, 0x2022, CLASS_MIDDOT},
            {0x2023, 0x2025, CLASS_WIDE},
            {0x2026, 0x2026, CLASS_ELLIPSIS},
            {0x2027, 0x2027, CLASS_MIDDOT},
            {0x2028, 0x2029, CLASS_NEWLINE},
            {0x202A, 0x202E, CLASS_INVISIBLE},
            {0x202F, 0x202F, CLASS_GLUE},
            {0x2030, 0x2031, CLASS_WIDE_POSTFIX},
            {0x2032, 0x2037, CLASS_POSTFIX},
            {0x2038, 0x205E, CLASS_WIDE},
            {0x205F, 0x205F, CLASS_WIDE_SPACE},
            {0x2060, 0x2060, CLASS_GLUE},
            {0x2061, 0x206F, CLASS_INVISIBLE},
            {0x2070, 0x209F, CLASS_LATIN},
            {0x20A0, 0x20CF, CLASS_PREFIX},
            {0x20D0, 0x20FF, CLASS_COMBINING},
            {0x2100, 0x2102, CLASS_WIDE},
            {0x2103, 0x2103, CLASS_WIDE_POSTFIX},
            {0x2104, 0x2108, CLASS_WIDE},
            {0x2109, 0x2109, CLASS_WIDE_POSTFIX},
            {0x210A, 0x2115, CLASS_WIDE},
            {0x2116, 0x2116, CLASS_WIDE_PREFIX},
            {0x2117, 0x2211, CLASS_WIDE},
            {0x2212, 0x2213, CLASS_SIGN},
            {0x2214, 0x225F, CLASS_WIDE},
            {0x2260, 0x2267, CLASS_SIGN},
            {0x2268, 0x2328, CLASS_WIDE},
            {0x2329, 0x2329, CLASS_OPEN},
            {0x232A, 0x232A, CLASS_CLOSE},
            {0x232B, 0x2BFF, CLASS_WIDE},
            {0x2E80, 0x2FFF, CLASS_HAN},
            {0x3000, 0x3000, CLASS_WIDE_SPACE},
            {0x3001, 0x3001, CLASS_COMMA},
            {0x3002, 0x3002, CLASS_STOP},
            {0x3003, 0x3007, CLASS_HAN},
            {0x3008, 0x3008, CLASS_OPEN},
            {0x3009, 0x3009, CLASS_CLOSE},
            {0x300A, 0x300A, CLASS_OPEN},
            {0x300B, 0x300B, CLASS_CLOSE},
            {0x300C, 0x300C, CLASS_OPEN},
            {0x300D, 0x300D, CLASS_CLOSE},
            {0x300E, 0x300E, CLASS_OPEN},
            {0x300F, 0x300F, CLASS_CLOSE},
            {0x3010, 0x3010, CLASS_OPEN},
            {0x3011, 0x3011, CLASS_CLOSE},
            {0x3012, 0x3013, CLASS_WIDE},
            {0x3014, 0x3014, CLASS_OPEN},
            {0x3015, 0x3015, CLASS_CLOSE},
            {0x3016, 0x3016, CLASS_OPEN},
            {0x3017, 0x3017, CLASS_CLOSE},
            {0x3018, 0x3018, CLASS_OPEN},
            {0x3019, 0x3019, CLASS_CLOSE},
            {0x301A, 0x301A, CLASS_OPEN},
            {0x301B, 0x301B, CLASS_CLOSE},
            {0x301C, 0x301C, CLASS_CONNECTOR},
            {0x301D, 0x301D, CLASS_OPEN},
            {0x301E, 0x301F, CLASS_CLOSE},
            {0x3020, 0x3020, CLASS_WIDE},
            {0x3021, 0x3029, CLASS_HAN},
            {0x302A, 0x302F, CLASS_COMBINING},
            {0x3030, 0x303F, CLASS_WIDE},
            {0x3040, 0x3098, CLASS_HAN},
            {0x3099, 0x309A, CLASS_COMBINING},
            {0x309B, 0x30FA, CLASS_HAN},
            {0x30FB, 0x30FB, CLASS_MIDDOT},
            {0x30FC, 0x31FF, CLASS_HAN},
            {0x3200, 0x33FF, CLASS_WIDE},
            {0x3400, 0xA4CF, CLASS_HAN},
            {0xAC00, 0xD7A3, CLASS_HAN},
            {0xE000, 0xFAFF, CLASS_HAN}, /* private use: characters that a site drew itself */
            {0xFE00, 0xFE0F, CLASS_SELECTOR},
            {0xFE10, 0xFE1F, CLASS_WIDE},
            {0xFE20, 0xFE2F, CLASS_COMBINING},
            {0xFE30, 0xFE6F, CLASS_WIDE},
            {0xFEFF, 0xFEFF, CLASS_INVISIBLE},
            {0xFF01, 0xFF01, CLASS_EXCLAIM},
            {0xFF02, 0xFF03, CLASS_WIDE},
            {0xFF04, 0xFF04, CLASS_WIDE_PREFIX},
            {0xFF05, 0xFF05, CLASS_WIDE_POSTFIX},
            {0xFF06, 0xFF07, CLASS_WIDE},
            {0xFF08, 0xFF08, CLASS_OPEN},
            {0xFF09, 0xFF09, CLASS_CLOSE},
            {0xFF0A, 0xFF0B, CLASS_WIDE},
            {0xFF0C, 0xFF0C, CLASS_COMMA},
            {0xFF0D, 0xFF0D, CLASS_CONNECTOR},
            {0xFF0E, 0xFF0E, CLASS_COMMA},
            {0xFF0F, 0xFF0F, CLASS_SOLIDUS},
            {0xFF10, 0xFF19, CLASS_WIDE},
            {0xFF1A, 0xFF1B, CLASS_COMMA},
            {0xFF1C, 0xFF1E, CLASS_WIDE},
            {0xFF1F, 0xFF1F, CLASS_EXCLAIM},
            {0xFF20, 0xFF3A, CLASS_WIDE},
            {0xFF3B, 0xFF3B, CLASS_OPEN},
            {0xFF3C, 0xFF3C, CLASS_WIDE},
            {0xFF3D, 0xFF3D, CLASS_CLOSE},
            {0xFF3E, 0xFF5A, CLASS_WIDE},
            {0xFF5B, 0xFF5B, CLASS_OPEN},
            {0xFF5C, 0xFF5C, CLASS_WIDE},
            {0xFF5D, 0xFF5D, CLASS_CLOSE},
            {0xFF5E, 0xFF5E, CLASS_CONNECTOR},
            {0xFF5F, 0xFF5F, CLASS_OPEN},
            {0xFF60, 0xFF60, CLASS_CLOSE},
            {0xFF61, 0xFFE4, CLASS_WIDE},
            {0xFFE5, 0xFFE5, CLASS_WIDE_PREFIX},
            {0xFFE6, 0xFFEF, CLASS_WIDE},
            {0xFFF0, 0xFFFB, CLASS_INVISIBLE},
            {0xFFFC, 0xFFFD, CLASS_WIDE},
            {0x16FE0, 0x18DFF, CLASS_HAN},
            {0x1AFF0, 0x1B16F, CLASS_HAN},
            {0x1F000, 0x1FAFF, CLASS_WIDE},
            {0x20000, 0x3FFFD, CLASS_HAN},
            {0xE0000, 0xE007F, CLASS_INVISIBLE},
            {0xE0100, 0xE01EF, CLASS_SELECTOR},
            {0xF0000, 0x10FFFD, CLASS_HAN},
};

enum char_class class_of(uint32_t code_point) {
    size_t low = 0;
    size_t high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].to) {
            low = middle + 1;
        } else if (code_point < ranges[middle].from) {
            high = middle;
        } else {
            return ranges[middle].is;
        }
    }
    return CLASS_OTHER;
}

#define BIT(c) (UINT64_C(1) << (c))
#define WORD   (BIT(CLASS_LATIN) | BIT(CLASS_DIGIT) | BIT(CLASS_COMBINING) | BIT(CLASS_OTHER))

enum class_side { SIDE_NONE, SIDE_CHINESE, SIDE_WESTERN };
enum class_blank { BLANK_NONE, BLANK_BEFORE, BLANK_BEHIND };

struct class_rule {
    bool never_begins, never_ends;
    uint64_t binds;         /* classes from which it isn't separated when they follow */
    enum class_side side;   /* the side of its quarter em */
    enum class_blank blank; /* the side of its blank half */
    bool stiff;             /* justification adds nothing beside it */
};

static const struct class_rule rules[CLASS_COUNT] = {
    [CLASS_HAN] = {.side = SIDE_CHINESE},
    [CLASS_OPEN] = {.never_ends = true, .blank = BLANK_BEFORE},
    [CLASS_CLOSE] = {.never_begins = true, .blank = BLANK_BEHIND},
    [CLASS_COMMA] = {.never_begins = true, .blank = BLANK_BEHIND},
    [CLASS_STOP] = {.never_begins = true, .blank = BLANK_BEHIND},
    [CLASS_EXCLAIM] = {.never_begins = true, .blank = BLANK_BEHIND},
    [CLASS_MIDDOT] = {.never_begins = true, .binds = BIT(CLASS_DIGIT)},
    [CLASS_DASH] = {.binds = BIT(CLASS_DASH)},
    [CLASS_ELLIPSIS] = {.binds = BIT(CLASS_ELLIPSIS)},
    [CLASS_CONNECTOR] = {.never_begins = true, .binds = BIT(CLASS_DIGIT), .stiff = true},
    [CLASS_HYPHEN] = {.never_begins = true, .binds = BIT(CLASS_DIGIT), .stiff = true},
    [CLASS_SOLIDUS] = {.never_begins = true, .never_ends = true, .stiff = true},
    [CLASS_PREFIX] = {.never_ends = true, .binds = WORD, .side = SIDE_WESTERN},
    [CLASS_WIDE_PREFIX] = {.never_ends = true, .binds = WORD},
    [CLASS_POSTFIX] = {.never_begins = true, .binds = WORD, .side = SIDE_WESTERN},
    [CLASS_WIDE_POSTFIX] = {.never_begins = true},
    [CLASS_SIGN] = {.binds = WORD | BIT(CLASS_SIGN) | BIT(CLASS_PREFIX), .side = SIDE_WESTERN},
    [CLASS_LATIN] = {.binds = WORD | BIT(CLASS_SIGN) | BIT(CLASS_WEST_OPEN) | BIT(CLASS_PREFIX), .side = SIDE_WESTERN},
    [CLASS_DIGIT] = {.binds = WORD | BIT(CLASS_SIGN) | BIT(CLASS_WEST_OPEN) | BIT(CLASS_PREFIX), .side = SIDE_WESTERN},
    [CLASS_POINT] = {.never_begins = true, .binds = WORD},
    [CLASS_WEST_OPEN] = {.never_ends = true, .binds = ~UINT64_C(0)},
    [CLASS_WEST_CLOSE] = {.never_begins = true, .binds = WORD},
    [CLASS_SPACE] = {.never_begins = true},
    [CLASS_GAP] = {.never_begins = true},
    [CLASS_UNIT_SPACE] = {.never_begins = true, .never_ends = true, .stiff = true},
    [CLASS_WIDE_SPACE] = {.never_begins = true},
    [CLASS_GLUE] = {.never_begins = true, .never_ends = true},
    [CLASS_TAB] = {.never_begins = true, .never_ends = true, .stiff = true},
    [CLASS_NEWLINE] = {.never_begins = true, .stiff = true},
    [CLASS_CUT] = {.never_begins = true},
    [CLASS_COMBINING] = {.never_begins = true, .binds = WORD, .side = SIDE_WESTERN},
    [CLASS_OTHER] = {.binds = WORD | BIT(CLASS_SIGN) | BIT(CLASS_WEST_OPEN), .side = SIDE_WESTERN},
};

bool class_begins_line(enum char_class c) {
    return !rules[c].never_begins;
}

bool class_ends_line(enum char_class c) {
    return !rules[c].never_ends;
}

bool class_has_blank(enum char_class c) {
    return rules[c].blank != BLANK_NONE;
}

bool class_is_western(enum char_class c) {
    return rules[c].side == SIDE_WESTERN;
}

static bool takes_space(enum char_class a, enum char_class b) {
    return (rules[a].side == SIDE_CHINESE && rules[b].side == SIDE_WESTERN) ||
           (rules[a].side == SIDE_WESTERN && rules[b].side == SIDE_CHINESE);
}

/* A typed space is stretched in place of the pair around it; never inside words and beside stiff marks. */
static bool stretches(enum char_class a, enum char_class b) {
    bool before_space = b == CLASS_SPACE || b == CLASS_GAP;
    bool in_word = (rules[a].binds & BIT(b)) || (class_is_western(a) && !class_begins_line(b) && !before_space);
    return !rules[a].stiff && !rules[b].stiff && !before_space && !in_word && a != CLASS_GLUE && b != CLASS_GLUE;
}

static uint8_t pair_flags(enum char_class a, enum char_class b) {
    const struct class_rule *first = &rules[a];
    const struct class_rule *second = &rules[b];
    unsigned flags = 0;
    if (!first->never_ends && !second->never_begins && !(first->binds & BIT(b))) {
        flags |= PAIR_BREAK;
    }
    if (takes_space(a, b)) {
        flags |= PAIR_GAP;
    }
    if (stretches(a, b)) {
        flags |= PAIR_STRETCH;
    }
    if (first->blank == BLANK_BEHIND && second->blank != BLANK_NONE) {
        flags |= PAIR_HALVE_FIRST;
    }
    if (first->blank == BLANK_BEFORE && second->blank == BLANK_BEFORE) {
        flags |= PAIR_HALVE_SECOND;
    }
    return (uint8_t)flags;
}

void pair_table_fill(struct pair_table *table) {
    for (int a = 0; a < CLASS_COUNT; a++) {
        for (int b = 0; b < CLASS_COUNT; b++) {
            table->flags[a][b] = pair_flags((enum char_class)a, (enum char_class)b);
        }
    }
}
