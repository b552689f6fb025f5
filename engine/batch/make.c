/* make.c: `dossier make`, and the making of `dossier print`. Plan, then execute: all that is decided is decided in press_plan. */
#include "batch/document.h"
#include "batch/press.h"
#include "batch/print.h"
#include "batch/run_report.h"
#include "batch/schools.h"
#include "batch/shard.h"
#include "batch/space.h"
#include "batch/stop.h"
#include "batch/workers.h"

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

/* The documents that are to be made, in the order of the plan. */
static struct works works_of(struct press *press) {
    struct works works = {.items = ARENA_ARRAY(press->run.arena, struct work, press->chosen)};
    for (size_t i = 0; i < press->count; i++) {
        for (size_t d = 0; d < press->plans[i].count; d++) {
            if (press->plans[i].items[d].chosen) {
                works.items[works.count++] = (struct work){i, &press->plans[i].items[d]};
            }
        }
    }
    return works;
}

/* In this process, from work `from` to the end of its layout, whose caches are given back then. The next work. */
static size_t make_layout(struct press *press, struct maker *maker, const struct works *works, size_t from) {
    const size_t printing = works->items[from].printing;
    struct buffer packed = {0};
    size_t at = from;
    for (; at < works->count && works->items[at].printing == printing && !press->stopped && stop_signal() == 0; at++) {
        buffer_clear(&packed);
        work_make(press, maker, &works->items[at], &packed);
        press_deliver(press, printing, works->items[at].planned, buffer_str(&packed));
        press_progress(press, at + 1);
    }
    buffer_release(&packed);
    press_settle(press); /* records ask the printing for their lines in the index */
    printing_close(&press->printings[printing]);
    return at;
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

/* Where workers give up in the midst of a layout, the rest of it is made here. Behind it they go on. */
static size_t make_works(struct press *press, const struct works *works) {
    struct run *run = &press->run;
    const size_t jobs = workers_wanted(press, works->count);
    struct maker maker;
    maker_init(&maker, run, &press->parts, press->writes ? &press->output : NULL);
    size_t at = 0;
    while (at < works->count && !press->stopped && stop_signal() == 0) {
        at = jobs > 0 ? workers_make(press, works, at, jobs) : at;
        if (at < works->count && !press->stopped && stop_signal() == 0) {
            at = make_layout(press, &maker, works, at);
        }
    }
    press_settle(press);
    output_clear_left(&press->output);
    maker_release(&maker);
    return at;
}

static bool bears_codes(const struct layout *layout) {
    const struct layout *papers = layout->has_volume ? layout->volume.bound : layout;
    return papers != NULL && papers->check.count > 0;
}

/* What is wrong with the journal isn't told by the run, and so not told again by one that makes nothing. */
static void ask_journal(const struct run *run) {
    bool any = false;
    for (size_t i = 0; i < run->layouts->count; i++) {
        any = any || bears_codes(run->layouts->layouts[i]);
    }
    if (any) {
        codes_ask_journal(run);
    }
}

/* What all documents share is made before the first, and before processes share it. */
static void prepare(struct press *press) {
    if (press->trace.on) {
        database_hash_tables(press->run.database, press->run.sessions, READER_COUNT);
    }
    for (size_t i = 0; i < press->count; i++) {
        const struct printing *printing = &press->printings[i];
        const struct layout *layout = printing->layout;
        if (press->plans[i].chosen > 0 && layout->has_volume) {
            parts_plan(parts_of(&press->parts, printing), &press->run);
        }
        if (press->plans[i].chosen > 0 && bears_codes(layout)) {
            codes_prepare(&press->run);
        }
        if (press->writes && press->run.job->only_count == 0 && !printing_shows_numbers(printing)) {
            session_hide(run_session(&press->run, printing->reader));
            session_beginnings(printing->resolved->session); /* before processes share them */
            session_shows(printing->resolved->session, 1);
        }
    }
}

static void make_all(struct press *press) {
    struct run *run = &press->run;
    const struct works works = works_of(press);
    prepare(press);
    press->began_s = tally_elapsed(&press->tally); /* reading and planning would belie the time left */
    make_works(press, &works);
    if (stop_signal() != 0 && press->taken < press->chosen) {
        press->stopped = true;
        DIAG_ADD(&run->diags, O115, PLACE_NONE, str_int(run->arena, (int64_t)press->taken),
                 str_int(run->arena, (int64_t)press->chosen));
        run_tell(run);
        run_worsen(run, EXIT_BUSY);
    }
}

/* `now`: what lies there. */
static void tell_end(struct press *press, const struct manifest *now) {
    struct run *run = &press->run;
    if (!run->job->quiet) {
        tally_tell(&press->tally, run, true);
        schools_tell(run, now, &press->past.manifest);
    }
    run_worsen(run, run_report_make(press, now, &press->past.manifest));
}

static void make(struct press *press) {
    struct run *run = &press->run;
    run_worsen(run, press_plan(press));
    if (run->worst == EXIT_USAGE_ERROR) {
        return;
    }
    if (press->writes) {
        const enum exit_code code = press_sweep(press);
        run_worsen(run, code);
        if (code != EXIT_MADE) {
            return;
        }
    }
    if (press->print != NULL && !print_choose(press)) {
        run_worsen(run, EXIT_DOCUMENT);
        return;
    }
    shard_choose(press);
    if (run->job->dry_run) {
        if (press->print == NULL) {
            print_plan(press);
        }
        return;
    }
    run_tell_rest(run);
    if (press->writes) {
        const enum exit_code room = space_begin(press);
        const enum exit_code code = room == EXIT_MADE ? press_announce(press) : room;
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
        run_tell_rest(run);
        shard_note_layouts(press);
        const struct buffer *traced = run->record;
        run->record = NULL; /* what is taken away now isn't there the next time */
        const enum exit_code code = press_finish(press);
        run_worsen(run, code);
        if (traced != NULL && code == EXIT_MADE && !press->stopped && !press->held_back) {
            run_worsen(run, trace_keep(run, &press->output, &press->trace, &press->tally));
        }
        tally_end(&press->tally);
        tell_end(press, &press->lying);
    }
}

static enum exit_code work(const struct job *job, struct batch_print *print, struct reporter *reporter) {
    struct press press;
    struct stop stop;
    stop_listen(&stop);
    const enum exit_code code = press_open(&press, job, reporter);
    press.print = print;
    if (print != NULL) { /* it prints what is there already, and a part of its layout may be all that it makes */
        press.unchanged = false;
        press.run.record = NULL;
    }
    run_worsen(&press.run, code);
    if (code == EXIT_MADE && press.unchanged) {
        trace_tell(&press.run, &press.trace, &press.tally);
        ask_journal(&press.run);
        output_touch(&press.output, "manifest.xml"); /* `verify` tells a folder that is older than the database */
        tally_end(&press.tally);
        tell_end(&press, &press.past.manifest);
    } else if (code == EXIT_MADE) {
        make(&press);
    }
    run_tell_rest(&press.run);
    const enum exit_code worst = press.run.worst;
    press_close(&press);
    stop_forget(&stop);
    return worst;
}

enum exit_code batch_make(const struct job *job, struct reporter *reporter) {
    return work(job, NULL, reporter);
}

enum exit_code batch_print(const struct job *job, struct batch_print *print, struct reporter *reporter) {
    return work(job, print, reporter);
}
