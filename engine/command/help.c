/* help.c: `dossier help [COMMAND|CODE|schema|completion|man]`: the commands, a command's options, what a message means and what to do,
 * the layout language for editors and as a man page, or what bash completes. */
#include "command/command.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "layout/schema.h"
#include "rules/rules.h"

static void print(struct report *report, struct buffer *out) {
    struct str text = buffer_str(out);
    text.n -= text.n > 0 && text.p[text.n - 1] == '\n';
    report->reporter.line(&report->reporter, text);
    buffer_release(out);
}

static bool chinese(const struct report *report) {
    return report->language == LANGUAGE_CHINESE;
}

static void help_overview(struct report *report) {
    struct buffer out = {0};
    buffer_add(&out, chinese(report) ? STR("用法：dossier 命令 [选项] [参数]\n\n")
                                     : STR("usage: dossier COMMAND [OPTION…] [WORD…]\n\n"));
    for (size_t i = 0; commands[i] != NULL; i++) {
        buffer_printf(&out, "  %-9s %s\n", commands[i]->name,
                      chinese(report) ? commands[i]->chinese : commands[i]->english);
    }
    buffer_add(
        &out,
        chinese(report)
            ? STR("\ndossier help 命令：该命令的选项；dossier help 代码（如 L211）：该信息的含义和处理办法")
            : STR("\n`dossier help COMMAND` tells its options, `dossier help CODE` (as L211) what a message means"));
    print(report, &out);
}

/* Blanks that fill a name's column; Chinese takes two cells a character. */
static int padding(struct str name) {
    enum { COLUMN = 18 };
    const size_t width = utf8_width(name);
    return width < COLUMN ? (int)(COLUMN - width) : 0;
}

static void help_command(struct report *report, const struct command *command) {
    struct buffer out = {0};
    buffer_printf(&out, chinese(report) ? "用法：dossier %s %s\n%s\n\n" : "usage: dossier %s %s\n%s\n\n", command->name,
                  command->words[report->language], chinese(report) ? command->chinese : command->english);
    struct str name;
    struct str help;
    for (int id = 0; option_help((enum option_id)id, report->arena, report->language, &name, &help); id++) {
        if (command_takes(command, (enum option_id)id)) {
            buffer_printf(&out, "  %.*s%*s %.*s\n", STR_ARG(name), padding(name), "", STR_ARG(help));
        }
    }
    print(report, &out);
}

/* Each line of it, set in. */
static void add_lines(struct buffer *out, const char *text) {
    for (struct str rest = str_from(text); rest.n > 0;) {
        const struct str line = str_split(rest, '\n', &rest);
        buffer_printf(out, "    %.*s\n", STR_ARG(line));
    }
}

/* The catalogue's texts, with … for the arguments, and an example that gives the message. */
static void help_code(struct report *report, enum diag_code code) {
    static const struct str severities[][2] = {
        [SEVERITY_ERROR] = {STR_INIT("error"), STR_INIT("错误")},
        [SEVERITY_WARNING] = {STR_INIT("warning"), STR_INIT("警告")},
        [SEVERITY_FAULT] = {STR_INIT("fault in the data; the document is marked 不完整"),
                            STR_INIT("数据错误，文件标为不完整")},
        [SEVERITY_NOTE] = {STR_INIT("note on the data"), STR_INIT("数据提示")},
    };
    const struct diag diag = {.code = code, .args = {STR_INIT("…"), STR_INIT("…"), STR_INIT("…"), STR_INIT("…")}};
    const struct str text = diag_text(report->arena, &diag, report->language);
    const struct str hint = diag_hint(report->arena, &diag, report->language);
    struct buffer out = {0};
    buffer_printf(&out, "%s (%.*s)\n  %.*s\n", diag_name(code),
                  STR_ARG(severities[diag_severity(code)][chinese(report)]), STR_ARG(text));
    if (hint.n > 0 && !str_is(hint, "…")) {
        buffer_printf(&out, "  %.*s\n", STR_ARG(hint));
    }
    const struct diag_example example = diag_example(code);
    buffer_add(&out, chinese(report) ? STR("例如\n") : STR("for example\n"));
    add_lines(&out, example.wrong);
    buffer_add(&out, chinese(report) ? STR("应为\n") : STR("right is\n"));
    add_lines(&out, example.right);
    print(report, &out);
}

/* A check of the records: rules/checks. */
static void help_check(struct report *report, const struct rule *rule) {
    const struct str severity = diag_severity_name(rule->severity, report->language);
    struct buffer out = {0};
    buffer_printf(&out, "%.*s (%.*s)\n  %.*s\n  %.*s\n  %.*s %.*s", STR_ARG(rule->code), STR_ARG(severity),
                  STR_ARG(rule->text[report->language]), STR_ARG(rule->remedy[report->language]), STR_ARG(rule->place),
                  STR_ARG(rule->label));
    print(report, &out);
}

/* What other programs read: editors, bash, man. False when the topic is none of these. */
static bool help_file(struct report *report, struct str topic) {
    struct buffer out = {0};
    if (str_is(topic, "schema")) {
        schema_json(&out);
    } else if (str_is(topic, "completion")) {
        completion_write(&out, report->arena);
    } else if (str_is(topic, "man")) {
        schema_man_page(&out);
    } else {
        return false;
    }
    print(report, &out);
    return true;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    if (settings->word_count == 0) {
        help_overview(&report);
        return report_end(&report, EXIT_MADE);
    }
    const struct str topic = settings->words[0];
    const struct command *command = command_find(topic);
    enum diag_code code;
    if (command != NULL) {
        help_command(&report, command);
    } else if (diag_from_name(topic, &code)) {
        help_code(&report, code);
    } else if (rules_find(report.arena, topic) != NULL) {
        help_check(&report, rules_find(report.arena, topic));
    } else if (!help_file(&report, topic)) {
        DIAG_ADD(&settings->diags, U109, PLACE_NONE, topic, command_nearest(settings->arena, topic));
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    return report_end(&report, EXIT_MADE);
}

const struct command command_help = {
    .name = "help",
    .words = {"[COMMAND|CODE|schema|completion|man]", "[命令|代码|schema|completion|man]"},
    .most_words = 1,
    .english = "tell about a command, or what a message means and what to do",
    .chinese = "说明命令，或信息代码的含义和处理办法",
    .options = OPTIONS(OPTION_HELP),
    .run = run,
};
