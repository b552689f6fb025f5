/* naming.c: what a row's document is called in out/: its path, its entries in the index. */
#include "compose/compose.h"

#include "base/file.h"
#include "compose/expand.h"

#define NAME_BYTES 240 /* of one component, less what the batch may add */

/* A name is made in the composer's page arena: of many thousand rows only the names are to stay. */
struct naming {
    struct context context;
    struct scope scope;
    struct diags unheard;
    struct findings found; /* what is wrong with a value is told when the document is composed */
    struct arena *scratch;
    struct arena_mark mark;
};

static void naming_begin(struct naming *naming, struct composer *composer, const struct rows *rows, size_t row) {
    naming->scratch = composer->page_arena;
    naming->mark = arena_mark(naming->scratch);
    diags_init(&naming->unheard, naming->scratch);
    naming->context = context_create(composer, naming->scratch, STR_NONE, &naming->unheard);
    naming->found = (struct findings){.arena = naming->scratch};
    naming->scope = scope_create(&naming->context, &naming->found);
    scope_push(&naming->scope, rows->columns ? &rows->cells[row * rows->columns] : NULL);
}

static struct str naming_end(struct naming *naming, struct arena *arena, struct str name) {
    const struct str kept = str_copy(arena, name);
    arena_release(naming->scratch, naming->mark);
    return kept;
}

/* A value in a name: what nobody knows is called 缺, as on the paper, so that no file is called _.pdf. */
static struct str typed_value(struct naming *naming, const struct piece *piece) {
    const struct str value = expand_value(&naming->scope, piece->value, true);
    return str_trim(value).n == 0 ? STR("缺") : value;
}

static struct str named_value(struct naming *naming, const struct piece *piece) {
    return file_safe_name(naming->scratch, typed_value(naming, piece), NAME_BYTES);
}

/* The layout's own slashes separate folders; one in a value is made safe. */
static struct str raw_path(struct naming *naming) {
    const struct template *file = &naming->context.layout->file;
    struct str path = STR_NONE;
    for (size_t i = 0; file->count > 0 && i < file->lines[0].count; i++) {
        const struct piece *piece = &file->lines[0].pieces[i];
        struct str text = piece->text;
        if (piece->above) {
            continue;
        }
        if (piece->kind == PIECE_VALUE) {
            text = named_value(naming, piece);
        }
        path = str_join(naming->scratch, path, text);
    }
    return path;
}

/* Each component is held to a file name's length, the last one with its ending kept. */
static struct str safe_path(struct arena *arena, struct str path) {
    struct str out = STR_NONE, rest = path;
    while (rest.n > 0) {
        struct str component = str_split(rest, '/', &rest);
        bool last = rest.n == 0;
        const struct str ending = last && str_ends(component, STR(".pdf")) ? STR(".pdf") : STR_NONE;
        component = file_safe_name(arena, str_slice(component, 0, component.n - ending.n), NAME_BYTES);
        component = str_join(arena, component, ending);
        out = out.n ? str_printf(arena, "%.*s/%.*s", STR_ARG(out), STR_ARG(component)) : component;
    }
    return out;
}

struct str compose_file_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row) {
    struct naming naming;
    naming_begin(&naming, composer, rows, row);
    return naming_end(&naming, arena, safe_path(naming.scratch, raw_path(&naming)));
}

struct parting {
    struct arena *arena;
    struct name_part *parts;
    size_t count, capacity;
};

static void part_begin(struct parting *parting, bool below) {
    ARENA_GROW(parting->arena, parting->parts, parting->count, parting->capacity);
    parting->parts[parting->count++] = (struct name_part){.below = below};
}

static void part_add(struct parting *parting, struct str text) {
    struct str *last = &parting->parts[parting->count - 1].text;
    *last = str_join(parting->arena, *last, text);
}

/* The layout's own words; a value's signs part nothing. */
static void part_words(struct parting *parting, struct str words) {
    size_t from = 0;
    for (size_t i = 0; i < words.n; i++) {
        if (words.p[i] == '/' || words.p[i] == '_') {
            part_add(parting, str_slice(words, from, i));
            part_begin(parting, words.p[i] == '/');
            from = i + 1;
        }
    }
    part_add(parting, str_slice(words, from, words.n));
}

static void part_file(struct parting *parting, struct naming *naming, const struct template_line *line) {
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        if (piece->above) {
            continue;
        }
        if (piece->kind == PIECE_VALUE) {
            part_add(parting, typed_value(naming, piece));
            continue;
        }
        const bool ends = i + 1 == line->count && str_ends(piece->text, STR(".pdf"));
        part_words(parting, str_slice(piece->text, 0, piece->text.n - (ends ? STR(".pdf").n : 0)));
    }
}

struct name_part *compose_file_parts(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, size_t *count) {
    const struct template *file = &composer->layout->file;
    struct parting parting = {.arena = arena};
    struct naming naming;
    naming_begin(&naming, composer, rows, row);
    part_begin(&parting, false);
    if (file->count > 0) {
        part_file(&parting, &naming, &file->lines[0]);
    }
    for (size_t i = 0; i < parting.count; i++) {
        parting.parts[i].text = str_copy(arena, parting.parts[i].text);
    }
    arena_release(naming.scratch, naming.mark);
    *count = parting.count;
    return parting.parts;
}

static struct str title_of_row(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row) {
    const struct template_line *line = &composer->layout->titled.lines[0];
    struct str title = STR_NONE;
    struct naming naming;
    naming_begin(&naming, composer, rows, row);
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        const struct str text = piece->kind == PIECE_VALUE ? typed_value(&naming, piece) : piece->text;
        title = str_join(naming.scratch, title, text);
    }
    return naming_end(&naming, arena, title);
}

struct str compose_title(struct composer *composer, struct arena *arena, const struct rows *rows, size_t from,
                         size_t to) {
    if (composer->layout->titled.count == 0) {
        return STR_NONE;
    }
    const struct str title = title_of_row(composer, arena, rows, from);
    for (size_t row = from + 1; row < to; row++) {
        if (!str_eq(title, title_of_row(composer, arena, rows, row))) {
            return STR_NONE;
        }
    }
    return title;
}

struct str compose_index_text(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row,
                              size_t entry) {
    struct naming naming;
    naming_begin(&naming, composer, rows, row);
    return naming_end(&naming, arena, expand_value(&naming.scope, composer->layout->index[entry].value, true));
}

/* A paper without its number can't be asked about. */
static bool knows_number(struct naming *naming, const struct template_line *line) {
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        if (piece->kind == PIECE_VALUE && str_trim(expand_value(&naming->scope, piece->value, true)).n == 0) {
            return false;
        }
    }
    return true;
}

struct str compose_check_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row) {
    const struct template *check = &composer->layout->check;
    struct naming naming;
    naming_begin(&naming, composer, rows, row);
    const bool known = check->count > 0 && knows_number(&naming, &check->lines[0]);
    return naming_end(&naming, arena, known ? expand_text(&naming.scope, check) : STR_NONE);
}
