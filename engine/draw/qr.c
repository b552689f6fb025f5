/* qr.c: QR codes (ISO/IEC 18004), level M.
 *
 * Drawn in a group in which a module is 1 pt wide, so that its few hundred rectangles are small whole numbers
 * wherever the code stands. Dark modules side by side are one bar; equal bars in rows below each other are one
 * rectangle. */
#include "draw/draw.h"

#include "base/length.h"

#include <qrencode.h>

#define QUIET_MODULES 4
#define ECI_UTF8      26

static bool is_ascii(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\0' || (unsigned char)text.p[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Digits and capitals take less room than bytes: libqrencode divides ASCII into such segments. */
static QRcode *encode_ascii(struct arena *arena, struct str text) {
    return QRcode_encodeString(str_c(arena, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

static QRcode *encode_utf8(struct str text) {
    QRcode *code = NULL;
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (input != NULL && QRinput_appendECIheader(input, ECI_UTF8) == 0 &&
        QRinput_append(input, QR_MODE_8, (int)text.n, (const unsigned char *)text.p) == 0) {
        code = QRcode_encodeInput(input);
    }
    QRinput_free(input);
    return code;
}

static bool is_dark(const QRcode *code, int32_t row, int32_t column) {
    return (code->data[row * code->width + column] & 1) != 0;
}

/* Count of dark modules from `column` on; 0: that one is light. */
static int32_t dark_length(const QRcode *code, int32_t row, int32_t column) {
    int32_t end = column;
    while (end < code->width && is_dark(code, row, end)) {
        end++;
    }
    return end - column;
}

/* Has this row too a bar there that begins and ends alike? */
static bool repeats(const QRcode *code, int32_t row, int32_t column, int32_t length) {
    return row >= 0 && row < code->width && (column == 0 || !is_dark(code, row, column - 1)) &&
           dark_length(code, row, column) == length;
}

/* The bar, and all equal ones below it, as one rectangle. */
static void add_dark(struct canvas *canvas, const QRcode *code, int32_t row, int32_t column, int32_t length) {
    if (repeats(code, row - 1, column, length)) {
        return;
    }
    int32_t end = row + 1;
    while (repeats(code, end, column, length)) {
        end++;
    }
    const struct box dark = {PT(column), PT(row), PT(length), PT(end - row)};
    canvas_fill(canvas, dark, COLOUR_BLACK);
}

static void add_modules(struct canvas *canvas, const QRcode *code) {
    for (int32_t row = 0; row < code->width; row++) {
        for (int32_t column = 0; column < code->width;) {
            const int32_t length = dark_length(code, row, column);
            if (length > 0) {
                add_dark(canvas, code, row, column, length);
            }
            column += length > 0 ? length : 1;
        }
    }
}

/* Modules are whole numbers of 1/1000 pt on paper; the remainder goes around the quiet zone. */
static struct canvas group_for(struct canvas *canvas, struct box box, const QRcode *code) {
    const int32_t size_mp = box.width_mp < box.height_mp ? box.width_mp : box.height_mp;
    const int32_t module_mp = size_mp / (code->width + 2 * QUIET_MODULES);
    const int32_t x_mp = box.x_mp + (box.width_mp - module_mp * code->width) / 2;
    const int32_t y_mp = box.y_mp + (box.height_mp - module_mp * code->width) / 2;
    const int32_t scale = (int32_t)((int64_t)module_mp * MATRIX_ONE / PT(1));
    return canvas_group(canvas, x_mp, y_mp, (struct matrix){scale, 0, 0, scale, 0, 0}, NULL);
}

bool draw_qr(struct canvas *canvas, struct box box, struct str text) {
    /* Longer than any version holds. */
    if (text.n == 0 || text.n > QRSPEC_VERSION_MAX * 100) {
        return false;
    }
    QRcode *code = is_ascii(text) ? encode_ascii(canvas->arena, text) : encode_utf8(text);
    if (code == NULL) {
        return false;
    }
    struct canvas inside = group_for(canvas, box, code);
    struct mark *group = &canvas->marks->items[canvas->marks->count - 1];
    group->group.says = arena_copy(canvas->arena, &text, sizeof text);
    add_modules(&inside, code);
    QRcode_free(code);
    return true;
}

/* The field becomes the group that the code is, in its place among the others. False: the text is too long. */
static bool fill(struct arena *arena, struct mark *mark, struct str text) {
    struct marks own = {0};
    struct canvas canvas = {.arena = arena, .marks = &own, .layer = mark->layer, .element = mark->element};
    const struct box box = {mark->x_mp, mark->y_mp, mark->field.width_mp, mark->field.width_mp};
    mark->field.kind = FIELD_NONE;
    if (text.n > 0 && draw_qr(&canvas, box, text)) {
        *mark = own.items[0];
        mark->group.checks = true;
        return true;
    }
    return text.n == 0;
}

static size_t fill_codes(struct arena *arena, struct marks *marks, const struct str *texts) {
    size_t empty = 0;
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_GROUP) {
            empty += fill_codes(arena, &mark->group.marks, texts);
        } else if (mark->kind == MARK_FIELD && mark->field.kind == FIELD_CODE) {
            empty += !fill(arena, mark, texts[mark->field.row]);
        }
    }
    return empty;
}

size_t draw_codes(struct document *document, const struct str *texts) {
    size_t empty = 0;
    for (size_t i = 0; i < document->count; i++) {
        empty += fill_codes(document->arena, &document->pages[i]->marks, texts);
    }
    return empty;
}
