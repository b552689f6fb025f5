/* numbers_match.c: windows of a chain are held against the patterns of IDs and phones.
 *
 * A window is a sequence of whole groups, at most as long as an ID. From every group on all windows are tried, since
 * a number may stand behind another's end or within a longer sequence of digits. */
#include "data/numbers_internal.h"

#include <string.h>

enum {
    ID_SHOWN = 6, /* the region; the birth date behind it is hidden */
    TAIL_SHOWN = 4,
    LONG_GROUP = 12, /* longer than any count, sum or date */
    LONG_SHOWN = 3,
    LOCAL_LONGEST = 8,
    PHONE_DIGITS = 8, /* at least, where letters stand for the others */
    ID_DIGITS = 14
};

/* --- windows ------------------------------------------------------------------------------------------------------ */

struct window {
    struct digit *at[ID_LENGTH];
    char value[ID_LENGTH];
    size_t count;
    size_t first, last; /* groups of the chain */
    size_t date;        /* where one begins within; ID_LENGTH: none */
    /* Lengths of its chunks: groups with nothing between them are one chunk. */
    size_t shape[ID_LENGTH], chunks;
    bool listed, one_sign; /* a list's sign stands between two; the same everywhere */
};

static bool has_no_small_chunk(const struct window *w) {
    enum { SMALL = 2 };
    for (size_t i = 0; i < w->chunks; i++) {
        if (w->shape[i] <= SMALL) {
            return false;
        }
    }
    return true;
}

static int two_digits(const char *value) {
    return (value[0] - '0') * 10 + value[1] - '0';
}

static bool is_birth(const char *value) {
    const int century = two_digits(value), month = two_digits(value + 4), day = two_digits(value + 6);
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* ISO 7064 MOD 11-2. */
static bool id_checks(const char *value) {
    int sum = 0;
    for (size_t i = 0; i < ID_LENGTH; i++) {
        sum = (sum + (value[i] == 'X' ? 10 : value[i] - '0')) % 11;
        sum = i + 1 < ID_LENGTH ? sum * 2 % 11 : sum;
    }
    return sum == 1;
}

/* A list of marks may well have 18 digits: digits with gaps must also hold a birth date. */
static bool is_id(const struct window *w) {
    enum { CHUNKS_MOST = 5 /* 6-4-2-2-4 */ };
    if (w->count != ID_LENGTH) {
        return false;
    }
    for (size_t i = 0; i + 1 < ID_LENGTH; i++) {
        if (w->value[i] == 'X') {
            return false;
        }
    }
    if (w->shape[0] >= ID_LENGTH - 1) {
        return true;
    }
    if (!is_birth(w->value + 6) || (w->date < ID_LENGTH && w->date != 6)) {
        return false;
    }
    return !w->listed || w->chunks <= CHUNKS_MOST || w->chunks == w->count || id_checks(w->value);
}

/* 520399 141103 001, the form until 1999; in one group it is hidden as any long number. */
static bool is_old_id(const struct window *w) {
    const int month = w->count == OLD_ID_LENGTH ? two_digits(w->value + 8) : 0;
    return w->chunks == 3 && w->shape[0] == 6 && w->shape[1] == 6 && month >= 1 && month <= 12;
}

/* 13,812,345,678: how a spreadsheet writes a phone that it takes for a sum. */
static bool is_in_thousands(const struct window *w) {
    return w->chunks == 4 && w->one_sign && w->shape[0] == 2 && w->shape[1] == 3 && w->shape[2] == 3;
}

static bool is_counted(const struct number_chain *chain, const struct window *w) {
    size_t before = chain->from;
    if (w->last + 1 == group_count(chain) && numeral_unit_at(chain->text, chain->to)) {
        return true;
    }
    return w->first == 0 && before > 0 && numeral_is_currency(utf8_previous(chain->text, &before));
}

/* Between a list's signs: is it divided as a phone would be? */
static bool is_divided_as_phone(const struct number_chain *chain, const struct window *w) {
    if (!w->listed) {
        return true;
    }
    bool natural = w->chunks == 2 || has_no_small_chunk(w) || w->chunks == w->count || is_in_thousands(w);
    return natural && !is_counted(chain, w);
}

/* From 13 to 19; 1O912345678 in one word was meant as one. */
static bool begins_as_mobile(const struct window *w, size_t prefix) {
    const char *phone = w->value + prefix;
    const bool odd = w->chunks == 1 && w->at[prefix + 1]->letter;
    return phone[0] == '1' && (odd || (phone[1] >= '3' && phone[1] <= '9'));
}

/* Count of digits before a mobile phone's own 11 (a country code); ID_LENGTH: it is no mobile phone. */
static size_t mobile_prefix(const struct window *w) {
    static const char *const prefixes[] = {"", "0", "86", "086", "0086"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t length = strlen(prefixes[i]);
        if (w->count == length + PHONE_LENGTH && memcmp(w->value, prefixes[i], length) == 0 &&
            begins_as_mobile(w, length) && (length == 0 || w->chunks > 1)) {
            return length;
        }
    }
    return ID_LENGTH;
}

/* Three for Beijing and the other large cities, else four. */
size_t number_area_digits(const char *value) {
    if (value[0] != '0' || value[1] == '0') {
        return 0;
    }
    return value[1] == '1' || value[1] == '2' ? 3 : 4;
}

/* Length of the area code before a local number of 7 or 8 digits; 0: it is no landline. */
static size_t area_length(const struct window *w) {
    const char *d = w->value;
    const size_t area = w->count >= LANDLINE_SHORTEST && w->count <= LONG_GROUP ? number_area_digits(d) : 0;
    if (area == 0) {
        return 0;
    }
    bool local = w->count - area >= LOCAL_SHORTEST && w->count - area <= LOCAL_LONGEST && d[area] >= '2';
    return local && (!w->listed || (w->shape[0] == area && has_no_small_chunk(w))) ? area : 0;
}

/* Marks `count` digits as matched, and those from `from` up to `to` as hidden. */
static void hide(struct digit *d, size_t count, size_t from, size_t to) {
    for (size_t i = 0; i < count; i++) {
        d[i].matched = true;
        d[i].hidden = d[i].hidden || (i >= from && i < to);
    }
}

/* Keeps the number for the scan of finished pages; one that is divided oddly was perhaps none. */
static void remember(const struct number_chain *chain, const struct window *w, size_t from) {
    if (w->chunks == 1 || has_no_small_chunk(w) || w->chunks == w->count) {
        number_set_add(chain->hidden, number_key(w->value + from, w->count - from));
    }
}

static void hide_window(struct number_chain *chain, const struct window *w, size_t number, size_t from, size_t to) {
    for (size_t i = 0; i < w->count; i++) {
        w->at[i]->matched = true;
        w->at[i]->hidden = w->at[i]->hidden || (i >= from && i < to);
    }
    chain->found = true;
    remember(chain, w, number);
}

/* The pass that reads letters looks for numbers with letters, the other for those without. */
static bool has_right_letters(const struct number_chain *chain, const struct window *w) {
    size_t letters = 0;
    for (size_t i = 0; i < w->count; i++) {
        letters += w->at[i]->letter;
    }
    return chain->letters ? letters > 0 && w->count - letters >= (w->count == ID_LENGTH ? ID_DIGITS : PHONE_DIGITS)
                          : letters == 0;
}

static void try_window(struct number_chain *chain, const struct window *w) {
    const struct group *g = groups_of(chain);
    if (!has_right_letters(chain, w)) {
        return;
    }
    if (g[w->first].date > 1 || g[w->last].date == 1 || g[w->last].date == 2) {
        return;
    }
    const size_t prefix = mobile_prefix(w), area = area_length(w);
    if (is_id(w) || is_old_id(w)) {
        hide_window(chain, w, 0, ID_SHOWN, w->count);
    } else if (w->date < ID_LENGTH) {
        return;
    } else if (prefix < ID_LENGTH && is_divided_as_phone(chain, w)) {
        hide_window(chain, w, prefix, prefix + LONG_SHOWN, w->count - TAIL_SHOWN);
    } else if (area > 0) {
        hide_window(chain, w, 0, area, w->count - TAIL_SHOWN);
    }
}

/* 138一1234一5678: 一 for a dash. */
static bool is_dash(const struct number_chain *chain, size_t at) {
    const struct group *g = groups_of(chain) + at;
    return at > 0 && at + 1 < group_count(chain) && g->kind == NUMERAL_HAN && g->count == 1 &&
           digits_of(chain)[g->first].value == '1' && g->gap == GAP_NONE && g[1].gap == GAP_NONE &&
           g[-1].kind == NUMERAL_PLAIN && g[1].kind == NUMERAL_PLAIN;
}

static bool window_add(struct number_chain *chain, struct window *w, size_t index) {
    const struct group *g = groups_of(chain) + index;
    if (w->count + g->count > ID_LENGTH) {
        return false;
    }
    if (g->date == 1) {
        w->date = w->date < ID_LENGTH ? 0 : w->count; /* of two, none is a birth date */
    }
    if (w->chunks == 0 || g->gap != GAP_NONE) {
        w->listed = w->listed || (w->chunks > 0 && g->gap == GAP_LIST);
        w->one_sign = w->chunks < 2 || (w->one_sign && g->sign == groups_of(chain)[index - 1].sign);
        w->shape[w->chunks++] = 0;
    }
    w->shape[w->chunks - 1] += g->count;
    w->last = index;
    for (uint32_t i = 0; i < g->count; i++) {
        w->at[w->count] = digits_of(chain) + g->first + i;
        w->value[w->count] = w->at[w->count]->value;
        w->count++;
    }
    return true;
}

/* May a number begin with this group? Only an ID begins with a digit other than these. */
static bool may_begin(const struct number_chain *chain, size_t group) {
    const size_t first = groups_of(chain)[group].first, left = digit_count(chain) - first;
    const char value = digits_of(chain)[first].value;
    return left >= LANDLINE_SHORTEST && (left >= OLD_ID_LENGTH || value == '0' || value == '1' || value == '8');
}

/* Tries all windows that begin with this group. */
static bool try_windows(struct number_chain *chain, size_t first, bool dashes) {
    struct window w = {.first = first, .date = ID_LENGTH};
    bool dash = false;
    for (size_t i = first; i < group_count(chain); i++) {
        if (i > first && is_dash(chain, i)) {
            dash = true;
            if (dashes) {
                continue;
            }
        }
        if (!window_add(chain, &w, i)) {
            break;
        }
        try_window(chain, &w);
    }
    return dash;
}

static void hide_group(struct number_chain *chain, const struct group *g, enum numbers which) {
    struct digit *d = digits_of(chain) + g->first;
    if (d[0].matched) {
        return;
    }
    bool local = g->count >= LOCAL_SHORTEST;
    chain->found = chain->found || (local && which == NUMBERS_ALL);
    if (g->count >= LONG_GROUP) {
        hide(d, g->count, LONG_SHOWN, g->count);
    } else if (which == NUMBERS_ALL && (local || g->kind == NUMERAL_PLAIN)) { /* 二叔 is no number */
        hide(d, g->count, 0, local ? g->count - TAIL_SHOWN : g->count);
    }
}

/* 电话22123456: without an area code only the word before it tells a phone from any other number. */
static bool phone_cue(struct str text, size_t at) {
    static const char *const cues[] = {"电话", "座机", "致电", "号码", "来电", "热线"};
    enum { REACH = 24 };
    const struct str before = str_slice(text, at > REACH ? at - REACH : 0, at);
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
        if (str_find(before, str_from(cues[i])) < before.n) {
            return true;
        }
    }
    return false;
}

static void hide_local(struct number_chain *chain) {
    struct digit *d = digits_of(chain);
    const size_t first = groups_of(chain)[0].count;
    if (!d[0].matched && first >= LOCAL_SHORTEST && first <= LOCAL_LONGEST && d[0].value >= '2' &&
        phone_cue(chain->text, chain->from)) {
        hide(d, first, 0, first - TAIL_SHOWN);
    }
}

void number_chain_hide(struct number_chain *chain, enum numbers which) {
    if (which == NUMBERS_PERSONAL && digit_count(chain) < LOCAL_SHORTEST) {
        return;
    }
    number_chain_mark_dates(chain);
    for (size_t i = 0; i < group_count(chain); i++) {
        if (may_begin(chain, i) && try_windows(chain, i, false)) {
            try_windows(chain, i, true);
        }
    }
    for (size_t i = 0; i < group_count(chain) && !chain->letters; i++) {
        hide_group(chain, groups_of(chain) + i, which);
    }
    if (!chain->letters) {
        hide_local(chain);
    }
}
