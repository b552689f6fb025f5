/* signature.c: 落款, who issues the paper and when, below its text (GB/T 9704, 7.3.5).
 *
 *     with a seal                         without
 *     │ text                       │      │ text                       │
 *     │           ╭──────╮         │      │                            │  a line
 *     │          ╱        ╲        │      │           云岭镇中心学校   │  two places in from the right
 *     │       云岭镇中心学校       │      │             2026年11月25日 │  two places further right
 *     │       2026年11月25日       │
 *     │          ╰──────╯          │  the date four places in, the name centred over it
 *
 * A place is a character of the date's style, or of its grid. Lines above are whole, so that what follows stays on the grid.
 * A name that is longer than the date stays two places from the right all the same, and the date then stands centred under
 * it; a date that would end further right than the name does without a seal ends two places in, and moves the name. */
#include "compose/kinds.h"
#include "compose/pictures.h"
#include "compose/tags.h"

struct signature_text {
    const struct paragraph *paragraph;
    int32_t natural_mp; /* width on one line */
};

struct signature {
    const struct text_style *style; /* of the date */
    struct signature_text *texts;   /* the names and, last, the date */
    size_t count;
    int32_t seal_mp; /* 0: none */
    const struct value *seal;
};

/* Set for a width. */
struct signature_set {
    struct lines *lines; /* of each text */
    int32_t *x_mp;
    int32_t width_mp;
    int32_t seal_x_mp, seal_y_mp, above_mp, height_mp;
};

static int32_t smaller(int32_t a, int32_t b) {
    return a < b ? a : b;
}

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static int32_t round_up(int32_t length_mp, int32_t step_mp) {
    return step_mp > 0 && length_mp > 0 ? (length_mp + step_mp - 1) / step_mp * step_mp : larger(length_mp, 0);
}

/* In a narrow column places are narrower, so that the date has room. */
static int32_t place_width(const struct signature *signature, int32_t width_mp) {
    const struct text_style *style = signature->style;
    const int32_t own_mp = style->grid_mp > 0 ? style->grid_mp : style->size_mp;
    const int32_t spare_mp = larger(width_mp - signature->texts[signature->count - 1].natural_mp, 0);
    return smaller(own_mp, smaller(width_mp / 16, spare_mp / 4));
}

/* Gives back the width of the longest name. */
static int32_t break_texts(const struct context *context, const struct signature *signature, int32_t most_mp,
                           struct signature_set *set) {
    int32_t widest_mp = 0;
    for (size_t i = 0; i < signature->count; i++) {
        const struct signature_text *text = &signature->texts[i];
        set->lines[i] = text_break(context->composer->tools.text, context->row_arena, text->paragraph,
                                   smaller(text->natural_mp, most_mp), FIT_NORMAL);
        if (i + 1 < signature->count) {
            widest_mp = larger(widest_mp, set->lines[i].width_mp);
        }
    }
    return widest_mp;
}

static void centre_on_date(const struct signature *signature, int32_t widest_mp, int32_t place_mp,
                           struct signature_set *set) {
    const struct lines *date = &set->lines[signature->count - 1];
    const int32_t middle_mp =
        smaller(set->width_mp - 4 * place_mp - date->width_mp / 2, set->width_mp - 2 * place_mp - widest_mp / 2);
    for (size_t i = 0; i < signature->count; i++) {
        set->x_mp[i] = middle_mp - set->lines[i].width_mp / 2;
    }
    const int32_t most_mp = larger(set->width_mp - signature->seal_mp, 0);
    set->seal_x_mp = smaller(larger(middle_mp - signature->seal_mp / 2, 0), most_mp);
}

static void stagger(const struct signature *signature, int32_t widest_mp, int32_t place_mp, struct signature_set *set) {
    const size_t date = signature->count - 1;
    const int32_t longer_mp = larger(widest_mp, set->lines[date].width_mp + 2 * place_mp);
    for (size_t i = 0; i < signature->count; i++) {
        set->x_mp[i] = set->width_mp - 2 * place_mp - longer_mp;
    }
    set->x_mp[date] += 2 * place_mp;
}

/* The seal's centre stands three eighths of a line above the boundary of the last name and the date, and as few lines are left
 * empty above them as it takes to keep the seal off the text: so its top is within a line of it. */
static void find_heights(const struct signature *signature, struct signature_set *set) {
    const int32_t leading_mp = signature->style->leading_mp;
    const int32_t date_mp = set->lines[signature->count - 1].height_mp;
    int32_t all_mp = 0;
    for (size_t i = 0; i < signature->count; i++) {
        all_mp += set->lines[i].height_mp;
    }
    const int32_t seal_top_mp = all_mp - date_mp - leading_mp * 3 / 8 - signature->seal_mp / 2;
    set->above_mp = signature->seal_mp > 0 ? round_up(-seal_top_mp, leading_mp) : leading_mp;
    set->seal_y_mp = set->above_mp + seal_top_mp;
    set->height_mp = set->above_mp + all_mp;
    if (signature->seal_mp > 0) {
        set->height_mp = larger(set->height_mp, set->seal_y_mp + signature->seal_mp);
    }
}

static const struct signature_set *set_for(const struct context *context, const struct item *item, int32_t width_mp) {
    const struct signature *signature = item->data;
    const struct signature_set *found = measure_find(item->measure, width_mp);
    if (found != NULL) {
        return found;
    }
    struct signature_set *set = ARENA_NEW(context->row_arena, struct signature_set);
    set->width_mp = width_mp;
    set->lines = ARENA_ARRAY(context->row_arena, struct lines, signature->count);
    set->x_mp = ARENA_ARRAY(context->row_arena, int32_t, signature->count);
    const int32_t place_mp = place_width(signature, width_mp);
    const int32_t widest_mp = break_texts(context, signature, width_mp - 4 * place_mp, set);
    if (signature->seal_mp > 0) {
        centre_on_date(signature, widest_mp, place_mp, set);
    } else {
        stagger(signature, widest_mp, place_mp, set);
    }
    find_heights(signature, set);
    measure_keep(item->measure, width_mp, set);
    return set;
}

/* What follows goes on in a whole line below the seal, where the page has one. */
static struct fit place_signature(const struct context *context, const struct item *item, struct progress from,
                                  struct room room) {
    (void)from;
    const struct signature *signature = item->data;
    const struct signature_set *set = set_for(context, item, room.width_mp);
    const bool high = set->height_mp > room.height_mp;
    if (high && !room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    const int32_t whole_mp = round_up(set->height_mp, signature->style->leading_mp);
    return (struct fit){
        .kind = FITS,
        .height_mp = larger(set->height_mp, smaller(whole_mp, room.height_mp)),
        .found = high ? found_high(context, item) : NULL,
        .plan = set,
    };
}

static void commit_signature(struct context *context, const struct item *item, struct progress from,
                             const struct fit *fit, struct canvas *canvas, struct box box) {
    (void)from;
    const struct signature *signature = item->data;
    const struct signature_set *set = fit->plan;
    const int32_t size_mp = signature->seal_mp;
    const struct box seal = {box.x_mp + set->seal_x_mp, box.y_mp + set->seal_y_mp, size_mp, size_mp};
    if (size_mp > 0) {
        struct canvas own = *canvas;
        tag_seal(context, item, &own);
        context_seal(context, &own, seal, signature->seal, item->block->place);
    }
    int32_t y_mp = box.y_mp + set->above_mp;
    for (size_t i = 0; i < signature->count; i++) {
        const struct lines *lines = &set->lines[i];
        tag_beside(context, item, canvas, ELEMENT_PARAGRAPH);
        emit_lines(context, canvas, lines, 0, lines->count, box.x_mp + set->x_mp[i], y_mp);
        y_mp += lines->height_mp;
    }
}

static const struct item_kind signature_kind = {"signature", place_signature, commit_signature};

/* The indents of the style are the text's, not the signature's. */
static const struct text_style *bare_style(const struct scope *scope, uint32_t style, bool sealed) {
    struct text_style *bare =
        arena_copy(scope->context->row_arena, scope_style(scope, style), sizeof(struct text_style));
    bare->indent_mp = bare->left_mp = bare->right_mp = 0;
    bare->align = sealed ? ALIGN_CENTRE : ALIGN_LEFT;
    return bare;
}

static void add_text(struct context *context, const struct scope *scope, struct signature *signature,
                     const struct template_line *line) {
    const struct spans spans = expand_line(scope, line);
    signature->style = bare_style(scope, line->style, signature->seal_mp > 0);
    const struct paragraph *paragraph = shape_spans(scope, context->row_arena, line->place, &spans, signature->style);
    signature->texts[signature->count++] =
        (struct signature_text){.paragraph = paragraph, .natural_mp = paragraph_natural_width(paragraph)};
    count_given(context, paragraph);
}

void build_signature(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct template *name = &block->signature.name, *date = &block->signature.date;
    if (name->count + date->count == 0) {
        return;
    }
    struct signature *signature = ARENA_NEW(context->row_arena, struct signature);
    signature->seal_mp = block->signature.seal.size_mp;
    signature->seal = seal_path(scope, &block->signature.seal);
    signature->texts = ARENA_ARRAY(context->row_arena, struct signature_text, name->count + date->count);
    for (size_t i = 0; i < name->count; i++) {
        add_text(context, scope, signature, &name->lines[i]);
    }
    for (size_t i = 0; i < date->count; i++) {
        add_text(context, scope, signature, &date->lines[i]);
    }
    struct item *item = items_add(context, scope, out, &signature_kind, block);
    item->data = signature;
    item->takes_text = true;
}
