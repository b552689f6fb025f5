/* font.c: a font file is refused, or is asked for its glyphs, shapes words, and is put together and cut for all that it has
 * among the first glyphs and for those of the words. */
#include "font/font.h"
#include "target.h"
#include "text/engine.h"

static void add_word(struct word_cache *words, const struct face *face, const char *text, struct glyph_set *used) {
    const struct word word = word_cache_shape(words, face, str_from(text), WORD_LATIN);
    for (size_t i = 0; i < word.count; i++) {
        glyph_set_add(used, word.glyphs[i].glyph);
        face_advance(face, word.glyphs[i].glyph);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const char *path = target_file("font.otf", bytes, count);
    struct fonts *fonts = fonts_create();
    int error = 0;
    const struct face *face = face_find(fonts, str_from(path), "/", &error);
    if (face != NULL) {
        static struct glyph_set used;
        struct font_program program = {0};
        struct buffer plain = {0};
        used = (struct glyph_set){.bits = {UINT64_MAX}};
        face_metrics(face);
        for (uint32_t code = 0x4E00; code < 0x4E40; code++) {
            glyph_set_add(&used, face_glyph(face, code, 0));
            face_advance(face, face_glyph(face, code, 0xFE00));
        }
        struct word_cache *words = word_cache_create();
        add_word(words, face, "abc", &used);
        add_word(words, face, "office", &used);
        word_cache_destroy(words);
        struct glyph_copy copies[63];
        size_t widened = 0;
        for (uint16_t glyph = 1; glyph < 64; glyph++) {
            if (face_copies(face, glyph, 250)) {
                copies[widened++] = (struct glyph_copy){glyph, (uint16_t)(60000 + glyph), 250};
            }
        }
        font_join(face, &used, &(struct glyph_copies){copies, widened}, &program);
        font_join_plain(face, &used, &(struct glyph_copies){copies, widened}, &program, &plain);
        font_cut(face, &used, &program, &plain);
        font_program_release(&program);
        buffer_release(&plain);
    }
    fonts_destroy(fonts);
    return 0;
}
