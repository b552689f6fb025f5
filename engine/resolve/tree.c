/* tree.c: visits the layout tree (layout/visit.h) with the rows around each place, and fills the tables by number.
 *
 * Each callback pushes the rows that a block or band puts around what it holds, and the one that closes it pops them. Tables and
 * bands don't nest (cells hold text alone), so one depth to return to is kept for each. */
#include <assert.h>

#include "layout/schema.h"
#include "base/utf8.h"
#include "layout/visit.h"
#include "resolve/resolver.h"

static bool push_row(struct resolver *resolver, uint32_t query_use, struct place place) {
    if (resolver->depth == ROW_DEPTH) {
        DIAG_ADD(resolver->diags, R310, place, STR_NONE);
        return false;
    }
    const uint32_t query = query_use == NO_QUERY ? NO_QUERY : resolver->layout->query_uses[query_use].query;
    resolver->rows[resolver->depth++] = (struct row_around){query, resolver->next_serial++};
    return true;
}

static void resolve_query_use(struct resolver *resolver, uint32_t query_use) {
    if (query_use == NO_QUERY) {
        return;
    }
    const struct query_use *use = &resolver->layout->query_uses[query_use];
    resolve_bind(resolver, query_use, use->query, use->place);
}

/* A use whose rows are printed one by one. */
static void resolve_printed(struct resolver *resolver, uint32_t query_use) {
    resolve_query_use(resolver, query_use);
    if (query_use != NO_QUERY) {
        resolver->printed[resolver->layout->query_uses[query_use].query] = true;
        tell_unbound(resolver, query_use);
    }
}

static void resolve_when(struct resolver *resolver, uint32_t condition) {
    if (condition != NO_QUERY) {
        resolve_condition(resolver, &resolver->layout->conditions[condition],
                          &resolver->resolved->conditions[condition]);
    }
}

static void resolve_number(struct resolver *resolver, uint32_t value) {
    resolve_value(resolver, &resolver->layout->values[value], &resolver->resolved->values[value]);
}

/* Bytes of the letters, digits and Chinese characters that text begins with. */
static size_t word_length(struct str text) {
    size_t n = 0;
    while (n < text.n) {
        const unsigned char c = (unsigned char)text.p[n];
        const bool punctuation = c == 0xE3 || c == 0xEF; /* 、。【】 and full-width signs */
        if (punctuation ||
            (c < 0x80 && c != '_' && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))) {
            break;
        }
        n++;
    }
    return n;
}

/* The name of a column behind the mark at `at`. True when told. */
static bool tell_marked(struct resolver *resolver, const struct piece *piece, size_t at, struct str open,
                        struct str close) {
    const struct str text = piece->text;
    const size_t from = at + open.n;
    const struct str rest = str_slice(text, from, text.n);
    const size_t n = word_length(rest);
    const struct str name = str_slice(rest, 0, n);
    const bool closed = str_starts(str_slice(rest, n, rest.n), close);
    const bool apart = close.n > 0 || at == 0 || (unsigned char)text.p[at - 1] >= 0x80 || text.p[at - 1] == ' ';
    const bool latin = n > 0 && (unsigned char)name.p[0] < 0x80; /* in round brackets a Chinese word is a remark */
    const bool round = str_is(open, "(") || str_is(open, "（") || str_is(open, "〔") || str_is(open, "［");
    if (n < 2 || !closed || !apart || (round && !latin) || !resolver_sees(resolver, name)) {
        return false;
    }
    struct place place = piece->place;
    place.column += (int32_t)utf8_count(str_slice(text, 0, at));
    DIAG_ADD(resolver->diags, R319, place, str_slice(text, at, from + n + close.n), name);
    return true;
}

/* [name], <name>, :name in a text, where a column is called so: a placeholder with other marks. */
static void resolve_words(struct resolver *resolver, const struct piece *piece) {
    static const struct {
        const char *open, *close;
    } marks[] = {{"[[", "]]"}, {"[", "]"}, {"<", ">"}, {":", ""},  {"【", "】"}, {"《", "》"}, {"%", "%"},
                 {"#", "#"},   {"@", ""},  {"$", ""},  {"(", ")"}, {"（", "）"}, {"〔", "〕"}, {"［", "］"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const struct str open = str_from(marks[i].open), close = str_from(marks[i].close);
        for (size_t at = str_find(piece->text, open); at < piece->text.n;) {
            if (tell_marked(resolver, piece, at, open, close)) {
                return;
            }
            at += open.n;
            at += str_find(str_slice(piece->text, at, piece->text.n), open);
        }
    }
}

/* `[remark] words`: a style in brackets. */
static void tell_style_in_brackets(struct resolver *resolver, const struct piece *piece) {
    static const char *const marks[][2] = {{"[", "]"}, {"【", "】"}, {"<", ">"}, {"(", ")"}};
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        const struct str open = str_from(marks[m][0]), close = str_from(marks[m][1]);
        const size_t end = str_find(piece->text, close);
        const struct str name =
            str_starts(piece->text, open) && end < piece->text.n ? str_slice(piece->text, open.n, end) : STR_NONE;
        for (size_t i = 0; name.n > 1 && i < resolver->layout->style_count; i++) {
            if (str_eq(resolver->layout->styles[i].name, name) && !resolver_sees(resolver, name)) {
                struct place place = piece->place;
                place.width = (int32_t)utf8_count(str_slice(piece->text, 0, end + close.n));
                DIAG_ADD(resolver->diags, L324, place, str_slice(piece->text, 0, end + close.n), name);
                return;
            }
        }
    }
}

static void resolve_line(struct resolver *resolver, const struct template_line *line) {
    if (line->count > 0 && line->pieces[0].kind == PIECE_TEXT) {
        tell_style_in_brackets(resolver, &line->pieces[0]);
    }
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        if (piece->kind == PIECE_VALUE) {
            resolve_number(resolver, piece->value);
        } else if (piece->kind == PIECE_COUNTER && piece->counter->kind == COUNTER_SUM) {
            resolve_number(resolver, piece->counter->value);
        } else if (piece->kind == PIECE_TEXT) {
            resolve_words(resolver, piece);
        } else if (piece->kind == PIECE_NOTE) {
            resolve_line(resolver, piece->note);
        }
    }
}

static void resolve_template(struct resolver *resolver, const struct template *template) {
    for (size_t i = 0; i < template->count; i++) {
        resolve_line(resolver, &template->lines[i]);
    }
}

/* The text of a code or the path of a picture: the name of a column there is its value that was meant. */
static void resolve_source(struct resolver *resolver, const struct template *template) {
    resolve_template(resolver, template);
    const struct template_line *line = template->count == 1 ? &template->lines[0] : NULL;
    if (line != NULL && line->count == 1 && line->pieces[0].kind == PIECE_TEXT &&
        resolver_sees(resolver, line->pieces[0].text)) {
        DIAG_ADD(resolver->diags, R316, line->pieces[0].place, line->pieces[0].text);
    }
}

/* Head and foot rows may sum a column of the band that repeats: they see its row. */
static uint32_t table_each(const struct table *table) {
    for (size_t i = 0; i < table->band_count; i++) {
        if (table->bands[i].each != NO_QUERY) {
            return table->bands[i].each;
        }
    }
    return NO_QUERY;
}

/* The columns of these names in the query of a use; they then count as used. Names that are STR_NONE have none. */
static uint32_t *find_columns(struct resolver *resolver, uint32_t query_use, const struct str *names, size_t count) {
    const struct query *query = resolver->resolved->queries[query_use].query;
    uint32_t *columns = ARENA_ARRAY(resolver->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        const size_t found = query == NULL || names[i].n == 0 ? SIZE_MAX : query_find_column(query, names[i]);
        columns[i] = found == SIZE_MAX ? NO_COLUMN : (uint32_t)found;
        if (found != SIZE_MAX) {
            resolver_mark(resolver, resolver->layout->query_uses[query_use].query, found);
        }
    }
    return resolver->resolved->queries[query_use].columns = columns;
}

/* Has the query of a use the column, or is it broken, which was told? */
static bool has_column(const struct resolver *resolver, uint32_t query_use, const uint32_t *columns, size_t i) {
    return resolver->resolved->queries[query_use].query == NULL || columns[i] != NO_COLUMN;
}

/* The columns that find a cell stand in the cells' query, and in the row or in what goes across. */
static void find_cells_by(struct resolver *resolver, const struct table *table) {
    const size_t count = table->cells_by_count;
    if (table->across == NO_QUERY || table->cells_query == NO_QUERY) {
        return;
    }
    const uint32_t *across = find_columns(resolver, table->across, table->cells_by, count);
    const uint32_t *cells = find_columns(resolver, table->cells_query, table->cells_by, count);
    for (size_t band = 0; band < table->band_count; band++) {
        const uint32_t each = table->bands[band].each;
        const uint32_t *rows = each == NO_QUERY ? NULL : find_columns(resolver, each, table->cells_by, count);
        for (size_t i = 0; rows != NULL && i < count; i++) {
            const bool known = has_column(resolver, table->across, across, i) || has_column(resolver, each, rows, i);
            if (!known || !has_column(resolver, table->cells_query, cells, i)) {
                DIAG_ADD(resolver->diags, R312, table->cells_by_places[i], table->cells_by[i]);
            }
        }
    }
}

/* A cross table has two rows more around its cells: that of the column, and that of the cell. */
static void push_across(struct resolver *resolver, const struct table *table, struct place place) {
    if (table->across != NO_QUERY) {
        push_row(resolver, table->across, place);
        push_row(resolver, table->cells_query, place);
    }
}

static bool sums_only(const struct band *band) {
    return band->kind == BAND_FOOT || band->kind == BAND_PAGE_FOOT || band->kind == BAND_PAGE_HEAD;
}

static void enter_band(void *context, const struct table *table, const struct band *band) {
    struct resolver *resolver = context;
    const uint32_t each = table_each(table);
    resolver->depth_around_band = resolver->depth;
    if (sums_only(band) && band->each == NO_QUERY && each != NO_QUERY) {
        push_row(resolver, each, band->place);
    }
    resolve_when(resolver, band->when);
    resolve_when(resolver, band->unless);
}

static void open_band(void *context, const struct table *table, const struct band *band) {
    struct resolver *resolver = context;
    (void)table;
    resolve_printed(resolver, band->each);
    if (band->each != NO_QUERY) {
        push_row(resolver, band->each, band->place);
    }
    if (band->group.n > 0) {
        resolve_number(resolver, band->group_value);
    }
}

static void close_band(void *context, const struct table *table, const struct band *band) {
    struct resolver *resolver = context;
    (void)table, (void)band;
    resolver->depth = resolver->depth_around_band;
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

/* The columns that it draws, each asked for as {query.column} would ask for it. */
static void resolve_chart(struct resolver *resolver, const struct block *block) {
    const struct query *query = block->chart.of == NO_QUERY ? NULL : resolver->resolved->queries[block->chart.of].query;
    const struct str names[POINT_COLUMN_COUNT] = {[POINT_X] = block->chart.x,
                                                  [POINT_Y] = block->chart.y,
                                                  [POINT_COMPARE] = block->chart.compare,
                                                  [POINT_SERIES] = block->chart.series,
                                                  [POINT_TEXT] = block->chart.text};
    if (query == NULL) {
        return;
    }
    const uint32_t *columns = find_columns(resolver, block->chart.of, names, POINT_COLUMN_COUNT);
    for (size_t i = 0; i < POINT_COLUMN_COUNT; i++) {
        if (names[i].n > 0 && columns[i] == NO_COLUMN) {
            tell_unknown_column(resolver, block->chart.places[i], query, names[i]);
        }
    }
}

static void enter_block(void *context, const struct block *block) {
    struct resolver *resolver = context;
    resolve_when(resolver, block->when);
    resolve_when(resolver, block->unless);
    if (block->kind == BLOCK_CHART) {
        resolve_query_use(resolver, block->chart.of);
    }
}

static void open_table(struct resolver *resolver, const struct table *table, struct place place) {
    resolve_query_use(resolver, table->across);
    resolve_query_use(resolver, table->cells_query);
    resolver->depth_around_table = resolver->depth;
    push_across(resolver, table, place);
}

static bool open_block(void *context, const struct block *block) {
    struct resolver *resolver = context;
    if (block->kind == BLOCK_EACH) {
        resolve_printed(resolver, block->each.query);
        return push_row(resolver, block->each.query, block->place);
    }
    if (block->kind == BLOCK_TABLE) {
        open_table(resolver, block->table, block->place);
    } else if (block->kind == BLOCK_CHART) {
        resolve_chart(resolver, block);
    }
    return true;
}

static void close_block(void *context, const struct block *block) {
    struct resolver *resolver = context;
    if (block->kind == BLOCK_EACH) {
        resolver->depth--;
    } else if (block->kind == BLOCK_TABLE) {
        find_cells_by(resolver, block->table);
        resolver->depth = resolver->depth_around_table;
    }
}

/* {check} is the code of a whole paper, and stands by itself. */
static void check_codes(struct resolver *resolver, const struct key *key, const struct template *text) {
    const bool code = key != NULL && key->type == TYPE_SOURCE && text->count == 1 && text->lines[0].count == 1;
    for (size_t i = 0; i < text->count && !code; i++) {
        for (size_t j = 0; j < text->lines[i].count; j++) {
            const struct piece *piece = &text->lines[i].pieces[j];
            const struct resolved_value *value =
                piece->kind == PIECE_VALUE ? &resolver->resolved->values[piece->value] : NULL;
            if (value != NULL && value->source == SOURCE_GIVEN && value->given == (enum given)GIVEN_CHECK) {
                DIAG_ADD(resolver->diags, R333, piece->place, STR_NONE);
            }
        }
    }
}

/* name: school, and nothing else: where words may stand too, the name of a column in Latin letters is hardly one of them. */
static bool is_latin_name(const struct template *text) {
    const struct str words =
        text->count == 1 && text->lines[0].count == 1 && text->lines[0].pieces[0].kind == PIECE_TEXT
            ? text->lines[0].pieces[0].text
            : STR_NONE;
    return words.n > 1 && word_length(words) == words.n && (unsigned char)words.p[0] < 0x80;
}

static void resolve_text(void *context, const struct key *key, const struct template *text) {
    if (key != NULL && (key->type == TYPE_SOURCE || is_latin_name(text))) {
        resolve_source(context, text);
    } else {
        resolve_template(context, text);
    }
    check_codes(context, key, text);
}

/* A running head of rows that nobody prints would stay empty for ever. */
static void check_page_values(struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    for (size_t i = 0; i < layout->value_count; i++) {
        const struct resolved_value *value = &resolver->resolved->values[i];
        bool of_page = value->source == SOURCE_PAGE_FIRST || value->source == SOURCE_PAGE_LAST;
        bool known = of_page && value->query_use != NO_QUERY;
        if (known && resolver->prepared[value->query_use] != NULL && !resolver->printed[value->query_use]) {
            DIAG_ADD(resolver->diags, R314, layout->values[i].place, layout->queries[value->query_use].name);
        }
    }
}

/* list/school/class.pdf: columns between the slashes, and no placeholder. The first folder is a word of its own. */
static void tell_path_words(struct resolver *resolver, const struct template *file) {
    const struct template_line *line = file->count == 1 ? &file->lines[0] : NULL;
    const struct str text =
        line != NULL && line->count == 1 && line->pieces[0].kind == PIECE_TEXT ? line->pieces[0].text : STR_NONE;
    for (size_t at = str_find_byte(text, '/'); at < text.n;) {
        const struct str rest = str_slice(text, at + 1, text.n);
        const struct str word = str_slice(rest, 0, word_length(rest));
        if (word.n > 1 && (unsigned char)word.p[0] < 0x80 && resolver_sees(resolver, word)) {
            struct place place = line->pieces[0].place;
            place.column += (int32_t)utf8_count(str_slice(text, 0, at + 1));
            place.width = (int32_t)word.n;
            DIAG_ADD(resolver->diags, R319, place, word, word);
            return;
        }
        at += 1 + str_find_byte(rest, '/');
    }
}

/* {school: 学校}: a column before the colon and none behind it. The first tells how the others are mended. */
static bool tell_turned(struct resolver *resolver, const struct index_entry *entry) {
    const bool turned = !resolver_sees(resolver, entry->column) && resolver_sees(resolver, entry->key);
    if (turned) {
        DIAG_ADD(resolver->diags, R338, entry->key_place, entry->key, entry->column);
    }
    return turned;
}

static void resolve_index(struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    bool turned = false;
    for (size_t i = 0; i < layout->index_count && !turned; i++) {
        turned = tell_turned(resolver, &layout->index[i]);
    }
    for (size_t i = 0; i < layout->index_count && !turned; i++) {
        resolve_number(resolver, layout->index[i].value);
    }
}

void resolve_tree(struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    for (size_t i = 0; i < layout->finding_count; i++) {
        resolve_query_use(resolver, layout->findings[i].query);
    }
    resolve_query_use(resolver, layout->each);
    push_row(resolver, layout->each, layout->place);
    resolve_template(resolver, &layout->file);
    tell_path_words(resolver, &layout->file);
    resolve_template(resolver, &layout->titled);
    check_codes(resolver, NULL, &layout->titled);
    resolve_template(resolver, &layout->check);
    if (layout->has_key) {
        resolve_number(resolver, layout->key_value);
    }
    resolve_index(resolver);
    for (size_t i = 0; layout->has_volume && i < layout->volume.by.count; i++) {
        resolver->resolved->by[i] = resolve_by(resolver, layout->volume.by.items[i], layout->volume.by.places[i]);
    }
    const struct visitor visitor = {
        .context = resolver,
        .block = enter_block,
        .open = open_block,
        .close = close_block,
        .band = enter_band,
        .open_band = open_band,
        .close_band = close_band,
        .text = resolve_text,
    };
    visit_layout(&visitor, layout);
    for (size_t i = 0; i < layout->check_count; i++) {
        resolve_query_use(resolver, layout->checks[i].query);
    }
    check_page_values(resolver);
    assert(resolver->depth == 1); /* R1 */
    resolver->depth = 0;
}
