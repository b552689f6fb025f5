/* picture.c: a picture in bytes is an error, or has a size and the bytes that the size asks for. */
#include "image/image.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct images *images = images_create(target_folder());
    enum image_error error = IMAGE_OK;
    const struct image *image = image_from_bytes(images, target_str(bytes, count), &error);
    assert((image == NULL) == (error != IMAGE_OK));
    if (image != NULL) {
        const size_t pixels = (size_t)image->width_px * (size_t)image->height_px;
        assert(image->width_px > 0 && image->height_px > 0 && pixels <= 40000000);
        assert(image->turn >= 1 && image->turn <= 8);
        assert(image->format == IMAGE_JPEG || image->bytes.n == pixels * (size_t)image->components);
        assert(image->components == 1 || image->components == 3);
    }
    images_destroy(images);
    return 0;
}
