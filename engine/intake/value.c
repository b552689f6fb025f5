/* value.c: one reader a type of field. Sources: GB 11643 (ID), DOMAIN E (phones, names, plates). */
#include "intake/value.h"

#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "data/days.h"
#include "rules/judge.h"

#define CODES_LIMIT 40

struct reader {
    struct arena *arena;
    const struct field *field;
    const struct cell *cell;
    const struct cell_place *place;
    struct diags *diags;
};

void cell_tell(struct diags *diags, enum diag_code code, const struct cell_place *place, struct str heading,
               struct str a, struct str b, struct str c) {
    const struct place at = {.file = place->file, .record = place->cell, .field = heading};
    diag_add(diags, code, at, (const struct str[4]){a, b, c});
}

static void tell(const struct reader *reader, enum diag_code code, struct str a, struct str b) {
    cell_tell(reader->diags, code, reader->place, str_from(reader->field->heading), reader->cell->text, a, b);
}

static bool keep_text(struct taken *out, struct str text) {
    *out = (struct taken){.given = text.n > 0, .is_text = true, .text = text};
    return true;
}

static bool keep_whole(struct taken *out, int64_t whole) {
    *out = (struct taken){.given = true, .whole = whole};
    return true;
}

/* Kept otherwise than it was written, which is told. */
static bool keep_corrected(const struct reader *reader, struct taken *out, struct str text) {
    if (!str_eq(text, reader->cell->text)) {
        tell(reader, DIAG_T202, text, STR_NONE);
    }
    return keep_text(out, text);
}

/* Kept as it stands, though it isn't what the field wants. */
static bool keep_doubtful(const struct reader *reader, struct taken *out, struct str text, struct str wanted) {
    tell(reader, DIAG_T205, wanted, STR_NONE);
    return keep_text(out, text);
}

static bool refuse(const struct reader *reader, struct str wanted, struct str example) {
    tell(reader, DIAG_T203, wanted, example);
    return false;
}

/* --- characters --------------------------------------------------------------------------------------------------- */

/* Full-width signs as ASCII, U+3000 and U+00A0 as blanks, what nobody sees left out. */
static struct str narrow(struct arena *arena, struct str text) {
    struct buffer out = {0};
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        char bytes[4] = {0};
        c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c == 0x3000 || c == 0xA0 ? ' ' : c;
        if (!utf8_is_hidden(c)) {
            buffer_append(&out, bytes, utf8_encode(c, bytes));
        }
    }
    const struct str copy = str_copy(arena, str_trim(buffer_str(&out)));
    buffer_release(&out);
    return copy;
}

/* Without the bytes of a set. */
static struct str without(struct arena *arena, struct str text, const char *set) {
    char *copy = arena_alloc(arena, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (strchr(set, text.p[i]) == NULL) {
            copy[n++] = text.p[i];
        }
    }
    return (struct str){copy, n};
}

static struct str upper(struct arena *arena, struct str text) {
    char *copy = arena_alloc(arena, text.n);
    for (size_t i = 0; i < text.n; i++) {
        copy[i] = text.p[i] >= 'a' && text.p[i] <= 'z' ? (char)(text.p[i] - 'a' + 'A') : text.p[i];
    }
    return (struct str){copy, text.n};
}

static size_t digits_at(struct str text, size_t from) {
    size_t n = 0;
    while (from + n < text.n && text.p[from + n] >= '0' && text.p[from + n] <= '9') {
        n++;
    }
    return n;
}

static bool are_digits(struct str text) {
    return text.n > 0 && digits_at(text, 0) == text.n;
}

/* 15402623716.0, as programs write who read numbers. */
static struct str without_fraction(struct str text) {
    const size_t whole = digits_at(text, 0);
    size_t end = whole + 1;
    while (end < text.n && text.p[end] == '0') {
        end++;
    }
    return whole > 0 && whole + 1 < text.n && text.p[whole] == '.' && end == text.n ? str_slice(text, 0, whole) : text;
}

/* 5.20399E+17: a spreadsheet's way to write a long number whose last digits it has forgotten. */
static bool is_scientific(struct str text) {
    size_t at = digits_at(text, 0);
    if (at == 0) {
        return false;
    }
    if (at < text.n && text.p[at] == '.') {
        at += 1 + digits_at(text, at + 1);
    }
    if (at + 2 > text.n || (text.p[at] != 'E' && text.p[at] != 'e')) {
        return false;
    }
    at += text.p[at + 1] == '+' ? 2 : 1;
    return digits_at(text, at) > 0 && at + digits_at(text, at) == text.n;
}

/* --- numbers that are no quantities ------------------------------------------------------------------------------- */

static const char number_fillings[] = " -'\n\t"; /* that people and programs put into long numbers */

static bool has_lost_digits(const struct reader *reader) {
    const struct str text = without(reader->arena, narrow(reader->arena, reader->cell->text), number_fillings);
    return reader->cell->kind == CELL_LOST || is_scientific(text);
}

/* What is wrong with a number, by the judges' words. */
static struct str reason_of(const char *fault) {
    return strcmp(fault, "length") == 0     ? BOTH("it has too few or too many characters", "位数不对")
           : strcmp(fault, "old") == 0      ? BOTH("15 digits, as before 1999", "是 15 位旧号码")
           : strcmp(fault, "date") == 0     ? BOTH("there is no such day of birth", "其中的出生日期不存在")
           : strcmp(fault, "checksum") == 0 ? BOTH("its last character doesn't fit the others", "末位校验码不符")
           : strcmp(fault, "letter") == 0   ? BOTH("it begins with none of G, J, L", "首字母应为 G、J 或 L")
                                          : BOTH("it has other characters than digits", "含有数字以外的字符");
}

static const char *fault_of(enum field_type type, struct str text) {
    return type == FIELD_ID ? id_fault(text) : type == FIELD_CARD ? card_fault(text) : school_no_fault(text, STR_NONE);
}

static bool read_id(const struct reader *reader, struct taken *out) {
    const struct str plain = without(reader->arena, narrow(reader->arena, reader->cell->text), number_fillings);
    const struct str text = upper(reader->arena, without_fraction(plain));
    const char *fault = fault_of(reader->field->type, text);
    if (fault != NULL && text.n > 0) {
        tell(reader, DIAG_T503, reason_of(fault), STR_NONE);
        return keep_text(out, text);
    }
    return keep_corrected(reader, out, text);
}

static bool read_plate(const struct reader *reader, struct taken *out) {
    struct buffer plain = {0};
    const struct str text = narrow(reader->arena, reader->cell->text);
    for (size_t i = 0; i < text.n;) {
        const size_t from = i;
        const uint32_t c = utf8_next(text, &i);
        if (c != ' ' && c != '-' && c != '.' && c != 0xB7 && c != 0x2022 && c != 0x2027 && c != 0x30FB) {
            buffer_add(&plain, str_slice(text, from, i));
        }
    }
    const struct str plate = upper(reader->arena, buffer_str(&plain));
    buffer_release(&plain);
    return keep_corrected(reader, out, plate);
}

static struct str right_phone(struct arena *arena, struct str text) {
    struct buffer right = {0};
    phone_right(text, &right);
    const struct str phone = str_copy(arena, buffer_str(&right));
    buffer_release(&right);
    return phone;
}

/* As the checks read phones: right, or right but for its form; else with the 0 that a spreadsheet took away. */
static bool read_phone(const struct reader *reader, struct taken *out) {
    const struct str text = without_fraction(narrow(reader->arena, reader->cell->text));
    const struct str readings[] = {text, str_join(reader->arena, STR("0"), text)};
    const size_t count = str_starts(text, STR("0")) ? 1 : 2;
    for (size_t i = 0; i < count; i++) {
        const char *fault = phone_fault(readings[i]);
        if (fault == NULL) {
            return keep_corrected(reader, out, readings[i]);
        }
        if (strcmp(fault, "form") == 0) {
            return keep_corrected(reader, out, right_phone(reader->arena, readings[i]));
        }
    }
    if (strcmp(phone_fault(text), "stale") == 0) {
        tell(reader, DIAG_T501, right_phone(reader->arena, text), STR_NONE);
        return keep_text(out, text);
    }
    return keep_doubtful(reader, out, blanks_trim(reader->cell->text),
                         BOTH("phone number: 11 digits, or area code-number", "电话号码：手机 11 位，或 区号-号码"));
}

static bool read_digits(const struct reader *reader, struct taken *out) {
    const struct str text = without_fraction(without(reader->arena, narrow(reader->arena, reader->cell->text), " '"));
    return are_digits(text) ? keep_corrected(reader, out, text)
                            : keep_doubtful(reader, out, text, BOTH("number of digits alone", "纯数字的号码"));
}

/* --- names and texts ---------------------------------------------------------------------------------------------- */

static bool is_dot(uint32_t c) {
    return c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF0E || c == 0x22C5 || c == 0x2219 || c == 0xFF65;
}

static bool is_blank(uint32_t c) {
    return c <= ' ' || c == 0x3000 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F;
}

/* Han names without the blanks that pad them (王　芳), other names with single ones; the dot is U+00B7. */
static bool read_name(const struct reader *reader, struct taken *out) {
    const struct str text = blanks_trim(reader->cell->text);
    struct buffer name = {0};
    bool after_latin = false, blank = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        char bytes[4] = {0};
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (utf8_is_hidden(c)) {
            continue;
        }
        c = is_dot(c) ? 0xB7 : c;
        if (blank && after_latin && c < 0x2E80 && c != 0xB7) {
            buffer_byte(&name, ' ');
        }
        buffer_append(&name, bytes, utf8_encode(c, bytes));
        after_latin = c < 0x2E80 && c != 0xB7;
        blank = false;
    }
    const struct str kept = str_copy(reader->arena, buffer_str(&name));
    buffer_release(&name);
    return keep_corrected(reader, out, kept);
}

static bool read_text(const struct reader *reader, struct taken *out) {
    return keep_text(out, blanks_trim(reader->cell->text));
}

/* --- days --------------------------------------------------------------------------------------------------------- */

static struct str wanted_time(enum time_form form) {
    return form == TIME_DAY     ? BOTH("day, like 2026-09-01", "日期，如 2026-09-01")
           : form == TIME_MONTH ? BOTH("month, like 2026-09", "月份，如 2026-09")
                                : BOTH("moment, like 2026-09-01 08:30:00", "时间，如 2026-09-01 08:30:00");
}

/* A spreadsheet turns 2026-10 into the first day of it, and drops midnight. */
static struct str day_as(struct arena *arena, enum time_form form, struct str day) {
    if (form == TIME_DAY) {
        return str_slice(day, 0, 10);
    }
    if (form == TIME_MONTH) {
        return str_slice(day, 0, 7);
    }
    return day.n == 10 ? str_join(arena, day, STR(" 00:00:00")) : day;
}

static bool read_time(const struct reader *reader, enum time_form form, struct taken *out) {
    char room[TIME_ROOM];
    const struct str text = blanks_trim(reader->cell->text);
    if (reader->cell->kind == CELL_DAY) {
        return keep_text(out, day_as(reader->arena, form, text));
    }
    struct str read = time_read(form, text, room);
    if (read.n == 0 && form == TIME_MOMENT) {
        read = time_read(TIME_DAY, text, room);
        read = read.n > 0 ? day_as(reader->arena, form, read) : read;
    }
    const bool is_serial = reader->cell->kind == CELL_NUMBER || (text.n == 5 && are_digits(text));
    if (read.n == 0 && is_serial) {
        read = time_of_serial(text, room); /* a number in a column of days, without their format; or that became text */
        read = read.n > 0 ? day_as(reader->arena, form, read) : read;
    }
    if (read.n == 0) {
        return keep_doubtful(reader, out, text, wanted_time(form));
    }
    return keep_corrected(reader, out, str_copy(reader->arena, read));
}

/* --- codes and quantities ----------------------------------------------------------------------------------------- */

static size_t codes_of(const char *values, struct str codes[static CODES_LIMIT]) {
    size_t count = 0;
    struct str rest = str_from(values);
    while (rest.n > 0 && count < CODES_LIMIT) {
        codes[count++] = str_split(rest, '|', &rest);
    }
    return count;
}

/* Of a single character the code that begins with it (叔, 叔父): any other is one step away from all short ones. */
static struct str nearest_code(struct str text, const struct str *codes, size_t count) {
    if (utf8_count(text) > 1) {
        return nearest_name(text, codes, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (str_starts(codes[i], text)) {
            return codes[i];
        }
    }
    return STR_NONE;
}

/* 期末考试 is 期末; 一等奖, 1等 and 1 are 一. */
static bool says_code(struct arena *arena, struct str text, struct str code) {
    static const char *const digits[] = {"一", "二", "三"}, *const ends[] = {"", "考试", "等奖", "等"};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        if (text.n > 0 && text.p[0] == (char)('1' + i) && str_is(code, digits[i])) {
            text = str_join(arena, code, str_slice(text, 1, text.n));
        }
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (str_eq(text, str_join(arena, code, str_from(ends[i])))) {
            return true;
        }
    }
    return false;
}

static bool read_code(const struct reader *reader, struct taken *out) {
    struct str codes[CODES_LIMIT];
    const size_t count = codes_of(reader->field->values, codes);
    const struct str text = without(reader->arena, narrow(reader->arena, reader->cell->text), " ");
    for (size_t i = 0; i < count; i++) {
        if (says_code(reader->arena, text, codes[i])) {
            return keep_corrected(reader, out, codes[i]);
        }
    }
    const struct str near = nearest_code(text, codes, count);
    tell(reader, near.n > 0 ? DIAG_T204 : DIAG_T207, near, names_joined(reader->arena, codes, count, CODES_LIMIT));
    return keep_text(out, blanks_trim(reader->cell->text));
}

static bool is_one_of(struct str text, struct str words) {
    while (words.n > 0) {
        if (str_eq(text, str_split(words, '|', &words))) {
            return true;
        }
    }
    return false;
}

/* A field's values add words of its own: those for yes, a slash, those for no. */
static bool read_yes(const struct reader *reader, struct taken *out) {
    static const struct str yes = STR_INIT("是|有|√|✓|✔|1|Y|YES|TRUE|对"),
                            no = STR_INIT("否|无|×|✗|✘|0|N|NO|FALSE|不是|没有|X");
    const struct str text =
        upper(reader->arena, without(reader->arena, narrow(reader->arena, reader->cell->text), " "));
    struct str own_no = STR_NONE;
    const struct str own_yes = str_split(str_from(reader->field->values), '/', &own_no);
    if (is_one_of(text, yes) || is_one_of(text, own_yes)) {
        return keep_whole(out, 1);
    }
    if (is_one_of(text, no) || is_one_of(text, own_no)) {
        return keep_whole(out, 0);
    }
    return refuse(reader, BOTH("yes or no: 是, 否", "“是”或“否”"), STR("是"));
}

/* Units that people write behind a number. */
static struct str without_unit(struct str text) {
    static const char *const units[] = {"人",   "次", "名", "分钟", "分", "个", "厘米", "CM", "千克",
                                        "公斤", "KG", "元", "%",    "岁", "座", "级",   "年", "班"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const struct str unit = str_from(units[i]);
        if (text.n > unit.n && str_ends(text, unit)) {
            return str_slice(text, 0, text.n - unit.n);
        }
    }
    return text;
}

/* Digits, perhaps a point and digits: times the factor, exactly. False where digits would be lost, or it is none. */
static bool scale_exactly(struct str text, int64_t factor, int64_t *out) {
    const size_t whole = digits_at(text, 0);
    int64_t n = 0;
    if (whole == 0 || whole > 12 || !str_to_int(str_slice(text, 0, whole), &n)) {
        return false;
    }
    n *= factor;
    if (whole < text.n && text.p[whole] != '.') {
        return false;
    }
    for (size_t i = whole + 1; i < text.n; i++) {
        const int digit = text.p[i] >= '0' && text.p[i] <= '9' ? text.p[i] - '0' : -1;
        factor = factor % 10 == 0 ? factor / 10 : 0;
        if (digit < 0 || (factor == 0 && digit > 0)) {
            return false;
        }
        n += digit * factor;
    }
    *out = n;
    return true;
}

static bool read_quantity(const struct reader *reader, int64_t factor, struct taken *out) {
    const struct str narrowed =
        upper(reader->arena, without(reader->arena, narrow(reader->arena, reader->cell->text), " ,"));
    const struct str yuan = STR("¥");
    const struct str text =
        without_unit(str_starts(narrowed, yuan) ? str_slice(narrowed, yuan.n, narrowed.n) : narrowed);
    int64_t whole = 0;
    if (scale_exactly(text, factor, &whole)) {
        return keep_whole(out, whole);
    }
    return refuse(reader,
                  factor == 1 ? BOTH("whole number", "整数")
                              : BOTH("number of so many decimals", "这一栏的数（小数位数有限）"),
                  str_from(reader->field->example[0] != '\0' ? reader->field->example : "12"));
}

static int64_t factor_of(const struct field *field) {
    int64_t factor = 1;
    str_to_int(str_from(field->values), &factor);
    return factor;
}

/* What stands instead of a mark (schema.sql, mark.state), and short words for it. */
static bool read_score(const struct reader *reader, struct taken *out) {
    static const char *const states[][2] = {{"缺考", "缺考"}, {"缓考", "缓考"}, {"免考", "免考"}, {"违纪", "违纪"},
                                            {"缺", "缺考"},   {"缺席", "缺考"}, {"未考", "缺考"}, {"缓", "缓考"},
                                            {"免", "免考"},   {"免试", "免考"}};
    const struct str text = without(reader->arena, narrow(reader->arena, reader->cell->text), " ");
    int64_t whole = 0;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (str_is(text, states[i][0])) {
            return keep_corrected(reader, out, str_from(states[i][1]));
        }
    }
    if (scale_exactly(without_unit(text), factor_of(reader->field), &whole)) {
        return keep_whole(out, whole);
    }
    return refuse(reader,
                  BOTH("mark with one decimal at most, or 缺考, 缓考, 免考, 违纪",
                       "得分（至多一位小数），或 缺考、缓考、免考、违纪"),
                  STR("92.5"));
}

/* A text without all that one reader or another takes out of it: blanks, hidden characters, fillings and dots; in narrow capitals. */
static struct str skeleton(struct arena *arena, struct str text) {
    struct buffer kept = {0};
    const struct str narrowed = narrow(arena, text);
    for (size_t i = 0; i < narrowed.n;) {
        const size_t from = i;
        const uint32_t c = utf8_next(narrowed, &i);
        const bool is_filling = c == ',' || c == '-' || c == '.' || c == '\'' || c == 0xB7 || is_dot(c);
        if (!is_filling && !is_blank(c)) {
            buffer_add(&kept, str_slice(narrowed, from, i));
        }
    }
    const struct str copy = upper(arena, buffer_str(&kept));
    buffer_release(&kept);
    return copy;
}

/* As text, as a CSV file holds it and a workbook that was given back, whatever stands around it: none is taken for a value. */
static bool is_fault(struct arena *arena, const struct cell *cell) {
    static const char *const faults[] = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"};
    const bool has_hash =
        str_find_byte(cell->text, '#') < cell->text.n || str_find(cell->text, STR("＃")) < cell->text.n;
    const struct str word = has_hash ? skeleton(arena, cell->text) : STR_NONE;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (str_is(word, faults[i])) {
            return true;
        }
    }
    return cell->kind == CELL_FAULT;
}

bool field_read(struct arena *arena, const struct field *field, const struct cell *cell, const struct cell_place *place,
                struct diags *diags, struct taken *out) {
    const struct reader reader = {arena, field, cell, place, diags};
    *out = (struct taken){0};
    if (is_fault(arena, cell)) {
        tell(&reader, DIAG_T206, STR_NONE, STR_NONE);
        return false;
    }
    switch (field->type) {
    case FIELD_ID:
    case FIELD_PUPIL:
    case FIELD_CARD:
    case FIELD_PHONE:
    case FIELD_DIGITS:
        if (has_lost_digits(&reader)) {
            tell(&reader, DIAG_T201, STR_NONE, STR_NONE);
            return false;
        }
        return field->type == FIELD_PHONE    ? read_phone(&reader, out)
               : field->type == FIELD_DIGITS ? read_digits(&reader, out)
                                             : read_id(&reader, out);
    case FIELD_NAME:
        return read_name(&reader, out);
    case FIELD_PLATE:
        return read_plate(&reader, out);
    case FIELD_TEXT:
    case FIELD_CLASS:
        return read_text(&reader, out);
    case FIELD_DAY:
        return read_time(&reader, TIME_DAY, out);
    case FIELD_MONTH:
        return read_time(&reader, TIME_MONTH, out);
    case FIELD_MOMENT:
        return read_time(&reader, TIME_MOMENT, out);
    case FIELD_CODE:
        return read_code(&reader, out);
    case FIELD_YES:
        return read_yes(&reader, out);
    case FIELD_WHOLE:
        return read_quantity(&reader, 1, out);
    case FIELD_SCORE:
        return read_score(&reader, out);
    case FIELD_SCALED:
        return read_quantity(&reader, factor_of(field), out);
    }
    return false;
}

/* --- back to paper ------------------------------------------------------------------------------------------------ */

/* 1425 with a factor of 10 is 142.5; needless zeros go. */
static struct str scaled_text(struct arena *arena, const struct field *field, int64_t whole) {
    int64_t factor = 1;
    str_to_int(str_from(field->values), &factor);
    const int64_t rest = whole % factor;
    struct str text = str_int(arena, whole / factor);
    if (rest > 0) {
        struct str digits = str_slice(str_int(arena, factor + rest), 1, 20);
        while (digits.n > 0 && digits.p[digits.n - 1] == '0') {
            digits.n--;
        }
        text = str_printf(arena, "%.*s.%.*s", STR_ARG(text), STR_ARG(digits));
    }
    return text;
}

struct str field_written(struct arena *arena, const struct field *field, struct taken value) {
    if (!value.given) {
        return STR("");
    }
    if (value.is_text) {
        return value.text;
    }
    if (field->type == FIELD_YES) {
        return value.whole != 0 ? STR("是") : STR("否");
    }
    return field->type == FIELD_SCALED || field->type == FIELD_SCORE ? scaled_text(arena, field, value.whole)
                                                                     : str_int(arena, value.whole);
}

struct str fields_seal(struct arena *arena, const struct form *form, const struct taken *values) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < form->field_count; i++) {
        const struct str text = field_written(arena, &form->fields[i], values[i]);
        hash_add(stream, text.p, text.n);
        hash_add(stream, "\x1F", 1);
    }
    return str_slice(hash_hex(arena, hash_end(stream)), 0, 8);
}
