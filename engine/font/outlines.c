/* outlines.c: the outlines of a CFF face with their subroutines written out, each flattened once a run.
 *
 * HarfBuzz flattens while it cuts. So glyphs that nobody has drawn yet are cut together, their outlines are taken out of the cut
 * and kept; a document's font is then put together from what is kept, in a hundredth of the time that a cut takes. */
#include "font/face.h"

#include <hb-subset.h>

enum { GLYPHS = 65536, WORDS = GLYPHS / 64 };

struct outlines {
    struct glyph_set expected; /* by the run: cut with the first that is asked for */
    struct glyph_set kept;
    struct buffer bytes;
    uint32_t *from, *size; /* in bytes, of each glyph kept */
};

struct outlines *outlines_create_in(struct arena *arena) {
    struct outlines *outlines = ARENA_NEW(arena, struct outlines);
    outlines->from = ARENA_ARRAY(arena, uint32_t, GLYPHS);
    outlines->size = ARENA_ARRAY(arena, uint32_t, GLYPHS);
    return outlines;
}

void outlines_release(struct outlines *outlines) {
    buffer_release(&outlines->bytes);
}

static void keep(struct outlines *outlines, size_t glyph, struct str outline) {
    outlines->from[glyph] = (uint32_t)outlines->bytes.count;
    outlines->size[glyph] = (uint32_t)outline.n;
    buffer_add(&outlines->bytes, outline);
    glyph_set_add(&outlines->kept, (uint16_t)glyph);
}

/* Takes the outlines out of a cut. An accented letter put together of two others (seac) names them by a code that a CID-keyed font
 * doesn't have: HarfBuzz then cuts more glyphs than were asked for, and the face is refused. */
static bool take(struct outlines *outlines, hb_face_t *cut, const hb_map_t *origins, size_t asked) {
    unsigned size;
    struct cff_outlines cut_outlines;
    hb_blob_t *blob = hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '));
    const char *bytes = hb_blob_get_data(blob, &size);
    bool good = cff_outlines((struct str){bytes, size}, &cut_outlines) && cut_outlines.count == asked;
    for (size_t i = 0; good && i < cut_outlines.count; i++) {
        hb_codepoint_t glyph = hb_map_get(origins, (hb_codepoint_t)i);
        struct str outline = cff_outline(&cut_outlines, i);
        good = glyph < GLYPHS && outline.n > 0;
        if (good && !glyph_set_has(&outlines->kept, (uint16_t)glyph))
            keep(outlines, glyph, outline);
    }
    hb_blob_destroy(blob);
    return good;
}

void outlines_expect(struct outlines *outlines, uint16_t glyph) {
    glyph_set_add(&outlines->expected, glyph);
}

static bool has_all(const struct outlines *outlines, const struct glyph_set *wanted) {
    bool all = glyph_set_has(&outlines->kept, 0);
    for (size_t i = 0; all && i < WORDS; i++)
        all = !(wanted->bits[i] & ~outlines->kept.bits[i]);
    return all;
}

/* What is wanted or expected and not kept yet, and .notdef, which is in every cut. Gives back how many. */
static size_t list_missing(const struct outlines *outlines, const struct glyph_set *wanted, hb_set_t *missing) {
    struct glyph_set more;
    for (size_t i = 0; i < WORDS; i++)
        more.bits[i] = (wanted->bits[i] | outlines->expected.bits[i]) & ~outlines->kept.bits[i];
    glyph_set_add(&more, 0);
    for (int32_t glyph = -1; glyph_set_next(&more, &glyph);)
        hb_set_add(missing, (hb_codepoint_t)glyph);
    return hb_set_get_population(missing);
}

bool outlines_need(struct outlines *outlines, hb_face_t *outline_face, const struct glyph_set *wanted) {
    if (has_all(outlines, wanted))
        return true;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    size_t asked = list_missing(outlines, wanted, hb_subset_input_glyph_set(input));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(outline_face, input);
    hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    bool done = cut && take(outlines, cut, hb_subset_plan_new_to_old_glyph_mapping(plan), asked);
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return done && has_all(outlines, wanted);
}

struct str outlines_get(const struct outlines *outlines, uint16_t glyph) {
    return (struct str){outlines->bytes.bytes + outlines->from[glyph], outlines->size[glyph]};
}
