/* schools.c: the table by school, from two manifests. */
#include "batch/schools.h"

#include "base/utf8.h"

enum count { DOCUMENTS, CHANGED, INCOMPLETE, NOT_MADE, WITHDRAWN, COUNTS };

static const struct str titles[COUNTS][2] = {
    [DOCUMENTS] = {STR_INIT("documents"), STR_INIT("份数")},
    [CHANGED] = {STR_INIT("new or changed"), STR_INIT("新写")},
    [INCOMPLETE] = {STR_INIT("incomplete"), STR_INIT("不完整")},
    [NOT_MADE] = {STR_INIT("not made"), STR_INIT("未能生成")},
    [WITHDRAWN] = {STR_INIT("withdrawn"), STR_INIT("撤下")},
};

struct school {
    struct str name;
    size_t counts[COUNTS];
};
struct schools {
    struct arena *arena;
    struct school *items;
    size_t count, capacity;
    struct strmap known;
};

static struct school *school_of(struct schools *schools, const struct entry *entry) {
    bool found = false;
    uint32_t *index = strmap_put(&schools->known, entry->school, &found);
    if (!found) {
        *index = (uint32_t)schools->count;
        ARENA_GROW(schools->arena, schools->items, schools->count, schools->capacity);
        schools->items[schools->count++] = (struct school){.name = entry->school};
    }
    return &schools->items[*index];
}

static void index_paths(struct arena *arena, const struct manifest *manifest, struct strmap *out) {
    strmap_init(out, arena);
    for (size_t i = 0; i < manifest->count; i++) {
        bool found = false;
        *strmap_put(out, manifest->entries[i].path, &found) = (uint32_t)i;
    }
}

static void count_all(struct schools *schools, const struct manifest *now, const struct manifest *before) {
    struct strmap paths;
    index_paths(schools->arena, before, &paths);
    for (size_t i = 0; i < now->count; i++) {
        const struct entry *entry = &now->entries[i];
        const uint32_t *old = strmap_get(&paths, entry->path);
        size_t *counts = school_of(schools, entry)->counts;
        if (entry->state == STATE_FAILED) {
            counts[NOT_MADE]++;
            continue;
        }
        counts[DOCUMENTS]++;
        counts[CHANGED] += old == NULL || !str_eq(before->entries[*old].sha256, entry->sha256);
        counts[INCOMPLETE] += entry->state == STATE_INCOMPLETE;
    }
    index_paths(schools->arena, now, &paths);
    for (size_t i = 0; i < before->count; i++) {
        const struct entry *entry = &before->entries[i];
        if (entry->state != STATE_FAILED && strmap_get(&paths, entry->path) == NULL) {
            school_of(schools, entry)->counts[WITHDRAWN]++;
        }
    }
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static struct str name_of(const struct school *school, enum language language) {
    return school->name.n > 0             ? school->name
           : language == LANGUAGE_CHINESE ? STR("（不分学校）")
                                          : STR("(of no school)");
}

/* Behind the columns before it, its last character at the same place on a terminal in all lines. */
static void add_right(struct buffer *line, struct str text, size_t width) {
    buffer_add(line, STR("  "));
    for (size_t cells = utf8_width(text); cells < width; cells++) {
        buffer_byte(line, ' ');
    }
    buffer_add(line, text);
}

static void add_name(struct buffer *line, struct str name, size_t width) {
    buffer_add(line, name);
    for (size_t cells = utf8_width(name); cells < width; cells++) {
        buffer_byte(line, ' ');
    }
}

static size_t widest_name(const struct schools *schools, enum language language) {
    size_t width = 0;
    for (size_t i = 0; i < schools->count; i++) {
        const size_t cells = utf8_width(name_of(&schools->items[i], language));
        width = cells > width ? cells : width;
    }
    return width;
}

/* school NULL: the head. */
static void tell_school(struct run *run, const struct school *school, size_t name_cells) {
    enum { NUMBER_CELLS = 8 };
    const enum language language = run->job->language;
    struct buffer line = {0};
    add_name(&line, school == NULL ? STR_NONE : name_of(school, language), name_cells);
    for (size_t k = 0; k < COUNTS; k++) {
        const struct str title = titles[k][language];
        const size_t cells = utf8_width(title) > NUMBER_CELLS ? utf8_width(title) : NUMBER_CELLS;
        add_right(&line, school == NULL ? title : str_int(run->arena, (int64_t)school->counts[k]), cells);
    }
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

/* What is of no school stands last. */
static void tell_table(struct run *run, const struct schools *schools) {
    const size_t cells = widest_name(schools, run->job->language);
    const struct school *none = NULL;
    tell_school(run, NULL, cells);
    for (size_t i = 0; i < schools->count; i++) {
        if (schools->items[i].name.n > 0) {
            tell_school(run, &schools->items[i], cells);
        } else {
            none = &schools->items[i];
        }
    }
    if (none != NULL) {
        tell_school(run, none, cells);
    }
}

/* Broken ones were told. */
static void tell_empty_layouts(struct run *run, const struct manifest *now) {
    struct buffer names = {0};
    struct strmap printed;
    strmap_init(&printed, run->arena);
    for (size_t i = 0; i < now->count; i++) {
        bool found = false;
        strmap_put(&printed, now->entries[i].layout, &found);
    }
    for (size_t i = 0; i < run->layouts->count; i++) {
        const struct layout *layout = run->layouts->layouts[i];
        if (!layout->broken && strmap_get(&printed, layout->name) == NULL) {
            buffer_printf(&names, "%s%.*s", names.count > 0 ? ", " : "", STR_ARG(layout->name));
        }
    }
    if (names.count > 0) {
        run_line(run, str_printf(run->arena,
                                 run->job->language == LANGUAGE_CHINESE ? "没有可打印内容的版式：%.*s"
                                                                        : "nothing to print for: %.*s",
                                 STR_ARG(buffer_str(&names))));
    }
    buffer_release(&names);
}

void schools_tell(struct run *run, const struct manifest *now, const struct manifest *before) {
    struct schools schools = {.arena = run->arena};
    if (run->job->name_count > 0 || run->job->only_count > 0) {
        return;
    }
    strmap_init(&schools.known, run->arena);
    count_all(&schools, now, before);
    if (schools.count > 1) {
        tell_table(run, &schools);
    }
    tell_empty_layouts(run, now);
}
