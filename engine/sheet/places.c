/* places.c: 家庭成员!F17 is a cell, 家庭成员!17 a row, 家庭成员 a sheet. A sheet's name may hold a ! itself. */
#include "sheet/places.h"

#include <stdlib.h>

/* The part behind the last !; all of it where there is none. */
static size_t last_mark(struct str record) {
    size_t at = record.n;
    while (at > 0 && record.p[at - 1] != '!') {
        at--;
    }
    return at;
}

static size_t sheet_named(const struct grid *grid, struct str name) {
    size_t i = 0;
    while (i < grid->count && !str_eq(grid->sheets[i].name, name)) {
        i++;
    }
    return i;
}

static void read_reference(struct str reference, struct told_place *place) {
    uint32_t column = 0;
    size_t i = 0;
    for (; i < reference.n && reference.p[i] >= 'A' && reference.p[i] <= 'Z'; i++) {
        column = column * 26 + (uint32_t)(reference.p[i] - 'A' + 1);
    }
    int64_t row = 0;
    if (str_to_int(str_slice(reference, i, reference.n), &row) && row > 0 && row <= GRID_ROWS) {
        place->row = (uint32_t)row;
        place->column = column > 0 ? column - 1 : PLACES_NOWHERE;
    }
}

static struct told_place place_of(const struct grid *grid, const struct diag *diag) {
    const struct str record = diag->place.record;
    struct told_place place = {.sheet = sheet_named(grid, record), .column = PLACES_NOWHERE, .diag = diag};
    const size_t mark = last_mark(record);
    if (place.sheet == grid->count && mark > 0) {
        place.sheet = sheet_named(grid, str_slice(record, 0, mark - 1));
        read_reference(str_slice(record, mark, record.n), &place);
    }
    return place;
}

static int by_place(const void *a, const void *b) {
    const struct told_place *left = a, *right = b;
    if (left->sheet != right->sheet) {
        return left->sheet < right->sheet ? -1 : 1;
    }
    if (left->row != right->row) {
        return left->row < right->row ? -1 : 1;
    }
    if (left->column != right->column) {
        return left->column < right->column ? -1 : 1;
    }
    return (left->diag > right->diag) - (left->diag < right->diag);
}

struct told_place *places_of(struct arena *arena, const struct grid *grid, const struct diags *diags) {
    struct told_place *places = ARENA_ARRAY(arena, struct told_place, diags->count + 1);
    for (size_t i = 0; i < diags->count; i++) {
        places[i] = place_of(grid, &diags->items[i]);
    }
    if (diags->count > 0) {
        qsort(places, diags->count, sizeof *places, by_place);
    }
    return places;
}
