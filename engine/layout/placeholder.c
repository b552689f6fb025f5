/* placeholder.c: what stands between braces.
 *
 *     {column} {query.column} {column!} {days…} {column|filter argument|filter}
 *     {page} {pages} {section} {first query.column} {#} {# group} {#count span} {#sum column span|filter} */
#include "layout/placeholder.h"

#include <string.h>

#include "base/buffer.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "layout/otherwise.h"

struct place braces_place(const struct braces *r, struct str part) {
    const size_t offset = part.p != NULL ? (size_t)(part.p - r->node->text.p) : r->all_at;
    int32_t width = 0;
    for (size_t i = 0; i < part.n; i++) {
        width += ((unsigned char)part.p[i] & 0xC0) != 0x80;
    }
    return node_place(r->node, offset, width);
}

/* What looks right and isn't is told as itself, not by the word that it stands in. */
bool braces_tell_sign(const struct braces *r) {
    return signs_tell(r->builder->reader, r->node, r->all_at, r->all_at + r->all.n);
}

/* {a + b}, {SUM(a)}, {a = '男'}, {a ?? b}, {a & b} */
static bool computes(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("+*/()=<>\"'&%@^~", text.p[i]) != NULL || (text.p[i] == '-' && i > 0 && text.p[i - 1] == ' ') ||
            str_starts(str_slice(text, i, text.n), STR("??")) || str_starts(str_slice(text, i, text.n), STR("? ")) ||
            str_starts(str_slice(text, i, text.n), STR("||"))) {
            return true;
        }
    }
    return false;
}

/* {if absent}, {else}, {for children}: what other templates have. */
static bool decides(struct str word) {
    static const char *const words[] = {"if",   "else", "elif",   "end",  "endif", "for",  "each", "foreach",
                                        "case", "when", "unless", "如果", "若",    "否则", "循环"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* "name", name!!, $name, @name, :name, name(): the name with its one ! or ?, in the same bytes; else all of it. */
static struct str without_signs(struct str text) {
    size_t from = 0, to = text.n;
    while (from < to && strchr("\"'$@:%#`", text.p[from]) != NULL) {
        from++;
    }
    while (to > from && strchr("\"'%:;,`", text.p[to - 1]) != NULL) {
        to--;
    }
    if (to > from + 2 && text.p[to - 1] == ')' && text.p[to - 2] == '(') {
        return text; /* computes */
    }
    while (to > from + 2 && strchr("!?", text.p[to - 1]) != NULL && strchr("!?", text.p[to - 2]) != NULL) {
        to--;
    }
    const struct str bare = str_trim(str_slice(text, from, to));
    const size_t n = bare.n > 0 && strchr("!?", bare.p[bare.n - 1]) != NULL ? bare.n - 1 : bare.n;
    const size_t point = str_find_byte(str_slice(bare, 0, n), '.');
    const bool named =
        name_is_valid(str_slice(bare, 0, point)) && (point == n || name_is_valid(str_slice(bare, point + 1, n)));
    return named ? bare : text;
}

/* date(birth), birth>date, MERGEFIELD name, page/pages: as it is written here; STR_NONE for what isn't known. */
static struct str written_elsewhere(const struct braces *r) {
    static const char *const signs[] = {"->", "=>", ">", "/", ";", "\\", " "}, *const fields[] = {
                                                                                   "MERGEFIELD ", "field ", "FIELD ",
                                                                                   "value ",      "var ",   "column ",
                                                                                   "列 ",         "字段 ",  "print ",
                                                                                   "echo ",       "= "};
    struct arena *arena = r->builder->arena;
    const struct str all = r->all;
    const size_t open = str_find_byte(all, '(');
    const struct str inside =
        open < all.n && str_ends(all, STR(")")) ? str_trim(str_slice(all, open + 1, all.n - 1)) : STR_NONE;
    if (name_is_valid(inside) && filter_find(str_slice(all, 0, open)) != NULL) {
        return str_printf(arena, "%.*s|%.*s", STR_ARG(inside), STR_ARG(str_slice(all, 0, open)));
    }
    if (str_starts(all, STR("page")) && str_ends(all, STR("pages")) && all.n > 9 && all.n < 16) {
        return str_printf(arena, "page}%.*s{pages", STR_ARG(str_slice(all, 4, all.n - 5)));
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const struct str field = str_from(fields[i]);
        const struct str column = str_starts(all, field) ? str_trim(str_slice(all, field.n, all.n)) : STR_NONE;
        if (name_is_valid(column)) {
            return column;
        }
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const size_t at = str_find(all, str_from(signs[i]));
        const struct str column = str_trim(str_slice(all, 0, at)),
                         filter = at < all.n ? str_trim(str_slice(all, at + str_from(signs[i]).n, all.n)) : STR_NONE;
        if (name_is_valid(column) && filter.n > 0 && filter_find(filter) != NULL) {
            return str_printf(arena, "%.*s|%.*s", STR_ARG(column), STR_ARG(filter));
        }
    }
    const size_t point = str_find_byte(all, '.'), behind = point < all.n ? point + 1 : point;
    const size_t second = behind + str_find_byte(str_slice(all, behind, all.n), '.');
    if (second < all.n && name_is_valid(str_slice(all, 0, point)) && name_is_valid(str_slice(all, point + 1, second))) {
        const bool query = strmap_get(&r->builder->queries, str_slice(all, point + 1, second)) != NULL;
        return query ? str_slice(all, point + 1, all.n) : str_slice(all, 0, second); /* schools.school.name */
    }
    const size_t colon = str_find_byte(all, ':');
    if (colon < all.n && name_is_valid(str_trim(str_slice(all, 0, colon)))) { /* {kind:无} */
        return str_trim(str_slice(all, 0, colon));
    }
    return STR_NONE;
}

bool braces_tell_none(const struct braces *r, struct str part) {
    if (braces_tell_sign(r)) {
        return false;
    }
    const struct str first = str_slice(r->all, 0, str_find_byte(r->all, ' '));
    if (r->all.n > 1 && strchr("!?", r->all.p[0]) != NULL && name_is_valid(str_slice(r->all, 1, r->all.n))) {
        TELL(r->builder->reader, L161, braces_place(r, r->all), r->all, str_slice(r->all, 1, r->all.n),
             str_slice(r->all, 0, 1));
        return false;
    }
    for (const char *sign = ":,"; *sign != '\0'; sign++) { /* {birth:date} */
        const size_t at = str_find_byte(r->all, *sign);
        const struct str column = str_trim(str_slice(r->all, 0, at)),
                         filter = str_trim(str_slice(r->all, at < r->all.n ? at + 1 : at, r->all.n));
        if (at < r->all.n && name_is_valid(column) && filter_find(filter) != NULL) {
            TELL(r->builder->reader, L261, braces_place(r, r->all), column, filter);
            return false;
        }
    }
    if (decides(first)) {
        TELL(r->builder->reader, L162, braces_place(r, r->all), r->all);
        return false;
    }
    const struct str other = written_elsewhere(r);
    if (other.n > 0) {
        TELL(r->builder->reader, L178, braces_place(r, r->all), r->all, other);
        return false;
    }
    const struct str bare = without_signs(r->all);
    if (bare.n < r->all.n) {
        TELL(r->builder->reader, L178, braces_place(r, r->all), r->all, bare);
        return false;
    }
    const size_t bars = str_find(r->all, STR("||"));
    const struct str behind = str_trim(str_slice(r->all, bars < r->all.n ? bars + 2 : bars, r->all.n));
    if (bars < r->all.n && filter_find(behind) != NULL) {
        TELL(
            r->builder->reader, L177, braces_place(r, str_slice(r->all, bars, bars + 2)),
            str_printf(r->builder->arena, "%.*s|%.*s", STR_ARG(str_trim(str_slice(r->all, 0, bars))), STR_ARG(behind)));
        return false;
    }
    if (computes(r->all)) {
        TELL(r->builder->reader, L331, braces_place(r, r->all), r->all);
        return false;
    }
    TELL(r->builder->reader, L306, braces_place(r, part.n > 0 ? part : r->all), r->all);
    return false;
}

/* --- counters ----------------------------------------------------------------------------------------------------- */

static bool read_span(struct str word, enum counter_span *span) {
    static const char *const names[] = {[SPAN_ROW] = "row",       [SPAN_GROUP] = "group",     [SPAN_PAGE] = "page",
                                        [SPAN_BEFORE] = "before", [SPAN_RUNNING] = "running", [SPAN_ALL] = "all"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(word, names[i])) {
            *span = (enum counter_span)i;
            return true;
        }
    }
    return word.n == 0;
}

/* 全部, 本页, total: the span that is called so elsewhere. */
static struct str span_meant(struct str word) {
    static const char *const words[][2] = {
        {"全部", "all"},     {"总", "all"},        {"合计", "all"},     {"总计", "all"},   {"total", "all"},
        {"table", "all"},    {"report", "all"},    {"document", "all"}, {"本页", "page"},  {"页", "page"},
        {"每页", "page"},    {"组", "group"},      {"本组", "group"},   {"分组", "group"}, {"小计", "group"},
        {"累计", "running"}, {"承前", "before"},   {"前页", "before"},  {"行", "row"},     {"pages", "page"},
        {"groups", "group"}, {"so far", "running"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(word, words[i][0])) {
            return str_from(words[i][1]);
        }
    }
    return STR_NONE;
}

static bool read_counter(const struct braces *r, struct str name, struct piece *piece) {
    struct counter *counter = ARENA_NEW(r->builder->arena, struct counter);
    struct str rest = str_slice(name, 1, name.n);
    const struct str before = rest, word = next_word(&rest);
    counter->span = SPAN_ALL;
    counter->place = braces_place(r, name);
    if (str_is(word, "count")) {
        counter->kind = COUNTER_COUNT;
    } else if (str_is(word, "sum")) {
        counter->kind = COUNTER_SUM;
        counter->column = next_word(&rest);
        if (!name_is_valid(counter->column)) {
            TELL(r->builder->reader, L310, braces_place(r, name), name);
            return false;
        }
        counter->value = builder_column(r->builder, counter->column, braces_place(r, counter->column));
    } else {
        rest = before;
    }
    if (!read_span(str_trim(rest), &counter->span)) {
        const struct str span = span_meant(str_trim(rest));
        if (span.n > 0) {
            TELL(r->builder->reader, L178, braces_place(r, name), name,
                 str_join(r->builder->arena, str_slice(name, 0, (size_t)(str_trim(rest).p - name.p)), span));
            return false;
        }
        TELL(r->builder->reader, L310, braces_place(r, name), name);
        return false;
    }
    piece->kind = PIECE_COUNTER;
    piece->counter = counter;
    return true;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static bool cut_end(struct str *text, struct str end) {
    if (!str_ends(*text, end)) {
        return false;
    }
    *text = str_trim(str_slice(*text, 0, text->n - end.n));
    return true;
}

static bool read_value(const struct braces *r, struct str name, struct value_ref *value) {
    value->place = braces_place(r, name);
    value->need = cut_end(&name, STR("!")) ? NEED_REQUIRED : cut_end(&name, STR("?")) ? NEED_WANTED : NEED_NONE;
    if (cut_end(&name, STR("…")) || cut_end(&name, STR("..."))) {
        value->kind = REF_PREFIX;
    }
    value->column = name;
    const size_t point = str_find_byte(name, '.');
    if (point < name.n) {
        value->query = str_slice(name, 0, point);
        value->column = str_slice(name, point + 1, name.n);
        if (!name_is_valid(value->query)) {
            return braces_tell_none(r, value->query);
        }
    }
    return name_is_valid(value->column) || braces_tell_none(r, value->column);
}

/* {page} and {pages} are known when all pages are made; where bound parts are listed, {page} is a column. */
static bool is_page_number(const struct braces *r, const struct value_ref *value, struct piece *piece) {
    bool page = str_is(value->column, "page"), pages = str_is(value->column, "pages");
    if (value->query.n > 0 || value->kind != REF_VALUE || !(page || pages) || r->builder->parts_depth > 0) {
        return false;
    }
    piece->kind = page ? PIECE_PAGE : PIECE_PAGES;
    return true;
}

/* --- what is on the page ------------------------------------------------------------------------------------------ */

static bool is_section(const struct braces *r, struct str name, struct piece *piece) {
    struct str rest = name, word = next_word(&rest);
    int64_t level = 1;
    rest = str_trim(rest);
    bool fits = rest.n == 0 || (str_to_int(rest, &level) && level >= 1 && level <= 9);
    if (!r->builder->in_stamp || !str_is(word, "section") || !fits) {
        return false;
    }
    piece->kind = PIECE_SECTION;
    piece->value = (uint32_t)level;
    return true;
}

/* {first query.column} and {last query.column}: cuts the word off. */
static enum value_kind_ref cut_page_row(struct str *name) {
    struct str rest = *name, word = next_word(&rest);
    bool first = str_is(word, "first"), last = str_is(word, "last");
    rest = str_trim(rest);
    if (rest.n == 0 || !(first || last)) {
        return REF_VALUE;
    }
    *name = rest;
    return first ? REF_PAGE_FIRST : REF_PAGE_LAST;
}

/* Only a header or footer knows what its page shows, and only of a query by its name. */
static bool page_row_fits(const struct braces *r, const struct value_ref *value) {
    if (value->kind != REF_PAGE_FIRST && value->kind != REF_PAGE_LAST) {
        return true;
    }
    if (!r->builder->in_stamp || value->query.n == 0) {
        TELL(r->builder->reader, L322, value->place, r->all);
        return false;
    }
    return true;
}

bool placeholder_read(struct builder *builder, struct node *node, size_t at, size_t end, struct piece *piece) {
    struct braces r = {
        .builder = builder, .node = node, .all = str_slice(node->text, at + 1, end - 1), .all_at = at + 1};
    struct str filters = STR_NONE, name = str_trim(str_split(r.all, '|', &filters));
    bool filtered = filters.p != NULL;
    piece->place = node_place(node, at, 1);
    if (name.n > 0 && name.p[0] == '#') {
        const bool fine =
            read_counter(&r, name, piece) &&
            braces_read_filters(&r, filters, filtered, &piece->counter->filters, &piece->counter->filter_count);
        if (fine && !builder->in_rows) {
            TELL(builder->reader, L327, piece->place, str_slice(node->text, at, end));
        }
        return fine && builder->in_rows;
    }
    if (is_section(&r, name, piece)) {
        if (filtered) {
            TELL_PLAIN(builder->reader, L317, piece->place);
        }
        return true;
    }
    struct value_ref value = {.kind = cut_page_row(&name)};
    if (name.n == 0 || !read_value(&r, name, &value)) {
        return name.n > 0 ? false : braces_tell_none(&r, STR_NONE);
    }
    if (!page_row_fits(&r, &value)) {
        return false;
    }
    if (is_page_number(&r, &value, piece)) {
        if (filtered || value.need != NEED_NONE) {
            TELL_PLAIN(builder->reader, L317, value.place);
        }
        return true;
    }
    bool fine = braces_read_filters(&r, filters, filtered, &value.filters, &value.filter_count);
    piece->kind = PIECE_VALUE;
    piece->value = builder_value(builder, value);
    return fine;
}
