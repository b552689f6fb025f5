/* pictures.c: image XObjects (ISO 32000-1, 8.9.5). A JPEG goes in as it is; rows of pixels are deflated.
 *
 * While pages are written, each picture drawn is recorded with the largest size that it is printed at. When all are
 * written, one that is much finer than print can show gets fewer pixels. The last of those are kept: a school's
 * picture stands in many documents.
 *
 * 1. What a document's objects refer to isn't replaced before the document is saved. */
#include "pdf/internal.h"

#include <math.h>

/* Below FINE, a second coding would cost more than it saves. */
enum { DPI = 300, FINE_DPI = 375, PT_PER_INCH = 72, SHRUNK_KEPT = 8 };

/* --- pictures drawn */

size_t picture_use(struct pictures *pictures, struct file *file, const struct image *image, struct print_size size) {
    bool found;
    const struct str key = {(const char *)&image->hash, sizeof image->hash};
    uint32_t *number = strmap_put(&pictures->by_hash, key, &found);
    if (!found) {
        ARENA_GROW(file->arena, pictures->items, pictures->count, pictures->capacity);
        pictures->items[pictures->count++] = (struct picture){.object = object_create(file), .image = image};
        *number = (uint32_t)pictures->count;
    }
    struct print_size *largest = &pictures->items[*number - 1].size;
    largest->width_mp = size.width_mp > largest->width_mp ? size.width_mp : largest->width_mp;
    largest->height_mp = size.height_mp > largest->height_mp ? size.height_mp : largest->height_mp;
    return *number;
}

/* --- fewer pixels */

static int32_t pixels_at(int32_t length_mp, int32_t dpi) {
    const int64_t inch_mp = (int64_t)PT_PER_INCH * MP_PER_PT;
    const int64_t pixels = ((int64_t)length_mp * dpi + inch_mp / 2) / inch_mp;
    return pixels < 1 ? 1 : (int32_t)pixels;
}

static bool is_too_fine(const struct image *image, struct print_size size) {
    return image->width_px > pixels_at(size.width_mp, FINE_DPI) &&
           image->height_px > pixels_at(size.height_mp, FINE_DPI);
}

/* The place of one that is kept already, else of the longest unused. */
static struct shrunk *shrunk_place(struct shrinking *shrinking, struct hash hash, int32_t width_px, int32_t height_px) {
    struct shrunk *oldest = NULL;
    for (size_t i = 0; i < shrinking->count; i++) {
        struct shrunk *shrunk = &shrinking->items[i];
        const bool same = hash_eq(shrunk->image.hash, hash) && shrunk->image.width_px == width_px;
        if (same && shrunk->image.height_px == height_px) {
            return shrunk;
        }
        const bool idle = shrunk->last_document < shrinking->document; /* invariant 1 */
        if (idle && (oldest == NULL || shrunk->last_document < oldest->last_document)) {
            oldest = shrunk;
        }
    }
    if (oldest != NULL && shrinking->count >= SHRUNK_KEPT) {
        oldest->image = (struct image){0};
        return oldest;
    }
    ARENA_GROW(shrinking->arena, shrinking->items, shrinking->count, shrinking->capacity);
    shrinking->items[shrinking->count] = (struct shrunk){0};
    return &shrinking->items[shrinking->count++];
}

/* The picture in as many pixels as print shows; itself where it has no more, or can't be decoded. */
static const struct image *fitted(struct shrinking *shrinking, struct file *file, const struct picture *picture) {
    const struct image *image = picture->image;
    if (!is_too_fine(image, picture->size)) {
        return image;
    }
    const int32_t width_px = pixels_at(picture->size.width_mp, DPI);
    const int32_t height_px = pixels_at(picture->size.height_mp, DPI);
    struct shrunk *shrunk = shrunk_place(shrinking, image->hash, width_px, height_px);
    shrunk->last_document = shrinking->document;
    if (shrunk->image.width_px == 0 && !image_shrink(image, width_px, height_px, &shrunk->bytes, &shrunk->image)) {
        shrunk->image = (struct image){0};
        return image;
    }
    struct image *fitting = ARENA_NEW(file->arena, struct image);
    *fitting = shrunk->image;
    return fitting;
}

void shrinking_release(struct shrinking *shrinking) {
    for (size_t i = 0; i < shrinking->count; i++) {
        buffer_release(&shrinking->items[i].bytes);
    }
}

/* --- the objects */

static void write_picture(struct file *file, struct deflate *deflate, int32_t level, HPDF_Dict object,
                          const struct image *image) {
    struct str bytes = image->bytes;
    struct buffer *text = file_text(file);
    buffer_add(text, STR("/Type/XObject/Subtype/Image/BitsPerComponent 8/Width "));
    buffer_int(text, image->width_px);
    buffer_add(text, STR("/Height "));
    buffer_int(text, image->height_px);
    buffer_add(text, image->components == 1 ? STR("/ColorSpace/DeviceGray") : STR("/ColorSpace/DeviceRGB"));
    switch (image->format) {
    case IMAGE_JPEG:
        buffer_add(text, STR("/Filter/DCTDecode"));
        break;
    case IMAGE_RAW:
        buffer_add(text, STR("/Filter/FlateDecode"));
        bytes = deflate_in(deflate, file->arena, level, bytes);
        break;
    }
    object_set_stream(file, object, buffer_str(text), bytes);
}

void pictures_finish(struct pictures *pictures, struct shrinking *shrinking, struct file *file, struct deflate *deflate,
                     int32_t level) {
    shrinking->document++;
    for (size_t i = 0; i < pictures->count; i++) {
        const struct picture *picture = &pictures->items[i];
        write_picture(file, deflate, level, picture->object, fitted(shrinking, file, picture));
    }
}
