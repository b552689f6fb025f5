/* subset.c: the smallest font that draws a document's glyphs, without hints: a printer's dots are finer than what hints mend.
 *
 * CFF: put together by us from outlines that were flattened once (outlines.c, cff_write.c). TrueType: cut by HarfBuzz each time,
 * which is quick since nothing needs flattening; glyphs are numbered anew, and cid_to_gid leads from the face's numbers to those.
 * Either way the bytes depend on the set of glyphs alone. */
#include "font/face.h"

#include <hb-subset.h>
#include <string.h>

void face_prepare(struct face *face, const uint32_t *code_points, size_t count) {
    if (!face->outlines)
        return; /* TrueType: a cut is as quick without */
    for (size_t i = 0; i < count; i++)
        outlines_expect(face->outlines, face_glyph(face, code_points[i], 0));
}

static size_t count_glyphs(const struct glyph_set *set) {
    size_t count = 0;
    for (int32_t glyph = -1; glyph_set_next(set, &glyph);)
        count++;
    return count;
}

/* --- CFF */

static bool take_cff(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    if (!outlines_need(face->outlines, face->outline_face, used))
        return false;
    struct glyph_set set = *used;
    glyph_set_add(&set, 0);
    size_t count = count_glyphs(&set), i = 0;
    struct arena *arena = arena_create();
    uint16_t *glyphs = ARENA_ARRAY(arena, uint16_t, count);
    struct str *outlines = ARENA_ARRAY(arena, struct str, count);
    for (int32_t glyph = -1; glyph_set_next(&set, &glyph); i++) {
        glyphs[i] = (uint16_t)glyph;
        outlines[i] = outlines_get(face->outlines, (uint16_t)glyph);
    }
    out->kind = FONT_CFF_CID;
    cff_write(&face->cff, glyphs, outlines, count, &out->bytes);
    arena_destroy(arena);
    return true;
}

/* --- TrueType */

static hb_subset_plan_t *plan_create(hb_face_t *source, const struct glyph_set *used) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);)
        hb_set_add(glyphs, (hb_codepoint_t)glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(source, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* From CID 0 to the highest used, two bytes each; 0 where a CID isn't used. */
static void put_cid_to_gid(const hb_map_t *places, const struct glyph_set *used, struct buffer *out) {
    for (int32_t cid = -1; glyph_set_next(used, &cid);) {
        size_t fill = 2 * (size_t)cid - out->count;
        hb_codepoint_t glyph = hb_map_get(places, (hb_codepoint_t)cid);
        memset(buffer_reserve(out, fill), 0, fill);
        out->count += fill;
        buffer_byte(out, (char)(glyph >> 8));
        buffer_byte(out, (char)glyph);
    }
}

static bool take_glyf(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    hb_subset_plan_t *plan = plan_create(face->outline_face, used);
    hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (cut) {
        unsigned size;
        hb_blob_t *blob = hb_face_reference_blob(cut);
        const char *bytes = hb_blob_get_data(blob, &size);
        buffer_append(&out->bytes, bytes, size);
        hb_blob_destroy(blob);
        put_cid_to_gid(hb_subset_plan_old_to_new_glyph_mapping(plan), used, &out->cid_to_gid);
    }
    out->kind = FONT_TRUETYPE;
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    return out->bytes.count > 0;
}

bool font_subset(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    *out = (struct font_program){0};
    bool done = face->outlines ? take_cff(face, used, out) : take_glyf(face, used, out);
    if (!done)
        font_program_release(out);
    return done;
}

void font_program_release(struct font_program *program) {
    buffer_release(&program->bytes);
    buffer_release(&program->cid_to_gid);
}
