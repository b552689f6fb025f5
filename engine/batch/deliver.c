/* deliver.c: from a document's outcome to its line in the manifest. Its file must stand before anything is told of it:
 *
 *     outcome ──► waits ──► the group's files stand (output_commit) ──► told, counted, recorded */
#include "batch/press.h"
#include "batch/print.h"
#include "batch/space.h"

enum { DELIVERIES_MOST = 512 }; /* with those that have no file */

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

void press_progress(struct press *press, size_t made) {
    struct reporter *reporter = press->run.reporter;
    reporter->progress(reporter, made, press->chosen, tally_elapsed(&press->tally) - press->began_s);
}

static void count_space(struct press *press, const struct delivery *delivery) {
    struct press_space *space = &press->space[delivery->printing];
    space->fresh -= delivery->planned->fresh;
    space->made += delivery->code == EXIT_MADE;
    space->bytes += delivery->code == EXIT_MADE ? delivery->outcome.bytes : 0;
}

static void take(struct press *press, const struct delivery *delivery) {
    struct run *run = &press->run;
    press->taken++;
    if (press->space != NULL) {
        count_space(press, delivery);
    }
    run_tell_diags(run, &delivery->outcome.diags, run->job->verbose);
    run_worsen(run, delivery->code);
    tally_add(&press->tally, &delivery->outcome, delivery->code);
    if (press->print != NULL && delivery->code == EXIT_MADE) {
        print_note(press, delivery->planned, &delivery->outcome);
    }
    if (press->writes && delivery->planned->apart) {
        tell_apart(press, delivery->planned, delivery->code);
    } else if (press->writes) {
        if (delivery->code == EXIT_MADE && run->record != NULL) {
            trace_add(&press->trace, &press->output, delivery->planned, &delivery->outcome);
        }
        press_record(press, &press->printings[delivery->printing], &press->plans[delivery->printing], delivery->planned,
                     &delivery->outcome, delivery->code);
    }
}

/* Where nothing more can be written, the first document of which that was found out tells it. */
void press_settle(struct press *press) {
    output_commit(&press->output);
    for (size_t i = 0, file = 0; i < press->delivery_count && !press->stopped; i++) {
        struct delivery *delivery = &press->deliveries[i];
        if (delivery->outcome.beside.n > 0) {
            delivery->code = output_tell(delivery->planned->path, delivery->planned->record,
                                         press->output.waiting[file++].error, &delivery->outcome.diags);
        }
        if (delivery->outcome.same) {
            output_stays(&press->output, delivery->planned->path);
        }
        take(press, delivery);
        press->stopped = delivery->code == EXIT_IO || delivery->code == EXIT_CANNOT_CREATE;
    }
    if (press->space != NULL) {
        space_again(press);
    }
    output_forget(&press->output);
    press->deliveries = NULL;
    press->delivery_count = press->delivery_capacity = 0;
    if (press->delivery_arena != NULL) {
        arena_reset(press->delivery_arena);
    }
}

void press_deliver(struct press *press, size_t printing, const struct planned *planned, struct str outcome) {
    if (press->delivery_arena == NULL) {
        press->delivery_arena = arena_create();
    }
    struct arena *arena = press->delivery_arena;
    ARENA_GROW(arena, press->deliveries, press->delivery_count, press->delivery_capacity);
    struct delivery *delivery = &press->deliveries[press->delivery_count++];
    *delivery = (struct delivery){.printing = printing, .planned = planned};
    delivery->code = outcome_unpack(outcome, arena, &delivery->outcome);
    if (delivery->outcome.beside.n > 0) {
        output_join(&press->output, planned->path, delivery->outcome.beside, delivery->outcome.bytes);
    }
    if (!press->writes || delivery->code == EXIT_IO || delivery->code == EXIT_CANNOT_CREATE ||
        output_is_due(&press->output) || press->delivery_count >= DELIVERIES_MOST) {
        press_settle(press);
    }
}
