/* intake.c: `dossier intake FILE…`, `dossier undo [RUN]` */
#include "intake/intake.h"

#include <unistd.h>

#include "command/send_back.h"
#include "office/papers.h"
#include "sheet/collection.h"
#include "sheet/returned.h"

static enum exit_code exit_of(enum intake_end end) {
    switch (end) {
    case INTAKE_TAKEN:
        return EXIT_MADE;
    case INTAKE_PARTLY:
        return EXIT_DOCUMENT;
    case INTAKE_INPUT:
        return EXIT_INPUT;
    case INTAKE_BUSY:
        return EXIT_BUSY;
    case INTAKE_NO_WRITE:
        return EXIT_IO;
    }
    return EXIT_BUG;
}

/* What became of a file, in one line. */
static struct str summary(struct arena *arena, const struct intake_told *told, enum language language, bool dry_run) {
    static const char *const english = "%.*s: %zu rows read, %zu new in the database, %zu cells changed, %zu rows as "
                                       "they were; left out: %zu rows, %zu cells%s";
    static const char *const chinese =
        "%.*s：读取 %zu 行，新增 %zu 条，更改 %zu 格，%zu 行无变化；未采用 %zu 行、%zu 格%s";
    const struct intake_counts *counts = &told->counts;
    struct str end = STR("");
    if (dry_run) {
        end = language == LANGUAGE_CHINESE ? STR("（试运行，未写入）") : STR(" (dry run: nothing written)");
    } else if (told->run > 0) {
        end = str_printf(arena,
                         language == LANGUAGE_CHINESE ? "（第 %lld 次采集；撤销：dossier undo %lld）"
                                                      : " (run %lld; to take it back: dossier undo %lld)",
                         (long long)told->run, (long long)told->run);
    }
    return str_printf(arena, language == LANGUAGE_CHINESE ? chinese : english, STR_ARG(told->file), counts->rows,
                      counts->new_rows, counts->changes, counts->same, counts->left_rows, counts->left_cells,
                      str_c(arena, end));
}

struct telling {
    struct report *report;
    const struct settings *settings;
    const char **paths; /* of the workbooks that go back, by file; NULL */
    size_t file;
    bool failed; /* one of them couldn't be written */
};

/* The workbook that goes back, where there is anything to say of the file. */
static void send_back(struct telling *telling, const struct intake_told *told) {
    static const char *const lines[] = {"%.*s: goes back as %s", "%.*s：退回表 %s"};
    const struct settings *settings = telling->settings;
    const char *path = telling->paths[telling->file];
    struct diags diags;
    diags_init(&diags, told->diags->arena);
    if (told->diags->count == 0 && access(path, F_OK) == 0) {
        DIAG_ADD(&diags, T403, PLACE_NONE, told->file, str_from(path));
    }
    if (told->diags->count > 0 &&
        returned_write(told->diags->arena, path, told->grid, told->diags, settings_day(settings), &diags)) {
        telling->report->reporter.line(
            &telling->report->reporter,
            str_printf(told->diags->arena, lines[settings->job.language], STR_ARG(told->file), path));
    }
    report_diags(telling->report, &diags);
    telling->failed = telling->failed || diags_any(&diags, SEVERITY_ERROR);
}

static void tell(void *context, const struct intake_told *told) {
    struct telling *telling = context;
    const struct job *job = &telling->settings->job;
    send_back_tell(telling->report, told, job->verbose);
    if (!job->quiet && told->counts.rows > 0) {
        telling->report->reporter.line(&telling->report->reporter,
                                       summary(telling->report->arena, told, job->language, job->dry_run));
    }
    if (telling->paths != NULL && told->grid != NULL) {
        send_back(telling, told);
    }
    telling->file++;
}

static enum exit_code write_template(struct settings *settings, struct report *report) {
    const struct filled_choice choice = {settings->school, settings->class_name, settings->job.semester,
                                         settings_day(settings)};
    const bool good = settings->filled
                          ? collection_filled(settings->arena, settings->template_path, settings->words,
                                              settings->word_count, settings->job.database, &choice, &settings->diags)
                          : collection_template(settings->arena, settings->template_path, settings->words,
                                                settings->word_count, choice.as_of, &settings->diags);
    report_diags(report, &settings->diags);
    return report_end(report, good ? EXIT_MADE : EXIT_CANNOT_CREATE);
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    if (settings->template_path != NULL) {
        return write_template(settings, &report);
    }
    struct telling telling = {.report = &report, .settings = settings};
    const struct intake_job job = {
        .database = settings->job.database,
        .files = settings->words,
        .file_count = settings->word_count,
        .school = settings->school,
        .semester = settings->job.semester,
        .as_of = settings_day(settings),
        .dry_run = settings->job.dry_run,
        .overwrite = settings->overwrite,
        .strict = settings->strict,
    };
    if (settings->word_count == 0) {
        DIAG_ADD(&settings->diags, U114, PLACE_NONE, STR("intake"));
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    if (settings->errors.n > 0 && (telling.paths = send_back_paths(settings)) == NULL) {
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    const enum exit_code code = exit_of(intake_run(settings->arena, &job, tell, &telling));
    return report_end(&report,
                      telling.failed && (code == EXIT_MADE || code == EXIT_DOCUMENT) ? EXIT_CANNOT_CREATE : code);
}

const struct command command_intake = {
    .name = "intake",
    .words = {"[FILE…]", "[文件…]"},
    .english = "take spreadsheets from the schools into the database",
    .chinese = "把学校报送的表格录入数据库",
    .options = OPTIONS(OPTION_DB, OPTION_AS_OF, OPTION_SEMESTER, OPTION_SCHOOL, OPTION_STRICT, OPTION_OVERWRITE,
                       OPTION_CLASS, OPTION_TEMPLATE, OPTION_FILLED, OPTION_ERRORS, OPTION_DRY_RUN, OPTION_VERBOSE,
                       OPTION_QUIET, OPTION_HELP),
    .run = run,
};

static enum exit_code run_undo(struct settings *settings) {
    struct report report;
    struct intake_known known = {0};
    report_init(&report, settings);
    if (settings->word_count > 0 && (!str_to_int(settings->words[0], &known.run) || known.run < 1)) {
        DIAG_ADD(&settings->diags, U115, PLACE_NONE, settings->words[0]);
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    const enum intake_end end =
        office_undo(settings->arena, settings->job.database, settings->journal, &known, &settings->diags);
    report_diags(&report, &settings->diags);
    if (end == INTAKE_TAKEN && !settings->job.quiet) {
        const bool chinese = settings->job.language == LANGUAGE_CHINESE;
        report.reporter.line(&report.reporter, str_printf(settings->arena,
                                                          chinese ? "第 %lld 次写入已撤销：%.*s%s%.*s"
                                                                  : "run %lld is taken back: %.*s%s%.*s",
                                                          (long long)known.run, STR_ARG(known.file),
                                                          known.day.n == 0 ? ""
                                                          : chinese        ? "，"
                                                                           : ", ",
                                                          STR_ARG(known.day)));
    }
    return report_end(&report, exit_of(end));
}

const struct command command_undo = {
    .name = "undo",
    .words = {"[RUN]", "[次数]"},
    .most_words = 1,
    .english = "take an intake or another step back: the last one, or the one of that number",
    .chinese = "撤销一次采集或其他写入：最近一次，或指定的一次",
    .options = OPTIONS(OPTION_DB, OPTION_JOURNAL, OPTION_QUIET, OPTION_HELP),
    .run = run_undo,
};
