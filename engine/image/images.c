/* images.c: the pictures of a run. A file is read once, even if it was refused; equal files under two names are one
 * picture.
 *
 *     by_path ──► files[] ──┐
 *                           ├──► answers[]: a picture, or the reason why there is none
 *     by_content ───────────┘ */
#define _GNU_SOURCE /* CLOCK_REALTIME_COARSE */
#include "image/decode.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/stamp.h"

enum { MOST_FILE_BYTES = 256 << 20, TRIM_BYTES = 64 << 20 };

struct answer {
    const struct image *image; /* NULL with an error */
    enum image_error error;
};

struct picture_file {
    uint32_t answer;
    struct image_file as_read;
};

struct images {
    const char *root;
    struct arena *arena;        /* of the pictures and maps */
    struct arena *scratch;      /* of the file at hand */
    struct strmap by_path;      /* number in files */
    struct picture_file *files; /* that were read, or refused */
    size_t file_count, file_capacity;
    struct strmap by_content; /* number in answers */
    struct answer *answers;
    size_t count, capacity;
};

static void begin(struct images *images) {
    strmap_init(&images->by_path, images->arena);
    strmap_init(&images->by_content, images->arena);
    images->answers = NULL;
    images->files = NULL;
    images->count = images->capacity = 0;
    images->file_count = images->file_capacity = 0;
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

/* Index of the answer for a file's bytes, whose hash that is. */
static uint32_t answer_of_bytes(struct images *images, struct str bytes, struct hash hash) {
    bool found;
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

/* --- what a file was ---------------------------------------------------------------------------------------------- */

/* A few ticks of the clock that files get their times from; some filesystems know whole seconds only. */
static int64_t trusted_after_ns(const struct stat *status) {
    return status->st_ctim.tv_nsec == 0 ? 2000000000 : 20000000;
}

static int64_t ns_of(const struct timespec *time) {
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

/* Who writes into a file in the tick in which it was read leaves its times as they are: one that new isn't told by them. One that can't be
 * read isn't, either: links may lead to it from elsewhere. */
static struct hash stamp_of(const struct images *images, struct arena *scratch, struct str relative_path) {
    const struct arena_mark mark = arena_mark(scratch);
    int error = 0;
    const char *path = file_inside(scratch, images->root, relative_path, &error);
    struct stat status;
    struct timespec now;
    struct hash stamp = {0, 0};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (path != NULL && stat(path, &status) == 0 && ns_of(&status.st_ctim) + trusted_after_ns(&status) < ns_of(&now)) {
        struct hash_stream *stream = hash_begin();
        stamp_file(stream, path);
        stamp = hash_end(stream);
    }
    arena_release(scratch, mark);
    return stamp;
}

static struct hash content_of(enum image_error error, struct str bytes) {
    return error == IMAGE_OK ? hash_bytes(bytes.p, bytes.n) : (struct hash){0, (uint64_t)error};
}

struct image_file image_file_read(struct arena *arena, const struct images *images, struct str relative_path,
                                  size_t most_bytes, struct str *bytes, enum image_error *error) {
    struct image_file file = {.stamp = stamp_of(images, arena, relative_path)};
    *error = image_file_in(arena, images, relative_path, most_bytes, bytes);
    file.content = content_of(*error, *bytes);
    return file;
}

struct image_file image_file_now(const struct images *images, struct str relative_path, bool stamp_only) {
    const struct arena_mark mark = arena_mark(images->scratch);
    struct str bytes = STR_NONE;
    enum image_error error;
    struct image_file file = {.stamp = stamp_of(images, images->scratch, relative_path)};
    if (!stamp_only) {
        file = image_file_read(images->scratch, images, relative_path, MOST_FILE_BYTES, &bytes, &error);
    }
    arena_release(images->scratch, mark);
    return file;
}

struct image_file image_file_as_read(const struct images *images, struct str relative_path) {
    const uint32_t *known = strmap_get(&images->by_path, relative_path);
    return known != NULL ? images->files[*known].as_read : (struct image_file){0};
}

/* --- pictures ----------------------------------------------------------------------------------------------------- */

static struct picture_file read_picture(struct images *images, struct str relative_path) {
    const struct arena_mark mark = arena_mark(images->scratch);
    struct str bytes = STR_NONE;
    enum image_error why;
    struct picture_file file = {
        .as_read = image_file_read(images->scratch, images, relative_path, MOST_FILE_BYTES, &bytes, &why)};
    file.answer = why == IMAGE_OK ? answer_of_bytes(images, bytes, file.as_read.content)
                                  : answer_add(images, (struct answer){NULL, why});
    arena_release(images->scratch, mark);
    return file;
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
        return give(images, images->files[*known].answer, error);
    }
    const struct picture_file file = read_picture(images, relative_path);
    ARENA_GROW(images->arena, images->files, images->file_count, images->file_capacity);
    images->files[images->file_count] = file;
    *strmap_put(&images->by_path, str_copy(images->arena, relative_path), &found) = (uint32_t)images->file_count++;
    return give(images, file.answer, error);
}

const struct image *image_from_bytes(struct images *images, struct str bytes, enum image_error *error) {
    return give(images, answer_of_bytes(images, bytes, hash_bytes(bytes.p, bytes.n)), error);
}

void image_upright_size(const struct image *image, int32_t *width_px, int32_t *height_px) {
    bool lying = image->turn >= 5; /* orientations 5 to 8 exchange width and height */
    *width_px = lying ? image->height_px : image->width_px;
    *height_px = lying ? image->width_px : image->height_px;
}
