/* engine.h: the caches that text/ keeps for a run of the program: characters of chains, shaped words, HarfBuzz's
 * buffer, ICU's iterators. They only save time: what is printed never depends on them. */
#ifndef TEXT_ENGINE_H
#define TEXT_ENGINE_H

#include "text/classes.h"
#include "text/text.h"

/* A character in a fallback chain: its face, glyph, widths and class, in 1/1000 em. */
struct glyph_info {
    uint16_t glyph;
    uint16_t advance; /* of the glyph's box */
    int16_t shift;    /* of the glyph in its advance */
    uint16_t blank;   /* of a mark: how much of its blank side may be dropped */
    uint8_t face;     /* index in the chain */
    uint8_t kind;     /* raw enum char_class */
    bool known;
    bool missing; /* no face has it: glyph and face are those of 〓 */
};

struct chain_cache;
struct word_cache;

/* The cache of a chain, made when first asked for; borrowed, as long as the engine. */
struct chain_cache *engine_chain(struct text_engine *engine, const struct font_chain *chain);
/* A face of the chain by its index. */
const struct face *chain_cache_face(const struct chain_cache *cache, uint8_t index);
/* The character in the chain, found when first asked for; borrowed, as long as the engine. */
const struct glyph_info *chain_cache_lookup(struct chain_cache *cache, uint32_t code_point);

/* A glyph of a shaped word, in 1/1000 em. */
struct word_glyph {
    uint16_t glyph;
    uint16_t cluster;        /* bytes from the word's beginning */
    int16_t advance, dx, dy; /* as HarfBuzz gives them */
};
/* A word shaped by HarfBuzz. */
struct word {
    const struct word_glyph *glyphs; /* NULL: a damaged face named glyphs that it doesn't have */
    size_t count;
    bool backwards; /* right to left: glyphs in visual order */
};
/* How HarfBuzz is to shape it. */
enum word_script { WORD_LATIN, WORD_HAN /* —— …… with zh-Hans */, WORD_OTHER, WORD_VERTICAL };
/* The word, shaped now or before. Borrowed, until the next call. */
struct word engine_word(struct text_engine *engine, const struct face *face, struct str text, enum word_script script);

/* The patterns by which words are parted; borrowed. */
struct hyphens *engine_hyphens(const struct text_engine *engine);

/* The table of pairs; borrowed. */
const struct pair_table *engine_pairs(const struct text_engine *engine);

/* Bytes at which a line may end (UAX 14, locale zh, by ICU): a set of bits in the arena, one for each offset. False:
 * ICU failed, and the table's rules stand. */
bool engine_line_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits);
/* The same for ends of words, by ICU's Chinese dictionary. */
bool engine_word_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits);

/* word.c: the cache behind engine_word. */
struct word_cache *word_cache_create(void);
/* Frees it with all words; NULL isn't allowed. */
void word_cache_destroy(struct word_cache *cache);
/* The word, from the cache or shaped now; long ones aren't kept. Borrowed until the next call, for a full cache forgets all. */
struct word word_cache_shape(struct word_cache *cache, const struct face *face, struct str text,
                             enum word_script script);

#endif
