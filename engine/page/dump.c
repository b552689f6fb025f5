/* dump.c: the display list as text, one line a mark; sinks.h shows the form. */
#include "page/sinks.h"

#include "base/length.h"
#include "base/utf8.h"
#include "image/image.h"

struct dump {
    struct sink sink;
    struct buffer *out;
    unsigned depth; /* of groups; marks of a page stand at 1 */
};

/* A wider gap between two glyphs was put there; a narrower one is rounding. */
enum { GAP_LIMIT_MP = 20 };

/* 1/1000 pt as pt with two decimals. */
static void add_pt(struct buffer *out, int32_t mp) {
    const int32_t hundredths = mp_scale(mp, 1, 10);
    const uint32_t size = hundredths < 0 ? 0u - (uint32_t)hundredths : (uint32_t)hundredths;
    if (hundredths < 0) {
        buffer_byte(out, '-');
    }
    buffer_int(out, size / 100);
    buffer_byte(out, '.');
    buffer_byte(out, (char)('0' + size / 10 % 10));
    buffer_byte(out, (char)('0' + size % 10));
}

static void add_signed_pt(struct buffer *out, int32_t mp) {
    if (mp_scale(mp, 1, 10) >= 0) {
        buffer_byte(out, '+');
    }
    add_pt(out, mp);
}

static void add_pair(struct buffer *out, int32_t a_mp, char between, int32_t b_mp) {
    add_pt(out, a_mp);
    buffer_byte(out, between);
    add_pt(out, b_mp);
}

/* A number in 1/65536, with at most three decimals. */
static void add_factor(struct buffer *out, int32_t factor) {
    buffer_milli(out, mp_scale(factor, 1000, MATRIX_ONE));
}

static void add_colour(struct buffer *out, struct colour colour) {
    buffer_printf(out, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

static void add_colour_unless_black(struct buffer *out, struct colour colour) {
    if (colour.red == 0 && colour.green == 0 && colour.blue == 0) {
        return;
    }
    buffer_byte(out, ' ');
    add_colour(out, colour);
}

static void add_escaped(struct buffer *out, struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buffer_byte(out, '\\');
        }
        if (str_starts(str_slice(s, i, s.n), STR(SOFT_HYPHEN))) {
            buffer_add(out, STR("\\-"));
            i++;
            continue;
        }
        if (c < ' ' || c == 0x7F) {
            buffer_printf(out, "\\x%02x", c);
        } else {
            buffer_byte(out, (char)c);
        }
    }
}

static void add_quoted(struct buffer *out, struct str s) {
    buffer_byte(out, '"');
    add_escaped(out, s);
    buffer_byte(out, '"');
}

static void begin_line(struct dump *dump, const struct mark *mark, const char *name) {
    for (unsigned i = 0; i < dump->depth; i++) {
        buffer_add(dump->out, STR("  "));
    }
    if (mark->layer == LAYER_PREPRINTED) {
        buffer_byte(dump->out, '~');
    }
    buffer_add(dump->out, str_from(name));
    buffer_byte(dump->out, ' ');
    add_pair(dump->out, mark->x_mp, ',', mark->y_mp);
}

/* The space added before glyph i + 1, beyond the advance of glyph i. */
static int32_t gap_mp(const struct mark_glyphs *run, uint16_t i) {
    const int32_t natural_mp =
        mp_scale(face_advance(run->face, run->glyphs[i].id), (int64_t)run->size_mp * run->stretch, 1000 * 1000);
    return run->glyphs[i + 1].x_mp - run->glyphs[i].x_mp - natural_mp;
}

/* The run's text with a bar at each gap. */
static void add_run_text(struct buffer *out, const struct mark_glyphs *run) {
    size_t told = 0;
    buffer_byte(out, '"');
    for (uint16_t i = 0; run->face != NULL && i + 1 < run->count; i++) {
        const int32_t gap = gap_mp(run, i);
        const size_t cluster = run->glyphs[i + 1].cluster;
        if ((gap <= GAP_LIMIT_MP && gap >= -GAP_LIMIT_MP) || cluster < told) {
            continue;
        }
        add_escaped(out, str_slice(run->text, told, cluster));
        buffer_add(out, gap > 0 ? STR("|") : STR("¦"));
        told = cluster;
    }
    add_escaped(out, str_slice(run->text, told, run->text.n));
    buffer_byte(out, '"');
}

static void dump_glyphs(struct buffer *out, const struct mark_glyphs *run) {
    buffer_byte(out, ' ');
    buffer_add(out, run->face != NULL ? face_name(run->face) : STR("-"));
    buffer_byte(out, ' ');
    add_pt(out, run->size_mp);
    buffer_byte(out, ' ');
    add_run_text(out, run);
    buffer_add(out, STR(" w="));
    add_pt(out, run->width_mp);
    if (run->stretch != 1000) {
        buffer_printf(out, " stretch=%u", (unsigned)run->stretch);
    }
    if (run->reads != NULL) {
        buffer_add(out, STR(" reads="));
        add_quoted(out, *run->reads);
    }
    add_colour_unless_black(out, run->colour);
}

static void dump_rule(struct buffer *out, const struct mark_rule *rule) {
    static const char *const styles[] = {
        [LINE_SOLID] = "", [LINE_DASHED] = " dashed", [LINE_DOTTED] = " dotted", [LINE_DOUBLE] = " double"};
    buffer_byte(out, ' ');
    add_signed_pt(out, rule->dx_mp);
    buffer_byte(out, ',');
    add_signed_pt(out, rule->dy_mp);
    buffer_byte(out, ' ');
    add_pt(out, rule->thickness_mp);
    buffer_add(out, str_from(styles[rule->style]));
    add_colour_unless_black(out, rule->colour);
}

static void dump_size(struct buffer *out, int32_t width_mp, int32_t height_mp) {
    buffer_byte(out, ' ');
    add_pair(out, width_mp, 'x', height_mp);
}

static void dump_fill(struct buffer *out, const struct mark_fill *fill) {
    dump_size(out, fill->width_mp, fill->height_mp);
    buffer_byte(out, ' ');
    add_colour(out, fill->colour);
}

static void add_step(struct buffer *out, const struct path_step *step) {
    static const struct {
        char letter;
        unsigned points;
    } verbs[] = {[PATH_MOVE] = {'M', 1}, [PATH_LINE] = {'L', 1}, [PATH_CURVE] = {'C', 3}, [PATH_CLOSE] = {'Z', 0}};
    buffer_byte(out, ' ');
    buffer_byte(out, verbs[step->verb].letter);
    for (unsigned i = 0; i < verbs[step->verb].points; i++) {
        if (i > 0) {
            buffer_byte(out, ' ');
        }
        add_pair(out, step->x_mp[i], ',', step->y_mp[i]);
    }
}

static void dump_path(struct buffer *out, const struct mark_path *path) {
    if (path->stroke) {
        buffer_add(out, STR(" stroke="));
        add_pt(out, path->thickness_mp);
        add_colour_unless_black(out, path->stroke_colour);
    }
    if (path->dash_mp != 0) {
        buffer_add(out, STR(" dash="));
        add_pt(out, path->dash_mp);
    }
    if (path->fill) {
        buffer_add(out, STR(" fill="));
        add_colour(out, path->fill_colour);
        buffer_add(out, path->even_odd ? STR(" even-odd") : STR_NONE);
    }
    for (uint32_t i = 0; i < path->count; i++) {
        add_step(out, &path->steps[i]);
    }
}

static void dump_image(struct buffer *out, const struct mark_image *mark) {
    const struct image *image = mark->image;
    dump_size(out, mark->width_mp, mark->height_mp);
    buffer_printf(out, " %s %dx%d", image->format == IMAGE_JPEG ? "jpeg" : "raw", (int)image->width_px,
                  (int)image->height_px);
}

static void dump_link(struct buffer *out, const struct mark_link *link) {
    dump_size(out, link->width_mp, link->height_mp);
    buffer_byte(out, ' ');
    if (link->anchor.n > 0) {
        buffer_byte(out, '#');
    }
    add_escaped(out, link->anchor.n > 0 ? link->anchor : link->uri);
}

static void dump_anchor(struct buffer *out, const struct mark_anchor *anchor) {
    buffer_byte(out, ' ');
    add_quoted(out, anchor->name);
    if (anchor->level == 0) {
        return;
    }
    buffer_printf(out, " level=%u ", (unsigned)anchor->level);
    add_quoted(out, anchor->title);
    if (anchor->order != 0) {
        buffer_printf(out, " order=%u", (unsigned)anchor->order);
    }
}

static void dump_field(struct buffer *out, const struct mark_field *field) {
    static const char *const kinds[] = {[FIELD_NONE] = "none",
                                        [FIELD_PAGE] = "page",
                                        [FIELD_PAGES] = "pages",
                                        [FIELD_PAGE_OF_ANCHOR] = "page-of-anchor",
                                        [FIELD_CODE] = "code"};
    buffer_byte(out, ' ');
    buffer_add(out, str_from(kinds[field->kind]));
    if (field->kind == FIELD_PAGE_OF_ANCHOR) {
        buffer_byte(out, ' ');
        add_quoted(out, field->anchor);
    }
    buffer_add(out, STR(" w="));
    add_pt(out, field->width_mp);
}

static void dump_group(struct buffer *out, const struct mark_group *group) {
    const int32_t factors[] = {group->matrix.a, group->matrix.b, group->matrix.c, group->matrix.d};
    buffer_add(out, STR(" matrix="));
    for (size_t i = 0; i < 4; i++) {
        if (i > 0) {
            buffer_byte(out, ',');
        }
        add_factor(out, factors[i]);
    }
    if (group->matrix.e_mp != 0 || group->matrix.f_mp != 0) {
        buffer_byte(out, ',');
        add_pair(out, group->matrix.e_mp, ',', group->matrix.f_mp);
    }
    if (group->says != NULL) {
        buffer_add(out, STR(" says "));
        add_quoted(out, *group->says);
    }
    if (group->clip == NULL) {
        return;
    }
    buffer_add(out, STR(" clip="));
    add_pair(out, group->clip->x_mp, ',', group->clip->y_mp);
    buffer_byte(out, ',');
    add_pair(out, group->clip->width_mp, ',', group->clip->height_mp);
}

static void visit_mark(struct sink *sink, const struct mark *mark) {
    static const char *const names[] = {
        [MARK_GLYPHS] = "glyphs", [MARK_RULE] = "rule",   [MARK_FILL] = "fill",
        [MARK_PATH] = "path",     [MARK_IMAGE] = "image", [MARK_LINK] = "link",
        [MARK_ANCHOR] = "anchor", [MARK_FIELD] = "field", [MARK_GROUP] = "group",
    };
    struct dump *dump = (struct dump *)sink;
    struct buffer *out = dump->out;
    if (mark->kind == MARK_FIELD && mark->field.kind == FIELD_NONE) {
        return;
    }
    begin_line(dump, mark, names[mark->kind]);
    switch (mark->kind) {
    case MARK_GLYPHS:
        dump_glyphs(out, &mark->glyphs);
        break;
    case MARK_RULE:
        dump_rule(out, &mark->rule);
        break;
    case MARK_FILL:
        dump_fill(out, &mark->fill);
        break;
    case MARK_PATH:
        dump_path(out, &mark->path);
        break;
    case MARK_IMAGE:
        dump_image(out, &mark->image);
        break;
    case MARK_LINK:
        dump_link(out, &mark->link);
        break;
    case MARK_ANCHOR:
        dump_anchor(out, &mark->anchor);
        break;
    case MARK_FIELD:
        dump_field(out, &mark->field);
        break;
    case MARK_GROUP:
        dump_group(out, &mark->group);
        break;
    }
    buffer_byte(out, '\n');
}

static void visit_group(struct sink *sink, const struct mark *group) {
    struct dump *dump = (struct dump *)sink;
    visit_mark(sink, group);
    dump->depth++;
}

static void leave_group(struct sink *sink, const struct mark *group) {
    struct dump *dump = (struct dump *)sink;
    (void)group;
    dump->depth--;
}

static void visit_page(struct sink *sink, const struct page *page, size_t index) {
    struct buffer *out = ((struct dump *)sink)->out;
    buffer_printf(out, "page %zu ", index + 1);
    add_pair(out, page->width_mp, 'x', page->height_mp);
    if (page->number != (int32_t)(index + 1)) {
        buffer_printf(out, " number=%d", (int)page->number);
    }
    if (page->label.n > 0) {
        buffer_add(out, STR(" label="));
        add_quoted(out, page->label);
    }
    if (page->rotate != 0) {
        buffer_printf(out, " rotate=%d", (int)page->rotate);
    }
    if (page->closing) {
        buffer_add(out, STR(" closing"));
    }
    buffer_byte(out, '\n');
}

void document_dump(const struct document *document, struct buffer *out) {
    struct dump dump = {
        .sink = {.page_begin = visit_page, .mark = visit_mark, .group_begin = visit_group, .group_end = leave_group},
        .out = out,
        .depth = 1,
    };
    document_walk(document, &dump.sink);
}
