/* stock.c: preprinted stock (套打): marks that the paper bears already are dropped, and the rest is moved by the
 * printer's error; under a proof lies a picture of the paper. */
#include "bindery/bindery.h"

#include "base/length.h"
#include "draw/draw.h"

#define SCALE_ONE 1000

void bind_preprinted(struct document *document) {
    document_drop_layer(document, LAYER_PREPRINTED);
}

static void calibrate(struct document *document, struct page *page, const struct calibration *calibration) {
    const int32_t scale = mp_scale(MATRIX_ONE, calibration->scale, SCALE_ONE);
    const struct matrix matrix = {scale, 0, 0, scale, 0, 0};
    const struct marks marks = page->marks;
    page->marks = (struct marks){0};
    struct canvas canvas = canvas_of_page(document, page);
    const struct canvas inside = canvas_group(&canvas, calibration->x_mp, calibration->y_mp, matrix, NULL);
    *inside.marks = marks;
}

void bind_calibrated(struct document *document, const struct calibration *calibration) {
    if (calibration->x_mp == 0 && calibration->y_mp == 0 && calibration->scale == SCALE_ONE) {
        return;
    }
    for (size_t i = 0; i < document->count; i++) {
        calibrate(document, document->pages[i], calibration);
    }
}

static void lay_under(struct document *document, struct page *page, const struct form *form) {
    const struct box sheet = {0, 0, page->width_mp, page->height_mp};
    const struct marks marks = page->marks;
    page->marks = (struct marks){0};
    struct canvas canvas = canvas_of_page(document, page);
    draw_image_fit(&canvas, sheet, form->image, form->width_px, form->height_px, form->turn);
    const struct canvas over = canvas_group(&canvas, 0, 0, MATRIX_IDENTITY, NULL);
    *over.marks = marks;
}

void bind_form(struct document *document, const struct form *form) {
    for (size_t i = 0; i < document->count; i++) {
        lay_under(document, document->pages[i], form);
    }
}
