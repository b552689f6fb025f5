/* subset.c: the font that goes into a document: joined from outlines that were coded before, or cut by HarfBuzz.
 *
 * Joining takes a fiftieth of the time. Cutting makes the smallest font, and is the way for faces whose outlines we don't know how to
 * take apart. Neither has hints: a printer's dots are finer than what hints mend. Either way the bytes depend on the set of glyphs
 * alone. */
#include "font/face.h"

#include <hb-subset.h>
#include <string.h>

/* --- joined */

bool font_join(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    struct assembly assembly;
    struct arena *arena = arena_create();
    *out = (struct font_program){.kind = face->is_cff ? FONT_CFF_CID : FONT_TRUETYPE, .deflated = true};
    bool done = assembly_make(face, used, arena, &assembly);
    if (done) {
        outlines_join(face, buffer_str(&assembly.head), assembly.coded, assembly.coded_count, assembly.zeros,
                      &out->bytes);
        out->raw_count = assembly.size;
        out->cid_to_gid = assembly.cid_to_gid;
        assembly.cid_to_gid = (struct buffer){0};
    }
    assembly_release(&assembly);
    arena_destroy(arena);
    return done;
}

/* --- cut */

/* In a font that is keyed by names, CIDs are the places of glyphs: those must stay. */
static unsigned cut_flags(const struct face *face) {
    unsigned flags = HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING;
    return face->is_cff && !face->cff.cid_keyed ? flags | HB_SUBSET_FLAGS_RETAIN_GIDS : flags;
}

static hb_subset_plan_t *plan_create(const struct face *face, const struct glyph_set *used) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);)
        hb_set_add(glyphs, (hb_codepoint_t)glyph);
    hb_subset_input_set_flags(input, cut_flags(face));
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face->outline_face, input);
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

bool font_cut(const struct face *face, const struct glyph_set *used, struct font_program *out) {
    hb_subset_plan_t *plan = plan_create(face, used);
    hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    *out = (struct font_program){.kind = face->is_cff ? FONT_CFF_CID : FONT_TRUETYPE};
    if (cut) {
        unsigned size;
        hb_blob_t *blob =
            face->is_cff ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(cut);
        const char *bytes = hb_blob_get_data(blob, &size);
        buffer_append(&out->bytes, bytes, size);
        hb_blob_destroy(blob);
        if (!face->is_cff)
            put_cid_to_gid(hb_subset_plan_old_to_new_glyph_mapping(plan), used, &out->cid_to_gid);
    }
    out->raw_count = out->bytes.count;
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    if (out->raw_count == 0)
        font_program_release(out);
    return out->raw_count > 0;
}

void font_program_release(struct font_program *program) {
    buffer_release(&program->bytes);
    buffer_release(&program->cid_to_gid);
}
