/* stock.c: preprinted stock (套打): marks that the paper bears already are dropped, and the rest is moved by the
 * printer's error. */
#include "bindery/bindery.h"

#include "base/length.h"

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
