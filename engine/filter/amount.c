/* amount.c: money. The database holds fen.
 *
 * Capital numerals (人民币大写, the rules for bills, 支付结算办法) are groups of four digits with 万 and 亿 behind
 * them:
 *
 *     10,0500 fen    1005 yuan    壹仟零伍元整
 *
 * 零 stands once for zeros between digits of a group, and before a group that begins with zeros; 整 stands behind 元
 * and 角, not behind 分. */
#include "filter/writers.h"

static const struct str digits[] = {
    STR_INIT("零"), STR_INIT("壹"), STR_INIT("贰"), STR_INIT("叁"), STR_INIT("肆"),
    STR_INIT("伍"), STR_INIT("陆"), STR_INIT("柒"), STR_INIT("捌"), STR_INIT("玖"),
};

struct writing {
    struct arena *arena;
    struct str text;
};

static void add(struct writing *w, struct str s) {
    w->text = str_join(w->arena, w->text, s);
}

/* Up to four digits; `zero`: zeros were left out before them. */
static void add_group(struct writing *w, unsigned group, bool zero) {
    static const struct str units[] = {STR_INIT("仟"), STR_INIT("佰"), STR_INIT("拾"), STR_INIT("")};
    unsigned place_value = 1000;
    for (int place = 0; place < 4; place++, place_value /= 10) {
        const unsigned digit = group / place_value % 10;
        if (digit == 0) {
            zero = zero || w->text.n > 0;
            continue;
        }
        if (zero && w->text.n > 0) {
            add(w, digits[0]);
        }
        zero = false;
        add(w, digits[digit]);
        add(w, units[place]);
    }
}

/* 万 stands between groups, 亿 every two: 1,0000,0000,0000 is 壹万亿. */
static void add_yuan(struct writing *w, uint64_t yuan) {
    static const struct str powers[] = {STR_INIT(""), STR_INIT("万"), STR_INIT("亿"), STR_INIT("万"), STR_INIT("亿")};
    unsigned groups[5];
    for (int i = 0; i < 5; i++, yuan /= 10000) {
        groups[i] = (unsigned)(yuan % 10000);
    }
    bool zero = false;
    for (int i = 4; i >= 0; i--) {
        if (groups[i]) {
            add_group(w, groups[i], zero);
            add(w, powers[i]);
        } else if (i == 2 && (groups[3] || groups[4])) {
            add(w, powers[2]); /* 壹万亿: 亿 belongs to both groups */
        }
        /* A group that is zero, or ends in zero, asks for 零 before the next only where that begins with digits left
         * out; a group that begins with zeros tells it itself. */
        zero = groups[i] == 0 && w->text.n > 0;
    }
}

struct str filter_capital_amount(struct arena *arena, int64_t fen) {
    struct writing w = {arena, STR("")};
    const uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    const uint64_t yuan = size / 100;
    const unsigned jiao = (unsigned)(size / 10 % 10);
    const unsigned cents = (unsigned)(size % 10);
    if (yuan || size == 0) {
        if (yuan) {
            add_yuan(&w, yuan);
        } else {
            add(&w, digits[0]);
        }
        add(&w, STR("元"));
    }
    if (jiao) {
        add(&w, digits[jiao]);
        add(&w, STR("角"));
    } else if (cents && yuan) {
        add(&w, digits[0]);
    }
    if (cents) {
        add(&w, digits[cents]);
        add(&w, STR("分"));
    } else {
        add(&w, STR("整"));
    }
    return fen < 0 ? str_join(arena, STR("负"), w.text) : w.text;
}

bool filter_capital(struct arena *arena, struct str value, struct str argument, struct str *out) {
    int64_t fen;
    (void)argument;
    if (!str_to_int(str_trim(value), &fen)) {
        return false;
    }
    *out = filter_capital_amount(arena, fen);
    return true;
}

static bool write_amount(struct arena *arena, struct str value, const char *sign, struct str *out) {
    int64_t fen;
    if (!str_to_int(str_trim(value), &fen)) {
        return false;
    }
    const uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    *out = str_printf(arena, "%s%s%llu.%02u", fen < 0 ? "-" : "", sign, (unsigned long long)(size / 100),
                      (unsigned)(size % 100));
    return true;
}

bool filter_yuan(struct arena *arena, struct str value, struct str argument, struct str *out) {
    (void)argument;
    return write_amount(arena, value, "¥", out);
}

bool filter_amount(struct arena *arena, struct str value, struct str argument, struct str *out) {
    (void)argument;
    return write_amount(arena, value, "", out);
}
