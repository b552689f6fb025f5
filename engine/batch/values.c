/* values.c: a run looks at the database's values before it asks for anything.
 *
 * A full run looks at all that columns.yaml lists. One that --only narrows, and should be short, looks at the tables that the queries of
 * its layouts and of the calendar read: what it prints is then what the full run prints. */
#include "batch/run.h"

#include <string.h>

/* --- which tables ------------------------------------------------------------------------------------------------- */

struct texts {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};

static void add_text(struct texts *texts, struct str sql) {
    ARENA_GROW(texts->arena, texts->items, texts->count, texts->capacity);
    texts->items[texts->count++] = sql;
}

/* A query of common.yaml that the layout doesn't name is none of its. */
static void add_documents(struct texts *texts, const struct layout *layout) {
    for (size_t i = 0; i < layout->query_count && !layout->broken; i++) {
        if (layout->queries[i].used) {
            add_text(texts, layout->queries[i].sql);
        }
    }
    if (layout->has_volume && layout->volume.bound != NULL) {
        add_documents(texts, layout->volume.bound);
    }
}

/* The day that is asked for first comes from the months' own table, which the other queries read too. */
static struct texts texts_of(const struct run *run) {
    struct texts texts = {.arena = run->arena};
    const struct calendar_spec *calendar = &run->layouts->calendar;
    for (size_t i = 0; i < run->layouts->count; i++) {
        add_documents(&texts, run->layouts->layouts[i]);
    }
    add_text(&texts, calendar->semester.sql);
    add_text(&texts, calendar->month.sql);
    add_text(&texts, calendar->until.sql);
    add_text(&texts, run->privacy.own_children.sql);
    return texts;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* "award.issued_on" of "award.issued_on id 12". */
static struct str column_of(const struct diag *diag) {
    return str_slice(diag->place.field, 0, str_find_byte(diag->place.field, ' '));
}

static bool is_alike(const struct diag *a, const struct diag *b) {
    return a->code == b->code && str_eq(column_of(a), column_of(b));
}

/* Of one column and code, which stand one behind the other but for other codes of the column: how many from this one on. */
static size_t count_alike(const struct diags *diags, size_t from) {
    size_t count = 0;
    for (size_t i = from; i < diags->count && str_eq(column_of(&diags->items[i]), column_of(&diags->items[from]));
         i++) {
        count += is_alike(&diags->items[i], &diags->items[from]);
    }
    return count;
}

static void tell_one(struct run *run, struct diag *diag) {
    const struct diags one = {.items = diag, .count = 1};
    run_tell_diags(run, &one, true);
}

static void tell_rest(struct run *run, const struct diag *diag, size_t count) {
    struct diags rest;
    diags_init(&rest, run->arena);
    const struct str column = column_of(diag);
    DIAG_ADD(&rest, D517, ((struct place){.field = column}), str_int(run->arena, (int64_t)count), column);
    run_tell_diags(run, &rest, true);
}

/* A column that was imported wrongly is wrong in every row: the first few are told here, unless one more is all there are. */
static void tell_findings(struct run *run) {
    enum { TOLD_OF_COLUMN = 3 };
    size_t told[DIAG_CODE_COUNT] = {0}; /* of the column at hand */
    struct diags *diags = &run->value_findings;
    for (size_t i = 0; i < diags->count; i++) {
        struct diag *diag = &diags->items[i];
        if (i > 0 && !str_eq(column_of(diag), column_of(&diags->items[i - 1]))) {
            memset(told, 0, sizeof told);
        }
        const size_t before = told[diag->code]++;
        const size_t rest = before == TOLD_OF_COLUMN && !run->job->verbose ? count_alike(diags, i) : 0;
        if (before < TOLD_OF_COLUMN || run->job->verbose || rest == 1) {
            tell_one(run, diag);
        } else if (rest > 1) {
            tell_rest(run, diag, rest);
        }
    }
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

/* A narrowed run tells that there are wrong values, not those of other documents' rows. */
static void tell_counts(struct run *run, const struct values *values) {
    const size_t read = values_readable(values), unread = values_unreadable(values);
    if (read + unread > 0) {
        struct diags one;
        diags_init(&one, run->arena);
        DIAG_ADD(&one, O137, PLACE_NONE, str_int(run->arena, (int64_t)read), str_int(run->arena, (int64_t)unread));
        run_tell_diags(run, &one, true);
    }
}

static void settle(struct run *run, struct values *values, bool try_all) {
    struct session *session = try_all || values_need_session(values) ? run_session(run, READER_SCHOOL) : NULL;
    if (session != NULL) {
        values_settle(values, session, try_all, &run->diags);
    }
}

/* The session of who sees all is opened only where there is something to ask it. */
static void tell_all(struct run *run, struct values *values, bool checks) {
    settle(run, values, checks);
    if (checks) {
        values_tell_unlisted(values, &run->diags);
    }
    values_tell(values, &run->value_findings);
    run->values_missing = values_missing(values);
    run_tell(run);
    tell_findings(run);
}

static enum exit_code look(struct run *run, bool checks) {
    const bool narrowed = run->job->only_count > 0;
    const struct texts texts = texts_of(run);
    const struct value_scope scope = {texts.items, texts.count, &run->relations, &run->privacy};
    struct values *values =
        values_look(run->database, &run->value_rules, narrowed ? &scope : NULL, run->arena, &run->diags);
    if (values == NULL) {
        return EXIT_INPUT;
    }
    if (values_readable(values) > 0 && !values_correct(values, &run->diags)) {
        return EXIT_IO;
    }
    if (narrowed) {
        tell_counts(run, values);
    } else {
        tell_all(run, values, checks);
    }
    return EXIT_MADE;
}

enum exit_code run_look_at_values(struct run *run, bool checks) {
    const struct columns_spec *spec = &run->layouts->columns;
    const size_t errors = run->diags.by_severity[SEVERITY_ERROR];
    diags_init(&run->value_findings, run->arena);
    run->value_findings.limit = SIZE_MAX;
    if (!spec->present || spec->broken) {
        return spec->broken ? EXIT_LAYOUT : EXIT_MADE;
    }
    const struct str file = str_printf(run->arena, "%.*s/columns.yaml", STR_ARG(run->layouts->folder));
    run->value_rules = resolve_columns(run->arena, spec, file);
    const enum exit_code code = look(run, checks);
    run_tell(run);
    if (code == EXIT_MADE && run->diags.by_severity[SEVERITY_ERROR] > errors) {
        run_worsen(run, EXIT_LAYOUT);
    }
    return code;
}
