/* schools.c: the table by school, from two manifests. */
#include "batch/schools.h"

#include "base/utf8.h"
#include "batch/counts.h"

static const struct str titles[COUNT_KINDS][2] = {
    [COUNT_DOCUMENTS] = {STR_INIT("documents"), STR_INIT("份数")},
    [COUNT_CHANGED] = {STR_INIT("new or changed"), STR_INIT("新写")},
    [COUNT_INCOMPLETE] = {STR_INIT("incomplete"), STR_INIT("不完整")},
    [COUNT_NOT_MADE] = {STR_INIT("not made"), STR_INIT("未能生成")},
    [COUNT_WITHDRAWN] = {STR_INIT("withdrawn"), STR_INIT("撤下")},
};

/* --- telling ------------------------------------------------------------------------------------------------------ */

static struct str name_of(const struct counted *school, enum language language) {
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

static size_t widest_name(const struct counts *schools, enum language language) {
    size_t width = 0;
    for (size_t i = 0; i < schools->count; i++) {
        const size_t cells = utf8_width(name_of(&schools->items[i], language));
        width = cells > width ? cells : width;
    }
    return width;
}

/* school NULL: the head. */
static void tell_school(struct run *run, const struct counted *school, size_t name_cells) {
    enum { NUMBER_CELLS = 8 };
    const enum language language = run->job->language;
    struct buffer line = {0};
    add_name(&line, school == NULL ? STR_NONE : name_of(school, language), name_cells);
    for (size_t k = 0; k < COUNT_KINDS; k++) {
        const struct str title = titles[k][language];
        const size_t cells = utf8_width(title) > NUMBER_CELLS ? utf8_width(title) : NUMBER_CELLS;
        add_right(&line, school == NULL ? title : str_int(run->arena, (int64_t)school->counts[k]), cells);
    }
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

/* What is of no school stands last. */
static void tell_table(struct run *run, const struct counts *schools) {
    const size_t cells = widest_name(schools, run->job->language);
    const struct counted *none = NULL;
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
        if (!layout->broken && !layout->of_run && strmap_get(&printed, layout->name) == NULL) {
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
    struct counts schools;
    if (run->job->name_count > 0 || run->job->only_count > 0) {
        return;
    }
    counts_init(&schools, run->arena);
    counts_take(&schools, now, before, counts_school);
    if (schools.count > 1) {
        tell_table(run, &schools);
    }
    tell_empty_layouts(run, now);
}
