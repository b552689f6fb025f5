/* lengths.c: 25mm, 小四, 2em: one length, several, and margins. */
#include "layout/values.h"

#include <string.h>

#include "base/length.h"

/* 25mm, 小四, with em 2em; a bare number only as a factor. */
static bool parse_length(struct str word, bool em, bool factor, int32_t *number, enum length_unit *unit) {
    *unit = UNIT_MP;
    if (length_parse(word, 0, number)) {
        return true;
    }
    if (em && str_ends(word, STR("em")) && length_parse(word, 1000, number)) {
        *unit = UNIT_EM;
        return true;
    }
    char with_unit[32];
    if (!factor || word.n == 0 || word.n > 10 || strchr("0123456789", word.p[word.n - 1]) == NULL) {
        return false;
    }
    memcpy(with_unit, word.p, word.n);
    memcpy(with_unit + word.n, "em", 2);
    *unit = UNIT_FACTOR;
    return length_parse((struct str){with_unit, word.n + 2}, 1000, number);
}

static bool is_unit(struct str word) {
    return str_is(word, "mm") || str_is(word, "cm") || str_is(word, "pt") || str_is(word, "in") || str_is(word, "em");
}

struct str value_next_length(struct arena *arena, struct str *rest) {
    struct str word = next_word(rest), behind = *rest;
    const struct str unit = next_word(&behind);
    if (is_unit(unit)) {
        *rest = behind;
        return str_join(arena, word, unit);
    }
    return word;
}

static bool tell_number_of_lengths(const struct reading *r, struct str takes) {
    if (r->key == &schema_of(MAPPING_BLOCK)->keys[KEY_BLOCK_AT]) { /* x y, x y width … */
        return value_tell_takes(r, "120mm 200mm, 120mm 200mm 60mm 20mm");
    }
    return value_tell_takes(r, str_c(r->reader->arena, str_join(r->reader->arena, takes, STR(" × 25mm"))));
}

static bool read_some_lengths(struct reading *r, bool em, bool factor) {
    int64_t least, most;
    value_bounds(r->key, &least, &most);
    struct str rest = r->text;
    for (struct str word; (word = value_next_length(r->reader->arena, &rest)).n > 0; r->out->count++) {
        if (r->out->count == 4) {
            r->out->count = 5;
            break;
        }
        int32_t *number = &r->out->number[r->out->count];
        bool ok = parse_length(word, em, factor, number, &r->out->unit[r->out->count]);
        if (!ok || (!em && *number < 0)) {
            advice_tell_length(r, word);
            return false;
        }
    }
    if ((int64_t)r->out->count < least || (int64_t)r->out->count > most) {
        return tell_number_of_lengths(
            r, least == most ? str_int(r->reader->arena, least)
                             : str_printf(r->reader->arena, "%lld–%lld", (long long)least, (long long)most));
    }
    return true;
}

bool lengths_read_margins(struct reading *r) {
    if (!read_some_lengths(r, false, false)) {
        return false;
    }
    if (r->out->count != 1 && r->out->count != 4) {
        return tell_number_of_lengths(r, STR("1, 4"));
    }
    for (size_t i = r->out->count; i < 4; i++) {
        r->out->number[i] = r->out->number[0];
    }
    return true;
}

bool lengths_read(struct reading *r) {
    return read_some_lengths(r, false, false);
}

/* Of nothing nothing is seen. */
bool lengths_read_size(struct reading *r) {
    if (!read_some_lengths(r, false, false)) {
        return false;
    }
    if (r->out->number[0] <= 0) {
        advice_tell_length(r, r->text);
        return false;
    }
    return true;
}

bool value_is_printable_line(struct reading *r, int32_t thickness_mp) {
    if (thickness_mp == 0 || thickness_mp >= PT(0.2)) {
        return true;
    }
    TELL(r->reader, L250, r->node->place, r->text);
    return false;
}

bool lengths_read_thickness(struct reading *r) {
    return read_some_lengths(r, false, false) && value_is_printable_line(r, r->out->number[0]);
}

bool lengths_read_em(struct reading *r) {
    return read_some_lengths(r, true, false);
}

bool lengths_read_leading(struct reading *r) {
    r->out->count = 1;
    enum { GREATEST_FACTOR = 6000 }; /* 28 is meant in points */
    if (parse_length(r->text, true, true, &r->out->number[0], &r->out->unit[0]) && r->out->number[0] > 0 &&
        (r->out->unit[0] != UNIT_FACTOR || r->out->number[0] <= GREATEST_FACTOR)) {
        return true;
    }
    advice_tell_length(r, r->out->text);
    return false;
}
