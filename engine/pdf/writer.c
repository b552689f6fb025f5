/* writer.c: a document goes in, the bytes of a PDF come out.
 *
 *     page_begin, mark …, page_end of content.c for every page
 *     fonts, pictures and navigation are written when all pages are, then the file is saved */
#include "pdf/internal.h"

struct pdf_writer {
    struct arena *arena;          /* of the run */
    struct arena *document_arena; /* reset for each document */
    struct deflate deflate;
    struct font_book fonts;
    struct shrinking shrinking;
    struct buffer content, named;
    struct str profile; /* of sRGB, deflated; STR_NONE until the first document */
};

/* Levels of deflate. Fonts, nearly all of a file, mostly aren't deflated here (font_join). */
enum { QUICK_LEVEL = 1, COMPACT_LEVEL = 12 };

struct pdf_writer *pdf_writer_create(void) {
    struct arena *arena = arena_create();
    struct pdf_writer *writer = ARENA_NEW(arena, struct pdf_writer);
    writer->arena = arena;
    writer->document_arena = arena_create();
    font_book_init(&writer->fonts, arena);
    writer->shrinking.arena = arena;
    return writer;
}

void pdf_writer_destroy(struct pdf_writer *writer) {
    if (writer == NULL) {
        return;
    }
    font_book_release(&writer->fonts);
    shrinking_release(&writer->shrinking);
    deflate_release(&writer->deflate);
    buffer_release(&writer->content);
    buffer_release(&writer->named);
    arena_destroy(writer->document_arena);
    arena_destroy(writer->arena);
}

static void write_font_resources(struct file *file, HPDF_Dict resources, const struct font_book *fonts) {
    struct buffer *text = file_text(file);
    for (size_t i = 0; i < fonts->used_count; i++) {
        buffer_printf(text, "/F%u ", (unsigned)fonts->used[i]->number);
        put_reference(text, fonts->used[i]->object);
    }
    object_set_entries(file, resources, buffer_str(text));
}

/* Made once a run. */
static struct str profile_of(struct pdf_writer *writer) {
    if (writer->profile.n == 0) {
        const struct str plain = image_srgb_profile_in(writer->arena);
        writer->profile = deflate_in(&writer->deflate, writer->arena, COMPACT_LEVEL, plain);
    }
    return writer->profile;
}

/* All that may jump. False: a face can't be subset. */
static bool write_document(struct pdf_writer *writer, struct file *file, const struct document *document,
                           const struct pdf_options *options, struct diags *diags) {
    const struct effort effort = {options->compact ? COMPACT_LEVEL : QUICK_LEVEL, options->compact};
    struct pictures pictures = {0};
    struct navigation navigation = {0};
    struct content content = {.file = file,
                              .structure = structure_create(file, document),
                              .fonts = &writer->fonts,
                              .pictures = &pictures,
                              .navigation = &navigation,
                              .deflate = &writer->deflate,
                              .level = effort.level,
                              .out = &writer->content,
                              .named = &writer->named};
    strmap_init(&pictures.by_hash, file->arena);
    font_book_begin(&writer->fonts);
    content_init(&content);
    content.pages = ARENA_ARRAY(file->arena, HPDF_Page, document->count);
    content.font_resources = object_create(file);
    document_walk(document, &content.sink);

    write_font_resources(file, content.font_resources, &writer->fonts);
    const struct face *resisting = fonts_finish(&writer->fonts, file, &writer->deflate, &effort);
    if (resisting != NULL && !writer->fonts.copies_failed) {
        DIAG_ADD(diags, P602, PLACE_NONE, face_name(resisting), face_path(resisting));
    }
    if (resisting != NULL) {
        return false;
    }
    pictures_finish(&pictures, &writer->shrinking, file, &writer->deflate, effort.level);
    const struct catalogue catalogue = {
        .has_bookmarks = navigation_finish(&navigation, file, document, content.pages, diags),
        .structure = structure_finish(content.structure, file, content.pages, document->count),
        .metadata = info_finish(file, document, options),
        .profile = profile_of(writer),
    };
    catalogue_finish(file, document, &catalogue);
    file_save(file);
    return true;
}

/* The only target of jumps. */
static bool try_document(struct pdf_writer *writer, struct file *file, const struct document *document,
                         const struct pdf_options *options, struct diags *diags) {
    if (setjmp(file->failed) == 0) {
        return write_document(writer, file, document, options, diags);
    }
    DIAG_ADD(diags, P601, PLACE_NONE, str_from(error_sentence(file->error)));
    return false;
}

static bool write_once(struct pdf_writer *writer, const struct document *document, const struct pdf_options *options,
                       struct buffer *out, struct diags *diags) {
    struct file file;
    buffer_clear(out);
    arena_reset(writer->document_arena);
    file_open(&file, writer->document_arena, out);
    writer->fonts.copies_failed = false;
    bool done = try_document(writer, &file, document, options, diags);
    file_close(&file);
    if (!done) {
        buffer_clear(out);
    }
    return done;
}

bool pdf_write(struct pdf_writer *writer, const struct document *document, const struct pdf_options *options,
               struct buffer *out, struct diags *diags) {
    writer->fonts.without_copies = false;
    if (write_once(writer, document, options, out, diags)) {
        return true;
    }
    writer->fonts.without_copies = writer->fonts.copies_failed;
    return writer->fonts.without_copies && write_once(writer, document, options, out, diags);
}

struct str pdf_faces(const struct pdf_writer *writer, struct arena *arena) {
    const struct font_book *fonts = &writer->fonts;
    struct buffer words = {0};
    for (size_t i = 0; i < fonts->used_count; i++) {
        buffer_printf(&words, i == 0 ? "%.*s" : " %.*s", STR_ARG(face_name(fonts->used[i]->face)));
    }
    const struct str text = str_copy(arena, buffer_str(&words));
    buffer_release(&words);
    return text;
}
