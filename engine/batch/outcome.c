/* outcome.c: an outcome as a row of bytes (base/packed.h). */
#include "batch/outcome.h"

#include <assert.h>

#include "base/packed.h"

static bool is_of_limit(enum diag_code code) {
    return code == DIAG_D221 || code == DIAG_D222 || code == DIAG_D226;
}

bool outcome_has_limit(const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        if (is_of_limit(diags->items[i].code)) {
            return true;
        }
    }
    return false;
}

/* --- out ---------------------------------------------------------------------------------------------------------- */

static void pack_place(const struct place *place, struct buffer *out) {
    packed_add_str(out, place->file);
    packed_add(out, (uint32_t)place->line);
    packed_add(out, (uint32_t)place->column);
    packed_add(out, (uint32_t)place->width);
    packed_add_str(out, place->record);
    packed_add_str(out, place->field);
    packed_add_str(out, place->label);
}

void outcome_pack_diag(const struct diag *diag, struct buffer *out) {
    packed_add(out, (uint64_t)diag->code);
    pack_place(&diag->place, out);
    for (size_t i = 0; i < sizeof diag->args / sizeof *diag->args; i++) {
        packed_add_str(out, diag->args[i]);
    }
    pack_place(&diag->also, out);
}

static void pack_counts(const struct compose_counts *counts, struct buffer *out) {
    packed_add(out, counts->rows_given);
    packed_add(out, counts->rows_placed);
    packed_add(out, counts->characters_given);
    packed_add(out, counts->characters_placed);
    packed_add(out, counts->images_given);
    packed_add(out, counts->images_placed);
}

static void pack_code(const struct paper_code *code, struct buffer *out) {
    packed_add_str(out, code->name);
    packed_add(out, (uint64_t)code->edition);
    packed_add_str(out, code->content);
    packed_add_str(out, code->code);
}

void outcome_pack(const struct outcome *outcome, enum exit_code code, size_t rows, struct buffer *out) {
    packed_add(out, outcome_has_limit(&outcome->diags));
    packed_add(out, (uint64_t)code);
    packed_add(out, outcome->incomplete);
    packed_add(out, outcome->pages);
    packed_add(out, outcome->bytes);
    packed_add(out, (uint32_t)outcome->width_mp);
    packed_add(out, (uint32_t)outcome->height_mp);
    packed_add(out, outcome->duplex);
    packed_add(out, outcome->turns_short);
    packed_add_hash(out, outcome->hash);
    packed_add_hash(out, outcome->file);
    packed_add(out, outcome->same);
    packed_add_str(out, outcome->sha256);
    packed_add_str(out, outcome->faces);
    packed_add_str(out, outcome->title);
    packed_add_str(out, outcome->beside);
    packed_add(out, outcome->kept);
    packed_add(out, outcome->volume);
    packed_add_hash(out, outcome->key);
    packed_add_str(out, outcome->asked);
    pack_counts(&outcome->counts, out);
    packed_add(out, outcome->first_pages != NULL ? rows : 0);
    for (size_t i = 0; outcome->first_pages != NULL && i < rows; i++) {
        packed_add(out, outcome->first_pages[i]);
    }
    packed_add(out, outcome->codes != NULL ? rows : 0);
    for (size_t i = 0; outcome->codes != NULL && i < rows; i++) {
        pack_code(&outcome->codes[i], out);
    }
    packed_add(out, outcome->diags.count);
    for (size_t i = 0; i < outcome->diags.count; i++) {
        outcome_pack_diag(&outcome->diags.items[i], out);
    }
}

/* --- in ----------------------------------------------------------------------------------------------------------- */

static struct place unpack_place(struct packed *in) {
    struct place place = {.file = packed_str(in)};
    place.line = (int32_t)packed_number(in);
    place.column = (int32_t)packed_number(in);
    place.width = (int32_t)packed_number(in);
    place.record = packed_str(in);
    place.field = packed_str(in);
    place.label = packed_str(in);
    return place;
}

void outcome_unpack_diag(struct packed *in, struct diags *diags) {
    struct str args[4];
    const enum diag_code code = (enum diag_code)packed_number(in);
    const struct place place = unpack_place(in);
    for (size_t i = 0; i < sizeof args / sizeof *args; i++) {
        args[i] = packed_str(in);
    }
    struct place also = unpack_place(in);
    also.file = str_copy(diags->arena, also.file);
    also.record = str_copy(diags->arena, also.record);
    also.field = str_copy(diags->arena, also.field);
    also.label = str_copy(diags->arena, also.label);
    diag_add(diags, code, place, args)->also = also;
}

static struct compose_counts unpack_counts(struct packed *in) {
    struct compose_counts counts = {.rows_given = (size_t)packed_number(in)};
    counts.rows_placed = (size_t)packed_number(in);
    counts.characters_given = (size_t)packed_number(in);
    counts.characters_placed = (size_t)packed_number(in);
    counts.images_given = (size_t)packed_number(in);
    counts.images_placed = (size_t)packed_number(in);
    return counts;
}

static size_t *unpack_pages(struct packed *in, struct arena *arena) {
    const size_t rows = (size_t)packed_number(in);
    size_t *pages = rows > 0 ? ARENA_ARRAY(arena, size_t, rows) : NULL;
    for (size_t i = 0; i < rows; i++) {
        pages[i] = (size_t)packed_number(in);
    }
    return pages;
}

static struct paper_code *unpack_codes(struct packed *in, struct arena *arena) {
    const size_t rows = (size_t)packed_number(in);
    struct paper_code *codes = rows > 0 ? ARENA_ARRAY(arena, struct paper_code, rows) : NULL;
    for (size_t i = 0; i < rows; i++) {
        codes[i].name = str_copy(arena, packed_str(in));
        codes[i].edition = (int64_t)packed_number(in);
        codes[i].content = str_copy(arena, packed_str(in));
        codes[i].code = str_copy(arena, packed_str(in));
    }
    return codes;
}

enum exit_code outcome_unpack(struct str bytes, struct arena *arena, struct outcome *out) {
    struct packed in = {.rest = bytes};
    *out = (struct outcome){0};
    packed_number(&in);
    const enum exit_code code = (enum exit_code)packed_number(&in);
    out->incomplete = packed_number(&in) != 0;
    out->pages = (size_t)packed_number(&in);
    out->bytes = (size_t)packed_number(&in);
    out->width_mp = (int32_t)packed_number(&in);
    out->height_mp = (int32_t)packed_number(&in);
    out->duplex = packed_number(&in) != 0;
    out->turns_short = packed_number(&in) != 0;
    out->hash = packed_hash(&in);
    out->file = packed_hash(&in);
    out->same = packed_number(&in) != 0;
    out->sha256 = str_copy(arena, packed_str(&in));
    out->faces = str_copy(arena, packed_str(&in));
    out->title = str_copy(arena, packed_str(&in));
    out->beside = str_copy(arena, packed_str(&in));
    out->kept = packed_number(&in) != 0;
    out->volume = packed_number(&in) != 0;
    out->key = packed_hash(&in);
    out->asked = str_copy(arena, packed_str(&in));
    out->counts = unpack_counts(&in);
    out->first_pages = unpack_pages(&in, arena);
    out->codes = unpack_codes(&in, arena);
    diags_init(&out->diags, arena);
    out->diags.limit = SIZE_MAX;
    for (size_t count = (size_t)packed_number(&in); count > 0; count--) {
        outcome_unpack_diag(&in, &out->diags);
    }
    assert(!in.bad && "a process of this run packed it");
    return code;
}

bool outcome_hit_limit(struct str bytes) {
    struct packed in = {.rest = bytes};
    return packed_number(&in) != 0;
}
