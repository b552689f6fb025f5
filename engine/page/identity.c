/* identity.c: the hash of a display list.
 *
 * Each mark is serialised as its kind and its numbers, strings with their lengths in front, so that no two documents
 * that print differently give the same bytes. A face counts by its name, a picture by the hash of its bytes.
 *
 *     page │ mark │ mark │ group │ mark … │ -1 │ mark … */
#include "base/buffer.h"
#include "image/image.h"
#include "page/elements.h"
#include "page/sinks.h"

struct identity {
    struct sink sink;
    struct hash_stream *stream;
    struct buffer page; /* of the page at hand */
};

static void add_number(struct buffer *out, int64_t n) {
    buffer_append(out, &n, sizeof n);
}

static void add_string(struct buffer *out, struct str s) {
    add_number(out, (int64_t)s.n);
    buffer_add(out, s);
}

static void add_numbers(struct buffer *out, const int32_t *numbers, size_t count) {
    buffer_append(out, numbers, count * sizeof *numbers);
}

static struct str name_of(const struct face *face) {
    return face != NULL ? face_name(face) : STR_NONE;
}

static void add_glyphs(struct buffer *out, const struct mark_glyphs *run) {
    _Static_assert(sizeof(struct glyph) == 12, "a glyph has no padding, so its bytes are its content");
    const int32_t numbers[] = {run->size_mp, run->stretch, colour_rgb(run->colour), run->width_mp};
    add_numbers(out, numbers, 4);
    add_string(out, name_of(run->face));
    add_string(out, run->text);
    if (run->reads != NULL) {
        add_string(out, *run->reads);
    }
    add_number(out, run->count);
    buffer_append(out, run->glyphs, run->count * sizeof *run->glyphs);
}

static void add_rule(struct buffer *out, const struct mark_rule *rule) {
    const int32_t numbers[] = {rule->dx_mp, rule->dy_mp, rule->thickness_mp, (int32_t)rule->style,
                               colour_rgb(rule->colour)};
    add_numbers(out, numbers, 5);
}

static void add_fill(struct buffer *out, const struct mark_fill *fill) {
    const int32_t numbers[] = {fill->width_mp, fill->height_mp, colour_rgb(fill->colour)};
    add_numbers(out, numbers, 3);
}

static void add_path(struct buffer *out, const struct mark_path *path) {
    const int32_t numbers[] = {
        path->fill | path->even_odd << 1, path->stroke,  path->thickness_mp,  colour_rgb(path->fill_colour),
        colour_rgb(path->stroke_colour),  path->dash_mp, (int32_t)path->count};
    add_numbers(out, numbers, 7);
    for (uint32_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        const size_t points = step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
        add_number(out, step->verb);
        add_numbers(out, step->x_mp, points);
        add_numbers(out, step->y_mp, points);
    }
}

static void add_image(struct buffer *out, const struct mark_image *image) {
    add_number(out, image->width_mp);
    add_number(out, image->height_mp);
    buffer_append(out, &image->image->hash, sizeof image->image->hash);
}

static void add_link(struct buffer *out, const struct mark_link *link) {
    add_number(out, link->width_mp);
    add_number(out, link->height_mp);
    add_string(out, link->anchor);
    add_string(out, link->uri);
}

static void add_anchor(struct buffer *out, const struct mark_anchor *anchor) {
    add_string(out, anchor->name);
    add_string(out, anchor->title);
    add_number(out, anchor->level | (int64_t)anchor->order << 8);
}

static void add_field(struct buffer *out, const struct mark_field *field) {
    const int32_t numbers[] = {(int32_t)field->kind, field->size_mp, colour_rgb(field->colour), field->width_mp,
                               (int32_t)field->align};
    add_numbers(out, numbers, 5);
    add_string(out, name_of(field->face));
    add_string(out, field->anchor);
    if (field->digits != NULL) {
        buffer_append(out, field->digits->glyph, sizeof field->digits->glyph);
        add_numbers(out, field->digits->advance_mp, 10);
    }
}

static void add_group(struct buffer *out, const struct mark_group *group) {
    const struct matrix *m = &group->matrix;
    const struct box *clip = group->clip;
    const int32_t matrix[] = {m->a, m->b, m->c, m->d, m->e_mp, m->f_mp, clip != NULL};
    add_numbers(out, matrix, 7);
    if (clip != NULL) {
        add_numbers(out, (const int32_t[]){clip->x_mp, clip->y_mp, clip->width_mp, clip->height_mp}, 4);
    }
}

static void visit_mark(struct sink *sink, const struct mark *mark) {
    struct buffer *out = &((struct identity *)sink)->page;
    const int32_t head[] = {(int32_t)mark->kind, (int32_t)mark->layer, (int32_t)mark->element, mark->x_mp, mark->y_mp};
    add_numbers(out, head, 5);
    switch (mark->kind) {
    case MARK_GLYPHS:
        add_glyphs(out, &mark->glyphs);
        break;
    case MARK_RULE:
        add_rule(out, &mark->rule);
        break;
    case MARK_FILL:
        add_fill(out, &mark->fill);
        break;
    case MARK_PATH:
        add_path(out, &mark->path);
        break;
    case MARK_IMAGE:
        add_image(out, &mark->image);
        break;
    case MARK_LINK:
        add_link(out, &mark->link);
        break;
    case MARK_ANCHOR:
        add_anchor(out, &mark->anchor);
        break;
    case MARK_FIELD:
        add_field(out, &mark->field);
        break;
    case MARK_GROUP:
        add_group(out, &mark->group);
        break;
    }
}

static void leave_group(struct sink *sink, const struct mark *group) {
    (void)group;
    add_number(&((struct identity *)sink)->page, -1); /* no mark begins so */
}

static void visit_page(struct sink *sink, const struct page *page, size_t index) {
    struct buffer *out = &((struct identity *)sink)->page;
    const int32_t numbers[] = {page->width_mp, page->height_mp, page->number, page->rotate};
    add_number(out, (int64_t)index);
    add_numbers(out, numbers, 4);
    add_string(out, page->label);
}

static void leave_page(struct sink *sink, const struct page *page, size_t index) {
    struct identity *identity = (struct identity *)sink;
    (void)page;
    (void)index;
    add_number(&identity->page, -2);
    hash_add(identity->stream, identity->page.bytes, identity->page.count);
    buffer_clear(&identity->page);
}

static void add_elements(struct buffer *out, const struct elements *elements) {
    for (size_t i = 0; elements != NULL && i < elements->count; i++) {
        const struct element *own = &elements->items[i];
        const int32_t numbers[] = {
            own->kind,         own->level, own->scope, (int32_t)own->rows, (int32_t)own->columns, (int32_t)own->parent,
            (int32_t)own->next};
        add_numbers(out, numbers, 7);
        add_string(out, own->says);
    }
}

struct hash document_hash(const struct document *document) {
    struct identity identity = {
        .sink = {visit_page, visit_mark, visit_mark, leave_group, leave_page},
        .stream = hash_begin(),
    };
    const struct str info[] = {document->title, document->author, document->subject, document->keywords};
    for (size_t i = 0; i < 4; i++) {
        add_string(&identity.page, info[i]);
    }
    add_number(&identity.page, document->duplex | document->bookmarks_open << 1 | document->turns_short << 2);
    document_walk(document, &identity.sink);
    add_elements(&identity.page, document->elements);
    hash_add(identity.stream, identity.page.bytes, identity.page.count); /* of a document without pages */
    buffer_release(&identity.page);
    return hash_end(identity.stream);
}
