/* workbook.c: bytes as a workbook's file: a zip with what is in it. */
#include "cells.h"
#include "intake/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct grid grid = {.file = STR("学生.xlsx")};
    diags_init(&diags, arena);
    if (xlsx_read(arena, target_str(bytes, count), &diags, &grid)) {
        cells_assert(arena, &grid, &diags);
    } else {
        assert(diags.count > 0);
    }
    arena_destroy(arena);
    return 0;
}
