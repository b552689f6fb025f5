/* table.c: a table is bands of drawn rows: the head, one or more bands of the body, the foot of each page, the foot. */
#include "layout/builder.h"
#include "layout/values.h"

#include "base/length.h"

struct building {
    struct builder *builder;
    struct table *table;
    struct setting keys[KEYS_OF_TABLE];
    size_t columns;      /* 0: the first row will tell */
    bool above;          /* rows stand above what is read now */
    bool told;           /* a key that was told may be meant as one that is missing */
    uint64_t needs_told; /* the keys that others lack, by number: the first of them tells it */
    size_t capacity;
};

/* --- widths ------------------------------------------------------------------------------------------------------- */

/* 1fr, 1.5fr: read as em, which are thousandths too. */
static bool parse_fraction(struct arena *arena, struct str word, int32_t *number) {
    const struct str digits = str_slice(word, 0, word.n > 2 ? word.n - 2 : 0);
    return str_ends(word, STR("fr")) && length_parse(str_join(arena, digits, STR("em")), 1000, number) && *number > 0;
}

static bool parse_width(struct arena *arena, struct str word, struct column_width *width) {
    if (str_is(word, "auto")) {
        width->kind = WIDTH_AUTO;
        return true;
    }
    if (parse_fraction(arena, word, &width->number)) {
        width->kind = WIDTH_FRACTION;
        return true;
    }
    width->kind = WIDTH_FIXED;
    return length_parse(word, 0, &width->number) && width->number > 0;
}

/* 48*8mm: so many columns of one width. */
static int64_t parse_times(struct str *word) {
    struct str rest = STR_NONE, times = str_split(*word, '*', &rest);
    int64_t count = 0;
    if (rest.p == NULL) {
        return 1;
    }
    *word = rest;
    return str_to_int(times, &count) && count > 0 && count <= COLUMN_LIMIT ? count : 0;
}

static bool add_widths(struct building *b, struct str word, struct place place) {
    struct table *table = b->table;
    struct column_width width = {.place = place};
    const int64_t times = parse_times(&word);
    if (times == 0 || table->column_count + (size_t)times > COLUMN_LIMIT ||
        !parse_width(b->builder->arena, word, &width)) {
        return false;
    }
    for (int64_t i = 0; i < times; i++) {
        ARENA_GROW(b->builder->arena, table->widths, table->column_count, b->capacity);
        table->widths[table->column_count++] = width;
    }
    return true;
}

/* 2×40mm is told at its sign; all else as what it should be. */
static void tell_width(struct building *b, struct str word, size_t at, struct place place) {
    struct node *node = b->keys[KEY_TABLE_WIDTHS].node;
    const bool as_written = str_eq(str_slice(node->text, at, at + word.n), word);
    const size_t sign = as_written ? str_find(word, STR("×")) : word.n;
    if (sign < word.n) {
        signs_tell(b->builder->reader, node, at + sign, at + word.n);
    } else {
        struct str behind = as_written ? str_slice(node->text, at + word.n, node->text.n) : STR_NONE;
        const struct str unit = next_word(&behind);
        const bool share = str_is(unit, "fr") || str_is(unit, "份");
        TELL(b->builder->reader, L222, place, word,
             share ? advice_write_so(b->builder->arena, str_join(b->builder->arena, word, STR("fr")))
                   : advice_on_width(b->builder->arena, word, str_eq(word, str_trim(node->text))));
    }
}

/* Lengths that no page has room for; a table `at` a place, in columns or in parts has room of its own. */
static void check_widths(struct building *b) {
    const struct layout *layout = b->builder->layout;
    int64_t all_mp = 0, room_mp = 0;
    for (size_t i = 0; i < b->table->column_count; i++) {
        all_mp += b->table->widths[i].kind == WIDTH_FIXED ? b->table->widths[i].number : 0;
    }
    for (size_t i = 0; i < layout->page_count; i++) {
        if (!builder_prints_on(b->builder, i)) {
            continue;
        }
        const struct page_kind *page = &layout->pages[i];
        const int32_t width_mp = page->turned ? page->height_mp - page->head_mp - page->foot_mp
                                              : page->width_mp - page->fore_edge_mp - page->binding_edge_mp;
        room_mp = width_mp > room_mp ? width_mp : room_mp;
    }
    const struct setting *widths = &b->keys[KEY_TABLE_WIDTHS];
    if (all_mp > room_mp + MM(1) && room_mp > 0 && !b->keys[KEY_TABLE_WIDE].tried) {
        TELL(b->builder->reader, L259, widths->place, str_int(b->builder->arena, all_mp / MM(1)),
             str_int(b->builder->arena, room_mp / MM(1)));
    }
}

static void read_widths(struct building *b) {
    struct setting *setting = &b->keys[KEY_TABLE_WIDTHS];
    if (setting->node == NULL) {
        return;
    }
    struct str whole = half_width(b->builder->arena, setting->node->text), rest = whole;
    for (struct str word; (word = next_word(&rest)).n > 0;) {
        const struct place place = node_place(setting->node, (size_t)(word.p - whole.p), (int32_t)word.n);
        if (!add_widths(b, word, place)) {
            tell_width(b, word, (size_t)(word.p - whole.p), place);
            b->table->column_count = 0;
            return;
        }
    }
    b->columns = b->table->column_count;
    check_widths(b);
}

/* Where no widths are given, or wrong ones, all columns share alike. */
static void default_widths(struct building *b) {
    struct table *table = b->table;
    if (table->column_count > 0 || b->columns == 0) {
        return;
    }
    table->widths = ARENA_ARRAY(b->builder->arena, struct column_width, b->columns);
    for (size_t i = 0; i < b->columns; i++) {
        table->widths[i] = (struct column_width){.kind = WIDTH_FRACTION, .number = 1000};
    }
    table->column_count = b->columns;
    table->shares_alike = true;
}

/* --- bands -------------------------------------------------------------------------------------------------------- */

static struct drawn_rows read_rows(struct building *b, const struct setting *setting, struct str role) {
    const struct drawn_rows rows = drawn_read(b->builder, setting, role, &b->columns, b->above);
    b->above = b->above || rows.count > 0;
    return rows;
}

static void add_band(struct building *b, struct band band, size_t *capacity) {
    ARENA_GROW(b->builder->arena, b->table->bands, b->table->band_count, *capacity);
    b->table->bands[b->table->band_count++] = band;
}

static struct band plain_band(struct building *b, enum band_kind kind, const struct setting *setting, struct str role) {
    struct band band = {
        .kind = kind, .place = setting->key_place, .each = NO_QUERY, .when = NO_QUERY, .unless = NO_QUERY};
    const struct drawn_rows rows = read_rows(b, setting, role);
    band.rows = rows.rows;
    band.row_count = rows.count;
    return band;
}

static void tell_needs(struct building *b, const struct setting *keys, size_t key, size_t needed) {
    if (keys[key].tried && !keys[needed].tried && !b->told && !b->builder->swallowed &&
        (b->needs_told & UINT64_C(1) << needed) == 0 &&
        (!keys[KEY_BAND_ROWS].tried || keys[KEY_BAND_ROWS].node != NULL)) {
        b->needs_told |= UINT64_C(1) << needed;
        const struct key *schema = schema_of(MAPPING_BAND)->keys;
        TELL(b->builder->reader, L237, keys[key].key_place, str_from(schema[key].name), str_from(schema[needed].name));
    }
}

static void read_group(struct building *b, const struct setting *keys, struct band *band) {
    const struct setting *group = &keys[KEY_BAND_GROUP];
    if (group->node != NULL) {
        band->group = group->text;
        band->group_value = builder_column(b->builder, group->text, group->place);
    }
    const struct drawn_rows head = read_rows(b, &keys[KEY_BAND_GROUP_HEAD], STR_NONE);
    band->group_head = head.rows;
    band->group_head_count = head.count;
}

static void read_group_foot(struct building *b, const struct setting *keys, struct band *band) {
    const struct drawn_rows foot = read_rows(b, &keys[KEY_BAND_GROUP_FOOT], STR_NONE);
    band->group_foot = foot.rows;
    band->group_foot_count = foot.count;
}

static void read_merge(struct building *b, const struct setting *merge, struct band *band) {
    if (merge->node == NULL) {
        return;
    }
    band->merge = ARENA_ARRAY(b->builder->arena, uint32_t, merge->name_count);
    for (size_t i = 0; i < merge->name_count; i++) {
        int64_t column = 0;
        str_to_int(merge->names[i], &column);
        if (column < 1 || (b->columns > 0 && (size_t)column > b->columns)) {
            struct str number = merge->names[i];
            TELL(b->builder->reader, L240, merge->place, number, number,
                 str_int(b->builder->arena, (int64_t)b->columns));
            return;
        }
        band->merge[band->merge_count++] = (uint32_t)column - 1;
    }
}

static struct band read_band(struct building *b, const struct setting *keys, struct place place) {
    struct builder *builder = b->builder;
    struct band band = {.kind = BAND_BODY, .place = place};
    settings_apply(builder, MAPPING_BAND, keys, &band, place);
    bool parts = builder_is_parts(builder, band.each);
    builder->parts_depth += parts;
    read_group(b, keys, &band);
    const struct drawn_rows rows = read_rows(b, &keys[KEY_BAND_ROWS], STR_NONE);
    band.rows = rows.rows;
    band.row_count = rows.count;
    read_group_foot(b, keys, &band);
    builder->parts_depth -= parts;
    read_merge(b, &keys[KEY_BAND_MERGE], &band);
    for (size_t key = KEY_BAND_GROUP; key <= KEY_BAND_EMPTY; key++) {
        bool of_group = key == KEY_BAND_GROUP_HEAD || key == KEY_BAND_GROUP_FOOT;
        tell_needs(b, keys, key, of_group ? KEY_BAND_GROUP : KEY_BAND_EACH);
    }
    return band;
}

static void read_bands(struct building *b, size_t *capacity) {
    struct node *list = b->keys[KEY_TABLE_BANDS].node;
    for (size_t key = 0; key < KEYS_OF_BAND; key++) {
        if (b->keys[key].tried) {
            TELL(b->builder->reader, L223, b->keys[KEY_TABLE_BANDS].key_place,
                 str_from(schema_key(MAPPING_BAND, key)->name));
            break;
        }
    }
    for (size_t i = 0; i < list->count; i++) {
        struct setting keys[KEYS_OF_BAND];
        if (settings_read(b->builder->reader, list->items[i], MAPPING_BAND, STR_NONE, keys)) {
            if (!keys[KEY_BAND_ROWS].tried && !list->items[i]->source->lost) {
                TELL(b->builder->reader, L205, list->items[i]->place, STR("bands"), STR("rows"),
                     advice_on_missing(b->builder->reader, schema_key(MAPPING_BAND, KEY_BAND_ROWS)));
            }
            add_band(b, read_band(b, keys, list->items[i]->place), capacity);
        }
    }
}

static void read_all_bands(struct building *b, struct place place) {
    size_t capacity = 0;
    if (b->keys[KEY_TABLE_HEAD].node != NULL) {
        add_band(b, plain_band(b, BAND_HEAD, &b->keys[KEY_TABLE_HEAD], STR("head")), &capacity);
    }
    if (b->keys[KEY_TABLE_PAGE_HEAD].node !=
        NULL) { /* the first page has no such row: nothing joins it, it joins nothing */
        bool above = b->above;
        b->above = false;
        add_band(b, plain_band(b, BAND_PAGE_HEAD, &b->keys[KEY_TABLE_PAGE_HEAD], STR_NONE), &capacity);
        b->above = above;
    }
    if (b->keys[KEY_TABLE_BANDS].node != NULL) {
        read_bands(b, &capacity);
    } else if (b->keys[KEY_BAND_ROWS].tried) {
        add_band(b, read_band(b, b->keys, place), &capacity);
    } else if (!b->keys[KEY_TABLE_BANDS].tried && !b->builder->lost && !b->told) {
        TELL(b->builder->reader, L205, place, BOTH("a table", "表格"), STR("rows"),
             advice_on_missing(b->builder->reader, schema_key(MAPPING_BAND, KEY_BAND_ROWS)));
    }
    b->above = false;
    if (b->keys[KEY_TABLE_PAGE_FOOT].node != NULL) {
        add_band(b, plain_band(b, BAND_PAGE_FOOT, &b->keys[KEY_TABLE_PAGE_FOOT], STR_NONE), &capacity);
    }
    b->above = false;
    if (b->keys[KEY_TABLE_FOOT].node != NULL) {
        add_band(b, plain_band(b, BAND_FOOT, &b->keys[KEY_TABLE_FOOT], STR_NONE), &capacity);
    }
}

/* --- looks -------------------------------------------------------------------------------------------------------- */

/* What isn't given is that of `table:` in the theme, where that has a key of the name. */
static void take_defaults(struct building *b) {
    const struct mapping_schema *defaults = schema_of(MAPPING_DEFAULTS);
    for (size_t i = KEYS_OF_BAND; i < KEYS_OF_TABLE; i++) {
        const struct key *key = schema_key(MAPPING_TABLE, i);
        for (size_t j = 0; key->size > 0 && b->keys[i].node == NULL && j < defaults->count; j++) {
            if (str_is(str_from(key->name), defaults->keys[j].name)) {
                b->keys[i] = b->builder->defaults[j];
            }
        }
    }
}

static void read_looks(struct building *b, struct place place) {
    struct table *table = b->table;
    const struct setting *head = &b->builder->defaults[KEY_DEFAULTS_HEAD], *own_head = &b->keys[KEY_TABLE_REPEAT_HEAD];
    take_defaults(b);
    table->outer_line_mp = -1;
    table->zebra = NO_COLOUR;
    for (size_t i = KEYS_OF_BAND; i < KEYS_OF_TABLE; i++) {
        setting_apply(b->builder, schema_key(MAPPING_TABLE, i), &b->keys[i], table, place);
    }
    table->outer_line_mp = table->outer_line_mp < 0 ? table->line_mp : table->outer_line_mp;
    table->head_repeats =
        own_head->node != NULL ? own_head->number[0] != 0 : head->node == NULL || head->number[0] == 0;
}

/* padding: as a style of its own between the role's and those that a cell names. */
static void read_padding(struct building *b) {
    const struct setting *padding = &b->keys[KEY_TABLE_PADDING];
    if (padding->node == NULL) {
        return;
    }
    struct style_spec *style =
        builder_add_style(b->builder, str_join(b->builder->arena, STR("padding "), padding->text), padding->place);
    setting_to_padding(padding, &style->values[STYLE_PADDING]);
    b->builder->padding = style->name;
}

static void read_cross(struct building *b) {
    struct table *table = b->table;
    const struct setting *cells = &b->keys[KEY_TABLE_CELLS], *wide = &b->keys[KEY_TABLE_WIDE];
    table->cells_query = NO_QUERY;
    if (cells->node != NULL) {
        table->cells_query = builder_query_use_named(b->builder, cells->names[0], cells->places[0]);
        table->across_place = cells->place;
        table->cells_by = cells->names + 1;
        table->cells_by_places = cells->places + 1;
        table->cells_by_count = cells->name_count - 1;
    }
    if (b->keys[KEY_TABLE_ACROSS].tried != cells->tried) {
        bool across = b->keys[KEY_TABLE_ACROSS].tried;
        TELL(b->builder->reader, L237, across ? b->keys[KEY_TABLE_ACROSS].key_place : cells->key_place,
             across ? STR("across") : STR("cells"), across ? STR("cells") : STR("across"));
    }
    table->split_wide = wide->node != NULL;
    table->repeat_columns = wide->node != NULL ? wide->number[0] : 0;
}

static bool has_run(const struct building *b, const struct band *band) {
    for (size_t r = 0; r < band->row_count; r++) {
        for (size_t i = 0; i < band->rows[r].count; i++) {
            const struct template *text = &band->rows[r].cells[i].text;
            for (size_t line = 0; line < text->count; line++) {
                for (size_t k = 0; k < text->lines[line].count; k++) {
                    const struct piece *piece = &text->lines[line].pieces[k];
                    if (piece->kind == PIECE_VALUE && b->builder->layout->values[piece->value].kind == REF_PREFIX) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

static bool has_value(const struct drawn_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        const struct template *text = &row->cells[i].text;
        for (size_t line = 0; line < text->count; line++) {
            for (size_t k = 0; k < text->lines[line].count; k++) {
                if (text->lines[line].pieces[k].kind == PIECE_VALUE) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* What the row of words above a list calls its columns, and what stands at the left in a form; and whether a cell is {days…}. */
static void name_values(struct building *b) {
    struct table *table = b->table;
    const struct drawn_row *head = NULL;
    for (size_t i = 0; i < table->band_count; i++) {
        const struct band *band = &table->bands[i];
        table->has_run = table->has_run || has_run(b, band);
        const struct drawn_row *last = band->row_count > 0 ? &band->rows[band->row_count - 1] : NULL;
        labels_of_rows(b->builder, band->rows, band->row_count, band->each != NO_QUERY ? head : NULL);
        if (band->each == NO_QUERY && last != NULL && last->count > 1 && !has_value(last)) {
            head = last;
        }
    }
}

static struct str first_words(struct str text, size_t count) {
    struct str rest = text;
    for (size_t i = 0; i < count; i++) {
        next_word(&rest);
    }
    return str_trim(str_slice(text, 0, text.n - rest.n));
}

/* Without `widths` the first row is the measure. Where all others agree, it is the odd one; of a cross table's head that holds the
 * columns one by one that is told. True when told. */
static bool tell_odd_head(const struct building *b) {
    const struct ragged *rows = b->builder->ragged, *measure = &b->builder->measure;
    const size_t count = b->builder->ragged_count;
    const bool across = b->keys[KEY_TABLE_ACROSS].tried;
    bool odd = measure->cells > 0 && count > (across ? 0 : 1) && count + 1 == b->builder->row_count;
    for (size_t i = 0; i < count; i++) {
        odd = odd && rows[i].cells == rows[0].cells;
    }
    struct arena *arena = b->builder->arena;
    if (odd && across && measure->cells > rows[0].cells) {
        TELL(b->builder->reader, L169, measure->place, str_int(arena, (int64_t)measure->cells),
             str_int(arena, (int64_t)rows[0].cells), b->keys[KEY_TABLE_ACROSS].text);
    } else if (odd) {
        TELL(b->builder->reader, L301, measure->place, str_int(arena, (int64_t)measure->cells),
             str_int(arena, (int64_t)rows[0].cells), BOTH("the first", "第一行"));
    }
    return odd;
}

/* Rows of another number of cells than there are columns. Where all rows agree it is `widths` that is wrong. */
static void tell_ragged(struct building *b) {
    const struct ragged *rows = b->builder->ragged;
    const struct setting *widths = &b->keys[KEY_TABLE_WIDTHS];
    const size_t count = b->builder->ragged_count;
    const bool across = b->keys[KEY_TABLE_ACROSS].tried;
    bool alike = count > 1 && count == b->builder->row_count && widths->node != NULL;
    for (size_t i = 0; i < count; i++) {
        alike = alike && rows[i].cells == rows[0].cells;
    }
    struct arena *arena = b->builder->arena;
    if (alike && across) {
        TELL(b->builder->reader, L170, widths->place, str_int(arena, (int64_t)b->columns),
             str_int(arena, (int64_t)rows[0].cells), first_words(widths->text, rows[0].cells));
    } else if (alike) {
        TELL(b->builder->reader, L338, widths->place, str_int(arena, (int64_t)b->columns),
             str_int(arena, (int64_t)rows[0].cells));
    }
    if (tell_odd_head(b)) {
        return;
    }
    for (size_t i = 0; !alike && i < count; i++) {
        TELL(b->builder->reader, L301, rows[i].place, str_int(arena, (int64_t)rows[i].cells),
             str_int(arena, (int64_t)rows[i].columns), rows[i].text);
    }
}

static bool prints_value(const struct drawn_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].join == JOIN_UP || !row->cells[i].text.constant) {
            return true;
        }
    }
    return false;
}

static bool prints_words(const struct drawn_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        const struct template *text = &row->cells[i].text;
        for (size_t line = 0; line < text->count; line++) {
            const struct template_line *words = &text->lines[line];
            if (words->count > 0 && words->pieces[0].kind == PIECE_TEXT &&
                str_find(words->pieces[0].text, STR("　")) == words->pieces[0].text.n) {
                return true;
            }
        }
    }
    return false;
}

/* A band that prints the same words for each row; empty lines to write on are meant. */
static void check_equal_rows(struct building *b) {
    for (size_t i = 0; i < b->table->band_count; i++) {
        const struct band *band = &b->table->bands[i];
        bool equal = band->each != NO_QUERY && band->row_count > 0, words = false;
        for (size_t r = 0; r < band->row_count; r++) {
            equal = equal && !prints_value(&band->rows[r]);
            words = words || prints_words(&band->rows[r]);
        }
        if (equal && words) {
            TELL_PLAIN(b->builder->reader, L339, band->rows[0].place);
        }
    }
}

struct table *table_build(struct builder *builder, struct node *node) {
    struct building b = {.builder = builder, .table = ARENA_NEW(builder->arena, struct table)};
    const struct str padding_around = builder->padding;
    if (!settings_read(builder->reader, node, MAPPING_TABLE, STR_NONE, b.keys)) {
        b.table->across = b.table->cells_query = NO_QUERY;
        return b.table;
    }
    b.told = node->has_unknown || (b.keys[KEY_TABLE_ROW].tried && b.keys[KEY_TABLE_ROW].node == NULL);
    read_widths(&b);
    read_looks(&b, node->place);
    read_cross(&b);
    read_padding(&b);
    builder->ragged_count = builder->row_count = 0;
    builder->measure = (struct ragged){0};
    builder->bars_told = builder->swallowed = false;
    read_all_bands(&b, node->place);
    tell_ragged(&b);
    check_equal_rows(&b);
    name_values(&b);
    default_widths(&b);
    builder->padding = padding_around;
    return b.table;
}
