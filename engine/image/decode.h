/* decode.h: inside image/: one reader for each format.
 *
 *     images.c    pictures of a run, by path and by content         jpeg.c, png.c    a file's bytes become a struct image
 *     codec.c     pixels out of JPEG and in again                   exif.c           its orientation
 *     profile.c   what colours mean (ICC) */
#ifndef IMAGE_DECODE_H
#define IMAGE_DECODE_H

#include "base/buffer.h"
#include "image/image.h"

enum { MOST_PIXELS = 40000000 }; /* about 27 × 20 cm at 600 dpi; more is IMAGE_TOO_LARGE */

/* Read a file's bytes into *out, all but the hash; its bytes are copied into the arena. On an error *out means
 * nothing. */
enum image_error jpeg_read_in(struct arena *arena, struct str file, struct image *out);
enum image_error png_read_in(struct arena *arena, struct str file, struct image *out);

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
/* The pixels of a JPEG that jpeg.c found whole. IMAGE_UNREADABLE when its coded data are damaged. */
enum image_error jpeg_decode(struct str file, struct pixels *out);
/* A JPEG of grey or RGB pixels, of a quality at which print shows no difference. In the arena. */
struct str jpeg_encode_in(struct arena *arena, const struct pixels *pixels);
/* CMYK becomes RGB in place, by the ICC profile of the file; without one (STR_NONE, or a profile that isn't CMYK's),
 * by what ink leaves of light. */
void pixels_to_rgb(struct pixels *pixels, struct str profile);

#endif
