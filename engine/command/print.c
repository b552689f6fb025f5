/* print.c: `dossier print LAYOUT`, `dossier print --confirm NUMBER`: files are made, sent, followed and written down. */
#include "office/print.h"

#include "base/file.h"
#include "batch/stop.h"
#include "command/command.h"
#include "command/printed.h"
#include "spool/spool.h"

struct printer { /* a call at work */
    struct settings *settings;
    struct report *report;
    struct office_print office;
    struct spool *spool; /* NULL in a dry run */
    struct print_paper *papers;
    size_t paper_count;
    struct batch_print made; /* in choose: what is known of it by then */
    struct spool_watch watch;
};

static struct str one_of(const struct settings *settings, struct str column) {
    for (size_t i = 0; i < settings->job.only_count; i++) {
        if (str_eq(settings->job.only[i].key, column)) {
            return settings->job.only[i].value;
        }
    }
    return STR_NONE;
}

/* --- which ----------------------------------------------------------------------------------------------------------- */

/* An award that isn't among the rows: of another term, of a later day, or of another layout. `option`: by which it was named. */
static void tell_absent(struct printer *printer, struct str word, struct str option) {
    struct settings *settings = printer->settings;
    struct print_home home;
    if (!office_print_explains(&printer->office, word, &home)) {
        return;
    }
    const struct str term = printer->made.term, day = printer->made.day;
    const struct str again = str_printf(settings->arena, "%.*s %.*s", STR_ARG(settings->words[0]), STR_ARG(option));
    if (home.term.n > 0 && !str_eq(home.term, term)) {
        DIAG_ADD(&settings->diags, S436, PLACE_NONE, word, home.term, term, again);
    } else if (home.day.n > 0 && str_compare(home.day, day) > 0) {
        DIAG_ADD(&settings->diags, S437, PLACE_NONE, word, home.day, day, again);
    } else {
        DIAG_ADD(&settings->diags, S423, PLACE_NONE, word, settings->words[0]);
    }
}

/* Rows before the number that --from names are left. */
static bool leave_earlier(struct printer *printer, struct print_row *rows, size_t count) {
    struct settings *settings = printer->settings;
    if (settings->from == NULL) {
        return true;
    }
    const struct str word = str_from(settings->from), plain = office_print_plain(settings->arena, word);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(rows[i].number, plain) || str_eq(rows[i].key, plain) || str_eq(rows[i].key, word) ||
            str_eq(rows[i].award, word)) {
            return true;
        }
        rows[i].chosen = false;
    }
    if (printer->made.of_awards) {
        tell_absent(printer, word, str_printf(settings->arena, "--from %.*s", STR_ARG(word)));
    } else {
        DIAG_ADD(&settings->diags, S423, PLACE_NONE, word, settings->words[0]);
    }
    return false;
}

/* None was left by --only, or none is there: a number or name may say why. */
static void explain(struct printer *printer) {
    static const char *const columns[] = {"cert_no", "award_id", "name"};
    const struct settings *settings = printer->settings;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct str word = one_of(settings, str_from(columns[i]));
        if (word.n > 0) {
            tell_absent(printer, word, str_printf(settings->arena, "--only %s=%.*s", columns[i], STR_ARG(word)));
        }
    }
    if (settings->from != NULL) {
        const struct str word = str_from(settings->from);
        tell_absent(printer, word, str_printf(settings->arena, "--from %.*s", STR_ARG(word)));
    }
}

static void note_papers(struct printer *printer, struct print_row *rows, size_t count) {
    printer->papers = ARENA_ARRAY(printer->settings->arena, struct print_paper, count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].chosen) {
            printer->papers[printer->paper_count++] = (struct print_paper){.key = rows[i].key,
                                                                           .number = rows[i].number,
                                                                           .award = rows[i].award,
                                                                           .name = rows[i].name,
                                                                           .may = true};
        }
    }
}

/* The papers keep only those that may be printed, and so do the rows. */
static void close_up(struct printer *printer, struct print_row *rows, size_t count) {
    size_t at = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].chosen) {
            rows[i].chosen = printer->papers[at].may;
            if (printer->papers[at].may) {
                printer->papers[kept++] = printer->papers[at];
            }
            at++;
        }
    }
    printer->paper_count = kept;
}

static bool choose(void *context, struct print_row *rows, size_t count) {
    struct printer *printer = context;
    struct diags *diags = &printer->settings->diags;
    const size_t told = diags->count;
    if (count == 0 && printer->made.of_awards) {
        explain(printer);
    }
    bool good = count > 0 && leave_earlier(printer, rows, count);
    if (good) {
        note_papers(printer, rows, count);
        good = office_print_judge(&printer->office, printer->papers, printer->paper_count,
                                  one_of(printer->settings, STR("name"))) == OFFICE_DONE;
    }
    if (good) {
        close_up(printer, rows, count);
    }
    if (diags->count > told) {
        printer->made.explained = true;
        report_diags(printer->report, diags);
        diags->count = 0;
    }
    return good && printer->paper_count > 0;
}

/* --- sending --------------------------------------------------------------------------------------------------------- */

static struct spool_ticket ticket_of(const struct settings *settings, const struct print_file *file) {
    return (struct spool_ticket){.width_mp = file->width_mp,
                                 .height_mp = file->height_mp,
                                 .sides = !file->duplex || file->pages < 2 ? SPOOL_ONE_SIDED
                                          : file->short_edge               ? SPOOL_SHORT_EDGE
                                                                           : SPOOL_LONG_EDGE,
                                 .tray = settings->tray,
                                 .copies = settings->copies > 0 ? settings->copies : 1};
}

/* Every kind of paper, before the first sheet comes out. */
static bool fits(struct printer *printer, const struct batch_print *made) {
    for (size_t i = 0; i < made->file_count; i++) {
        const struct print_file *file = &made->files[i];
        bool known = false;
        for (size_t k = 0; k < i; k++) {
            known = known || (made->files[k].width_mp == file->width_mp &&
                              made->files[k].height_mp == file->height_mp && made->files[k].duplex == file->duplex);
        }
        const struct spool_ticket ticket = ticket_of(printer->settings, file);
        if (!known && !spool_fit(printer->spool, &ticket)) {
            return false;
        }
    }
    return true;
}

static struct str title_of(struct arena *arena, const struct print_paper *papers, size_t count) {
    const struct str first = papers[0].number, last = papers[count - 1].number;
    return count == 1 ? first : str_printf(arena, "%.*s–%.*s", STR_ARG(first), STR_ARG(last));
}

static void tell_sent(struct printer *printer, struct str title, int job, bool done) {
    struct arena *arena = printer->settings->arena;
    const struct str queue = spool_queue(printer->spool);
    if (done) {
        office_say(printer->report, printer->settings,
                   str_printf(arena, "%.*s  %.*s-%d", STR_ARG(title), STR_ARG(queue), job),
                   str_printf(arena, "%.*s  %.*s-%d", STR_ARG(title), STR_ARG(queue), job));
    }
}

static void set_ends(struct print_paper *papers, size_t count, enum paper_end end) {
    for (size_t i = 0; i < count; i++) {
        papers[i].end = end;
    }
}

static enum paper_end end_of(const struct printer *printer, enum spool_end end) {
    return end == SPOOL_FAILED                                  ? PAPER_FAILED
           : end == SPOOL_UNKNOWN || printer->settings->one_job ? PAPER_WAITS
                                                                : PAPER_PRINTED;
}

/* A file: what it holds, the journal, the job. False: no further file is sent. */
static bool send_file(struct printer *printer, const struct print_file *file) {
    struct settings *settings = printer->settings;
    struct print_paper *papers = printer->papers + file->from;
    const size_t count = file->to - file->from;
    struct str bytes;
    int job = 0;
    const char *path = str_c(settings->arena, file->path);
    const int error = file_read(settings->arena, path, 0, &bytes);
    if (error != 0) {
        DIAG_ADD(&settings->diags, B101, PLACE_NONE, file->path, diag_errno(error));
        return false;
    }
    const struct str digest = office_print_digest(settings->arena, bytes);
    for (size_t i = 0; i < count; i++) {
        papers[i].sha256 = digest;
    }
    if (office_print_sent(&printer->office, papers, count) != OFFICE_DONE) {
        return false;
    }
    const struct spool_ticket ticket = ticket_of(settings, file);
    const struct str title = title_of(settings->arena, papers, count);
    const enum spool_end end = spool_print(printer->spool, path, title, &ticket, &printer->watch, &job);
    set_ends(papers, count, end_of(printer, end));
    tell_sent(printer, title, job, end == SPOOL_DONE);
    return end == SPOOL_DONE;
}

static void send_all(struct printer *printer, const struct batch_print *made) {
    struct settings *settings = printer->settings;
    struct stop stop;
    stop_listen(&stop);
    for (size_t i = 0; i < made->file_count && stop_signal() == 0; i++) {
        const struct print_file *file = &made->files[i];
        if (file->incomplete && made->of_awards) {
            DIAG_ADD(&settings->diags, S428, PLACE_NONE,
                     title_of(settings->arena, printer->papers + file->from, file->to - file->from));
            continue;
        }
        if (!send_file(printer, file)) {
            break;
        }
    }
    stop_forget(&stop);
}

static void waits(void *context, struct str why) {
    struct printer *printer = context;
    struct arena *arena = printer->settings->arena;
    const struct str queue = spool_queue(printer->spool);
    office_say(printer->report, printer->settings,
               str_printf(arena, "%.*s waits: %.*s", STR_ARG(queue), STR_ARG(diag_in(why, LANGUAGE_ENGLISH))),
               str_printf(arena, "%.*s 等待处理：%.*s", STR_ARG(queue), STR_ARG(diag_in(why, LANGUAGE_CHINESE))));
}

static bool stops(void *context) {
    (void)context;
    return stop_signal() != 0;
}

/* --- the end --------------------------------------------------------------------------------------------------------- */

static size_t count_ends(const struct printer *printer, enum paper_end end, struct str *first) {
    size_t count = 0;
    for (size_t i = 0; i < printer->paper_count; i++) {
        if (printer->papers[i].end == end && (end != PAPER_WAITS || printer->papers[i].sent > 0)) {
            *first = count++ == 0 ? printer->papers[i].number : *first;
        }
    }
    return count;
}

static void sum_up(struct printer *printer, int64_t run) {
    struct arena *arena = printer->settings->arena;
    struct str first = STR_NONE;
    const size_t waiting = count_ends(printer, PAPER_WAITS, &first);
    const size_t printed = count_ends(printer, PAPER_PRINTED, &first);
    const struct str undo = run > 0 ? str_printf(arena, " (dossier undo: %lld)", (long long)run) : STR("");
    office_say(printer->report, printer->settings,
               str_printf(arena, "%zu of %zu printed on %.*s%.*s", printed, printer->paper_count,
                          STR_ARG(spool_queue(printer->spool)), STR_ARG(undo)),
               str_printf(arena, "共 %zu 件，在 %.*s 上印出 %zu 件%.*s", printer->paper_count,
                          STR_ARG(spool_queue(printer->spool)), printed, STR_ARG(undo)));
    if (waiting > 0) {
        office_say(printer->report, printer->settings,
                   str_printf(arena,
                              "%zu wait for your word: dossier print --confirm NUMBER of the last good one, or none",
                              waiting),
                   str_printf(arena, "%zu 件等您确认：dossier print --confirm 最后一件完好的编号；一件也没有的写 none",
                              waiting));
    }
}

static enum exit_code finish(struct printer *printer) {
    int64_t run = 0;
    const enum office_end end = office_print_ended(&printer->office, printer->papers, printer->paper_count, &run);
    struct str first = STR_NONE;
    report_diags(printer->report, &printer->settings->diags);
    sum_up(printer, run);
    const size_t printed = count_ends(printer, PAPER_PRINTED, &first);
    const size_t waiting = printer->settings->one_job ? count_ends(printer, PAPER_WAITS, &first) : 0;
    if (end != OFFICE_DONE) {
        return exit_of_office(end);
    }
    return printed + waiting == printer->paper_count ? EXIT_MADE : EXIT_DOCUMENT;
}

static void tell_plan(struct printer *printer, const struct batch_print *made) {
    for (size_t i = 0; i < made->row_count; i++) {
        const struct str number = made->rows[i].number;
        office_say(printer->report, printer->settings, number, number);
    }
    struct arena *arena = printer->settings->arena;
    office_say(printer->report, printer->settings,
               str_printf(arena, "%zu papers; dry run: nothing was printed", made->row_count),
               str_printf(arena, "%zu 件；试运行，未打印", made->row_count));
}

static void note_codes(struct printer *printer, const struct batch_print *made) {
    for (size_t i = 0; i < printer->paper_count; i++) {
        printer->papers[i].paper = made->rows[i].paper;
        printer->papers[i].content = made->rows[i].content;
        printer->papers[i].code = made->rows[i].code;
        printer->papers[i].edition = made->rows[i].edition;
    }
}

/* --- the way through ------------------------------------------------------------------------------------------------- */

/* A number's brackets as they are printed, whatever somebody typed. */
static void write_plain(struct settings *settings) {
    for (size_t i = 0; i < settings->job.only_count; i++) {
        struct only *only = &settings->job.only[i];
        if (str_is(only->key, "cert_no")) {
            only->value = office_print_plain(settings->arena, only->value);
        }
    }
}

static enum exit_code print(struct printer *printer) {
    struct settings *settings = printer->settings;
    struct batch_print *made = &printer->made;
    *made = (struct batch_print){.arena = settings->arena,
                                 .one_job = settings->one_job,
                                 .skip = settings->skip,
                                 .choose = choose,
                                 .context = printer};
    write_plain(settings);
    struct job job = settings->job;
    job.names = settings->words;
    job.name_count = 1;
    job.printer = printer->office.printer;
    job.uncalibrated = true;
    job.award_day = office_print_day(settings->arena, job.database);
    job.quiet = true;
    struct printed_papers printed;
    printed_init(&printed, settings, printer->report);
    job.papers = &printed.papers;
    job.jobs = 1; /* files in their order */
    const enum exit_code code = batch_print(&job, made, &printer->report->reporter);
    if (made->of_awards) {
        batch_tell_lapsed(&job, made->term, &printer->report->reporter);
    }
    if (job.dry_run && code == EXIT_MADE) {
        tell_plan(printer, made);
    }
    if (job.dry_run || made->file_count == 0) {
        return code;
    }
    if (!fits(printer, made)) {
        report_diags(printer->report, &settings->diags);
        return EXIT_DOCUMENT;
    }
    note_codes(printer, made);
    printer->office.reader = made->reader;
    send_all(printer, made);
    const enum exit_code sent = finish(printer);
    return code != EXIT_MADE ? code : sent;
}

static enum exit_code open_printer(struct printer *printer) {
    struct settings *settings = printer->settings;
    if (settings->job.dry_run) {
        return EXIT_MADE;
    }
    printer->spool = spool_open(settings->arena, &settings->diags);
    if (printer->spool == NULL) {
        return EXIT_NO_PRINTER;
    }
    if (!spool_choose(printer->spool, settings->job.printer)) {
        return EXIT_USAGE_ERROR;
    }
    printer->office.printer = spool_queue(printer->spool);
    return EXIT_MADE;
}

static enum exit_code confirm(struct printer *printer) {
    struct settings *settings = printer->settings;
    struct arena *arena = settings->arena;
    struct print_said said;
    int64_t run = 0;
    enum office_end end = office_print_open(&printer->office, true);
    if (end == OFFICE_DONE) {
        end = office_print_confirm(&printer->office, settings->confirm, &said, &run);
    }
    report_diags(printer->report, &settings->diags);
    if (end == OFFICE_DONE) {
        office_say(printer->report, settings,
                   str_printf(arena, "%zu printed, %zu not%s%.*s", said.printed, said.failed,
                              said.next.n > 0 ? "; go on with dossier print … --from " : "", STR_ARG(said.next)),
                   str_printf(arena, "印出 %zu 件，未印 %zu 件%s%.*s", said.printed, said.failed,
                              said.next.n > 0 ? "；接着打印：dossier print … --from " : "", STR_ARG(said.next)));
    }
    return exit_of_office(end);
}

static bool is_whole(struct settings *settings) {
    if (settings->confirm.n == 0 && settings->word_count != 1) {
        diag_add(&settings->diags, DIAG_S421, PLACE_NONE, (const struct str[4]){STR_NONE});
    }
    if (settings->again && settings->why.n == 0) {
        diag_add(&settings->diags, DIAG_S425, PLACE_NONE, (const struct str[4]){STR_NONE});
    }
    return settings->diags.count == 0;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    struct printer printer = {.settings = settings,
                              .report = &report,
                              .watch = {waits, stops, NULL, settings->wait_s},
                              .office = {.arena = settings->arena,
                                         .diags = &settings->diags,
                                         .database = settings->job.database,
                                         .journal = settings->journal,
                                         .day = settings_day(settings),
                                         .why = settings->why,
                                         .again = settings->again,
                                         .lock = -1}};
    printer.watch.context = &printer;
    printer.office.layout = settings->word_count > 0 ? settings->words[0] : STR_NONE;
    printer.office.copies = str_int(settings->arena, settings->copies > 0 ? settings->copies : 1);
    if (!is_whole(settings)) {
        report_diags(&report, &settings->diags);
        return report_end(&report, EXIT_USAGE_ERROR);
    }
    enum exit_code code;
    if (settings->confirm.n > 0) {
        code = confirm(&printer);
    } else {
        code = open_printer(&printer);
        if (code == EXIT_MADE) {
            const enum office_end end = office_print_open(&printer.office, !settings->job.dry_run);
            code = exit_of_office(end);
        }
        report_diags(&report, &settings->diags);
        settings->diags.count = 0;
        code = code == EXIT_MADE ? print(&printer) : code;
    }
    office_print_close(&printer.office);
    spool_close(printer.spool);
    return report_end(&report, code);
}

const struct command command_print = {
    .name = "print",
    .words = {"LAYOUT", "版式"},
    .most_words = 1,
    .english = "send papers to a printer, follow them, and write down what came out",
    .chinese = "把文书送到打印机打印，跟踪到印完，并登记",
    .options =
        OPTIONS(OPTION_DB, OPTION_JOURNAL, OPTION_LAYOUTS, OPTION_OUT, OPTION_PHOTOS, OPTION_AS_OF, OPTION_SEMESTER,
                OPTION_MONTH, OPTION_ONLY, OPTION_FOR, OPTION_STOCK, OPTION_PRINTER, OPTION_COPIES, OPTION_TRAY,
                OPTION_FROM, OPTION_SKIP, OPTION_ONE_JOB, OPTION_CONFIRM, OPTION_AGAIN, OPTION_WHY, OPTION_WAIT,
                OPTION_DRY_RUN, OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP),
    .run = run,
};
