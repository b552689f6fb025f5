/* kinds.h: the table of kinds of block. Private to compose/.
 *
 * To add a kind: a value in enum block_kind and its keys in layout/; a file here with build_KIND and, when it places
 * something, its struct item_kind; a row in kinds.c. flow knows only items. */
#ifndef COMPOSE_KINDS_H
#define COMPOSE_KINDS_H

#include "compose/flow.h"

typedef void (*block_builder)(struct context *context, const struct block *block, struct items *out);
block_builder kind_builder(enum block_kind kind);

#endif
