/* kinds.c: which file builds which kind of block. */
#include "compose/kinds.h"

static const block_builder builders[BLOCK_KINDS] = {
    [BLOCK_TEXT] = build_text,
    [BLOCK_HEADING] = build_heading,
    [BLOCK_SECTION] = build_section,
    [BLOCK_CONTENTS] = build_contents,
    [BLOCK_TABLE] = build_table,
    [BLOCK_IMAGE] = build_image,
    [BLOCK_QR] = build_qr,
    [BLOCK_CHART] = build_chart,
    [BLOCK_RULE] = build_rule,
    [BLOCK_SPACE] = build_space,
    [BLOCK_FRAME] = build_frame,
    [BLOCK_SEAL] = build_seal,
    [BLOCK_SIGNATURE] = build_signature,
    [BLOCK_CROSSES] = build_crosses,
    [BLOCK_COLUMNS] = build_columns,
    [BLOCK_PAGE] = build_page,
    [BLOCK_KEEP] = build_keep,
    [BLOCK_EACH] = build_each,
    [BLOCK_GROUP] = build_group,
    [BLOCK_USE] = build_group,
    [BLOCK_PREPRINTED] = build_preprinted,
    [BLOCK_FOOTNOTE] = build_footnote,
};

block_builder kind_builder(enum block_kind kind) {
    return builders[kind];
}
