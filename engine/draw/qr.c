/* qr.c: QR codes (ISO/IEC 18004), level M.
 *
 * Drawn in a group in which a module is 1 pt wide, so that its few hundred rectangles are small whole numbers
 * wherever the code stands. Dark modules side by side are one bar; equal bars in rows below each other are one
 * rectangle. */
#include "draw/draw.h"

#include "base/length.h"
#include "draw/qr_mask.h"

#include <zint.h>

#define QUIET_MODULES 4
#define ECI_UTF8      26
#define LEVEL_M       2

enum { BYTE = 8, WORD_BYTES = QR_LINES / BYTE };

static bool is_ascii(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* mask: 0 to 7; -1: the library weighs them all. Digits and capitals take less room than bytes: the library divides the text into such
 * segments. */
static bool encode_under(struct zint_symbol *code, struct str text, int mask) {
    ZBarcode_Clear(code);
    code->option_3 = (mask + 1) << 8;
    return ZBarcode_Encode(code, (const unsigned char *)text.p, (int)text.n) < ZINT_ERROR;
}

static void choose_mask(struct zint_symbol *code) {
    uint64_t rows[QR_LINES] = {0};
    for (int y = 0; y < code->rows; y++) {
        for (int i = 0; i < WORD_BYTES; i++) {
            rows[y] |= (uint64_t)code->encoded_data[y][i] << (BYTE * i);
        }
    }
    qr_choose_mask(code->rows, rows);
    for (int y = 0; y < code->rows; y++) {
        for (int i = 0; i < WORD_BYTES; i++) {
            code->encoded_data[y][i] = (unsigned char)(rows[y] >> (BYTE * i));
        }
    }
}

/* Yours to ZBarcode_Delete; NULL: too long for any version. */
static struct zint_symbol *encode(struct str text) {
    struct zint_symbol *code = ZBarcode_Create();
    if (code == NULL) {
        return NULL;
    }
    code->symbology = BARCODE_QRCODE;
    code->input_mode = DATA_MODE;
    code->option_1 = LEVEL_M;
    code->eci = is_ascii(text) ? 0 : ECI_UTF8;
    bool good = encode_under(code, text, 0);
    if (good && code->rows <= QR_WIDEST) {
        choose_mask(code);
    } else if (good) {
        good = encode_under(code, text, -1);
    }
    if (!good) {
        ZBarcode_Delete(code);
    }
    return good ? code : NULL;
}

static bool is_dark(const struct zint_symbol *code, int32_t row, int32_t column) {
    return (code->encoded_data[row][column / BYTE] >> column % BYTE & 1) != 0;
}

/* Count of dark modules from `column` on; 0: that one is light. */
static int32_t dark_length(const struct zint_symbol *code, int32_t row, int32_t column) {
    int32_t end = column;
    while (end < code->width && is_dark(code, row, end)) {
        end++;
    }
    return end - column;
}

/* Has this row too a bar there that begins and ends alike? */
static bool repeats(const struct zint_symbol *code, int32_t row, int32_t column, int32_t length) {
    return row >= 0 && row < code->width && (column == 0 || !is_dark(code, row, column - 1)) &&
           dark_length(code, row, column) == length;
}

/* The bar, and all equal ones below it, as one rectangle. */
static void add_dark(struct canvas *canvas, const struct zint_symbol *code, int32_t row, int32_t column,
                     int32_t length) {
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

static void add_modules(struct canvas *canvas, const struct zint_symbol *code) {
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
static struct canvas group_for(struct canvas *canvas, struct box box, const struct zint_symbol *code) {
    const int32_t size_mp = box.width_mp < box.height_mp ? box.width_mp : box.height_mp;
    const int32_t module_mp = size_mp / (code->width + 2 * QUIET_MODULES);
    const int32_t x_mp = box.x_mp + (box.width_mp - module_mp * code->width) / 2;
    const int32_t y_mp = box.y_mp + (box.height_mp - module_mp * code->width) / 2;
    const int32_t scale = (int32_t)((int64_t)module_mp * MATRIX_ONE / PT(1));
    return canvas_group(canvas, x_mp, y_mp, (struct matrix){scale, 0, 0, scale, 0, 0}, NULL);
}

bool draw_qr(struct canvas *canvas, struct box box, struct str text) {
    if (text.n == 0 || text.n > ZINT_MAX_DATA_LEN) {
        return false;
    }
    struct zint_symbol *code = encode(text);
    if (code == NULL) {
        return false;
    }
    struct canvas inside = group_for(canvas, box, code);
    struct mark *group = &canvas->marks->items[canvas->marks->count - 1];
    group->group.says = arena_copy(canvas->arena, &text, sizeof text);
    add_modules(&inside, code);
    ZBarcode_Delete(code);
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
