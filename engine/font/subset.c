/* subset.c: the font that goes into a document: joined from outlines that were coded before, or subset by HarfBuzz.
 *
 * Joining takes a fiftieth of the time. HarfBuzz serves faces whose outlines we can't take apart. Neither keeps hints: a printer's dots are finer than what they mend. Either way the bytes depend on
 * the set of glyphs alone. */
#include "font/face.h"

#include <hb-subset.h>

enum { GLYPHS = 65536 };

/* --- joined */

static void program_clear(struct font_program *program, const struct face *face) {
    program->kind = face->is_cff ? FONT_CFF_CID : FONT_TRUETYPE;
    program->raw_count = 0;
    buffer_clear(&program->stream);
    buffer_clear(&program->cid_to_gid);
}

static void put_plain(const struct assembly *assembly, struct buffer *plain) {
    buffer_clear(plain);
    buffer_add(plain, buffer_str(&assembly->head));
    for (size_t i = 0; i < assembly->coded_count; i++) {
        buffer_add(plain, assembly->coded[i]->bytes);
    }
    for (size_t i = 0; i < assembly->zeros; i++) {
        buffer_byte(plain, 0);
    }
}

/* Deflated, or into `plain` where that isn't NULL. */
static bool join(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                 struct font_program *out, struct buffer *plain) {
    struct assembly assembly;
    struct arena *arena = arena_create();
    program_clear(out, face);
    const bool done = assembly_make(face, used, copies, arena, &assembly);
    if (done) {
        out->raw_count = assembly.size;
        if (plain != NULL) {
            put_plain(&assembly, plain);
        } else {
            outlines_join(face, buffer_str(&assembly.head), assembly.coded, assembly.coded_count, assembly.zeros,
                          &out->stream);
        }
        if (!face->is_cff) {
            outlines_join_map(face, assembly.cids, assembly.place_of_cid, &out->cid_to_gid);
        }
    }
    assembly_release(&assembly);
    arena_destroy(arena);
    return done;
}

bool font_join(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
               struct font_program *out) {
    return join(face, used, copies, out, NULL);
}

bool font_join_plain(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                     struct font_program *out, struct buffer *plain) {
    return join(face, used, copies, out, plain);
}

/* --- cut */

/* In a name-keyed font CIDs are glyph indices: those must stay. */
static unsigned cut_flags(const struct face *face) {
    const unsigned flags = HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING;
    return face->is_cff && !face->cff.cid_keyed ? flags | HB_SUBSET_FLAGS_RETAIN_GIDS : flags;
}

static hb_subset_plan_t *plan_create(const struct face *face, const struct glyph_set *used) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);) {
        hb_set_add(glyphs, (hb_codepoint_t)glyph);
    }
    hb_subset_input_set_flags(input, cut_flags(face));
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face->outline_face, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* Outlines that HarfBuzz would change without a word: it takes a damaged TrueType glyph for a blank, and ends a
 * charstring after 10,000 operations, each of a byte at least. */
static bool cut_would_differ(const struct face *face, const struct glyph_set *used) {
    enum { MOST_OPERATIONS = 10000 };
    if (!face->joinable) {
        return false;
    }
    if (!face->is_cff) {
        return !assembly_has_all(face, used);
    }
    for (int32_t glyph = -1; glyph_set_next(used, &glyph);) {
        const struct outline *outline = face_outline(face, (uint16_t)glyph);
        if (outline != NULL && outline->bytes.n > MOST_OPERATIONS) {
            return true;
        }
    }
    return false;
}

/* The index that HarfBuzz gave each glyph. */
static void put_map(const struct face *face, const hb_map_t *places, const struct glyph_set *used, struct buffer *out) {
    struct arena *arena = arena_create();
    uint16_t *place_of = ARENA_ARRAY(arena, uint16_t, GLYPHS);
    for (int32_t cid = -1; glyph_set_next(used, &cid);) {
        place_of[cid] = (uint16_t)hb_map_get(places, (hb_codepoint_t)cid);
    }
    outlines_join_map(face, used, place_of, out);
    arena_destroy(arena);
}

bool font_cut(const struct face *face, const struct glyph_set *used, struct font_program *out, struct buffer *plain) {
    hb_subset_plan_t *plan = cut_would_differ(face, used) ? NULL : plan_create(face, used);
    hb_face_t *cut = plan != NULL ? hb_subset_plan_execute_or_fail(plan) : NULL;
    program_clear(out, face);
    buffer_clear(plain);
    if (cut != NULL) {
        unsigned size;
        hb_blob_t *blob =
            face->is_cff ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(cut);
        const char *bytes = hb_blob_get_data(blob, &size);
        buffer_append(plain, bytes, size);
        hb_blob_destroy(blob);
        if (!face->is_cff) {
            put_map(face, hb_subset_plan_old_to_new_glyph_mapping(plan), used, &out->cid_to_gid);
        }
    }
    out->raw_count = plain->count;
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    return out->raw_count > 0;
}

void font_program_release(struct font_program *program) {
    buffer_release(&program->stream);
    buffer_release(&program->cid_to_gid);
}
