/* make.c: `dossier make`. Plan, then execute: all that is decided is decided in work_plan. */
#include "batch/work.h"

static void print_plan(struct work *work) {
    struct run *run = &work->run;
    const struct str term = output_term(run->arena, &run->givens);
    for (size_t i = 0; i < work->count; i++) {
        const struct plan *plan = &work->plans[i];
        for (size_t d = 0; d < plan->count; d++) {
            const struct planned *planned = &plan->items[d];
            if (planned->chosen) {
                run_line(run, str_printf(run->arena, "%.*s/%.*s", STR_ARG(term), STR_ARG(planned->path)));
            }
        }
    }
}

static enum exit_code make_one(struct work *work, struct maker *maker, size_t printing, const struct planned *planned) {
    struct run *run = &work->run;
    const struct plan *plan = &work->plans[printing];
    struct made made;
    const enum exit_code code = document_make(maker, &work->printings[printing], plan, planned, &made);
    run_tell_diags(run, &made.diags, run->job->verbose);
    run_worsen(run, code);
    tally_add(&work->tally, &made, code);
    if (work->writes) {
        work_record(work, &work->printings[printing], plan, planned, &made, code);
    }
    return code;
}

static void make_all(struct work *work) {
    struct run *run = &work->run;
    struct maker maker;
    maker_init(&maker, run, work->writes ? &work->output : NULL);
    size_t done = 0;
    for (size_t i = 0; i < work->count; i++) {
        for (size_t d = 0; d < work->plans[i].count && !work->stopped; d++) {
            const struct planned *planned = &work->plans[i].items[d];
            if (!planned->chosen) {
                continue;
            }
            const enum exit_code code = make_one(work, &maker, i, planned);
            work->stopped = code == EXIT_IO || code == EXIT_CANNOT_CREATE;
            run->reporter->progress(run->reporter, ++done, work->chosen, tally_elapsed(&work->tally));
        }
    }
    maker_release(&maker);
}

static void make(struct work *work) {
    struct run *run = &work->run;
    run_worsen(run, work_plan(work));
    if (run->worst == EXIT_USAGE_ERROR) {
        return;
    }
    if (run->job->dry_run) {
        print_plan(work);
        return;
    }
    manifest_init(&work->made, run->arena, work->output.term, STR_NONE);
    work_prepare_faces(work);
    make_all(work);
    if (work->writes) {
        run_worsen(run, work_finish(work));
        tally_end(&work->tally);
        if (!run->job->quiet) {
            tally_tell(&work->tally, run);
        }
    }
}

enum exit_code batch_make(const struct job *job, struct reporter *reporter) {
    struct work work;
    const enum exit_code code = work_open(&work, job, reporter);
    run_worsen(&work.run, code);
    if (code == EXIT_MADE) {
        make(&work);
    }
    const enum exit_code worst = work.run.worst;
    work_close(&work);
    return worst;
}
