/* mended.c: the value that was meant, where a key's reader takes none of what stands there.
 *
 * The words are put as the language has them (横向 is landscape, 12毫米 is 12mm), and then tried in several orders, with units, and
 * with one of them taken out, until the key's own reader takes what comes out: A4 横向, 210×297mm, double 3pt, 2列 5行. So a remedy that
 * is told reads. Nothing here is taken for the value itself. */
#include "layout/values.h"

#include <string.h>

#include "base/length.h"

enum { WORDS_AT_MOST = 8 };

struct attempt {
    const struct reading *r;
    struct str words[WORDS_AT_MOST];
    size_t count;
};

/* --- words -------------------------------------------------------------------------------------------------------- */

/* "": says nothing here. */
static const char *const meanings[][2] = {
    {"左", "left"},
    {"左边", "left"},
    {"左侧", "left"},
    {"双面", "duplex"},
    {"双面打印", "duplex"},
    {"横", "landscape"},
    {"横向", "landscape"},
    {"横版", "landscape"},
    {"纵", "portrait"},
    {"纵向", "portrait"},
    {"竖向", "portrait"},
    {"竖版", "portrait"},
    {"A4纸", "A4"},
    {"A3纸", "A3"},
    {"大16开", "210mm 285mm"},
    {"大32开", "140mm 203mm"},
    {"名片", "90mm 54mm"},
    {"身份证", "ID-1"},
    {"身份证大小", "ID-1"},
    {"银行卡", "ID-1"},
    {"银行卡大小", "ID-1"},
    {"名片大小", "90mm 54mm"},
    {"A四", "A4"},
    {"A三", "A3"},
    {"A五", "A5"},
    {"A2", "420mm 594mm"},
    {"A7", "74mm 105mm"},
    {"B4", "257mm 364mm"},
    {"B6", "125mm 176mm"},
    {"Letter", "8.5in 11in"},
    {"letter", "8.5in 11in"},
    {"Legal", "8.5in 14in"},
    {"至少", "at least"},
    {"不小于", "at least"},
    {"最小", "at least"},
    {"min", "at least"},
    {"缩小", "shrink"},
    {"缩小到", "shrink"},
    {"缩至", "shrink"},
    {"自动缩小", "shrink"},
    {"拆分", "split"},
    {"拆开", "split"},
    {"分页", "split"},
    {"重复", "repeat"},
    {"双线", "double"},
    {"虚线", "dashed"},
    {"dash", "dashed"},
    {"点线", "dotted"},
    {"dots", "dotted"},
    {"实线", "solid"},
    {"单线", "solid"},
    {"细线", "0.5pt"},
    {"细", "0.5pt"},
    {"thin", "0.5pt"},
    {"粗线", "1.5pt"},
    {"粗", "1.5pt"},
    {"thick", "1.5pt"},
    {"满页", "foot"},
    {"补满", "foot"},
    {"页底", "foot"},
    {"full", "foot"},
    {"page", "foot"},
    {"窄", "12.7mm"},
    {"普通", "25.4mm"},
    {"适中", "25.4mm"},
    {"宽", "31.8mm"},
    {"narrow", "12.7mm"},
    {"normal", "25.4mm"},
    {"和", ""},
    {"及", ""},
    {"与", ""},
    {"and", ""},
    {"to", ""},
    {"到", ""},
};

/* 一 … 十 and 两 as digits; STR_NONE for other words. */
static struct str numeral(struct str word) {
    static const char *const numerals[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    static const char *const digits[] = {"", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    for (size_t i = 1; i < sizeof numerals / sizeof numerals[0]; i++) {
        if (str_is(word, numerals[i])) {
            return str_from(digits[i]);
        }
    }
    return str_is(word, "两") ? STR("2") : STR_NONE;
}

static bool counts(enum key_type type) {
    return type == TYPE_NUMBER || type == TYPE_NUMBERS || type == TYPE_PAIR || type == TYPE_PAD || type == TYPE_PAGES;
}

/* 20行, 第2列, h1, 两栏, 一级 as their number. */
static struct str number_meant(struct str word) {
    static const char *const behind[] = {"行", "列", "栏", "页", "张", "级", "次", "个", "份", "格", "条", "号"};
    word = str_starts(word, STR("第")) ? str_slice(word, 3, word.n) : word;
    word = word.n == 2 && (word.p[0] == 'h' || word.p[0] == 'H') ? str_slice(word, 1, 2) : word;
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        if (word.n > 3 && str_ends(word, str_from(behind[i]))) {
            word = str_slice(word, 0, word.n - 3);
            break;
        }
    }
    const struct str digits = numeral(word);
    return digits.n > 0 ? digits : word;
}

/* A4纸张, 16开本, A3横放: a size with words behind it. */
static struct str paper_meant(struct arena *arena, struct str word) {
    for (size_t i = 0; length_paper_name(i).n > 0; i++) {
        const struct str size = length_paper_name(i), behind = str_slice(word, size.n, word.n);
        if (behind.n > 0 && str_starts(word, size) && (unsigned char)behind.p[0] >= 0x80) {
            return str_join(arena, size, str_find(behind, STR("横")) < behind.n ? STR(" landscape") : STR_NONE);
        }
    }
    return STR_NONE;
}

static struct str word_meant(const struct attempt *attempt, struct str word) {
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (str_is(word, meanings[i][0])) {
            return str_from(meanings[i][1]);
        }
    }
    if (counts(attempt->r->key->type)) {
        return number_meant(word);
    }
    const struct str paper =
        attempt->r->key->type == TYPE_PAPER ? paper_meant(attempt->r->reader->arena, word) : STR_NONE;
    if (paper.n > 0) {
        return paper;
    }
    const struct str length = advice_with_unit(attempt->r->reader->arena, word);
    return length.n > 0 ? length : word;
}

/* The bytes of the sign that parts words at `at`: a blank, a comma, a bracket, × and * between numbers; 0 for none. */
static size_t sign_between(struct str text, size_t at) {
    static const char *const wide[] = {"×", "，", "、", "；", "（", "）", "　", "～"};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        if (str_starts(str_slice(text, at, text.n), str_from(wide[i]))) {
            return str_from(wide[i]).n;
        }
    }
    const char c = text.p[at];
    const bool digit = at > 0 && at + 1 < text.n && text.p[at - 1] >= '0' && text.p[at - 1] <= '9' &&
                       text.p[at + 1] >= '0' && text.p[at + 1] <= '9';
    const bool range = at > 0 && at + 1 < text.n && text.p[at - 1] >= 'a' && text.p[at - 1] <= 'z' &&
                       text.p[at + 1] >= '0' && text.p[at + 1] <= '9' && (c == '-' || c == '~'); /* 40mm-60mm */
    return range || strchr(" ,;()[]", c) != NULL || (digit && (c == '*' || c == 'x' || c == 'X' || c == '/'));
}

/* False for too many words, or for none. */
static bool take_words(struct attempt *attempt, struct str text) {
    size_t from = 0;
    for (size_t at = 0; at <= text.n;) {
        const size_t sign = at < text.n ? sign_between(text, at) : 1;
        if (sign == 0) {
            at++;
            continue;
        }
        const struct str word = from < at ? word_meant(attempt, str_slice(text, from, at)) : STR_NONE;
        if (word.n > 0 && attempt->count == WORDS_AT_MOST) {
            return false;
        }
        if (word.n > 0) {
            attempt->words[attempt->count++] = word;
        }
        at += sign;
        from = at;
    }
    return attempt->count > 0;
}

/* --- attempts ----------------------------------------------------------------------------------------------------- */

static bool would_read(const struct reading *r, struct str text) {
    return text.n > 0 && !str_eq(text, r->text) && value_would_read(r->reader, r->key, r->node, text);
}

/* The words but `without` (SIZE_MAX: all), from `first` on and round again, with `between` them; a number alone gets the unit. */
static struct str joined(const struct attempt *attempt, size_t first, size_t without, const char *between,
                         const char *unit) {
    struct arena *arena = attempt->r->reader->arena;
    struct str text = STR_NONE;
    for (size_t i = 0; i < attempt->count; i++) {
        const size_t at = (first + i) % attempt->count;
        const struct str word = attempt->words[at];
        const bool bare = unit[0] != '\0' && strspn(word.p, "-.0123456789") >= word.n;
        if (at != without) {
            const bool second =
                str_is(word, "duplex") || str_is(word, "repeat"); /* left 25mm, duplex; split, repeat 2 */
            text = str_printf(arena, "%.*s%s%.*s%s", STR_ARG(text),
                              text.n == 0 ? ""
                              : second    ? ", "
                                          : between,
                              STR_ARG(word), bare ? unit : "");
        }
    }
    return text;
}

/* What people count in who write no unit. */
static const char *unit_of(const struct attempt *attempt) {
    const enum key_type type = attempt->r->key->type;
    bool narrow = type == TYPE_MARGINS; /* 2.5: in cm */
    for (size_t i = 0; i < attempt->count; i++) {
        const struct str word = attempt->words[i];
        narrow = narrow && word.p[0] < '9' && (word.n == 1 || word.p[1] == '.');
    }
    return counts(type)                                                           ? ""
           : type == TYPE_STROKE || type == TYPE_THICKNESS || type == TYPE_SHRINK ? "pt"
           : narrow                                                               ? "cm"
                                                                                  : "mm";
}

static struct str read_in_some_order(const struct attempt *attempt, size_t without) {
    static const char *const between[] = {" ", ", "};
    const char *const unit = unit_of(attempt);
    for (size_t first = 0; first < attempt->count; first++) {
        for (size_t i = 0; i < 4; i++) {
            const struct str text = joined(attempt, first, without, between[i % 2], i < 2 ? "" : unit);
            if (would_read(attempt->r, text)) {
                return text;
            }
        }
    }
    return STR_NONE;
}

/* All that the words are taken for, and one of them wrong: 0.5pt red, shrink to 小五. */
static struct str read_without_one(const struct attempt *attempt) {
    struct str text = STR_NONE;
    for (size_t i = attempt->count; text.n == 0 && attempt->count > 1 && i-- > 0;) {
        text = read_in_some_order(attempt, i);
    }
    return text;
}

/* 两列五行, 横2竖5: two numbers among words. */
static struct str pair_among_words(const struct reading *r) {
    struct str pair = STR_NONE;
    size_t count = 0;
    for (size_t at = 0; at < r->text.n;) {
        size_t n = 0;
        while (at + n < r->text.n && r->text.p[at + n] >= '0' && r->text.p[at + n] <= '9') {
            n++;
        }
        const struct str three = str_slice(r->text, at, at + 3 < r->text.n ? at + 3 : r->text.n);
        const struct str number = n > 0 ? str_slice(r->text, at, at + n) : numeral(three);
        if (number.n > 0) {
            pair = str_printf(r->reader->arena, "%.*s%s%.*s", STR_ARG(pair), count > 0 ? " " : "", STR_ARG(number));
            count++;
        }
        at += n > 0 ? n : number.n > 0 ? 3 : 1;
    }
    return count == 2 && would_read(r, pair) ? pair : STR_NONE;
}

/* 补空行到20, 2页以内: the one number among words. */
static struct str number_among_words(const struct reading *r) {
    const struct str text = r->text;
    size_t from = 0, to = 0;
    while (from < text.n && (text.p[from] < '0' || text.p[from] > '9')) {
        from++;
    }
    for (to = from; to < text.n && text.p[to] >= '0' && text.p[to] <= '9';) {
        to++;
    }
    const struct str number = str_slice(text, from, to);
    const bool one =
        number.n > 0 && strcspn(str_c(r->reader->arena, str_slice(text, to, text.n)), "0123456789") == text.n - to;
    return one && would_read(r, number) ? number : STR_NONE;
}

/* marks(student_id, ym), marks by student_id and ym */
static struct str cells_meant(const struct attempt *attempt) {
    struct str text = STR_NONE;
    size_t columns = 0;
    const bool on = str_find(attempt->r->text, STR(" on ")) < attempt->r->text.n ||
                    str_find(attempt->r->text, STR(" 按 ")) < attempt->r->text.n ||
                    str_find(attempt->r->text, STR(" using ")) < attempt->r->text.n;
    if (!on && str_find(attempt->r->text, STR(" by ")) == attempt->r->text.n &&
        str_find_byte(attempt->r->text, '(') == attempt->r->text.n) {
        return STR_NONE;
    }
    for (size_t i = 0; i < attempt->count; i++) {
        const bool joins = str_is(attempt->words[i], "by") || str_is(attempt->words[i], "on") ||
                           str_is(attempt->words[i], "using") || str_is(attempt->words[i], "按") ||
                           str_is(attempt->words[i], "用");
        if (!joins) {
            text = str_printf(attempt->r->reader->arena, "%.*s%s%.*s", STR_ARG(text),
                              text.n == 0    ? ""
                              : columns == 1 ? " by "
                                             : ", ",
                              STR_ARG(attempt->words[i]));
            columns++;
        }
    }
    return would_read(attempt->r, text) ? text : STR_NONE;
}

/* 1-3: 1 2 3 */
static struct str range_meant(const struct reading *r) {
    static const char *const signs[] = {"-", "~", "～", "—", "至", "到"};
    int64_t from = 0, to = 0;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const size_t at = str_find(r->text, str_from(signs[i]));
        const struct str last = str_slice(r->text, at < r->text.n ? at + str_from(signs[i]).n : at, r->text.n);
        if (str_to_int(str_trim(str_slice(r->text, 0, at)), &from) && str_to_int(str_trim(last), &to) && from < to &&
            to - from < 20) {
            struct str text = str_int(r->reader->arena, from);
            while (from++ < to) {
                text = str_printf(r->reader->arena, "%.*s %lld", STR_ARG(text), (long long)from);
            }
            return text;
        }
    }
    return STR_NONE;
}

/* 上25mm 右20mm …: the length behind a side's name, in the order of the margins; STR_NONE when the word has none. */
static struct str behind_side(const struct attempt *attempt, size_t side) {
    static const char *const names[] = {"上", "右", "下", "左"};
    for (size_t i = 0; i < attempt->count; i++) {
        if (attempt->words[i].n > 3 && str_starts(attempt->words[i], str_from(names[side]))) {
            return word_meant(attempt, str_slice(attempt->words[i], 3, attempt->words[i].n));
        }
    }
    return STR_NONE;
}

/* Three margins as CSS has them, two as people mean them: both sides alike. */
static struct str margins_meant(const struct attempt *attempt) {
    const struct str *words = attempt->words;
    const size_t n = attempt->count;
    if (n == 4) {
        const struct str text = str_printf(attempt->r->reader->arena, "%.*s %.*s %.*s %.*s",
                                           STR_ARG(behind_side(attempt, 0)), STR_ARG(behind_side(attempt, 1)),
                                           STR_ARG(behind_side(attempt, 2)), STR_ARG(behind_side(attempt, 3)));
        return would_read(attempt->r, text) ? text : STR_NONE;
    }
    if (n != 2 && n != 3) {
        return STR_NONE;
    }
    const struct str foot = n == 3 ? words[2] : words[0];
    const struct str text = str_printf(attempt->r->reader->arena, "%.*s %.*s %.*s %.*s", STR_ARG(words[0]),
                                       STR_ARG(words[1]), STR_ARG(foot), STR_ARG(words[1]));
    return would_read(attempt->r, text) ? text : STR_NONE;
}

/* 右0.3mm 上0.2mm: 0.3mm -0.2mm */
static struct str shift_meant(const struct attempt *attempt) {
    const struct str alone = str_printf(attempt->r->reader->arena, "%.*s 0mm", STR_ARG(attempt->words[0]));
    if (attempt->count == 1 && would_read(attempt->r, alone)) {
        return alone;
    }
    const struct str up = behind_side(attempt, 0), right = behind_side(attempt, 1), down = behind_side(attempt, 2),
                     left = behind_side(attempt, 3);
    const struct str across = right.n > 0  ? right
                              : left.n > 0 ? left
                                           : STR("0mm"),
                     along = down.n > 0 ? down
                             : up.n > 0 ? up
                                        : STR("0mm");
    const struct str text =
        str_printf(attempt->r->reader->arena, "%s%.*s %s%.*s", right.n == 0 && left.n > 0 ? "-" : "", STR_ARG(across),
                   down.n == 0 && up.n > 0 ? "-" : "", STR_ARG(along));
    return up.n + right.n + down.n + left.n > 0 && would_read(attempt->r, text) ? text : STR_NONE;
}

/* What a type has of its own. */
static struct str of_type(const struct attempt *attempt) {
    const struct reading *r = attempt->r;
    struct arena *arena = r->reader->arena;
    struct str text = STR_NONE;
    int64_t tenths = 0;
    switch ((int)r->key->type) {
    case TYPE_CELLS:
        return cells_meant(attempt);
    case TYPE_NUMBERS:
        return range_meant(r);
    case TYPE_MARGINS:
        return margins_meant(attempt);
    case TYPE_SHIFT:
        return shift_meant(attempt);
    case TYPE_STROKE:
        text = str_printf(arena, "1pt %.*s", STR_ARG(attempt->words[0]));
        return attempt->count == 1 && would_read(r, text) ? text : STR_NONE;
    case TYPE_WIDE:
        text = attempt->count == 2 ? str_printf(arena, "split, repeat %.*s", STR_ARG(attempt->words[1])) : STR_NONE;
        return would_read(r, text) ? text : STR_NONE;
    case TYPE_SHRINK:
        text = STR("shrink 小五");
        if (attempt->count == 1 && !str_is(attempt->words[0], "shrink")) {
            const struct str size = str_printf(arena, "shrink %.*s", STR_ARG(attempt->words[0]));
            return would_read(r, size) ? size : STR_NONE;
        }
        return str_is(attempt->words[0], "shrink") && attempt->count == 1 ? text : STR_NONE;
    case TYPE_SCALE:
        tenths = r->text.n > 2 && r->text.n <= 5 && str_starts(r->text, STR("1.0"))
                     ? (str_to_int(str_slice(r->text, 2, r->text.n), &tenths) ? tenths : 0)
                     : 0;
        text = str_printf(arena, r->text.n == 5 ? "%lld.%lld%%" : "%lld%%",
                          (long long)(100 + (r->text.n == 5 ? tenths / 10 : tenths)), (long long)(tenths % 10));
        return would_read(r, text) ? text : STR_NONE;
    default:
        return STR_NONE;
    }
}

struct str value_mended(const struct reading *r) {
    struct attempt attempt = {.r = r};
    if (r->reader->trying || !take_words(&attempt, r->text)) {
        return STR_NONE;
    }
    const struct str own = of_type(&attempt), all = own.n > 0 ? own : read_in_some_order(&attempt, SIZE_MAX);
    const struct str some = all.n > 0 ? all : read_without_one(&attempt);
    if (some.n == 0 && r->key->type == TYPE_PAIR) {
        return pair_among_words(r);
    }
    if (some.n == 0 && r->key->type == TYPE_BINDING && str_find(r->text, STR("左")) < r->text.n) {
        return STR("left 25mm");
    }
    return some.n == 0 && counts(r->key->type) ? number_among_words(r) : some;
}

/* --- keys where values stand in a row ----------------------------------------------------------------------------- */

/* The sides in the order of `margins`, and of `at`; what people call them. */
static const char *const sides[][2] = {{"top|上|head|up", "x|left|左"},
                                       {"right|右|fore-edge|outer|fore edge", "y|top|上"},
                                       {"bottom|下|foot|down", "width|w|宽|宽度"},
                                       {"left|左|binding|inner|binding edge", "height|h|高|高度"}};

static const struct node *side_value(const struct node *mapping, const char *names) {
    for (struct str rest = str_from(names); rest.n > 0;) {
        const struct node *value = node_value(mapping, str_split(rest, '|', &rest));
        if (value != NULL) {
            return value;
        }
    }
    return NULL;
}

/* {top: 25mm, …} and [25mm, 20mm] in a row; 25mm 20mm where they can't be. */
struct str value_in_a_row(struct reader *reader, const struct key *key, const struct node *node) {
    const bool margins = key->type == TYPE_MARGINS;
    const size_t count = node->kind == NODE_MAPPING ? 4 : node->count;
    struct str text = STR_NONE;
    for (size_t i = 0; i < count; i++) {
        const struct node *value =
            node->kind == NODE_MAPPING ? side_value(node, sides[i][margins ? 0 : 1]) : node->items[i];
        if (value != NULL && value->kind == NODE_SCALAR) {
            const struct str word = value->text;
            const bool bare =
                word.n > 0 && strspn(str_c(reader->arena, word), ".0123456789") == word.n && !str_is(word, "0");
            text = str_printf(reader->arena, "%.*s%s%.*s%s", STR_ARG(text), text.n > 0 ? " " : "", STR_ARG(word),
                              bare ? "mm" : "");
        }
    }
    struct node scalar = {.kind = NODE_SCALAR, .text = text, .place = node->place, .source = node->source};
    const bool reads = text.n > 0 && (key->type == TYPE_WIDTHS || value_would_read(reader, key, &scalar, text));
    return reads ? text : STR("25mm 20mm");
}
