/* subset.c: the smallest font that draws a document's glyphs.
 *
 *     whole face ──outline face──► cut to what a run prints, flattened, prepared ──► a document's font
 *                       └──────────── no cut, or glyphs outside it ────────────────────┘
 *
 * Numbered from the whole face, a cut keeps the order of glyphs, so both ways give the same bytes. A document whose
 * glyphs aren't all in the cut takes the lower way; when that has happened often enough to pay for it, the cut is made
 * anew. */
#include "font/face.h"

#include <hb-subset.h>
#include <string.h>

#include "font/cff.h"

enum { GLYPHS = 65536, WORDS = GLYPHS / 64, MISSES_WORTH_A_CUT = 12 };

struct cut {
    bool wanted;             /* face_prepare was called */
    struct glyph_set glyphs; /* that the cut has or shall have, in numbers of the whole face */
    hb_face_t *prepared;     /* NULL: not made yet */
    struct glyph_set made;   /* that `prepared` has */
    uint16_t *place;         /* number in the cut of each glyph of the whole face */
    uint16_t *origin;        /* and the other way round */
    hb_codepoint_t *list;    /* room for a set's glyphs */
    int misses;              /* documents since the cut was made that went past it */
};

struct cut *cut_create_in(struct arena *arena) {
    struct cut *cut = ARENA_NEW(arena, struct cut);
    cut->place = ARENA_ARRAY(arena, uint16_t, GLYPHS);
    cut->origin = ARENA_ARRAY(arena, uint16_t, GLYPHS);
    cut->list = ARENA_ARRAY(arena, hb_codepoint_t, GLYPHS);
    return cut;
}

void cut_release(struct cut *cut) {
    hb_face_destroy(cut->prepared);
}

void face_prepare(struct face *face, const uint32_t *code_points, size_t count) {
    face->cut->wanted = true;
    for (size_t i = 0; i < count; i++)
        glyph_set_add(&face->cut->glyphs, face_glyph(face, code_points[i], 0));
}

static bool set_contains(const struct glyph_set *set, const struct glyph_set *part) {
    for (size_t i = 0; i < WORDS; i++)
        if (part->bits[i] & ~set->bits[i])
            return false;
    return true;
}

static void set_unite(struct glyph_set *set, const struct glyph_set *more) {
    for (size_t i = 0; i < WORDS; i++)
        set->bits[i] |= more->bits[i];
}

/* The set's glyphs, ascending, by their numbers in `place` (NULL: their own). Gives back how many. */
static size_t set_list(const struct glyph_set *set, const uint16_t *place, hb_codepoint_t *out) {
    size_t count = 0;
    for (size_t i = 0; i < WORDS; i++)
        for (uint64_t word = set->bits[i]; word; word &= word - 1) {
            size_t glyph = i * 64 + (size_t)__builtin_ctzll(word);
            out[count++] = place ? place[glyph] : (hb_codepoint_t)glyph;
        }
    return count;
}

/* A plan to keep `glyphs` (ascending) of `source`, flattened and without hints: a printer's dots are finer than what
 * hints mend. */
static hb_subset_plan_t *plan_create(hb_face_t *source, const hb_codepoint_t *glyphs, size_t count) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_add_sorted_array(hb_subset_input_glyph_set(input), glyphs, (unsigned)count);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(source, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* --- the cut */

static void cut_number(struct cut *cut, hb_subset_plan_t *plan) {
    const hb_map_t *origins = hb_subset_plan_new_to_old_glyph_mapping(plan);
    unsigned count = hb_map_get_population(origins);
    for (hb_codepoint_t place = 0; place < count; place++) {
        hb_codepoint_t glyph = hb_map_get(origins, place);
        if (glyph >= GLYPHS || place >= GLYPHS)
            continue;
        cut->place[glyph] = (uint16_t)place;
        cut->origin[place] = (uint16_t)glyph;
    }
}

/* Makes the cut that has all of cut->glyphs. When the face resists, documents go on without it. */
static void cut_make(const struct face *face, struct cut *cut) {
    size_t count = set_list(&cut->glyphs, NULL, cut->list);
    hb_subset_plan_t *plan = plan_create(face->outline_face, cut->list, count);
    hb_face_t *plain = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    cut->misses = 0;
    if (plain) {
        hb_face_destroy(cut->prepared);
        cut->prepared = hb_subset_preprocess(plain);
        cut->made = cut->glyphs;
        cut_number(cut, plan);
    }
    hb_face_destroy(plain);
    hb_subset_plan_destroy(plan);
}

/* Whether a document's glyphs can be taken from the cut. */
static bool cut_serves(const struct face *face, const struct glyph_set *used) {
    struct cut *cut = face->cut;
    if (!cut->wanted)
        return false;
    if (!cut->prepared && cut->misses == 0) {
        set_unite(&cut->glyphs, used);
        cut_make(face, cut);
    }
    if (cut->prepared && set_contains(&cut->made, used))
        return true;
    set_unite(&cut->glyphs, used);
    if (++cut->misses >= MISSES_WORTH_A_CUT)
        cut_make(face, cut);
    return cut->prepared && set_contains(&cut->made, used);
}

/* --- a document's font */

static void copy_blob(hb_blob_t *blob, struct buffer *out) {
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    buffer_append(out, bytes, size);
    hb_blob_destroy(blob);
}

static bool take_cff(hb_face_t *font, struct font_program *out) {
    out->kind = FONT_CFF_CID;
    copy_blob(hb_face_reference_table(font, HB_TAG('C', 'F', 'F', ' ')), &out->bytes);
    return out->bytes.count > 0;
}

/* CIDs are glyph numbers of the whole face: `origin` leads there from the source's numbers. */
static bool take_named_cff(hb_face_t *font, hb_subset_plan_t *plan, const uint16_t *origin, struct font_program *out) {
    struct buffer table = {0}, cids = {0};
    const hb_map_t *origins = hb_subset_plan_new_to_old_glyph_mapping(plan);
    size_t count = hb_face_get_glyph_count(font);
    for (hb_codepoint_t glyph = 0; glyph < count; glyph++) {
        hb_codepoint_t source = hb_map_get(origins, glyph);
        uint16_t cid = (uint16_t)(source < GLYPHS && origin ? origin[source] : source);
        buffer_append(&cids, &cid, sizeof cid);
    }
    out->kind = FONT_CFF_CID;
    copy_blob(hb_face_reference_table(font, HB_TAG('C', 'F', 'F', ' ')), &table);
    bool done = cff_make_cid_keyed(buffer_str(&table), (const uint16_t *)(const void *)cids.bytes, count, &out->bytes);
    buffer_release(&table);
    buffer_release(&cids);
    return done;
}

static bool take_glyf(hb_face_t *font, hb_subset_plan_t *plan, const struct glyph_set *used, const uint16_t *place,
                      struct font_program *out) {
    const hb_map_t *places = hb_subset_plan_old_to_new_glyph_mapping(plan);
    out->kind = FONT_TRUETYPE;
    for (size_t i = 0; i < WORDS; i++)
        for (uint64_t word = used->bits[i]; word; word &= word - 1) {
            size_t cid = i * 64 + (size_t)__builtin_ctzll(word);
            hb_codepoint_t glyph = hb_map_get(places, place ? place[cid] : (hb_codepoint_t)cid);
            size_t fill = 2 * cid - out->cid_to_gid.count;
            memset(buffer_reserve(&out->cid_to_gid, fill), 0, fill);
            out->cid_to_gid.count += fill;
            buffer_byte(&out->cid_to_gid, (char)(glyph >> 8));
            buffer_byte(&out->cid_to_gid, (char)glyph);
        }
    copy_blob(hb_face_reference_blob(font), &out->bytes);
    return out->bytes.count > 0;
}

bool font_subset(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    bool from_cut = cut_serves(face, used), done = false;
    const uint16_t *place = from_cut ? face->cut->place : NULL, *origin = from_cut ? face->cut->origin : NULL;
    size_t count = set_list(used, place, face->cut->list);
    *out = (struct font_program){0};
    hb_subset_plan_t *plan = plan_create(from_cut ? face->cut->prepared : face->outline_face, face->cut->list, count);
    hb_face_t *font = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (font)
        switch (face->outlines) {
        case OUTLINES_CFF_CID:
            done = take_cff(font, out);
            break;
        case OUTLINES_CFF_NAMED:
            done = take_named_cff(font, plan, origin, out);
            break;
        case OUTLINES_GLYF:
            done = take_glyf(font, plan, used, place, out);
            break;
        }
    hb_face_destroy(font);
    hb_subset_plan_destroy(plan);
    if (!done)
        font_program_release(out);
    return done;
}

void font_program_release(struct font_program *program) {
    buffer_release(&program->bytes);
    buffer_release(&program->cid_to_gid);
}
