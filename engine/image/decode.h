/* decode.h: inside image/: one reader for each format.
 *
 *     images.c    pictures of a run, by path and by content         jpeg.c, png.c    a file's bytes become a struct image
 *                                                                   exif.c           its orientation */
#ifndef IMAGE_DECODE_H
#define IMAGE_DECODE_H

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

#endif
