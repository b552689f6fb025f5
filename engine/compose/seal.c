/* seal.c: a value that is the path of a seal's SVG, drawn into its place. A file is read once a run, also when it was
 * refused; what was wrong is told of every document that wanted it. */
#include "compose/pictures.h"

#include "base/hash.h"
#include "compose/expand.h"
#include "draw/draw.h"
#include "draw/svg.h"

struct seal_file {
    const struct svg *svg; /* NULL with an error, or with trouble */
    enum image_error error;
    struct image_file as_read;
    struct svg_trouble trouble;
};

struct seals {
    struct strmap by_path; /* index in files */
    struct seal_file *files;
    size_t count, capacity;
};

static struct seal_file read_seal(struct composer *composer, struct str path) {
    struct seal_file file = {.error = IMAGE_MISSING};
    struct str bytes = STR_NONE;
    struct arena *scratch = arena_create();
    if (composer->tools.images != NULL) {
        file.as_read = image_file_read(scratch, composer->tools.images, path, SVG_MOST_BYTES, &bytes, &file.error);
    }
    if (file.error == IMAGE_OK) {
        file.svg = svg_read_in(composer->arena, bytes, &file.trouble);
    }
    arena_destroy(scratch);
    return file;
}

static const struct seal_file *file_of(struct composer *composer, struct str path) {
    if (composer->seals == NULL) {
        composer->seals = ARENA_NEW(composer->arena, struct seals);
        strmap_init(&composer->seals->by_path, composer->arena);
    }
    struct seals *seals = composer->seals;
    bool found;
    uint32_t *index = strmap_put(&seals->by_path, str_copy(composer->arena, path), &found);
    if (!found) {
        *index = (uint32_t)seals->count;
        ARENA_GROW(composer->arena, seals->files, seals->count, seals->capacity);
        seals->files[seals->count++] = read_seal(composer, path);
    }
    return &seals->files[*index];
}

static enum diag_code code_of_error(enum image_error error) {
    return error == IMAGE_MISSING ? DIAG_C541 : error == IMAGE_OUTSIDE ? DIAG_C542 : DIAG_C543;
}

/* As it is written in the file. */
static struct str shown(struct arena *arena, const struct svg_trouble *trouble) {
    switch (trouble->fault) {
    case SVG_ELEMENT:
        return str_printf(arena, "<%.*s>", STR_ARG(trouble->what));
    case SVG_VALUE:
        return str_printf(arena, "%.*s=\"%.*s\"", STR_ARG(trouble->what), STR_ARG(trouble->value));
    case SVG_NO_SVG:
        return str_printf(arena, "<%.*s>", STR_ARG(trouble->what));
    case SVG_NO_SIZE:
        return STR("viewBox");
    case SVG_TOO_LARGE:
        return STR("> 100000");
    case SVG_FINE:
    case SVG_NOT_XML:
    case SVG_PROPERTY:
        break;
    }
    return trouble->what;
}

static void tell(struct context *context, struct place place, struct str path, const struct seal_file *file) {
    const struct svg_trouble *trouble = &file->trouble;
    if (file->error != IMAGE_OK) {
        context_tell(context, code_of_error(file->error), place, path, STR_NONE);
        return;
    }
    const bool no_svg = trouble->fault == SVG_NOT_XML || trouble->fault == SVG_NO_SVG || trouble->fault == SVG_NO_SIZE;
    const struct str where = str_printf(context->arena, "%.*s:%d", STR_ARG(path), (int)trouble->line);
    context_tell(context, no_svg ? DIAG_C544 : DIAG_C545, place, where, shown(context->arena, trouble));
}

const struct value *seal_path(const struct scope *scope, const struct seal_spec *seal) {
    return seal->image.count > 0 ? expand_path(scope, &seal->image) : NULL;
}

/* False where there is none, or it can't be drawn (told). */
static bool draw_seal(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                      struct place place) {
    if (path == NULL || path->kind == VALUE_NULL || (path->kind == VALUE_TEXT && path->text.n == 0)) {
        return false;
    }
    const struct str name = value_text(context->arena, path);
    const struct seal_file *file = file_of(context->composer, name);
    asked_file(context->composer->tools.asked, name, (struct asked_file){file->as_read.stamp, file->as_read.content});
    if (file->svg != NULL) {
        draw_svg(canvas, box, file->svg);
    } else {
        tell(context, place, name, file);
    }
    return file->svg != NULL;
}

void context_seal(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                  struct place place) {
    const struct compose_tools *tools = &context->composer->tools;
    if (!draw_seal(context, canvas, box, path, place)) {
        draw_seal_place(tools->text, canvas, box, tools->proof, context->resolved->note);
    }
}
