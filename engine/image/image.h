/* image.h: a picture's file, fit for print.
 *
 * JPEG passes through as it is (baseline or progressive, grey, RGB, CMYK); PNG is decoded to rows for a Flate stream. EXIF's
 * orientation is told, not applied: the page turns the picture by a group's matrix. Nothing is decoded beyond what the header
 * needs, so a picture of 100 megapixels costs nothing: it is refused above limits. */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

enum image_format { IMAGE_JPEG, IMAGE_RAW /* 8-bit rows, not compressed */ };

struct image {
    enum image_format format;
    int32_t width_px, height_px; /* as stored, before the turn */
    int32_t components;          /* 1, 3, 4 */
    bool inverted_cmyk;          /* Adobe's: Decode [1 0 …] */
    int32_t turn;                /* EXIF orientation 1 … 8 */
    struct str bytes;            /* the JPEG file without needless segments, or the rows */
    struct hash hash;            /* of bytes; for rows of their shape and mask too */
    struct str alpha;            /* IMAGE_RAW with transparency: 8-bit mask rows; else STR_NONE */
};

enum image_error {
    IMAGE_OK,
    IMAGE_MISSING,
    IMAGE_OUTSIDE,
    IMAGE_UNKNOWN_FORMAT,
    IMAGE_TRUNCATED,
    IMAGE_TOO_LARGE,
    IMAGE_UNREADABLE
};

/* All pictures of a run: a file is read once, and equal content is one image. */
struct images;
/* root: the folder that no picture may lead out of (links and .. included). */
struct images *images_create(const char *root);
void images_destroy(struct images *images);
/* Borrowed until images_destroy or images_trim. NULL with *error. `width_px` × `height_px` above 40 million is too large.
 * A truncated JPEG (no EOI, or data that ends early) is an error: half a face on an archive is worse than an empty frame. */
const struct image *image_load(struct images *images, struct str relative_path, enum image_error *error);
/* From bytes in memory (BLOB of a database). */
const struct image *image_from_bytes(struct images *images, struct str bytes, enum image_error *error);

/* The bytes of a file below the same folder that is no such picture, as a seal's drawing is; in `arena`. */
enum image_error image_file_in(struct arena *arena, const struct images *images, struct str relative_path,
                               size_t most_bytes, struct str *bytes);

/* Between documents: forgets every picture when they take more than limit_bytes (0: 64 MB), so that a run over 30,000 photos stays
 * small. Pictures of documents that are still to be written must not be trimmed. */
void images_trim(struct images *images, size_t limit_bytes);

/* Size as it is seen after the EXIF turn. */
void image_upright_size(const struct image *image, int32_t *width_px, int32_t *height_px);

#endif
