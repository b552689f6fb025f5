/* qr_test.c: the mask of a QR code is the one that the library chooses when it weighs all eight itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zint.h>

#include "base/length.h"
#include "draw/qr_mask.h"
#include "support.h"

enum { TEXTS = 1000, WIDE = 177 };

typedef bool modules[WIDE][WIDE];

/* A generator of its own: the same texts everywhere. */
static uint32_t next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Checking codes, digits, any ASCII, Chinese: up to what version 11 holds, and now and then beyond. */
static struct str text_of(uint32_t number, char *out) {
    static const char *const hanzi[] = {"石", "溪", "镇", "中", "心", "小", "学", "𬱖"};
    uint32_t state = number;
    const size_t most = number % 50 == 0 ? 400 : 1 + next(&state) % 240;
    size_t n = 0;
    while (n < most) {
        switch (number % 4) {
        case 0:
            n += (size_t)sprintf(out + n, "ARCHIVE/LS%02u-2025-%04u/", next(&state) % 100, next(&state) % 10000);
            break;
        case 1:
            out[n++] = (char)('0' + next(&state) % 10);
            break;
        case 2:
            out[n++] = (char)(' ' + next(&state) % 95);
            break;
        default:
            n += (size_t)sprintf(out + n, "%s", hanzi[next(&state) % 8]);
            break;
        }
    }
    return (struct str){out, n};
}

static int drawn(const struct canvas *canvas, modules dark) {
    const struct marks *marks = &canvas->marks->items[canvas->marks->count - 1].group.marks;
    int size = 0;
    memset(dark, 0, sizeof(modules));
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        const int x = mark->x_mp / PT(1), y = mark->y_mp / PT(1);
        const int right = x + mark->fill.width_mp / PT(1), bottom = y + mark->fill.height_mp / PT(1);
        for (int row = y; row < bottom; row++) {
            memset(&dark[row][x], true, (size_t)(right - x));
        }
        size = right > size ? right : size;
    }
    return size;
}

static struct zint_symbol *weighed(struct str text) {
    struct zint_symbol *code = ZBarcode_Create();
    code->symbology = BARCODE_QRCODE;
    code->option_1 = 2;
    for (size_t i = 0; i < text.n; i++) {
        code->eci = (unsigned char)text.p[i] >= 0x80 ? 26 : code->eci;
    }
    assert_true(ZBarcode_Encode(code, (const unsigned char *)text.p, (int)text.n) < ZINT_ERROR);
    return code;
}

static void mask_is_the_least_penalty(void **state) {
    (void)state;
    static modules dark;
    static char out[512];
    int versions = 0, wide = 0;
    for (uint32_t number = 0; number < TEXTS; number++) {
        struct easel easel;
        easel_init(&easel, MM(30), MM(30));
        const struct str text = text_of(number, out);
        assert_true(draw_qr(&easel.canvas, (struct box){0, 0, MM(30), MM(30)}, text));
        struct zint_symbol *code = weighed(text);
        assert_int_equal(drawn(&easel.canvas, dark), code->rows);
        for (int y = 0; y < code->rows; y++) {
            for (int x = 0; x < code->rows; x++) {
                assert_int_equal(dark[y][x], code->encoded_data[y][x / 8] >> x % 8 & 1);
            }
        }
        versions |= 1 << (code->rows - 17) / 4 % 32;
        wide += code->rows > QR_WIDEST;
        ZBarcode_Delete(code);
        easel_release(&easel);
    }
    assert_int_equal(versions & 0xFFE, 0xFFE);
    assert_true(wide > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(mask_is_the_least_penalty)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
