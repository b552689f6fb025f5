/* kinds.h: the table of kinds of block. Private to compose/.
 *
 * To add a kind: its BLOCK row and the rows of its keys in layout/keys.def, what they say as a member of struct block
 * (layout/layout.h), a file here with its builder and, when it places something, its struct item_kind; a row in kinds.def. flow knows
 * only items. */
#ifndef COMPOSE_KINDS_H
#define COMPOSE_KINDS_H

#include "compose/flow.h"

typedef void (*block_builder)(struct context *context, const struct block *block, struct items *out);
block_builder kind_builder(enum block_kind kind);

#endif
