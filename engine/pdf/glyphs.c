/* glyphs.c: a glyph run becomes a TJ (ISO 32000-1, 9.4.3).
 *
 *     /F1 12 Tf 0.6 Tc 70.87 756.85 Td [(ab)-120(c)]TJ
 *     font, size │ character spacing │ start of the line │ strings of CIDs, and adjustments in 1/1000 em
 *
 * The pen's place is computed exactly, in millionths of 1/1000 pt: where the next glyph is more than 1/1000 pt from
 * it, an adjustment is written, so a justified line is as exact at its end as at its beginning. Where a PDF reader
 * would copy something else for a glyph than the run's text, the glyph gets an ActualText (14.9.4).
 *
 * A word that a line's end parts has one ActualText over each of its parts (glyphs_read): it is found whole. The hyphen's
 * own glyph is a copy, which stands for U+00AD (14.8.2.2.3), for readers that pass over ActualText.
 *
 * A gap between Chinese and Latin, which nobody typed, would be read as a blank. So the glyph before it is drawn by a
 * copy that is wider by the gap, in eighths of an em; what is left, half an eighth at most, is an adjustment that no
 * reader takes for a blank. A typed space is a glyph.
 *
 * 1. A string is open only within an array.
 * 2. An array is open only while its run is added. */
#include "pdf/internal.h"

#include <assert.h>

enum { MICRO = 1000000, TOLERANCE = MICRO, EIGHTH = 125, WIDEST_GAP = 8 * EIGHTH /* 1/1000 em */ };

/* A run being written. */
struct pen {
    struct content *content;
    const struct mark_glyphs *run;
    struct font *font;
    int32_t *advances; /* of the run's glyphs as drawn, in 1/1000 em */
    uint16_t *copies;  /* by glyph: the number of the copy that draws it, or 0; NULL: none is */
    int64_t scale;     /* of an advance of 1/1000 em, in millionths of 1/1000 pt */
    int64_t spacing;   /* behind each glyph, in the same unit */
    int64_t x;         /* the pen's place from the run's origin, in the same unit */
    int32_t y_mp;
    bool in_array, in_string;
};

static void string_end(struct pen *pen) {
    if (pen->in_string) {
        assert(pen->in_array); /* invariant 1 */
        buffer_byte(pen->content->out, ')');
    }
    pen->in_string = false;
}

static void array_end(struct pen *pen) {
    string_end(pen);
    if (pen->in_array) {
        buffer_add(pen->content->out, STR("]TJ\n"));
    }
    pen->in_array = false;
}

static void array_begin(struct pen *pen) {
    if (!pen->in_array) {
        buffer_byte(pen->content->out, '[');
    }
    pen->in_array = true;
}

/* Begins a line of text: Td counts from the beginning of the line before. */
static void move_to(struct pen *pen, const struct mark *mark, const struct glyph *glyph) {
    struct content *content = pen->content;
    const int32_t x_mp = mark->x_mp + glyph->x_mp, y_mp = content->frame->height_mp - (mark->y_mp + glyph->y_mp);
    array_end(pen);
    put_mp(content->out, x_mp - content->line_x_mp);
    put_mp(content->out, y_mp - content->line_y_mp);
    buffer_add(content->out, STR("Td\n"));
    content->line_x_mp = x_mp;
    content->line_y_mp = y_mp;
    pen->x = (int64_t)glyph->x_mp * MICRO;
    pen->y_mp = glyph->y_mp;
}

/* Moves the pen to the glyph, in hundredths of 1/1000 em. */
static void adjust(struct pen *pen, const struct glyph *glyph) {
    const int64_t off = (int64_t)glyph->x_mp * MICRO - pen->x;
    if (off >= -TOLERANCE && off <= TOLERANCE) {
        return;
    }
    const int64_t half = off < 0 ? -pen->scale / 2 : pen->scale / 2;
    const int64_t hundredths = (off * 100 + half) / pen->scale;
    string_end(pen);
    buffer_milli(pen->content->out, -hundredths * 10);
    pen->x += hundredths * pen->scale / 100;
}

/* Two bytes of a literal string (7.3.4.2): half the size of hexadecimal digits, before and after deflating. */
static void put_code(struct buffer *out, uint16_t code) {
    static const char escaped[256] = {['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};
    const uint8_t bytes[] = {(uint8_t)(code >> 8), (uint8_t)code};
    char *p = buffer_reserve(out, 4), *begin = p;
    for (int i = 0; i < 2; i++) {
        const char letter = escaped[bytes[i]];
        if (letter) {
            *p++ = '\\';
        }
        *p++ = letter ? letter : (char)bytes[i];
    }
    out->count += (size_t)(p - begin);
}

static struct drawn drawn_by(const struct pen *pen, size_t i) {
    return (struct drawn){pen->run->glyphs[i].id, pen->copies != NULL ? pen->copies[i] : 0};
}

static void show(struct pen *pen, const struct mark *mark, size_t i) {
    const struct glyph *glyph = &pen->run->glyphs[i];
    if (glyph->y_mp != pen->y_mp) {
        move_to(pen, mark, glyph);
    }
    array_begin(pen);
    adjust(pen, glyph);
    if (!pen->in_string) {
        buffer_byte(pen->content->out, '(');
    }
    pen->in_string = true;
    put_code(pen->content->out, font_cid(pen->font, drawn_by(pen, i)));
    pen->x += pen->advances[i] * pen->scale + pen->spacing;
}

/* The glyphs from `from` up to `to` are one cluster and together show `text`. */
static void show_cluster(struct pen *pen, const struct mark *mark, size_t from, size_t to, struct str text) {
    struct content *content = pen->content;
    bool single = to - from == 1;
    if (single && font_knows(pen->font, drawn_by(pen, from), text)) {
        show(pen, mark, from);
        return;
    }
    const bool known = single && font_use(content->fonts, content->file, pen->font, drawn_by(pen, from), text);
    for (size_t i = from; !known && i < to; i++) {
        font_draw(content->fonts, pen->font, drawn_by(pen, i));
    }
    const bool plain = known || pen->run->reads != NULL; /* which is told once, for the run */
    if (!plain) {
        array_end(pen);
        buffer_add(content->out, STR("/Span<</ActualText"));
        put_unicode(content->out, text);
        buffer_add(content->out, STR(">>BDC\n"));
    }
    for (size_t i = from; i < to; i++) {
        show(pen, mark, i);
    }
    if (!plain) {
        array_end(pen);
        buffer_add(content->out, STR("EMC\n"));
    }
}

static void set_font(struct content *content, const struct mark_glyphs *run, const struct font *font) {
    struct graphics *graphics = &content->frame->graphics;
    if (graphics->font != font || graphics->size_mp != run->size_mp) {
        buffer_add(content->out, STR("/F"));
        buffer_int(content->out, font->number);
        buffer_byte(content->out, ' ');
        put_mp(content->out, run->size_mp);
        buffer_add(content->out, STR("Tf\n"));
        graphics->font = font;
        graphics->size_mp = run->size_mp;
    }
    if (graphics->stretch != run->stretch) {
        put_mp(content->out, run->stretch * 100);
        buffer_add(content->out, STR("Tz\n"));
        graphics->stretch = run->stretch;
    }
}

/* --- character spacing */

/* The space between glyph i and the next, beyond the advance. */
static int64_t gap_behind(const struct pen *pen, size_t i) {
    const struct glyph *glyph = &pen->run->glyphs[i];
    return ((int64_t)glyph[1].x_mp - glyph->x_mp) * MICRO - pen->advances[i] * pen->scale;
}

static bool alike(int64_t a, int64_t b) {
    return a - b <= TOLERANCE && b - a <= TOLERANCE;
}

/* The gap that more than half of all are like, if any, by majority vote: of two that aren't alike both are dropped
 * (Boyer and Moore). *unanimous: none was dropped, and *sum is the sum of all. */
static int64_t leading_gap(const struct pen *pen, size_t gaps, bool *unanimous, int64_t *sum) {
    int64_t leader = 0;
    size_t votes = 0;
    *unanimous = true;
    *sum = 0;
    for (size_t i = 0; i < gaps; i++) {
        const int64_t gap = gap_behind(pen, i);
        *sum += gap;
        if (votes == 0) {
            leader = gap;
        }
        if (alike(gap, leader)) {
            votes++;
        } else {
            votes--;
            *unanimous = false;
        }
    }
    return leader;
}

/* The mean of the gaps that are alike and more than half of all; 0: no such majority. */
static int64_t common_gap(const struct pen *pen) {
    bool unanimous;
    int64_t sum;
    size_t gaps = (size_t)pen->run->count - 1, count = 0;
    const int64_t leader = leading_gap(pen, gaps, &unanimous, &sum);
    if (gaps == 0 || unanimous) {
        return gaps == 0 ? 0 : sum / (int64_t)gaps;
    }
    sum = 0;
    for (size_t i = 0; i < gaps; i++) {
        const int64_t gap = gap_behind(pen, i);
        if (!alike(gap, leader)) {
            continue;
        }
        sum += gap;
        count++;
    }
    return 2 * count > gaps ? sum / (int64_t)count : 0;
}

static void set_spacing(struct pen *pen) {
    enum { UNIT = MICRO / 100, DECIMALS = 5 };
    struct graphics *graphics = &pen->content->frame->graphics;
    const int64_t gap = common_gap(pen), spacing = alike(gap, 0) ? 0 : gap * 1000 / pen->run->stretch / UNIT;
    pen->spacing = spacing * UNIT / 1000 * pen->run->stretch;
    if (graphics->spacing == spacing) {
        return;
    }
    graphics->spacing = spacing;
    put_decimal(pen->content->out, spacing, DECIMALS);
    buffer_add(pen->content->out, STR("Tc\n"));
}

/* --- gaps */

/* The space behind the glyph before a gap, beyond its advance; 0: none that a reader would take for a blank. */
static int64_t gap_at(const struct pen *pen, size_t i) {
    const struct mark_glyphs *run = pen->run;
    if (i + 1 == run->count) {
        return (int64_t)run->gap_mp * MICRO;
    }
    return run->glyphs[i + 1].y_mp == run->glyphs[i].y_mp ? gap_behind(pen, i) : 0;
}

/* Glyphs before gaps are drawn by copies. */
static void widen(struct pen *pen) {
    const struct mark_glyphs *run = pen->run;
    const int64_t eighth = pen->scale * EIGHTH;
    if (run->gap_count == 0) {
        return;
    }
    pen->copies = ARENA_ARRAY(pen->content->file->arena, uint16_t, run->count);
    for (size_t k = 0; k < run->gap_count; k++) {
        const size_t i = run->gaps[k];
        const int64_t eighths = (gap_at(pen, i) + eighth / 2) / eighth;
        if (eighths <= 0 || eighths * EIGHTH > WIDEST_GAP) {
            continue;
        }
        pen->copies[i] = font_copy(pen->content->fonts, pen->font, run->glyphs[i].id, (uint32_t)eighths * EIGHTH);
        pen->advances[i] += pen->copies[i] != 0 ? (int32_t)eighths * EIGHTH : 0;
    }
}

/* The hyphen of a parted word, the last glyph, is drawn by a copy that nobody sees to be wider. */
static void soften(struct pen *pen) {
    enum { UNSEEN = 1 /* of 1/1000 em */ };
    const struct mark_glyphs *run = pen->run;
    const size_t last = (size_t)run->count - 1;
    if (run->reads == NULL || !str_ends(run->text, STR(SOFT_HYPHEN))) {
        return;
    }
    if (pen->copies == NULL) {
        pen->copies = ARENA_ARRAY(pen->content->file->arena, uint16_t, run->count);
    }
    pen->copies[last] = font_copy(pen->content->fonts, pen->font, run->glyphs[last].id, UNSEEN);
    pen->advances[last] += pen->copies[last] != 0 ? UNSEEN : 0;
}

static void begin_reading(struct pen *pen) {
    struct content *content = pen->content;
    if (pen->run->reads != NULL) {
        buffer_add(content->out, STR("/Span<</ActualText"));
        put_unicode(content->out, *pen->run->reads);
        buffer_add(content->out, STR(">>BDC\n"));
    }
}

static int32_t *list_advances(const struct content *content, const struct mark_glyphs *run) {
    int32_t *advances = ARENA_ARRAY(content->file->arena, int32_t, run->count);
    for (size_t i = 0; i < run->count; i++) {
        advances[i] = face_advance(run->face, run->glyphs[i].id);
    }
    return advances;
}

/* The end of a cluster's text; `next` is the glyph behind it. In a right-to-left word glyphs are in visual order,
 * and text that follows the cluster is drawn before it. */
static size_t cluster_end(const struct mark_glyphs *run, size_t next, size_t cluster) {
    if (next < run->count && run->glyphs[next].cluster > cluster) {
        return run->glyphs[next].cluster;
    }
    size_t end = run->text.n;
    for (size_t i = 0; i < run->count; i++) {
        if (run->glyphs[i].cluster > cluster && run->glyphs[i].cluster < end) {
            end = run->glyphs[i].cluster;
        }
    }
    return end;
}

void content_add_glyphs(struct content *content, const struct mark *mark) {
    const struct mark_glyphs *run = &mark->glyphs;
    if (run->count == 0 || run->size_mp <= 0 || run->stretch == 0) {
        return;
    }
    struct pen pen = {.content = content, .run = run, .font = font_of(content->fonts, content->file, run->face)};
    pen.advances = list_advances(content, run);
    pen.scale = (int64_t)run->size_mp * run->stretch;
    widen(&pen);
    soften(&pen);
    content_begin(content, CONSTRUCT_TEXT);
    content_set_fill(content, run->colour);
    set_font(content, run, pen.font);
    set_spacing(&pen);
    begin_reading(&pen);
    move_to(&pen, mark, &run->glyphs[0]);
    for (size_t from = 0, to; from < run->count; from = to) {
        const size_t cluster = run->glyphs[from].cluster;
        for (to = from + 1; to < run->count && run->glyphs[to].cluster == cluster;) {
            to++;
        }
        show_cluster(&pen, mark, from, to, str_slice(run->text, cluster, cluster_end(run, to, cluster)));
    }
    array_end(&pen); /* invariant 2 */
    if (run->reads != NULL) {
        buffer_add(content->out, STR("EMC\n"));
    }
}
