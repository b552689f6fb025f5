/* stamp.c: what the answer to “which file is this family” may depend on. */
#include "base/stamp.h"

#include <stdlib.h>

#include "font/cachedir.h"
#include "font/face.h"
#include "font/fontdirs.h"

/* Where fontconfig's own files lie (fonts-conf(5)). */
static void add_settings(struct hash_stream *stream, struct arena *arena) {
    static const char *const given[] = {"FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT"};
    const char *const home = getenv("HOME"), *const settings = getenv("XDG_CONFIG_HOME");
    stamp_folder(stream, "/etc/fonts");
    stamp_folder(stream, "/usr/share/fontconfig/conf.avail");
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        const char *path = getenv(given[i]);
        stamp_file(stream, path != NULL ? path : "");
        stamp_folder(stream, path != NULL ? path : "");
    }
    if (settings != NULL) {
        stamp_folder(stream, str_c(arena, str_printf(arena, "%s/fontconfig", settings)));
    }
    if (home != NULL) {
        stamp_folder(stream, str_c(arena, str_printf(arena, "%s/.config/fontconfig", home)));
        stamp_file(stream, str_c(arena, str_printf(arena, "%s/.fonts.conf", home)));
    }
}

void fonts_stamp(struct hash_stream *stream) {
    struct arena *arena = arena_create();
    const struct cachedir cachedir = cachedir_lend(arena);
    FcConfig *config = fontdirs_load();
    config = config != NULL ? config : FcInitLoadConfig();
    add_settings(stream, arena);
    FcStrList *folders = config != NULL ? FcConfigGetFontDirs(config) : NULL;
    for (const FcChar8 *folder; folders != NULL && (folder = FcStrListNext(folders)) != NULL;) {
        stamp_folder(stream, (const char *)folder);
    }
    if (folders != NULL) {
        FcStrListDone(folders);
    }
    if (config != NULL) {
        FcConfigDestroy(config);
    }
    cachedir_take_back(&cachedir);
    arena_destroy(arena);
}
