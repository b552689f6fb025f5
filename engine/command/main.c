/* main.c: finds the command and calls it; its exit code is the program's. */
#include "command/command.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/nearest.h"

const struct command *const commands[] = {&command_make,      &command_print,   &command_list,    &command_check,
                                          &command_intake,    &command_undo,    &command_init,    &command_close,
                                          &command_term,      &command_retire,  &command_upgrade, &command_assess,
                                          &command_award,     &command_journal, &command_verify,  &command_pack,
                                          &command_calibrate, &command_help,    &command_version, NULL};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0] - 1)

const struct command *command_find(struct str name) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (str_is(name, commands[i]->name)) {
            return commands[i];
        }
    }
    return NULL;
}

struct str command_nearest(struct arena *arena, struct str name) {
    struct str names[COMMAND_COUNT];
    for (size_t count = 0; count < COMMAND_COUNT; count++) {
        names[count] = str_from(commands[count]->name);
    }
    return nearest_or_all(arena, name, names, COMMAND_COUNT);
}

/* An assertion that failed is our bug: cron gets the code that the manual tells. */
static void on_abort(int signal_number) {
    (void)signal_number;
    _exit(EXIT_BUG);
}

static void tell_words_too_many(struct settings *settings, const struct command *command) {
    const bool any = command->words[0][0] != '\0' && command->most_words == 0;
    for (size_t i = command->most_words; i < settings->word_count && !any; i++) {
        DIAG_ADD(&settings->diags, U108, PLACE_NONE, settings->words[i], str_from(command->name));
    }
}

/* Somebody who stands in a folder with layouts/ by chance learns why his papers look otherwise. */
static void tell_taken_here(struct report *report, struct settings *settings, const struct command *command) {
    const struct str taken = settings_taken_here(settings, command);
    if (taken.n > 0 && !settings->job.quiet && !settings->job.dump) {
        DIAG_ADD(&settings->diags, O181, PLACE_NONE, taken);
        report_diags(report, &settings->diags);
        settings->diags.count = 0;
    }
}

static enum exit_code run_command(struct settings *settings, const struct command *command, int count, char **words) {
    struct report report;
    settings_parse(settings, command, count, words);
    tell_words_too_many(settings, command);
    report_init(&report, settings);
    if (settings->diags.count > 0) {
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    if (settings->help) {
        settings->words = &(struct str){command->name, str_from(command->name).n};
        settings->word_count = 1;
        return command_help.run(settings);
    }
    tell_taken_here(&report, settings, command);
    return command->run(settings);
}

/* People try `dossier --help` and `--version` first. */
static struct str command_name(const char *word) {
    const struct str name = str_from(word);
    if (str_is(name, "--help") || str_is(name, "-h")) {
        return STR("help");
    }
    return str_is(name, "--version") ? STR("version") : name;
}

static enum exit_code dispatch(struct settings *settings, int argc, char **argv) {
    if (argc < 2) {
        command_help.run(settings);
        return EXIT_USAGE_ERROR;
    }
    const struct str name = command_name(argv[1]);
    const struct command *command = command_find(name);
    if (command != NULL) {
        return run_command(settings, command, argc - 2, argv + 2);
    }
    struct report report;
    report_init(&report, settings);
    DIAG_ADD(&settings->diags, U101, PLACE_NONE, name, command_nearest(settings->arena, name));
    report_diags(&report, &settings->diags);
    return EXIT_USAGE_ERROR;
}

int main(int argc, char **argv) {
    signal(SIGABRT, on_abort);
    signal(SIGXFSZ, SIG_IGN); /* a file over its limit is an error of write, told like a full disk */
    umask(077);
    struct arena *arena = arena_create();
    struct settings settings;
    settings_init(&settings, arena);
    const enum exit_code code = dispatch(&settings, argc, argv);
    arena_destroy(arena);
    return (int)code;
}
