/* engine.h: what text/ remembers through a run: characters of chains, shaped words, HarfBuzz's buffer, ICU's iterator.
 */
#ifndef TEXT_ENGINE_H
#define TEXT_ENGINE_H

#include "text/classes.h"
#include "text/text.h"

/* A character in a chain: which face prints it, how, and what of it is blank. Widths in 1/1000 em. */
struct glyph_info {
    uint16_t glyph;
    uint16_t advance;
    int16_t shift;  /* of the glyph in its advance */
    uint16_t blank; /* of a mark: what may go on its blank side */
    uint8_t face;   /* index in the chain */
    uint8_t kind;   /* raw enum char_class */
    bool known;
    bool missing; /* glyph and face are those of 〓 */
};

struct chain_cache;
struct word_cache;

/* The cache of a chain, made when it is first seen; borrowed. */
struct chain_cache *engine_chain(struct text_engine *engine, const struct font_chain *chain);
const struct face *chain_cache_face(const struct chain_cache *cache, uint8_t index);
/* Borrowed until the engine is destroyed. */
const struct glyph_info *chain_cache_lookup(struct chain_cache *cache, uint32_t code_point);

/* A glyph of a shaped word, in 1/1000 em. */
struct word_glyph {
    uint16_t glyph;
    uint16_t cluster; /* bytes from the word's beginning */
    int16_t advance, dx, dy;
};
struct word {
    const struct word_glyph *glyphs; /* NULL: it could not be shaped */
    size_t count;
    bool backwards; /* right to left: glyphs in the order of sight */
};
enum word_script { WORD_LATIN, WORD_HAN /* —— …… with zh-Hans */, WORD_OTHER, WORD_VERTICAL };
/* Borrowed until the next call. */
struct word engine_word(struct text_engine *engine, const struct face *face, struct str text, enum word_script script);

const struct pair_table *engine_pairs(const struct text_engine *engine);

/* Bytes at which a line may end by Unicode's rules (UAX 14, locale zh): true and a set of bits, one a byte offset. */
bool engine_line_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits);
/* The same for the ends of words, by ICU's dictionary of Chinese. */
bool engine_word_breaks(struct text_engine *engine, struct arena *arena, struct str text, uint64_t **bits);

struct word_cache *word_cache_create(void);
void word_cache_destroy(struct word_cache *cache);
struct word word_cache_shape(struct word_cache *cache, const struct face *face, struct str text,
                             enum word_script script);

#endif
