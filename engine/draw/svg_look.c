/* svg_look.c: what paints a shape: fill, stroke and their like, as attributes or in `style`. */
#include "draw/svg_parts.h"

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

/* Those without a function change how it looks in ways that aren't drawn, so they may only say what is drawn anyway. */
static const struct property {
    const char *name;
    bool (*take)(struct svg_look *look, struct str value);
    const char *only;
} properties[] = {
    {"fill", take_fill, NULL},
    {"stroke", take_stroke, NULL},
    {"stroke-width", take_stroke_width, NULL},
    {"fill-rule", take_fill_rule, NULL},
    {"opacity", NULL, "1"},
    {"fill-opacity", NULL, "1"},
    {"stroke-opacity", NULL, "1"},
    {"stroke-dasharray", NULL, "none"},
    {"stroke-dashoffset", NULL, "0"},
    {"stroke-linecap", NULL, "butt"},
    {"stroke-linejoin", NULL, "miter"},
    {"stroke-miterlimit", NULL, "10"},
    {"display", NULL, "inline"},
    {"visibility", NULL, "visible"},
};

bool svg_look_take(struct svg_look *look, struct svg_property *given) {
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        const struct property *property = &properties[i];
        if (str_is(given->name, property->name)) {
            given->known = true;
            return property->take != NULL ? property->take(look, given->value) : str_is(given->value, property->only);
        }
    }
    return given->known = false;
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
