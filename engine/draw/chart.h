/* chart.h: shared by the kinds of charts. Inside draw/ only.
 *
 *     points ──chart.c──► a table of categories × series, title, key ──► the kind: columns.c, rows.c, line.c, share.c, multiples.c
 *                                                                        by scale.c, label.c, hatch.c
 *                                                        ──► words.c: the same, read aloud
 *
 * A chart is drawn in two steps: chart.c lays its points into a table, writes the title and the key of the series,
 * and hands the rest of the box to the kind. To add a kind: enum chart_kind, a file, a row in chart.c. */
#ifndef DRAW_CHART_H
#define DRAW_CHART_H

#include "draw/draw.h"

/* A value of the table. */
struct cell_value {
    bool known; /* false: there is no value, and — is printed */
    double value;
    struct str text; /* as printed; — when unknown */
};
/* A chart being drawn: its table, and the box that is left. */
struct plot {
    struct text_engine *engine;
    struct canvas *canvas;
    const struct chart *chart;
    struct box box;                 /* for the kind */
    const struct text_style *style; /* of title and categories */
    struct text_style value_style;  /* of numbers: somewhat smaller */
    struct str *categories;         /* names, along the axis */
    size_t category_count;
    struct str *series; /* names, in the key */
    size_t series_count;
    struct cell_value *cells; /* category × series_count + series */
    int32_t places;           /* decimals of its numbers, at most */
};
/* The value of a category in a series. */
static inline const struct cell_value *plot_cell(const struct plot *plot, size_t category, size_t series) {
    return &plot->cells[category * plot->series_count + series];
}

/* The kinds; all draw into the plot's box. False: the box is too small for readable labels, and nothing is drawn. chart.c:
 * columns, or rows where names are long. */
bool chart_bars(struct plot *plot);  /* chart.c: columns, or rows where names are long */
bool chart_line(struct plot *plot);  /* line.c */
bool chart_share(struct plot *plot); /* share.c */
bool chart_multiples(struct plot *plot);
/* columns.c. vertical_names: names of categories stand upright below each other. */
bool chart_columns(struct plot *plot, bool vertical_names); /* columns.c */
bool chart_rows(struct plot *plot);                         /* rows.c */

/* chart.c: fills in the table of the plot's chart, on its canvas's arena. */
void chart_table(struct plot *plot);
/* share.c: the sum that the shares are of, and what is printed for one: "双亲外出 325人 57.9%". */
double chart_share_total(const struct plot *plot);
/* In the arena of the canvas. Where the total is 0, or the numbers are percentages already, no share is added. */
struct str chart_share_text(const struct plot *plot, size_t category, double total);

/* chart.c: the width of a bar: that of the chart, else at most the limit, and in any case within its part (in 1/100) of
 * a category's slot. */
int32_t chart_bar_width(const struct plot *plot, int32_t slot_mp, int32_t part, int32_t limit_mp);

/* --- scale.c ------------------------------------------------------------------------------------------------------ */

/* An axis. Chosen ends are multiples of step, which is 1, 2, 2.5 or 5 times a power of ten. */
struct scale {
    double min, max, step; /* max > min, step > 0 */
};
/* About `ticks` steps over all known values, from 0 when from_zero. Ends that the chart gives are kept, unless a
 * value lies outside. */
struct scale scale_of_plot(const struct plot *plot, bool from_zero, int ticks);
/* The place of a value on an axis of this length, from min; clipped to the ends. */
int32_t scale_position(const struct scale *scale, double value, int32_t length_mp);
/* A number with at most one decimal, rounded half up, whatever the locale, in the arena. A percentage always has
 * one, except for exactly 0 and 100, and never reads 100 below it. */
struct str chart_number(struct arena *arena, double value, struct str unit);
/* A number with at most `places` decimals, without zeros at the end. */
struct str chart_decimal(struct arena *arena, double value, int32_t places);
/* How many decimals show a value exactly; `most` when it has more. */
int32_t chart_places(double value, int32_t most);

/* --- label.c ------------------------------------------------------------------------------------------------------ */

/* The width of a label on one line. */
int32_t label_width(const struct plot *plot, struct str text, const struct text_style *style);
/* Puts a label on one line; y is the middle of its em box. */
void label_put(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
               enum text_align align);
/* Turned by 90° to read upwards from y; x is the middle of its em box. */
void label_put_turned(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp);
/* Vertically, from y downwards, x its middle; a label higher than the limit goes on in columns to the left. */
void label_put_vertical(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
                        int32_t limit_mp);
/* The height of such a column. */
int32_t label_vertical_height(const struct plot *plot, struct str text, const struct text_style *style);
/* The width of the widest name of a category, and of the widest value in a style. */
int32_t widest_category(const struct plot *plot);
/* In mp, without unit; 0 where there are no values. */
int32_t widest_value(const struct plot *plot, const struct text_style *style);
/* Takes the next smaller size at which numbers can be read; false: there is none. */
bool label_shrink(struct text_style *style);

/* --- hatch.c ------------------------------------------------------------------------------------------------------ */

/* Fills of series by their order, which differ on a photocopy too: the first is grey with lines, the second white, the others lines.
 * Outlined. */
#define HATCH_COUNT 6
/* Draws it, in black and white; nothing for an empty box. From series HATCH_COUNT on they come again. */
void hatch_fill(struct canvas *canvas, struct box box, size_t series);

#endif
