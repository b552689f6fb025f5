/* decode.h: one function a format; for image/ alone. */
#ifndef IMAGE_DECODE_H
#define IMAGE_DECODE_H

#include "image/image.h"

enum { MOST_PIXELS = 40000000 };

/* Fill in everything but the hash. What *out points at is copied into the arena. */
enum image_error jpeg_read_in(struct arena *arena, struct str file, struct image *out);
enum image_error png_read_in(struct arena *arena, struct str file, struct image *out);

/* EXIF's orientation 1 … 8 in an APP1 segment's content; 1 where it tells none. */
int32_t exif_orientation(struct str segment);
/* The same of the TIFF file within it, as a PNG's eXIf chunk holds it. */
int32_t tiff_orientation(struct str file);

#endif
