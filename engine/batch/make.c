/* make.c: `dossier make`. Plan, then execute: all that is decided is decided in press_plan. */
#include "batch/document.h"
#include "batch/press.h"
#include "batch/stop.h"

static void print_plan(struct press *press) {
    struct run *run = &press->run;
    const struct str term = output_term(run->arena, &run->givens);
    for (size_t i = 0; i < press->count; i++) {
        const struct plan *plan = &press->plans[i];
        for (size_t d = 0; d < plan->count; d++) {
            const struct planned *planned = &plan->items[d];
            if (planned->chosen) {
                run_line(run, str_printf(run->arena, "%.*s/%.*s", STR_ARG(term), STR_ARG(planned->path)));
            }
        }
    }
}

/* It is in no list, so its path is told. One that failed leaves no earlier file under its name. */
static void tell_apart(struct press *press, const struct planned *planned, enum exit_code code) {
    struct run *run = &press->run;
    if (code == EXIT_DOCUMENT) {
        output_retire(&press->output, planned->path);
    } else if (code == EXIT_MADE && !run->job->quiet) {
        run_line(run, str_printf(run->arena, "%s/%.*s/%.*s", run->job->out, STR_ARG(press->output.term),
                                 STR_ARG(planned->path)));
    }
}

static enum exit_code make_one(struct press *press, struct maker *maker, size_t printing,
                               const struct planned *planned) {
    struct run *run = &press->run;
    const struct plan *plan = &press->plans[printing];
    struct outcome outcome;
    const enum exit_code code = document_make(maker, &press->printings[printing], plan, planned, &outcome);
    diags_tell_beyond(&outcome.diags);
    run_tell_diags(run, &outcome.diags, run->job->verbose);
    run_worsen(run, code);
    tally_add(&press->tally, &outcome, code);
    if (press->writes && planned->apart) {
        tell_apart(press, planned, code);
    } else if (press->writes) {
        press_record(press, &press->printings[printing], plan, planned, &outcome, code);
    }
    images_trim(run->images, 0);
    return code;
}

/* The documents of one layout, whose caches are given back behind the last. */
static void make_layout(struct press *press, struct maker *maker, size_t printing, double began_s, size_t *done) {
    struct run *run = &press->run;
    const struct plan *plan = &press->plans[printing];
    for (size_t d = 0; d < plan->count && !press->stopped && stop_signal() == 0; d++) {
        if (!plan->items[d].chosen) {
            continue;
        }
        const enum exit_code code = make_one(press, maker, printing, &plan->items[d]);
        press->stopped = code == EXIT_IO || code == EXIT_CANNOT_CREATE;
        run->reporter->progress(run->reporter, ++*done, press->chosen, tally_elapsed(&press->tally) - began_s);
    }
    printing_close(&press->printings[printing]);
}

/* Findings of layouts that are printed in full, whether or not they have a document to make. */
static void look(struct press *press) {
    struct run *run = &press->run;
    for (size_t i = 0; i < press->count; i++) {
        struct diags found;
        diags_init(&found, run->arena);
        if (!press->plans[i].narrowed) {
            printing_look(run, &press->printings[i], &found);
        }
        diags_tell_beyond(&found);
        run_tell_diags(run, &found, true);
        press_notice(press, &press->printings[i], &found);
    }
}

/* At the very end, where it is seen: the papers of missing values weren't made, and no other message says so. Not in a narrowed run. */
static void tell_missing_values(struct run *run) {
    if (run->values_missing > 0 && run->job->only_count == 0) {
        DIAG_ADD(&run->diags, O136, PLACE_NONE, str_int(run->arena, (int64_t)run->values_missing));
        run_worsen(run, EXIT_DOCUMENT);
        run_tell(run);
    }
}

static void make_all(struct press *press) {
    struct run *run = &press->run;
    struct maker maker;
    maker_init(&maker, run, &press->parts, press->writes ? &press->output : NULL);
    const double began_s = tally_elapsed(&press->tally); /* reading and planning would belie the time left */
    size_t done = 0;
    for (size_t i = 0; i < press->count; i++) {
        make_layout(press, &maker, i, began_s, &done);
    }
    maker_release(&maker);
    if (stop_signal() != 0 && done < press->chosen) {
        press->stopped = true;
        DIAG_ADD(&run->diags, O115, PLACE_NONE, str_int(run->arena, (int64_t)done),
                 str_int(run->arena, (int64_t)press->chosen));
        run_tell(run);
        run_worsen(run, EXIT_BUSY);
    }
}

static void make(struct press *press) {
    struct run *run = &press->run;
    run_worsen(run, press_plan(press));
    if (run->worst == EXIT_USAGE_ERROR) {
        return;
    }
    if (run->job->dry_run) {
        print_plan(press);
        return;
    }
    run_tell_rest(run);
    if (press->writes) {
        const enum exit_code code = press_announce(press);
        run_worsen(run, code);
        if (code != EXIT_MADE) {
            return;
        }
    }
    manifest_init(&press->manifest, run->arena, press->output.term, STR_NONE);
    press_notice_values(press);
    look(press);
    make_all(press);
    tell_missing_values(run);
    if (press->writes) {
        run_worsen(run, press_finish(press));
        tally_end(&press->tally);
        if (!run->job->quiet) {
            tally_tell(&press->tally, run);
        }
    }
}

enum exit_code batch_make(const struct job *job, struct reporter *reporter) {
    struct press press;
    struct stop stop;
    stop_listen(&stop);
    const enum exit_code code = press_open(&press, job, reporter);
    run_worsen(&press.run, code);
    if (code == EXIT_MADE) {
        make(&press);
    }
    run_tell_rest(&press.run);
    const enum exit_code worst = press.run.worst;
    press_close(&press);
    stop_forget(&stop);
    return worst;
}
