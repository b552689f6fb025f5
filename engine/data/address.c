/* address.c: how much of an address may be shown.
 *
 *     贵州省遵义市播州区云岭镇  大坪村  三组   12号组长家隔壁
 *     county, township          village group  ↑ nothing from the first number of a house on
 *
 * Up to the first group behind the first village; where there is no village, to a numbered group, to the township, to the
 * county. The same characters stand in other words (农村信用社, 组长, 景德镇市, 小区), which are passed over. */
#include "data/mask.h"

#include <string.h>

#include "base/utf8.h"

/* The steps of an address, by the character that ends one. */
enum sign { SIGN_NONE, SIGN_HOUSE, SIGN_VILLAGE, SIGN_GROUP, SIGN_TOWNSHIP, SIGN_COUNTY };

/* By the low eight bits of a character: false for most, which are passed over by one look. */
static const bool sign_bits[0x100] = {
    ['#'] = true,  [0x03] = true, [0xF7] = true, [0x5F] = true, [0x0B] = true, [0x62] = true, [0xA4] = true,
    [0x55] = true, [0x04] = true, [0x7C] = true, [0x42] = true, [0xA7] = true, [0x37] = true, [0x51] = true,
    [0x3E] = true, [0x45] = true, [0xC4] = true, [0x57] = true, [0x47] = true, [0x61] = true, [0x01] = true,
    [0x02] = true, [0xDE] = true, [0xBF] = true, [0x3A] = true,
};

static inline enum sign sign_of(uint32_t c) {
    if (!sign_bits[c & 0xFF]) {
        return SIGN_NONE;
    }
    switch (c) {
    case '#':
    case 0xFF03: /* ＃ */
    case 0x53F7: /* 号 */
    case 0x865F: /* 號 */
    case 0x680B: /* 栋 */
    case 0x5E62: /* 幢 */
    case 0x5BA4: /* 室 */
    case 0x5355: /* 单（元） */
    case 0x5F04: /* 弄 */
    case 0x697C: /* 楼 */
    case 0x5C42: /* 层 */
    case 0x5EA7: /* 座 */
    case 0x6237: /* 户 */
        return SIGN_HOUSE;
    case 0x6751: /* 村 */
    case 0x793E: /* 社（区） */
    case 0x5C45: /* 居（委会） */
        return SIGN_VILLAGE;
    case 0x7EC4: /* 组 */
        return SIGN_GROUP;
    case 0x8857: /* 街（道） */
    case 0x9547: /* 镇 */
    case 0x4E61: /* 乡 */
        return SIGN_TOWNSHIP;
    case 0x7701: /* 省 */
    case 0x5E02: /* 市 */
    case 0x5DDE: /* 州 */
    case 0x53BF: /* 县 */
    case 0x533A: /* 区 */
        return SIGN_COUNTY;
    default:
        return SIGN_NONE;
    }
}

/* Compares byte by byte: most words differ in the first, so measuring them first would cost more. */
static bool starts(const char *p, const char *end, const char *word) {
    while (*word != '\0' && p < end && *p == *word) {
        p++;
        word++;
    }
    return *word == '\0';
}

static bool starts_at(struct str text, size_t at, const char *const *words) {
    for (; *words != NULL; words++) {
        if (starts(text.p + at, text.p + text.n, *words)) {
            return true;
        }
    }
    return false;
}

/* Does one of the words, which are ideographs, end at `at`? */
static bool stands_before(struct str text, size_t at, const char *const *words) {
    enum { BYTES = 3 };
    for (; at >= BYTES && *words != NULL; words++) {
        if (starts(text.p + at - BYTES, text.p + at, *words)) {
            return true;
        }
    }
    return false;
}

#define WORDS(...)   ((const char *const[]){__VA_ARGS__, NULL})
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A word that ends a step, unless one of these stands before or behind it. */
struct step {
    const char *word;
    const char *const *not_behind, *const *not_before;
};

/* The end of the step whose word stands at `at`; 0 when there is none. */
static size_t step_end(struct str text, size_t at, const struct step *steps, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!starts(text.p + at, text.p + text.n, steps[i].word)) {
            continue;
        }
        const size_t end = at + strlen(steps[i].word);
        if (!stands_before(text, at, steps[i].not_behind) && !starts_at(text, end, steps[i].not_before)) {
            return end;
        }
    }
    return 0;
}

static size_t village_at(struct str text, size_t at) {
    const struct step steps[] = {
        {"村", WORDS("农", "乡"), WORDS("镇", "乡", "街道", "路", "大道", "巷", "民委员会", "委会")},
        {"村民委员会", WORDS(NULL), WORDS(NULL)},
        {"村委会", WORDS(NULL), WORDS(NULL)},
        {"社区", WORDS(NULL), WORDS(NULL)},
        {"居委会", WORDS(NULL), WORDS(NULL)},
    };
    return step_end(text, at, steps, COUNT(steps));
}

static size_t group_at(struct str text, size_t at) {
    const struct step step = {"组", WORDS("小", "班"), WORDS("长", "织", "员", "合", "装", "建", "团")};
    return step_end(text, at, &step, 1);
}

static size_t township_at(struct str text, size_t at) {
    const char *const *higher = WORDS("省", "市", "县", "区", "州"); /* 镇雄县, 乡宁县 */
    const struct step steps[] = {
        {"街道", WORDS(NULL), WORDS(NULL)},
        {"镇", higher, WORDS("市", "县", "区")}, /* 景德镇市 */
        {"乡", WORDS("省", "市", "县", "区", "州", "城", "老", "家", "同", "他"), WORDS("市", "县", "区", "村")},
    };
    return step_end(text, at, steps, COUNT(steps));
}

static size_t county_at(struct str text, size_t at) {
    const struct step steps[] = {
        {"省", WORDS(NULL), WORDS("道")},
        {"市", WORDS("城", "超", "菜", "夜", "集"), WORDS("场")},
        {"州", WORDS(NULL), WORDS("市", "区", "县", "路", "大道")},
        {"县", WORDS(NULL), WORDS(NULL)},
        {"区", WORDS("小", "校", "园", "厂", "社", "景", "库", "矿", "业", "发", "片"), WORDS(NULL)},
    };
    return step_end(text, at, steps, COUNT(steps));
}

/* Does a group follow its village within a few characters, without naming a neighbour's in between? */
static bool is_near(struct str between) {
    enum { NEAR = 8, LONGEST_CHARACTER = 4, WORD = 6 /* bytes: 十二组 */ };
    static const char *const elsewhere[] = {"家", "旁", "边", "隔壁", "对面", "后面", "前面", "，", ",", "、", "。"};
    if (between.n > NEAR * LONGEST_CHARACTER) {
        return false; /* not searched: it may be the whole of a long text, for each 组 in it */
    }
    for (size_t i = 0; i < COUNT(elsewhere) && between.n > WORD; i++) {
        if (str_find(between, str_from(elsewhere[i])) < between.n) {
            return false;
        }
    }
    return utf8_count(between) <= NEAR;
}

/* Without a village, a group must have a number: 三组, 第二村民组. */
static bool is_numbered(struct str text, size_t at) {
    const uint32_t c = at > 0 ? utf8_previous(text, &at) : 0;
    return numeral_value(c) >= 0 || c == 0x5341 /* 十 */ || c == 0x6C11 /* 民 */;
}

/* --- numbers of houses -------------------------------------------------------------------------------------------- */

static bool in_house_number(uint32_t c) {
    static const uint32_t signs[] = {0x5341 /* 十 */, 0x767E /* 百 */, 0x5343 /* 千 */, 0x7532 /* 甲 */,
                                     0x4E59 /* 乙 */, 0x4E4B /* 之 */, 0x9644 /* 附 */};
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (signs[i] == c) {
            return true;
        }
    }
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xFF21 && c <= 0xFF3A) ||
                  (c >= 0xFF41 && c <= 0xFF5A);
    return letter || numeral_value(c) >= 0 || numeral_gap(c) == GAP_TIGHT || numeral_gap(c) == GAP_INVISIBLE;
}

/* Is the sign at `at` behind a house's number? 三楼村 is a village. */
static bool is_house(struct str text, size_t at) {
    size_t before = at;
    if (at == 0 || !in_house_number(utf8_previous(text, &before))) {
        return false;
    }
    if (!starts_at(text, at, WORDS("单", "楼", "层", "座", "户"))) {
        return true;
    }
    if (starts_at(text, at, WORDS("单"))) {
        return starts_at(text, at, WORDS("单元"));
    }
    return !starts_at(text, at + strlen("楼"), WORDS("村", "乡", "镇", "组", "街", "社区", "县"));
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

struct ends {
    size_t village, group, lone_group;
};

static void keep_first(size_t *end, size_t found) {
    *end = *end == 0 ? found : *end;
}

static void keep_group(struct ends *ends, struct str text, size_t at) {
    const size_t end = group_at(text, at);
    if (ends->village == 0) {
        keep_first(&ends->lone_group, end > 0 && is_numbered(text, at) ? end : 0);
    } else if (end > 0 && is_near(str_slice(text, ends->village, at))) {
        keep_first(&ends->group, end);
    }
}

/* The end in an address without village: behind the first street or township, else behind the last of county, city
 * and province. */
static size_t higher_end(struct str text) {
    size_t county = 0;
    for (size_t at = 0, here = 0; at < text.n; here = at) {
        const enum sign sign = sign_of(utf8_next(text, &at));
        const size_t township = sign == SIGN_TOWNSHIP ? township_at(text, here) : 0;
        if (township > 0) {
            return township;
        }
        const size_t end = sign == SIGN_COUNTY ? county_at(text, here) : 0;
        county = end > 0 ? end : county;
    }
    return county;
}

size_t address_end(struct str text) {
    struct ends ends = {0};
    size_t here = 0;
    for (size_t at = 0; at < text.n; here = at) {
        const enum sign sign = sign_of(utf8_next(text, &at));
        if (sign == SIGN_HOUSE && is_house(text, here)) {
            break;
        }
        if (sign == SIGN_VILLAGE && ends.village == 0) {
            ends.village = village_at(text, here);
        } else if (sign == SIGN_GROUP) {
            keep_group(&ends, text, here);
        }
    }
    if (ends.village > 0) {
        return ends.group > 0 ? ends.group : ends.village;
    }
    return ends.lone_group > 0 ? ends.lone_group : higher_end(str_slice(text, 0, here));
}
