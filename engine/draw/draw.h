/* draw.h: a box and numbers become marks: charts, QR codes, seals, crop marks, calibration crosses. Print first:
 * black on white, hatching that survives a photocopier, direct labels instead of a legend.
 *
 * All functions add marks to a canvas and keep nothing; what they are given is borrowed during the call.
 * `text_engine` sets labels. Where something can't be drawn, a function gives back false and has drawn nothing. */
#ifndef DRAW_DRAW_H
#define DRAW_DRAW_H

#include "page/page.h"
#include "text/text.h"

/* Bars (standing or lying), grouped bars, a line, shares of a whole, small multiples. */
enum chart_kind { CHART_BARS, CHART_GROUPED, CHART_LINE, CHART_SHARE, CHART_MULTIPLES };
/* A value of a chart; the order of points is kept. */
struct chart_point {
    struct str label;
    double value, compare; /* compare: a second value, as last month's; NAN: none */
    bool known;            /* false: no value; the place stays empty and reads — */
    struct str value_text; /* printed at the bar or point; STR_NONE: the number */
    struct str series;     /* for CHART_GROUPED and CHART_MULTIPLES */
};
/* A chart, as its layout and query say. */
struct chart {
    enum chart_kind kind;
    struct str title, unit;
    struct str value_name, compare_name; /* with compare: names of the two series */
    const struct chart_point *points;
    size_t count;
    double scale_min, scale_max; /* both 0: chosen; bars always begin at 0 */
    int32_t bar_mp;              /* width of a bar, where there is room; 0: chosen */
    const struct text_style *label_style;
};
/* Draws a chart into the box. False: the box is too small for readable labels. */
bool draw_chart(struct text_engine *engine, struct canvas *canvas, struct box box, const struct chart *chart);
/* The same for who can't see it: its title and unit, and each name with its values as they are printed. In the arena. */
struct str chart_words(struct arena *arena, const struct chart *chart);

/* A QR code (ISO/IEC 18004), level M, with its quiet zone of 4 modules inside the box. ASCII is encoded as it is,
 * other text by ECI 26 (UTF-8). Dark modules are merged into rectangles. False: the text is empty or too long for
 * any version. */
bool draw_qr(struct canvas *canvas, struct box box, struct str text);
/* Fills every FIELD_CODE of the document with the QR code of its row's text: texts[row]. Where there is none (no text, or too long a one)
 * the place stays empty. Gives back how many stayed so for length. */
size_t draw_codes(struct document *document, const struct str *texts);

/* The place of a seal: nothing unless `proof`, then a thin dashed ring with the word 章. */
void draw_seal_place(struct text_engine *engine, struct canvas *canvas, struct box box, bool proof,
                     const struct text_style *style);

/* Crop marks at each corner of the trim: lines of a length, at an offset from it, outside. */
void draw_crop_marks(struct canvas *canvas, struct box trim, int32_t offset_mp, int32_t length_mp);

/* Crosses at the corners of a box, numbered 1 to 4 in reading order, with rulers in mm from the first to the second
 * and to the third: a printer's error is measured by them. */
void draw_crosses(struct text_engine *engine, struct canvas *canvas, struct box box, const struct text_style *style);

/* A frame of rules, all of it inside the box. */
void draw_frame(struct canvas *canvas, struct box box, int32_t thickness_mp, enum line_style style,
                struct colour colour);

/* A picture that fills the box, centred and cropped, upright by its EXIF turn, never distorted. Gives back its
 * resolution as printed, in dpi. */
int32_t draw_image_fill(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                        int32_t height_px, int32_t turn);
/* The same, whole inside the box, centred. */
int32_t draw_image_fit(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                       int32_t height_px, int32_t turn);

#endif
