/* figures.c: the figures of a month as the booklet prints them, for `dossier close`. */
#include "batch/run.h"

/* The layout whose figures these are, and the relation that it prints: layouts/common.yaml. */
static const struct str booklet = STR_INIT("booklet");
static const struct query_text month_now = {
    .name = STR_INIT("month_now"),
    .sql = STR_INIT("SELECT school_id, key, n, d FROM month_now ORDER BY school_id, key"),
};

static enum exit_code ask(struct run *run, struct arena *arena, struct rows *rows) {
    struct session *session = run_session(run, READER_SCHOOL);
    struct query *query = session == NULL ? NULL : query_prepare(session, &month_now, &run->diags);
    const bool asked = query != NULL && query_run(query, NULL, arena, rows, STR_NONE, &run->diags);
    run_tell(run);
    return asked ? EXIT_MADE : session == NULL ? run->worst : EXIT_LAYOUT;
}

enum exit_code batch_month_figures(const struct job *job, struct reporter *reporter, struct arena *arena,
                                   struct rows *rows) {
    struct run run;
    struct job narrowed = *job;
    narrowed.names = (struct str[]){booklet};
    narrowed.name_count = 1;
    run_init(&run, &narrowed, reporter);
    enum exit_code code = run_read_layouts(&run);
    code = code != EXIT_MADE ? code : run_open_database(&run, false, NULL);
    code = code != EXIT_MADE ? code : run_look_at_values(&run, false);
    code = code != EXIT_MADE ? code : run_settle(&run, true);
    code = code != EXIT_MADE ? code : ask(&run, arena, rows);
    run_release(&run);
    return code;
}
