/* hyphens_test.c: where words may be parted, by hyphen-en-us. */
#include "support.h"

#include <stdlib.h>

#include "text/hyphens.h"

/* A hyphen at each place. */
static const char *const words[] = {
    "in-ter-na-tion-als",
    "In-ter-na-tion-als",
    "IN-TER-NA-TION-ALS", /* capitals are small letters */
    "dif-fi-cult",
    "in-suf-ﬁ-cient",
    "af-ﬂu-ent", /* ﬁ is two letters, and isn't parted */
    "chil-dren's",
    "grand-mother’s",
    "shouldn't",
    "couldn’t’ve", /* three letters behind, before an apostrophe */
    "table",
    "of-fice", /* as short as they may be */
    "project",
    "considérable",                                                          /* no place known; no English letters */
    "pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopic", /* too long */
};

static void words_have_their_places(void **state) {
    struct hyphens *hyphens = hyphens_create();
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char word[128], parted[128];
        size_t n = 0, count = 0;
        for (const char *p = words[i]; *p != '\0'; p++) {
            if (*p != '-') {
                word[n++] = *p;
            }
        }
        const uint64_t places = hyphens_of(hyphens, (struct str){word, n});
        for (size_t k = 0; k < n; k++) {
            if (k < 64 && (places >> k & 1) != 0) {
                parted[count++] = '-';
            }
            parted[count++] = word[k];
        }
        parted[count] = '\0';
        assert_string_equal(parted, words[i]);
    }
    assert_false(hyphens_lacking(hyphens));
    hyphens_destroy(hyphens);
}

static void without_patterns_nothing_is_guessed(void **state) {
    struct hyphens *hyphens = hyphens_create();
    (void)state;
    setenv("DICPATH", "/nonexistent:/", 1);
    assert_false(hyphens_lacking(hyphens)); /* nobody asked */
    assert_int_equal(hyphens_of(hyphens, STR("international")), 0);
    assert_true(hyphens_lacking(hyphens));
    unsetenv("DICPATH");
    hyphens_destroy(hyphens);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_have_their_places),
                                       cmocka_unit_test(without_patterns_nothing_is_guessed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
