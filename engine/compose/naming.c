/* naming.c: what a row's document is called in out/: its path, its entries in the index. */
#include "compose/compose.h"

#include "base/file.h"
#include "compose/context.h"

#define NAME_BYTES 240 /* of one component, less what the batch may add */

static struct context naming_context(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, struct diags *unheard) {
    diags_init(unheard, arena); /* what is wrong with a value is told when the document is composed */
    struct context context = context_create(composer, arena, STR_NONE, unheard);
    context_push(&context, rows->columns ? &rows->cells[row * rows->columns] : NULL);
    return context;
}

/* The layout's own slashes part folders; one in a value is made safe. Each component is then held to a file name's
 * length, the last one with its ending kept. */
struct str compose_file_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row) {
    struct diags unheard;
    struct context context = naming_context(composer, arena, rows, row, &unheard);
    const struct template *file = &composer->layout->file;
    struct str path = STR_NONE;
    for (size_t i = 0; file->count > 0 && i < file->lines[0].count; i++) {
        const struct piece *piece = &file->lines[0].pieces[i];
        struct str text = piece->text;
        if (piece->above)
            continue;
        if (piece->kind == PIECE_VALUE)
            text = file_safe_name(arena, expand_value(&context, piece->value, true), NAME_BYTES);
        path = str_join(arena, path, text);
    }
    struct str out = STR_NONE, rest = path;
    while (rest.n > 0) {
        struct str component = str_split(rest, '/', &rest);
        bool last = rest.n == 0;
        struct str ending = last && str_ends(component, STR(".pdf")) ? STR(".pdf") : STR_NONE;
        component = file_safe_name(arena, str_slice(component, 0, component.n - ending.n), NAME_BYTES);
        component = str_join(arena, component, ending);
        out = out.n ? str_printf(arena, "%.*s/%.*s", STR_ARG(out), STR_ARG(component)) : component;
    }
    return out;
}

struct str compose_index_text(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row,
                              size_t entry) {
    struct diags unheard;
    struct context context = naming_context(composer, arena, rows, row, &unheard);
    return expand_value(&context, composer->layout->index[entry].value, true);
}
