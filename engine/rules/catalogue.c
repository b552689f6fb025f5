/* catalogue.c: the embedded text becomes an array of checks. It is ours: a line that isn't right is a bug, which the
 * test of the catalogue finds. */
#include "rules/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

enum { CODE_LENGTH = 4 };

static struct str embedded(void) {
    return (struct str){(const char *)rules_embedded, rules_embedded_count};
}

static bool begins_check(struct str line) {
    const struct str code = str_slice(line, 3, 3 + CODE_LENGTH);
    return str_starts(line, STR("-- K")) && code.n == CODE_LENGTH && code.p[1] >= '0' && code.p[1] <= '9' &&
           line.n > 3 + CODE_LENGTH && line.p[3 + CODE_LENGTH] == ' ';
}

struct str rules_scope(void) {
    const struct str all = embedded();
    for (struct str rest = all; rest.p != NULL;) {
        const struct str line = str_split(rest, '\n', &rest);
        if (begins_check(line)) {
            return str_slice(all, 0, (size_t)(line.p - all.p));
        }
    }
    return all;
}

/* "K101 fault student.id_card 身份证号 open" */
static struct rule read_head(struct str line) {
    struct str rest = str_slice(line, 3, line.n);
    struct rule rule = {.code = str_split(rest, ' ', &rest)};
    rule.severity = str_is(str_split(rest, ' ', &rest), "fault") ? SEVERITY_FAULT : SEVERITY_NOTE;
    rule.place = str_split(rest, ' ', &rest);
    rule.label = str_split(rest, ' ', &rest);
    rule.open = str_is(rest, "open");
    return rule;
}

/* The value of a line "-- key: value"; false for any other line. */
static bool take_text(struct str line, struct str key, struct str *value) {
    if (str_starts(line, key)) {
        *value = str_slice(line, key.n, line.n);
        return true;
    }
    return false;
}

static bool take_line(struct rule *rule, struct str line) {
    return take_text(line, STR("-- en: "), &rule->text[LANGUAGE_ENGLISH]) ||
           take_text(line, STR("-- zh: "), &rule->text[LANGUAGE_CHINESE]) ||
           take_text(line, STR("-- mend en: "), &rule->remedy[LANGUAGE_ENGLISH]) ||
           take_text(line, STR("-- mend zh: "), &rule->remedy[LANGUAGE_CHINESE]);
}

/* Reads the check whose head is at the beginning of `text`; its SQL goes to the next head. */
static struct str read_check(struct str text, struct rule *rule) {
    struct str rest = text;
    struct str line = str_split(rest, '\n', &rest);
    *rule = read_head(line);
    const char *sql = rest.p;
    while (rest.p != NULL) {
        const struct str before = rest;
        line = str_split(rest, '\n', &rest);
        if (begins_check(line)) {
            rule->sql = (struct str){sql, (size_t)(before.p - sql)};
            return before;
        }
        if (take_line(rule, line)) {
            sql = rest.p;
        }
    }
    rule->sql = (struct str){sql, (size_t)(text.p + text.n - sql)};
    return STR_NONE;
}

static size_t count_checks(void) {
    size_t count = 0;
    for (struct str rest = embedded(); rest.p != NULL;) {
        count += begins_check(str_split(rest, '\n', &rest));
    }
    return count;
}

static int by_code(const void *a, const void *b) {
    return str_compare(((const struct rule *)a)->code, ((const struct rule *)b)->code);
}

const struct rule *rules_all(struct arena *arena, size_t *count) {
    const size_t room = count_checks();
    struct rule *rules = ARENA_ARRAY(arena, struct rule, room);
    const size_t scope = rules_scope().n;
    struct str rest = str_slice(embedded(), scope, rules_embedded_count);
    *count = 0;
    while (rest.p != NULL) {
        assert(*count < room); /* the same lines were counted */
        rest = read_check(rest, &rules[(*count)++]);
    }
    qsort(rules, *count, sizeof *rules, by_code);
    return rules;
}

const struct rule *rules_find(struct arena *arena, struct str code) {
    size_t count = 0;
    const struct rule *rules = rules_all(arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (code.n == CODE_LENGTH && strncasecmp(rules[i].code.p, code.p, CODE_LENGTH) == 0) {
            return &rules[i];
        }
    }
    return NULL;
}
