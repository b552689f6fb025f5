/* csv.c: bytes in any encoding become a table, and each cell is read as each type of field. */
#include "cells.h"
#include "intake/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct grid grid = {.file = STR("学生.csv")};
    diags_init(&diags, arena);
    if (csv_read(arena, target_str(bytes, count), &diags, &grid)) {
        cells_assert(arena, &grid, &diags);
    } else {
        assert(diags.count > 0);
    }
    arena_destroy(arena);
    return 0;
}
