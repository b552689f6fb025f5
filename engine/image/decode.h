/* decode.h: inside image/: one reader for each format.
 *
 *     images.c    pictures of a run, by path and by content         jpeg.c, png.c,   a file's bytes become a struct image
 *     codec.c     pixels out of JPEG and in again                   webp.c
 *     profile.c   what colours mean (ICC)                           exif.c           its orientation
 *     scale.c     fewer pixels */
#ifndef IMAGE_DECODE_H
#define IMAGE_DECODE_H

#include "base/buffer.h"
#include "image/image.h"

enum { MOST_PIXELS = 40000000 }; /* about 27 × 20 cm at 600 dpi; more is IMAGE_TOO_LARGE */

/* Read a file's bytes into *out, all but the hash; its bytes are copied into the arena. On an error *out means
 * nothing. */
enum image_error jpeg_read_in(struct arena *arena, struct str file, struct image *out);
/* PNG (ISO/IEC 15948), by libpng: the pixels as they stand; out->turn is what its eXIf chunk says. */
enum image_error png_read_in(struct arena *arena, struct str file, struct image *out);
/* WebP, by libwebp: a lossy one comes out as JPEG, any other as raw pixels; an animation is IMAGE_UNREADABLE. */
enum image_error webp_read_in(struct arena *arena, struct str file, struct image *out);

/* EXIF's orientation, 1 to 8, from the content of an APP1 segment; 1 when it has none. */
int32_t exif_orientation(struct str segment);
/* The same from the TIFF file inside it, as a PNG's eXIf chunk holds it. */
int32_t tiff_orientation(struct str file);

/* Rows of 8 bits a component. `rows` is released by the caller. */
struct pixels {
    int32_t width_px, height_px;
    int32_t components; /* 1 grey, 3 RGB, 4 CMYK as the file has it */
    bool inverted;      /* CMYK where 255 is no ink, as Adobe writes it */
    struct buffer rows;
};
/* The pixels of a JPEG that jpeg.c found whole, or an eighth, a quarter, half of them in either direction, as few as are
 * not below this size. The caller releases `rows` either way. IMAGE_UNREADABLE when its coded data are damaged. */
enum image_error jpeg_decode(struct str file, int32_t width_px, int32_t height_px, struct pixels *out);
/* Appends a JPEG of grey or RGB pixels, of a quality at which print shows no difference. */
void jpeg_encode(const struct pixels *pixels, struct buffer *out);
/* Averages the pixels of each area, in place. The new size is at most the old. */
void pixels_shrink(struct pixels *pixels, int32_t width_px, int32_t height_px);
/* `count` pixels of `components` colours and alpha become colours on white, in place. */
void lay_on_white(uint8_t *pixels, size_t count, size_t components);
/* CMYK becomes RGB in place, by the ICC profile of the file; without one (STR_NONE, or a profile that isn't CMYK's),
 * by what ink leaves of light. */
void pixels_to_rgb(struct pixels *pixels, struct str profile);

#endif
