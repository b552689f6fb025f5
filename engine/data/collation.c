/* collation.c: COLLATE pinyin and COLLATE stroke, the orders of Chinese registers (CLDR's, by ICU).
 *
 * SQLite asks for a collation when the first query names it; only then ICU is opened. Texts that ICU holds for equal
 * are ordered by their bytes, so that no order depends on how the rows were stored. */
#include "data/session.h"

#include <string.h>

#include <unicode/ucol.h>

static const struct {
    const char *name, *locale;
} collations[] = {
    {"pinyin", "zh@collation=pinyin"},
    {"stroke", "zh@collation=stroke"},
    {"strokes", "zh@collation=stroke"},
};

const char *const collation_list = "pinyin, stroke, binary, nocase, rtrim";

static int by_bytes(int n, const void *a, int m, const void *b) {
    int order = memcmp(a, b, (size_t)(n < m ? n : m));
    return order != 0 ? order : n - m;
}

static int compare(void *collator, int n, const void *a, int m, const void *b) {
    UErrorCode error = U_ZERO_ERROR;
    UCollationResult order = ucol_strcollUTF8(collator, a, n, b, m, &error);
    return U_FAILURE(error) || order == UCOL_EQUAL ? by_bytes(n, a, m, b) : (int)order;
}

static void collator_close(void *collator) {
    ucol_close(collator);
}

static void needed(void *unused, sqlite3 *db, int encoding, const char *name) {
    (void)unused;
    (void)encoding;
    for (size_t i = 0; i < sizeof collations / sizeof *collations; i++) {
        if (sqlite3_stricmp(name, collations[i].name) != 0)
            continue;
        UErrorCode error = U_ZERO_ERROR;
        UCollator *collator = ucol_open(collations[i].locale, &error);
        if (U_SUCCESS(error))
            sqlite3_create_collation_v2(db, name, SQLITE_UTF8, collator, compare, collator_close);
        return;
    }
}

int collation_install(struct session *session) {
    return sqlite3_collation_needed(session->db, NULL, needed);
}
