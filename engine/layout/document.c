/* document.c: queries, and what `document`, `sheet`, `fold`, `volume`, `checks`, `calendar` and `database` say. */
#include "layout/builder.h"

#include <string.h>

#include "base/length.h"

/* --- queries ------------------------------------------------------------------------------------------------------ */

static struct str without_end(struct str text) {
    while (text.n > 0 && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == ' ')) {
        text.n--;
    }
    return text;
}

/* A remark in SQL ends with its line, which folded text has lost. */
static void check_remarks(struct builder *builder, struct str name, const struct node *sql) {
    bool folded = sql->style == SCALAR_PLAIN || sql->style == SCALAR_FOLDED;
    if (folded && sql->end_line > sql->place.line && str_find(sql->text, STR("--")) < sql->text.n) {
        TELL(builder->reader, L244, sql->place, name);
    }
}

/* `  totals: |` as a line of another query's SQL. */
static void check_lines(struct builder *builder, struct str name, struct node *sql) {
    for (size_t at = 0; at < sql->text.n;) {
        const size_t end = at + str_find_byte(str_slice(sql->text, at, sql->text.n), '\n');
        const struct str line = str_slice(sql->text, at, end),
                         key = str_trim(str_slice(line, 0, str_find_byte(line, ':')));
        const struct str behind = str_trim(str_slice(line, str_find_byte(line, ':') + 1, line.n));
        if (name_is_valid(key) && (str_is(behind, "|") || str_starts(behind, STR("SELECT ")))) {
            TELL(builder->reader, L151, node_place(sql, at, (int32_t)key.n), key, name);
            builder->lost = true;
            return;
        }
        at = end + 1;
    }
}

void query_read(struct builder *builder, struct str name, struct place place, struct node *sql,
                struct named_query *query) {
    size_t capacity = 0;
    *query = (struct named_query){.name = name, .sql = without_end(sql->text), .place = place, .text = sql};
    check_remarks(builder, name, sql);
    check_lines(builder, name, sql);
    for (size_t at = 0; at < query->sql.n || at == 0;) {
        ARENA_GROW(builder->arena, query->lines, query->line_count, capacity);
        query->lines[query->line_count++] = node_place(sql, at, 1);
        at += str_find_byte(str_slice(query->sql, at, query->sql.n), '\n') + 1;
    }
}

struct place named_query_place(const void *context, size_t offset) {
    const struct named_query *query = context;
    return query->text != NULL && str_trim(query->text->text).n > 0 ? node_place_once(query->text, offset, 1)
                                                                    : query->place;
}

static struct named_query *add_query(struct builder *builder, struct str name) {
    struct layout *layout = builder->layout;
    bool found = false;
    uint32_t *slot = strmap_put(&builder->queries, name, &found);
    if (!found) {
        *slot = (uint32_t)layout->query_count + 1;
        ARENA_GROW(builder->arena, layout->queries, layout->query_count, builder->query_capacity);
        layout->query_count++;
    }
    return &layout->queries[*slot - 1];
}

static void read_query(struct builder *builder, const struct pair *pair) {
    const struct key sql = schema_item(schema_key(MAPPING_FILE, KEY_FILE_QUERIES));
    struct setting setting = {0};
    if (!name_is_valid(pair->key->text)) {
        TELL(builder->reader, L241, pair->key->place, pair->key->text, name_mended(builder->arena, pair->key->text));
        builder->lost = true;
        return;
    }
    setting_read(builder->reader, &sql, pair->value, &setting);
    struct named_query *query = add_query(builder, pair->key->text);
    *query = (struct named_query){.name = pair->key->text, .place = pair->key->place};
    if (setting.node != NULL) {
        query_read(builder, pair->key->text, pair->key->place, setting.node, query);
    }
}

/* Only a volume has them; a query that a file gives under the name stands before it. */
static void add_built_in(struct builder *builder, struct str name, enum built_in which) {
    bool is_volume = false;
    for (size_t f = 0; f < builder->file_count; f++) {
        is_volume = is_volume || builder->files[f].keys[KEY_FILE_VOLUME].tried;
    }
    if (is_volume && strmap_get(&builder->queries, name) == NULL) {
        struct named_query *query = add_query(builder, name);
        *query = (struct named_query){.name = name, .place = builder->layout->place, .built_in = which};
    }
}

void queries_build(struct builder *builder) {
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct node *queries = builder->files[f].keys[KEY_FILE_QUERIES].node;
        for (size_t i = 0; queries != NULL && i < queries->count; i++) {
            read_query(builder, &queries->pairs[i]);
        }
    }
    add_built_in(builder, STR("parts"), BUILT_IN_PARTS);
    add_built_in(builder, STR("volume"), BUILT_IN_VOLUME);
}

/* --- document ----------------------------------------------------------------------------------------------------- */

static bool piece_is_safe(struct str text, bool first) {
    bool climbs = str_starts(text, STR("../")) || str_find(text, STR("/../")) < text.n || str_is(text, "..");
    return !climbs && !(first && str_starts(text, STR("/"))) && str_find_byte(text, '\\') == text.n &&
           str_find(text, STR("//")) == text.n;
}

/* folder/….pdf, below out/ */
static bool file_is_safe(const struct template *file) {
    if (file->count != 1 || file->lines[0].count == 0) {
        return false;
    }
    const struct template_line *line = &file->lines[0];
    const struct piece *first = &line->pieces[0], *last = &line->pieces[line->count - 1];
    for (size_t i = 0; i < line->count; i++) {
        bool plain = line->pieces[i].kind == PIECE_TEXT || line->pieces[i].kind == PIECE_VALUE;
        if (!plain || (line->pieces[i].kind == PIECE_TEXT && !piece_is_safe(line->pieces[i].text, i == 0))) {
            return false;
        }
    }
    const size_t slash = first->kind == PIECE_TEXT ? str_find_byte(first->text, '/') : 0;
    const bool reserved =
        str_starts(first->text, STR("only/")) /* what --only prints apart */ || str_find_byte(first->text, ':') < slash;
    return slash > 0 && slash < first->text.n && first->text.p[0] != '.' && first->text.p[0] != '~' && !reserved &&
           last->kind == PIECE_TEXT && str_ends(last->text, STR(".pdf"));
}

/* Signs that no name of a file may have on Windows, which the papers are handed over to. True when told. */
static bool tell_no_name(struct builder *builder, const struct template *file, const struct setting *setting) {
    for (size_t i = 0; file->count == 1 && i < file->lines[0].count; i++) {
        const struct piece *piece = &file->lines[0].pieces[i];
        const struct str text = piece->kind == PIECE_TEXT ? piece->text : STR_NONE;
        for (size_t at = 0; at < text.n; at++) {
            if (strchr(":*?\"<>|", text.p[at]) != NULL) {
                const size_t offset = str_find(setting->node->text, str_slice(text, at, at + 1));
                TELL(builder->reader, L263, node_place(setting->node, offset, 1), str_slice(text, at, at + 1));
                return true;
            }
        }
    }
    return false;
}

/* list/{school}.docx, list/{school}: all is there but the ending. True when told. */
static bool tell_no_pdf(struct builder *builder, const struct setting *file) {
    struct node *node = file->node;
    const struct str text = str_trim(node->text);
    size_t point = text.n;
    while (point > 0 && strchr("./}", text.p[point - 1]) == NULL) {
        point--;
    }
    const bool ends = point > 0 && text.p[point - 1] == '.';
    const struct str path = ends ? str_slice(text, 0, point - 1) : text;
    const size_t slash = str_find_byte(path, '/');
    if (slash == 0 || slash + 1 >= path.n || path.p[0] == '.' || path.p[0] == '~' || path.p[path.n - 1] == '/' ||
        str_find_byte(path, '{') < slash || str_starts(path, STR("only/")) ||
        str_is(str_slice(text, point, text.n), "pdf")) {
        return false;
    }
    const size_t at = ends ? (size_t)(path.p - node->text.p) + point - 1 : 0;
    TELL(builder->reader, L174, ends ? node_place(node, at, (int32_t)(text.n - point) + 1) : file->place, text,
         str_join(builder->arena, path, STR(".pdf")));
    return true;
}

/* The sign that parts folders elsewhere, else the whole path. */
static void tell_path(struct builder *builder, const struct setting *file) {
    struct node *node = file->node;
    const size_t page = str_find(node->text, STR("{page"));
    const size_t wide = str_find(node->text, STR("／")), back = str_find_byte(node->text, '\\');
    if (wide < node->text.n) {
        signs_tell(builder->reader, node, wide, node->text.n);
    } else if (back < node->text.n) {
        TELL_PLAIN(builder->reader, L248, node_place(node, back, 1));
    } else if (page < node->text.n) {
        const size_t close = page + str_find_byte(str_slice(node->text, page, node->text.n), '}') + 1;
        TELL(builder->reader, L179, node_place(node, page, (int32_t)(close - page)),
             str_slice(node->text, page, close));
    } else if (!tell_no_pdf(builder, file)) {
        TELL(builder->reader, L238, file->place, file->text);
    }
}

static void read_file(struct builder *builder, const struct setting *file) {
    struct layout *layout = builder->layout;
    layout->folder = layout->name;
    if (file->node == NULL) {
        return;
    }
    const size_t errors = builder->reader->errors;
    layout->file_place = file->place;
    layout->file_text = file->text;
    layout->of_month = str_find(file->text, STR("{month}")) < file->text.n;
    template_read(builder, file->node, STR("body"), &layout->file);
    if (builder->reader->errors > errors) {
        return;
    }
    if (!file_is_safe(&layout->file)) {
        tell_path(builder, file);
        return;
    }
    if (tell_no_name(builder, &layout->file, file)) {
        return;
    }
    const struct str first = layout->file.lines[0].pieces[0].text;
    layout->folder = str_slice(first, 0, str_find_byte(first, '/'));
}

/* --- its title ---------------------------------------------------------------------------------------------------- */

/* What is left around a value that is taken out: “{name}（{class}）的档案” is called 档案. */
static struct str without_hull(struct arena *arena, struct str words) {
    static const char *const hulls[] = {"（）", "()", "【】", "[]", "《》", "“”", "「」"};
    static const char *const edges[] = {" ", "　", "的", "：", ":", "，", ",", "、", "—", "-", "·", "/", "_", "|"};
    for (size_t i = 0; i < sizeof hulls / sizeof *hulls; i++) {
        const struct str hull = str_from(hulls[i]);
        for (size_t at = str_find(words, hull); at < words.n; at = str_find(words, hull)) {
            words = str_join(arena, str_slice(words, 0, at), str_slice(words, at + hull.n, words.n));
        }
    }
    for (size_t i = 0; i < sizeof edges / sizeof *edges;) {
        const struct str edge = str_from(edges[i++]);
        const bool begins = str_starts(words, edge), ends = !begins && str_ends(words, edge);
        if (begins || ends) {
            words = begins ? str_slice(words, edge.n, words.n) : str_slice(words, 0, words.n - edge.n);
            i = 0;
        }
    }
    return words;
}

/* Its own words; STR_NONE: there are none, or it is told. */
static struct str own_words(struct builder *builder, const struct template *titled, const struct setting *title) {
    struct str words = STR_NONE;
    for (size_t i = 0; titled->count > 0 && i < titled->lines[0].count; i++) {
        const struct piece *piece = &titled->lines[0].pieces[i];
        if ((piece->kind != PIECE_TEXT && piece->kind != PIECE_VALUE) || piece->above || piece->style != NO_STYLE) {
            TELL(builder->reader, L361, piece->place, title->text);
            return STR_NONE;
        }
        words = piece->kind == PIECE_TEXT ? str_join(builder->arena, words, piece->text) : words;
    }
    return without_hull(builder->arena, words);
}

static void read_title(struct builder *builder, const struct setting *title) {
    struct layout *layout = builder->layout;
    if (title->node == NULL || str_find_byte(title->text, '{') == title->text.n) {
        return;
    }
    const size_t errors = builder->reader->errors;
    template_read(builder, title->node, STR("body"), &layout->titled);
    const struct str words = builder->reader->errors == errors ? own_words(builder, &layout->titled, title) : STR_NONE;
    if (words.n > 0) {
        layout->title = words;
    } else if (builder->reader->errors == errors) {
        TELL(builder->reader, L319, title->place, title->text);
    }
}

/* --- its index ---------------------------------------------------------------------------------------------------- */

static enum index_role index_role(struct str key) {
    if (str_is(key, "number") || str_is(key, "编号")) {
        return INDEX_NUMBER;
    }
    return str_is(key, "name") || str_is(key, "姓名") ? INDEX_NAME : INDEX_OTHER;
}

static void read_index(struct builder *builder, const struct setting *index) {
    const struct key column = schema_item(schema_key(MAPPING_DOCUMENT, KEY_DOCUMENT_INDEX));
    struct layout *layout = builder->layout;
    if (index->node == NULL) {
        return;
    }
    layout->index = ARENA_ARRAY(builder->arena, struct index_entry, index->node->count);
    for (size_t i = 0; i < index->node->count; i++) {
        const struct pair *pair = &index->node->pairs[i];
        struct setting setting = {0};
        setting_read(builder->reader, &column, pair->value, &setting);
        if (setting.node != NULL) {
            layout->index[layout->index_count++] = (struct index_entry){
                .key = pair->key->text,
                .column = setting.text,
                .role = index_role(pair->key->text),
                .place = setting.place,
                .key_place = pair->key->place,
                .value = builder_column(builder, setting.text, setting.place),
            };
        }
    }
}

static void read_key(struct builder *builder, const struct setting *key) {
    if (key->node != NULL) {
        builder->layout->has_key = true;
        builder->layout->key = key->text;
        builder->layout->key_value = builder_column(builder, key->text, key->place);
    }
}

/* KIND/number: the kind is one word of the layout's own, and what stands behind it isn't empty. */
static void check_check(struct builder *builder, const struct setting *check) {
    const struct template *text = &builder->layout->check;
    if (check->node == NULL) {
        return;
    }
    const struct template_line *line = text->count == 1 ? &text->lines[0] : NULL;
    const struct str first =
        line != NULL && line->count > 0 && line->pieces[0].kind == PIECE_TEXT ? line->pieces[0].text : STR_NONE;
    const size_t slash = str_find_byte(first, '/');
    if (slash == 0 || slash >= first.n || (slash + 1 == first.n && line->count == 1)) {
        TELL(builder->reader, L156, check->place, check->text);
    }
}

/* What a volume binds is known when its rows are. */
static void check_each(struct builder *builder, const struct setting *each) {
    const struct layout *layout = builder->layout;
    if (layout->each != NO_QUERY && layout->queries[layout->query_uses[layout->each].query].built_in != BUILT_IN_NONE) {
        TELL(builder->reader, L231, each->place, str_join(builder->arena, STR("each: "), each->text), STR("document"),
             STR_NONE);
    }
}

void document_build(struct builder *builder, const struct setting *document) {
    struct layout *layout = builder->layout;
    settings_apply(builder, MAPPING_DOCUMENT, document, layout, layout->place);
    check_each(builder, &document[KEY_DOCUMENT_EACH]);
    read_title(builder, &document[KEY_DOCUMENT_TITLE]);
    read_file(builder, &document[KEY_DOCUMENT_FILE]);
    read_key(builder, &document[KEY_DOCUMENT_KEY]);
    read_index(builder, &document[KEY_DOCUMENT_INDEX]);
    check_check(builder, &document[KEY_DOCUMENT_CHECK]);
}

/* Two A4 are wider than an A3 by the rounding of their sizes. */
#define FOLD_SLACK_MP MM(0.5)

/* --- sheets of cards ---------------------------------------------------------------------------------------------- */

void sheet_build(struct builder *builder, const struct setting *sheet, struct place place) {
    builder->layout->has_sheet = true;
    const struct setting *grid = &sheet[KEY_SHEET_GRID];
    builder->layout->sheet = (struct sheet_spec){
        .place = place, .grid_place = grid->node != NULL ? grid->place : place, .columns = 1, .rows = 1};
    settings_apply(builder, MAPPING_SHEET, sheet, &builder->layout->sheet, place);
}

/* --- booklets to fold --------------------------------------------------------------------------------------------- */

void fold_build(struct builder *builder, const struct setting *fold, struct place place) {
    static const enum turning turnings[] = {TURNING_SHORT_EDGE, TURNING_LONG_EDGE};
    struct layout *layout = builder->layout;
    const struct page_kind *page = &layout->pages[0];
    struct fold_spec *spec = &layout->fold;
    layout->has_fold = true;
    layout->duplex = true;
    *spec =
        (struct fold_spec){.place = place, .paper_width_mp = 2 * page->width_mp, .paper_height_mp = page->height_mp};
    settings_apply(builder, MAPPING_FOLD, fold, spec, place);
    spec->turning = turnings[fold[KEY_FOLD_BACKS].number[0]];
    if (spec->paper_width_mp < 2 * page->width_mp - FOLD_SLACK_MP || spec->paper_height_mp < page->height_mp) {
        TELL_PLAIN(builder->reader, L245, fold[KEY_FOLD_PAPER].place);
    }
    if (spec->thickness_mp > MM(1)) {
        TELL(builder->reader, L219, fold[KEY_FOLD_THICKNESS].place, STR("thickness"), STR("0.1mm, ≤ 1mm"),
             AS_IN_EXAMPLE);
    }
}

/* --- bound volumes ------------------------------------------------------------------------------------------------ */

void volume_build(struct builder *builder, const struct setting *volume, struct place place) {
    builder->layout->has_volume = true;
    builder->layout->volume = (struct volume_spec){.place = place, .parts_place = volume[KEY_VOLUME_PARTS].place};
    settings_apply(builder, MAPPING_VOLUME, volume, &builder->layout->volume, place);
}

/* --- checks, calendar, database ----------------------------------------------------------------------------------- */

/* The queries that the lists of all files name. */
static struct check_spec *named_checks(struct builder *builder, size_t key, size_t *count) {
    struct check_spec *checks = NULL;
    size_t capacity = 0;
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct setting *names = &builder->files[f].keys[key];
        for (size_t i = 0; names->node != NULL && i < names->name_count; i++) {
            const uint32_t use = builder_query_use_named(builder, names->names[i], names->places[i]);
            if (use != NO_QUERY) {
                ARENA_GROW(builder->arena, checks, *count, capacity);
                checks[(*count)++] = (struct check_spec){names->places[i], use};
            }
        }
    }
    return checks;
}

void checks_build(struct builder *builder) {
    struct layout *layout = builder->layout;
    layout->checks = named_checks(builder, KEY_FILE_CHECKS, &layout->check_count);
    layout->findings = named_checks(builder, KEY_FILE_FINDINGS, &layout->finding_count);
}

void calendar_build(struct builder *builder, const struct file_settings *file, struct calendar_spec *calendar) {
    struct setting keys[KEYS_OF_CALENDAR];
    struct node *node = file->keys[KEY_FILE_CALENDAR].node;
    if (node != NULL && settings_read(builder->reader, node, MAPPING_CALENDAR, STR_NONE, keys)) {
        settings_apply_given(builder, MAPPING_CALENDAR, keys, calendar);
    }
}

/* The one of the name, or a new one: a file comes by here once for each that includes it. */
static struct relation_spec *relation_of(struct builder *builder, struct set_settings *settings, struct str name) {
    for (size_t i = 0; i < settings->relation_count; i++) {
        if (str_eq(settings->relations[i].name, name)) {
            return &settings->relations[i];
        }
    }
    ARENA_GROW(builder->arena, settings->relations, settings->relation_count, settings->relation_capacity);
    return &settings->relations[settings->relation_count++];
}

static void relation_read(struct builder *builder, const struct pair *pair, struct set_settings *settings) {
    struct setting keys[KEYS_OF_RELATION];
    if (!settings_read(builder->reader, pair->value, MAPPING_RELATION, pair->key->text, keys)) {
        return;
    }
    struct relation_spec *relation = relation_of(builder, settings, pair->key->text);
    *relation = (struct relation_spec){.name = pair->key->text};
    struct named_query *queries[KEYS_OF_RELATION] = {&relation->rows, &relation->tests};
    for (size_t i = 0; i < KEYS_OF_RELATION; i++) {
        if (keys[i].node != NULL) {
            const struct str name =
                str_printf(builder->arena, "%.*s.%s", STR_ARG(relation->name), schema_key(MAPPING_RELATION, i)->name);
            query_read(builder, name, keys[i].key_place, keys[i].node, queries[i]);
            queries[i]->used = true;
        }
    }
}

void relations_build(struct builder *builder, const struct file_settings *file, struct set_settings *settings) {
    const struct node *relations = file->keys[KEY_FILE_RELATIONS].node;
    for (size_t i = 0; relations != NULL && i < relations->count; i++) {
        relation_read(builder, &relations->pairs[i], settings);
    }
}

void database_build(struct builder *builder, const struct file_settings *file, struct set_settings *settings) {
    struct setting keys[KEYS_OF_DATABASE];
    struct node *node = file->keys[KEY_FILE_DATABASE].node;
    if (node != NULL && settings_read(builder->reader, node, MAPPING_DATABASE, STR_NONE, keys)) {
        settings_apply_given(builder, MAPPING_DATABASE, keys, settings);
    }
}
