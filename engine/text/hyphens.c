/* hyphens.c: a word is folded to what the patterns know: small letters of ASCII, ﬁ as two of them, ’ as '. Places come back in the word
 * as it was typed: none within a ﬁ that was typed as one character. */
#include "text/hyphens.h"

#include <assert.h>
#include <hyphen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/stamp.h"
#include "base/utf8.h"
#include "text/text.h"

#define DEBIANS "/usr/share/hyphen"

struct hyphens {
    HyphenDict *patterns;
    bool asked;
};

/* --- the file ------------------------------------------------------------------------------------------------------ */

/* The first file of patterns that is there, in the arena; NULL: there is none. */
static const char *find_patterns(struct arena *arena) {
    static const char *const names[] = {"hyph_en_US.dic", "hyph_en_GB.dic"};
    const char *const given = getenv("DICPATH");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str folders = str_from(given != NULL && *given != '\0' ? given : DEBIANS);
        while (folders.n > 0) {
            const struct str folder = str_split(folders, ':', &folders);
            const char *path = str_c(arena, str_printf(arena, "%.*s/%s", STR_ARG(folder), names[i]));
            struct stat state;
            if (stat(path, &state) == 0 && S_ISREG(state.st_mode)) {
                return path;
            }
        }
    }
    return NULL;
}

void hyphens_stamp(struct hash_stream *stream) {
    struct arena *arena = arena_create();
    const char *path = find_patterns(arena);
    stamp_file(stream, path != NULL ? path : "");
    arena_destroy(arena);
}

struct hyphens *hyphens_create(void) {
    struct hyphens *hyphens = calloc(1, sizeof *hyphens);
    if (hyphens == NULL) {
        abort();
    }
    return hyphens;
}

void hyphens_destroy(struct hyphens *hyphens) {
    if (hyphens != NULL && hyphens->patterns != NULL) {
        hnj_hyphen_free(hyphens->patterns);
    }
    free(hyphens);
}

bool hyphens_lacking(const struct hyphens *hyphens) {
    return hyphens->asked && hyphens->patterns == NULL;
}

static void load(struct hyphens *hyphens) {
    struct arena *arena = arena_create();
    const char *path = find_patterns(arena);
    hyphens->asked = true;
    hyphens->patterns = path != NULL ? hnj_hyphen_load(path) : NULL;
    arena_destroy(arena);
}

/* --- a word -------------------------------------------------------------------------------------------------------- */

enum { FOLDED_MAX = 3 * (HYPHENS_LONGEST + 1) };

/* A word as the patterns know it; behind[k]: the bytes of the typed word up to its letter k, 0: within a character. */
struct folded {
    char letters[FOLDED_MAX + 1];
    uint8_t behind[FOLDED_MAX];
    size_t count;
};

/* The letters of a character; NULL: the patterns know none. */
static const char *letters_of(uint32_t code_point, char single[2]) {
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    const bool capital = code_point >= 'A' && code_point <= 'Z';
    single[0] = code_point == 0x2019 ? '\''
                : code_point < 0x80  ? (char)(capital ? code_point - 'A' + 'a' : code_point)
                                     : '\0';
    single[1] = '\0';
    if (code_point >= 0xFB00 && code_point <= 0xFB06) {
        return ligatures[code_point - 0xFB00];
    }
    return (single[0] >= 'a' && single[0] <= 'z') || single[0] == '\'' ? single : NULL;
}

/* False: it has a letter that English has not. */
static bool fold(struct folded *folded, struct str word) {
    folded->count = 0;
    for (size_t at = 0; at < word.n;) {
        char single[2];
        const uint32_t code_point = utf8_next(word, &at);
        const char *letters = letters_of(code_point, single);
        if (letters == NULL) {
            return false;
        }
        for (; *letters != '\0'; letters++) {
            folded->letters[folded->count] = *letters;
            folded->behind[folded->count++] = letters[1] == '\0' ? (uint8_t)at : 0;
        }
    }
    folded->letters[folded->count] = '\0';
    return true;
}

/* The letters around the place behind letter k, up to the word's end or an apostrophe. */
static bool has_letters(const struct folded *folded, size_t k) {
    enum { BEFORE = 2, BEHIND = 3 };
    if (k + 1 < BEFORE || k + BEHIND >= folded->count) {
        return false;
    }
    return memchr(&folded->letters[k + 1 - BEFORE], '\'', BEFORE + BEHIND) == NULL;
}

static size_t count_letters(const struct folded *folded) {
    size_t letters = 0;
    for (size_t k = 0; k < folded->count; k++) {
        letters += folded->letters[k] != '\'';
    }
    return letters;
}

static uint64_t places_of(const struct hyphens *hyphens, const struct folded *folded) {
    char marks[FOLDED_MAX + 5];
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    uint64_t places = 0;
    if (hnj_hyphen_hyphenate2(hyphens->patterns, folded->letters, (int)folded->count, marks, NULL, &rep, &pos, &cut) !=
        0) {
        return 0;
    }
    for (size_t k = 0; k < folded->count; k++) {
        const bool plain = rep == NULL || rep[k] == NULL; /* Schiff-fahrt, which English has not */
        if ((marks[k] & 1) && plain && folded->behind[k] > 0 && has_letters(folded, k)) {
            assert(folded->behind[k] <= HYPHENS_LONGEST);
            places |= UINT64_C(1) << folded->behind[k];
        }
    }
    for (size_t k = 0; rep != NULL && k < folded->count; k++) {
        free(rep[k]);
    }
    free(rep);
    free(pos);
    free(cut);
    return places;
}

uint64_t hyphens_of(struct hyphens *hyphens, struct str word) {
    struct folded folded;
    if (word.n > HYPHENS_LONGEST || !fold(&folded, word) || count_letters(&folded) < HYPHENS_LEAST_LETTERS) {
        return 0;
    }
    if (!hyphens->asked) {
        load(hyphens);
    }
    return hyphens->patterns != NULL ? places_of(hyphens, &folded) : 0;
}
