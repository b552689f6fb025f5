/* numbers_match.c: every sequence of whole groups of a run is held against the patterns of IDs and phones. */
#include "data/numbers_parts.h"

#include <string.h>

enum {
    ID_SHOWN = 6, /* the region; the birth date behind it must not be seen */
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
    size_t first, last; /* groups of the run */
    size_t date;        /* where one begins within; ID_LENGTH: none */
    /* Its parts: groups with nothing between them are one. */
    size_t shape[ID_LENGTH], parts;
    bool listed, one_sign; /* a list's sign stands between two; the same everywhere */
};

static bool has_no_small_part(const struct window *w) {
    enum { SMALL = 2 };
    for (size_t i = 0; i < w->parts; i++) {
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

/* A list of marks may well have 18 digits, so that digits with gaps must also hold a birth date. */
static bool is_id(const struct window *w) {
    enum { PARTS_MOST = 5 /* 6-4-2-2-4 */ };
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
    return !w->listed || w->parts <= PARTS_MOST || w->parts == w->count || id_checks(w->value);
}

/* 520399 141103 001, as they were until 1999; in one group it is hidden as any long number. */
static bool is_old_id(const struct window *w) {
    const int month = w->count == OLD_ID_LENGTH ? two_digits(w->value + 8) : 0;
    return w->parts == 3 && w->shape[0] == 6 && w->shape[1] == 6 && month >= 1 && month <= 12;
}

/* 13,812,345,678: how a spreadsheet writes a phone that it takes for a sum. */
static bool is_in_thousands(const struct window *w) {
    return w->parts == 4 && w->one_sign && w->shape[0] == 2 && w->shape[1] == 3 && w->shape[2] == 3;
}

static bool is_counted(const struct number_run *run, const struct window *w) {
    size_t before = run->from;
    if (w->last + 1 == group_count(run) && numeral_unit_at(run->text, run->to)) {
        return true;
    }
    return w->first == 0 && before > 0 && numeral_is_currency(utf8_previous(run->text, &before));
}

/* Between a list's signs, is it parted as a number would be? */
static bool is_parted_as_phone(const struct number_run *run, const struct window *w) {
    if (!w->listed) {
        return true;
    }
    bool natural = w->parts == 2 || has_no_small_part(w) || w->parts == w->count || is_in_thousands(w);
    return natural && !is_counted(run, w);
}

/* From 13 to 19; 1O912345678 in one word was meant as one. */
static bool begins_as_mobile(const struct window *w, size_t prefix) {
    const char *phone = w->value + prefix;
    const bool odd = w->parts == 1 && w->at[prefix + 1]->letter;
    return phone[0] == '1' && (odd || (phone[1] >= '3' && phone[1] <= '9'));
}

/* What stands before a mobile phone's own digits; ID_LENGTH when it is none. */
static size_t mobile_prefix(const struct window *w) {
    static const char *const prefixes[] = {"", "0", "86", "086", "0086"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t length = strlen(prefixes[i]);
        if (w->count == length + PHONE_LENGTH && memcmp(w->value, prefixes[i], length) == 0 &&
            begins_as_mobile(w, length) && (length == 0 || w->parts > 1)) {
            return length;
        }
    }
    return ID_LENGTH;
}

/* Of Beijing and the other large cities three; 0 for none. */
size_t number_area_digits(const char *value) {
    if (value[0] != '0' || value[1] == '0') {
        return 0;
    }
    return value[1] == '1' || value[1] == '2' ? 3 : 4;
}

/* Digits of the area code in front of a local number of 7 or 8; 0 when it is no landline. */
static size_t area_length(const struct window *w) {
    const char *d = w->value;
    const size_t area = w->count >= LANDLINE_SHORTEST && w->count <= LONG_GROUP ? number_area_digits(d) : 0;
    if (area == 0) {
        return 0;
    }
    bool local = w->count - area >= LOCAL_SHORTEST && w->count - area <= LOCAL_LONGEST && d[area] >= '2';
    return local && (!w->listed || (w->shape[0] == area && has_no_small_part(w))) ? area : 0;
}

/* All count as seen; those from `from` up to `to` are hidden. */
static void hide(struct digit *d, size_t count, size_t from, size_t to) {
    for (size_t i = 0; i < count; i++) {
        d[i].matched = true;
        d[i].hidden = d[i].hidden || (i >= from && i < to);
    }
}

/* What the scan of finished pages looks for; what is parted oddly was perhaps no number. */
static void remember(const struct number_run *run, const struct window *w, size_t from) {
    if (w->parts == 1 || has_no_small_part(w) || w->parts == w->count) {
        number_set_add(run->hidden, number_key(w->value + from, w->count - from));
    }
}

static void hide_window(struct number_run *run, const struct window *w, size_t number, size_t from, size_t to) {
    for (size_t i = 0; i < w->count; i++) {
        w->at[i]->matched = true;
        w->at[i]->hidden = w->at[i]->hidden || (i >= from && i < to);
    }
    run->found = true;
    remember(run, w, number);
}

/* The pass that reads letters looks for numbers with letters. */
static bool has_right_letters(const struct number_run *run, const struct window *w) {
    size_t letters = 0;
    for (size_t i = 0; i < w->count; i++) {
        letters += w->at[i]->letter;
    }
    return run->letters ? letters > 0 && w->count - letters >= (w->count == ID_LENGTH ? ID_DIGITS : PHONE_DIGITS)
                        : letters == 0;
}

static void try_window(struct number_run *run, const struct window *w) {
    const struct group *g = groups_of(run);
    if (!has_right_letters(run, w)) {
        return;
    }
    if (g[w->first].date > 1 || g[w->last].date == 1 || g[w->last].date == 2) {
        return;
    }
    const size_t prefix = mobile_prefix(w), area = area_length(w);
    if (is_id(w) || is_old_id(w)) {
        hide_window(run, w, 0, ID_SHOWN, w->count);
    } else if (w->date < ID_LENGTH) {
        return;
    } else if (prefix < ID_LENGTH && is_parted_as_phone(run, w)) {
        hide_window(run, w, prefix, prefix + LONG_SHOWN, w->count - TAIL_SHOWN);
    } else if (area > 0) {
        hide_window(run, w, 0, area, w->count - TAIL_SHOWN);
    }
}

/* 138一1234一5678: 一 for a dash. */
static bool is_dash(const struct number_run *run, size_t at) {
    const struct group *g = groups_of(run) + at;
    return at > 0 && at + 1 < group_count(run) && g->kind == NUMERAL_HAN && g->count == 1 &&
           digits_of(run)[g->first].value == '1' && g->gap == GAP_NONE && g[1].gap == GAP_NONE &&
           g[-1].kind == NUMERAL_PLAIN && g[1].kind == NUMERAL_PLAIN;
}

static bool window_add(struct number_run *run, struct window *w, size_t index) {
    const struct group *g = groups_of(run) + index;
    if (w->count + g->count > ID_LENGTH) {
        return false;
    }
    if (g->date == 1) {
        w->date = w->date < ID_LENGTH ? 0 : w->count; /* of two, none is a birth date */
    }
    if (w->parts == 0 || g->gap != GAP_NONE) {
        w->listed = w->listed || (w->parts > 0 && g->gap == GAP_LIST);
        w->one_sign = w->parts < 2 || (w->one_sign && g->sign == groups_of(run)[index - 1].sign);
        w->shape[w->parts++] = 0;
    }
    w->shape[w->parts - 1] += g->count;
    w->last = index;
    for (uint32_t i = 0; i < g->count; i++) {
        w->at[w->count] = digits_of(run) + g->first + i;
        w->value[w->count] = w->at[w->count]->value;
        w->count++;
    }
    return true;
}

/* Can a number begin here? Only an ID begins with a digit other than these. */
static bool may_begin(const struct number_run *run, size_t group) {
    const size_t first = groups_of(run)[group].first, left = digit_count(run) - first;
    const char value = digits_of(run)[first].value;
    return left >= LANDLINE_SHORTEST && (left >= OLD_ID_LENGTH || value == '0' || value == '1' || value == '8');
}

/* All windows that begin with a group. */
static bool try_windows(struct number_run *run, size_t first, bool dashes) {
    struct window w = {.first = first, .date = ID_LENGTH};
    bool dash = false;
    for (size_t i = first; i < group_count(run); i++) {
        if (i > first && is_dash(run, i)) {
            dash = true;
            if (dashes) {
                continue;
            }
        }
        if (!window_add(run, &w, i)) {
            break;
        }
        try_window(run, &w);
    }
    return dash;
}

static void hide_group(struct number_run *run, const struct group *g, enum numbers which) {
    struct digit *d = digits_of(run) + g->first;
    if (d[0].matched) {
        return;
    }
    bool local = g->count >= LOCAL_SHORTEST;
    run->found = run->found || (local && which == NUMBERS_ALL);
    if (g->count >= LONG_GROUP) {
        hide(d, g->count, LONG_SHOWN, g->count);
    } else if (which == NUMBERS_ALL && (local || g->kind == NUMERAL_PLAIN)) { /* 二叔 is no number */
        hide(d, g->count, 0, local ? g->count - TAIL_SHOWN : g->count);
    }
}

/* 电话22123456: without an area code a landline looks like any number, but for the word before it. */
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

static void hide_local(struct number_run *run) {
    struct digit *d = digits_of(run);
    const size_t first = groups_of(run)[0].count;
    if (!d[0].matched && first >= LOCAL_SHORTEST && first <= LOCAL_LONGEST && d[0].value >= '2' &&
        phone_cue(run->text, run->from)) {
        hide(d, first, 0, first - TAIL_SHOWN);
    }
}

void number_run_hide(struct number_run *run, enum numbers which) {
    if (which == NUMBERS_PERSONAL && digit_count(run) < LOCAL_SHORTEST) {
        return;
    }
    number_run_mark_dates(run);
    for (size_t i = 0; i < group_count(run); i++) {
        if (may_begin(run, i) && try_windows(run, i, false)) {
            try_windows(run, i, true);
        }
    }
    for (size_t i = 0; i < group_count(run) && !run->letters; i++) {
        hide_group(run, groups_of(run) + i, which);
    }
    if (!run->letters) {
        hide_local(run);
    }
}
