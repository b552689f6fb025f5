/* shared_stamp.c: what of a folder may be in every layout, as a hash: so that a change of one layout's own file isn't one of all.
 *
 * It is told by the text, before anything is read as YAML, and only where there is no doubt: a layout's own file has nothing before its
 * `document:` but comments, blank lines and a one-line `include:`. Any other file counts as shared. Where a shared file includes others, all
 * are shared: one of them may be a layout. */
#include "base/file.h"
#include "base/stamp.h"
#include "layout/layout.h"
#include "layout/reader.h"

enum { READ_MOST = 1 << 22 }; /* of a file of YAML */

/* [theme.yaml, common.yaml]: closed on its line, so that no text goes on behind it. */
static bool is_plain_include(struct str line) {
    static const struct str key = STR_INIT("include: [");
    if (!str_starts(line, key)) {
        return false;
    }
    const struct str list = str_slice(line, key.n, line.n);
    const size_t end = str_find_byte(list, ']');
    bool plain = end < list.n;
    for (size_t i = 0; i < end && plain; i++) {
        plain = list.p[i] != '"' && list.p[i] != '\'' && list.p[i] != '[' && list.p[i] != '{' && list.p[i] != '#';
    }
    const struct str rest = plain ? str_trim(str_slice(list, end + 1, list.n)) : STR_NONE;
    return plain && (rest.n == 0 || rest.p[0] == '#');
}

static bool is_own_file(struct str bytes) {
    for (struct str rest = bytes; rest.p != NULL;) {
        const struct str line = str_split(rest, '\n', &rest);
        if (str_starts(line, STR("document:"))) {
            return true;
        }
        const bool nothing = str_trim(line).n == 0 || line.p[0] == '#';
        if (!nothing && !is_plain_include(line)) {
            return false;
        }
    }
    return false;
}

static bool is_yaml(struct str name) {
    return str_ends(name, STR(".yaml"));
}

void layouts_stamp_shared(struct hash_stream *stream, const char *folder) {
    struct arena *arena = arena_create();
    struct str *names = NULL;
    size_t count = 0;
    bool includes = false;
    folder_list(arena, folder, STR_NONE, &names, &count);
    bool *own = ARENA_ARRAY(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        struct str bytes = STR_NONE;
        const char *path = str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i])));
        own[i] = is_yaml(names[i]) && !source_is_for_all(names[i]) && file_read(arena, path, READ_MOST, &bytes) == 0 &&
                 is_own_file(bytes);
        includes = includes || (!own[i] && str_find(bytes, STR("include")) < bytes.n);
    }
    for (size_t i = 0; i < count; i++) {
        if (!own[i] || includes) {
            hash_add(stream, names[i].p, names[i].n + 1);
            stamp_file_bytes(stream, str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i]))));
        }
    }
    arena_destroy(arena);
}
