/* What fontdirs.c keeps of fontconfig's files gives the same fonts as all of it, and what it can't know it leaves to fontconfig. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "font/fontdirs.h"

#define CACHE "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
#define FONTS "<dir>/usr/share/fonts</dir>"

static char folder[] = "/tmp/fontdirs-test.XXXXXX";

static void put(const char *name, const char *inside) {
    char path[128];
    struct buffer text = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    buffer_printf(&text,
                  "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n"
                  "<fontconfig>%s</fontconfig>",
                  inside);
    assert_int_equal(file_write(path, text.bytes, text.count, false), 0);
    buffer_release(&text);
}

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All files and families, in one text. */
static char *fonts_of(FcConfig *config) {
    FcPattern *all = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FAMILY, FC_WEIGHT, (char *)NULL);
    FcFontSet *set = FcFontList(config, all, objects);
    char **lines = calloc((size_t)set->nfont + 1, sizeof *lines);
    struct buffer text = {0};
    for (int i = 0; i < set->nfont; i++) {
        lines[i] = (char *)FcNameUnparse(set->fonts[i]);
    }
    qsort(lines, (size_t)set->nfont, sizeof *lines, compare);
    for (int i = 0; i < set->nfont; i++) {
        buffer_printf(&text, "%s\n", lines[i]);
        free(lines[i]);
    }
    buffer_byte(&text, '\0');
    free(lines);
    FcFontSetDestroy(set);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(all);
    FcConfigDestroy(config);
    return text.bytes;
}

static void same_fonts(const char *top, bool some) {
    put("fonts.conf", top);
    FcConfig *ours = fontdirs_load();
    assert_non_null(ours);
    char *few = fonts_of(ours), *all = fonts_of(FcInitLoadConfigAndFonts());
    assert_string_equal(few, all);
    assert_int_equal(some, all[0] != '\0');
    free(few);
    free(all);
}

static void same(void **state) {
    (void)state;
    same_fonts(CACHE FONTS, true);
    same_fonts(CACHE "<!-- <dir>/usr/share/fonts</dir> -->", false);
    same_fonts(CACHE "<!-- > -->" FONTS "<reset-dirs /><dir>/usr/share/fonts/truetype</dir>", true);
    same_fonts(CACHE FONTS "<selectfont><rejectfont><glob>*NotoSerif*</glob></rejectfont></selectfont>", true);
    same_fonts(CACHE FONTS "<match target=\"pattern\"><test name=\"family\"><string>a</string></test>"
                           "<edit name=\"family\"><string>b</string></edit></match>"
                           "<alias><family>x</family><prefer><family>y</family></prefer></alias>",
               true);
    put("more.conf", FONTS);
    same_fonts(CACHE "<include>more.conf</include>", true);
    same_fonts(CACHE "<include ignore_missing=\"yes\">no.conf</include>" FONTS, true);
    same_fonts(CACHE "<include ignore_missing=\"yes\" prefix=\"xdg\">fontconfig/no.conf</include>" FONTS, true);
    put("d/10-fonts.conf", FONTS);
    put("d/20-not.conf",
        "<selectfont><rejectfont><pattern><patelt name=\"family\"><string>LXGW WenKai</string></patelt>"
        "</pattern></rejectfont></selectfont>");
    put("d/none.conf", "<selectfont><rejectfont><glob>*</glob></rejectfont></selectfont>");
    same_fonts(CACHE "<include>d</include>", true);
    FcConfig *config = fontdirs_load();
    char *fonts = fonts_of(config);
    assert_null(strstr(fonts, "WenKai:"));
    free(fonts);
}

/* Rules for scanning go into the caches. */
static void scanned(void **state) {
    (void)state;
    char caches[128], inside[1024];
    snprintf(caches, sizeof caches, "%s/caches", folder);
    snprintf(inside, sizeof inside,
             "<cachedir>%s</cachedir><dir>/usr/share/fonts/truetype/lxgw-wenkai</dir><match target=\"scan\">"
             "<edit name=\"family\" mode=\"assign\"><string>Renamed</string></edit></match>",
             caches);
    put("fonts.conf", inside);
    char *fonts = fonts_of(fontdirs_load());
    assert_true(fonts[0] == '\0' || strstr(fonts, "Renamed") != NULL);
    free(fonts);
}

static void left_to_fontconfig(void **state) {
    static const char *const odd[] = {
        FONTS,                                        /* without a cache */
        CACHE "<dir prefix=\"relative\">fonts</dir>", /* to the file */
        CACHE "<include>no.conf</include>" FONTS,     /* missing: a mistake to tell */
        CACHE "<include prefix=\"cwd\">more.conf</include>",
        CACHE "<dir><![CDATA[/usr/share/fonts]]></dir><![CDATA[x]]>",
        CACHE "<include>fonts.conf</include>", /* itself */
        CACHE "<!-- ",
        CACHE "<selectfont>" FONTS,
    };
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        put("fonts.conf", odd[i]);
        assert_null(fontdirs_load());
    }
}

static int setup(void **state) {
    (void)state;
    char path[128];
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/fonts.conf", folder);
    setenv("FONTCONFIG_FILE", path, 1);
    setenv("FONTCONFIG_PATH", folder, 1);
    setenv("XDG_CACHE_HOME", folder, 1);
    return 0;
}

static int teardown(void **state) {
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(same), cmocka_unit_test(scanned),
                                       cmocka_unit_test(left_to_fontconfig)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
