#define _GNU_SOURCE
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"

enum { MOST_GLYPHS = 400 };

int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    *state = desk;
    desk->arena = arena_create();
    desk->fonts = fonts_create();
    desk->writer = pdf_writer_create();
    desk->document = document_create_in(desk->arena);
    desk->canvas = canvas_of_page(desk->document, document_add_page(desk->document, MM(210), MM(297)));
    diags_init(&desk->diags, desk->arena);
    strcpy(desk->folder, "/tmp/pdf-test-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->path, sizeof desk->path, "%s/x.pdf", desk->folder);
    return 0;
}

int tear_down(void **state) {
    struct desk *desk = *state;
    unlink(desk->path);
    rmdir(desk->folder);
    buffer_release(&desk->out);
    pdf_writer_destroy(desk->writer);
    fonts_destroy(desk->fonts);
    arena_destroy(desk->arena);
    free(desk);
    return 0;
}

const struct face *face(struct desk *desk, const char *name) {
    const struct face *found = face_find(desk->fonts, str_from(name), NULL, NULL);
    assert_non_null(found);
    return found;
}

struct mark *set_text(struct canvas *canvas, const struct face *in, int32_t size_mp, int32_t x_mp, int32_t y_mp,
                      const char *text) {
    struct mark *mark = canvas_add(canvas, MARK_GLYPHS, x_mp, y_mp);
    struct mark_glyphs *run = &mark->glyphs;
    *run = (struct mark_glyphs){.face = in, .size_mp = size_mp, .stretch = 1000, .text = str_from(text)};
    run->glyphs = ARENA_ARRAY(canvas->arena, struct glyph, MOST_GLYPHS);
    for (size_t at = 0; at < run->text.n;) {
        const size_t cluster = at;
        uint16_t id = face_glyph(in, utf8_next(run->text, &at), 0);
        assert_int_not_equal(id, 0);
        run->glyphs[run->count++] = (struct glyph){id, (uint16_t)cluster, run->width_mp, 0};
        run->width_mp += mp_scale(face_advance(in, id), size_mp, 1000);
    }
    return mark;
}

void write_as(struct desk *desk, bool compact) {
    struct pdf_options options = {.date = STR("2026-11-25"), .creator = STR("dossier"), .compact = compact};
    if (!pdf_write(desk->writer, desk->document, &options, &desk->out, &desk->diags)) {
        fail_msg("refused: %s", diag_name(desk->diags.items[0].code));
    }
    assert_int_equal(file_write(desk->path, desk->out.bytes, desk->out.count, false), 0);
}

void write_document(struct desk *desk) {
    write_as(desk, false);
}

struct str told(struct desk *desk, const char *command) {
    struct buffer out = {0};
    char *line;
    assert_true(asprintf(&line, command, desk->path) > 0);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    for (int c; (c = fgetc(pipe)) != EOF;) {
        buffer_byte(&out, (char)c);
    }
    int status = pclose(pipe);
    struct str text = str_copy(desk->arena, buffer_str(&out));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s: %.*s", line, STR_ARG(text));
    }
    buffer_release(&out);
    free(line);
    return text;
}

void assert_holds(struct str text, const char *part) {
    if (str_find(text, str_from(part)) == text.n) {
        fail_msg("no “%s” in: %.*s", part, STR_ARG(text));
    }
}

void assert_accepted(struct desk *desk) {
    told(desk, "qpdf --check %s 2>&1");
    assert_int_equal(told(desk, "pdftoppm -r 20 %s 2>&1 >/dev/null").n, 0);
}
