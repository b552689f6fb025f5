/* work.c: from a job to planned layouts, and what the fonts should be prepared for. */
#include "batch/work.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"

/* --- opening ------------------------------------------------------------------------------------------------------ */

enum exit_code work_open(struct work *work, const struct job *job, struct reporter *reporter) {
    *work = (struct work){.writes = !job->dump && !job->dry_run, .output = {.lock = -1}};
    struct run *run = &work->run;
    tally_begin(&work->tally);
    run_init(run, job, reporter);
    enum exit_code code = run_read_layouts(run);
    if (code == EXIT_MADE && work->writes) {
        code = output_open(run, &work->output);
    }
    if (code == EXIT_MADE) {
        /* How many documents there will be is known only when the database has been asked; narrowed runs are short. */
        const bool private_copy = work->writes && job->only_count == 0;
        code = run_open_database(run, private_copy, work->output.root);
    }
    if (code == EXIT_MADE) {
        code = run_settle(run, true);
    }
    if (code == EXIT_MADE && work->writes) {
        code = output_begin(run, &work->output);
    }
    return code;
}

void work_close(struct work *work) {
    for (size_t i = 0; i < work->count; i++) {
        printing_close(&work->printings[i]);
    }
    output_close(&work->output);
    run_release(&work->run);
}

/* --- planning ----------------------------------------------------------------------------------------------------- */

static bool has_only_columns(const struct run *run, const struct printing *printing) {
    if (printing->layout->each == NO_QUERY) {
        return false;
    }
    const struct query *query = printing->resolved->queries[printing->layout->each].query;
    for (size_t i = 0; i < run->job->only_count; i++) {
        bool found = false;
        for (size_t column = 0; column < query_columns(query) && !found; column++) {
            found = str_eq(query_column(query, column), run->job->only[i].key);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* Where all layouts are printed, --only leaves out those that don't know its column; if none does, it is a slip of the
 * pen. */
static bool is_lenient(const struct work *work) {
    for (size_t i = 0; i < work->count && work->run.job->name_count == 0; i++) {
        if (has_only_columns(&work->run, &work->printings[i])) {
            return true;
        }
    }
    return false;
}

static void open_printings(struct work *work) {
    struct run *run = &work->run;
    work->printings = ARENA_ARRAY(run->arena, struct printing, run->layouts->count);
    work->plans = ARENA_ARRAY(run->arena, struct plan, run->layouts->count);
    for (size_t i = 0; i < run->layouts->count; i++) {
        if (printing_open(run, run->layouts->layouts[i], &work->printings[work->count])) {
            work->count++;
        } else {
            run_worsen(run, EXIT_LAYOUT);
        }
    }
}

static struct str only_text(struct run *run) {
    struct str all = STR_NONE;
    for (size_t i = 0; i < run->job->only_count; i++) {
        const struct only *only = &run->job->only[i];
        all = str_printf(run->arena, "%.*s%s%.*s=%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(only->key),
                         STR_ARG(only->value));
    }
    return all;
}

static void tell_nothing_chosen(struct work *work, const struct plan *plan, struct str name) {
    if (plan->narrowed && plan->chosen == 0) {
        DIAG_ADD(&work->run.diags, O110, PLACE_NONE, name, only_text(&work->run));
        run_worsen(&work->run, EXIT_DOCUMENT);
    }
}

/* Two layouts that write one file would take turns at it: the later one's document is not made. */
static void refuse_shared_paths(struct work *work) {
    struct run *run = &work->run;
    struct strmap owner;
    strmap_init(&owner, run->arena);
    for (size_t i = 0; i < work->count; i++) {
        for (size_t d = 0; d < work->plans[i].count; d++) {
            struct planned *planned = &work->plans[i].items[d];
            bool found = false;
            uint32_t *first = strmap_put(&owner, planned->path, &found);
            if (!found) {
                *first = (uint32_t)i;
            } else if (planned->chosen) {
                DIAG_ADD(&run->diags, O106, ((struct place){.record = planned->record}),
                         work->printings[*first].layout->name, work->printings[i].layout->name);
                planned->chosen = false;
                work->plans[i].chosen--;
                run_worsen(run, EXIT_DOCUMENT);
            }
        }
    }
}

static void drop(struct work *work, size_t at) {
    printing_close(&work->printings[at]);
    work->count--;
    for (size_t i = at; i < work->count; i++) {
        work->printings[i] = work->printings[i + 1];
        work->plans[i] = work->plans[i + 1];
    }
}

enum exit_code work_plan(struct work *work) {
    struct run *run = &work->run;
    open_printings(work);
    const bool lenient = is_lenient(work);
    bool usage = false;
    for (size_t i = 0; i < work->count;) {
        const enum exit_code code = plan_make(run, &work->printings[i], lenient, &work->plans[i]);
        usage |= code == EXIT_USAGE_ERROR;
        if (code == EXIT_MADE) {
            i++;
        } else {
            run_worsen(run, code);
            drop(work, i);
        }
    }
    refuse_shared_paths(work);
    for (size_t i = 0; i < work->count; i++) {
        work->chosen += work->plans[i].chosen;
        if (!lenient) {
            tell_nothing_chosen(work, &work->plans[i], work->printings[i].layout->name);
        }
    }
    if (lenient && work->chosen == 0 && work->count > 0) {
        tell_nothing_chosen(work, &work->plans[0], str_from(run->job->layouts));
    }
    run_tell(run);
    return usage ? EXIT_USAGE_ERROR : EXIT_MADE;
}

/* --- faces -------------------------------------------------------------------------------------------------------- */

/* Below this a whole face's preparation costs more than it saves. */
#define FEW_DOCUMENTS 8

/* What the engine itself writes: numbers, dates, amounts, masks, marks of what is missing. */
static const struct str OWN_CHARACTERS = STR_INIT(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "〇一二三四五六七八九十百千万亿零壹贰叁肆伍陆柒捌玖拾佰仟元角分整人民币负年月日第页共星期天上下午时学期度岁"
    "缺无续表章—…·×、，。：；？！（）《》〈〉【】“”‘’「」『』￥¥　〓％‰℃－＝");

static int by_code_point(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

struct code_points {
    uint32_t *items;
    size_t count, capacity;
};

static void add_text(struct arena *arena, struct code_points *points, struct str text) {
    for (size_t at = 0; at < text.n;) {
        const uint32_t c = utf8_next(text, &at);
        ARENA_GROW(arena, points->items, points->count, points->capacity);
        points->items[points->count++] = c;
    }
}

/* A layout's text is looked for in its file as a whole: a few words of its keys too many do no harm. */
static void add_layout_texts(struct work *work, struct arena *arena, struct code_points *points) {
    struct str *names = NULL;
    size_t count = 0;
    const char *folder = work->run.job->layouts;
    if (folder_list(arena, folder, STR(".yaml"), &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct str path = str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i]));
        add_text(arena, points, layouts_source(work->run.layouts, path));
    }
}

static void add_data(struct work *work, struct arena *arena, struct code_points *points) {
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (work->run.sessions[i] == NULL) {
            continue;
        }
        size_t count = 0;
        const uint32_t *items = database_code_points(work->run.sessions[i], arena, &count);
        for (size_t k = 0; k < count; k++) {
            ARENA_GROW(arena, points->items, points->count, points->capacity);
            points->items[points->count++] = items[k];
        }
        return; /* all sessions read the same tables */
    }
}

static void keep_distinct(struct code_points *points) {
    qsort(points->items, points->count, sizeof *points->items, by_code_point);
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++) {
        if (kept == 0 || points->items[i] != points->items[kept - 1]) {
            points->items[kept++] = points->items[i];
        }
    }
    points->count = kept;
}

void work_prepare_faces(struct work *work) {
    if (work->chosen <= FEW_DOCUMENTS || work->run.job->dump) {
        return;
    }
    struct arena *arena = arena_create();
    struct code_points points = {0};
    add_text(arena, &points, OWN_CHARACTERS);
    add_layout_texts(work, arena, &points);
    add_data(work, arena, &points);
    keep_distinct(&points);
    for (size_t i = 0; i < fonts_count(work->run.fonts); i++) {
        face_prepare(fonts_face(work->run.fonts, i), points.items, points.count);
    }
    arena_destroy(arena);
}
