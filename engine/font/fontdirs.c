/* fontdirs.c: fontconfig's files are read for the few elements that say which fonts there are.
 *
 *     /etc/fonts/fonts.conf, and whatever it includes, in order
 *         ──► <dir> <cachedir> <selectfont> <match target="scan"> …, word for word ──► one text ──► FcConfigParseAndLoadFromMemory
 *
 * Fontconfig takes 25 million instructions to read forty files of rules for matching, half of what starting costs. */
#include "font/fontdirs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"

enum { LARGEST = 1 << 20, DEEPEST = 8 };

struct reader {
    struct arena *arena;
    FcConfig *config; /* knows where files are looked for */
    struct buffer *text;
    bool has_cache;
};
/* An element: its start tag, and where it ends. */
struct element {
    struct str name, tag, body;
    size_t from, to; /* in the file */
};

static bool read_file(struct reader *reader, const char *path, int depth);

/* The value of an attribute; STR_NONE: it has none. */
static struct str attribute(struct arena *arena, struct str tag, const char *name) {
    const struct str begin = str_printf(arena, "%s=\"", name);
    const size_t from = str_find(tag, begin) + begin.n;
    return from > tag.n ? STR_NONE : str_slice(tag, from, from + str_find_byte(str_slice(tag, from, tag.n), '"'));
}

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || c == '-';
}

static bool is_one_of(struct str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Behind a comment, a processing instruction or a declaration. SIZE_MAX: it doesn't end, or may hold anything. */
static size_t behind_remark(struct str file, size_t at) {
    const struct str rest = str_slice(file, at, file.n);
    const struct str end = str_starts(rest, STR("<!--")) ? STR("-->") : STR(">");
    const size_t length = str_find(rest, end) + end.n;
    bool odd = str_starts(rest, STR("<![")) || (end.n == 1 && str_find_byte(str_slice(rest, 0, length), '[') < length);
    return odd || length > rest.n ? SIZE_MAX : at + length;
}

/* The file that an <include> names; NULL with *good false when it isn't plain where it is. */
static const char *included(struct reader *reader, const struct element *element, bool *good) {
    const struct str prefix = attribute(reader->arena, element->tag, "prefix");
    const bool may_miss = str_is(attribute(reader->arena, element->tag, "ignore_missing"), "yes");
    const char *path = str_c(reader->arena, str_trim(element->body));
    const char *home = getenv("HOME"), *folder = getenv("XDG_CONFIG_HOME");
    if (str_is(prefix, "xdg")) {
        path = folder != NULL && *folder != '\0'
                   ? str_c(reader->arena, str_printf(reader->arena, "%s/%s", folder, path))
                   : str_c(reader->arena, str_printf(reader->arena, "%s/.config/%s", home == NULL ? "" : home, path));
    } else if (prefix.n > 0 && !str_is(prefix, "default")) {
        *good = false;
        return NULL;
    }
    FcChar8 *found = FcConfigGetFilename(reader->config, (const FcChar8 *)path);
    const char *kept = found == NULL ? NULL : str_c(reader->arena, str_from((const char *)found));
    FcStrFree(found);
    *good = kept != NULL || may_miss;
    return kept;
}

static bool read_include(struct reader *reader, const struct element *element, int depth) {
    bool good = str_find_byte(element->body, '&') >= element->body.n;
    const char *path = good ? included(reader, element, &good) : NULL;
    return path == NULL ? good : read_file(reader, path, depth + 1);
}

/* False: its folder is relative to the file. */
static bool keep(struct reader *reader, struct str file, const struct element *element) {
    const struct str prefix = attribute(reader->arena, element->tag, "prefix");
    reader->has_cache = reader->has_cache || str_is(element->name, "cachedir");
    buffer_add(reader->text, str_slice(file, element->from, element->to));
    return !str_is(prefix, "relative") && !str_is(prefix, "cwd");
}

static bool read_element(struct reader *reader, struct str file, const struct element *element, int depth) {
    static const char *const kept[] = {"dir", "cachedir", "selectfont", "remap-dir", "reset-dirs"};
    if (str_is(element->name, "include")) {
        return read_include(reader, element, depth);
    }
    bool scans = str_is(element->name, "match") && str_is(attribute(reader->arena, element->tag, "target"), "scan");
    return (!scans && !is_one_of(element->name, kept, sizeof kept / sizeof *kept)) || keep(reader, file, element);
}

/* From its start tag to its end tag; of those that hold nothing of ours the start tag alone. False: it doesn't end. */
static bool take(struct str file, size_t at, struct arena *arena, struct element *element) {
    static const char *const whole[] = {"dir", "cachedir", "selectfont", "remap-dir", "match", "include"};
    size_t name_end = at + 1;
    while (name_end < file.n && is_name(file.p[name_end])) {
        name_end++;
    }
    const size_t tag_end = at + str_find_byte(str_slice(file, at, file.n), '>') + 1;
    *element = (struct element){.name = str_slice(file, at + 1, name_end), .from = at, .to = tag_end};
    if (tag_end > file.n) {
        return false;
    }
    element->tag = str_slice(file, at, tag_end);
    if (file.p[tag_end - 2] == '/' || !is_one_of(element->name, whole, sizeof whole / sizeof *whole)) {
        return true;
    }
    const struct str end = str_printf(arena, "</%.*s>", STR_ARG(element->name)),
                     rest = str_slice(file, tag_end, file.n);
    const size_t length = str_find(rest, end);
    element->body = str_slice(rest, 0, length);
    element->to = tag_end + length + end.n;
    return element->to <= file.n;
}

static bool read_text(struct reader *reader, struct str file, int depth) {
    for (size_t at = 0; (at += str_find_byte(str_slice(file, at, file.n), '<')) < file.n;) {
        struct element element;
        const char next = at + 1 < file.n ? file.p[at + 1] : '\0';
        if (next == '!' || next == '?') {
            at = behind_remark(file, at);
            if (at == SIZE_MAX) {
                return false;
            }
        } else if (next == '/') {
            at++;
        } else if (take(file, at, reader->arena, &element) && read_element(reader, file, &element, depth)) {
            at = element.to;
        } else {
            return false;
        }
    }
    return true;
}

/* The files of a folder are those that begin with a digit. */
static bool read_folder(struct reader *reader, const char *path, int depth) {
    struct str *names;
    size_t count;
    if (folder_list(reader->arena, path, STR(".conf"), &names, &count) != 0) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct str file = str_printf(reader->arena, "%s/%.*s", path, STR_ARG(names[i]));
        bool counts = names[i].p[0] >= '0' && names[i].p[0] <= '9';
        if (counts && !read_file(reader, str_c(reader->arena, file), depth)) {
            return false;
        }
    }
    return true;
}

static bool read_file(struct reader *reader, const char *path, int depth) {
    struct str file;
    if (depth == DEEPEST) {
        return false;
    }
    const int error = file_read(reader->arena, path, LARGEST, &file);
    return error == EISDIR ? read_folder(reader, path, depth) : error == 0 && read_text(reader, file, depth);
}

static bool load(struct reader *reader) {
    FcChar8 *path = FcConfigGetFilename(reader->config, NULL);
    buffer_add(reader->text, STR("<?xml version=\"1.0\"?><fontconfig>"));
    bool good = path != NULL && read_file(reader, (const char *)path, 0) && reader->has_cache;
    FcStrFree(path);
    buffer_add(reader->text, STR("</fontconfig>"));
    buffer_byte(reader->text, '\0');
    return good && FcConfigParseAndLoadFromMemory(reader->config, (const FcChar8 *)reader->text->bytes, FcFalse) &&
           FcConfigBuildFonts(reader->config);
}

FcConfig *fontdirs_load(void) {
    struct buffer text = {0};
    struct arena *scratch = arena_create();
    struct reader reader = {.arena = scratch, .config = FcConfigCreate(), .text = &text};
    if (reader.config != NULL && !load(&reader)) {
        FcConfigDestroy(reader.config);
        reader.config = NULL;
    }
    arena_destroy(scratch);
    buffer_release(&text);
    return reader.config;
}
