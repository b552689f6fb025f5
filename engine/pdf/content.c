/* content.c: a page's marks become a content stream (ISO 32000-1, 8 and 9).
 *
 * Neighbours that look alike share one construct: runs a BT … ET, rules of one thickness an S, fills of one colour
 * an f. The graphics state is followed, so an operator is written only where something changes. The page's y goes
 * down, PDF's goes up: the origin of a group is its own, so inside a group y is just negated.
 *
 * 1. No construct is open where a group or a page begins or ends: q … Q and constructs are nested.
 * 2. Each group that begins ends on its page, so the outermost frame is a page's. */
#include "pdf/internal.h"

#include <assert.h>

#include <math.h>

enum { UNKNOWN = -1, BLACK = 0 };

void put_mp(struct buffer *out, int64_t value_mp) {
    buffer_milli(out, value_mp);
    buffer_byte(out, ' ');
}

void put_decimal(struct buffer *out, int64_t value, int decimals) {
    char digits[24];
    int count = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; decimals > 0 && rest % 10 == 0; decimals--) {
        rest /= 10;
    }
    if (value < 0) {
        buffer_byte(out, '-');
    }
    for (; rest > 0 || count < decimals || count == 0; rest /= 10) {
        if (count == decimals && decimals > 0) {
            digits[count++] = '.';
        }
        digits[count++] = (char)('0' + rest % 10);
    }
    if (decimals > 0 && count == decimals) {
        digits[count++] = '.';
    }
    while (count > 0) {
        buffer_byte(out, digits[--count]);
    }
    buffer_byte(out, ' ');
}

static void put_point(struct content *content, int32_t x_mp, int32_t y_mp) {
    put_mp(content->out, x_mp);
    put_mp(content->out, (int64_t)content->frame->height_mp - y_mp);
}

/* --- constructs and the graphics state */

void content_begin(struct content *content, enum construct construct) {
    static const struct {
        struct str begin, end;
    } words[] = {[CONSTRUCT_NONE] = {STR_INIT(""), STR_INIT("")},
                 [CONSTRUCT_TEXT] = {STR_INIT("BT\n"), STR_INIT("ET\n")},
                 [CONSTRUCT_LINES] = {STR_INIT(""), STR_INIT("S\n")},
                 [CONSTRUCT_RECTANGLES] = {STR_INIT(""), STR_INIT("f\n")}};
    if (content->open == construct) {
        return;
    }
    buffer_add(content->out, words[content->open].end);
    buffer_add(content->out, words[construct].begin);
    content->open = construct;
    content->line_x_mp = content->line_y_mp = 0;
}

static void put_colour(struct buffer *out, struct colour colour, const char *grey, const char *rgb) {
    enum { WHOLE = 1000, MOST = 255 };
    bool is_grey = colour.red == colour.green && colour.green == colour.blue;
    put_mp(out, (colour.red * WHOLE + MOST / 2) / MOST);
    if (!is_grey) {
        put_mp(out, (colour.green * WHOLE + MOST / 2) / MOST);
        put_mp(out, (colour.blue * WHOLE + MOST / 2) / MOST);
    }
    buffer_add(out, str_from(is_grey ? grey : rgb));
}

/* Colours may change in the middle of text, but not of a path. */
void content_set_fill(struct content *content, struct colour colour) {
    struct graphics *graphics = &content->frame->graphics;
    if (graphics->fill == colour_rgb(colour)) {
        return;
    }
    if (content->open != CONSTRUCT_TEXT) {
        content_begin(content, CONSTRUCT_NONE);
    }
    put_colour(content->out, colour, "g\n", "rg\n");
    graphics->fill = colour_rgb(colour);
}

struct stroke {
    struct colour colour;
    int32_t line_mp, dash_on_mp, dash_off_mp;
};

/* A dash of length 0 with round ends is a dot. */
static void set_dash(struct content *content, const struct stroke *stroke) {
    struct graphics *graphics = &content->frame->graphics;
    bool was_dots = graphics->dash_off_mp > 0 && graphics->dash_on_mp == 0;
    bool dots = stroke->dash_off_mp > 0 && stroke->dash_on_mp == 0;
    buffer_byte(content->out, '[');
    if (stroke->dash_off_mp > 0) {
        put_mp(content->out, stroke->dash_on_mp);
        buffer_milli(content->out, stroke->dash_off_mp);
    }
    buffer_add(content->out, STR("]0 d\n"));
    if (dots != was_dots) {
        buffer_add(content->out, dots ? STR("1 J\n") : STR("0 J\n"));
    }
    graphics->dash_on_mp = stroke->dash_on_mp;
    graphics->dash_off_mp = stroke->dash_off_mp;
}

static void set_stroke(struct content *content, const struct stroke *stroke) {
    struct graphics *graphics = &content->frame->graphics;
    bool same_dash = graphics->dash_on_mp == stroke->dash_on_mp && graphics->dash_off_mp == stroke->dash_off_mp;
    bool same_line = graphics->line_mp == stroke->line_mp, same_colour = graphics->stroke == colour_rgb(stroke->colour);
    if (same_dash && same_line && same_colour) {
        return;
    }
    content_begin(content, CONSTRUCT_NONE);
    if (!same_colour) {
        put_colour(content->out, stroke->colour, "G\n", "RG\n");
    }
    if (!same_line) {
        put_mp(content->out, stroke->line_mp);
        buffer_add(content->out, STR("w\n"));
    }
    graphics->stroke = colour_rgb(stroke->colour);
    graphics->line_mp = stroke->line_mp;
    if (!same_dash) {
        set_dash(content, stroke);
    }
}

/* --- marks */

static void add_line(struct content *content, const struct stroke *stroke, int32_t x_mp, int32_t y_mp, int32_t dx_mp,
                     int32_t dy_mp) {
    set_stroke(content, stroke);
    content_begin(content, CONSTRUCT_LINES);
    put_point(content, x_mp, y_mp);
    buffer_add(content->out, STR("m "));
    put_point(content, x_mp + dx_mp, y_mp + dy_mp);
    buffer_add(content->out, STR("l\n"));
}

static void add_double(struct content *content, const struct mark *mark) {
    const struct mark_rule *rule = &mark->rule;
    struct stroke stroke = {rule->colour, rule->thickness_mp / 3, 0, 0};
    const double length = hypot(rule->dx_mp, rule->dy_mp);
    const double away = length > 0 ? rule->thickness_mp / 3.0 / length : 0;
    const int32_t x_mp = (int32_t)lround(-rule->dy_mp * away), y_mp = (int32_t)lround(rule->dx_mp * away);
    add_line(content, &stroke, mark->x_mp + x_mp, mark->y_mp + y_mp, rule->dx_mp, rule->dy_mp);
    add_line(content, &stroke, mark->x_mp - x_mp, mark->y_mp - y_mp, rule->dx_mp, rule->dy_mp);
}

static void add_rule(struct content *content, const struct mark *mark) {
    const struct mark_rule *rule = &mark->rule;
    struct stroke stroke = {rule->colour, rule->thickness_mp, 0, 0};
    switch (rule->style) {
    case LINE_SOLID:
        break;
    case LINE_DASHED:
        stroke.dash_on_mp = 3000 > 3 * rule->thickness_mp ? 3000 : 3 * rule->thickness_mp;
        stroke.dash_off_mp = stroke.dash_on_mp * 2 / 3;
        break;
    case LINE_DOTTED:
        stroke.dash_off_mp = 1500 > 2 * rule->thickness_mp ? 1500 : 2 * rule->thickness_mp;
        break;
    case LINE_DOUBLE:
        add_double(content, mark);
        return;
    }
    add_line(content, &stroke, mark->x_mp, mark->y_mp, rule->dx_mp, rule->dy_mp);
}

/* From the lower left corner with positive sides, so that overlapping fills of one path all turn the same way. */
static void put_rectangle(struct content *content, int32_t x_mp, int32_t y_mp, int32_t width_mp, int32_t height_mp) {
    const int32_t left = width_mp < 0 ? x_mp + width_mp : x_mp, bottom = height_mp < 0 ? y_mp : y_mp + height_mp;
    put_point(content, left, bottom);
    put_mp(content->out, width_mp < 0 ? -(int64_t)width_mp : width_mp);
    put_mp(content->out, height_mp < 0 ? -(int64_t)height_mp : height_mp);
    buffer_add(content->out, STR("re"));
}

static void add_fill(struct content *content, const struct mark *mark) {
    content_set_fill(content, mark->fill.colour);
    content_begin(content, CONSTRUCT_RECTANGLES);
    put_rectangle(content, mark->x_mp, mark->y_mp, mark->fill.width_mp, mark->fill.height_mp);
    buffer_byte(content->out, '\n');
}

static void add_path(struct content *content, const struct mark *mark) {
    static const struct {
        int points;
        struct str word;
    } verbs[] = {[PATH_MOVE] = {1, STR_INIT("m\n")},
                 [PATH_LINE] = {1, STR_INIT("l\n")},
                 [PATH_CURVE] = {3, STR_INIT("c\n")},
                 [PATH_CLOSE] = {0, STR_INIT("h\n")}};
    const struct mark_path *path = &mark->path;
    if (path->count == 0 || (!path->fill && !path->stroke)) {
        return;
    }
    content_begin(content, CONSTRUCT_NONE);
    if (path->fill) {
        content_set_fill(content, path->fill_colour);
    }
    if (path->stroke) {
        set_stroke(content, &(struct stroke){path->stroke_colour, path->thickness_mp, path->dash_mp, path->dash_mp});
    }
    for (uint32_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        for (int k = 0; k < verbs[step->verb].points; k++) {
            put_point(content, mark->x_mp + step->x_mp[k], mark->y_mp + step->y_mp[k]);
        }
        buffer_add(content->out, verbs[step->verb].word);
    }
    buffer_add(content->out, path->fill && path->stroke ? STR("B") : path->fill ? STR("f") : STR("S"));
    buffer_add(content->out, path->fill && path->even_odd ? STR("*\n") : STR("\n"));
}

/* A group's matrix may make it smaller. */
static struct print_size size_on_paper(const struct content *content, const struct mark_image *image) {
    const struct matrix *m = &content->frame->matrix;
    return (struct print_size){(int32_t)lround(image->width_mp * (hypot(m->a, m->b) / MATRIX_ONE)),
                               (int32_t)lround(image->height_mp * (hypot(m->c, m->d) / MATRIX_ONE))};
}

static void add_image(struct content *content, const struct mark *mark) {
    const struct image *image = mark->image.image;
    const size_t number = picture_use(content->pictures, content->file, image, size_on_paper(content, &mark->image));
    struct picture *picture = &content->pictures->items[number - 1];
    if (picture->page != content->page + 1) {
        picture->page = content->page + 1;
        buffer_printf(content->named, "/I%zu ", number);
        put_reference(content->named, picture->object);
    }
    content_begin(content, CONSTRUCT_NONE);
    buffer_add(content->out, STR("q "));
    put_mp(content->out, mark->image.width_mp);
    buffer_add(content->out, STR("0 0 "));
    put_mp(content->out, mark->image.height_mp);
    put_point(content, mark->x_mp, mark->y_mp + mark->image.height_mp);
    buffer_printf(content->out, "cm/I%zu Do Q\n", number);
}

/* --- groups */

static int32_t turned(int32_t a, int32_t x, int32_t c, int32_t y) {
    return (int32_t)(((int64_t)a * x + (int64_t)c * y + MATRIX_ONE / 2) >> 16);
}

/* The product: first `inner`, then `outer`. */
static struct matrix combined(struct matrix inner, struct matrix outer) {
    return (struct matrix){turned(outer.a, inner.a, outer.c, inner.b),
                           turned(outer.b, inner.a, outer.d, inner.b),
                           turned(outer.a, inner.c, outer.c, inner.d),
                           turned(outer.b, inner.c, outer.d, inner.d),
                           turned(outer.a, inner.e_mp, outer.c, inner.f_mp) + outer.e_mp,
                           turned(outer.b, inner.e_mp, outer.d, inner.f_mp) + outer.f_mp};
}

static void put_factor(struct buffer *out, int32_t factor) {
    enum { DECIMALS = 6, MILLION = 1000000 };
    const int64_t half = factor < 0 ? -MATRIX_ONE / 2 : MATRIX_ONE / 2;
    put_decimal(out, ((int64_t)factor * MILLION + half) / MATRIX_ONE, DECIMALS);
}

/* In PDF's coordinates: y is negated inside the group and counted from the bottom outside of it. */
static void put_matrix(struct content *content, const struct matrix *m, int32_t height_mp) {
    put_factor(content->out, m->a);
    put_factor(content->out, -m->b);
    put_factor(content->out, -m->c);
    put_factor(content->out, m->d);
    put_mp(content->out, m->e_mp);
    put_mp(content->out, (int64_t)height_mp - m->f_mp);
    buffer_add(content->out, STR("cm\n"));
}

static void on_group_begin(struct sink *sink, const struct mark *mark) {
    struct content *content = (struct content *)sink;
    struct frame *outer = content->frame, *frame = ARENA_NEW(content->file->arena, struct frame);
    struct matrix matrix = mark->group.matrix;
    if (content->structure != NULL) {
        structure_enter_group(content, mark);
    }
    content_begin(content, CONSTRUCT_NONE); /* invariant 1 */
    matrix.e_mp += mark->x_mp;
    matrix.f_mp += mark->y_mp;
    buffer_add(content->out, STR("q "));
    put_matrix(content, &matrix, outer->height_mp);
    *frame = (struct frame){outer, outer->graphics, 0, combined(matrix, outer->matrix)};
    content->frame = frame;
    const struct box *clip = mark->group.clip;
    if (clip != NULL) {
        put_rectangle(content, clip->x_mp, clip->y_mp, clip->width_mp, clip->height_mp);
        buffer_add(content->out, STR(" W n\n"));
    }
}

static void on_group_end(struct sink *sink, const struct mark *mark) {
    struct content *content = (struct content *)sink;
    (void)mark;
    content_begin(content, CONSTRUCT_NONE); /* invariant 1 */
    if (content->structure != NULL) {
        structure_leave_group(content);
    }
    assert(content->frame->outer != NULL); /* invariant 2 */
    buffer_add(content->out, STR("Q\n"));
    content->frame = content->frame->outer;
}

/* --- links and anchors: recorded with their areas */

static struct area area_of(const struct content *content, int32_t x_mp, int32_t y_mp, int32_t width_mp,
                           int32_t height_mp) {
    const struct frame *page = content->frame;
    const struct matrix *m = &content->frame->matrix;
    while (page->outer != NULL) {
        page = page->outer;
    }
    struct area area = {content->page, INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (int corner = 0; corner < 4; corner++) {
        const int32_t x = x_mp + (corner & 1 ? width_mp : 0), y = y_mp + (corner & 2 ? height_mp : 0);
        const int32_t right = turned(m->a, x, m->c, y) + m->e_mp;
        const int32_t up = page->height_mp - (turned(m->b, x, m->d, y) + m->f_mp);
        area.left_mp = right < area.left_mp ? right : area.left_mp;
        area.right_mp = right > area.right_mp ? right : area.right_mp;
        area.bottom_mp = up < area.bottom_mp ? up : area.bottom_mp;
        area.top_mp = up > area.top_mp ? up : area.top_mp;
    }
    return area;
}

static void add_link(struct content *content, const struct mark *mark) {
    struct navigation *navigation = content->navigation;
    ARENA_GROW(content->file->arena, navigation->links, navigation->link_count, navigation->link_capacity);
    navigation->links[navigation->link_count++] =
        (struct link){area_of(content, mark->x_mp, mark->y_mp, mark->link.width_mp, mark->link.height_mp),
                      mark->link.anchor, mark->link.uri};
}

static void add_anchor(struct content *content, const struct mark *mark) {
    struct navigation *navigation = content->navigation;
    ARENA_GROW(content->file->arena, navigation->anchors, navigation->anchor_count, navigation->anchor_capacity);
    navigation->anchors[navigation->anchor_count++] =
        (struct anchor){area_of(content, mark->x_mp, mark->y_mp, 0, 0), mark->anchor.name, mark->anchor.title,
                        mark->anchor.level, mark->anchor.order};
}

static bool prints(const struct mark *mark) {
    return mark->kind <= MARK_IMAGE && (mark->kind != MARK_GLYPHS || mark->glyphs.count > 0);
}

static void on_mark(struct sink *sink, const struct mark *mark) {
    struct content *content = (struct content *)sink;
    if (content->structure != NULL && prints(mark)) {
        structure_enter(content, mark);
    }
    switch (mark->kind) {
    case MARK_GLYPHS:
        content_add_glyphs(content, mark);
        break;
    case MARK_RULE:
        add_rule(content, mark);
        break;
    case MARK_FILL:
        add_fill(content, mark);
        break;
    case MARK_PATH:
        add_path(content, mark);
        break;
    case MARK_IMAGE:
        add_image(content, mark);
        break;
    case MARK_LINK:
        add_link(content, mark);
        break;
    case MARK_ANCHOR:
        add_anchor(content, mark);
        break;
    case MARK_FIELD: /* never filled in: its place stays empty */
    case MARK_GROUP: /* its marks come one by one, between group_begin and group_end */
        break;
    }
}

/* --- pages */

static void on_page_begin(struct sink *sink, const struct page *page, size_t index) {
    struct content *content = (struct content *)sink;
    struct frame *frame = ARENA_NEW(content->file->arena, struct frame);
    *frame = (struct frame){
        NULL, {.fill = BLACK, .stroke = BLACK, .line_mp = 1000, .stretch = 1000}, page->height_mp, MATRIX_IDENTITY};
    content->frame = frame;
    content->open = CONSTRUCT_NONE;
    content->page = index;
    buffer_clear(content->out);
    buffer_clear(content->named);
}

static void on_page_end(struct sink *sink, const struct page *page, size_t index) {
    struct content *content = (struct content *)sink;
    struct file *file = content->file;
    content_begin(content, CONSTRUCT_NONE);
    if (content->structure != NULL) {
        structure_close(content);
    }

    HPDF_Page object = HPDF_AddPage(file->doc);
    content->pages[index] = object;
    file_must(file, HPDF_Page_SetWidth(object, (HPDF_REAL)page->width_mp / MP_PER_PT));
    file_must(file, HPDF_Page_SetHeight(object, (HPDF_REAL)page->height_mp / MP_PER_PT));
    if (page->rotate != 0) {
        file_must(file, HPDF_Page_SetRotate(object, (HPDF_UINT16)page->rotate));
    }

    HPDF_Dict stream = ((HPDF_PageAttr)object->attr)->contents;
    object_set_stream(file, stream, STR("/Filter/FlateDecode"),
                      deflate_in(content->deflate, file->arena, content->level, buffer_str(content->out)));

    /* libharu would round the size to a float, and give every page resources of its own for fonts it doesn't have. */
    file_must(file, HPDF_Dict_RemoveElement(object, "MediaBox"));
    file_must(file, HPDF_Dict_RemoveElement(object, "Resources"));
    struct buffer *text = file_text(file);
    buffer_add(text, STR("/MediaBox[0 0 "));
    put_mp(text, page->width_mp);
    buffer_milli(text, page->height_mp);
    buffer_add(text, STR("]/Resources<</Font "));
    put_reference(text, content->font_resources);
    if (content->named->count > 0) {
        buffer_add(text, STR("/XObject<<"));
        buffer_add(text, buffer_str(content->named));
        buffer_add(text, STR(">>"));
    }
    buffer_add(text, STR(">>"));
    if (content->structure != NULL) {
        buffer_printf(text, "/StructParents %zu", index);
    }
    object_set_entries(file, object, buffer_str(text));
}

void content_init(struct content *content) {
    content->sink = (struct sink){.page_begin = on_page_begin,
                                  .mark = on_mark,
                                  .group_begin = on_group_begin,
                                  .group_end = on_group_end,
                                  .page_end = on_page_end};
}
