/* locate.c: families by fontconfig. Only an exact family is taken, under any of its names: a substitute for a font
 * that isn't installed would print another document than the one that was laid out. */
#include "font/face.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "font/cachedir.h"
#include "font/fontdirs.h"

struct locator {
    struct arena *arena;
    FcConfig *config;
    bool whole; /* fontconfig has read all of it */
};

struct locator *locator_create_in(struct arena *arena) {
    struct locator *locator = ARENA_NEW(arena, struct locator);
    locator->arena = arena;
    const struct cachedir cachedir = cachedir_lend(arena);
    locator->config = fontdirs_load();
    cachedir_take_back(&cachedir);
    return locator;
}

/* A family that isn't found is looked for once more, and then surely isn't there. */
static bool read_whole(struct locator *locator) {
    bool was = locator->whole;
    if (!was) {
        locator_release(locator);
        const struct cachedir cachedir = cachedir_lend(locator->arena);
        locator->config = FcInitLoadConfigAndFonts();
        cachedir_take_back(&cachedir);
        locator->whole = true;
    }
    return !was && locator->config != NULL;
}

void locator_release(struct locator *locator) {
    if (locator->config != NULL) {
        FcConfigDestroy(locator->config);
    }
}

static const struct {
    const char *name;
    int weight;
} weights[] = {
    {"thin", FC_WEIGHT_THIN},           {"extralight", FC_WEIGHT_EXTRALIGHT},
    {"light", FC_WEIGHT_LIGHT},         {"demilight", FC_WEIGHT_DEMILIGHT},
    {"book", FC_WEIGHT_BOOK},           {"regular", FC_WEIGHT_REGULAR},
    {"medium", FC_WEIGHT_MEDIUM},       {"semibold", FC_WEIGHT_DEMIBOLD},
    {"demibold", FC_WEIGHT_DEMIBOLD},   {"bold", FC_WEIGHT_BOLD},
    {"extrabold", FC_WEIGHT_EXTRABOLD}, {"black", FC_WEIGHT_BLACK},
    {"heavy", FC_WEIGHT_BLACK},
};

/* "Family:weight". Without a weight the family's nearest to regular is taken: a family of one weight has its own
 * name for it. */
struct wanted {
    struct str family;
    int weight;
    bool exact;
};

static bool read_wanted(struct str name, struct wanted *out) {
    const size_t colon = str_find_byte(name, ':');
    *out = (struct wanted){str_trim(str_slice(name, 0, colon)), FC_WEIGHT_REGULAR, false};
    if (colon >= name.n) {
        return out->family.n > 0;
    }
    const struct str suffix = str_trim(str_slice(name, colon + 1, name.n));
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        if (str_is(suffix, weights[i].name)) {
            out->weight = weights[i].weight;
            out->exact = true;
            return out->family.n > 0;
        }
    }
    return false;
}

struct candidate {
    struct str path;
    int index, distance;
};

/* Upright, not variable, of the right weight; its distance is that from the weight asked for. */
static bool read_candidate(FcPattern *font, const struct wanted *wanted, struct candidate *out) {
    FcChar8 *file;
    double weight = FC_WEIGHT_REGULAR;
    int slant = FC_SLANT_ROMAN, width = FC_WIDTH_NORMAL;
    FcBool variable = FcFalse;
    if (FcPatternGetString(font, FC_FILE, 0, &file) != FcResultMatch) {
        return false;
    }
    if (FcPatternGetInteger(font, FC_INDEX, 0, &out->index) != FcResultMatch || out->index < 0 || out->index > 0xFFFF) {
        return false;
    }
    FcPatternGetBool(font, FC_VARIABLE, 0, &variable);
    FcPatternGetInteger(font, FC_SLANT, 0, &slant);
    FcPatternGetInteger(font, FC_WIDTH, 0, &width);
    if (variable || FcPatternGetDouble(font, FC_WEIGHT, 0, &weight) != FcResultMatch) {
        return false;
    }
    const int off = abs((int)weight - wanted->weight);
    if (wanted->exact && off != 0) {
        return false;
    }
    out->path = str_from((const char *)file);
    out->distance = off + 1000 * (slant != FC_SLANT_ROMAN) + abs(width - FC_WIDTH_NORMAL);
    return true;
}

static bool candidate_better(const struct candidate *a, const struct candidate *b) {
    if (a->distance != b->distance) {
        return a->distance < b->distance;
    }
    const int order = str_compare(a->path, b->path);
    return order != 0 ? order < 0 : a->index < b->index;
}

static FcFontSet *list_fonts(struct locator *locator, FcPattern *pattern) {
    FcObjectSet *objects =
        FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_VARIABLE, (char *)NULL);
    FcFontSet *set = FcFontList(locator->config, pattern, objects);
    FcObjectSetDestroy(objects);
    return set;
}

static bool find(struct locator *locator, struct arena *arena, struct wanted wanted, struct str *path,
                 uint32_t *index) {
    if (locator->config == NULL) {
        return false;
    }
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)str_c(arena, wanted.family));
    FcFontSet *set = list_fonts(locator, pattern);
    struct candidate best = {.distance = INT_MAX};
    for (int i = 0; set != NULL && i < set->nfont; i++) {
        struct candidate candidate;
        if (read_candidate(set->fonts[i], &wanted, &candidate) && candidate_better(&candidate, &best)) {
            best = candidate;
        }
    }
    bool found = best.distance < INT_MAX;
    if (found) {
        *path = str_copy(arena, best.path);
        *index = (uint32_t)best.index;
    }
    if (set != NULL) {
        FcFontSetDestroy(set);
    }
    FcPatternDestroy(pattern);
    return found;
}

bool locate_family(struct locator *locator, struct arena *arena, struct str name, struct str *path, uint32_t *index) {
    struct wanted wanted;
    return read_wanted(name, &wanted) && (find(locator, arena, wanted, path, index) ||
                                          (read_whole(locator) && find(locator, arena, wanted, path, index)));
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* All family names, sorted, each once. */
static size_t family_names(struct locator *locator, struct arena *arena, struct str **out) {
    FcPattern *pattern = FcPatternCreate();
    FcFontSet *set = list_fonts(locator, pattern);
    struct str *names = NULL;
    size_t count = 0, capacity = 0, unique = 0;
    for (int i = 0; set != NULL && i < set->nfont; i++) {
        FcChar8 *family;
        for (int k = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, k, &family) == FcResultMatch; k++) {
            ARENA_GROW(arena, names, count, capacity);
            names[count++] = str_copy(arena, str_from((const char *)family));
        }
    }
    if (count > 0) {
        qsort(names, count, sizeof *names, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_eq(names[i], names[unique - 1])) {
            names[unique++] = names[i];
        }
    }
    if (set != NULL) {
        FcFontSetDestroy(set);
    }
    FcPatternDestroy(pattern);
    *out = names;
    return unique;
}

struct str locate_nearest(struct locator *locator, struct arena *arena, struct str name) {
    enum { MOST = 3 };
    const struct str family = str_trim(str_slice(name, 0, str_find_byte(name, ':')));
    struct str *names = NULL, near[MOST];
    read_whole(locator);
    size_t count = locator->config != NULL ? family_names(locator, arena, &names) : 0, found = 0;
    for (size_t at; found < MOST && (at = nearest(family, names, count)) < count; found++) {
        near[found] = names[at];
        memmove(&names[at], &names[at + 1], (--count - at) * sizeof *names);
    }
    return names_joined(arena, near, found, MOST);
}
