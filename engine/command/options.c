/* options.c: words of argv become settings. Parsing, messages about wrong values and `help` read the same table (option_table.h). */
#include "command/option_table.h"

#include <assert.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "base/nearest.h"

/* Where a packaged dossier finds its things; a clone has them beside it. */
#ifndef DOSSIER_LAYOUTS
#define DOSSIER_LAYOUTS "/etc/dossier/layouts"
#endif
#ifndef DOSSIER_DATABASE
#define DOSSIER_DATABASE "/var/lib/dossier/semester.db"
#endif
#ifndef DOSSIER_OUT
#define DOSSIER_OUT "/var/lib/dossier/out"
#endif

#define WAIT_USUAL_S 120

bool option_help(enum option_id id, struct arena *arena, enum language language, struct str *name, struct str *help) {
    if (id >= OPTION_COUNT) {
        return false;
    }
    const struct option *option = &option_table[id];
    assert(option->name.n > 0 && (option->take != NULL || option->flag > 0) && option->english != NULL &&
           option->chinese != NULL && "command.h, 1");
    *name = option->value.n == 0
                ? option->name
                : str_printf(arena, "%.*s %.*s", STR_ARG(option->name), STR_ARG(diag_in(option->value, language)));
    *help = str_from(language == LANGUAGE_CHINESE ? option->chinese : option->english);
    return true;
}

bool option_words(enum option_id id, struct option_words *words) {
    if (id >= OPTION_COUNT) {
        return false;
    }
    *words = (struct option_words){.name = option_table[id].name,
                                   .value = diag_in(option_table[id].value, LANGUAGE_ENGLISH),
                                   .allowed = diag_in(option_table[id].allowed, LANGUAGE_ENGLISH)};
    return true;
}

struct str settings_today(const struct settings *settings) {
    const time_t now = time(NULL);
    struct tm day;
    localtime_r(&now, &day);
    return str_printf(settings->arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

struct str settings_day(const struct settings *settings) {
    return settings->job.as_of.n > 0 ? settings->job.as_of : settings_today(settings);
}

bool command_takes(const struct command *command, enum option_id id) {
    const enum option_id *one = command->options;
    while (*one != OPTION_COUNT && *one != id) {
        one++;
    }
    return *one != OPTION_COUNT;
}

/* --- parsing ------------------------------------------------------------------------------------------------------ */

static bool is_here(const char *path) {
    return access(path, F_OK) == 0;
}

/* The database of a folder that has layouts/: a clone's demo, or its own; else that of the package. */
static const char *database_here(void) {
    if (is_here("fixtures")) {
        return "fixtures/demo.db";
    }
    return is_here("semester.db") ? "semester.db" : DOSSIER_DATABASE;
}

void settings_init(struct settings *settings, struct arena *arena) {
    const bool here = is_here("layouts");
    *settings = (struct settings){
        .arena = arena,
        .job = {.database = here ? database_here() : DOSSIER_DATABASE,
                .layouts = here ? "layouts" : DOSSIER_LAYOUTS,
                .out = here ? "out" : DOSSIER_OUT,
                .language = language_of_environment()},
        .wait_s = WAIT_USUAL_S,
    };
    diags_init(&settings->diags, arena);
}

/* `check data` reads the records alone. */
static bool is_used(const struct settings *settings, const struct command *command, enum option_id id) {
    const bool of_records =
        str_is(str_from(command->name), "check") && settings->word_count > 0 && str_is(settings->words[0], "data");
    return command_takes(command, id) && !(of_records && id == OPTION_LAYOUTS);
}

struct str settings_taken_here(const struct settings *settings, const struct command *command) {
    const struct {
        enum option_id id;
        const char *path;
    } paths[] = {
        {OPTION_LAYOUTS, settings->job.layouts}, {OPTION_DB, settings->job.database}, {OPTION_OUT, settings->job.out}};
    struct str taken[sizeof paths / sizeof *paths];
    size_t count = 0;
    bool here = false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths && is_here("layouts"); i++) {
        if (is_used(settings, command, paths[i].id) && !settings->given[paths[i].id]) {
            taken[count++] = str_from(paths[i].path);
            here = here || paths[i].path[0] != '/';
        }
    }
    return here ? names_joined(settings->arena, taken, count, SIZE_MAX) : STR_NONE;
}

static const struct option *find_option(const struct command *command, struct str name) {
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (command_takes(command, (enum option_id)id) && str_eq(option_table[id].name, name)) {
            return &option_table[id];
        }
    }
    return NULL;
}

/* The nearest option of the command; where none is near, the way to all of them. */
static struct str nearest_option(struct arena *arena, const struct command *command, struct str name) {
    struct str names[OPTION_COUNT];
    size_t count = 0;
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (command_takes(command, (enum option_id)id)) {
            names[count++] = option_table[id].name;
        }
    }
    const struct str near = nearest_name(name, names, count);
    return near.n > 0 ? near
                      : diag_both(arena, str_printf(arena, "one that `dossier help %s` lists", command->name),
                                  str_printf(arena, "dossier help %s 所列的某个", command->name));
}

/* Takes one option with its value, in "--name value" or "--name=value". Gives back how many words that were. */
static int parse_option(struct settings *settings, const struct command *command, int count, char **words) {
    const struct str word = str_from(words[0]);
    const size_t equals = str_find_byte(word, '=');
    const struct str name = str_slice(word, 0, equals);
    const struct option *option = find_option(command, name);
    if (option == NULL) {
        DIAG_ADD(&settings->diags, U102, PLACE_NONE, name, nearest_option(settings->arena, command, name));
        return 1;
    }
    settings->given[option - option_table] = true;
    if (option->value.n == 0) {
        if (equals < word.n) {
            DIAG_ADD(&settings->diags, U110, PLACE_NONE, name);
        }
        *(bool *)((char *)settings + option->flag) = true;
        return 1;
    }
    if (equals == word.n && count < 2) {
        DIAG_ADD(&settings->diags, U103, PLACE_NONE, name, option->value);
        return 1;
    }
    const struct str value = equals < word.n ? str_slice(word, equals + 1, word.n) : str_from(words[1]);
    const bool elsewhere =
        str_is(name, "--for") && str_is(value, "archive") && !str_is(str_from(command->name), "pack");
    if (!option->take(settings, value) || elsewhere) {
        DIAG_ADD(&settings->diags, U104, PLACE_NONE, value, name, option->allowed);
    }
    return equals < word.n ? 1 : 2;
}

void settings_parse(struct settings *settings, const struct command *command, int count, char **words) {
    settings->words = ARENA_ARRAY(settings->arena, struct str, (size_t)(count > 0 ? count : 0));
    bool options = true;
    for (int i = 0; i < count;) {
        const struct str word = str_from(words[i]);
        if (options && str_is(word, "--")) {
            options = false;
            i++;
        } else if (options && str_starts(word, STR("-")) && word.n > 1) {
            i += parse_option(settings, command, count - i, words + i);
        } else {
            settings->words[settings->word_count++] = word;
            i++;
        }
    }
}
