/* itemise.h: which face of a chain prints a character. */
#ifndef TEXT_ITEMISE_H
#define TEXT_ITEMISE_H

#include "text/engine.h"

struct chain_cache *chain_cache_create_in(struct arena *arena, const struct font_chain *chain);
bool chain_cache_is(const struct chain_cache *cache, const struct font_chain *chain);

#endif
