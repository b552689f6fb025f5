/* paper.c: is what was emitted on the paper?
 *
 * What `at:` puts beside the sheet, or a box too small lets run over its edge, stands in the display list and nobody sees it. So each item
 * is judged when it is committed: type beyond the trim is not placed, and is told with its block. Pictures, fills and rules
 * may bleed over the edge; of them is told what lies wholly beside the paper. */
#include "compose/context.h"

#include "base/utf8.h"

/* In the em box of Chinese type the ink leaves some room, at all four sides. */
enum { SLACK = 8, ASCENT = 880, DESCENT = 120 };

struct extent {
    int64_t left, top, right, bottom;
};

static struct extent edges(const struct box *box) {
    return (struct extent){box->x_mp, box->y_mp, (int64_t)box->x_mp + box->width_mp,
                           (int64_t)box->y_mp + box->height_mp};
}

static bool lies_beside(const struct extent *paper, struct extent mark) {
    return mark.right < paper->left || mark.left > paper->right || mark.bottom < paper->top || mark.top > paper->bottom;
}

static bool lies_within(const struct extent *paper, struct extent mark) {
    return mark.left >= paper->left && mark.right <= paper->right && mark.top >= paper->top &&
           mark.bottom <= paper->bottom;
}

static struct extent with_slack(const struct extent *paper, int32_t size_mp) {
    const int32_t slack = size_mp / SLACK;
    return (struct extent){paper->left - slack, paper->top - slack, paper->right + slack, paper->bottom + slack};
}

static struct extent line_of(const struct mark *mark, int32_t size_mp, int32_t width_mp) {
    const int64_t size = size_mp;
    return (struct extent){mark->x_mp, mark->y_mp - size * ASCENT / 1000, (int64_t)mark->x_mp + width_mp,
                           mark->y_mp + size * DESCENT / 1000};
}

/* Characters of a run that the paper doesn't hold. Nearly every run lies well within. */
static size_t characters_beyond(const struct extent *paper, const struct mark *mark) {
    const struct mark_glyphs *run = &mark->glyphs;
    if (mark->x_mp >= paper->left && mark->x_mp + run->width_mp <= paper->right &&
        mark->y_mp - run->size_mp >= paper->top && mark->y_mp + run->size_mp <= paper->bottom) {
        return 0;
    }
    const struct extent all = line_of(mark, run->size_mp, run->width_mp), most = with_slack(paper, run->size_mp);
    if (lies_within(&most, all)) {
        return 0;
    }
    if (all.top < most.top || all.bottom > most.bottom) {
        return utf8_count_valid(glyphs_read(run));
    }
    size_t count = 0;
    for (size_t i = 0; i < run->count; i++) {
        const int32_t end = i + 1 < run->count ? run->glyphs[i + 1].x_mp : run->width_mp;
        count += all.left + run->glyphs[i].x_mp < most.left || all.left + end > most.right;
    }
    return count;
}

static struct extent path_extent(const struct mark *mark) {
    struct extent extent = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};
    for (uint32_t i = 0; i < mark->path.count; i++) {
        const struct path_step *step = &mark->path.steps[i];
        const int64_t x = (int64_t)mark->x_mp + step->x_mp[0], y = (int64_t)mark->y_mp + step->y_mp[0];
        if (step->verb == PATH_CLOSE) {
            continue;
        }
        extent.left = x < extent.left ? x : extent.left;
        extent.right = x > extent.right ? x : extent.right;
        extent.top = y < extent.top ? y : extent.top;
        extent.bottom = y > extent.bottom ? y : extent.bottom;
    }
    return extent;
}

static struct extent rectangle(const struct mark *mark, int32_t width_mp, int32_t height_mp) {
    return edges(&(struct box){mark->x_mp, mark->y_mp, width_mp, height_mp});
}

/* With its thickness: a frame may stand on the trim itself. */
static struct extent rule_extent(const struct mark *mark) {
    const int64_t x = mark->x_mp, y = mark->y_mp, to_x = x + mark->rule.dx_mp, to_y = y + mark->rule.dy_mp;
    const int64_t half = mark->rule.thickness_mp / 2;
    return (struct extent){(x < to_x ? x : to_x) - half, (y < to_y ? y : to_y) - half, (x < to_x ? to_x : x) + half,
                           (y < to_y ? to_y : y) + half};
}

/* A group by its clip, as it lies when it isn't turned; else by its origin. */
static struct extent group_extent(const struct mark *mark) {
    const struct mark_group *group = &mark->group;
    const bool upright = group->matrix.a == MATRIX_ONE && group->matrix.d == MATRIX_ONE;
    return rectangle(mark, upright && group->clip != NULL ? group->clip->width_mp : 0,
                     upright && group->clip != NULL ? group->clip->height_mp : 0);
}

struct judgement {
    size_t characters, drawings;
};

static void judge(const struct extent *paper, const struct mark *mark, struct judgement *judgement) {
    struct extent extent;
    const bool begins_on_paper = mark->x_mp >= paper->left && mark->x_mp <= paper->right && mark->y_mp >= paper->top &&
                                 mark->y_mp <= paper->bottom;
    if (begins_on_paper && mark->kind != MARK_GLYPHS && mark->kind != MARK_PATH) {
        return; /* some of it is there */
    }
    switch (mark->kind) {
    case MARK_GLYPHS:
        judgement->characters += characters_beyond(paper, mark);
        return;
    case MARK_FIELD:
        extent = line_of(mark, mark->field.size_mp, mark->field.width_mp);
        break;
    case MARK_RULE:
        extent = rule_extent(mark);
        break;
    case MARK_FILL:
        extent = rectangle(mark, mark->fill.width_mp, mark->fill.height_mp);
        break;
    case MARK_PATH:
        extent = path_extent(mark);
        break;
    case MARK_IMAGE:
        extent = rectangle(mark, mark->image.width_mp, mark->image.height_mp);
        break;
    case MARK_GROUP:
        extent = group_extent(mark);
        break;
    case MARK_LINK:
    case MARK_ANCHOR:
        return;
    }
    judgement->drawings += lies_beside(paper, extent);
}

void paper_begin(struct context *context, struct box trim) {
    context->paper = (struct paper){.trim = trim};
}

void paper_judge(struct context *context, const struct canvas *canvas, size_t from, struct place place,
                 struct str block) {
    const struct extent paper = edges(&context->paper.trim);
    struct judgement judgement = {0};
    from = from > context->paper.judged
               ? from
               : context->paper.judged; /* what stands in columns was judged with its own block */
    for (size_t i = from; i < canvas->marks->count; i++) {
        judge(&paper, &canvas->marks->items[i], &judgement);
    }
    context->paper.judged = canvas->marks->count;
    if (judgement.characters + judgement.drawings == 0) {
        return;
    }
    struct gathered *gathered = context_gather(context, DIAG_C535, place);
    gathered->what = block;
    gathered->count += judgement.characters;
    gathered->drawings += judgement.drawings;
    size_t *placed = &context->made.counts.characters_placed;
    *placed -= judgement.characters < *placed ? judgement.characters : *placed;
}
