/* options_test.c: words of the command line become settings; all that is wrong with them is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "command/command.h"

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        const struct str actual_ = (actual);                                                                           \
        if (!str_is(actual_, (expected)))                                                                              \
            fail_msg("“%.*s” is not “%s”", STR_ARG(actual_), (expected));                                              \
    } while (0)

/* Parses the words of `make`, split at blanks; `codes`: what is told. */
static struct settings parsed(const char *line, const char *codes) {
    struct arena *arena = arena_create();
    struct settings settings;
    struct buffer told = {0};
    char *words[16];
    int count = 0;
    settings_init(&settings, arena);
    for (struct str rest = str_from(line); rest.n > 0;) {
        words[count++] = str_c(arena, str_split(rest, ' ', &rest));
    }
    settings_parse(&settings, &command_make, count, words);
    for (size_t i = 0; i < settings.diags.count; i++) {
        buffer_printf(&told, "%s ", diag_name(settings.diags.items[i].code));
    }
    assert_str(buffer_str(&told), codes);
    buffer_release(&told);
    return settings;
}

static void done(const struct settings *settings) {
    arena_destroy(settings->arena);
}

static void key_and_value(void **state) {
    static const struct {
        const char *word, *key, *value;
    } good[] = {
        {"no=1", "no", "1"},     {"姓名=钟玲", "姓名", "钟玲"}, {"no=", "no", ""},
        {"no=a=b", "no", "a=b"}, {"no==", "no", "="},
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char line[64];
        snprintf(line, sizeof line, "--only %s", good[i].word);
        const struct settings settings = parsed(line, "");
        assert_int_equal(settings.job.only_count, 1);
        assert_str(settings.job.only[0].key, good[i].key);
        assert_str(settings.job.only[0].value, good[i].value);
        done(&settings);
    }
}

static void no_key_or_no_value(void **state) {
    static const char *const lines[] = {"--only no", "--only =1", "--only="};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct settings settings = parsed(lines[i], "U104 ");
        done(&settings);
    }
}

/* In any order, also as --name=value; each --only is one more. */
static void options_and_words(void **state) {
    const struct settings settings =
        parsed("card --only no=1 --quiet --only=name=x archive --jobs=3 -- --not-an-option", "");
    (void)state;
    assert_int_equal(settings.word_count, 3);
    assert_str(settings.words[0], "card");
    assert_str(settings.words[1], "archive");
    assert_str(settings.words[2], "--not-an-option");
    assert_int_equal(settings.job.only_count, 2);
    assert_str(settings.job.only[1].key, "name");
    assert_true(settings.job.quiet);
    assert_int_equal(settings.job.jobs, 3);
    done(&settings);
}

static void days_and_months(void **state) {
    static const struct {
        const char *line, *codes;
    } cases[] = {
        {"--as-of 2024-02-29", ""},
        {"--as-of 2026-02-29", "U104 "},
        {"--as-of 2000-02-29", ""},
        {"--as-of 1900-02-29", "U104 "},
        {"--as-of 2026-11-31", "U104 "},
        {"--as-of 2026-1-1", "U104 "},
        {"--as-of 2026-00-10", "U104 "},
        {"--month 2026-12", ""},
        {"--month 2026-13", "U104 "},
        {"--month 2026-11-1", "U104 "},
        {"--jobs 0", "U104 "},
        {"--jobs 257", "U104 "},
        {"--jobs 256", ""},
        {"--jobs 2x", "U104 "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct settings settings = parsed(cases[i].line, cases[i].codes);
        done(&settings);
    }
}

static void words_of_choice(void **state) {
    const struct settings settings = parsed("--for family --stock preprinted", "");
    (void)state;
    assert_true(settings.job.has_reader);
    assert_int_equal(settings.job.reader, READER_FAMILY);
    assert_int_equal(settings.job.stock, STOCK_PREPRINTED);
    done(&settings);
    const struct settings wrong = parsed("--for parents --stock white", "U104 U104 ");
    assert_int_equal(wrong.job.stock, STOCK_BLANK);
    done(&wrong);
}

static void all_that_is_wrong_is_told(void **state) {
    const struct settings settings = parsed("--fro x --quiet=yes --tree --db", "U102 U110 U102 U103 ");
    (void)state;
    assert_int_equal(settings.word_count, 1); /* --tree belongs to another command, and takes no word with it */
    done(&settings);
}

/* As many rows as there are numbers, each with its help in both languages. */
static void every_option_has_its_row(void **state) {
    struct arena *arena = arena_create();
    struct str name, english, chinese;
    int id = 0;
    (void)state;
    for (; option_help((enum option_id)id, arena, LANGUAGE_ENGLISH, &name, &english); id++) {
        assert_true(option_help((enum option_id)id, arena, LANGUAGE_CHINESE, &name, &chinese));
        assert_true(str_starts(name, STR("--")));
        assert_true(english.n > 0 && chinese.n > 0);
    }
    assert_int_equal(id, OPTION_COUNT);
    arena_destroy(arena);
}

/* Each command takes what its list names, once, and nothing else. */
static void a_command_takes_its_own_options(void **state) {
    const struct command *const some[] = {&command_make, &command_print, &command_award, &command_intake};
    (void)state;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        size_t taken = 0, listed = 0;
        while (some[i]->options[listed] != OPTION_COUNT) {
            assert_true(command_takes(some[i], some[i]->options[listed++]));
        }
        for (int id = 0; id < OPTION_COUNT; id++) {
            taken += command_takes(some[i], (enum option_id)id);
        }
        assert_int_equal(taken, listed);
        assert_true(command_takes(some[i], OPTION_HELP)); /* the last of all */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_and_value),
        cmocka_unit_test(no_key_or_no_value),
        cmocka_unit_test(options_and_words),
        cmocka_unit_test(days_and_months),
        cmocka_unit_test(words_of_choice),
        cmocka_unit_test(all_that_is_wrong_is_told),
        cmocka_unit_test(every_option_has_its_row),
        cmocka_unit_test(a_command_takes_its_own_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
