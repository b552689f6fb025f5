/* fields.c: numbers that are known when all pages are.
 *
 * First the page of every anchor is collected, those in groups too. Then each field becomes a run of digits, whose
 * glyphs and advances it carries, set into the width that was kept free for it. In a line of text what is left of that width goes to
 * the line's ends: its neighbours move up to the number. Nothing else moves. */
#include "page/page.h"

#include "base/hash.h"
#include "base/length.h"

enum { FULLWIDTH_QUESTION_MARK = 0xFF1F };

struct filler {
    struct arena *arena;
    unsigned kinds;
    int32_t pages;         /* the greatest number of a page */
    struct strmap anchors; /* name → number of its page */
    size_t missing;
};

static void collect_anchors(struct filler *filler, const struct marks *marks, int32_t number) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_GROUP) {
            collect_anchors(filler, &mark->group.marks, number);
        }
        if (mark->kind != MARK_ANCHOR) {
            continue;
        }
        bool found;
        uint32_t *value = strmap_put(&filler->anchors, mark->anchor.name, &found);
        if (!found) {
            *value = (uint32_t)number;
        }
    }
}

static int32_t indent(const struct mark_field *field, int32_t width_mp) {
    const int32_t room_mp = field->width_mp - width_mp;
    switch (field->align) {
    case FIELD_LEFT:
        return 0;
    case FIELD_CENTRE:
        return room_mp / 2;
    case FIELD_RIGHT:
        return room_mp;
    }
    return 0;
}

/* The mark becomes a run of these glyphs, which stand from 0 on. */
static void become_run(struct arena *arena, struct mark *mark, struct str text, struct glyph *glyphs, uint16_t count,
                       int32_t width_mp) {
    struct mark_field field = mark->field;
    mark->kind = MARK_GLYPHS;
    mark->x_mp += indent(&field, width_mp);
    mark->glyphs = (struct mark_glyphs){
        .face = field.face,
        .size_mp = field.size_mp,
        .stretch = 1000,
        .count = count,
        .colour = field.colour,
        .text = text,
        .glyphs = glyphs,
        .width_mp = width_mp,
    };
    if (field.gap_mp > 0) {
        uint16_t *last = ARENA_NEW(arena, uint16_t);
        *last = (uint16_t)(count - 1);
        mark->glyphs.gaps = last;
        mark->glyphs.gap_count = 1;
        mark->glyphs.gap_mp = field.gap_mp;
    }
}

static void print_number(struct arena *arena, struct mark *mark, int32_t number) {
    struct str text = str_int(arena, number);
    struct glyph *glyphs = ARENA_ARRAY(arena, struct glyph, text.n);
    int32_t x_mp = 0;
    for (size_t i = 0; i < text.n; i++) {
        const unsigned digit = (unsigned)(text.p[i] - '0');
        glyphs[i] = (struct glyph){.id = mark->field.digits->glyph[digit], .cluster = (uint16_t)i, .x_mp = x_mp};
        x_mp += mark->field.digits->advance_mp[digit];
    }
    become_run(arena, mark, text, glyphs, (uint16_t)text.n, x_mp);
}

static void print_missing(struct filler *filler, struct mark *mark) {
    const struct face *face = mark->field.face;
    struct glyph *glyph = ARENA_NEW(filler->arena, struct glyph);
    glyph->id = face != NULL ? face_glyph(face, FULLWIDTH_QUESTION_MARK, 0) : 0;
    const int32_t width_mp =
        face != NULL ? mp_scale(face_advance(face, glyph->id), mark->field.size_mp, 1000) : mark->field.size_mp;
    become_run(filler->arena, mark, STR("？"), glyph, 1, width_mp);
    filler->missing++;
}

static bool same_line(const struct mark *a, const struct mark *field, int32_t size_mp) {
    const int32_t apart_mp = a->y_mp > field->y_mp ? a->y_mp - field->y_mp : field->y_mp - a->y_mp;
    return a->element == field->element && a->element != 0 && apart_mp < size_mp / 2;
}

/* Field `at` has been filled: its line closes up. What stood before it goes right, what stood behind it left, by what is left of the
 * place on that side. */
static void close_up(struct marks *marks, size_t at, const struct mark_field *field) {
    const struct mark *own = &marks->items[at];
    const int32_t room_mp = field->width_mp - own->glyphs.width_mp, before_mp = indent(field, own->glyphs.width_mp);
    for (size_t i = at; i-- > 0 && same_line(&marks->items[i], own, field->size_mp);) {
        marks->items[i].x_mp += before_mp;
    }
    for (size_t i = at + 1; i < marks->count && same_line(&marks->items[i], own, field->size_mp); i++) {
        marks->items[i].x_mp -= room_mp - before_mp;
    }
}

static void fill_field(struct filler *filler, struct mark *mark, const struct page *page) {
    int32_t number = 0;
    switch (mark->field.kind) {
    case FIELD_NONE:
    case FIELD_CODE:
        return;
    case FIELD_PAGE:
        number = page->number;
        break;
    case FIELD_PAGES:
        number = filler->pages;
        break;
    case FIELD_PAGE_OF_ANCHOR: {
        const uint32_t *found = strmap_get(&filler->anchors, mark->field.anchor);
        if (found == NULL) {
            print_missing(filler, mark);
            return;
        }
        number = (int32_t)*found;
        break;
    }
    }
    if (number > 0) {
        print_number(filler->arena, mark, number);
    } else {
        mark->field.kind = FIELD_NONE;
    }
}

static void fill_marks(struct filler *filler, struct marks *marks, const struct page *page) {
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_GROUP) {
            fill_marks(filler, &mark->group.marks, page);
        } else if (mark->kind == MARK_FIELD && (filler->kinds & 1u << mark->field.kind) != 0) {
            const struct mark_field field = mark->field;
            fill_field(filler, mark, page);
            if (field.in_line && mark->kind == MARK_GLYPHS) {
                close_up(marks, i, &field);
            }
        }
    }
}

size_t document_fill_fields(struct document *document, unsigned kinds) {
    struct filler filler = {.arena = document->arena, .kinds = kinds};
    strmap_init(&filler.anchors, document->arena);
    for (size_t i = 0; i < document->count; i++) {
        const struct page *page = document->pages[i];
        if (page->number > filler.pages) {
            filler.pages = page->number;
        }
        if (kinds & 1u << FIELD_PAGE_OF_ANCHOR) {
            collect_anchors(&filler, &page->marks, page->number);
        }
    }
    for (size_t i = 0; i < document->count; i++) {
        fill_marks(&filler, &document->pages[i]->marks, document->pages[i]);
    }
    return filler.missing;
}
