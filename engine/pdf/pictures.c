/* pictures.c: image XObjects (ISO 32000-1, 8.9.5). A JPEG goes in as it is; rows of pixels are deflated. */
#include "pdf/internal.h"

static void put_size(struct buffer *out, const struct image *image) {
    buffer_add(out, STR("/Type/XObject/Subtype/Image/BitsPerComponent 8/Width "));
    buffer_int(out, image->width_px);
    buffer_add(out, STR("/Height "));
    buffer_int(out, image->height_px);
}

static HPDF_Dict write_picture(struct file *file, struct deflate *deflate, int32_t level, const struct image *image) {
    HPDF_Dict object = object_create(file);
    struct str bytes = image->bytes;
    struct buffer *text = file_text(file);
    put_size(text, image);
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
    return object;
}

size_t picture_of(struct pictures *pictures, struct file *file, struct deflate *deflate, int32_t level,
                  const struct image *image) {
    bool found;
    const struct str key = {(const char *)&image->hash, sizeof image->hash};
    uint32_t *number = strmap_put(&pictures->by_hash, key, &found);
    if (!found) {
        ARENA_GROW(file->arena, pictures->items, pictures->count, pictures->capacity);
        pictures->items[pictures->count++].object = write_picture(file, deflate, level, image);
        *number = (uint32_t)pictures->count;
    }
    return *number;
}
