/* tab_value.c: is a cell a number, a day, or words?
 *
 * The printed words decide together with the value that they come from. “¥130.00”, “47.3%” and “1,234” are numbers in a format; the
 * number is the value itself where it is printed as that value rounded, in tenths, hundredths or thousandths of it: so sums of a
 * column agree with those on paper. Where it isn't (99.9% of 0.9996), it is what is printed.
 *
 * Words stay: what begins with a needless 0 (007), what has more digits than a spreadsheet keeps, what looks like a phone or an ID or
 * stands in a column of such, and figures that the database holds as text and no filter wrote: 10.31 may be a day. */
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "compose/expand.h"
#include "compose/tab_internal.h"
#include "filter/filter.h"

enum { DIGITS_KEPT = 15, DIGITS_OF_PHONE = 11, DIGITS_OF_LANDLINE = 7, SCALE_LIMIT = 15, SHIFTS = 5 };

/* A number as printed. */
struct figure {
    bool negative, yen, yen_first, grouped, percent;
    struct str plain; /* digits, and a point: 1234.50 */
    size_t whole, decimals;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What stands before the digits: a sign and ¥, in either order. */
static struct str read_signs(struct str text, struct figure *figure) {
    static const struct str yen = STR_INIT("¥");
    for (;;) {
        if (!figure->yen && str_starts(text, yen)) {
            figure->yen = true;
            figure->yen_first = !figure->negative;
            text = str_slice(text, yen.n, text.n);
        } else if (!figure->negative && str_starts(text, STR("-"))) {
            figure->negative = true;
            text = str_slice(text, 1, text.n);
        } else {
            return text;
        }
    }
}

/* Digits with commas before each third of the whole ones. */
static bool read_digits(struct str text, struct figure *figure, char *plain) {
    size_t n = 0, run = 0;
    bool point = false;
    for (size_t i = 0; i < text.n; i++) {
        if (is_digit(text.p[i])) {
            plain[n++] = text.p[i];
            *(point ? &figure->decimals : &figure->whole) += 1;
            run++;
        } else if (text.p[i] == '.' && !point && run > 0) {
            plain[n++] = '.';
            point = true;
            run = 0;
        } else if (text.p[i] == ',' && !point && run > 0 && run <= 3 && i + 3 < text.n) {
            figure->grouped = true;
            run = 0;
        } else {
            return false;
        }
    }
    figure->plain = (struct str){plain, n};
    return run > 0 && (!figure->grouped || point || run == 3);
}

static bool read_figure(struct arena *arena, struct str text, struct figure *figure) {
    *figure = (struct figure){0};
    struct str digits = read_signs(text, figure);
    if (digits.n == 0 || digits.n > 40) {
        return false;
    }
    if (str_ends(digits, STR("%"))) {
        figure->percent = true;
        digits.n--;
    }
    return read_digits(digits, figure, arena_alloc(arena, digits.n + 1));
}

/* --- what is no number, whatever it looks like -------------------------------------------------------------------- */

static bool is_plain(const struct figure *figure) {
    return !figure->yen && !figure->percent && !figure->grouped;
}

/* 2026.11 is a month. */
static bool is_month(const struct figure *figure) {
    const char *p = figure->plain.p;
    return is_plain(figure) && figure->whole == 4 && figure->decimals <= 2 && figure->decimals > 0 &&
           (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0);
}

static bool names_personal(const struct scope *scope, const struct piece *piece) {
    return piece->kind == PIECE_VALUE &&
           session_is_personal(scope->context->resolved->session, scope->context->layout->values[piece->value].column);
}

static bool is_filtered(const struct scope *scope, const struct piece *piece) {
    return scope->context->layout->values[piece->value].filter_count > 0;
}

static bool is_words(const struct scope *scope, const struct piece *piece, const struct value *value,
                     const struct figure *figure) {
    const bool bare = is_plain(figure) && figure->decimals == 0;
    if (figure->whole > 1 && figure->plain.p[0] == '0') {
        return true;
    }
    if (figure->whole + figure->decimals > DIGITS_KEPT || (bare && figure->whole >= DIGITS_OF_PHONE)) {
        return true;
    }
    if (bare && figure->whole >= DIGITS_OF_LANDLINE && names_personal(scope, piece)) {
        return true;
    }
    return value->kind == VALUE_TEXT && piece->kind == PIECE_VALUE &&
           (bare || is_month(figure) || (is_plain(figure) && !is_filtered(scope, piece)));
}

/* --- the number ------------------------------------------------------------------------------------------------------ */

static int64_t power_of_ten(int32_t n) {
    int64_t power = 1;
    while (n-- > 0) {
        power *= 10;
    }
    return power;
}

/* Is `digits` × 10^-scale, rounded half up to the places of `shown`, the number shown? */
static bool rounds_to(int64_t digits, int32_t scale, int64_t shown, int32_t shown_scale) {
    if (scale <= shown_scale) {
        int64_t raised;
        return shown_scale - scale <= SCALE_LIMIT &&
               !__builtin_mul_overflow(digits, power_of_ten(shown_scale - scale), &raised) && raised == shown;
    }
    if (scale - shown_scale > SCALE_LIMIT) {
        return false;
    }
    const int64_t unit = power_of_ten(scale - shown_scale);
    const int64_t size = digits < 0 ? -digits : digits;
    const int64_t rounded = size / unit + (size % unit * 2 >= unit);
    return (digits < 0 ? -rounded : rounded) == shown;
}

/* The value itself, where it is printed as itself, in tenths, hundredths …; else what is printed. */
static struct str number_of(const struct scope *scope, const struct value *value, const struct figure *figure) {
    struct arena *arena = scope->arena;
    int64_t shown = 0, digits = 0;
    int32_t shown_scale = 0, scale = 0;
    struct str plain = figure->plain;
    if (figure->negative) {
        plain = str_join(arena, STR("-"), plain);
    }
    if (!filter_read_number(plain, &shown, &shown_scale)) {
        return plain;
    }
    shown_scale += figure->percent ? 2 : 0;
    bool known = filter_read_number(value_text(arena, value), &digits, &scale) && digits > -power_of_ten(18) &&
                 digits < power_of_ten(18);
    for (int32_t shift = 0; known && shift < SHIFTS; shift++) {
        if (rounds_to(digits, scale + shift, shown, shown_scale)) {
            return filter_write_number(arena, digits, scale + shift);
        }
    }
    return filter_write_number(arena, shown, shown_scale);
}

static struct str number_format(struct arena *arena, const struct figure *figure) {
    static const char zeros[] = ".000000000000000";
    const int decimals = figure->decimals > 0 ? (int)figure->decimals + 1 : 0;
    const struct str digits =
        str_printf(arena, "%s%.*s%s", figure->grouped ? "#,##0" : "0", decimals, zeros, figure->percent ? "%" : "");
    if (!figure->yen) {
        return digits;
    }
    const struct str with_yen = str_printf(arena, "\"¥\"%.*s", STR_ARG(digits));
    if (figure->negative && figure->yen_first) {
        return str_printf(arena, "%.*s;\"¥\"-%.*s", STR_ARG(with_yen), STR_ARG(digits));
    }
    return with_yen;
}

/* --- days -------------------------------------------------------------------------------------------------------- */

enum { DAY_PARTS = 3 };

/* The digits at the head of the text, when they are the part's: with or without its leading 0. */
static size_t part_length(struct str text, struct str part) {
    if (str_starts(text, part)) {
        return part.n;
    }
    const struct str bare = part.p[0] == '0' ? str_slice(part, 1, part.n) : part;
    bool ends = text.n == bare.n || (text.n > bare.n && !is_digit(text.p[bare.n]));
    return str_starts(text, bare) && ends ? bare.n : 0;
}

/* Words in a format. */
static size_t add_words(struct buffer *out, struct str text) {
    size_t n = 0;
    while (n < text.n && !is_digit(text.p[n]) && text.p[n] != '"') {
        n++;
    }
    buffer_printf(out, "\"%.*s\"", (int)n, text.p);
    return n;
}

static bool add_day(struct buffer *out, struct str day, struct str text) {
    const struct str parts[DAY_PARTS] = {str_slice(day, 0, 4), str_slice(day, 5, 7), str_slice(day, 8, 10)};
    static const char *const formats[DAY_PARTS][2] = {{"yyyy", "yyyy"}, {"m", "mm"}, {"d", "dd"}};
    size_t part = 0;
    int64_t number;
    const bool digits_alone = text.n == 8 && str_to_int(text, &number);
    while (text.n > 0) {
        size_t n = part < DAY_PARTS ? part_length(text, parts[part]) : 0;
        if (n > 0) {
            buffer_add(out, str_from(formats[part++][digits_alone || text.p[0] == '0']));
        } else {
            n = add_words(out, text);
        }
        if (n == 0) {
            return false;
        }
        text = str_slice(text, n, text.n);
    }
    return part == DAY_PARTS;
}

/* The format in which a day is printed: yyyy"年"m"月"d"日". STR_NONE where the paper doesn't print all of it, so that nobody learns
 * here what isn't printed there. */
static struct str day_format(struct arena *arena, struct str day, struct str text) {
    struct buffer out = {0};
    if (str_eq(day, text)) {
        return STR("yyyy-mm-dd");
    }
    const struct str format = add_day(&out, day, text) ? str_copy(arena, buffer_str(&out)) : STR_NONE;
    buffer_release(&out);
    return format;
}

/* Spreadsheets count the first two months of 1900 wrong. */
static bool is_day(const struct value *value) {
    return value->kind == VALUE_TEXT && time_is(TIME_DAY, value->text) &&
           str_compare(value->text, STR("1900-03-01")) >= 0;
}

/* --- the cell -------------------------------------------------------------------------------------------------------- */

/* The one placeholder that a cell is; NULL: it is more, or less. */
static const struct piece *only_piece(const struct template *text) {
    if (text->count != 1 || text->lines[0].count != 1) {
        return NULL;
    }
    const struct piece *piece = &text->lines[0].pieces[0];
    return piece->kind == PIECE_VALUE || piece->kind == PIECE_COUNTER ? piece : NULL;
}

static struct value value_of(const struct scope *scope, const struct piece *piece) {
    if (piece->kind == PIECE_VALUE) {
        return *scope_value(scope, piece->value);
    }
    struct scope aside = *scope; /* what is wrong with it was told when it was printed */
    struct findings known = {.arena = scope->arena};
    aside.found = &known;
    return scope->tally != NULL ? expand_counted(&aside, piece->counter) : (struct value){.kind = VALUE_NULL};
}

struct str tab_without_blanks(struct arena *arena, struct str text) {
    struct buffer out = {0};
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, &at);
        if (c != ' ' && c != 0x3000) {
            buffer_append(&out, text.p + from, at - from);
        }
    }
    const struct str kept = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return kept;
}

/* 张　三 is 张三, where only the filter has parted it. */
static void take_out_blanks(const struct scope *scope, const struct value *value, struct tab_cell *cell) {
    if (value->kind == VALUE_TEXT && !str_eq(value->text, cell->text) &&
        str_eq(value->text, tab_without_blanks(scope->arena, cell->text))) {
        cell->text = value->text;
    }
}

void tab_value(const struct scope *scope, const struct template *text, struct tab_cell *cell) {
    const struct piece *piece = only_piece(text);
    if (piece == NULL || cell->text.n == 0) {
        return;
    }
    const struct value value = value_of(scope, piece);
    struct figure figure;
    if (value.kind == VALUE_NULL) {
        return;
    }
    const struct str format = is_day(&value) ? day_format(scope->arena, value.text, cell->text) : STR_NONE;
    if (format.n > 0) {
        cell->kind = TAB_DAY;
        cell->value = value.text;
        cell->format = format;
    } else if (!is_day(&value) && read_figure(scope->arena, cell->text, &figure) &&
               !is_words(scope, piece, &value, &figure)) {
        cell->kind = TAB_NUMBER;
        cell->value = number_of(scope, &value, &figure);
        cell->format = number_format(scope->arena, &figure);
    } else {
        take_out_blanks(scope, &value, cell);
    }
}
