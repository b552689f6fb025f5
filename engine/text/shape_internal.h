/* shape_internal.h: shared by shape.c (spans, fields, pinyin) and characters.c (characters and words), for them
 * alone. */
#ifndef TEXT_SHAPE_INTERNAL_H
#define TEXT_SHAPE_INTERNAL_H

#include "text/engine.h"
#include "text/paragraph.h"

/* A paragraph being shaped, span by span. */
struct shaper {
    struct text_engine *engine;
    struct arena *arena;
    struct paragraph *paragraph;
    const struct text_span *span;
    struct chain_cache *cache;
    struct str text;                                              /* up to the end of the span */
    bool open_double, open_single;                                /* straight quotes: the next one closes */
    enum { QUOTES_UNKNOWN, QUOTES_CHINESE, QUOTES_LATIN } quotes; /* how “ ” ‘ ’ of the paragraph are drawn */
};

/* characters.c: appends the atoms of the character at `from`, or of the word that it begins; gives back the offset
 * behind. */
uint32_t shaper_character(struct shaper *s, uint32_t from);
/* Appends an atom for the bytes [from, to), all else 0; valid until the next is appended. */
struct atom *shaper_push(struct shaper *s, uint32_t from, uint32_t to, enum char_class kind);
/* A length in 1/1000 em, of the span's size. */
int32_t shaper_em(const struct shaper *s, int32_t thousandths);
/* Records a character that no face of the chain has, once. */
void shaper_add_missing(struct shaper *s, uint32_t code_point);

#endif
