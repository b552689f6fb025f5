/* itemise.h: itemising: the face of a fallback chain that prints a character. Behind engine_chain; for engine.c. */
#ifndef TEXT_ITEMISE_H
#define TEXT_ITEMISE_H

#include "text/engine.h"

/* An empty cache in the arena, which is the engine's; the chain is copied. */
struct chain_cache *chain_cache_create_in(struct arena *arena, const struct font_chain *chain);
/* Is it the cache of this chain (the same faces)? */
bool chain_cache_is(const struct chain_cache *cache, const struct font_chain *chain);

#endif
