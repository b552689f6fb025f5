/* fonts.c: our own Type0 fonts with Identity-H (ISO 32000-1, 9.7).
 *
 * While pages are written, each glyph drawn is recorded with its text. When all are written, the face is subset to
 * those glyphs. Documents of a run often draw the very same glyphs of a face (headings), so the last programs are
 * kept.
 *
 * Glyphs before gaps have copies, whose CIDs lie above those of the face as far as there are any (TOP), and then are
 * those that the document doesn't draw; what needs such a CID later gets another, as a copy that isn't wider.
 *
 *     Type0 ─► CIDFont ─► FontDescriptor ─► FontFile2 or FontFile3, the program
 *        │        └─► W, CIDToGIDMap
 *        └─► ToUnicode */
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { DEFAULT_WIDTH = 1000, PROGRAMS_KEPT = 24, TAG_LETTERS = 6, GLYPHS = 65536, ABOVE = 255, TOP = 65534 };

/* --- glyphs drawn */

void font_book_begin(struct font_book *book) {
    for (size_t i = 0; i < book->used_count; i++) {
        struct font *font = book->used[i];
        for (int32_t glyph = -1; glyph_set_next(&font->used, &glyph);) {
            font->meaning[glyph] = 0;
        }
        for (size_t k = 0; k < font->copy_count; k++) {
            font->meaning[font->copies[k].as.glyph] = 0;
            font->first_copy[font->copies[k].as.glyph] = 0;
        }
        memset(&font->used, 0, sizeof font->used);
        memset(&font->cids, 0, sizeof font->cids);
        font->copy_count = 0;
        font->free_cid = font->top_cid;
        font->object = NULL;
    }
    book->used_count = 0;
    book->texts = NULL;
    book->text_count = book->text_capacity = 0;
    book->document++;
}

static struct font *font_make(struct font_book *book, const struct face *face) {
    const size_t index = face_index(face);
    while (index >= book->face_count) {
        ARENA_GROW(book->arena, book->by_face, book->face_count, book->face_capacity);
        book->by_face[book->face_count++] = NULL;
    }
    if (book->by_face[index] == NULL) {
        struct font *font = ARENA_NEW(book->arena, struct font);
        font->face = face;
        font->meaning = ARENA_ARRAY(book->arena, uint32_t, GLYPHS);
        font->first_copy = ARENA_ARRAY(book->arena, uint16_t, GLYPHS);
        const uint32_t last = face_last_cid(face);
        font->top_cid = font->free_cid = last + ABOVE < TOP ? last + ABOVE : TOP;
        book->by_face[index] = font;
    }
    return book->by_face[index];
}

struct font *font_of(struct font_book *book, struct file *file, const struct face *face) {
    struct font *font = font_make(book, face);
    if (font->object == NULL) {
        font->object = object_create(file);
        ARENA_GROW(book->arena, book->used, book->used_count, book->used_capacity);
        book->used[book->used_count++] = font;
        font->number = (uint32_t)book->used_count;
    }
    return font;
}

/* A no-break space is drawn by the glyph of the space, and is copied as one. */
static uint32_t plain(uint32_t code_point) {
    return code_point == 0x00A0 ? 0x0020 : code_point;
}

/* The glyph of ⼈ (U+2F08) is that of 人 in most faces: it stands for what people type and search. */
static uint32_t typed(const struct face *face, uint16_t glyph, uint32_t code_point) {
    const uint32_t unified = utf8_unified(code_point);
    return unified != code_point && face_glyph(face, unified, 0) == glyph ? unified : code_point;
}

/* --- copies */

static uint16_t find_copy(const struct font *font, uint16_t glyph, uint32_t wider) {
    uint16_t copy = font->first_copy[glyph];
    while (copy != 0 && font->copies[copy - 1].as.wider != wider) {
        copy = font->copies[copy - 1].next;
    }
    return copy;
}

/* 0: there is no CID left. */
static uint16_t make_copy(struct font_book *book, struct font *font, uint16_t glyph, uint32_t wider) {
    while (font->free_cid > 0 && glyph_set_has(&font->cids, (uint16_t)font->free_cid)) {
        font->free_cid--;
    }
    if (font->free_cid == 0) {
        return 0;
    }
    const uint16_t cid = (uint16_t)font->free_cid--;
    ARENA_GROW(book->arena, font->copies, font->copy_count, font->copy_capacity);
    font->copies[font->copy_count++] = (struct font_copy){.as = {glyph, cid, wider}, .next = font->first_copy[glyph]};
    glyph_set_add(&font->cids, cid);
    return font->first_copy[glyph] = (uint16_t)font->copy_count;
}

void font_draw(struct font_book *book, struct font *font, struct drawn drawn) {
    if (drawn.copy != 0 || glyph_set_has(&font->used, drawn.glyph)) {
        return;
    }
    const uint16_t cid = face_cid(font->face, drawn.glyph);
    if (!glyph_set_has(&font->cids, cid)) {
        glyph_set_add(&font->used, drawn.glyph);
        glyph_set_add(&font->cids, cid);
    } else if (find_copy(font, drawn.glyph, 0) == 0) {
        make_copy(book, font, drawn.glyph, 0);
    }
}

uint16_t font_copy(struct font_book *book, struct font *font, uint16_t glyph, uint32_t wider) {
    const uint16_t copy = find_copy(font, glyph, wider);
    if (copy != 0 || book->without_copies || !face_copies(font->face, glyph, wider)) {
        return copy;
    }
    font_draw(book, font, (struct drawn){.glyph = glyph});
    return make_copy(book, font, glyph, wider);
}

uint16_t font_cid(const struct font *font, struct drawn drawn) {
    if (drawn.copy == 0 && glyph_set_has(&font->used, drawn.glyph)) {
        return face_cid(font->face, drawn.glyph);
    }
    const uint16_t copy = drawn.copy != 0 ? drawn.copy : find_copy(font, drawn.glyph, 0);
    return copy != 0 ? font->copies[copy - 1].as.cid : 0;
}

bool font_next(const struct font *font, struct font_step *step) {
    if (step->copies == 0 && glyph_set_next(&font->used, &step->glyph)) {
        step->cid = face_cid(font->face, (uint16_t)step->glyph);
        step->advance = face_advance(font->face, (uint16_t)step->glyph);
        step->meaning = font->meaning[step->glyph];
        return true;
    }
    if (step->copies == font->copy_count) {
        return false;
    }
    /* The last has the lowest CID. */
    const struct font_copy *copy = &font->copies[font->copy_count - ++step->copies];
    step->cid = copy->as.cid;
    step->advance = face_advance(font->face, copy->as.glyph) + (int32_t)copy->as.wider;
    step->meaning = copy->as.wider == 0 ? font->meaning[copy->as.glyph] : copy->meaning;
    return true;
}

bool font_use(struct font_book *book, struct file *file, struct font *font, struct drawn drawn, struct str text) {
    const uint16_t glyph = drawn.glyph;
    uint32_t *meaning = drawn.copy == 0 ? &font->meaning[glyph] : &font->copies[drawn.copy - 1].meaning;
    font_draw(book, font, drawn);
    if (text.n == 0) {
        return false;
    }
    size_t at = 0;
    const uint32_t code_point = plain(utf8_next(text, &at));
    if (at == text.n) {
        if (*meaning == 0) {
            *meaning = typed(font->face, glyph, code_point);
        }
        return *meaning == code_point;
    }
    if (*meaning == 0) {
        ARENA_GROW(file->arena, book->texts, book->text_count, book->text_capacity);
        *meaning = MEANING_TEXT + (uint32_t)book->text_count;
        book->texts[book->text_count++] = text;
        return true;
    }
    return *meaning >= MEANING_TEXT && str_eq(book->texts[*meaning - MEANING_TEXT], text);
}

/* --- the program of a face */

static struct program *program_room(struct font_book *book) {
    struct program *oldest = NULL;
    for (size_t i = 0; i < book->program_count; i++) {
        struct program *program = &book->programs[i];
        bool idle = program->last_document < book->document;
        if (idle && (oldest == NULL || program->last_document < oldest->last_document)) {
            oldest = program;
        }
    }
    if (oldest != NULL && book->program_count >= PROGRAMS_KEPT) {
        return oldest;
    }
    ARENA_GROW(book->arena, book->programs, book->program_count, book->program_capacity);
    book->programs[book->program_count] = (struct program){0};
    return &book->programs[book->program_count++];
}

static struct program *program_find(struct font_book *book, const struct face *face, struct hash glyphs, bool compact) {
    for (size_t i = 0; i < book->program_count; i++) {
        struct program *program = &book->programs[i];
        if (program->face == face && program->compact == compact && hash_eq(program->glyphs, glyphs)) {
            program->last_document = book->document;
            return program;
        }
    }
    return NULL;
}

static int compare_copies(const void *a, const void *b) {
    const struct glyph_copy *x = a, *y = b;
    const int64_t order = ((int64_t)x->glyph << 32 | x->wider) - ((int64_t)y->glyph << 32 | y->wider);
    return (order > 0) - (order < 0);
}

/* In the arena, in the order that font/ wants. */
static struct glyph_copies sorted_copies(struct arena *arena, const struct font *font) {
    struct glyph_copy *copies = ARENA_ARRAY(arena, struct glyph_copy, font->copy_count);
    for (size_t i = 0; i < font->copy_count; i++) {
        copies[i] = font->copies[i].as;
    }
    if (font->copy_count > 0) {
        qsort(copies, font->copy_count, sizeof *copies, compare_copies);
    }
    return (struct glyph_copies){copies, font->copy_count};
}

static struct hash hash_glyphs(const struct font *font, const struct glyph_copies *copies) {
    struct hash_stream *stream = hash_begin();
    hash_add(stream, &font->used, sizeof font->used);
    for (size_t i = 0; i < copies->count; i++) {
        const uint32_t numbers[] = {copies->items[i].glyph, copies->items[i].cid, copies->items[i].wider};
        hash_add(stream, numbers, sizeof numbers);
    }
    return hash_end(stream);
}

/* A compact document's font is deflated as a whole, any other joined from coded outlines; either falls back on HarfBuzz, which makes no
 * copies. */
static bool make_program(struct program *program, struct deflate *deflate, const struct font *font,
                         const struct glyph_copies *copies, const struct effort *effort) {
    struct font_program *made = &program->made;
    if (!effort->compact && font_join(font->face, &font->used, copies, made)) {
        return true;
    }
    struct buffer plain = {0};
    const bool done = (effort->compact && font_join_plain(font->face, &font->used, copies, made, &plain)) ||
                      (copies->count == 0 && font_cut(font->face, &font->used, made, &plain));
    if (done) {
        deflate_append(deflate, effort->level, buffer_str(&plain), &made->stream);
    }
    buffer_release(&plain);
    return done;
}

/* The font's program, deflated; NULL: the face can't be subset. Valid until the document is saved. */
static const struct program *program_of(struct font_book *book, struct file *file, struct deflate *deflate,
                                        const struct font *font, const struct effort *effort) {
    const struct glyph_copies copies = sorted_copies(file->arena, font);
    const struct hash glyphs = hash_glyphs(font, &copies);
    struct program *program = program_find(book, font->face, glyphs, effort->compact);
    if (program != NULL) {
        return program;
    }
    program = program_room(book);
    program->face = NULL; /* until it is made */
    program->last_document = book->document;
    if (!make_program(program, deflate, font, &copies, effort)) {
        return NULL;
    }
    program->face = font->face;
    program->glyphs = glyphs;
    program->compact = effort->compact;
    return program;
}

/* --- the objects of a font */

struct font_writer {
    struct font_book *book;
    struct file *file;
    struct deflate *deflate;
    const struct effort *effort;
};

static HPDF_Dict write_stream(struct font_writer *writer, struct str deflated) {
    HPDF_Dict object = object_create(writer->file);
    object_set_stream(writer->file, object, STR("/Filter/FlateDecode"), deflated);
    return object;
}

static HPDF_Dict write_program(struct font_writer *writer, const struct program *program) {
    HPDF_Dict object = object_create(writer->file);
    struct buffer *text = file_text(writer->file);
    buffer_add(text, STR("/Filter/FlateDecode"));
    if (program->made.kind == FONT_TRUETYPE) {
        buffer_printf(text, "/Length1 %zu", program->made.raw_count);
    } else {
        buffer_add(text, STR("/Subtype/CIDFontType0C"));
    }
    object_set_stream(writer->file, object, buffer_str(text), buffer_str(&program->made.stream));
    return object;
}

/* /W: neighbouring CIDs whose widths aren't the default, in sequences. */
static void put_widths(struct buffer *out, const struct font *font) {
    size_t next = GLYPHS; /* the CID that would continue the sequence */
    buffer_add(out, STR("/W["));
    for (struct font_step step = {.glyph = -1}; font_next(font, &step);) {
        if (step.advance == DEFAULT_WIDTH) {
            continue;
        }
        if (step.cid != next) {
            if (next != GLYPHS) {
                buffer_byte(out, ']');
            }
            buffer_int(out, step.cid);
            buffer_byte(out, '[');
        } else {
            buffer_byte(out, ' ');
        }
        buffer_int(out, step.advance);
        next = (size_t)step.cid + 1;
    }
    if (next != GLYPHS) {
        buffer_byte(out, ']');
    }
    buffer_byte(out, ']');
}

/* ABCDEF+Name: a tag of six letters made from the glyphs (9.6.4). */
static void put_font_name(struct buffer *out, const struct font *font, const struct program *program) {
    uint64_t rest = program->glyphs.low;
    for (int i = 0; i < TAG_LETTERS; i++, rest /= 26) {
        buffer_byte(out, (char)('A' + rest % 26));
    }
    buffer_byte(out, '+');
    put_name(out, face_name(font->face));
}

static HPDF_Dict write_descriptor(struct font_writer *writer, const struct font *font, const struct program *program) {
    enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64, STEM = 80 };
    const struct face_metrics *m = face_metrics(font->face);
    HPDF_Dict object = object_create(writer->file), bytes = write_program(writer, program);
    HPDF_Dict cid_set = write_stream(writer, cid_set_in(writer->file, writer->book, font));
    struct buffer *text = file_text(writer->file);
    const int flags =
        SYMBOLIC | (m->fixed_pitch ? FIXED_PITCH : 0) | (m->serif ? SERIF : 0) | (m->italic_angle ? ITALIC : 0);
    buffer_add(text, STR("/Type/FontDescriptor/FontName/"));
    put_font_name(text, font, program);
    buffer_printf(text, "/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d", flags, m->box[0], m->box[1], m->box[2],
                  m->box[3], m->italic_angle);
    buffer_printf(text, "/Ascent %d/Descent %d/CapHeight %d/StemV %d", m->ascent, -m->descent, m->cap_height, STEM);
    buffer_add(text, program->made.kind == FONT_TRUETYPE ? STR("/FontFile2 ") : STR("/FontFile3 "));
    put_reference(text, bytes);
    buffer_add(text, STR("/CIDSet "));
    put_reference(text, cid_set);
    object_set_entries(writer->file, object, buffer_str(text));
    return object;
}

static HPDF_Dict write_descendant(struct font_writer *writer, const struct font *font, const struct program *program) {
    HPDF_Dict object = object_create(writer->file), descriptor = write_descriptor(writer, font, program), map = NULL;
    struct buffer *text = file_text(writer->file);
    if (program->made.cid_to_gid.count > 0) {
        map = write_stream(writer, buffer_str(&program->made.cid_to_gid));
    }
    buffer_add(text, STR("/Type/Font/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/BaseFont/"));
    put_font_name(text, font, program);
    buffer_add(text, STR("/FontDescriptor "));
    put_reference(text, descriptor);
    if (program->made.kind == FONT_TRUETYPE) {
        buffer_add(text, STR("/Subtype/CIDFontType2/CIDToGIDMap"));
        if (map != NULL) {
            buffer_byte(text, ' ');
            put_reference(text, map);
        } else {
            buffer_add(text, STR("/Identity"));
        }
    } else {
        buffer_add(text, STR("/Subtype/CIDFontType0"));
    }
    put_widths(text, font);
    object_set_entries(writer->file, object, buffer_str(text));
    return object;
}

/* A compact document's map is deflated at length, any other coded at once. */
static struct str deflated_unicode(struct font_writer *writer, const struct font *font) {
    struct file *file = writer->file;
    return writer->effort->compact
               ? deflate_in(writer->deflate, file->arena, writer->effort->level, unicode_text(file, writer->book, font))
               : to_unicode_in(file, writer->book, font);
}

static void write_font(struct font_writer *writer, const struct font *font, const struct program *program) {
    HPDF_Dict to_unicode = write_stream(writer, deflated_unicode(writer, font));
    HPDF_Dict descendant = write_descendant(writer, font, program);
    struct buffer *text = file_text(writer->file);
    buffer_add(text, STR("/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/"));
    put_font_name(text, font, program);
    buffer_add(text, STR("/DescendantFonts["));
    put_reference(text, descendant);
    buffer_add(text, STR("]/ToUnicode "));
    put_reference(text, to_unicode);
    object_set_entries(writer->file, font->object, buffer_str(text));
}

const struct face *fonts_finish(struct font_book *book, struct file *file, struct deflate *deflate,
                                const struct effort *effort) {
    struct font_writer writer = {.book = book, .file = file, .deflate = deflate, .effort = effort};
    const struct face *resisting = NULL;
    for (size_t i = 0; i < book->used_count && resisting == NULL; i++) {
        const struct program *program = program_of(book, file, deflate, book->used[i], effort);
        book->copies_failed = program == NULL && book->used[i]->copy_count > 0;
        if (program != NULL) {
            write_font(&writer, book->used[i], program);
        } else {
            resisting = book->used[i]->face;
        }
    }
    return resisting;
}

void font_book_init(struct font_book *book, struct arena *arena) {
    *book = (struct font_book){.arena = arena,
                               .unicode = coding_create_in(arena, &code_of_unicode),
                               .cid_sets = coding_create_in(arena, &code_of_cid_sets)};
}

void font_book_release(struct font_book *book) {
    for (size_t i = 0; i < book->program_count; i++) {
        font_program_release(&book->programs[i].made);
    }
    coding_release(book->unicode);
    coding_release(book->cid_sets);
}
