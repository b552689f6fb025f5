/* press.c: from a job to planned layouts. */
#include "batch/press.h"

#include "batch/narrow.h"
#include "batch/stamp.h"

/* --- opening ------------------------------------------------------------------------------------------------------ */

enum exit_code press_open(struct press *press, const struct job *job, struct reporter *reporter) {
    *press = (struct press){.writes = !job->dump && !job->dry_run, .output = {.lock = -1}};
    struct run *run = &press->run;
    tally_begin(&press->tally);
    run_init(run, job, reporter);
    trace_begin(&press->trace, run);
    enum exit_code code = run_read_layouts(run);
    if (code == EXIT_MADE && press->writes) {
        code = output_open(run, &press->output);
    }
    if (code == EXIT_MADE && press->writes && job->shards > 0) {
        press->database = database_stamp(run->arena, job->database);
    }
    if (code == EXIT_MADE) {
        /* How many documents there will be is known only when the database has been asked; narrowed runs are short. */
        const bool private_copy = press->writes && job->only_count == 0;
        code = run_open_database(run, private_copy, press->output.root);
    }
    if (code == EXIT_MADE) {
        code = run_look_at_values(run, false);
    }
    if (code == EXIT_MADE) {
        code = run_settle(run, true);
    }
    if (code == EXIT_MADE && press->writes) {
        code = output_begin(run, &press->output);
    }
    if (code == EXIT_MADE && press->writes) {
        code = past_read(run, &press->output, &press->past);
    }
    if (code == EXIT_MADE && press->writes) {
        code = apart_read(run, &press->output, &press->apart_files);
    }
    if (code == EXIT_MADE && press->writes && job->only_count == 0) {
        press->unchanged = trace_open(run, &press->output, &press->trace);
        run->record = press->unchanged ? NULL : &press->trace.told;
    }
    guard_init(&press->guard, run, &press->past.manifest);
    return code;
}

void press_close(struct press *press) {
    for (size_t i = 0; i < press->count; i++) {
        printing_close(&press->printings[i]);
    }
    parts_close(&press->parts);
    output_close(&press->output);
    trace_release(&press->trace);
    if (press->delivery_arena != NULL) {
        arena_destroy(press->delivery_arena);
    }
    run_release(&press->run);
}

/* --- planning ----------------------------------------------------------------------------------------------------- */

/* In a run of all layouts, --only passes over layouts without its column, unless none has it: then the column is a typing mistake. */
static bool is_lenient(const struct press *press) {
    for (size_t i = 0; i < press->count && press->run.job->name_count == 0; i++) {
        if (narrow_can(&press->run, &press->printings[i])) {
            return true;
        }
    }
    return false;
}

/* It isn't printed with the others: a run tells of itself when they are made. */
static bool is_of_run(struct run *run, const struct layout *layout) {
    if (layout->of_run && run->job->name_count > 0 && run->job->report_paper == NULL) {
        DIAG_ADD(&run->diags, O236, PLACE_NONE, layout->name);
    }
    return layout->of_run && !layout->broken;
}

static void open_printings(struct press *press) {
    struct run *run = &press->run;
    press->printings = ARENA_ARRAY(run->arena, struct printing, run->layouts->count);
    press->plans = ARENA_ARRAY(run->arena, struct plan, run->layouts->count);
    for (size_t i = 0; i < run->layouts->count; i++) {
        if (is_of_run(run, run->layouts->layouts[i])) {
            continue;
        }
        if (!printing_has_tables(run, run->layouts->layouts[i])) {
            continue;
        }
        if (parts_open_printing(&press->parts, run, run->layouts->layouts[i], &press->printings[press->count])) {
            press->count++;
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

void press_tell_nothing_chosen(struct press *press, const struct plan *plan, struct str name) {
    if (plan->narrowed && plan->chosen == 0) {
        DIAG_ADD(&press->run.diags, O110, PLACE_NONE, name, only_text(&press->run));
        run_worsen(&press->run, EXIT_DOCUMENT);
    }
}

/* Two layouts that write one file would take turns at it: the later one's document is not made. */
static void refuse_shared_paths(struct press *press) {
    struct run *run = &press->run;
    struct strmap owner;
    strmap_init(&owner, run->arena);
    for (size_t i = 0; i < press->count; i++) {
        for (size_t d = 0; d < press->plans[i].count; d++) {
            struct planned *planned = &press->plans[i].items[d];
            bool found = false;
            uint32_t *first = strmap_put(&owner, planned->path, &found);
            if (!found) {
                *first = (uint32_t)i;
            } else if (planned->chosen) {
                DIAG_ADD(&run->diags, O106, ((struct place){.record = planned->record}),
                         press->printings[*first].layout->name, press->printings[i].layout->name);
                planned->chosen = false;
                press->plans[i].chosen--;
                run_worsen(run, EXIT_DOCUMENT);
            }
        }
    }
}

static void drop(struct press *press, size_t at) {
    printing_close(&press->printings[at]);
    press->count--;
    for (size_t i = at; i < press->count; i++) {
        press->printings[i] = press->printings[i + 1];
        press->plans[i] = press->plans[i + 1];
    }
}

/* Layouts that would lose too much are left out: all their files stay. For the others, void sheets among their variants are noted. */
static void look_at_losses(struct press *press) {
    for (size_t i = 0; i < press->count && press->writes;) {
        if (press->plans[i].narrowed || guard_allows(&press->guard, &press->printings[i], &press->plans[i])) {
            guard_note_stale(&press->guard, &press->printings[i], &press->plans[i]);
            i++;
        } else {
            run_worsen(&press->run, EXIT_DOCUMENT);
            press->held_back = true;
            drop(press, i);
        }
    }
}

enum exit_code press_plan(struct press *press) {
    struct run *run = &press->run;
    open_printings(press);
    const bool lenient = is_lenient(press);
    bool usage = false;
    for (size_t i = 0; i < press->count;) {
        const enum exit_code code = narrow_plan(run, &press->printings[i], lenient, &press->plans[i]);
        usage |= code == EXIT_USAGE_ERROR;
        if (code == EXIT_MADE) {
            i++;
        } else {
            run_worsen(run, code);
            drop(press, i);
        }
    }
    refuse_shared_paths(press);
    look_at_losses(press);
    for (size_t i = 0; i < press->count; i++) {
        press->chosen += press->plans[i].chosen;
        press->apart += press->plans[i].apart;
        if (!lenient && press->print == NULL) { /* print_choose may know more */
            press_tell_nothing_chosen(press, &press->plans[i], press->printings[i].layout->name);
        }
    }
    if (lenient && press->chosen == 0 && press->count > 0) {
        press_tell_nothing_chosen(press, &press->plans[0], str_from(run->job->layouts));
    }
    run_tell(run);
    return usage ? EXIT_USAGE_ERROR : EXIT_MADE;
}
