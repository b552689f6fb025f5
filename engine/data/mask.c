/* mask.c: the masks: a value as a reader gets it.
 *
 * Each hides at least what identifies a person: of an ID all behind the region (the birth date stands on the same
 * paper), of a phone the middle, of a name all but the surname, of an address all behind the village group. A value
 * that says no more than “none” is shown to everybody; one that isn't of its column's kind is hidden whole. */
#include "data/mask.h"

#include "base/utf8.h"

static const struct str mask_names[] = {
    [MASK_FULL] = STR_INIT("full"), [MASK_ID] = STR_INIT("id"),           [MASK_PHONE] = STR_INIT("phone"),
    [MASK_NAME] = STR_INIT("name"), [MASK_ADDRESS] = STR_INIT("address"), [MASK_TEXT] = STR_INIT("text"),
    [MASK_YEAR] = STR_INIT("year"), [MASK_NOTHING] = STR_INIT("nothing"),
};
enum { MASK_COUNT = sizeof mask_names / sizeof *mask_names };

struct str mask_name(enum mask mask) {
    return mask_names[mask];
}

bool mask_from_name(struct str name, enum mask *mask) {
    for (unsigned i = 0; i < MASK_COUNT; i++) {
        if (str_eq(name, mask_names[i])) {
            *mask = (enum mask)i;
            return true;
        }
    }
    return false;
}

static const struct str reader_names[READER_COUNT] = {
    [READER_SCHOOL] = STR_INIT("school"),
    [READER_INSPECTOR] = STR_INIT("inspector"),
    [READER_FAMILY] = STR_INIT("family"),
    [READER_PUBLIC] = STR_INIT("public"),
};

struct str reader_name(enum reader reader) {
    return reader_names[reader];
}

bool reader_from_name(struct str name, enum reader *reader) {
    for (unsigned i = 0; i < READER_COUNT; i++) {
        if (str_eq(name, reader_names[i])) {
            *reader = (enum reader)i;
            return true;
        }
    }
    return false;
}

/* White space of both widths at both ends. */
static struct str trim(struct str s) {
    const struct str blank = STR("　"); /* U+3000 */
    for (;;) {
        struct str t = str_trim(s);
        if (str_starts(t, blank)) {
            t = str_slice(t, blank.n, t.n);
        }
        if (str_ends(t, blank)) {
            t = str_slice(t, 0, t.n - blank.n);
        }
        if (t.n == s.n) {
            return t;
        }
        s = t;
    }
}

/* Perhaps: another character may share its first or last byte with U+3000. */
static bool ends_in_blank(struct str s) {
    const unsigned char first = (unsigned char)s.p[0], last = (unsigned char)s.p[s.n - 1];
    return first <= ' ' || first == 0xE3 || last <= ' ' || last == 0x80;
}

static bool says_nothing(struct str value) {
    static const char *const words[] = {"",  "无", "不详", "未知", "没有", "暂无", "未登记", "未办理",
                                        "—", "——", "-",    "/",    "待补", "空号", "停机"};
    enum { LONGEST = 9 };
    if (value.n > LONGEST && !ends_in_blank(value)) {
        return false; /* as most values */
    }
    const struct str word = trim(value);
    for (size_t i = 0; word.n <= LONGEST && i < sizeof words / sizeof *words; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static void add_stars(struct buffer *out, size_t count) {
    while (count-- > 0) {
        buffer_byte(out, '*');
    }
}

static bool is_letter(uint32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A);
}

/* Says no more than that there is a value. */
static void write_hidden(struct buffer *out) {
    add_stars(out, 3);
}

enum { ID_REGION = 6, ID_SHORTEST = 15, ID_LENGTH = 18 };

/* Reads an ID or 学籍号 (without its letter) as '0' … 'X' into digits; its length, 0 when it is none. */
static size_t read_id(struct str value, char digits[ID_LENGTH]) {
    size_t count = 0, letters = 0;
    for (size_t i = 0; i < value.n && count < ID_LENGTH;) {
        const uint32_t c = utf8_next(value, &i);
        const int digit = numeral_value(c);
        if (digit >= 0) {
            digits[count++] = (char)('0' + digit);
        } else if (count == ID_LENGTH - 1 && numeral_is_x(c)) {
            digits[count++] = 'X';
        } else if (numeral_gap(c) == GAP_NONE && (count > 0 || letters++ > 0 || !is_letter(c))) {
            break;
        }
    }
    return count == ID_LENGTH || count == ID_SHORTEST ? count : 0;
}

/* 520321201404110015 gives 520321************, a 学籍号 keeps its letter too. */
static void write_id(struct buffer *out, struct str value, struct masking *masking) {
    char digits[ID_LENGTH];
    size_t count = read_id(value, digits), first = 0;
    if (count == 0) {
        write_hidden(out);
        return;
    }
    number_set_add(&masking->hidden, number_key(digits, count));
    size_t shown = is_letter(utf8_next(value, &first)) ? ID_REGION + 1 : ID_REGION;
    for (size_t i = 0; i < value.n;) {
        const size_t from = i;
        const enum numeral_gap gap = numeral_gap(utf8_next(value, &i));
        if (gap == GAP_TIGHT || gap == GAP_INVISIBLE) {
            continue;
        }
        if (shown > 0) {
            buffer_add(out, str_slice(value, from, i));
            shown--;
        } else {
            buffer_byte(out, '*');
        }
    }
}

/* A column of phones: every number is hidden, words beside them (父亲) stay. */
static void write_phone(struct buffer *out, struct str value, struct masking *masking) {
    const size_t before = out->count;
    if (numbers_hide(out, value, NUMBERS_ALL, masking)) {
        return;
    }
    out->count = before;
    write_hidden(out);
}

/* One name: the first character and at most two asterisks for the rest, so that 王小明 is 王** and 王明 is 王*. */
static void write_one_name(struct buffer *out, struct str name) {
    enum { STARS_MOST = 2 };
    name = trim(name);
    if (name.n == 0) {
        return;
    }
    size_t rest = 0;
    utf8_next(name, &rest);
    size_t others = 0;
    for (size_t i = rest; i < name.n;) {
        others += numeral_gap(utf8_next(name, &i)) == GAP_NONE;
    }
    if (others > 0) {
        buffer_add(out, str_slice(name, 0, rest));
    }
    add_stars(out, others == 0 ? 1 : others < STARS_MOST ? others : STARS_MOST);
}

static bool parts_names(uint32_t c) {
    static const uint32_t between[] = {',', ';', '/', '\n', 0x3001, 0xFF0C, 0xFF1B, 0xFF0F};
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        if (between[i] == c) {
            return true;
        }
    }
    return false;
}

/* A cell may hold several names, each of which is masked: 王**、李*. */
static void write_names(struct buffer *out, struct str value) {
    size_t begin = 0;
    for (size_t i = 0; i < value.n;) {
        const size_t from = i;
        if (!parts_names(utf8_next(value, &i))) {
            continue;
        }
        write_one_name(out, str_slice(value, begin, from));
        buffer_add(out, str_slice(value, from, i));
        begin = i;
    }
    write_one_name(out, str_slice(value, begin, value.n));
}

static void write_address(struct buffer *out, struct str value, struct masking *masking) {
    const size_t end = address_end(value);
    if (end == 0) {
        write_hidden(out);
    } else {
        numbers_hide(out, str_slice(value, 0, end), NUMBERS_PERSONAL, masking);
    }
}

/* The four digits at the head of a day. */
static void write_year(struct buffer *out, struct str value) {
    enum { YEAR_DIGITS = 4 };
    value = trim(value);
    size_t i = 0;
    for (int n = 0; n < YEAR_DIGITS; n++) {
        if (i >= value.n || numeral_value(utf8_next(value, &i)) < 0) {
            add_stars(out, YEAR_DIGITS);
            return;
        }
    }
    buffer_add(out, str_slice(value, 0, i));
}

void masking_release(struct masking *masking) {
    number_set_release(&masking->hidden);
    buffer_release(&masking->digits);
    buffer_release(&masking->groups);
    buffer_release(&masking->again);
}

void mask_write(struct buffer *out, enum mask mask, struct str value, struct masking *masking) {
    if (mask == MASK_NOTHING) {
        return;
    }
    if (mask == MASK_FULL || says_nothing(value)) {
        buffer_add(out, value);
        return;
    }
    switch (mask) {
    case MASK_ID:
        write_id(out, value, masking);
        break;
    case MASK_PHONE:
        write_phone(out, value, masking);
        break;
    case MASK_NAME:
        write_names(out, value);
        break;
    case MASK_ADDRESS:
        write_address(out, value, masking);
        break;
    case MASK_TEXT:
        numbers_hide(out, value, NUMBERS_PERSONAL, masking);
        break;
    case MASK_YEAR:
        write_year(out, value);
        break;
    case MASK_FULL:
    case MASK_NOTHING:
        break;
    }
}

struct str mask_apply(struct arena *arena, enum mask mask, struct str value) {
    if (mask == MASK_TEXT && !numbers_suspected(value)) {
        return str_copy(arena, value);
    }
    struct buffer out = {0};
    struct masking masking = {0};
    mask_write(&out, mask, value, &masking);
    const struct str masked = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    masking_release(&masking);
    return masked;
}
