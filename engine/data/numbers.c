/* numbers.c: personal numbers that stand in free text.
 *
 * A run is what a person may read as numbers in a row: groups of digits with at most three separators between two
 * groups. Within a run every sequence of whole groups is tried that, joined, is as long as an ID or a phone; where the
 * digits fit the pattern, their middle is hidden. Matches may overlap and all of them count: a wrong guess then hides
 * too much, never too little. Separators stay where they are. */
#include "data/mask.h"

#include "base/utf8.h"

enum {
    SEPARATORS_MOST = 3,
    ID_LENGTH = 18,
    ID_SHOWN = 6, /* the region; the birth date behind it must not be seen */
    PHONE_LENGTH = 11,
    TAIL_SHOWN = 4,
    LONG_GROUP = 12, /* longer than any count, sum or date */
    LONG_SHOWN = 3,
    LOCAL_SHORTEST = 7,
    LOCAL_LONGEST = 8
};

struct digit {
    size_t offset, bytes; /* in the text */
    uint32_t group;
    char value; /* '0' … '9', 'X' */
    bool hidden;
    bool matched;
};

struct run {
    struct buffer digits; /* of struct digit */
    size_t from, to;      /* in the text */
    uint32_t groups;
};

static size_t run_length(const struct run *run) {
    return run->digits.count / sizeof(struct digit);
}

static struct digit *run_digits(const struct run *run) {
    return (struct digit *)(void *)run->digits.bytes;
}

int numbers_digit(uint32_t c) {
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    return -1;
}

bool numbers_separator(uint32_t c) {
    static const bool ascii[0x80] = {[' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, ['-'] = true,
                                     ['.'] = true, ['('] = true,  [')'] = true,  ['_'] = true};
    static const uint32_t others[] = {
        0xA0,   0xAD,   0xB7,   0x2002, 0x2003, 0x2009, 0x200B, 0x200C, 0x200D, 0x2010, 0x2011, 0x2012, 0x2013,
        0x2014, 0x2015, 0x202F, 0x2060, 0x2212, 0x3000, 0xFE63, 0xFEFF, 0xFF08, 0xFF09, 0xFF0D, 0xFF0E, 0xFF3F,
    };
    if (c < 0x80)
        return ascii[c];
    if (c > 0x3000 && c < 0xFE63) /* ideographs */
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] == c)
            return true;
    return false;
}

static bool is_x(uint32_t c) {
    return c == 'X' || c == 'x' || c == 0xFF38 || c == 0xFF58;
}

static void run_add(struct run *run, size_t offset, size_t end, char value) {
    struct digit digit = {.offset = offset, .bytes = end - offset, .group = run->groups, .value = value};
    buffer_append(&run->digits, &digit, sizeof digit);
    run->to = end;
}

/* The next run at or behind `offset`; false when there is none. */
static bool run_read(struct run *run, struct str text, size_t offset) {
    buffer_clear(&run->digits);
    run->groups = 0;
    size_t separators = 0;
    while (offset < text.n) {
        size_t from = offset;
        uint32_t c = (unsigned char)text.p[offset] < 0x80 ? (unsigned char)text.p[offset++] : utf8_next(text, &offset);
        int value = numbers_digit(c);
        size_t length = run_length(run);
        bool check = is_x(c) && length >= ID_LENGTH - 1;
        if (value >= 0 || check) {
            if (length == 0)
                run->from = from;
            if (separators > 0)
                run->groups++;
            separators = 0;
            run_add(run, from, offset, check ? 'X' : (char)('0' + value));
        } else if (length > 0 && (!numbers_separator(c) || ++separators > SEPARATORS_MOST)) {
            return true;
        }
    }
    return run_length(run) > 0;
}

static int two_digits(const struct digit *d) {
    return (d[0].value - '0') * 10 + d[1].value - '0';
}

/* A list of marks may well have 18 digits, so that digits with gaps must also hold a birth date. */
static bool is_id(const struct digit *d, size_t count) {
    if (count != ID_LENGTH)
        return false;
    for (size_t i = 0; i + 1 < ID_LENGTH; i++)
        if (d[i].value == 'X')
            return false;
    if (d[0].group == d[ID_LENGTH - 2].group)
        return true;
    int century = two_digits(d + 6), month = two_digits(d + 10), day = two_digits(d + 12);
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_mobile(const struct digit *d, size_t count) {
    return count == PHONE_LENGTH && d[0].value == '1' && d[1].value >= '3' && d[1].value <= '9';
}

/* Digits of the area code in front of a local number of 7 or 8; 0 when it is no landline. */
static size_t area_length(const struct digit *d, size_t count) {
    if (count < 10 || count > 12 || d[0].value != '0' || d[1].value == '0')
        return 0;
    bool metropolis = d[1].value == '1' || d[1].value == '2';
    size_t area = metropolis ? 3 : 4;
    bool local = count - area >= LOCAL_SHORTEST && count - area <= LOCAL_LONGEST && d[area].value >= '2';
    return local ? area : 0;
}

/* All count as seen; those from `from` up to `to` are hidden. */
static void hide(struct digit *d, size_t count, size_t from, size_t to) {
    for (size_t i = 0; i < count; i++) {
        d[i].matched = true;
        d[i].hidden = d[i].hidden || (i >= from && i < to);
    }
}

static void hide_pattern(struct digit *d, size_t count) {
    size_t area = area_length(d, count);
    if (is_id(d, count))
        hide(d, count, ID_SHOWN, count);
    else if (is_mobile(d, count))
        hide(d, count, LONG_SHOWN, count - TAIL_SHOWN);
    else if (area > 0)
        hide(d, count, area, count - TAIL_SHOWN);
}

/* Tries all sequences of whole groups that begin with the group at d[0]. */
static void hide_joined(struct digit *d, size_t left) {
    for (size_t count = 1; count <= ID_LENGTH && count <= left; count++)
        if (count == left || d[count].group != d[count - 1].group)
            hide_pattern(d, count);
}

static size_t group_length(const struct digit *d, size_t left) {
    size_t count = 1;
    while (count < left && d[count].group == d[0].group)
        count++;
    return count;
}

static void hide_group(struct digit *d, size_t count, enum numbers which) {
    if (d[0].matched)
        return;
    if (count >= LONG_GROUP)
        hide(d, count, LONG_SHOWN, count);
    else if (which == NUMBERS_ALL)
        hide(d, count, 0, count < LOCAL_SHORTEST ? count : count - TAIL_SHOWN);
}

/* 电话22123456: without an area code a landline looks like any number, but for the word before it. */
static bool phone_cue(struct str text, size_t at) {
    static const char *const cues[] = {"电话", "座机", "致电", "号码", "来电", "热线"};
    enum { REACH = 24 };
    struct str before = str_slice(text, at > REACH ? at - REACH : 0, at);
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        if (str_find(before, str_from(cues[i])) < before.n)
            return true;
    return false;
}

static void run_hide(struct run *run, struct str text, enum numbers which) {
    struct digit *d = run_digits(run);
    size_t length = run_length(run);
    for (size_t i = 0; i < length; i += group_length(d + i, length - i))
        hide_joined(d + i, length - i);
    for (size_t i = 0; i < length;) {
        size_t count = group_length(d + i, length - i);
        hide_group(d + i, count, which);
        i += count;
    }
    size_t first = group_length(d, length);
    if (!d[0].matched && first >= LOCAL_SHORTEST && first <= LOCAL_LONGEST && d[0].value >= '2' &&
        phone_cue(text, run->from))
        hide(d, first, 0, first - TAIL_SHOWN);
}

static void run_write(struct buffer *out, const struct run *run, struct str text) {
    size_t written = run->from;
    const struct digit *d = run_digits(run);
    for (size_t i = 0; i < run_length(run); i++) {
        if (!d[i].hidden)
            continue;
        buffer_add(out, str_slice(text, written, d[i].offset));
        buffer_byte(out, '*');
        written = d[i].offset + d[i].bytes;
    }
    buffer_add(out, str_slice(text, written, run->to));
}

/* Most texts hold no number worth the trouble. */
static bool few_digits(struct str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        count += (text.p[i] >= '0' && text.p[i] <= '9') || (unsigned char)text.p[i] == 0xEF;
    return count < LOCAL_SHORTEST;
}

void numbers_hide(struct buffer *out, struct str text, enum numbers which) {
    size_t written = 0;
    struct run run = {0};
    if (which == NUMBERS_ALL || !few_digits(text)) {
        buffer_reserve(&run.digits, 2 * ID_LENGTH * sizeof(struct digit));
        while (run_read(&run, text, written)) {
            buffer_add(out, str_slice(text, written, run.from));
            run_hide(&run, text, which);
            run_write(out, &run, text);
            written = run.to;
        }
    }
    buffer_add(out, str_slice(text, written, text.n));
    buffer_release(&run.digits);
}
