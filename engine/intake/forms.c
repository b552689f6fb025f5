/* forms.c: which forms there are, and how their names are recognised. */
#include "intake/forms.h"

#include <string.h>

#include "base/utf8.h"
#include "intake/forms_all.h"

const struct form *const forms[] = {
    &form_school, &form_staff,   &form_class,   &form_student,  &form_move,    &form_family,   &form_absence,
    &form_roll,   &form_special, &form_health,  &form_ride,     &form_subject, &form_marks,    &form_pairing,
    &form_record, &form_care,    &form_contact, &form_activity, &form_meeting, &form_donation, &form_paper,
    &form_award,  &form_bank,    &form_duty,    &form_teaching, &form_survey,  &form_age,      &form_case,
    &form_pledge, &form_letter,  &form_conduct, &form_incident, &form_growth,
};
const size_t form_count = sizeof forms / sizeof *forms;

/* Characters that a heading may have or lack: blanks, line ends, marks of what is required. */
static bool is_filling(uint32_t c) {
    return c <= ' ' || c == 0x3000 || c == 0xA0 || c == '*' || c == 0xFF0A || c == ':' || c == 0xFF1A || c == 0xFEFF ||
           c == 0x200B || c == 0x2605;
}

static bool opens(uint32_t c) {
    return c == '(' || c == 0xFF08 || c == '[' || c == 0x3010;
}

static bool closes(uint32_t c) {
    return c == ')' || c == 0xFF09 || c == ']' || c == 0x3011;
}

/* The next character that counts, from *at on; 0 at the end. */
static uint32_t next_of(struct str text, size_t *at) {
    int depth = 0;
    while (*at < text.n) {
        const uint32_t c = utf8_next(text, at);
        depth += opens(c);
        if (depth == 0 && !is_filling(c)) {
            return c;
        }
        depth -= closes(c) && depth > 0;
    }
    return 0;
}

/* What stands in the first brackets of a text that has nothing outside of them: 【姓名】, （学生）（必填）; else the text. */
static struct str bare(struct str text) {
    size_t at = 0, from = 0;
    int depth = 0;
    if (text.n == 0 || next_of(text, &at) != 0) {
        return text;
    }
    for (size_t next = 0; next < text.n;) {
        const size_t here = next;
        const uint32_t c = utf8_next(text, &next);
        depth += opens(c) - closes(c);
        from = from == 0 && opens(c) ? next : from;
        if (from > 0 && depth == 0) {
            return str_slice(text, from, here);
        }
    }
    return text;
}

/* Bytes of the first character where it surely counts, a digit, a Latin letter or a Han character; else 0. */
static size_t first_bytes(struct str text) {
    const unsigned char first = text.n > 0 ? (unsigned char)text.p[0] : 0;
    const bool plain =
        (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    return plain ? 1 : first >= 0xE4 && first <= 0xE9 && text.n >= 3 ? 3 : 0;
}

/* Nearly all that are compared: each cell is, with each heading of the form. */
static bool begin_otherwise(struct str a, struct str b) {
    const size_t n = first_bytes(a), m = first_bytes(b);
    return n > 0 && m > 0 && (n != m || memcmp(a.p, b.p, n) != 0);
}

static bool is_same(struct str heading, struct str b) {
    if (begin_otherwise(heading, b)) {
        return false;
    }
    const struct str a = bare(heading);
    size_t i = 0, k = 0;
    for (;;) {
        const uint32_t c = next_of(a, &i), d = next_of(b, &k);
        if (c != d || c == 0) {
            return c == d;
        }
    }
}

static bool is_one_of(struct str text, const char *names) {
    struct str rest = str_from(names);
    while (rest.n > 0) {
        if (is_same(text, str_split(rest, '|', &rest))) {
            return true;
        }
    }
    return false;
}

bool field_is_headed(const struct field *field, struct str heading) {
    return is_same(heading, str_from(field->heading)) || is_one_of(heading, field->synonyms);
}

const struct form *form_by_name(struct str name) {
    for (size_t i = 0; i < form_count; i++) {
        if (is_same(name, str_from(forms[i]->name)) || is_one_of(name, forms[i]->synonyms)) {
            return forms[i];
        }
    }
    return NULL;
}
