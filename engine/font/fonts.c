/* fonts.c: the faces of a run, by name. A face of a file is opened once, under however many names. */
#include "font/face.h"

#include <unistd.h>

#include "base/hash.h"
#include "base/stamp.h"

struct fonts {
    struct arena *arena;
    struct face **faces;
    size_t count, capacity;
    struct strmap by_name; /* number in `answers` */
    struct answer *answers;
    size_t answer_count, answer_capacity;
    struct font_file *asked;
    size_t asked_count, asked_capacity;
    struct locator *locator; /* made when the first family is asked for: it costs milliseconds */
};

struct answer {
    struct face *face;
    int error; /* errno; EBADMSG: damaged */
};

struct fonts *fonts_create(void) {
    struct arena *arena = arena_create();
    struct fonts *fonts = ARENA_NEW(arena, struct fonts);
    fonts->arena = arena;
    strmap_init(&fonts->by_name, arena);
    return fonts;
}

void fonts_destroy(struct fonts *fonts) {
    if (fonts == NULL) {
        return;
    }
    for (size_t i = 0; i < fonts->count; i++) {
        face_close(fonts->faces[i]);
    }
    if (fonts->locator != NULL) {
        locator_release(fonts->locator);
    }
    arena_destroy(fonts->arena);
}

size_t fonts_count(const struct fonts *fonts) {
    return fonts->count;
}

struct hash font_file_stamp(struct arena *arena, struct str path) {
    struct hash_stream *stream = hash_begin();
    stamp_file(stream, str_c(arena, path));
    return hash_end(stream);
}

const struct font_file *fonts_asked(const struct fonts *fonts, size_t *count) {
    *count = fonts->asked_count;
    return fonts->asked;
}

struct face *fonts_face(const struct fonts *fonts, size_t index) {
    return fonts->faces[index];
}

static struct locator *locator_of(struct fonts *fonts) {
    if (fonts->locator == NULL) {
        fonts->locator = locator_create_in(fonts->arena);
    }
    return fonts->locator;
}

static bool is_path(struct str name) {
    static const struct str endings[] = {STR_INIT(".ttf"), STR_INIT(".otf"), STR_INIT(".ttc"), STR_INIT(".otc"),
                                         STR_INIT(".TTF"), STR_INIT(".OTF"), STR_INIT(".TTC"), STR_INIT(".OTC")};
    if (str_find_byte(name, '/') < name.n) {
        return true;
    }
    const struct str file = str_slice(name, 0, str_find_byte(name, '#'));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(file, endings[i])) {
            return true;
        }
    }
    return false;
}

/* "x.ttc#2" below folder. False: no number behind the #. */
static bool split_path(struct arena *arena, struct str name, const char *folder, struct str *path, uint32_t *index) {
    const size_t hash = str_find_byte(name, '#');
    int64_t number = 0;
    if (hash < name.n && (!str_to_int(str_slice(name, hash + 1, name.n), &number) || number < 0 || number > 0xFFFF)) {
        return false;
    }
    struct str file = str_slice(name, 0, hash);
    bool absolute = file.n > 0 && file.p[0] == '/';
    *path = absolute || folder == NULL || !*folder ? str_copy(arena, file)
                                                   : str_printf(arena, "%s/%.*s", folder, STR_ARG(file));
    *index = (uint32_t)number;
    return true;
}

static struct answer open_once(struct fonts *fonts, struct str path, uint32_t collection_index) {
    for (size_t i = 0; i < fonts->count; i++) {
        if (str_eq(fonts->faces[i]->path, path) && fonts->faces[i]->collection_index == collection_index) {
            return (struct answer){.face = fonts->faces[i]};
        }
    }
    int error = 0;
    struct face *face = face_open_in(fonts->arena, path, collection_index, &error);
    if (face == NULL) {
        return (struct answer){.error = error};
    }
    face->index = (uint16_t)fonts->count;
    ARENA_GROW(fonts->arena, fonts->faces, fonts->count, fonts->capacity);
    fonts->faces[fonts->count++] = face;
    return (struct answer){.face = face};
}

static struct answer look_up(struct fonts *fonts, struct str name, const char *folder) {
    struct str path;
    uint32_t index;
    if (is_path(name)) {
        const bool split = split_path(fonts->arena, name, folder, &path, &index);
        if (split) {
            ARENA_GROW(fonts->arena, fonts->asked, fonts->asked_count, fonts->asked_capacity);
            fonts->asked[fonts->asked_count++] = (struct font_file){path, font_file_stamp(fonts->arena, path)};
        }
        if (!split || access(str_c(fonts->arena, path), F_OK) != 0) {
            return (struct answer){0};
        }
    } else if (!locate_family(locator_of(fonts), fonts->arena, name, &path, &index)) {
        return (struct answer){0};
    }
    return open_once(fonts, path, index);
}

struct face *face_find(struct fonts *fonts, struct str name, const char *folder, int *error) {
    bool found;
    const struct str key = str_printf(fonts->arena, "%s|%.*s", folder != NULL ? folder : "", STR_ARG(name));
    uint32_t *number = strmap_put(&fonts->by_name, key, &found);
    if (!found) {
        *number = (uint32_t)fonts->answer_count;
        ARENA_GROW(fonts->arena, fonts->answers, fonts->answer_count, fonts->answer_capacity);
        fonts->answers[fonts->answer_count++] = look_up(fonts, name, folder);
    }
    const struct answer answer = fonts->answers[*number];
    if (error != NULL) {
        *error = answer.error;
    }
    return answer.face;
}

struct str face_nearest_family(struct fonts *fonts, struct arena *arena, struct str name) {
    return locate_nearest(locator_of(fonts), arena, name);
}
