/* values_judge.c: one value held against its column's rule. */
#include "data/values_internal.h"

#include <string.h>

static bool is_time(enum value_form form) {
    return form == VALUE_DAY || form == VALUE_MONTH || form == VALUE_MOMENT;
}

static enum time_form time_form_of(enum value_form form) {
    return form == VALUE_DAY ? TIME_DAY : form == VALUE_MONTH ? TIME_MONTH : TIME_MOMENT;
}

static const struct str *find_code(const struct value_rule *rule, struct str text) {
    for (size_t i = 0; i < rule->code_count; i++) {
        if (rule->codes[i].n == text.n && memcmp(rule->codes[i].p, text.p, text.n) == 0) {
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
    if (text.n > 0 && text.n == column->right_bytes && memcmp(column->right, bytes, text.n) == 0) {
        return FIT_RIGHT;
    }
    const enum fit fit = value_judge(column, text, room, read);
    if (fit == FIT_RIGHT && text.n > 0 && text.n <= sizeof column->right) {
        memcpy(column->right, bytes, text.n);
        column->right_bytes = text.n;
    }
    return fit;
}
