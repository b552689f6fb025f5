/* intake.c: `dossier intake FILE…`, `dossier undo [RUN]` */
#include "intake/intake.h"

#include "command/command.h"
#include "sheet/collection.h"

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
};

static void tell(void *context, const struct intake_told *told) {
    const struct telling *telling = context;
    const struct job *job = &telling->settings->job;
    report_diags(telling->report, told->diags);
    if (!job->quiet && told->counts.rows > 0) {
        telling->report->reporter.line(&telling->report->reporter,
                                       summary(telling->report->arena, told, job->language, job->dry_run));
    }
}

static struct str day_of(const struct settings *settings) {
    return settings->job.as_of.n > 0 ? settings->job.as_of : settings_today(settings);
}

static enum exit_code write_template(struct settings *settings, struct report *report) {
    const struct filled_choice choice = {settings->school, settings->class_name, settings->job.semester,
                                         day_of(settings)};
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
    struct telling telling = {&report, settings};
    const struct intake_job job = {
        .database = settings->job.database,
        .files = settings->words,
        .file_count = settings->word_count,
        .school = settings->school,
        .semester = settings->job.semester,
        .as_of = day_of(settings),
        .dry_run = settings->job.dry_run,
        .strict = settings->strict,
    };
    if (settings->word_count == 0) {
        DIAG_ADD(&settings->diags, U114, PLACE_NONE, STR("intake"));
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    return report_end(&report, exit_of(intake_run(settings->arena, &job, tell, &telling)));
}

const struct command command_intake = {
    .name = "intake",
    .words = {"[FILE…]", "[文件…]"},
    .english = "take spreadsheets from the schools into the database",
    .chinese = "把学校报送的表格录入数据库",
    .options = OPTION_BIT(OPTION_DB) | OPTION_BIT(OPTION_AS_OF) | OPTION_BIT(OPTION_SEMESTER) |
               OPTION_BIT(OPTION_SCHOOL) | OPTION_BIT(OPTION_STRICT) | OPTION_BIT(OPTION_CLASS) |
               OPTION_BIT(OPTION_TEMPLATE) | OPTION_BIT(OPTION_FILLED) | OPTION_BIT(OPTION_DRY_RUN) |
               OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_HELP),
    .run = run,
};

static enum exit_code run_undo(struct settings *settings) {
    struct report report;
    int64_t run_number = 0;
    report_init(&report, settings);
    if (settings->word_count > 0 && (!str_to_int(settings->words[0], &run_number) || run_number < 1)) {
        DIAG_ADD(&settings->diags, U115, PLACE_NONE, settings->words[0]);
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    const enum intake_end end = intake_undo(settings->arena, settings->job.database, &run_number, &settings->diags);
    report_diags(&report, &settings->diags);
    if (end == INTAKE_TAKEN && !settings->job.quiet) {
        const bool chinese = settings->job.language == LANGUAGE_CHINESE;
        report.reporter.line(&report.reporter,
                             str_printf(settings->arena, chinese ? "第 %lld 次采集已撤销" : "run %lld is taken back",
                                        (long long)run_number));
    }
    return report_end(&report, exit_of(end));
}

const struct command command_undo = {
    .name = "undo",
    .words = {"[RUN]", "[次数]"},
    .most_words = 1,
    .english = "take an intake back, the last one or the one of that number",
    .chinese = "撤销一次采集：最近一次，或指定的一次",
    .options = OPTION_BIT(OPTION_DB) | OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_HELP),
    .run = run_undo,
};
