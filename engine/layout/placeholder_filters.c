/* placeholder_filters.c: what stands behind | in a placeholder: {column|filter argument|filter}. */
#include "layout/placeholder.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "layout/otherwise.h"

static struct str *all_filters(const struct braces *r, size_t *count) {
    while (filter_at(*count) != NULL) {
        ++*count;
    }
    struct str *names = ARENA_ARRAY(r->builder->arena, struct str, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        names[i] = str_from(filter_at(i)->name);
    }
    return names;
}

/* The argument that the filter's own example has: `fixed 2`. */
static struct str example_of(const struct braces *r, const struct filter *filter) {
    const struct filter_example *example = filter->examples;
    while (example->input != NULL && example->argument[0] == '\0') {
        example++;
    }
    return str_printf(r->builder->arena, "%s %s", filter->name, example->input != NULL ? example->argument : "");
}

static void tell_takes(const struct braces *r, const struct filter *filter, struct place place, struct str argument) {
    const struct str name = str_from(filter->name);
    const struct str joined = str_printf(r->builder->arena, "%s-%.*s", filter->name, STR_ARG(argument));
    if (filter_find(joined) != NULL) { /* date short */
        TELL(r->builder->reader, L307, place, STR("filters"),
             str_printf(r->builder->arena, "%s %.*s", filter->name, STR_ARG(argument)), joined);
    } else if (filter->argument[0] == '\0') {
        size_t count = 0;
        const struct str *names = all_filters(r, &count);
        TELL(r->builder->reader, L332, place, name, argument, names_joined(r->builder->arena, names, count, count));
    } else if (argument.n == 0) {
        TELL(r->builder->reader, L333, place, name, example_of(r, filter));
    } else {
        TELL(r->builder->reader, L309, place, name, argument, example_of(r, filter));
    }
}

static bool argument_fits(const struct filter *filter, struct str argument) {
    bool optional = filter->argument[0] == '[';
    if (argument.n == 0) {
        return filter->argument[0] == '\0' || optional;
    }
    return filter->argument[0] != '\0' && (filter->check == NULL || filter->check(argument));
}

/* {yuan|amount}: the filter first. Names that columns have too (name, phone) say nothing. */
static bool tell_swapped(const struct braces *r, struct str behind) {
    static const char *const columns[] = {"name", "class", "phone", "id", "semester", "month", "score", "plate"};
    const struct str before = str_trim(str_slice(r->all, 0, str_find_byte(r->all, '|')));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (str_is(before, columns[i])) {
            return false;
        }
    }
    if (filter_find(before) == NULL || !name_is_valid(behind)) {
        return false;
    }
    TELL(r->builder->reader, L187, braces_place(r, r->all), before, behind);
    return true;
}

static const struct filter *find_filter(const struct braces *r, struct str name) {
    const struct filter *filter = filter_find(name);
    if (filter != NULL) {
        return filter;
    }
    if (braces_tell_sign(r)) {
        return NULL;
    }
    const struct str bare = str_slice(name, 0, str_find_byte(name, '('));
    if (bare.n < name.n && filter_find(bare) != NULL) {
        tell_takes(r, filter_find(bare), braces_place(r, name), str_slice(name, bare.n, name.n));
        return NULL;
    }
    const size_t sign = strcspn(str_c(r->builder->arena, name), ":=");
    const struct filter *before = sign < name.n ? filter_find(str_slice(name, 0, sign)) : NULL;
    const struct str argument = sign < name.n ? str_slice(name, sign + 1, name.n) : STR_NONE;
    if (before != NULL && before->argument[0] != '\0' && argument_fits(before, argument)) { /* fixed:2 */
        TELL(r->builder->reader, L307, braces_place(r, name), STR("filters"), name,
             str_printf(r->builder->arena, "%s %.*s", before->name, STR_ARG(argument)));
        return NULL;
    }
    static const char *const patterns[] = {"yyyy", "YYYY", "%Y", "年"};
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        if (str_find(name, str_from(patterns[i])) < name.n && !str_is(name, "年月") && !str_is(name, "年月日")) {
            TELL(r->builder->reader, L307, braces_place(r, name), STR("filters"), name, STR("date"));
            return NULL;
        }
    }
    const struct str instead = otherwise_filter(name);
    if (instead.n > 0) {
        TELL(r->builder->reader, L175, braces_place(r, name), name, instead);
        return NULL;
    }
    size_t count = 0;
    struct str *names = all_filters(r, &count);
    if (nearest_name(name, names, count).n == 0 && tell_swapped(r, name)) {
        return NULL;
    }
    if (utf8_count(name) == 1) { /* nearer to `8` than to what was meant */
        TELL(r->builder->reader, L308, braces_place(r, name), STR("filters"), name,
             names_joined(r->builder->arena, names, count, count));
        return NULL;
    }
    reader_tell_name(r->builder->reader, DIAG_L307, DIAG_L308, braces_place(r, name), STR("filters"), name, names,
                     count);
    return NULL;
}

/* Bytes of what people write between two filters at `at`, a blank too; 0 for none. */
static size_t between_filters(struct str text, size_t at) {
    size_t length = 0;
    const struct str sign = sign_meant(text, at, &length);
    if (length > 0) {
        return str_is(sign, ",") || str_is(sign, ";") || str_is(sign, "/") ? length : 0;
    }
    return strchr(" ,;+&/>", text.p[at]) != NULL ? 1 : 0;
}

/* `date,trim`, `date trim`: filters, and another sign than | between them. True when told. */
static bool tell_joined(const struct braces *r, struct str text) {
    struct str chain = str_trim(str_slice(r->all, 0, str_find_byte(r->all, '|'))), sign = STR_NONE;
    size_t from = 0, count = 0;
    text = str_trim(text);
    for (size_t at = 0; at <= text.n;) {
        const size_t length = at < text.n ? between_filters(text, at) : 1;
        const struct str filter = length > 0 ? str_slice(text, from, at) : STR_NONE;
        if (filter.n > 0 && filter_find(filter) == NULL) {
            return false;
        }
        if (filter.n > 0) {
            chain = str_printf(r->builder->arena, "%.*s|%.*s", STR_ARG(chain), STR_ARG(filter));
            count++;
        }
        sign = count == 1 && length > 0 && at < text.n && (sign.n == 0 || str_is(sign, " "))
                   ? str_slice(text, at, at + length)
                   : sign;
        from = length > 0 ? at + length : from;
        at += length > 0 ? length : 1;
    }
    if (count > 1) {
        TELL(r->builder->reader, L184, braces_place(r, sign), str_is(sign, " ") ? BOTH("a blank", "空格") : sign,
             str_printf(r->builder->arena, "{%.*s}", STR_ARG(chain)));
    }
    return count > 1;
}

static bool read_filter(const struct braces *r, struct str text, struct filter_call *call) {
    struct str rest = text, name = next_word(&rest), argument = str_trim(rest);
    if (name.n == 0 && str_find(r->all, STR("||")) < r->all.n) {
        return braces_tell_none(r, STR_NONE);
    }
    if (name.n == 0 && !braces_tell_sign(r)) {
        TELL(r->builder->reader, L185, braces_place(r, r->all),
             str_trim(str_slice(r->all, 0, str_find_byte(r->all, '|'))));
    }
    if (name.n == 0 || tell_joined(r, text)) {
        return false;
    }
    call->filter = find_filter(r, name);
    call->argument = argument;
    call->place = braces_place(r, name);
    if (call->filter == NULL) {
        return false;
    }
    if (!argument_fits(call->filter, argument)) {
        if (braces_tell_sign(r)) {
            return false;
        }
        tell_takes(r, call->filter, braces_place(r, argument.n > 0 ? argument : name), argument);
        return false;
    }
    return true;
}

/* All that stands behind the first |. */
bool braces_read_filters(const struct braces *r, struct str text, bool any, struct filter_call **calls, size_t *count) {
    size_t capacity = 0;
    bool fine = true;
    *calls = NULL;
    *count = 0;
    while (any) {
        struct str rest = STR_NONE, one = str_split(text, '|', &rest);
        struct filter_call call = {0};
        fine = read_filter(r, one, &call) && fine;
        ARENA_GROW(r->builder->arena, *calls, *count, capacity);
        (*calls)[(*count)++] = call;
        any = rest.p != NULL;
        text = rest;
    }
    return fine;
}
