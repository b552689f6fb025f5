/* word.c: words shaped by HarfBuzz, once for each face and word.
 *
 * Chinese characters never come here: they need no context. Latin words do for kerning and ligatures, —— for the one
 * glyph of two em that a face has under zh-Hans. The cache is emptied when it is full, which costs time and changes
 * nothing. */
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "text/engine.h"

#define SLOTS         8192u /* a power of two */
#define WORDS_MAX     (SLOTS / 2)
#define CACHED_LENGTH 64 /* bytes; longer ones are shaped each time */

struct slot {
    uint32_t hash;
    const struct face *face;
    enum word_script script;
    struct str text;
    struct word word;
};

struct word_cache {
    struct arena *arena;
    struct slot *slots;
    size_t count;
    hb_buffer_t *buffer;
    struct arena *scratch; /* of a word that isn't cached */
};

struct word_cache *word_cache_create(void) {
    struct arena *arena = arena_create();
    struct word_cache *cache = calloc(1, sizeof *cache);
    if (cache == NULL) {
        abort();
    }
    cache->arena = arena;
    cache->slots = ARENA_ARRAY(arena, struct slot, SLOTS);
    cache->scratch = arena_create();
    cache->buffer = hb_buffer_create();
    return cache;
}

void word_cache_destroy(struct word_cache *cache) {
    hb_buffer_destroy(cache->buffer);
    arena_destroy(cache->scratch);
    arena_destroy(cache->arena);
    free(cache);
}

static uint32_t hash_word(const struct face *face, struct str text, enum word_script script) {
    uint32_t hash = 2166136261u ^ (uint32_t)script ^ ((uint32_t)face_index(face) << 8);
    for (size_t i = 0; i < text.n; i++) {
        hash = (hash ^ (uint8_t)text.p[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

static void set_segment(hb_buffer_t *buffer, enum word_script script) {
    switch (script) {
    case WORD_LATIN:
        hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
        hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
        hb_buffer_set_language(buffer, hb_language_from_string("en", 2));
        break;
    case WORD_HAN:
    case WORD_VERTICAL:
        hb_buffer_set_direction(buffer, script == WORD_HAN ? HB_DIRECTION_LTR : HB_DIRECTION_TTB);
        hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
        hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
        break;
    case WORD_OTHER:
        /* A fixed language: the locale must not change what is printed. */
        hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
        hb_buffer_guess_segment_properties(buffer);
        break;
    }
}

static int16_t clamp16(hb_position_t n) {
    return (int16_t)(n > INT16_MAX ? INT16_MAX : n < INT16_MIN ? INT16_MIN : n);
}

static struct word shape(hb_buffer_t *buffer, struct arena *arena, const struct face *face, struct str text,
                         enum word_script script) {
    /* ’ as an apostrophe, and quotes of Latin text: the narrow ones of faces that draw them as Chinese marks. */
    static const hb_feature_t narrow = {HB_TAG('p', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, 0, (int)text.n);
    set_segment(buffer, script);
    const bool quotes = script == WORD_LATIN && str_find(text, STR("\xE2\x80")) < text.n;
    hb_shape(face_hb_font(face), buffer, &narrow, quotes ? 1 : 0);

    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    struct word_glyph *glyphs = ARENA_ARRAY(arena, struct word_glyph, count);
    for (unsigned i = 0; i < count; i++) {
        if (!face_has_glyph(face, infos[i].codepoint)) {
            return (struct word){0};
        }
        glyphs[i] = (struct word_glyph){.glyph = (uint16_t)infos[i].codepoint,
                                        .cluster = (uint16_t)infos[i].cluster,
                                        .advance = clamp16(positions[i].x_advance),
                                        .dx = clamp16(positions[i].x_offset),
                                        .dy = clamp16(positions[i].y_offset)};
    }
    bool backwards = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL;
    return (struct word){.glyphs = glyphs, .count = count, .backwards = backwards};
}

static void forget(struct word_cache *cache) {
    arena_reset(cache->arena);
    cache->slots = ARENA_ARRAY(cache->arena, struct slot, SLOTS);
    cache->count = 0;
}

struct word word_cache_shape(struct word_cache *cache, const struct face *face, struct str text,
                             enum word_script script) {
    if (text.n > CACHED_LENGTH) {
        arena_reset(cache->scratch);
        return shape(cache->buffer, cache->scratch, face, text, script);
    }
    if (cache->count >= WORDS_MAX) {
        forget(cache);
    }
    const uint32_t hash = hash_word(face, text, script);
    uint32_t at = hash & (SLOTS - 1);
    for (; cache->slots[at].face != NULL; at = (at + 1) & (SLOTS - 1)) {
        const struct slot *slot = &cache->slots[at];
        if (slot->hash == hash && slot->face == face && slot->script == script && str_eq(slot->text, text)) {
            return slot->word;
        }
    }
    const struct word word = shape(cache->buffer, cache->arena, face, text, script);
    cache->slots[at] = (struct slot){hash, face, script, str_copy(cache->arena, text), word};
    cache->count++;
    return word;
}
