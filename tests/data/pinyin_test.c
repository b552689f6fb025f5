/* How names are read: the table against ICU's transliterator, and what a search finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/uclean.h>
#include <unicode/utrans.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "data/pinyin.h"

static void reads(const struct pinyin *pinyin, const char *name, const char *expected) {
    struct buffer out = {0};
    pinyin_add(pinyin, &out, str_from(name));
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, expected);
    buffer_release(&out);
}

static void test_names(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const struct pinyin *pinyin = pinyin_create(arena);
    reads(pinyin, "王小明", "wangxiaoming wxm");
    reads(pinyin, "吕绿", "lvlv ll");
    reads(pinyin, "单小明", "shanxiaoming sxm danxiaoming dxm");
    reads(pinyin, "仇英", "qiuying qy chouying cy");
    reads(pinyin, "解缙", "xiejin xj jiejin jj");
    reads(pinyin, "曾国藩", "zengguofan zgf cengguofan cgf");
    reads(pinyin, "查良镛", "zhaliangyong zly chaliangyong cly");
    reads(pinyin, "区大相", "oudaxiang odx qudaxiang qdx");
    reads(pinyin, "盖叫天", "gejiaotian gjt gaijiaotian gjt");
    reads(pinyin, "任正", "renzheng rz");
    reads(pinyin, "华罗庚", "hualuogeng hlg");
    reads(pinyin, "朴树", "piaoshu ps pushu ps");
    reads(pinyin, "覃芳", "qinfang qf tanfang tf");
    reads(pinyin, "万俟卨", "moqixie mqx wanqixie wqx");
    reads(pinyin, "单于", "chanyu cy danyu dy");
    reads(pinyin, "小单", "xiaodan xd"); /* no surname there */
    reads(pinyin, "阿依·Mai 2", "ayimai2 aymai2");
    reads(pinyin, "李𬱖𠮷", "lidiji ldj");
    reads(pinyin, "", " ");
    arena_destroy(arena);
}

/* The reading that ICU gives a character, without its tone; false: it has none. */
static bool by_icu(UTransliterator *transliterator, uint32_t c, char *out, size_t room) {
    UChar text[32];
    int32_t length = 0, limit;
    UErrorCode error = U_ZERO_ERROR;
    UBool wrong = false;
    U16_APPEND(text, length, 30, (UChar32)c, wrong);
    assert_false(wrong);
    limit = length;
    utrans_transUChars(transliterator, text, &length, 32, 0, &limit, &error);
    assert_true(U_SUCCESS(error));
    size_t n = 0;
    for (int32_t i = 0; i < length; i++) {
        if (text[i] >= 'a' && text[i] <= 'z' && n + 1 < room) {
            out[n++] = (char)text[i];
        } else if (text[i] == 0x308 && n > 0) {
            out[n - 1] = 'v';
        } else if (text[i] > 0x7F) {
            return false;
        }
    }
    out[n] = '\0';
    return n > 0;
}

static void test_table(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const struct pinyin *pinyin = pinyin_create(arena);
    UErrorCode error = U_ZERO_ERROR;
    UChar id[80];
    u_uastrcpy(id, "Han-Latin; NFD; [[\\u0300-\\u036F] - [\\u0308]] Remove");
    UTransliterator *transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    assert_true(U_SUCCESS(error));
    size_t known = 0, other = 0;
    for (uint32_t c = 0x3400; c < 0x323B0; c++) {
        char expected[16];
        if (!utf8_is_han(c) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x2F800 && c < 0x2FA20) ||
            !by_icu(transliterator, c, expected, sizeof expected)) {
            continue;
        }
        const struct str reading = pinyin_of(pinyin, c);
        known++;
        other += !str_is(reading, expected);
    }
    assert_true(known > 40000);
    assert_int_equal(other, 0);
    utrans_close(transliterator);
    u_cleanup(); /* ICU keeps what it has read of all transliterators, by pointers that valgrind doesn't know for such */
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
