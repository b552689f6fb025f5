/* collation.c: the orders of Chinese registers (CLDR's, by ICU): COLLATE pinyin; COLLATE stroke; COLLATE surname,
 * for names of people: pinyin, with the first character read as a surname (曾 Zēng, 单 Shàn).
 *
 * SQLite asks for a collation when the first query names it; only then ICU is opened. Texts that ICU holds equal are
 * ordered by their bytes, so no order depends on how rows are stored. */
#include "data/session.h"

#include <string.h>

#include <unicode/ucol.h>

const char *const collation_list = "pinyin, surname, stroke, binary, nocase, rtrim";

/* Surnames with a reading of their own, and a character that has that reading; "": sorted as it stands. */
static const char surnames[][2][8] = {
#define SURNAME(surname, sorted_as, reading) {surname, sorted_as},
#include "data/surnames.def"
#undef SURNAME
};
enum { HAN_BYTES = 3, NAME_LONGEST = 240 };

static int by_bytes(int n, const void *a, int m, const void *b) {
    const int order = memcmp(a, b, (size_t)(n < m ? n : m));
    return order != 0 ? order : n - m;
}

static int compare(void *collator, int n, const void *a, int m, const void *b) {
    UErrorCode error = U_ZERO_ERROR;
    const UCollationResult order = ucol_strcollUTF8(collator, a, n, b, m, &error);
    return U_FAILURE(error) || order == UCOL_EQUAL ? by_bytes(n, a, m, b) : (int)order;
}

/* The name as it is read: in `room` when its first character is replaced. */
static const char *as_surname(const char *name, int n, char room[NAME_LONGEST]) {
    for (size_t i = 0; i < sizeof surnames / sizeof *surnames; i++) {
        if (surnames[i][1][0] == '\0' || n < HAN_BYTES || n > NAME_LONGEST ||
            memcmp(name, surnames[i][0], HAN_BYTES) != 0) {
            continue;
        }
        memcpy(room, name, (size_t)n);
        memcpy(room, surnames[i][1], HAN_BYTES);
        return room;
    }
    return name;
}

static int compare_names(void *collator, int n, const void *a, int m, const void *b) {
    char room_a[NAME_LONGEST], room_b[NAME_LONGEST];
    UErrorCode error = U_ZERO_ERROR;
    const UCollationResult order =
        ucol_strcollUTF8(collator, as_surname(a, n, room_a), n, as_surname(b, m, room_b), m, &error);
    return U_FAILURE(error) || order == UCOL_EQUAL ? by_bytes(n, a, m, b) : (int)order;
}

static const struct {
    const char *name, *locale;
    int (*compare)(void *collator, int n, const void *a, int m, const void *b);
} collations[] = {
    {"pinyin", "zh@collation=pinyin", compare},
    {"surname", "zh@collation=pinyin", compare_names},
    {"stroke", "zh@collation=stroke", compare},
    {"strokes", "zh@collation=stroke", compare},
};

static void collator_close(void *collator) {
    ucol_close(collator);
}

static void needed(void *unused, sqlite3 *db, int encoding, const char *name) {
    (void)unused;
    (void)encoding;
    for (size_t i = 0; i < sizeof collations / sizeof *collations; i++) {
        if (sqlite3_stricmp(name, collations[i].name) != 0) {
            continue;
        }
        UErrorCode error = U_ZERO_ERROR;
        UCollator *collator = ucol_open(collations[i].locale, &error);
        if (U_SUCCESS(error)) {
            sqlite3_create_collation_v2(db, name, SQLITE_UTF8, collator, collations[i].compare, collator_close);
        }
        return;
    }
}

int collation_install(struct session *session) {
    return sqlite3_collation_needed(session->db, NULL, needed);
}
