/* kinds.c: which function builds which kind of block. */
#include "compose/kinds.h"

static block_builder *const builders[BLOCK_KINDS] = {
#define KIND(kind, builder) [BLOCK_##kind] = builder,
#include "compose/kinds.def"
#undef KIND
    [BLOCK_USE] = build_group,
};

block_builder *kind_builder(enum block_kind kind) {
    return builders[kind];
}
