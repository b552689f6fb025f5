/* blocks.c: blocks of one box and a fixed height: rule, space, frame, seal place, crosses, picture, code. */
#include "compose/kinds.h"
#include "compose/pictures.h"
#include "compose/tags.h"
#include "draw/draw.h"

struct box_data {
    int32_t width_mp, height_mp;
    enum { BOX_LEFT, BOX_CENTRE, BOX_RIGHT } align;
    struct str text;          /* of a code */
    const struct value *path; /* of a picture */
    struct lines *empty;      /* what stands in its place where there is none, */
    size_t empty_count;       /* a paragraph each */
    bool whole;
    bool checks; /* a code: {check} */
};

const struct findings *found_high(const struct context *context, const struct item *item) {
    struct findings found = {.arena = context->page_arena};
    findings_add(&found, DIAG_C507, item->block->place, str_from(item->kind->name), STR_NONE);
    return findings_keep(&found);
}

/* A box goes to the next page when it is too high for this one; in a fresh room it is placed and told, never dropped.
 */
static struct fit place_box(const struct context *context, const struct item *item, struct progress from,
                            struct room room) {
    (void)from;
    const struct box_data *data = item->data;
    const bool high = data->height_mp > room.height_mp;
    if (high && !room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    return (struct fit){.kind = FITS, .height_mp = data->height_mp, .found = high ? found_high(context, item) : NULL};
}

/* The own box inside the room's width. */
static struct box own_box(const struct box_data *data, struct box box) {
    const int32_t width = data->width_mp > 0 && data->width_mp < box.width_mp ? data->width_mp : box.width_mp;
    const int32_t spare = box.width_mp - width;
    const int32_t x = box.x_mp + (data->align == BOX_LEFT ? 0 : data->align == BOX_CENTRE ? spare / 2 : spare);
    return (struct box){x, box.y_mp, width, data->height_mp};
}

static struct box_data *add(struct context *context, const struct scope *scope, const struct block *block,
                            const struct item_kind *kind, struct items *out, int32_t width_mp, int32_t height_mp) {
    struct item *item = items_add(context, scope, out, kind, block);
    struct box_data *data = ARENA_NEW(context->row_arena, struct box_data);
    data->width_mp = width_mp;
    data->height_mp = height_mp;
    item->data = data;
    return data;
}

static enum line_style line_from(enum stroke stroke) {
    static const enum line_style styles[] = {[STROKE_SOLID] = LINE_SOLID,
                                             [STROKE_DOUBLE] = LINE_DOUBLE,
                                             [STROKE_DASHED] = LINE_DASHED,
                                             [STROKE_DOTTED] = LINE_DOTTED};
    return styles[stroke];
}

/* --- rule and space ----------------------------------------------------------------------------------------------- */

static void commit_rule(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                        struct canvas *canvas, struct box box) {
    (void)context, (void)from, (void)fit;
    const struct block *block = item->block;
    struct mark *mark = canvas_add(canvas, MARK_RULE, box.x_mp, box.y_mp + box.height_mp / 2);
    mark->rule = (struct mark_rule){.dx_mp = box.width_mp,
                                    .thickness_mp = block->rule.thickness_mp,
                                    .style = line_from(block->rule.stroke),
                                    .colour = colour_from_rgb(block->rule.colour)};
}

static const struct item_kind rule_kind = {"rule", place_box, commit_rule};

void build_rule(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    add(context, scope, block, &rule_kind, out, 0, block->rule.thickness_mp);
}

/* Space at the head of a page is not needed there. */
static struct fit place_space(const struct context *context, const struct item *item, struct progress from,
                              struct room room) {
    (void)context, (void)from;
    const struct box_data *data = item->data;
    const int32_t height =
        room.height_mp < data->height_mp ? (room.height_mp > 0 ? room.height_mp : 0) : data->height_mp;
    return (struct fit){.kind = FITS, .height_mp = height};
}

static void commit_nothing(struct context *context, const struct item *item, struct progress from,
                           const struct fit *fit, struct canvas *canvas, struct box box) {
    (void)context, (void)item, (void)from, (void)fit, (void)canvas, (void)box;
}

static const struct item_kind space_kind = {"space", place_space, commit_nothing};

void build_space(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    add(context, scope, block, &space_kind, out, 0, block->space.height_mp);
}

/* --- frame and seal --------------------------------------------------------------------------------------------------
 */

/* A frame without `at` stands around the page, at its inset from the paper's edge. */
static void commit_frame(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                         struct canvas *canvas, struct box box) {
    (void)from, (void)fit, (void)box;
    const struct block *block = item->block;
    const struct box trim = context->paper.trim; /* of a turned page as it is read */
    const int32_t inset = block->frame.inset_mp;
    struct box outline = {trim.x_mp + inset, trim.y_mp + inset, trim.width_mp - 2 * inset, trim.height_mp - 2 * inset};
    if (block->has_at) {
        outline = (struct box){trim.x_mp + block->at_mp[0] + inset, trim.y_mp + block->at_mp[1] + inset,
                               block->at_mp[2] - 2 * inset, block->at_mp[3] - 2 * inset};
    }
    draw_frame(canvas, outline, block->frame.thickness_mp, line_from(block->frame.stroke),
               colour_from_rgb(block->frame.colour));
}

static const struct item_kind frame_kind = {"frame", place_space, commit_frame};

void build_frame(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    add(context, scope, block, &frame_kind, out, 0, 0);
}

static void commit_seal(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                        struct canvas *canvas, struct box box) {
    (void)from, (void)fit;
    const struct box_data *data = item->data;
    tag_seal(context, item, canvas);
    context_seal(context, canvas, own_box(data, box), data->path, item->block->place);
}

static const struct item_kind seal_kind = {"seal", place_box, commit_seal};

void build_seal(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct box_data *data = add(context, scope, block, &seal_kind, out, block->seal.size_mp, block->seal.size_mp);
    data->path = seal_path(scope, &block->seal);
}

/* --- crosses for calibration -----------------------------------------------------------------------------------------
 */

static void commit_crosses(struct context *context, const struct item *item, struct progress from,
                           const struct fit *fit, struct canvas *canvas, struct box box) {
    (void)from, (void)fit, (void)box;
    const struct box trim = context->paper.trim;
    const int32_t inset = item->block->crosses.inset_mp;
    const struct box inside = {trim.x_mp + inset, trim.y_mp + inset, trim.width_mp - 2 * inset,
                               trim.height_mp - 2 * inset};
    draw_crosses(context->composer->tools.text, canvas, inside, context->resolved->note);
}

static const struct item_kind crosses_kind = {"crosses", place_space, commit_crosses};

void build_crosses(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    add(context, scope, block, &crosses_kind, out, 0, 0);
}

/* --- codes -----------------------------------------------------------------------------------------------------------
 */

/* The checking code tells what the whole paper says: its square is filled when that is known. */
static void keep_code(const struct context *context, struct canvas *canvas, struct box box) {
    const int32_t side = box.width_mp < box.height_mp ? box.width_mp : box.height_mp;
    struct mark *mark = canvas_add(canvas, MARK_FIELD, box.x_mp, box.y_mp);
    mark->field = (struct mark_field){.kind = FIELD_CODE, .width_mp = side, .row = context->made.row};
}

/* What kind of code it is: what it says is for the reader's telephone. */
static struct str code_words(const struct box_data *data) {
    if (data->checks) {
        return STR("二维码：验证码");
    }
    return str_starts(data->text, STR("http")) ? STR("二维码：网址") : STR("二维码");
}

static void commit_qr(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                      struct canvas *canvas, struct box box) {
    (void)from, (void)fit;
    const struct box_data *data = item->data;
    tag_item(context, item, ELEMENT_FIGURE);
    tag_says(context, item->element, code_words(data));
    if (data->checks) {
        keep_code(context, canvas, own_box(data, box));
    } else if (data->text.n == 0) {
        context_tell(context, DIAG_C537, item->block->place, STR_NONE, STR_NONE);
    } else if (!draw_qr(canvas, own_box(data, box), data->text)) {
        context_tell(context, DIAG_C508, item->block->place, str_int(context->arena, (int64_t)data->text.n), STR_NONE);
    }
}

static const struct item_kind qr_kind = {"qr", place_box, commit_qr};

/* A code that says nothing but — or 无 leads nowhere. */
static bool says_nothing(const struct scope *scope, const struct template *text) {
    bool asks = false;
    for (size_t i = 0; i < text->count; i++) {
        for (size_t j = 0; j < text->lines[i].count; j++) {
            const struct piece *piece = &text->lines[i].pieces[j];
            if (piece->kind != PIECE_VALUE) {
                continue;
            }
            const struct value *value = scope_value(scope, piece->value);
            if (value->kind != VALUE_NULL && value_text(scope->arena, value).n > 0) {
                return false;
            }
            asks = true;
        }
    }
    return asks;
}

static bool is_check(const struct context *context, const struct template *text) {
    const struct piece *piece = text->count == 1 && text->lines[0].count == 1 ? &text->lines[0].pieces[0] : NULL;
    if (piece == NULL || piece->kind != PIECE_VALUE) {
        return false;
    }
    const struct resolved_value *value = &context->resolved->values[piece->value];
    return value->source == SOURCE_GIVEN && value->given == (enum given)GIVEN_CHECK;
}

void build_qr(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct box_data *data = add(context, scope, block, &qr_kind, out, block->qr.size_mp, block->qr.size_mp);
    data->checks = is_check(context, &block->qr.text);
    if (data->checks) {
        return;
    }
    const struct str text = expand_text(scope, &block->qr.text);
    data->text = says_nothing(scope, &block->qr.text) ? STR_NONE : text;
}

/* --- pictures --------------------------------------------------------------------------------------------------------
 */

/* The first in it: "{photo}", "photos/{id}.jpg". */
static uint32_t value_of(const struct template *path) {
    for (size_t i = 0; path->count > 0 && i < path->lines[0].count; i++) {
        if (path->lines[0].pieces[i].kind == PIECE_VALUE) {
            return path->lines[0].pieces[i].value;
        }
    }
    return UINT32_MAX;
}

static void tag_image(struct context *context, const struct item *item) {
    if (tags_wanted(context)) {
        tag_item(context, item, ELEMENT_FIGURE);
        tag_says(context, item->element, tag_picture_words(item->scope, value_of(&item->block->image.path)));
    }
}

static void commit_image(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                         struct canvas *canvas, struct box box) {
    (void)from, (void)fit;
    const struct box_data *data = item->data;
    tag_image(context, item);
    if (!context_picture(context, canvas, own_box(data, box), data->path, item->block->place, data->whole)) {
        context_no_picture(context, canvas, own_box(data, box), data->empty, data->empty_count);
    }
}

static const struct item_kind image_kind = {"image", place_box, commit_image};

void build_image(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct box_data *data = add(context, scope, block, &image_kind, out, block->image.width_mp, block->image.height_mp);
    data->path = expand_path(scope, &block->image.path);
    data->empty_count = block->image.empty.count;
    data->empty = ARENA_ARRAY(context->row_arena, struct lines, data->empty_count);
    for (size_t i = 0; i < data->empty_count; i++) {
        data->empty[i] = lines_of(scope, context->row_arena, &block->image.empty.lines[i], block->image.width_mp);
    }
    data->whole = block->image.whole;
    data->align = block->image.align == IMAGE_LEFT     ? BOX_LEFT
                  : block->image.align == IMAGE_CENTRE ? BOX_CENTRE
                                                       : BOX_RIGHT;
}
