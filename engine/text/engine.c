/* engine.c: the caches of a run, one engine for each worker. Nothing in it changes what is printed, only how soon. */
#include "text/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "text/hyphens.h"
#include "text/itemise.h"

struct text_engine {
    struct arena *arena;
    struct chain_cache **chains;
    size_t chain_count, chain_capacity;
    struct word_cache *words;
    struct hyphens *hyphens;
    struct pair_table pairs;
    /* Opened when a script or a title needs them: other text doesn't pay their milliseconds. */
    UBreakIterator *breaks, *word_breaks;
};

struct text_engine *text_engine_create(void) {
    struct arena *arena = arena_create();
    struct text_engine *engine = ARENA_NEW(arena, struct text_engine);
    engine->arena = arena;
    engine->words = word_cache_create();
    engine->hyphens = hyphens_create();
    pair_table_fill(&engine->pairs);
    return engine;
}

void text_engine_destroy(struct text_engine *engine) {
    if (engine == NULL) {
        return;
    }
    if (engine->breaks != NULL) {
        ubrk_close(engine->breaks);
    }
    if (engine->word_breaks != NULL) {
        ubrk_close(engine->word_breaks);
    }
    word_cache_destroy(engine->words);
    hyphens_destroy(engine->hyphens);
    arena_destroy(engine->arena);
}

struct chain_cache *engine_chain(struct text_engine *engine, const struct font_chain *chain) {
    assert(chain->count > 0 && "a style without a face");
    for (size_t i = 0; i < engine->chain_count; i++) {
        if (chain_cache_is(engine->chains[i], chain)) {
            return engine->chains[i];
        }
    }
    ARENA_GROW(engine->arena, engine->chains, engine->chain_count, engine->chain_capacity);
    struct chain_cache *cache = chain_cache_create_in(engine->arena, chain);
    engine->chains[engine->chain_count++] = cache;
    return cache;
}

struct word engine_word(struct text_engine *engine, const struct face *face, struct str text, enum word_script script) {
    return word_cache_shape(engine->words, face, text, script);
}

struct hyphens *engine_hyphens(const struct text_engine *engine) {
    return engine->hyphens;
}

const struct pair_table *engine_pairs(const struct text_engine *engine) {
    return &engine->pairs;
}

static bool find_breaks(UBreakIterator **iterator, UBreakIteratorType type, struct arena *arena, struct str text,
                        uint64_t **bits) {
    UErrorCode status = U_ZERO_ERROR;
    if (!*iterator) {
        *iterator = ubrk_open(type, "zh", NULL, 0, &status);
    }
    if (U_FAILURE(status)) {
        return false;
    }
    UText view = UTEXT_INITIALIZER;
    utext_openUTF8(&view, text.p, (int64_t)text.n, &status);
    ubrk_setUText(*iterator, &view, &status);
    if (U_SUCCESS(status)) {
        *bits = ARENA_ARRAY(arena, uint64_t, text.n / 64 + 1);
        for (int32_t at = ubrk_first(*iterator); at != UBRK_DONE; at = ubrk_next(*iterator)) {
            (*bits)[at / 64] |= UINT64_C(1) << (at % 64);
        }
    }
    utext_close(&view);
    return U_SUCCESS(status);
}

bool engine_line_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits) {
    return find_breaks(&engine->breaks, UBRK_LINE, arena, text, bits);
}

bool engine_word_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits) {
    return find_breaks(&engine->word_breaks, UBRK_WORD, arena, text, bits);
}
