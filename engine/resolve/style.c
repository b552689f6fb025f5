/* style.c: names of styles laid over each other become faces and lengths.
 *
 * The values of each name, with what it is `like` below them, are laid over those of the name before. Only then em and
 * factors are reckoned, so that `.small` on an indented paragraph indents by two of its own characters. */
#include "resolve/resolver.h"

#include <errno.h>
#include <string.h>

#include "base/length.h"
#include "base/nearest.h"

#define LIKE_LIMIT 32 /* the checker refused cycles; this is against a bug */

static const struct style_spec *find_style(const struct layout *layout, struct str name) {
    for (size_t i = layout->style_count; i-- > 0;) {
        if (str_eq(layout->styles[i].name, name)) {
            return &layout->styles[i];
        }
    }
    return NULL;
}

static void lay_over(struct style_value *values, const struct layout *layout, const struct style_spec *spec,
                     int depth) {
    if (spec == NULL || depth > LIKE_LIMIT) {
        return;
    }
    if (spec->like.n > 0) {
        lay_over(values, layout, find_style(layout, spec->like), depth + 1);
    }
    for (int key = 0; key < STYLE_KEY_COUNT; key++) {
        if (spec->values[key].set) {
            values[key] = spec->values[key];
        }
    }
}

/* A role that the theme doesn't define looks like the nearest that it does. */
static const struct style_spec *find_role(const struct layout *layout, struct str name) {
    const struct style_spec *spec = find_style(layout, name);
    if (spec == NULL && (str_is(name, "head") || str_is(name, "empty") || str_is(name, "value"))) {
        spec = find_style(layout, STR("label"));
    }
    return spec != NULL ? spec : find_style(layout, STR("body"));
}

static int32_t length_of(const struct style_value *value, int index, int32_t size_mp) {
    return value->unit[index] == UNIT_MP ? value->number[index] : mp_scale(size_mp, value->number[index], 1000);
}

static int32_t first_length(const struct style_value *value, int32_t size_mp) {
    return length_of(value, 0, size_mp);
}

/* In the order of the row's words, as all choices here. */
static enum text_align align_of(const struct style_value *value) {
    static const enum text_align aligns[] = {ALIGN_JUSTIFY, ALIGN_LEFT,       ALIGN_CENTRE,
                                             ALIGN_RIGHT,   ALIGN_DISTRIBUTE, ALIGN_LEFT /* decimal */};
    return aligns[value->number[0]];
}

enum { ALIGN_CHOICE_DECIMAL = 5 };

static enum text_lines lines_of(const struct style_value *value) {
    static const enum text_lines lines[] = {LINES_AUTO, LINES_FIRST, LINES_BEST, LINES_SENSE};
    return lines[value->number[0]];
}

static unsigned decoration_of(const struct style_value *value) {
    static const unsigned decorations[] = {DECORATE_NONE, DECORATE_UNDERLINE, DECORATE_DOTS, DECORATE_STRIKE};
    return decorations[value->number[0]];
}

static const struct font_spec *find_font(const struct layout *layout, struct str name) {
    for (size_t i = layout->font_count; i-- > 0;) {
        if (str_eq(layout->fonts[i].name, name)) {
            return &layout->fonts[i];
        }
    }
    return NULL;
}

static void tell_no_face(struct resolver *resolver, const struct font_spec *font, size_t i, int error) {
    struct str near = face_nearest_family(resolver->fonts, resolver->arena, font->faces[i]);
    if (error != 0 && error != EBADMSG) {
        DIAG_ADD(resolver->diags, R324, font->places[i], font->faces[i], diag_errno(error));
    } else if (error != 0) {
        DIAG_ADD(resolver->diags, R321, font->places[i], font->faces[i]);
    } else if (near.n > 0) {
        DIAG_ADD(resolver->diags, R322, font->places[i], font->faces[i], near);
    } else {
        DIAG_ADD(resolver->diags, R323, font->places[i], font->faces[i]);
    }
}

/* `LXGW WenKai:bold`, where the family is here and has no such weight: nobody means that it is passed over. */
static void tell_no_weight(struct resolver *resolver, const struct font_spec *font, size_t i) {
    const struct str face = font->faces[i], family = str_slice(face, 0, str_find_byte(face, ':'));
    int error = 0;
    if (family.n < face.n && face_find(resolver->fonts, family, ".", &error) != NULL) {
        DIAG_ADD(resolver->diags, R328, font->places[i], family, str_slice(face, family.n + 1, face.n));
    }
}

/* The chain of a font's name. A face that isn't here is passed over while another stands behind it: a theme names the
 * site's own faces first, and not every site has them. */
static struct font_chain chain_of(struct resolver *resolver, const struct font_spec *font) {
    const char *folder = str_c(resolver->arena, font->folder);
    const struct face **faces = ARENA_ARRAY(resolver->arena, const struct face *, font->count);
    struct font_chain chain = {faces, 0};
    size_t first_missing = font->count;
    int first_error = 0;
    for (size_t i = 0; i < font->count; i++) {
        int error = 0;
        const struct face *face = face_find(resolver->fonts, font->faces[i], folder, &error);
        if (face != NULL) {
            faces[chain.count++] = face;
        } else if (first_missing == font->count) {
            first_missing = i;
            first_error = error;
        }
        if (face == NULL && error == 0 && font->count > 1) {
            tell_no_weight(resolver, font, i);
        }
    }
    if (first_missing < font->count && (chain.count == 0 || first_error != 0)) {
        tell_no_face(resolver, font, first_missing, first_error);
    }
    return chain;
}

/* Without a theme there is still a way to print: the 宋体 of the system. */
static struct font_chain default_chain(struct resolver *resolver) {
    static const char *const families[] = {"Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"};
    const struct face **faces = ARENA_ARRAY(resolver->arena, const struct face *, 3);
    struct font_chain chain = {faces, 0};
    int error;
    for (size_t i = 0; i < sizeof families / sizeof families[0] && chain.count == 0; i++) {
        faces[0] = face_find(resolver->fonts, str_from(families[i]), ".", &error);
        chain.count = faces[0] != NULL;
    }
    if (chain.count == 0) {
        DIAG_ADD(resolver->diags, R323, resolver->layout->place, str_from(families[0]));
    }
    return chain;
}

static struct font_chain find_chain(struct resolver *resolver, const struct style_value *value) {
    const struct font_spec *font = value->set ? find_font(resolver->layout, value->text) : NULL;
    return font != NULL ? chain_of(resolver, font) : default_chain(resolver);
}

/* The kind of page that has a grid (GB/T 9704), for a style that is set on it; NULL: none. */
static const struct page_kind *grid_of(const struct layout *layout, const struct style_value *value) {
    for (size_t i = 0; value->number[0] && i < layout->page_count; i++) {
        if (layout->pages[i].grid_columns > 0 && layout->pages[i].grid_lines > 0) {
            return &layout->pages[i];
        }
    }
    return NULL;
}

static int32_t pitch_of(const struct page_kind *kind) {
    return (kind->width_mp - kind->binding_edge_mp - kind->fore_edge_mp) / kind->grid_columns;
}

/* Every character on a pitch, every line on a line. */
static void apply_grid(const struct page_kind *kind, struct text_style *style) {
    style->grid_mp = pitch_of(kind);
    style->leading_mp = (kind->height_mp - kind->head_mp - kind->foot_mp) / kind->grid_lines;
}

/* What no style says is as the key's row has it. */
static void fill_up(struct style_value *values, const struct layout *layout) {
    for (int key = 0; key < STYLE_KEY_COUNT; key++) {
        if (!values[key].set && layout->style_defaults[key].set) {
            values[key] = layout->style_defaults[key];
            values[key].set = false;
        }
    }
}

static struct text_style compute(struct resolver *resolver, struct style_value *values, struct str name) {
    fill_up(values, resolver->layout);
    const int32_t size = first_length(&values[STYLE_SIZE], PT(12));
    const struct page_kind *grid = grid_of(resolver->layout, &values[STYLE_GRID]);
    const int32_t em = grid != NULL ? pitch_of(grid) : size; /* indents are whole places of the grid */
    struct text_style style = {
        .chain = find_chain(resolver, &values[STYLE_FONT]),
        .size_mp = size,
        .leading_mp = first_length(&values[STYLE_LEADING], size),
        .indent_mp = first_length(&values[STYLE_INDENT], em),
        .left_mp = first_length(&values[STYLE_LEFT], em),
        .right_mp = first_length(&values[STYLE_RIGHT], em),
        .space_before_mp = first_length(&values[STYLE_SPACE_BEFORE], size),
        .space_after_mp = first_length(&values[STYLE_SPACE_AFTER], size),
        .letter_space_mp = first_length(&values[STYLE_LETTER_SPACE], size),
        .align = align_of(&values[STYLE_ALIGN]),
        .decimal = values[STYLE_ALIGN].number[0] == ALIGN_CHOICE_DECIMAL,
        .lines = lines_of(&values[STYLE_LINES]),
        .colour = colour_from_rgb(values[STYLE_COLOUR].number[0]),
        .decoration = decoration_of(&values[STYLE_DECORATION]),
        .rise_mp = first_length(&values[STYLE_RISE], size),
        .vertical = values[STYLE_VERTICAL].number[0] != 0,
        .strict = values[STYLE_STRICT].number[0] != 0,
        .hyphenation = values[STYLE_HYPHENATION].number[0] != 0,
        .keep_with_next = values[STYLE_KEEP_WITH_NEXT].number[0] != 0,
        .bookmark = (uint8_t)values[STYLE_BOOKMARK].number[0],
        .min_lines_before = 2,
        .min_lines_after = 2,
        .min_size_mp = values[STYLE_MIN_SIZE].set ? first_length(&values[STYLE_MIN_SIZE], size) : 0,
        .valign = (uint8_t)values[STYLE_VALIGN].number[0],
        .has_fill = values[STYLE_FILL].set,
        .fill = colour_from_rgb(values[STYLE_FILL].number[0]),
        .words = resolver->layout->words,
        .word_count = resolver->layout->word_count,
        .name = name,
    };
    for (int side = 0; side < 4; side++) {
        style.padding_mp[side] = length_of(&values[STYLE_PADDING], side, size);
    }
    if (grid != NULL) {
        apply_grid(grid, &style);
    }
    return style;
}

static enum text_fit fit_of(const struct style_value *value) {
    static const enum text_fit fits[] = {FIT_NORMAL, FIT_NAME};
    return fits[value->number[0]];
}

static bool same_use(const struct style_use *a, const struct style_use *b) {
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!str_eq(a->names[i], b->names[i])) {
            return false;
        }
    }
    return true;
}

static bool copy_earlier(struct resolver *resolver, size_t index) {
    const struct style_use *uses = resolver->layout->style_uses;
    for (size_t i = 0; i < index; i++) {
        if (same_use(&uses[i], &uses[index])) {
            resolver->resolved->styles[index] = resolver->resolved->styles[i];
            resolver->resolved->fits[index] = resolver->resolved->fits[i];
            resolver->resolved->aligned[index] = resolver->resolved->aligned[i];
            return true;
        }
    }
    return false;
}

static void resolve_use(struct resolver *resolver, size_t index) {
    const struct style_use *use = &resolver->layout->style_uses[index];
    struct style_value values[STYLE_KEY_COUNT];
    memset(values, 0, sizeof values);
    if (use->count > 0) {
        lay_over(values, resolver->layout, find_role(resolver->layout, use->names[0]), 0);
    }
    const struct style_value role_align = values[STYLE_ALIGN];
    values[STYLE_ALIGN].set = false;
    for (size_t i = 1; i < use->count; i++) {
        lay_over(values, resolver->layout, find_style(resolver->layout, use->names[i]), 0);
    }
    resolver->resolved->aligned[index] = values[STYLE_ALIGN].set;
    if (!values[STYLE_ALIGN].set) {
        values[STYLE_ALIGN] = role_align;
    }
    resolver->resolved->styles[index] = compute(resolver, values, use->count ? use->names[use->count - 1] : STR_NONE);
    resolver->resolved->fits[index] = fit_of(&values[STYLE_FIT]);
}

/* A style by name, resolved on demand; NULL when the theme has none of the name. */
static const struct text_style *style_named(struct resolved *resolved, struct fonts *fonts, struct str name) {
    struct diags unheard; /* a face that is missing was told when the styles in use were resolved */
    diags_init(&unheard, resolved->arena);
    struct resolver resolver = {
        .arena = resolved->arena, .layout = resolved->layout, .resolved = resolved, .fonts = fonts, .diags = &unheard};
    struct style_value values[STYLE_KEY_COUNT];
    memset(values, 0, sizeof values);
    lay_over(values, resolved->layout, find_role(resolved->layout, name), 0);
    struct text_style *style = ARENA_NEW(resolved->arena, struct text_style);
    *style = compute(&resolver, values, name);
    return style;
}

static struct missing_look missing_look(struct resolver *resolver) {
    const struct style_spec *spec = find_style(resolver->layout, STR("missing"));
    struct style_value values[STYLE_KEY_COUNT];
    memset(values, 0, sizeof values);
    lay_over(values, resolver->layout, spec, 0);
    return (struct missing_look){
        .style = spec != NULL ? style_named(resolver->resolved, resolver->fonts, STR("missing")) : NULL,
        .font = values[STYLE_FONT].set,
        .colour = values[STYLE_COLOUR].set};
}

/* A font that the layout itself names, and no style takes, is looked for all the same: who writes it means to print with it. */
static void tell_unused_fonts(struct resolver *resolver) {
    for (size_t i = 0; i < resolver->layout->font_count; i++) {
        const struct font_spec *font = &resolver->layout->fonts[i];
        if (str_eq(font->place.file, resolver->layout->path)) {
            chain_of(resolver, font);
        }
    }
}

void resolve_styles(struct resolver *resolver) {
    struct resolved *resolved = resolver->resolved;
    size_t count = resolver->layout->style_use_count;
    resolved->styles = ARENA_ARRAY(resolver->arena, struct text_style, count);
    resolved->fits = ARENA_ARRAY(resolver->arena, enum text_fit, count);
    resolved->aligned = ARENA_ARRAY(resolver->arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        if (!copy_earlier(resolver, i)) {
            resolve_use(resolver, i);
        }
    }
    resolved->body = style_named(resolved, resolver->fonts, STR("body"));
    resolved->contents = style_named(resolved, resolver->fonts, STR("contents"));
    resolved->continued = style_named(resolved, resolver->fonts, STR("continued"));
    resolved->note = style_named(resolved, resolver->fonts, STR("note"));
    if (find_style(resolver->layout, STR("bold")) != NULL) {
        resolved->bold = style_named(resolved, resolver->fonts, STR("bold"));
    }
    if (find_style(resolver->layout, STR("italic")) != NULL) {
        resolved->italic = style_named(resolved, resolver->fonts, STR("italic"));
    }
    resolved->missing = missing_look(resolver);
    tell_unused_fonts(resolver);
}
