/* cachedir.c: XDG_CACHE_HOME points to a folder in TMPDIR while fontconfig reads. */
#define _POSIX_C_SOURCE 200809L
#include "font/cachedir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* Can files be made in it, or in the nearest folder above it that there is? */
static bool can_hold(struct arena *arena, const char *path) {
    struct str there = str_from(path);
    while (there.n > 1 && access(str_c(arena, there), F_OK) != 0) {
        do {
            there.n--;
        } while (there.n > 1 && there.p[there.n] != '/');
    }
    return there.n > 0 && there.p[0] == '/' && access(str_c(arena, there), W_OK | X_OK) == 0;
}

static bool has_one(struct arena *arena) {
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache != NULL && cache[0] != '\0') {
        return can_hold(arena, cache);
    }
    return home != NULL && home[0] == '/' &&
           can_hold(arena, str_c(arena, str_printf(arena, "%s/.cache/fontconfig", home)));
}

struct cachedir cachedir_lend(struct arena *arena) {
    struct cachedir cachedir = {.arena = arena};
    if (has_one(arena)) {
        return cachedir;
    }
    const char *was = getenv("XDG_CACHE_HOME");
    const char *temporary = getenv("TMPDIR");
    char *folder = str_c(arena, str_printf(arena, "%s/dossier-fonts-XXXXXX", temporary == NULL ? "/tmp" : temporary));
    if (mkdtemp(folder) != NULL) {
        cachedir.was = was == NULL ? NULL : str_c(arena, str_from(was));
        cachedir.lent = folder;
        setenv("XDG_CACHE_HOME", folder, 1);
    }
    return cachedir;
}

/* Fontconfig makes one folder, of files. */
static void remove_tree(struct arena *arena, const char *folder) {
    struct str *names = NULL;
    size_t count = 0;
    const char *inside = str_c(arena, str_printf(arena, "%s/fontconfig", folder));
    if (folder_list(arena, inside, STR_NONE, &names, &count) == 0) {
        for (size_t i = 0; i < count; i++) {
            unlink(str_c(arena, str_printf(arena, "%s/%.*s", inside, STR_ARG(names[i]))));
        }
        rmdir(inside);
    }
    rmdir(folder);
}

void cachedir_take_back(const struct cachedir *cachedir) {
    if (cachedir->lent == NULL) {
        return;
    }
    if (cachedir->was == NULL) {
        unsetenv("XDG_CACHE_HOME");
    } else {
        setenv("XDG_CACHE_HOME", cachedir->was, 1);
    }
    remove_tree(cachedir->arena, cachedir->lent);
}
