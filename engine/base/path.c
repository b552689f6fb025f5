/* path.c: names and paths from data, which may be hostile: none leads out of its folder.
 *
 * Two defences: a path that is only read must resolve to below its root (file_inside); a name that is written is
 * reduced to characters that no file system takes for more than a name (file_safe_name). */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

static bool has_parent_component(struct str path) {
    struct str rest = path;
    while (rest.n > 0) {
        if (str_is(str_split(rest, '/', &rest), "..")) {
            return true;
        }
    }
    return false;
}

/* Both resolved, without links. */
static bool lies_below(const char *path, const char *root) {
    const size_t length = strlen(root);
    if (strcmp(root, "/") == 0) {
        return true;
    }
    return strncmp(path, root, length) == 0 && path[length] == '/';
}

char *file_inside(struct arena *arena, const char *root, struct str relative, int *error) {
    if (relative.n == 0) {
        *error = ENOENT;
        return NULL;
    }
    *error = EACCES;
    if (relative.p[0] == '/' || has_parent_component(relative) || str_find_byte(relative, '\0') < relative.n) {
        return NULL;
    }
    char *joined = str_c(arena, str_printf(arena, "%s/%.*s", root, STR_ARG(relative)));
    char *real_root = realpath(root, NULL), *real_path = real_root != NULL ? realpath(joined, NULL) : NULL;
    if (real_path == NULL) {
        *error = errno;
    } else if (lies_below(real_path, real_root)) {
        *error = 0;
    }
    free(real_root);
    free(real_path);
    return *error == 0 ? joined : NULL;
}

static bool is_forbidden(uint32_t c) {
    return utf8_is_hidden(c) || (c < 0x80 && strchr("/\\<>:\"|?*", (int)c) != NULL);
}

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000;
}

static struct str trim_blanks(struct str s) {
    for (size_t offset = 0; s.n > 0 && is_blank(utf8_next(s, &offset)); offset = 0) {
        s = str_slice(s, offset, s.n);
    }
    for (size_t offset = s.n; s.n > 0 && is_blank(utf8_previous(s, &offset)); offset = s.n) {
        s.n = offset;
    }
    return s;
}

static struct str cut_between_code_points(struct str s, size_t limit_bytes) {
    if (s.n <= limit_bytes) {
        return s;
    }
    size_t end = limit_bytes;
    while (end > 0 && (s.p[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_slice(s, 0, end);
}

/* Names that Windows takes for devices, whatever follows a dot: CON, LPT1.txt. */
static bool is_device(struct str name) {
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "COM", "LPT"};
    struct str rest;
    const struct str stem = str_split(name, '.', &rest);
    bool numbered = stem.n == 4 && stem.p[3] >= '1' && stem.p[3] <= '9';
    if (stem.n != 3 && !numbered) {
        return false;
    }
    for (size_t i = numbered ? 4 : 0; i < (numbered ? 6u : 4u); i++) {
        bool same = true;
        for (size_t j = 0; j < 3; j++) {
            same = same && (stem.p[j] & ~0x20) == devices[i][j];
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* Needs no change? So it is with most, and every row of a plan has several. */
static bool is_safe(struct str name, size_t limit_bytes) {
    if (name.n == 0 || name.n > limit_bytes || name.p[0] == '.' || name.p[name.n - 1] == '.') {
        return false;
    }
    for (size_t offset = 0; offset < name.n;) {
        const uint32_t c = utf8_next(name, &offset);
        if (c == UTF8_REPLACEMENT || is_forbidden(c)) {
            return false;
        }
    }
    return trim_blanks(name).n == name.n && !is_device(name);
}

struct str file_safe_name(struct arena *arena, struct str name, size_t limit_bytes) {
    if (is_safe(name, limit_bytes)) {
        return str_copy(arena, name);
    }
    struct buffer out = {0};
    const struct str trimmed = trim_blanks(name);
    if (is_device(trimmed)) {
        buffer_byte(&out, '_');
    }
    for (size_t offset = 0; offset < trimmed.n;) {
        char bytes[4];
        const uint32_t c = utf8_next(trimmed, &offset);
        const size_t count = utf8_encode(is_forbidden(c) ? '_' : c, bytes);
        buffer_append(&out, bytes, count);
    }
    const struct str cut = trim_blanks(cut_between_code_points(buffer_str(&out), limit_bytes));
    char *safe = arena_copy(arena, cut.p, cut.n);
    for (size_t i = 0; i < cut.n && safe[i] == '.'; i++) {
        safe[i] = '_';
    }
    if (cut.n > 0 && safe[cut.n - 1] == '.') {
        safe[cut.n - 1] = '_';
    }
    buffer_release(&out);
    return cut.n > 0 ? (struct str){safe, cut.n} : STR("_");
}
