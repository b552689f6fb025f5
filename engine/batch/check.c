/* check.c: `dossier check layouts`: every mistake of every layout in one go, held against the database. */
#include "base/buffer.h"
#include "batch/parts.h"

static void print_tree(struct run *run, const struct layout *layout) {
    struct buffer tree = {0};
    layout_dump(layout, &tree);
    struct str text = buffer_str(&tree);
    text.n -= text.n > 0 && text.p[text.n - 1] == '\n';
    run_line(run, text);
    buffer_release(&tree);
}

static void check_layout(struct run *run, struct parts_list *parts, const struct layout *layout) {
    struct printing printing;
    if (parts_open_printing(parts, run, layout, &printing)) {
        printing_close(&printing);
    } else {
        run_worsen(run, EXIT_LAYOUT);
    }
}

/* Queries that layouts share and none uses, each once: whoever uses them next shall find them right. */
static void check_shared_queries(struct run *run, struct session *session) {
    struct strmap seen;
    strmap_init(&seen, run->arena);
    for (size_t i = 0; i < run->layouts->count; i++) {
        const struct layout *layout = run->layouts->layouts[i];
        for (size_t j = 0; j < layout->query_count; j++) {
            const struct named_query *named = &layout->queries[j];
            const struct place *place = &named->place;
            bool found = named->built_in != BUILT_IN_NONE || named->used || str_eq(place->file, layout->path);
            if (!found) {
                strmap_put(&seen, str_printf(run->arena, "%.*s:%d", STR_ARG(place->file), place->line), &found);
            }
            const struct query_text text = {named->name, named->sql, named_query_place, named};
            if (!found && query_prepare(session, &text, &run->diags) == NULL) {
                run_worsen(run, EXIT_LAYOUT);
            }
        }
    }
    run_tell(run);
}

/* "1 error", "2 errors" */
static struct str counted(struct run *run, size_t count, const char *what) {
    return str_printf(run->arena, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static struct str sum_in_english(struct run *run, size_t errors, size_t warnings) {
    const struct str layouts = counted(run, run->layouts->count, "layout");
    if (errors + warnings == 0) {
        return str_printf(run->arena, "%.*s, no mistakes", STR_ARG(layouts));
    }
    return str_printf(run->arena, "%.*s: %.*s, %.*s", STR_ARG(layouts), STR_ARG(counted(run, errors, "error")),
                      STR_ARG(counted(run, warnings, "warning")));
}

static struct str sum_in_chinese(struct run *run, size_t errors, size_t warnings) {
    const size_t layouts = run->layouts->count;
    if (errors + warnings == 0) {
        return str_printf(run->arena, "版式 %zu 个，没有错误", layouts);
    }
    return str_printf(run->arena, "版式 %zu 个：错误 %zu 处，警告 %zu 处", layouts, errors, warnings);
}

static void sum_up(struct run *run) {
    const size_t errors = run->told_by_severity[SEVERITY_ERROR];
    const size_t warnings = run->told_by_severity[SEVERITY_WARNING];
    const bool chinese = run->job->language == LANGUAGE_CHINESE;
    run_tell_rest(run);
    if (!run->job->quiet) {
        run_line(run, chinese ? sum_in_chinese(run, errors, warnings) : sum_in_english(run, errors, warnings));
    }
}

static enum exit_code look_at_all(struct run *run, struct parts_list *parts, bool tree) {
    for (size_t i = 0; i < run->layouts->count && tree; i++) {
        print_tree(run, run->layouts->layouts[i]);
    }
    enum exit_code code = run_open_database(run, false, NULL);
    if (code == EXIT_MADE) {
        code = run_look_at_values(run, true);
    }
    if (code == EXIT_MADE) {
        code = run_settle(run, false);
    }
    struct session *school = code == EXIT_MADE ? run_session(run, READER_SCHOOL) : NULL;
    if (school != NULL) {
        session_look(school, &run->diags);
        run_tell(run);
        check_shared_queries(run, school);
    }
    for (size_t i = 0; i < run->layouts->count && code == EXIT_MADE; i++) {
        check_layout(run, parts, run->layouts->layouts[i]);
    }
    return code;
}

static enum exit_code check(struct run *run, struct parts_list *parts, bool tree) {
    run_hold(run, true);
    const enum exit_code read = run_read_layouts(run), code = read == EXIT_MADE ? look_at_all(run, parts, tree) : read;
    run_hold(run, false);
    if (read != EXIT_MADE) {
        return read;
    }
    sum_up(run);
    return diags_any(&run->diags, SEVERITY_ERROR) && code == EXIT_MADE ? EXIT_LAYOUT : code;
}

enum exit_code batch_check_layouts(const struct job *job, bool tree, struct reporter *reporter) {
    struct run run;
    struct parts_list parts = {0};
    run_init(&run, job, reporter);
    run_worsen(&run, check(&run, &parts, tree));
    const enum exit_code worst = run.worst;
    parts_close(&parts);
    run_release(&run);
    return worst;
}
