/* class_plain.c: a class is found by its name of the term, word for word; people write that name in their own way, and two ways of writing it are
 * the same where both say 年级, or brackets, between the grade and the number. */
#include "intake/class_plain.h"

#include "base/utf8.h"

static uint32_t narrowed(uint32_t c) {
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

static bool is_blank(uint32_t c) {
    return c <= ' ' || c == 0x3000 || c == 0xA0 || utf8_is_hidden(c);
}

static void add(struct buffer *out, uint32_t c) {
    char bytes[4];
    buffer_append(out, bytes, utf8_encode(c, bytes));
}

/* 1 to 9 by 一 to 九, or the digit itself; 0: neither. */
static uint32_t digit_of(uint32_t c) {
    static const uint32_t han[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (size_t i = 0; i < sizeof han / sizeof *han; i++) {
        if (c == han[i]) {
            return '1' + (uint32_t)i;
        }
    }
    return c >= '0' && c <= '9' ? c : 0;
}

/* The name's characters, with one '.' for what stands between the grade and the number. False: it is no such name. */
static bool add_meaning(struct str plain, struct buffer *out) {
    const struct str grade_word = STR("年级");
    size_t dots = 0, digits = 0;
    for (size_t at = 0; at < plain.n;) {
        const uint32_t c = utf8_next(plain, &at);
        const uint32_t digit = digit_of(c);
        const bool is_grade_word = c == 0x5E74 && str_starts(str_slice(plain, at - 3, plain.n), grade_word);
        at += is_grade_word ? 3 : 0;
        if (is_grade_word || c == '(') {
            dots += digits > 0 && out->bytes[out->count - 1] != '.';
            if (digits > 0 && out->bytes[out->count - 1] != '.') {
                buffer_byte(out, '.');
            }
        } else if (digit != 0) {
            add(out, digit);
            digits++;
        } else if (c != ')' && c != 0x73ED) { /* 班 */
            return false;
        }
    }
    return dots == 1 && digits >= 2 && out->bytes[out->count - 1] != '.' && out->bytes[1] == '.';
}

void class_plain(struct str name, bool by_meaning, struct buffer *out) {
    struct buffer plain = {0}, meaning = {0};
    for (size_t at = 0; at < name.n;) {
        const uint32_t c = narrowed(utf8_next(name, &at));
        if (!is_blank(c)) {
            add(&plain, c);
        }
    }
    if (!by_meaning) {
        buffer_add(out, buffer_str(&plain));
    } else if (add_meaning(buffer_str(&plain), &meaning)) {
        buffer_add(out, buffer_str(&meaning));
    }
    buffer_release(&meaning);
    buffer_release(&plain);
}

static void answer(struct sql_call *call, void *context) {
    struct buffer out = {0};
    const struct str name = sql_argument_text(call, 0);
    (void)context;
    if (name.p != NULL) {
        class_plain(name, sql_argument(call, 1).integer != 0, &out);
    }
    if (out.count > 0) {
        sql_answer_text(call, buffer_str(&out));
    }
    buffer_release(&out);
}

void class_plain_add(struct sql *db) {
    static const struct sql_function function = {"class_plain", 2, answer};
    sql_functions(db, &function, 1, NULL);
}
