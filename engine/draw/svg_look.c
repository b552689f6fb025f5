/* svg_look.c: the properties that paint a shape: fill, stroke and the like, as attributes or in `style`. */
#include "draw/svg_internal.h"

static bool take_fill(struct svg_look *look, struct str value) {
    return svg_paint(value, &look->fill, &look->fill_colour);
}

static bool take_stroke(struct svg_look *look, struct str value) {
    return svg_paint(value, &look->stroke, &look->stroke_colour);
}

static bool take_stroke_width(struct svg_look *look, struct str value) {
    return svg_length(value, &look->stroke_width) && look->stroke_width >= 0;
}

static bool take_fill_rule(struct svg_look *look, struct str value) {
    look->even_odd = str_is(value, "evenodd");
    return look->even_odd || str_is(value, "nonzero");
}

/* Properties without a function can't be drawn: they may only have the values listed, which draw as if they weren't
 * there. Those of the pen matter only where there is a stroke. */
static const struct property {
    const char *name;
    bool (*take)(struct svg_look *look, struct str value);
    const char *only; /* values with | between */
    bool of_pen;      /* of strokes */
} properties[] = {
    {"fill", take_fill, NULL, false},
    {"stroke", take_stroke, NULL, false},
    {"stroke-width", take_stroke_width, NULL, false},
    {"fill-rule", take_fill_rule, NULL, false},
    {"opacity", NULL, "1", false},
    {"fill-opacity", NULL, "1", false},
    {"display", NULL, "inline", false},
    {"visibility", NULL, "visible", false},
    {"stroke-opacity", NULL, "1", true},
    {"stroke-dasharray", NULL, "none", true},
    {"stroke-linecap", NULL, "butt", true},
    {"stroke-linejoin", NULL, "miter", true},
    {"stroke-miterlimit", NULL, "4|10", true}, /* the two differ only at corners below 29° */
};

static bool is_one_of(struct str value, const char *choices) {
    for (struct str rest = str_from(choices); rest.n > 0;) {
        if (str_eq(str_split(rest, '|', &rest), value)) {
            return true;
        }
    }
    return false;
}

static bool take_only(struct svg_look *look, const struct property *property, struct str value) {
    const bool as_drawn = is_one_of(value, property->only);
    if (property->of_pen && !as_drawn) {
        look->pen = str_from(property->name);
    }
    return as_drawn || property->of_pen;
}

bool svg_look_take(struct svg_look *look, struct svg_property *given) {
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        const struct property *property = &properties[i];
        if (str_is(given->name, property->name)) {
            given->known = true;
            return property->take != NULL ? property->take(look, given->value)
                                          : take_only(look, property, given->value);
        }
    }
    given->known =
        str_is(given->name, "stroke-dashoffset") || str_starts(given->name, STR("-")); /* no effect; an editor's own */
    return given->known;
}

/* fill: #c00; stroke: none */
bool svg_style(struct svg_look *look, struct str style, struct svg_property *wrong) {
    while (style.n > 0) {
        struct str value = STR_NONE;
        const struct str part = str_trim(str_split(style, ';', &style));
        const struct str name = str_trim(str_split(part, ':', &value));
        *wrong = (struct svg_property){name, str_trim(value), false};
        if (part.n > 0 && !svg_look_take(look, wrong)) {
            return false;
        }
    }
    return true;
}
