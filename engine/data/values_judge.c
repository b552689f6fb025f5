/* values_judge.c: one value held against its column's rule. */
#include "data/values_internal.h"

#include <string.h>

static bool is_time(enum value_form form) {
    return form == VALUE_DAY || form == VALUE_MONTH || form == VALUE_MOMENT;
}

static enum time_form time_form_of(enum value_form form) {
    return form == VALUE_DAY ? TIME_DAY : form == VALUE_MONTH ? TIME_MONTH : TIME_MOMENT;
}

static inline bool is_same_8(const char *a, const char *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

static inline bool is_same_4(const char *a, const char *b) {
    uint32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

/* memcmp in place: most texts have a few bytes, and there are a million of them. */
static inline bool is_same(const char *a, const char *b, size_t count) {
    if (count > 16) {
        return memcmp(a, b, count) == 0;
    }
    if (count >= 8) {
        return is_same_8(a, b) && is_same_8(a + count - 8, b + count - 8);
    }
    if (count >= 4) {
        return is_same_4(a, b) && is_same_4(a + count - 4, b + count - 4);
    }
    return count == 0 || (a[0] == b[0] && a[count / 2] == b[count / 2] && a[count - 1] == b[count - 1]);
}

static const struct str *find_code(const struct value_rule *rule, struct str text) {
    for (size_t i = 0; i < rule->code_count; i++) {
        if (rule->codes[i].n == text.n && is_same(rule->codes[i].p, text.p, text.n)) {
            return &rule->codes[i];
        }
    }
    return NULL;
}

static bool is_right(const struct value_rule *rule, struct str text) {
    return is_time(rule->form) ? time_is(time_form_of(rule->form), text)
                               : rule->form == VALUE_ANY || find_code(rule, text) != NULL;
}

/* Blanks around a code don't count. */
static enum fit judge_code(const struct value_rule *rule, struct str trimmed, struct str *read) {
    const struct str *code = find_code(rule, trimmed);
    if (code == NULL) {
        return FIT_WRONG;
    }
    *read = *code;
    return FIT_READABLE;
}

static enum fit judge_time(enum value_form form, struct str text, char room[static TIME_ROOM], struct str *read) {
    const struct str time = time_read(time_form_of(form), text, room);
    const struct str serial = time.n == 0 && form == VALUE_DAY ? time_of_serial(text, room) : STR_NONE;
    if (time.n + serial.n > 0) {
        *read = time.n > 0 ? time : serial;
    }
    return time.n > 0 ? FIT_READABLE : serial.n > 0 ? FIT_SERIAL : FIT_WRONG;
}

enum fit value_judge(const struct looked_column *column, struct str text, char room[static TIME_ROOM],
                     struct str *read) {
    if (is_right(column->rule, text)) {
        return FIT_RIGHT;
    }
    const struct str trimmed = blanks_trim(text);
    if (trimmed.n == 0) {
        return column->may_be_null ? FIT_EMPTY : FIT_WRONG;
    }
    return is_time(column->rule->form) ? judge_time(column->rule->form, text, room, read)
                                       : judge_code(column->rule, trimmed, read);
}

bool value_is_right(struct looked_column *column, struct str text) {
    if (column->rule->form == VALUE_DAY) {
        return time_is(TIME_DAY, text);
    }
    if (text.n > 0 && text.n == column->right_bytes && is_same(column->right, text.p, text.n)) {
        return true;
    }
    const bool right = is_right(column->rule, text);
    if (right && text.n <= sizeof column->right) {
        memcpy(column->right, text.p, text.n);
        column->right_bytes = text.n;
    }
    return right;
}

enum fit value_judge_cell(struct looked_column *column, sqlite3_value *value, char room[static TIME_ROOM],
                          struct str *read) {
    const int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL) {
        return FIT_UNKNOWN;
    }
    if (type == SQLITE_BLOB) {
        return FIT_WRONG;
    }
    const char *bytes = (const char *)sqlite3_value_text(value);
    const struct str text = {bytes, (size_t)sqlite3_value_bytes(value)};
    if (bytes == NULL) {
        return FIT_WRONG;
    }
    return value_is_right(column, text) ? FIT_RIGHT : value_judge(column, text, room, read);
}
