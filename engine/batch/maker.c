/* maker.c: one arena, one PDF writer and one buffer serve all documents of a worker. */
#include "batch/maker.h"

void maker_init(struct maker *maker, struct run *run, struct parts_list *parts, struct output *output) {
    *maker = (struct maker){
        .run = run,
        .parts = parts,
        .arena = arena_create(),
        .pdf = pdf_writer_create(),
        .output = output,
        .options = {.creator = STR("dossier " DOSSIER_VERSION), .compact = run->job->compact},
    };
    const struct value *day = &run->givens.values[GIVEN_AS_OF];
    if (day->kind == VALUE_TEXT) {
        maker->options.date = day->text;
    }
}

void maker_release(struct maker *maker) {
    buffer_release(&maker->bytes);
    pdf_writer_destroy(maker->pdf);
    arena_destroy(maker->arena);
}
