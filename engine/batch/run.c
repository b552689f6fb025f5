/* run.c: layouts, database, sessions and fonts are opened in the order in which they need each other, and closed.
 *
 * Nothing is opened that isn't asked for: a session is laid for a reader when the first layout of that reader comes,
 * faces are opened by the styles that name them. That keeps a run of one document short. */
#include "batch/run.h"

#include <string.h>

#include "base/nearest.h"

enum { MISTAKES_COLLECTED = 200000 }; /* of all files: their number is told, not their text */

void run_init(struct run *run, const struct job *job, struct reporter *reporter) {
    *run = (struct run){.job = job, .reporter = reporter, .arena = arena_create(), .calibration = {.scale = 1000}};
    diags_init(&run->diags, run->arena);
    run->diags.limit = MISTAKES_COLLECTED;
    strmap_init(&run->seen, run->arena);
    strmap_init(&run->files, run->arena);
    const struct str given[] = {[GIVEN_AS_OF] = job->as_of,
                                [GIVEN_SEMESTER] = job->semester,
                                [GIVEN_MONTH] = job->month,
                                [GIVEN_ASKED_ON] = job->as_of};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (given[i].n > 0) {
            run->givens.values[i] = (struct value){.kind = VALUE_TEXT, .text = given[i]};
        }
    }
}

void run_release(struct run *run) {
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (run->sessions[i] != NULL) {
            session_close(run->sessions[i]);
        }
    }
    if (run->database != NULL) {
        images_destroy(run->images);
        text_engine_destroy(run->text);
        fonts_destroy(run->fonts);
        database_close(run->database);
    }
    if (run->layouts != NULL) {
        layouts_destroy(run->layouts);
    }
    images_destroy(run->form_images);
    asked_release(&run->asked);
    arena_destroy(run->arena);
    *run = (struct run){0};
}

/* --- layouts ------------------------------------------------------------------------------------------------------ */

static struct str nearest_layout(const struct run *run, struct str name) {
    struct str *names = ARENA_ARRAY(run->arena, struct str, run->layouts->count);
    for (size_t i = 0; i < run->layouts->count; i++) {
        names[i] = run->layouts->layouts[i]->name;
    }
    return nearest_or_all(run->arena, name, names, run->layouts->count);
}

/* The mistakes in the file of this name: one of them cost it its `document:`. False when there are none. */
static bool tell_its_mistakes(struct run *run, struct str name, const struct diags *all) {
    const struct str path = str_printf(run->arena, "%.*s/%.*s.yaml", STR_ARG(run->layouts->folder), STR_ARG(name));
    bool any = false;
    for (size_t i = 0; i < all->count; i++) {
        const struct diag *diag = &all->items[i];
        if (diag_severity(diag->code) == SEVERITY_ERROR && str_eq(diag->place.file, path)) {
            diag_add(&run->diags, diag->code, diag->place, diag->args)->also = diag->also;
            any = true;
        }
    }
    return any;
}

/* Reading only the layouts named leaves nothing to suggest, so the folder is read whole for a name that isn't there. */
static enum exit_code tell_unknown_layouts(struct run *run, const struct job *job) {
    enum exit_code code = EXIT_INPUT;
    struct diags all;
    diags_init(&all, run->arena);
    layouts_destroy(run->layouts);
    run->layouts = layouts_read(job->layouts, NULL, 0, &all);
    for (size_t i = 0; run->layouts != NULL && i < job->name_count; i++) {
        if (layouts_find(run->layouts, job->names[i]) != NULL) {
            continue;
        }
        if (tell_its_mistakes(run, job->names[i], &all)) {
            code = EXIT_LAYOUT;
        } else {
            DIAG_ADD(&run->diags, U105, PLACE_NONE, job->names[i], nearest_layout(run, job->names[i]));
        }
    }
    run_tell(run);
    return code;
}

/* --- the printer -------------------------------------------------------------------------------------------------- */

/* "a, b, c", for a hint. */
static struct str printer_names(const struct run *run) {
    const struct printers_spec *printers = &run->layouts->printers;
    struct str *names = ARENA_ARRAY(run->arena, struct str, printers->count);
    for (size_t i = 0; i < printers->count; i++) {
        names[i] = printers->items[i].name;
    }
    return printers->count > 0 ? names_joined(run->arena, names, printers->count, SIZE_MAX) : STR("—");
}

static enum exit_code choose_printer(struct run *run) {
    const struct printers_spec *printers = &run->layouts->printers;
    if (printers->broken) {
        return EXIT_LAYOUT; /* told when it was read */
    }
    for (size_t i = 0; i < printers->count; i++) {
        const struct printer_spec *printer = &printers->items[i];
        if (str_eq(printer->name, run->job->printer)) {
            run->calibration = (struct calibration){printer->x_mp, printer->y_mp, printer->scale};
            run->printer = printer->name;
            return EXIT_MADE;
        }
    }
    if (run->job->uncalibrated) {
        if (run->job->stock == STOCK_PREPRINTED) {
            DIAG_ADD(&run->diags, S433, PLACE_NONE, run->job->printer);
            run_tell(run);
        }
        return EXIT_MADE;
    }
    DIAG_ADD(&run->diags, U111, PLACE_NONE, run->job->printer, printer_names(run));
    run_tell(run);
    return EXIT_USAGE_ERROR;
}

/* --- the blank form ------------------------------------------------------------------------------------------------- */

static struct str why_no_form(enum image_error error) {
    static const struct str words[] = {
        [IMAGE_OK] = BOTH_INIT("it is whole", "完好"),
        [IMAGE_MISSING] = BOTH_INIT("there is no such file", "没有这个文件"),
        [IMAGE_OUTSIDE] = BOTH_INIT("it may not be read, or is no file", "不能读取，或不是文件"),
        [IMAGE_UNKNOWN_FORMAT] = BOTH_INIT("it is neither JPEG nor PNG nor WebP", "不是 JPEG、PNG、WebP 图片"),
        [IMAGE_TRUNCATED] = BOTH_INIT("it ends early", "文件不完整"),
        [IMAGE_TOO_LARGE] = BOTH_INIT("it has more than 40 million pixels", "超过四千万像素"),
        [IMAGE_UNREADABLE] = BOTH_INIT("it is damaged", "图片已损坏")};
    return words[error];
}

static enum exit_code read_form(struct run *run) {
    const char *path = run->job->form, *slash = strrchr(path, '/');
    const struct str folder = slash == NULL   ? STR(".")
                              : slash == path ? STR("/")
                                              : str_slice(str_from(path), 0, (size_t)(slash - path));
    enum image_error error = IMAGE_OK;
    run->form_images = images_create(str_c(run->arena, folder));
    const struct image *image = image_load(run->form_images, str_from(slash == NULL ? path : slash + 1), &error);
    if (image == NULL) {
        DIAG_ADD(&run->diags, Y449, PLACE_NONE, str_from(path), why_no_form(error));
        run_tell(run);
        return EXIT_INPUT;
    }
    run->form = (struct form){image, image->width_px, image->height_px, image->turn};
    return EXIT_MADE;
}

enum exit_code run_read_layouts(struct run *run) {
    const struct job *job = run->job;
    run->layouts = layouts_read(job->layouts, job->names, job->name_count, &run->diags);
    if (run->layouts == NULL) {
        run_tell(run);
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < job->name_count; i++) {
        if (layouts_find(run->layouts, job->names[i]) == NULL) {
            return tell_unknown_layouts(run, job);
        }
    }
    run_tell(run);
    if (run->layouts->count == 0) {
        DIAG_ADD(&run->diags, O108, PLACE_NONE, str_from(job->layouts));
        run_tell(run);
        return EXIT_INPUT;
    }
    if (run->layouts->printers.broken) {
        run_worsen(run, EXIT_LAYOUT);
    }
    const enum exit_code code = job->printer.n > 0 ? choose_printer(run) : EXIT_MADE;
    return code == EXIT_MADE && job->form != NULL ? read_form(run) : code;
}

/* --- the database ------------------------------------------------------------------------------------------------- */

/* photos/ beside the database, when the job names no other folder. */
static const char *photos_folder(struct run *run) {
    if (run->job->photos != NULL) {
        return run->job->photos;
    }
    const char *slash = strrchr(run->job->database, '/');
    const int folder_bytes = slash == NULL ? 0 : (int)(slash + 1 - run->job->database);
    return str_c(run->arena, str_printf(run->arena, "%.*sphotos", folder_bytes, run->job->database));
}

/* A database that could be read but not copied is a fault of the place for output. */
static enum exit_code exit_of_database(const struct diags *diags) {
    const bool copying = diags->count > 0 && diags->items[diags->count - 1].code == DIAG_D108;
    return copying ? EXIT_IO : EXIT_INPUT;
}

/* The school sees all. */
static struct session *relations_source(void *run) {
    return run_session(run, READER_SCHOOL);
}

enum exit_code run_open_database(struct run *run, bool private_copy, const char *copy_folder) {
    const struct database_options options = {
        .private_copy = private_copy,
        .copy_folder = copy_folder,
        .application_id = run->layouts->application_id,
        .user_version = run->layouts->user_version,
    };
    run->database = database_open(run->job->database, &options, &run->diags);
    if (run->database == NULL) {
        run_tell(run);
        return exit_of_database(&run->diags);
    }
    run->fonts = fonts_create();
    run->text = text_engine_create();
    run->images = images_create(photos_folder(run));
    if (run->layouts->privacy.broken ||
        !resolve_privacy(run->arena, &run->layouts->privacy, &run->privacy, &run->diags)) {
        run_tell(run);
        return EXIT_LAYOUT;
    }
    run->relations = resolve_relations(run->arena, run->layouts->relations, run->layouts->relation_count, &run->givens);
    struct str *relations = ARENA_ARRAY(run->arena, struct str, run->relations.count);
    for (size_t i = 0; i < run->relations.count; i++) {
        relations[i] = run->relations.items[i].name;
    }
    run->privacy.relations = relations;
    run->privacy.relation_count = run->relations.count;
    run->relations.source = relations_source;
    run->relations.context = run;
    run_tell(run);
    return EXIT_MADE;
}

/* A session that can't be opened is the database's fault when it can't be read or somebody altered a view, else that of privacy.yaml. */
static enum exit_code exit_of_session(const struct diags *diags, size_t from) {
    for (size_t i = from; i < diags->count; i++) {
        const enum diag_code code = diags->items[i].code;
        if (code == DIAG_D312 || (code >= DIAG_D101 && code <= DIAG_D109)) {
            return EXIT_INPUT;
        }
    }
    return EXIT_LAYOUT;
}

/* What privacy.yaml has wrong was told: the sessions of other readers would tell the same again. */
static void fail_alike(struct run *run, enum reader reader) {
    for (size_t i = 0; run->sessions[reader] == NULL && i < sizeof run->sessions / sizeof run->sessions[0]; i++) {
        run->session_failed[i] = run->session_failed[i] || run->sessions[i] == NULL;
    }
}

struct session *run_session(struct run *run, enum reader reader) {
    if (run->sessions[reader] == NULL && !run->session_failed[reader]) {
        const size_t told = run->diags.count;
        run->sessions[reader] = session_open(run->database, reader, &run->privacy, &run->diags);
        run->session_failed[reader] =
            run->sessions[reader] == NULL || !relations_set(run->sessions[reader], &run->relations, &run->diags);
        if (run->session_failed[reader]) {
            run_worsen(run, exit_of_session(&run->diags, told));
            fail_alike(run, reader);
        }
        run_tell(run);
    }
    return run->session_failed[reader] ? NULL : run->sessions[reader];
}

/* The day doesn't depend on who reads: families and the public, who get few rows, ask in the school's views. An inspector's serve
 * as well, and spare a session. */
static enum reader calendar_reader(const struct run *run) {
    const enum reader reader = run->job->has_reader ? run->job->reader : resolve_own_reader(run->layouts->layouts[0]);
    return reader == READER_INSPECTOR && run->privacy.present ? READER_INSPECTOR : READER_SCHOOL;
}

bool run_of_awards(const struct layout *layout) {
    if (layout->each == NO_QUERY) {
        return false;
    }
    const struct str sql = layout->queries[layout->query_uses[layout->each].query].sql;
    return str_find(sql, STR("award_id")) < sql.n;
}

/* What was approved behind the last closed month is printed all the same. */
static bool settle_award_day(struct run *run, struct session *session) {
    const struct job *job = run->job;
    struct givens usual = run->givens;
    if (job->award_day.n == 0 || job->as_of.n > 0 || !run_of_awards(run->layouts->layouts[0])) {
        return true;
    }
    if (!resolve_calendar(run->arena, &run->layouts->calendar, session, &usual, &run->diags)) {
        return false;
    }
    if (str_compare(job->award_day, value_text(run->arena, &usual.values[GIVEN_AS_OF])) > 0) {
        run->givens.values[GIVEN_AS_OF] = (struct value){.kind = VALUE_TEXT, .text = job->award_day};
    }
    return true;
}

enum exit_code run_settle(struct run *run, bool must) {
    const bool absent = run->layouts->calendar.day.sql.n == 0;
    if (absent && !must) {
        return EXIT_MADE;
    }
    struct session *session = run_session(run, calendar_reader(run));
    if (session == NULL) {
        return EXIT_LAYOUT;
    }
    const bool settled = settle_award_day(run, session) &&
                         resolve_calendar(run->arena, &run->layouts->calendar, session, &run->givens, &run->diags);
    run_tell(run);
    if (settled) {
        return EXIT_MADE;
    }
    return absent ? EXIT_USAGE_ERROR : EXIT_LAYOUT;
}
