/* groups.c: rows become documents.
 *
 * A row's identity is its path and, behind it, the values that the path was made of before they were made safe: so
 * “a/b” and “a_b” stay two documents. Values under a filter are left out of it, for there the filtered text is what the
 * layout groups by.
 *
 * A path that names a child is meant for that one, not for all of that name: there the layout's `key` belongs to the
 * identity. Two children of one name, number and class never share a file, while the rows of one child do. Where the layout
 * gives no key, a path with the column that its index calls `number` or `name` is taken for such a one, and the query's first
 * column for its key. */
#include "batch/groups.h"

#include "base/buffer.h"

/* --- identity ----------------------------------------------------------------------------------------------------- */

static void add_raw_value(struct buffer *identity, struct arena *arena, const struct printing *printing,
                          const struct rows *rows, size_t row, uint32_t value) {
    const struct value_ref *ref = &printing->layout->values[value];
    const struct resolved_value *resolved = &printing->resolved->values[value];
    if (ref->filter_count > 0 || resolved->source != SOURCE_ROW || resolved->column >= rows->columns) {
        return;
    }
    buffer_byte(identity, '\0');
    buffer_add(identity, value_text(arena, &rows->cells[row * rows->columns + resolved->column]));
}

/* The path, then the raw values that it was made of. */
static struct str row_identity(struct arena *arena, const struct printing *printing, const struct rows *rows,
                               size_t row, struct str path) {
    struct buffer identity = {0};
    buffer_add(&identity, path);
    const struct template *file = &printing->layout->file;
    for (size_t line = 0; line < file->count; line++) {
        for (size_t piece = 0; piece < file->lines[line].count; piece++) {
            if (file->lines[line].pieces[piece].kind == PIECE_VALUE) {
                add_raw_value(&identity, arena, printing, rows, row, file->lines[line].pieces[piece].value);
            }
        }
    }
    const struct str copy = str_copy(arena, buffer_str(&identity));
    buffer_release(&identity);
    return copy;
}

/* The layout's folder stands first in its paths; a variant has one of its own, even where the layout has none. */
static struct str path_in_folder(struct arena *arena, const struct printing *printing, struct str path) {
    struct str rest = STR_NONE;
    const struct str first = str_split(path, '/', &rest);
    if (str_eq(printing->folder, printing->layout->folder) || str_eq(first, printing->folder)) {
        return path;
    }
    rest = rest.n == 0 ? path : rest;
    return str_printf(arena, "%.*s/%.*s", STR_ARG(printing->folder), STR_ARG(rest));
}

/* --- does the path name one row? ---------------------------------------------------------------------------------- */

static bool same_column(const struct printing *printing, uint32_t a, uint32_t b) {
    const struct resolved_value *values = printing->resolved->values;
    return values[a].source == SOURCE_ROW && values[b].source == SOURCE_ROW && values[a].column == values[b].column;
}

static bool path_has(const struct printing *printing, uint32_t value) {
    const struct template *file = &printing->layout->file;
    for (size_t line = 0; line < file->count; line++) {
        for (size_t piece = 0; piece < file->lines[line].count; piece++) {
            const struct piece *at = &file->lines[line].pieces[piece];
            if (at->kind == PIECE_VALUE && same_column(printing, at->value, value)) {
                return true;
            }
        }
    }
    return false;
}

static bool path_names_a_row(const struct printing *printing) {
    const struct layout *layout = printing->layout;
    if (layout->has_key) {
        return true;
    }
    for (size_t i = 0; i < layout->index_count; i++) {
        if (layout->index[i].role != INDEX_OTHER && path_has(printing, layout->index[i].value)) {
            return true;
        }
    }
    return false;
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

struct str groups_cell_text(struct arena *arena, const struct rows *rows, size_t row, size_t column) {
    return column < rows->columns ? value_text(arena, &rows->cells[row * rows->columns + column]) : STR_NONE;
}

static struct str row_key(struct arena *arena, const struct printing *printing, const struct rows *rows, size_t row) {
    const struct resolved_value *key = &printing->resolved->values[printing->layout->key_value];
    const bool of_row = printing->layout->has_key && key->source == SOURCE_ROW;
    return groups_cell_text(arena, rows, row, of_row ? key->column : 0);
}

static struct str with_key(struct arena *arena, const struct printing *printing, const struct rows *rows, size_t row,
                           struct str identity) {
    const struct str key = row_key(arena, printing, rows, row);
    return str_printf(arena, "%zu:%.*s%.*s", key.n, STR_ARG(key), STR_ARG(identity));
}

/* The first group of an identity learns of its twins. */
static void mark_twin(struct groups *groups, struct strmap *firsts, struct str identity, uint32_t group) {
    bool found = false;
    uint32_t *first = strmap_put(firsts, identity, &found);
    if (!found) {
        *first = group;
        return;
    }
    groups->twins[*first] = groups->twins[group] = true;
}

struct groups groups_of_rows(struct arena *arena, struct arena *kept, const struct printing *printing,
                             const struct rows *rows) {
    struct groups groups = {
        .of_row = ARENA_ARRAY(arena, uint32_t, rows->count),
        .paths = ARENA_ARRAY(arena, struct str, rows->count),
        .twins = ARENA_ARRAY(arena, bool, rows->count),
    };
    const bool keyed = path_names_a_row(printing);
    struct strmap known, firsts;
    strmap_init(&known, arena);
    strmap_init(&firsts, arena);
    for (size_t row = 0; row < rows->count; row++) {
        const struct str path =
            path_in_folder(arena, printing, compose_file_name(printing->composer, arena, rows, row));
        const struct str identity = row_identity(arena, printing, rows, row, path);
        bool found = false;
        uint32_t *group = strmap_put(&known, keyed ? with_key(arena, printing, rows, row, identity) : identity, &found);
        if (!found) {
            *group = (uint32_t)groups.count;
            groups.paths[groups.count++] =
                str_copy(kept, printing_file(arena, printing, printing_path(arena, printing, path)));
            mark_twin(&groups, &firsts, identity, *group);
        }
        groups.of_row[row] = *group;
    }
    return groups;
}
