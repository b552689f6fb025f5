/* chart.h: what the kinds of chart share. Inside draw/ only.
 *
 * A chart is drawn in two steps: chart.c lays its points into a table of categories and series, writes the title and
 * the key of the series, and hands what is left of the box to the kind. To add a kind: enum chart_kind, a file, a row
 * in chart.c. */
#ifndef DRAW_CHART_H
#define DRAW_CHART_H

#include "draw/draw.h"

struct cell_value {
    bool known;
    double value;
    struct str text; /* as printed; — where unknown */
};
struct plot {
    struct text_engine *engine;
    struct canvas *canvas;
    const struct chart *chart;
    struct box box;                 /* what is left for the kind */
    const struct text_style *style; /* titles and categories */
    struct text_style value_style;  /* numbers: somewhat smaller */
    struct str *categories;
    size_t category_count;
    struct str *series;
    size_t series_count;
    struct cell_value *cells; /* category × series_count + series */
    int32_t places;           /* decimals of its numbers, at most */
    bool pale;                /* one of many small charts */
};
static inline const struct cell_value *plot_cell(const struct plot *plot, size_t category, size_t series) {
    return &plot->cells[category * plot->series_count + series];
}

/* Each gives back false, and draws nothing, when the box is too small for labels that can be read. */
bool chart_bars(struct plot *plot);  /* chart.c: columns, or rows where the names are long */
bool chart_line(struct plot *plot);  /* line.c */
bool chart_share(struct plot *plot); /* share.c */
bool chart_multiples(struct plot *plot);
bool chart_columns(struct plot *plot, bool vertical_names); /* columns.c */
bool chart_rows(struct plot *plot);                         /* rows.c */

/* Width of a bar: as wide as the chart wants, else no wider than `limit`, and within its part (in 1/100) of a category's place. */
int32_t chart_bar_width(const struct plot *plot, int32_t slot_mp, int32_t part, int32_t limit_mp); /* chart.c */

/* --- scale.c ------------------------------------------------------------------------------------------------------ */

/* Ends and step are 1, 2, 2.5 or 5 times a power of ten. */
struct scale {
    double min, max, step;
};
/* About `ticks` steps over all known values; bars begin at 0. Ends that the chart gives are taken as
 * they are, unless a value lies outside. */
struct scale scale_of_plot(const struct plot *plot, bool from_zero, int ticks);
int32_t scale_position(const struct scale *scale, double value, int32_t length_mp); /* from min, clipped to the ends */
/* At most one decimal, rounded half up, whatever the locale; a percentage has one, but for exactly 0 and
 * 100, and never reads 100 below it. */
struct str chart_number(struct arena *arena, double value, struct str unit);
/* With so many decimals at most, none of them a zero at the end. */
struct str chart_decimal(struct arena *arena, double value, int32_t places);
/* Decimals that show a value exactly; `most` where it has more. */
int32_t chart_places(double value, int32_t most);

/* --- label.c ------------------------------------------------------------------------------------------------------ */

int32_t label_width(const struct plot *plot, struct str text, const struct text_style *style);
/* On one line; y is the middle of the em box. */
void label_put(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
               enum text_align align);
/* Turned a quarter left, reading upwards from y; x is the middle of the em box. */
void label_put_turned(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp);
/* Characters under each other from y downwards, x their middle; what is higher than the limit goes on in a column to the left. */
void label_put_vertical(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
                        int32_t limit_mp);
int32_t label_vertical_height(const struct plot *plot, struct str text, const struct text_style *style);
int32_t widest_category(const struct plot *plot);
int32_t widest_value(const struct plot *plot, const struct text_style *style);
/* The next smaller size in which numbers can still be read; false at the end. */
bool label_shrink(struct text_style *style);

/* --- hatch.c ------------------------------------------------------------------------------------------------------ */

/* Fills of series, in order; they differ on a photocopy too. Outlined. */
#define HATCH_COUNT 6
void hatch_fill(struct canvas *canvas, struct box box, size_t series);
/* Of a chart whose one series needs no telling apart, and which would be black with ink: small multiples. */
void pale_fill(struct canvas *canvas, struct box box);

#endif
