/* picture.c: a value that is the path of a picture, or the picture itself, drawn into a box. Where there is none the
 * box stays as it is. */
#include "compose/pictures.h"

#include "compose/expand.h"

#include "draw/draw.h"

#define LEAST_DPI 200 /* below it a photograph looks coarse on paper */

static void tell_error(struct context *context, enum image_error error, struct place place, struct str path) {
    static const enum diag_code codes[] = {
        [IMAGE_OK] = DIAG_C512,         [IMAGE_MISSING] = DIAG_C512,
        [IMAGE_OUTSIDE] = DIAG_C513,    [IMAGE_UNKNOWN_FORMAT] = DIAG_C514,
        [IMAGE_TRUNCATED] = DIAG_C515,  [IMAGE_TOO_LARGE] = DIAG_C516,
        [IMAGE_UNREADABLE] = DIAG_C517,
    };
    context_tell(context, codes[error], place, path, STR_NONE);
}

static const struct image *load(struct context *context, const struct value *value, struct place place) {
    struct images *images = context->composer->tools.images;
    enum image_error error = IMAGE_MISSING;
    const struct image *image = NULL;
    bool blob = value->kind == VALUE_BLOB;
    const struct str path = blob ? STR_NONE : value_text(context->arena, value);
    if (images != NULL) {
        image = blob ? image_from_bytes(images, value->text, &error) : image_load(images, path, &error);
    }
    if (images != NULL && !blob) {
        const struct image_file file = image_file_as_read(images, path);
        asked_file(context->composer->tools.asked, path, (struct asked_file){file.stamp, file.content});
    }
    if (image == NULL) {
        tell_error(context, error, place, path);
    }
    return image;
}

static void gather_coarse(struct context *context, struct place place, int32_t dpi) {
    struct gathered *coarse = context_gather(context, DIAG_C518, place);
    coarse->least = coarse->count == 0 || dpi < coarse->least ? dpi : coarse->least;
    coarse->count++;
}

bool context_picture(struct context *context, struct canvas *canvas, struct box box, const struct value *value,
                     struct place place, bool whole) {
    bool none =
        value->kind == VALUE_NULL || ((value->kind == VALUE_TEXT || value->kind == VALUE_BLOB) && value->text.n == 0);
    if (none) {
        context_tell(context, DIAG_C511, place, STR_NONE, STR_NONE);
        return false;
    }
    context->made.counts.images_given++;
    const struct image *image = load(context, value, place);
    if (image == NULL) {
        return false;
    }
    const int32_t dpi = whole ? draw_image_fit(canvas, box, image, image->width_px, image->height_px, image->turn)
                              : draw_image_fill(canvas, box, image, image->width_px, image->height_px, image->turn);
    if (dpi < LEAST_DPI) {
        gather_coarse(context, place, dpi);
    }
    context->made.counts.images_placed++;
    return true;
}

void context_no_picture(struct context *context, struct canvas *canvas, struct box box, const struct lines *paragraphs,
                        size_t count) {
    int32_t height_mp = 0;
    for (size_t i = 0; i < count; i++) {
        height_mp += paragraphs[i].height_mp;
    }
    int32_t y_mp = box.y_mp + (box.height_mp - height_mp) / 2;
    for (size_t i = 0; i < count; i++) {
        count_given(context, paragraphs[i].paragraph);
        emit_lines(context, canvas, &paragraphs[i], 0, paragraphs[i].count, box.x_mp, y_mp);
        y_mp += paragraphs[i].height_mp;
    }
}
