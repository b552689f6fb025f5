/* image.h: pictures, fit for print.
 *
 *     file or BLOB ─► image_load, image_from_bytes ─► struct image ─► MARK_IMAGE of a page ─► pdf/pictures.c
 *
 * A JPEG (baseline or progressive; grey or RGB) passes through as it is, without needless segments (where and by which
 * camera it was taken), one in CMYK is made RGB; PNG and WebP are laid on white and decoded to rows for a Flate stream, or coded as JPEG where
 * they were coded with loss before. EXIF's orientation is reported, not applied: the page turns the picture by a
 * group's matrix. The header is looked at first, so a picture of 100 megapixels costs nothing: it is refused. */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/str.h"

/* The form of `bytes`, and of the PDF's stream: DCTDecode or rows of 8 bits a component. */
enum image_format { IMAGE_JPEG, IMAGE_RAW /* 8-bit rows, not compressed */ };

/* A picture. It belongs to its `images` and never changes. */
struct image {
    enum image_format format;
    int32_t width_px, height_px; /* as stored, before the turn */
    int32_t components;          /* 1 grey, 3 RGB */
    int32_t turn;                /* EXIF orientation, 1 to 8; 1: upright */
    struct str bytes;            /* the JPEG file without needless segments, or the rows */
    struct hash hash;            /* of bytes; of rows with their shape */
};

/* Why there is no picture. OUTSIDE: the path leads out of the root; TRUNCATED: the file ends early. */
enum image_error {
    IMAGE_OK,
    IMAGE_MISSING,
    IMAGE_OUTSIDE,
    IMAGE_UNKNOWN_FORMAT,
    IMAGE_TRUNCATED,
    IMAGE_TOO_LARGE,
    IMAGE_UNREADABLE
};

/* All pictures of a run: each file is read once, and equal content is one image. */
struct images;
/* `root` is the folder that no path may lead out of (links and .. included). The caller destroys it; NULL is allowed
 * there. */
struct images *images_create(const char *root);
/* All pictures end with it. NULL is allowed. */
void images_destroy(struct images *images);
/* The picture in a file below the root. Borrowed, until images_destroy or images_trim. NULL with *error: more than
 * 40 million pixels is IMAGE_TOO_LARGE, and a JPEG without EOI IMAGE_TRUNCATED: half a face on an archive is worse
 * than an empty frame. A refusal is kept too: the file isn't read again. */
const struct image *image_load(struct images *images, struct str relative_path, enum image_error *error);
/* The same from a BLOB of the database. */
const struct image *image_from_bytes(struct images *images, struct str bytes, enum image_error *error);

/* The bytes of any file below the root, at most `most_bytes`, in `arena`: for files that aren't pictures, as the
 * drawing of a seal (SVG). */
enum image_error image_file_in(struct arena *arena, const struct images *images, struct str relative_path,
                               size_t most_bytes, struct str *bytes);

/* A file below the root as it was when it was read, for whoever wants to know later whether it is the same. */
struct image_file {
    struct hash stamp;   /* of its inode, size and times, before it was read; zeros: it is too new to be told by them */
    struct hash content; /* of its bytes, or of why they couldn't be read */
};
/* image_file_in, with what the file was. */
struct image_file image_file_read(struct arena *arena, const struct images *images, struct str relative_path,
                                  size_t most_bytes, struct str *bytes, enum image_error *error);
/* What it is now; stamp_only: its content is left out, and it isn't read. */
struct image_file image_file_now(const struct images *images, struct str relative_path, bool stamp_only);
/* What it was when image_load read it, since the last images_trim; zeros for one that it didn't. */
struct image_file image_file_as_read(const struct images *images, struct str relative_path);

/* Between documents: forgets all pictures when they take more than limit_bytes (0: 64 MB), so that a run over 30,000
 * photos stays small. No document that is still to be written may use them. */
void images_trim(struct images *images, size_t limit_bytes);

/* The picture in fewer pixels, its bytes in `bytes`, all else as in `image`; its hash is the image's. False when it can't
 * be decoded, and *out means nothing. */
bool image_shrink(const struct image *image, int32_t width_px, int32_t height_px, struct buffer *bytes,
                  struct image *out);

/* What RGB and grey of all pages mean: an ICC profile of sRGB, the same bytes each time. */
struct str image_srgb_profile_in(struct arena *arena);

/* Width and height after the EXIF turn. */
void image_upright_size(const struct image *image, int32_t *width_px, int32_t *height_px);

#endif
