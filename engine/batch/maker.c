/* maker.c: one arena, one PDF writer and one buffer serve all documents of a worker. */
#include "batch/maker.h"

void maker_init(struct maker *maker, struct run *run, struct parts_list *parts, struct output *output) {
    *maker = (struct maker){
        .run = run,
        .parts = parts,
        .arena = arena_create(),
        .pdf = pdf_writer_create(),
        .output = output,
        .again = again_create(),
        .options = {.creator = STR("dossier " DOSSIER_VERSION), .compact = run->job->compact},
    };
    const struct value *day = &run->givens.values[GIVEN_AS_OF];
    if (day->kind == VALUE_TEXT) {
        maker->options.date = day->text;
    }
}

/* A number that was masked elsewhere may be a school's, which the reader sees. */
static bool shows(void *context, uint64_t number) {
    struct maker *maker = context;
    asked_number(&maker->run->asked, maker->scanned, number);
    return session_shows(maker->scanned, number);
}

static void note_looked_up(void *context, uint64_t number) {
    struct maker *maker = context;
    asked_number(&maker->run->asked, maker->scanned, number);
}

struct scan_known maker_known(struct maker *maker, struct session *session) {
    maker->scanned = session;
    return (struct scan_known){session_hidden(session), shows, note_looked_up, maker};
}

void maker_release(struct maker *maker) {
    again_destroy(maker->again);
    buffer_release(&maker->bytes);
    pdf_writer_destroy(maker->pdf);
    arena_destroy(maker->arena);
}
