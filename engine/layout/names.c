/* names.c: what is named and what has a number in the tree. */
#include "layout/builder.h"

#include "base/buffer.h"
#include "base/nearest.h"
#include "filter/filter.h"

void builder_tell_unknown(struct builder *builder, const struct strmap *map, const char *section, struct str name,
                          struct place place) {
    if (builder->lost) {
        builder->reader->errors++;
        return;
    }
    static const char *const breaks[] = {"break", "recto", "verso"}; /* what `page:` takes besides a kind of page */
    struct str *names = ARENA_ARRAY(builder->arena, struct str, map->count + sizeof breaks / sizeof breaks[0]);
    size_t count = 0;
    const struct layout *layout = builder->layout;
    if (map == &builder->queries) {
        for (; count < layout->query_count; count++) {
            names[count] = layout->queries[count].name;
        }
    } else if (map == &builder->styles) {
        for (; count < layout->style_count; count++) {
            names[count] = layout->styles[count].name;
        }
    } else if (map == &builder->fonts) {
        for (; count < layout->font_count; count++) {
            names[count] = layout->fonts[count].name;
        }
    } else if (map == &builder->pages) {
        for (size_t i = 0; str_is(str_from(section), "page") && i < sizeof breaks / sizeof breaks[0]; i++) {
            names[count++] = str_from(breaks[i]);
        }
        for (size_t i = 1; i < layout->page_count; i++) {
            names[count++] = layout->pages[i].name;
        }
    } else {
        for (; count < builder->shared_count; count++) {
            names[count] = builder->shared[count].name;
        }
    }
    reader_tell_name(builder->reader, DIAG_L203, DIAG_L204, place, str_from(section), name, names, count);
}

uint32_t builder_page(struct builder *builder, const struct setting *page, const char *section) {
    const uint32_t *found = strmap_get(&builder->pages, page->text);
    if (found == NULL && !str_is(page->text, "document")) {
        builder_tell_unknown(builder, &builder->pages, section, page->text, page->place);
    }
    return found != NULL ? *found - 1 : 0;
}

/* `each: SELECT …`, `each: pupils WHERE …`. True when told. */
static bool tell_more_than_name(struct builder *builder, struct str key, struct str text, struct place place) {
    struct str rest = text, word = next_word(&rest);
    if (str_trim(rest).n == 0 || builder->lost) {
        return false;
    }
    if (str_is(word, "SELECT") || str_is(word, "select") || str_is(word, "Select")) {
        TELL(builder->reader, L258, place, text, key);
        return true;
    }
    const uint32_t *query = strmap_get(&builder->queries, word);
    if (query != NULL) {
        builder->layout->queries[*query - 1].used = true;
        TELL(builder->reader, L260, place, text, key, word);
    }
    return query != NULL;
}

/* Filters that are called as columns often are. */
static bool is_common_column(struct str name) {
    static const char *const names[] = {"name", "class", "phone", "id", "semester", "month"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* {as_of.date}, where `date` is a filter; {child.name}, where `child` is no query. True when told. */
static bool tell_false_query(struct builder *builder, const struct value_ref *value) {
    if (strmap_get(&builder->queries, value->query) != NULL || builder->only_checked || builder->lost) {
        return false;
    }
    struct str *names = ARENA_ARRAY(builder->arena, struct str, builder->layout->query_count);
    for (size_t i = 0; i < builder->layout->query_count; i++) {
        names[i] = builder->layout->queries[i].name;
    }
    if (filter_find(value->column) != NULL && (!is_common_column(value->column) || str_is(value->query, "as_of"))) {
        TELL(builder->reader, L261, value->place, value->query, value->column);
    } else if (name_meant(value->query, names, builder->layout->query_count).n > 0) {
        return false;
    } else {
        TELL(builder->reader, L262, value->place, value->query, value->column,
             names_joined(builder->arena, names, builder->layout->query_count, builder->layout->query_count));
    }
    return true;
}

bool builder_prints_on(const struct builder *builder, size_t page) {
    const struct page_kind *kind = &builder->layout->pages[page];
    const struct source *own = builder->files[builder->file_count - 1].source;
    if (page == 0 || builder->layout->has_sheet) {
        return page == 0;
    }
    const struct str asked = str_printf(builder->arena, "page: %.*s", STR_ARG(kind->name));
    return !kind->turned || str_find(own->bytes, asked) < own->bytes.n;
}

/* `each: child`, where `child` may be a table: told with what a query of it looks like. False where a query is near. */
static bool tell_no_query(struct builder *builder, struct str name, struct place place) {
    const struct layout *layout = builder->layout;
    struct str *names = ARENA_ARRAY(builder->arena, struct str, layout->query_count + 1);
    for (size_t i = 0; i < layout->query_count; i++) {
        names[i] = layout->queries[i].name;
    }
    if (builder->lost || !name_is_valid(name) || (unsigned char)name.p[0] >= 0x80 ||
        name_meant(name, names, layout->query_count).n > 0) {
        return false;
    }
    TELL(builder->reader, L182, place, name,
         names_joined(builder->arena, names, layout->query_count, layout->query_count));
    return true;
}

/* Index of a query; NO_QUERY where there is none (told). Marks it as used. */
static uint32_t query_named(struct builder *builder, struct str key, struct str name, struct place place) {
    const uint32_t *found = strmap_get(&builder->queries, name);
    if (found == NULL) {
        if (!builder->only_checked && !tell_more_than_name(builder, key, name, place) &&
            !tell_no_query(builder, name, place)) {
            builder_tell_unknown(builder, &builder->queries, "queries", name, place);
        }
        return NO_QUERY;
    }
    builder->layout->queries[*found - 1].used = true;
    return *found - 1;
}

static uint32_t query_use(struct builder *builder, struct str key, struct str name, struct place place) {
    struct layout *layout = builder->layout;
    const uint32_t query = query_named(builder, key, name, place);
    if (query == NO_QUERY) {
        return NO_QUERY;
    }
    ARENA_GROW(builder->arena, layout->query_uses, layout->query_use_count, builder->query_use_capacity);
    layout->query_uses[layout->query_use_count] = (struct query_use){place, query};
    return (uint32_t)layout->query_use_count++;
}

uint32_t builder_query_use_named(struct builder *builder, struct str name, struct place place) {
    return query_use(builder, STR("each"), name, place);
}

uint32_t builder_query_use(struct builder *builder, const struct setting *setting) {
    return setting->node != NULL ? query_use(builder, setting->name, setting->text, setting->place) : NO_QUERY;
}

/* `when: not family`, `when: gender = '男'`, `when: SELECT …`: how a condition is said. True when told. */
static bool tell_no_name(struct builder *builder, const struct setting *setting) {
    struct str rest = setting->text, word = next_word(&rest);
    rest = str_trim(rest);
    const bool says_not = str_is(word, "no") || str_is(word, "无") || str_is(word, "没有") || str_is(word, "without") ||
                          str_is(word, "不") || str_is(word, "not") || str_is(word, "NOT") || str_is(word, "非");
    const struct str name = says_not                              ? rest
                            : str_starts(setting->text, STR("!")) ? str_slice(setting->text, 1, setting->text.n)
                                                                  : STR_NONE;
    const bool negated = str_is(setting->name, "unless");
    if (name.n > 0 && name_is_valid(name)) {
        TELL(builder->reader, L256, setting->place, setting->text, negated ? STR("when") : STR("unless"), name);
        return true;
    }
    const size_t point = str_find_byte(setting->text, '.');
    const bool named =
        name_is_valid(str_slice(setting->text, 0, point)) &&
        (point == setting->text.n || name_is_valid(str_slice(setting->text, point + 1, setting->text.n)));
    if (!named) {
        reader_tell(builder->reader, str_is(word, "SELECT") || str_is(word, "select") ? DIAG_L258 : DIAG_L257,
                    setting->place, (const struct str[4]){setting->text, setting->name});
    }
    return !named;
}

/* Whether it is a column or a query is found when the layout is resolved; a query of that name is used. */
uint32_t builder_condition(struct builder *builder, const struct setting *setting) {
    if (setting->node == NULL) {
        return NO_QUERY;
    }
    if (tell_no_name(builder, setting)) {
        return NO_QUERY;
    }
    struct layout *layout = builder->layout;
    const uint32_t *query = strmap_get(&builder->queries, setting->text);
    if (query != NULL) {
        layout->queries[*query - 1].used = true;
    }
    ARENA_GROW(builder->arena, layout->conditions, layout->condition_count, builder->condition_capacity);
    layout->conditions[layout->condition_count] = (struct condition){setting->place, setting->text};
    return (uint32_t)layout->condition_count++;
}

uint32_t builder_value(struct builder *builder, struct value_ref value) {
    struct layout *layout = builder->layout;
    if (value.query.n > 0) {
        const struct place place = value.place;
        if (!tell_false_query(builder, &value)) {
            query_named(builder, STR("each"), value.query, place);
        }
    }
    ARENA_GROW(builder->arena, layout->values, layout->value_count, builder->value_capacity);
    layout->values[layout->value_count] = value;
    return (uint32_t)layout->value_count++;
}

uint32_t builder_column(struct builder *builder, struct str name, struct place place) {
    struct value_ref value = {.place = place, .column = name, .by_key = true};
    const size_t point = str_find_byte(name, '.');
    if (point < name.n) {
        value.query = str_slice(name, 0, point);
        value.column = str_slice(name, point + 1, name.n);
    }
    if (name.n > 2 && name.p[0] == '{' && name.p[name.n - 1] == '}') {
        TELL(builder->reader, L253, place, STR("index"), name, str_trim(str_slice(name, 1, name.n - 1)));
        value.query = STR_NONE;
        return builder_value(builder, value);
    }
    bool fine = name_is_valid(value.column) && (point == name.n || name_is_valid(value.query));
    if (!fine) {
        TELL(builder->reader, L241, place, name, name_mended(builder->reader->arena, name));
        value.query = STR_NONE;
    }
    return builder_value(builder, value);
}

/* --- styles ------------------------------------------------------------------------------------------------------- */

/* `.vertical` and `.diagonal` are read off the cell; the theme may give them looks, but needn't. */
static bool is_built_in_style(struct str name) {
    return str_is(name, "vertical") || str_is(name, "diagonal");
}

/* `.right制表人`: the longest style that the name begins with, where Chinese goes on behind a Latin one. */
bool builder_tell_no_space(struct builder *builder, struct str name, struct place place) {
    size_t n = 0;
    while (n < name.n && (unsigned char)name.p[n] < 0x80) {
        n++;
    }
    n = strmap_get(&builder->styles, name) != NULL ? name.n : n;
    const struct str style = str_slice(name, 0, n);
    if (n == 0 || strmap_get(&builder->styles, style) == NULL) {
        return false;
    }
    place.width = (int32_t)n;
    TELL(builder->reader, L325, place, style);
    return true;
}

/* Known names only, the role first. */
static size_t known_names(struct builder *builder, const struct str *names, const struct place *places, size_t count,
                          struct str *known) {
    size_t n = 1;
    if (builder->padding.n > 0) {
        known[n++] = builder->padding;
    }
    for (size_t i = 0; i < count; i++) {
        bool found = strmap_get(&builder->styles, names[i]) != NULL;
        if (found) {
            known[n++] = names[i];
        } else if (builder_tell_no_space(builder, names[i], places[i])) {
            continue;
        } else if (!is_built_in_style(names[i])) {
            builder_tell_unknown(builder, &builder->styles, "styles", names[i], places[i]);
        }
    }
    return n;
}

/* Styles of headings, and those that they are like, may have bookmarks. */
static void note_headings(struct builder *builder, const struct str *names, size_t count) {
    for (size_t i = 0; is_heading_role(names[0]) && i < count; i++) {
        const uint32_t *found = strmap_get(&builder->styles, names[i]);
        for (size_t steps = 0; found != NULL && steps < builder->layout->style_count; steps++) {
            struct style_spec *style = &builder->layout->styles[*found - 1];
            style->of_heading = true;
            found = style->like.n > 0 ? strmap_get(&builder->styles, style->like) : NULL;
        }
    }
}

uint32_t builder_style_use(struct builder *builder, struct str role, const struct str *names,
                           const struct place *places, size_t count, struct place place) {
    struct layout *layout = builder->layout;
    struct str *known = ARENA_ARRAY(builder->arena, struct str, count + 2);
    known[0] = role;
    const size_t n = known_names(builder, names, places, count, known);
    note_headings(builder, known, n);
    struct buffer key;
    buffer_init(&key);
    for (size_t i = 0; i < n; i++) {
        buffer_add(&key, known[i]);
        buffer_byte(&key, '.');
    }
    const uint32_t *there = strmap_get(&builder->style_uses, buffer_str(&key));
    const uint32_t index = there != NULL ? *there - 1 : (uint32_t)layout->style_use_count;
    if (there == NULL) {
        ARENA_GROW(builder->arena, layout->style_uses, layout->style_use_count, builder->style_use_capacity);
        layout->style_uses[layout->style_use_count++] = (struct style_use){.place = place, .names = known, .count = n};
        bool found = false;
        *strmap_put(&builder->style_uses, str_copy(builder->arena, buffer_str(&key)), &found) = index + 1;
    }
    buffer_release(&key);
    return index;
}

struct style_spec *builder_add_style(struct builder *builder, struct str name, struct place place) {
    struct layout *layout = builder->layout;
    bool found = false;
    uint32_t *slot = strmap_put(&builder->styles, name, &found);
    if (!found) {
        *slot = (uint32_t)layout->style_count + 1;
        ARENA_GROW(builder->arena, layout->styles, layout->style_count, builder->style_capacity);
        layout->styles[layout->style_count++] = (struct style_spec){.name = name, .place = place};
    }
    return &layout->styles[*slot - 1];
}

bool builder_is_parts(const struct builder *builder, uint32_t query_use) {
    const struct layout *layout = builder->layout;
    return query_use != NO_QUERY && layout->queries[layout->query_uses[query_use].query].built_in == BUILT_IN_PARTS;
}

/* By the style's own key, or that of the style it is like; cycles were told, so the steps are bounded. */
static bool style_is_vertical(const struct builder *builder, struct str name) {
    const uint32_t *found = strmap_get(&builder->styles, name);
    for (size_t steps = 0; found != NULL && steps < builder->layout->style_count; steps++) {
        const struct style_spec *style = &builder->layout->styles[*found - 1];
        if (style->values[STYLE_VERTICAL].set) {
            return style->values[STYLE_VERTICAL].number[0] != 0;
        }
        found = style->like.n > 0 ? strmap_get(&builder->styles, style->like) : NULL;
    }
    return false;
}

bool builder_is_vertical(const struct builder *builder, uint32_t style_use) {
    const struct style_use *use = &builder->layout->style_uses[style_use];
    for (size_t i = 0; i < use->count; i++) {
        if (style_is_vertical(builder, use->names[i])) {
            return true;
        }
    }
    return false;
}
