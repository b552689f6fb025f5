/* pinyin.c: a table of syllables (pinyin.def) turned into one by character, when the first name is asked for.
 *
 * Surnames that are read otherwise than the character alone (单 Shàn, 曾 Zēng) stand in surnames.def. */
#include "data/pinyin.h"

#include "base/utf8.h"

static const struct {
    struct str reading, characters;
} syllables[] = {
#define SYLLABLE(reading, characters) {STR_INIT(reading), STR_INIT(characters)},
#include "data/pinyin.def"
#undef SYLLABLE
};

static const struct {
    struct str surname, reading;
} surnames[] = {
#define SURNAME(surname, sorted_as, reading) {STR_INIT(surname), STR_INIT(reading)},
#include "data/surnames.def"
#undef SURNAME
};

enum { CODE_POINTS = 0x323B0 }; /* behind the last ideograph */

struct pinyin {
    uint16_t syllable[CODE_POINTS]; /* index + 1; 0: none */
};

struct pinyin *pinyin_create(struct arena *arena) {
    struct pinyin *pinyin = ARENA_NEW(arena, struct pinyin);
    for (size_t i = 0; i < sizeof syllables / sizeof *syllables; i++) {
        for (size_t at = 0; at < syllables[i].characters.n;) {
            pinyin->syllable[utf8_next(syllables[i].characters, &at)] = (uint16_t)(i + 1);
        }
    }
    return pinyin;
}

struct str pinyin_of(const struct pinyin *pinyin, uint32_t c) {
    const uint16_t syllable = c < CODE_POINTS ? pinyin->syllable[c] : 0;
    return syllable > 0 ? syllables[syllable - 1].reading : STR_NONE;
}

static bool is_plain(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static uint32_t lower(uint32_t c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Each character by itself. */
static void add_characters(const struct pinyin *pinyin, struct buffer *out, struct str name, bool initials) {
    for (size_t at = 0; at < name.n;) {
        const uint32_t c = lower(utf8_next(name, &at));
        const struct str reading = pinyin_of(pinyin, c);
        if (reading.n > 0) {
            buffer_add(out, initials ? str_slice(reading, 0, 1) : reading);
        } else if (is_plain(c)) {
            buffer_byte(out, (char)c);
        }
    }
}

/* The longest such surname that the name begins with; false: the first character has its usual reading. */
static bool find_surname(struct str name, struct str *surname, struct str *reading) {
    bool found = false;
    for (size_t i = 0; i < sizeof surnames / sizeof *surnames; i++) {
        if (str_starts(name, surnames[i].surname) && (!found || surnames[i].surname.n > surname->n)) {
            *surname = surnames[i].surname;
            *reading = surnames[i].reading;
            found = true;
        }
    }
    return found;
}

static void add_with_surname(const struct pinyin *pinyin, struct buffer *out, struct str name, struct str surname,
                             struct str reading) {
    const struct str given = str_slice(name, surname.n, name.n);
    buffer_add(out, reading);
    add_characters(pinyin, out, given, false);
    buffer_byte(out, ' ');
    buffer_add(out, str_slice(reading, 0, 1));
    size_t first = 0; /* of a surname of two characters the second is read alike */
    utf8_next(surname, &first);
    add_characters(pinyin, out, str_slice(surname, first, surname.n), true);
    add_characters(pinyin, out, given, true);
    buffer_byte(out, ' ');
}

static bool reads_alike(const struct pinyin *pinyin, struct str surname, struct str reading) {
    size_t at = 0;
    const uint32_t c = utf8_next(surname, &at);
    return at == surname.n && str_eq(pinyin_of(pinyin, c), reading);
}

void pinyin_add(const struct pinyin *pinyin, struct buffer *out, struct str name) {
    struct str surname = STR_NONE, reading = STR_NONE;
    if (find_surname(name, &surname, &reading) && !reads_alike(pinyin, surname, reading)) {
        add_with_surname(pinyin, out, name, surname, reading);
    }
    add_characters(pinyin, out, name, false);
    buffer_byte(out, ' ');
    add_characters(pinyin, out, name, true);
}
