/* assemble.c: the glyphs of a document's font, their order, and the head before their outlines.
 *
 *     CFF         the glyphs used, ascending; the charset keeps the face's CIDs
 *     TrueType    .notdef │ composite glyphs, which name others by indices of this document │ all others, ascending
 *                 head: up to here                                                        │ coded once a run */
#include "font/face.h"

#include <string.h>

#include "base/bytes.h"

enum { MOST_DEPTH = 8, MOST_COMPONENTS = 1000 };

static size_t count_glyphs(const struct glyph_set *set) {
    size_t count = 0;
    for (int32_t glyph = -1; glyph_set_next(set, &glyph);) {
        count++;
    }
    return count;
}

/* --- CFF */

static bool assemble_cff(const struct face *face, const struct glyph_set *set, struct arena *arena,
                         struct assembly *out) {
    size_t *sizes = ARENA_ARRAY(arena, size_t, out->coded_count), i = 0;
    for (int32_t glyph = -1; glyph_set_next(set, &glyph); i++) {
        const struct outline *outline = face_outline(face, (uint16_t)glyph);
        if (outline == NULL) {
            return false;
        }
        out->coded[i] = (uint16_t)glyph;
        out->size += sizes[i] = outline->bytes.n;
    }
    cff_write_head(&face->cff, out->coded, sizes, out->coded_count, &out->head);
    out->size += out->head.count;
    return true;
}

/* --- TrueType */

/* Adds the components of a glyph, and theirs. False: one can't be had, or there is no end. */
static bool add_components(const struct face *face, uint16_t glyph, struct glyph_set *set, int depth, int *left) {
    const struct outline *outline = face_outline(face, glyph);
    if (outline == NULL || depth > MOST_DEPTH) {
        return false;
    }
    glyph_set_add(set, glyph);
    size_t at = 0, place;
    while (outline->composite && glyf_next_component(outline->bytes, &at, &place)) {
        if (--*left < 0 || !add_components(face, (uint16_t)bytes_u16(outline->bytes, place), set, depth + 1, left)) {
            return false;
        }
    }
    return true;
}

static bool close_set(const struct face *face, const struct glyph_set *used, struct glyph_set *set) {
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);) {
        int left = MOST_COMPONENTS;
        if (!add_components(face, (uint16_t)glyph, set, 0, &left)) {
            return false;
        }
    }
    return true;
}

/* The order of a font's glyphs. */
struct order {
    struct glyf_item *items;
    size_t count, stored;
    uint16_t *place_of; /* by glyph of the face */
};

static void order_add(struct order *order, uint16_t glyph, const struct outline *outline) {
    order->place_of[glyph] = (uint16_t)order->count;
    order->items[order->count++] = (struct glyf_item){glyph, outline->bytes, {outline->halves[0], outline->halves[1]}};
}

static void order_make(const struct face *face, const struct glyph_set *set, struct order *order) {
    order_add(order, 0, face_outline(face, 0));
    for (int composite = 1; composite >= 0; composite--) {
        for (int32_t glyph = 0; glyph_set_next(set, &glyph);) {
            const struct outline *outline = face_outline(face, (uint16_t)glyph);
            if (outline->composite == composite) {
                order_add(order, (uint16_t)glyph, outline);
            }
        }
        if (composite) {
            order->stored = order->count;
        }
    }
}

/* The outline of a composite, with indices of the document's font. */
static void renumber(struct arena *arena, const struct order *order, struct glyf_item *item) {
    char *bytes = arena_copy(arena, item->outline.p, item->outline.n);
    const struct str old = item->outline;
    memset(item->halves, 0, sizeof item->halves);
    for (size_t at = 0, place; glyf_next_component(old, &at, &place);) {
        bytes_store(bytes + place, order->place_of[bytes_u16(old, place)], 2);
    }
    item->outline.p = bytes;
    for (size_t i = 0; i < old.n; i += 2) {
        item->halves[i / 2 % 2] += bytes_u16(item->outline, i);
    }
}

static bool assemble_glyf(const struct face *face, const struct glyph_set *used, struct arena *arena,
                          struct assembly *out) {
    struct glyph_set set = {0};
    if (!close_set(face, used, &set) || face_outline(face, 0) == NULL) {
        return false;
    }
    glyph_set_add(&set, 0);
    size_t count = count_glyphs(&set);
    struct order order = {.items = ARENA_ARRAY(arena, struct glyf_item, count),
                          .place_of = ARENA_ARRAY(arena, uint16_t, face->glyf.glyph_count)};
    order_make(face, &set, &order);
    for (size_t i = 0; i < order.stored; i++) {
        if (face_outline(face, order.items[i].glyph)->composite) {
            renumber(arena, &order, &order.items[i]);
        }
    }
    out->coded = ARENA_ARRAY(arena, uint16_t, count);
    for (size_t i = order.stored; i < count; i++) {
        out->coded[out->coded_count++] = order.items[i].glyph;
        out->size += order.items[i].outline.n;
    }
    glyf_write_head(&face->glyf, order.items, count, order.stored, &out->head, &out->zeros);
    out->size += out->head.count + out->zeros;
    out->place_of = order.place_of;
    return true;
}

/* --- both */

bool assembly_make(const struct face *face, const struct glyph_set *used, struct arena *arena, struct assembly *out) {
    *out = (struct assembly){0};
    if (!face->joinable) {
        return false;
    }
    if (!face->is_cff) {
        return assemble_glyf(face, used, arena, out);
    }
    struct glyph_set set = *used;
    glyph_set_add(&set, 0);
    out->coded_count = count_glyphs(&set);
    out->coded = ARENA_ARRAY(arena, uint16_t, out->coded_count);
    return assemble_cff(face, &set, arena, out);
}

bool assembly_has_all(const struct face *face, const struct glyph_set *used) {
    struct glyph_set set = {0};
    return close_set(face, used, &set);
}

void assembly_release(struct assembly *assembly) {
    buffer_release(&assembly->head);
}
