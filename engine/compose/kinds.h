/* kinds.h: the table of kinds of block. Private to compose/.
 *
 * A builder turns a block with the rows around into items behind those of `out` (flow.h). It may read the scope and hand a changed
 * copy down to the blocks inside; what it adds to the document is in context->made. What it finds goes to scope->found.
 *
 * To add a kind: its BLOCK row and the rows of its keys in layout/keys.def, what they say as a member of struct block
 * (layout/layout.h), a file here with its builder and, when it places something, its struct item_kind; a row in kinds.def. flow knows
 * only items. A block that reads `at` itself (frame) is named in fixed.c. Its characters are counted by count_given and emit_lines
 * (expand.h). */
#ifndef COMPOSE_KINDS_H
#define COMPOSE_KINDS_H

#include "compose/flow.h"

typedef void block_builder(struct context *context, const struct scope *scope, const struct block *block,
                           struct items *out);
/* Never NULL. */
block_builder *kind_builder(enum block_kind kind);

/* The builders of the kinds: kinds.def. */
#define KIND(kind, builder) block_builder builder;
#include "compose/kinds.def"
#undef KIND

/* blocks.c: for a box that is higher than a page, and stands all the same (C507): in the page's arena, for its fit. */
const struct findings *found_high(const struct context *context, const struct item *item);

/* paragraph.c: the number of the section that begins: 一、 then （一）; STR_NONE: it has none. */
struct str section_next(struct context *context, const struct scope *scope, const struct block *block);

/* rich_table.c: an item of a small ruled table, of rows of {text|rich}. */
void add_rich_table(struct context *context, const struct scope *scope, struct items *out, const struct block *block,
                    const struct rich_paragraph *rows, size_t count);
/* How many columns it would have. */
size_t rich_table_columns(const struct rich_paragraph *rows, size_t count);
/* The width that no column exceeds, so that all of them have room: what narrow ones leave goes to the wide ones. */
int32_t widest_allowed(const int32_t *wishes, size_t count, int32_t room_mp);

#endif
