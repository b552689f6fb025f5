/* qr.c: QR codes (ISO/IEC 18004), level M. Modules are whole numbers of 1/1000 pt, so that they meet without seams. */
#include "draw/draw.h"

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

/* Digits and capitals take less room than bytes: the library splits ASCII into such pieces. */
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

/* The longest run of dark modules from `column` on; 0 when that one is light. */
static int32_t dark_run(const QRcode *code, int32_t row, int32_t column) {
    int32_t end = column;
    while (end < code->width && (code->data[row * code->width + end] & 1) != 0) {
        end++;
    }
    return end - column;
}

static void add_modules(struct canvas *canvas, struct box box, const QRcode *code) {
    const int32_t size_mp = box.width_mp < box.height_mp ? box.width_mp : box.height_mp;
    const int32_t module_mp = size_mp / (code->width + 2 * QUIET_MODULES);
    const int32_t left_mp = box.x_mp + (box.width_mp - module_mp * code->width) / 2;
    const int32_t top_mp = box.y_mp + (box.height_mp - module_mp * code->width) / 2;
    for (int32_t row = 0; row < code->width; row++) {
        for (int32_t column = 0; column < code->width;) {
            const int32_t run = dark_run(code, row, column);
            if (run > 0) {
                const struct box dark = {left_mp + column * module_mp, top_mp + row * module_mp, run * module_mp,
                                         module_mp};
                canvas_fill(canvas, dark, COLOUR_BLACK);
            }
            column += run > 0 ? run : 1;
        }
    }
}

bool draw_qr(struct canvas *canvas, struct box box, struct str text) {
    /* Longer than any version takes: not even tried. */
    if (text.n == 0 || text.n > QRSPEC_VERSION_MAX * 100) {
        return false;
    }
    QRcode *code = is_ascii(text) ? encode_ascii(canvas->arena, text) : encode_utf8(text);
    if (code == NULL) {
        return false;
    }
    struct canvas inside = canvas_group(canvas, 0, 0, MATRIX_IDENTITY, NULL);
    struct mark *group = &canvas->marks->items[canvas->marks->count - 1];
    group->group.says = arena_copy(canvas->arena, &text, sizeof text);
    add_modules(&inside, box, code);
    QRcode_free(code);
    return true;
}
