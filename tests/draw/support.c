/* support.c: see support.h. */
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/length.h"
#include "page/sinks.h"

void easel_init(struct easel *easel, int32_t width_mp, int32_t height_mp) {
    *easel = (struct easel){.arena = arena_create(), .fonts = fonts_create(), .engine = text_engine_create()};
    int error = 0;
    easel->faces[0] = face_find(easel->fonts, STR("Noto Serif CJK SC"), ".", &error);
    assert_non_null(easel->faces[0]);
    easel->style = (struct text_style){
        .chain = {easel->faces, 1}, .size_mp = PT(9), .leading_mp = PT(12), .align = ALIGN_LEFT, .name = STR("note")};
    easel->document = document_create_in(easel->arena);
    easel->canvas = canvas_of_page(easel->document, document_add_page(easel->document, width_mp, height_mp));
}

void easel_release(struct easel *easel) {
    text_engine_destroy(easel->engine);
    fonts_destroy(easel->fonts);
    arena_destroy(easel->arena);
}

void easel_assert_golden(struct easel *easel, const char *name) {
    struct buffer dump = {0};
    document_dump(easel->document, &dump);
    const char *path = str_c(easel->arena, str_printf(easel->arena, "tests/draw/%s.golden", name));
    if (getenv("ACCEPT") != NULL) {
        assert_int_equal(file_write(path, dump.bytes, dump.count, false), 0);
    }
    struct str golden = STR_NONE;
    assert_int_equal(file_read(easel->arena, path, 0, &golden), 0);
    assert_string_equal(str_c(easel->arena, buffer_str(&dump)), golden.p);
    buffer_release(&dump);
}
