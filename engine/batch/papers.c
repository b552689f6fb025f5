/* papers.c: what papers that bear a checking code would say if they were made now, for `dossier verify`. */
#include "batch/codes.h"

struct look {
    struct run *run;
    struct parts_list parts;
    const struct paper_wish *wish;
    struct arena *arena; /* of one paper */
};

/* A file that many papers share, or the folder of those that have one each, whose name may be a child's. */
static struct str place_of(const struct planned *planned) {
    const struct str path = planned->path;
    size_t slash = path.n;
    while (planned->to - planned->from == 1 && slash > 0 && path.p[slash - 1] != '/') {
        slash--;
    }
    return str_slice(path, 0, planned->to - planned->from == 1 && slash > 0 ? slash - 1 : path.n);
}

static void add_index(struct look *look, const struct printing *printing, const struct rows *rows, size_t row,
                      struct paper_now *paper) {
    const struct layout *layout = printing->layout;
    struct str *keys = ARENA_ARRAY(look->arena, struct str, layout->index_count);
    struct str *texts = ARENA_ARRAY(look->arena, struct str, layout->index_count);
    for (size_t i = 0; i < layout->index_count; i++) {
        keys[i] = layout->index[i].key;
        texts[i] = compose_index_text(printing->composer, look->arena, rows, row, i);
    }
    paper->keys = keys;
    paper->texts = texts;
    paper->index_count = layout->index_count;
}

static void look_at_row(struct look *look, const struct printing *printing, const struct plan *plan,
                        const struct planned *planned, size_t row) {
    struct diags quiet;
    arena_reset(look->arena);
    diags_init(&quiet, look->arena);
    const struct str name = compose_check_name(printing->composer, look->arena, &plan->rows, row);
    if (name.n == 0 || !look->wish->wants(look->wish->context, name, printing->reader)) {
        return;
    }
    const struct compose_result made = compose_document(printing->composer, look->arena, &plan->rows, row, row + 1,
                                                        planned->record, NULL, NULL, &quiet);
    if (made.document != NULL) {
        struct paper_now paper = {.name = name,
                                  .content = made.contents[0],
                                  .place = place_of(planned),
                                  .day = value_text(look->arena, &look->run->givens.values[GIVEN_AS_OF]),
                                  .reader = printing->reader};
        add_index(look, printing, &plan->rows, row, &paper);
        look->wish->found(look->wish->context, &paper);
    }
}

static void look_at_layout(struct look *look, const struct layout *layout) {
    struct run *run = look->run;
    struct printing printing;
    struct plan plan;
    if (layout->broken || layout->check.count == 0 || layout->has_volume) {
        return;
    }
    if (!parts_open_printing(&look->parts, run, layout, &printing)) {
        run_worsen(run, EXIT_LAYOUT);
        return;
    }
    const enum exit_code code = plan_all(run, &printing, &plan);
    run_worsen(run, code);
    run_tell(run);
    for (size_t d = 0; code == EXIT_MADE && d < plan.count; d++) {
        for (size_t row = plan.items[d].from; row < plan.items[d].to; row++) {
            look_at_row(look, &printing, &plan, &plan.items[d], row);
        }
        images_trim(run->images, 0);
    }
    printing_close(&printing);
}

/* What is wrong with values is told by those who print; here only what stops the look. */
struct errors_only {
    struct reporter reporter;
    struct reporter *real;
};

static void tell_error(struct reporter *reporter, const struct diag *diag, struct str source) {
    const struct errors_only *errors = (const struct errors_only *)reporter;
    if (diag_severity(diag->code) == SEVERITY_ERROR) {
        errors->real->diag(errors->real, diag, source);
    }
}

static void tell_line(struct reporter *reporter, struct str line) {
    (void)reporter, (void)line;
}

enum exit_code batch_papers(const struct job *job, const struct paper_wish *wish, struct reporter *reporter) {
    struct run run;
    struct look look = {.run = &run, .wish = wish, .arena = arena_create()};
    struct errors_only errors = {.reporter = {.diag = tell_error, .line = tell_line}, .real = reporter};
    run_init(&run, job, &errors.reporter);
    enum exit_code code = run_read_layouts(&run);
    code = code != EXIT_MADE ? code : run_open_database(&run, false, NULL);
    code = code != EXIT_MADE ? code : run_look_at_values(&run, false);
    code = code != EXIT_MADE ? code : run_settle(&run, true);
    run_worsen(&run, code);
    for (size_t i = 0; code == EXIT_MADE && i < run.layouts->count; i++) {
        look_at_layout(&look, run.layouts->layouts[i]);
    }
    run_tell_rest(&run);
    const enum exit_code worst = run.worst;
    parts_close(&look.parts);
    arena_destroy(look.arena);
    run_release(&run);
    return worst;
}
