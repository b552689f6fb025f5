/* phrases.c: values that are a short phrase: left 25mm, duplex; split, repeat 2; at least 8mm. */
#include "layout/values.h"

#include <stdlib.h>

#include "base/length.h"

/* number[0] the margin or -1, number[1] whether duplex */
bool phrase_read_binding(struct reading *r) {
    struct str rest = r->text;
    r->out->number[0] = -1;
    while (rest.n > 0) {
        struct str part = str_split(rest, ',', &rest);
        const struct str first = next_word(&part), length = str_trim(part);
        bool left = str_is(first, "left") && (length.n == 0 || length_parse(length, 0, &r->out->number[0]));
        if (str_is(first, "duplex") && length.n == 0) {
            r->out->number[1] = 1;
        } else if (!left) {
            return value_tell_takes(r, "left 25mm, duplex");
        }
    }
    return true;
}

static struct str paper_names(struct arena *arena) {
    struct str names = STR("");
    for (size_t i = 0; length_paper_name(i).n > 0; i++) {
        names = str_join(arena, str_join(arena, names, i > 0 ? STR(", ") : STR("")), length_paper_name(i));
    }
    return names;
}

static void tell_no_paper(const struct reading *r) {
    struct arena *arena = r->reader->arena;
    const struct str meant = value_mended(r), names = paper_names(arena);
    const struct str hint = diag_both(
        arena,
        str_printf(arena, "write A4, A4 landscape, 16K, or width and height: 210mm 297mm; known: %.*s", STR_ARG(names)),
        str_printf(arena, "可写 A4、A4 landscape、16开，或宽和高：210mm 297mm；已知：%.*s", STR_ARG(names)));
    TELL(r->reader, L218, r->node->place, r->out->text, meant.n > 0 ? advice_write_so(arena, meant) : hint);
}

/* A4, A4 landscape, 85.60mm 53.98mm, 210mm × 297mm */
bool phrase_read_paper(struct reading *r) {
    enum { LEAST_MP = 20000 };
    struct str rest = r->text, name = next_word(&rest), turn = str_trim(rest);
    int32_t *size = r->out->number;
    bool turned = str_is(turn, "landscape");
    if (length_paper(name, &size[0], &size[1]) && (turn.n == 0 || turned || str_is(turn, "portrait"))) {
        bool lies = size[0] > size[1];
        if (turn.n > 0 && lies != turned) {
            const int32_t width = size[0];
            size[0] = size[1];
            size[1] = width;
        }
        return true;
    }
    rest = r->text;
    struct str width = value_next_length(r->reader->arena, &rest), height = value_next_length(r->reader->arena, &rest);
    if (str_is(height, "×") || str_is(height, "x")) {
        height = value_next_length(r->reader->arena, &rest);
    }
    if (str_trim(rest).n == 0 && height.n > 0 && length_parse(width, 0, &size[0]) &&
        length_parse(height, 0, &size[1]) && size[0] >= LEAST_MP && size[1] >= LEAST_MP) {
        return true;
    }
    tell_no_paper(r);
    return false;
}

static const char *const strokes[] = {
    [STROKE_SOLID] = "solid", [STROKE_DOUBLE] = "double", [STROKE_DASHED] = "dashed", [STROKE_DOTTED] = "dotted"};

struct str phrase_stroke_word(enum stroke stroke) {
    return str_from(strokes[stroke]);
}

/* number[0] thickness; number[1] enum stroke */
bool phrase_read_stroke(struct reading *r) {
    struct str rest = r->text, thickness = value_next_length(r->reader->arena, &rest), kind = str_trim(rest);
    for (int32_t i = 0; i < (int32_t)(sizeof strokes / sizeof strokes[0]); i++) {
        const bool is_meant = str_is(kind, strokes[i]) || (i == STROKE_SOLID && kind.n == 0);
        if (is_meant && length_parse(thickness, 0, &r->out->number[0]) && r->out->number[0] >= 0) {
            r->out->number[1] = i;
            /* double: two lines and as much between them */
            return value_is_printable_line(r, r->out->number[0] / (i == STROKE_DOUBLE ? 3 : 1));
        }
    }
    const struct key *colour = &schema_of(MAPPING_RULE)->keys[KEY_RULE_COLOUR];
    const struct str meant = str_is(r->text, "yes") || str_is(r->text, "是") ? STR_NONE : advice_colour_meant(r->text);
    if (meant.n > 0 || value_would_read(r->reader, colour, r->node, r->text)) {
        struct arena *arena = r->reader->arena;
        const struct str pairs =
            str_printf(arena, "{line: 0.5pt, colour: %.*s}", STR_ARG(meant.n > 0 ? meant : r->text));
        TELL(r->reader, L219, r->node->place, str_from(r->key->name), STR("0.5pt"), advice_write_so(arena, pairs));
        return false;
    }
    return value_tell_takes(r, "3pt, 3pt double (solid, double, dashed, dotted)");
}

bool phrase_read_pages(struct reading *r) {
    struct str rest = r->text, number = next_word(&rest), unit = str_trim(rest);
    int64_t pages = 0;
    if (str_to_int(number, &pages) && pages > 0 && pages <= 100000 &&
        (unit.n == 0 || str_is(unit, "pages") || str_is(unit, "页"))) {
        r->out->number[0] = (int32_t)pages;
        return true;
    }
    return value_tell_takes(r, "400 pages");
}

bool phrase_read_row_height(struct reading *r) {
    if (str_find_byte(r->text, '|') < r->text.n || r->node->style == SCALAR_LITERAL) {
        TELL(r->reader, L163, r->node->place, str_from(r->key->name));
        return false;
    }
    const struct str length =
        str_starts(r->text, STR("at least ")) ? str_trim(str_slice(r->text, 9, r->text.n)) : r->text;
    return (length_parse(length, 0, &r->out->number[0]) && r->out->number[0] >= 0) ||
           value_tell_takes(r, "at least 8mm");
}

/* number[0] the rows, number[1] whether to the foot */
bool phrase_read_pad(struct reading *r) {
    int64_t rows = 0;
    if (str_is(r->text, "foot")) {
        r->out->number[1] = 1;
        return true;
    }
    if (!str_to_int(r->text, &rows) || rows < 0 || rows > 1000) {
        return value_tell_takes(r, "4, foot");
    }
    r->out->number[0] = (int32_t)rows;
    return true;
}

/* number[0] the columns repeated */
bool phrase_read_wide(struct reading *r) {
    struct str rest = STR_NONE, split = str_trim(str_split(r->text, ',', &rest)), columns = rest;
    const struct str word = next_word(&columns);
    int64_t count = 0;
    bool repeats = str_is(word, "repeat") && str_to_int(str_trim(columns), &count) && count >= 0 && count <= 20;
    if (!str_is(split, "split") || (str_trim(rest).n > 0 && !repeats)) {
        return value_tell_takes(r, "split, repeat 2");
    }
    r->out->number[0] = (int32_t)count;
    return true;
}

/* Of a part of r->text; of all of it where full-width signs have made that shorter. */
static struct place place_of(const struct reading *r, struct str part) {
    if (r->text.n != r->out->text.n || r->out->text.p < r->node->text.p) {
        return r->node->place;
    }
    const size_t trimmed = (size_t)(r->out->text.p - r->node->text.p);
    return node_place(r->node, trimmed + (size_t)(part.p - r->text.p), (int32_t)part.n);
}

/* names[0] the query, then the columns */
bool phrase_read_cells(struct reading *r) {
    const size_t by = str_find(r->text, STR(" by "));
    if (by == r->text.n) {
        return value_tell_takes(r, "query by column, column");
    }
    value_add_name(r, str_trim(str_slice(r->text, 0, by)), r->node->place);
    for (struct str rest = str_slice(r->text, by + 4, r->text.n); rest.n > 0;) {
        const struct str column = str_trim(str_split(rest, ',', &rest));
        if (!name_is_valid(column)) {
            return value_tell_takes(r, "query by column, column");
        }
        value_add_name(r, column, place_of(r, column));
    }
    return true;
}

bool phrase_read_shrink(struct reading *r) {
    struct str rest = r->text, word = next_word(&rest);
    return (str_is(word, "shrink") && length_parse(str_trim(rest), 0, &r->out->number[0]) && r->out->number[0] > 0) ||
           value_tell_takes(r, "shrink 小四");
}

/* number[0] right, number[1] down */
bool phrase_read_shift(struct reading *r) {
    const int32_t most_mp = (int32_t)strtol(r->key->values, NULL, 10) * MM(1);
    struct str rest = r->text;
    for (size_t i = 0; i < 2; i++) {
        const struct str word = value_next_length(r->reader->arena, &rest);
        int32_t *mp = &r->out->number[i];
        if (!length_parse(word, 0, mp) || *mp > most_mp || *mp < -most_mp) {
            return value_tell_takes(r, "0.3mm -0.2mm, ≤ 20mm");
        }
    }
    return str_trim(rest).n == 0 || value_tell_takes(r, "0.3mm -0.2mm");
}

/* number[0] in 1/1000 */
bool phrase_read_scale(struct reading *r) {
    const struct str digits = str_ends(r->text, STR("%")) ? str_slice(r->text, 0, r->text.n - 1) : STR_NONE;
    struct str tenth = STR_NONE, whole = str_split(str_trim(digits), '.', &tenth);
    int64_t least = 0, most = 0, percent = 0, tenths = 0;
    value_bounds(r->key, &least, &most);
    bool ok = str_to_int(whole, &percent) && (tenth.n == 0 || (tenth.n == 1 && str_to_int(tenth, &tenths)));
    r->out->number[0] = (int32_t)(percent * 10 + tenths);
    return (ok && r->out->number[0] >= least && r->out->number[0] <= most) ||
           value_tell_takes(r, "100.1%, 95.0%–105.0%");
}
