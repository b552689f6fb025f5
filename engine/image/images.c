/* images.c: the pictures of a run. A file is read once, even if it was refused; equal files under two names are one
 * picture.
 *
 *     by_path ──┐
 *               ├──► answers[]: a picture, or the reason why there is none
 *     by_content┘ */
#include "image/decode.h"

#include <errno.h>

#include "base/file.h"

enum { MOST_FILE_BYTES = 256 << 20, TRIM_BYTES = 64 << 20 };

struct answer {
    const struct image *image; /* NULL with an error */
    enum image_error error;
};

struct images {
    const char *root;
    struct arena *arena;               /* of the pictures and maps */
    struct arena *scratch;             /* of the file at hand */
    struct strmap by_path, by_content; /* number in answers */
    struct answer *answers;
    size_t count, capacity;
};

static void begin(struct images *images) {
    strmap_init(&images->by_path, images->arena);
    strmap_init(&images->by_content, images->arena);
    images->answers = NULL;
    images->count = images->capacity = 0;
}

struct images *images_create(const char *root) {
    struct arena *scratch = arena_create();
    struct images *images = ARENA_NEW(scratch, struct images);
    images->root = str_c(scratch, str_from(root));
    images->scratch = scratch;
    images->arena = arena_create();
    begin(images);
    return images;
}

void images_destroy(struct images *images) {
    if (images == NULL) {
        return;
    }
    arena_destroy(images->arena);
    arena_destroy(images->scratch);
}

void images_trim(struct images *images, size_t limit_bytes) {
    if (arena_used(images->arena) <= (limit_bytes ? limit_bytes : TRIM_BYTES)) {
        return;
    }
    arena_reset(images->arena);
    begin(images);
}

static uint32_t answer_add(struct images *images, struct answer answer) {
    ARENA_GROW(images->arena, images->answers, images->count, images->capacity);
    images->answers[images->count] = answer;
    return (uint32_t)images->count++;
}

static const struct {
    struct str signature;
    enum image_error (*read_in)(struct arena *arena, struct str file, struct image *out);
} formats[] = {
    {STR_INIT("\xFF\xD8\xFF"), jpeg_read_in},
    {STR_INIT("\x89PNG\r\n\x1A\n"), png_read_in},
    {STR_INIT("RIFF"), webp_read_in},
};

/* Rows alone don't tell their width. */
static struct hash identity_of(const struct image *image) {
    if (image->format == IMAGE_JPEG) {
        return hash_bytes(image->bytes.p, image->bytes.n);
    }
    const int32_t shape[] = {image->width_px, image->height_px, image->components};
    struct hash_stream *stream = hash_begin();
    hash_add(stream, shape, sizeof shape);
    hash_add(stream, image->bytes.p, image->bytes.n);
    return hash_end(stream);
}

static struct answer read_bytes(struct images *images, struct str bytes) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!str_starts(bytes, formats[i].signature)) {
            continue;
        }
        const struct arena_mark mark = arena_mark(images->arena);
        struct image *image = ARENA_NEW(images->arena, struct image);
        const enum image_error error = formats[i].read_in(images->arena, bytes, image);
        if (error != IMAGE_OK) {
            arena_release(images->arena, mark);
            return (struct answer){NULL, error};
        }
        image->hash = identity_of(image);
        return (struct answer){image, IMAGE_OK};
    }
    return (struct answer){NULL, IMAGE_UNKNOWN_FORMAT};
}

/* Index of the answer for a file's bytes. */
static uint32_t answer_of_bytes(struct images *images, struct str bytes) {
    bool found;
    struct hash hash = hash_bytes(bytes.p, bytes.n);
    const struct str key = str_copy(images->arena, (struct str){(const char *)&hash, sizeof hash});
    const uint32_t *known = strmap_get(&images->by_content, key);
    if (known != NULL) {
        return *known;
    }
    const uint32_t number = answer_add(images, read_bytes(images, bytes));
    *strmap_put(&images->by_content, key, &found) = number;
    return number;
}

static enum image_error error_of_errno(int error) {
    static const struct {
        int number;
        enum image_error error;
    } errors[] = {{ENOENT, IMAGE_MISSING}, {ENOTDIR, IMAGE_MISSING}, {EACCES, IMAGE_OUTSIDE}, {EFBIG, IMAGE_TOO_LARGE}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].number == error) {
            return errors[i].error;
        }
    }
    return IMAGE_UNREADABLE;
}

enum image_error image_file_in(struct arena *arena, const struct images *images, struct str relative_path,
                               size_t most_bytes, struct str *bytes) {
    int error = 0;
    char *path = file_inside(arena, images->root, relative_path, &error);
    if (path == NULL) {
        return error_of_errno(error);
    }
    error = file_read(arena, path, most_bytes, bytes);
    return error == EACCES ? IMAGE_UNREADABLE : error != 0 ? error_of_errno(error) : IMAGE_OK;
}

static uint32_t answer_of_file(struct images *images, struct str relative_path) {
    const struct arena_mark mark = arena_mark(images->scratch);
    struct str bytes;
    const enum image_error why = image_file_in(images->scratch, images, relative_path, MOST_FILE_BYTES, &bytes);
    const uint32_t number =
        why == IMAGE_OK ? answer_of_bytes(images, bytes) : answer_add(images, (struct answer){NULL, why});
    arena_release(images->scratch, mark);
    return number;
}

static const struct image *give(const struct images *images, uint32_t number, enum image_error *error) {
    if (error != NULL) {
        *error = images->answers[number].error;
    }
    return images->answers[number].image;
}

const struct image *image_load(struct images *images, struct str relative_path, enum image_error *error) {
    bool found;
    const uint32_t *known = strmap_get(&images->by_path, relative_path);
    if (known != NULL) {
        return give(images, *known, error);
    }
    const uint32_t number = answer_of_file(images, relative_path);
    *strmap_put(&images->by_path, str_copy(images->arena, relative_path), &found) = number;
    return give(images, number, error);
}

const struct image *image_from_bytes(struct images *images, struct str bytes, enum image_error *error) {
    return give(images, answer_of_bytes(images, bytes), error);
}

void image_upright_size(const struct image *image, int32_t *width_px, int32_t *height_px) {
    bool lying = image->turn >= 5; /* orientations 5 to 8 exchange width and height */
    *width_px = lying ? image->height_px : image->width_px;
    *height_px = lying ? image->width_px : image->height_px;
}
