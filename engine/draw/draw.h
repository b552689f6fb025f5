/* draw.h: a box and numbers become marks: charts, codes, seals, crop marks, calibration crosses. Print first: black on white,
 * hatching that survives a photocopier, direct labels. */
#ifndef DRAW_DRAW_H
#define DRAW_DRAW_H

#include "page/page.h"
#include "text/text.h"

enum chart_kind { CHART_BARS, CHART_GROUPED, CHART_LINE, CHART_SHARE, CHART_MULTIPLES };
struct chart_point {
    struct str label;
    double value, compare; /* compare: last month's, or NAN */
    bool known;            /* false: no value; the place stays empty and reads — */
    struct str value_text; /* as printed at the bar or point; STR_NONE: the number */
    struct str series;     /* of CHART_GROUPED and CHART_MULTIPLES */
};
struct chart {
    enum chart_kind kind;
    struct str title, unit;
    struct str value_name, compare_name; /* with compare: what the two series are called */
    const struct chart_point *points;
    size_t count;
    double scale_min, scale_max; /* both 0: chosen, and always from 0 for bars */
    int32_t bar_mp;              /* width of a bar, where there is room; 0: chosen */
    const struct text_style *label_style;
};
/* Draws into the box. Gives back false when the box is too small for readable labels (nothing is then drawn). */
bool draw_chart(struct text_engine *engine, struct canvas *canvas, struct box box, const struct chart *chart);

/* QR code, level M, quiet zone of 4 modules inside the box. ASCII as it is, other text by ECI 26 (UTF-8). Modules are
 * merged into fills along rows. False: too long for any version. */
bool draw_qr(struct canvas *canvas, struct box box, struct str text);

/* The place of a seal: nothing when `proof` is false, else a thin dashed ring with the word 章. */
void draw_seal_place(struct text_engine *engine, struct canvas *canvas, struct box box, bool proof,
                     const struct text_style *style);

/* Crop marks of `length` mm outside the trim, at `offset` from it, for each corner of the box. */
void draw_crop_marks(struct canvas *canvas, struct box trim, int32_t offset_mp, int32_t length_mp);

/* Crosses at the corners of a box, numbered 1 to 4 as one reads, with rulers in mm from the first to the second and to the
 * third: what a printer puts askew is measured by them. */
void draw_crosses(struct text_engine *engine, struct canvas *canvas, struct box box, const struct text_style *style);

/* A frame: rectangle of rules inset by half the thickness. */
void draw_frame(struct canvas *canvas, struct box box, int32_t thickness_mp, enum line_style style,
                struct colour colour);

/* A picture in a box, cropped to fill and upright by its EXIF turn, never stretched. Gives its resolution as set, in dpi. */
int32_t draw_image_fill(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                        int32_t height_px, int32_t turn);
/* The same, whole inside the box, centred. */
int32_t draw_image_fit(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                       int32_t height_px, int32_t turn);

#endif
