/* numbers.c: personal numbers that stand in free text.
 *
 * Most texts hold none, so that the first look takes a character every seven bytes: a number is at least as long. Where that one
 * may stand in a number, what is around it is read.
 *
 * A run is what a person may read as numbers in a row: groups of digits, few signs between two. Within a run every sequence of
 * whole groups is a window; where its digits, joined, fit the pattern of an ID or a phone, their middle is hidden:
 *
 *     between the groups             hidden
 *     nothing, blanks, - ( ) ·       however it is parted
 *     also , 、 / : + . 转           where it is parted as people part a number (not 13、5、8、12 and not a sum of 元)
 *
 * O and o, l and I are read as 0 and 1 in a word of nothing but these and digits (1O987654321, not IO nor K01261), in a pass of its
 * own, so that they part numbers as ever in the other. A number has few of them.
 *
 * A date is whole: a number neither begins nor ends within it, and only an ID has one inside. Matches may overlap and all count:
 * a wrong guess then hides too much, never too little. Separators stay where they are. */
#include "data/mask.h"

#include <string.h>

#include "base/utf8.h"

enum {
    SIGNS_MOST = 3, /* between two groups */
    BLANKS_MOST = 24,
    BLANKS_NEAR = 3, /* further apart, digits are as in a list */
    ID_LENGTH = 18,
    ID_SHOWN = 6, /* the region; the birth date behind it must not be seen */
    OLD_ID_LENGTH = 15,
    PHONE_LENGTH = 11,
    TAIL_SHOWN = 4,
    LONG_GROUP = 12, /* longer than any count, sum or date */
    LONG_SHOWN = 3,
    LANDLINE_SHORTEST = 10, /* with its area code */
    LOCAL_SHORTEST = 7,
    LOCAL_LONGEST = 8,
    PHONE_DIGITS = 8, /* at least, where letters stand for the others */
    ID_DIGITS = 14
};

struct digit {
    size_t offset, bytes; /* in the text */
    char value;           /* '0' … '9', 'X' */
    bool hidden, matched;
    bool letter; /* that looks like it */
};

struct group {
    uint32_t first, count; /* its digits */
    enum numeral_kind kind;
    enum numeral_gap gap; /* before it; GAP_NONE: digits of another kind, or nothing */
    uint32_t sign;        /* the one that stands there, ' ' for blanks alone, 0 for several */
    int date;             /* 1 to 3: year, month, day */
};

struct run {
    struct buffer *digits, *groups; /* of struct digit, struct group */
    size_t from, to;                /* in the text */
    struct str text;
    struct number_set *hidden;
    bool found;   /* something that is a phone or an ID */
    bool letters; /* the pass that reads them */
};

static size_t digit_count(const struct run *run) {
    return run->digits->count / sizeof(struct digit);
}

static struct digit *digits_of(const struct run *run) {
    return (struct digit *)(void *)run->digits->bytes;
}

static size_t group_count(const struct run *run) {
    return run->groups->count / sizeof(struct group);
}

static struct group *groups_of(const struct run *run) {
    return (struct group *)(void *)run->groups->bytes;
}

/* --- reading a run ------------------------------------------------------------------------------------------------ */

struct gap {
    size_t signs, blanks;
    uint32_t sign;
    enum numeral_gap kind;
};

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* False when so much stands between that no number goes on behind it. */
static bool gap_add(struct gap *gap, uint32_t c) {
    const enum numeral_gap kind = numeral_gap(c);
    if (kind == GAP_NONE) {
        return false;
    }
    gap->kind = kind > gap->kind ? kind : gap->kind;
    if (kind == GAP_INVISIBLE || is_blank(c)) {
        if (++gap->blanks > BLANKS_NEAR) {
            gap->kind = GAP_LIST;
        }
        return gap->blanks <= BLANKS_MOST;
    }
    gap->sign = gap->signs == 0 ? c : 0;
    return ++gap->signs <= SIGNS_MOST;
}

/* The digit that a letter looks like; -1 for none. */
static int look_alike(uint32_t c) {
    if (c == 'O' || c == 'o' || c == 0xFF2F || c == 0xFF4F) {
        return 0;
    }
    return c == 'l' || c == 'I' || c == 0xFF4C || c == 0xFF29 ? 1 : -1;
}

static bool is_latin(uint32_t c) {
    const uint32_t plain = c >= 0xFF21 && c <= 0xFF5A ? c - 0xFF21 + 'A' : c;
    return (plain >= 'A' && plain <= 'Z') || (plain >= 'a' && plain <= 'z') || (c >= 0xC0 && c <= 0x24F);
}

static bool in_word(uint32_t c) {
    return is_latin(c) || (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Does the letter at `offset` stand in a word of digits and letters that look like them? A longer word than any number is none: it
 * isn't read to its end for each of its letters. */
static bool stands_for_digit(struct str text, size_t offset) {
    enum { WORD_LONGEST = 64 };
    size_t from = offset, count = 0;
    bool digits = false;
    for (size_t before = from; before > 0; from = before) {
        if (!in_word(utf8_previous(text, &before))) {
            break;
        }
        if (++count > WORD_LONGEST) {
            return false;
        }
    }
    count = 0;
    for (size_t to = from; to < text.n;) {
        const size_t at = to;
        const uint32_t c = utf8_next(text, &to);
        if (!in_word(c)) {
            return digits;
        }
        if (++count > WORD_LONGEST || (is_latin(c) && look_alike(c) < 0 && !(numeral_is_x(c) && at > offset))) {
            return false;
        }
        digits = digits || numeral_value(c) >= 0;
    }
    return digits;
}

static void add_group(struct run *run, const struct gap *gap, enum numeral_kind kind) {
    struct group group = {.first = (uint32_t)digit_count(run),
                          .kind = kind,
                          .gap = gap->kind,
                          .sign = gap->signs == 0 && gap->blanks > 0 ? ' ' : gap->sign};
    buffer_append(run->groups, &group, sizeof group);
}

static void add_digit(struct run *run, const struct gap *gap, size_t offset, size_t end, int value, uint32_t c) {
    const bool letter = look_alike(c) >= 0;
    const enum numeral_kind kind = value < 0 || letter ? NUMERAL_PLAIN : numeral_kind(c);
    struct digit digit = {
        .offset = offset, .bytes = end - offset, .value = value < 0 ? 'X' : (char)('0' + value), .letter = letter};
    if (group_count(run) == 0 || gap->kind != GAP_NONE ||
        (value >= 0 && groups_of(run)[group_count(run) - 1].kind != kind)) {
        add_group(run, gap, kind);
    }
    groups_of(run)[group_count(run) - 1].count++;
    buffer_append(run->digits, &digit, sizeof digit);
    run->to = end;
}

/* The next run at or behind `offset`; false when there is none before `to`. */
static bool run_read(struct run *run, size_t offset, size_t to) {
    struct gap gap = {0};
    buffer_clear(run->digits);
    buffer_clear(run->groups);
    while (offset < to) {
        const size_t from = offset;
        const uint32_t c = utf8_next(run->text, &offset);
        int value = numeral_value(c);
        if (run->letters && look_alike(c) >= 0 && stands_for_digit(run->text, from)) {
            value = look_alike(c);
        }
        const size_t length = digit_count(run);
        if (value >= 0 || (numeral_is_x(c) && length >= ID_LENGTH - 1)) {
            run->from = length == 0 ? from : run->from;
            add_digit(run, &gap, from, offset, value, c);
            gap = (struct gap){0};
        } else if (length > 0 && !gap_add(&gap, c)) {
            return true;
        }
    }
    return digit_count(run) > 0;
}

/* --- dates -------------------------------------------------------------------------------------------------------- */

static int number_of(const struct run *run, const struct group *group) {
    int number = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        number = number * 10 + digits_of(run)[group->first + i].value - '0';
    }
    return number;
}

static bool is_part(const struct run *run, const struct group *group, int most) {
    const int number = group->count <= 2 ? number_of(run, group) : 0;
    return number >= 1 && number <= most;
}

/* 2026-11-23 with one sign, and another before and behind: 520399-2016-03-08-0030 is an ID. */
static bool is_date(const struct run *run, size_t at) {
    const struct group *g = groups_of(run) + at;
    const uint32_t sign = at + 2 < group_count(run) ? g[1].sign : 0;
    if (sign == 0 || sign == ' ' || sign != g[2].sign || g[0].count != 4) {
        return false;
    }
    bool goes_on = (at > 0 && g[0].sign == sign) || (at + 3 < group_count(run) && g[3].sign == sign);
    const int year = number_of(run, g);
    return !goes_on && year >= 1900 && year < 2100 && is_part(run, g + 1, 12) && is_part(run, g + 2, 31);
}

static void mark_dates(const struct run *run) {
    for (size_t i = 0; i + 2 < group_count(run); i++) {
        for (int part = 0; is_date(run, i) && part < 3; part++) {
            groups_of(run)[i + (size_t)part].date = part + 1;
        }
    }
}

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

static bool is_counted(const struct run *run, const struct window *w) {
    size_t before = run->from;
    if (w->last + 1 == group_count(run) && numeral_unit_at(run->text, run->to)) {
        return true;
    }
    return w->first == 0 && before > 0 && numeral_is_currency(utf8_previous(run->text, &before));
}

/* Between a list's signs, is it parted as a number would be? */
static bool is_parted_as_phone(const struct run *run, const struct window *w) {
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
static size_t area_digits(const char *value) {
    if (value[0] != '0' || value[1] == '0') {
        return 0;
    }
    return value[1] == '1' || value[1] == '2' ? 3 : 4;
}

/* Digits of the area code in front of a local number of 7 or 8; 0 when it is no landline. */
static size_t area_length(const struct window *w) {
    const char *d = w->value;
    const size_t area = w->count >= LANDLINE_SHORTEST && w->count <= LONG_GROUP ? area_digits(d) : 0;
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
static void remember(const struct run *run, const struct window *w, size_t from) {
    if (w->parts == 1 || has_no_small_part(w) || w->parts == w->count) {
        number_set_add(run->hidden, number_key(w->value + from, w->count - from));
    }
}

static void hide_window(struct run *run, const struct window *w, size_t number, size_t from, size_t to) {
    for (size_t i = 0; i < w->count; i++) {
        w->at[i]->matched = true;
        w->at[i]->hidden = w->at[i]->hidden || (i >= from && i < to);
    }
    run->found = true;
    remember(run, w, number);
}

/* The pass that reads letters looks for numbers with letters. */
static bool has_right_letters(const struct run *run, const struct window *w) {
    size_t letters = 0;
    for (size_t i = 0; i < w->count; i++) {
        letters += w->at[i]->letter;
    }
    return run->letters ? letters > 0 && w->count - letters >= (w->count == ID_LENGTH ? ID_DIGITS : PHONE_DIGITS)
                        : letters == 0;
}

static void try_window(struct run *run, const struct window *w) {
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
static bool is_dash(const struct run *run, size_t at) {
    const struct group *g = groups_of(run) + at;
    return at > 0 && at + 1 < group_count(run) && g->kind == NUMERAL_HAN && g->count == 1 &&
           digits_of(run)[g->first].value == '1' && g->gap == GAP_NONE && g[1].gap == GAP_NONE &&
           g[-1].kind == NUMERAL_PLAIN && g[1].kind == NUMERAL_PLAIN;
}

static bool window_add(struct run *run, struct window *w, size_t index) {
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
static bool may_begin(const struct run *run, size_t group) {
    const size_t first = groups_of(run)[group].first, left = digit_count(run) - first;
    const char value = digits_of(run)[first].value;
    return left >= LANDLINE_SHORTEST && (left >= OLD_ID_LENGTH || value == '0' || value == '1' || value == '8');
}

/* All windows that begin with a group. */
static bool try_windows(struct run *run, size_t first, bool dashes) {
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

static void hide_group(struct run *run, const struct group *g, enum numbers which) {
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

static void hide_local(struct run *run) {
    struct digit *d = digits_of(run);
    const size_t first = groups_of(run)[0].count;
    if (!d[0].matched && first >= LOCAL_SHORTEST && first <= LOCAL_LONGEST && d[0].value >= '2' &&
        phone_cue(run->text, run->from)) {
        hide(d, first, 0, first - TAIL_SHOWN);
    }
}

static void run_hide(struct run *run, enum numbers which) {
    if (which == NUMBERS_PERSONAL && digit_count(run) < LOCAL_SHORTEST) {
        return;
    }
    mark_dates(run);
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

static void run_write(struct buffer *out, const struct run *run) {
    size_t written = run->from;
    const struct digit *d = digits_of(run);
    for (size_t i = 0; i < digit_count(run); i++) {
        if (!d[i].hidden) {
            continue;
        }
        buffer_add(out, str_slice(run->text, written, d[i].offset));
        buffer_byte(out, '*');
        written = d[i].offset + d[i].bytes;
    }
    buffer_add(out, str_slice(run->text, written, run->to));
}

/* --- the first look ----------------------------------------------------------------------------------------------- */

/* The character that holds the byte at `at`; *from and *to are its ends. */
static uint32_t character_at(struct str text, size_t at, size_t *from, size_t *to) {
    size_t begin = at;
    while (begin > 0 && at - begin < 3 && ((unsigned char)text.p[begin] & 0xC0) == 0x80) {
        begin--;
    }
    *from = *to = begin;
    const uint32_t c = utf8_next(text, to);
    if (*to > at) {
        return c;
    }
    *from = *to = at; /* no UTF-8: the byte alone */
    return utf8_next(text, to);
}

static bool may_belong(uint32_t c) {
    return numeral_belongs(c) || look_alike(c) >= 0;
}

static int value_of(uint32_t c) {
    return look_alike(c) >= 0 ? look_alike(c) : numeral_value(c);
}

/* From the first to the last character around one of a number's that may stand in it too; gives back how many are digits. */
static size_t stretch(struct str text, size_t begin, size_t *from, size_t *to, uint32_t c) {
    size_t digits = value_of(c) >= 0;
    while (*from > begin) {
        size_t before = *from;
        c = utf8_previous(text, &before);
        if (!may_belong(c)) {
            break;
        }
        *from = before;
        digits += value_of(c) >= 0;
    }
    while (*to < text.n) {
        size_t behind = *to;
        c = utf8_next(text, &behind);
        if (!may_belong(c) && !numeral_is_x(c)) {
            break;
        }
        *to = behind;
        digits += value_of(c) >= 0;
    }
    return digits;
}

/* Could a mobile phone or a landline begin with these digits? */
static bool may_be_phone(const char *value, size_t left) {
    if (left >= PHONE_LENGTH && value[0] == '1' && value[1] >= '3') {
        return true;
    }
    const size_t area = left >= LANDLINE_SHORTEST && value[0] == '0' ? area_digits(value) : 0;
    return area > 0 && left >= area + LOCAL_SHORTEST && value[area] >= '2';
}

/* Could there be a number in what has so many digits? A local one has seven in a row; a date and a dossier's number fall out. */
static bool is_worthwhile(struct str part) {
    enum { ENOUGH = OLD_ID_LENGTH };
    char value[ENOUGH];
    size_t count = 0, row = 0;
    for (size_t i = 0; i < part.n;) {
        const int digit = value_of(utf8_next(part, &i));
        row = digit >= 0 ? row + 1 : 0;
        if (digit >= 0) {
            value[count++] = (char)('0' + digit);
        }
        if (row >= LOCAL_SHORTEST || count == ENOUGH) {
            return true;
        }
    }
    for (size_t i = 0; i + LANDLINE_SHORTEST <= count; i++) {
        if (may_be_phone(value + i, count - i)) {
            return true;
        }
    }
    return false;
}

/* The next part of the text with enough digits for a number; false when there is none. */
static bool next_stretch(struct str text, size_t begin, size_t *from, size_t *to) {
    for (size_t at = begin + LOCAL_SHORTEST - 1; at < text.n; at += LOCAL_SHORTEST) {
        const uint32_t c = character_at(text, at, from, to);
        if (!may_belong(c)) {
            continue;
        }
        if (stretch(text, begin, from, to, c) >= LOCAL_SHORTEST && is_worthwhile(str_slice(text, *from, *to))) {
            return true;
        }
        at = *to; /* no digit; all before it was seen */
    }
    return false;
}

bool numbers_suspected(struct str text) {
    size_t from, to;
    return next_stretch(text, 0, &from, &to);
}

static void hide_between(struct run *run, struct buffer *out, enum numbers which, size_t from, size_t to) {
    size_t written = from;
    while (run_read(run, written, to)) {
        buffer_add(out, str_slice(run->text, written, run->from));
        run_hide(run, which);
        run_write(out, run);
        written = run->to;
    }
    buffer_add(out, str_slice(run->text, written, to));
}

static bool has_look_alikes(struct str part) {
    for (size_t i = 0; i < part.n;) {
        if (look_alike(utf8_next(part, &i)) >= 0) {
            return true;
        }
    }
    return false;
}

/* What a reader sees of numbers that are written with letters, and all else as it is. */
static struct str without_look_alikes(struct run *run, struct str text, struct buffer *again) {
    buffer_clear(again);
    run->letters = true;
    hide_between(run, again, NUMBERS_PERSONAL, 0, text.n);
    run->letters = false;
    return run->text = buffer_str(again);
}

bool numbers_hide(struct buffer *out, struct str text, enum numbers which, struct masking *masking) {
    size_t written = 0, from = 0, to = text.n;
    struct run run = {.digits = &masking->digits, .groups = &masking->groups, .text = text, .hidden = &masking->hidden};
    if (which == NUMBERS_ALL) {
        hide_between(&run, out, which, 0, text.n);
        return run.found;
    }
    if (has_look_alikes(text)) {
        text = without_look_alikes(&run, text, &masking->again);
    }
    while (next_stretch(text, written, &from, &to)) {
        buffer_add(out, str_slice(text, written, from));
        hide_between(&run, out, which, from, to);
        written = to;
    }
    buffer_add(out, str_slice(text, written, text.n));
    return run.found;
}
