/* aliases.c: what people write for the words of the language: Chinese for English, the words of HTML, CSS and spreadsheets. Only a
 * message says so; none of them is taken for the word itself. */
#include "layout/reader.h"
#include "layout/schema.h"

#include "base/nearest.h"

static const struct {
    const char *written, *meant;
    const char *so; /* how it is written in full, where the name alone says too little */
} aliases[] = {
#include "layout/aliases.def"
};

/* colro, which is nearest to color. */
static struct str alias_near(struct str written, const struct str *candidates, size_t count) {
    enum { SHORTEST = 5 };
    const bool mistyped = written.n >= SHORTEST && !schema_knows(written); /* header is no mistyped reader */
    for (size_t i = 0; mistyped && i < sizeof aliases / sizeof aliases[0]; i++) {
        const struct str alias = str_from(aliases[i].written);
        if ((unsigned char)alias.p[0] >= 0x80 || alias.n < SHORTEST || nearest_name(written, &alias, 1).n == 0) {
            continue;
        }
        for (size_t j = 0; j < count; j++) {
            if (str_is(candidates[j], aliases[i].meant)) {
                return candidates[j];
            }
        }
    }
    return STR_NONE;
}

struct str name_meant(struct str written, const struct str *candidates, size_t count) {
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (!str_is(written, aliases[i].written)) {
            continue;
        }
        for (size_t j = 0; j < count; j++) {
            if (str_is(candidates[j], aliases[i].meant)) {
                return candidates[j];
            }
        }
    }
    const struct str near = nearest_name(written, candidates, count);
    return near.n > 0 ? near : alias_near(written, candidates, count);
}

struct str name_in_full(struct str written, struct str meant) {
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (aliases[i].so != NULL && str_is(written, aliases[i].written) && str_is(meant, aliases[i].meant)) {
            return str_from(aliases[i].so);
        }
    }
    return meant;
}
