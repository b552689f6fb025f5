/* assemble.c: the glyphs of a document's font, their order, and the head before their outlines.
 *
 *     CFF         the glyphs used, ascending; the charset keeps the face's CIDs, but for copies
 *     TrueType    .notdef │ composite glyphs, which name others by indices of this document │ all others, ascending
 *                 head: up to here                                                        │ coded once a run
 *
 * 1. A copy of a glyph stands behind it, so that its outline is coded as a repetition. */
#include "font/face.h"

#include <assert.h>

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

static struct glyph_set with_copied(const struct glyph_set *used, const struct glyph_copies *copies) {
    struct glyph_set set = *used;
    glyph_set_add(&set, 0);
    for (size_t i = 0; i < copies->count; i++) {
        glyph_set_add(&set, copies->items[i].glyph);
    }
    return set;
}

/* --- CFF */

static bool add_cff_item(const struct face *face, struct assembly *out, struct cff_item *items, uint16_t glyph,
                         uint16_t cid, uint32_t wider) {
    struct outline *outline = face_outline_wider(face, glyph, wider);
    if (outline == NULL) {
        return false;
    }
    assert(wider == 0 || items[out->coded_count - 1].glyph == glyph); /* invariant 1 */
    items[out->coded_count] = (struct cff_item){glyph, cid, outline->bytes.n};
    out->coded[out->coded_count++] = outline;
    out->size += outline->bytes.n;
    return true;
}

static bool assemble_cff(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                         struct arena *arena, struct assembly *out) {
    const struct glyph_set set = with_copied(used, copies);
    const size_t most = count_glyphs(&set) + copies->count;
    struct cff_item *items = ARENA_ARRAY(arena, struct cff_item, most);
    size_t copy = 0;
    out->coded = ARENA_ARRAY(arena, struct outline *, most);
    for (int32_t next = -1; glyph_set_next(&set, &next);) {
        const uint16_t glyph = (uint16_t)next;
        if ((glyph == 0 || glyph_set_has(used, glyph)) &&
            !add_cff_item(face, out, items, glyph, face_cid(face, glyph), 0)) {
            return false;
        }
        for (; copy < copies->count && copies->items[copy].glyph == glyph; copy++) {
            const struct glyph_copy *one = &copies->items[copy];
            if (!add_cff_item(face, out, items, glyph, one->cid, one->wider)) {
                return false;
            }
        }
    }
    cff_write_head(&face->cff, items, out->coded_count, &out->head);
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
    struct outline **outlines; /* of the items */
    size_t count, stored;
    uint16_t *place_of; /* by glyph of the face */
    uint16_t *place_of_cid;
};

/* Gives back its place. */
static uint16_t order_add(const struct face *face, struct order *order, uint16_t glyph, struct outline *outline) {
    const uint32_t wider = (uint32_t)face_units(face, outline->wider);
    order->outlines[order->count] = outline;
    order->items[order->count] =
        (struct glyf_item){glyph, outline->bytes, {outline->halves[0], outline->halves[1]}, wider};
    return (uint16_t)order->count++;
}

/* The glyph and its copies, which are at *at or behind it; false: there is one that can't be had. */
static bool order_add_all(const struct face *face, const struct glyph_copies *copies, size_t *at, struct order *order,
                          uint16_t glyph) {
    const uint16_t place = order_add(face, order, glyph, face_outline(face, glyph));
    order->place_of[glyph] = place;
    for (; *at < copies->count && copies->items[*at].glyph <= glyph; ++*at) {
        const struct glyph_copy *copy = &copies->items[*at];
        if (copy->glyph < glyph) {
            continue;
        }
        struct outline *outline = face_outline_wider(face, glyph, copy->wider);
        if (outline == NULL) {
            return false;
        }
        order->place_of_cid[copy->cid] = copy->wider == 0 ? place : order_add(face, order, glyph, outline);
    }
    return true;
}

static bool order_make(const struct face *face, const struct glyph_set *set, const struct glyph_copies *copies,
                       struct order *order) {
    order_add(face, order, 0, face_outline(face, 0));
    for (int composite = 1; composite >= 0; composite--) {
        size_t copy = 0;
        for (int32_t glyph = 0; glyph_set_next(set, &glyph);) {
            const struct outline *outline = face_outline(face, (uint16_t)glyph);
            if (outline->composite == composite && !order_add_all(face, copies, &copy, order, (uint16_t)glyph)) {
                return false;
            }
        }
        if (composite) {
            order->stored = order->count;
        }
    }
    return true;
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

/* Places by CID: of a glyph used that is its index in the face. */
static void list_cids(const struct glyph_set *used, const struct glyph_copies *copies, const struct order *order,
                      struct arena *arena, struct assembly *out) {
    out->place_of_cid = order->place_of_cid;
    out->cids = ARENA_NEW(arena, struct glyph_set);
    *out->cids = *used;
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);) {
        out->place_of_cid[glyph] = order->place_of[glyph];
    }
    for (size_t i = 0; i < copies->count; i++) {
        glyph_set_add(out->cids, copies->items[i].cid);
    }
}

static bool assemble_glyf(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                          struct arena *arena, struct assembly *out) {
    enum { CIDS = 65536 };
    const struct glyph_set drawn = with_copied(used, copies);
    struct glyph_set set = {0};
    if (!close_set(face, &drawn, &set)) {
        return false;
    }
    const size_t most = count_glyphs(&set) + copies->count;
    struct order order = {.items = ARENA_ARRAY(arena, struct glyf_item, most),
                          .outlines = ARENA_ARRAY(arena, struct outline *, most),
                          .place_of = ARENA_ARRAY(arena, uint16_t, face->glyf.glyph_count),
                          .place_of_cid = ARENA_ARRAY(arena, uint16_t, CIDS)};
    if (!order_make(face, &set, copies, &order)) {
        return false;
    }
    for (size_t i = 0; i < order.stored; i++) {
        if (order.outlines[i]->composite) {
            renumber(arena, &order, &order.items[i]);
        }
    }
    out->coded = order.outlines + order.stored;
    out->coded_count = order.count - order.stored;
    for (size_t i = order.stored; i < order.count; i++) {
        out->size += order.items[i].outline.n;
    }
    glyf_write_head(&face->glyf, order.items, order.count, order.stored, &out->head, &out->zeros);
    out->size += out->head.count + out->zeros;
    list_cids(used, copies, &order, arena, out);
    return true;
}

/* --- both */

bool assembly_make(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                   struct arena *arena, struct assembly *out) {
    *out = (struct assembly){0};
    if (!face->joinable) {
        return false;
    }
    return face->is_cff ? assemble_cff(face, used, copies, arena, out) : assemble_glyf(face, used, copies, arena, out);
}

bool assembly_has_all(const struct face *face, const struct glyph_set *used) {
    struct glyph_set set = {0};
    return close_set(face, used, &set);
}

void assembly_release(struct assembly *assembly) {
    buffer_release(&assembly->head);
}
