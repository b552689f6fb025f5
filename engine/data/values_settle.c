/* values_settle.c: questions that need the views of a reader who sees all: which unknown values are needed, and
 * whose archive a row belongs to.
 *
 * They are asked when all is corrected, since the conditions of columns.yaml read other columns of the row. */
#include "data/values_internal.h"

/* --- which values are needed -------------------------------------------------------------------------------------- */

/* The condition as it stands in columns.yaml, inside our own text. */
struct condition {
    const struct query_text *own;
    size_t from;
};

static struct place condition_place(const void *context, size_t offset) {
    const struct condition *condition = context;
    const struct query_text *own = condition->own;
    const size_t at = offset > condition->from ? offset - condition->from : 0;
    return own->place_of == NULL ? PLACE_NONE : own->place_of(own->context, at < own->sql.n ? at : own->sql.n);
}

/* SELECT keys, record's column, value FROM table WHERE (condition) AND not known to be right */
static struct query *ask_needed(struct values *values, const struct looked_table *table,
                                const struct looked_column *column, struct session *session, struct diags *diags) {
    struct condition *condition = ARENA_NEW(values->arena, struct condition);
    const struct str record = table->record == NULL ? STR_NONE : table->columns[table->record_column].name;
    struct buffer sql = {0};
    buffer_add(&sql, STR("SELECT "));
    sql_quote(&sql, column->name);
    buffer_add(&sql, STR(", "));
    if (record.n > 0) {
        sql_quote(&sql, record);
    } else {
        buffer_add(&sql, STR("NULL"));
    }
    for (size_t i = 0; i < table->key_count; i++) {
        buffer_add(&sql, STR(", "));
        sql_quote(&sql, table->keys[i]);
    }
    buffer_add(&sql, STR(" FROM "));
    sql_quote(&sql, table->name);
    buffer_add(&sql, STR(" WHERE (\n"));
    *condition = (struct condition){&column->rule->needed, sql.count};
    buffer_add(&sql, column->rule->needed.sql);
    buffer_add(&sql, STR("\n)"));
    const struct query_text text = {column->rule->needed.name, str_copy(values->arena, buffer_str(&sql)),
                                    condition_place, condition};
    buffer_release(&sql);
    return query_prepare(session, &text, diags);
}

static struct str words_of(struct values *values, const struct looked_table *table, const struct value *keys) {
    struct buffer words = {0};
    for (size_t i = 0; i < table->key_count; i++) {
        buffer_printf(&words, "%s%.*s %.*s", i == 0 ? "" : ", ", STR_ARG(table->keys[i]),
                      STR_ARG(value_text(values->arena, &keys[i])));
    }
    const struct str row = values_shown(values->arena, buffer_str(&words));
    buffer_release(&words);
    return row;
}

static struct value kept(struct arena *arena, const struct value *value) {
    struct value copy = *value;
    if (copy.kind == VALUE_TEXT || copy.kind == VALUE_BLOB) {
        copy.text = str_copy(arena, copy.text);
    }
    return copy;
}

/* An empty text that was read as unknown where it is needed is told once, as missing. */
static void drop_empty(struct values *values, size_t table, size_t column, struct str row) {
    for (size_t i = 0; i < values->finding_count; i++) {
        struct value_finding *finding = &values->findings[i];
        if (finding->code == DIAG_D502 && finding->table == table && finding->column == column &&
            str_eq(finding->row, row)) {
            finding->dropped = true;
        }
    }
}

static void add_missing(struct values *values, size_t t, size_t c, const struct value *cells) {
    const struct looked_table *table = &values->tables[t];
    struct looked_column *column = &table->columns[c];
    if (column->told[FIT_COUNT]++ >= FINDINGS_OF_COLUMN) {
        return;
    }
    const struct str row = words_of(values, table, cells + 2);
    if (column->seen[FIT_EMPTY] > 0) {
        drop_empty(values, t, c, row);
    }
    struct value_finding *finding = values_add_finding(values, DIAG_D515, t, c);
    finding->row = row;
    finding->record_key = kept(values->arena, &cells[1]);
}

static void settle_row(struct values *values, size_t t, size_t c, const struct value *cells) {
    char room[TIME_ROOM];
    struct str read;
    const struct looked_column *column = &values->tables[t].columns[c];
    const struct arena_mark mark = arena_mark(values->arena);
    const bool unknown = cells[0].kind == VALUE_NULL;
    const bool right = !unknown && value_judge(column, value_text(values->arena, &cells[0]), room, &read) == FIT_RIGHT;
    arena_release(values->arena, mark);
    values->missing += !right;
    if (unknown) {
        add_missing(values, t, c, cells);
    }
}

static bool settle_column(struct values *values, size_t t, size_t c, struct session *session, bool only_try,
                          struct diags *diags) {
    struct query *query = ask_needed(values, &values->tables[t], &values->tables[t].columns[c], session, diags);
    struct arena *scratch = arena_create();
    struct value *cells = ARENA_ARRAY(values->arena, struct value, values->tables[t].key_count + 2);
    bool failed = query == NULL;
    if (!failed && !only_try && query_begin(query, NULL)) {
        while (query_next(query, scratch, cells, &failed, STR_NONE, diags)) {
            settle_row(values, t, c, cells);
            arena_reset(scratch);
        }
    }
    if (query != NULL && !only_try) {
        query_finish(query);
    }
    arena_destroy(scratch);
    return !failed;
}

static bool may_be_missing(const struct looked_column *column) {
    size_t count = 0;
    for (size_t fit = FIT_UNKNOWN; fit < FIT_COUNT; fit++) {
        count += column->seen[fit];
    }
    return count > 0;
}

static bool settle_needed(struct values *values, struct session *session, bool try_all, struct diags *diags) {
    bool good = true;
    for (size_t t = 0; t < values->count; t++) {
        for (size_t c = 0; c < values->tables[t].count; c++) {
            const struct looked_column *column = &values->tables[t].columns[c];
            const bool needed = column->rule != NULL && column->rule->needed.sql.n > 0;
            const bool asked = needed && may_be_missing(column);
            if (asked || (needed && try_all)) {
                good = settle_column(values, t, c, session, !asked, diags) && good;
            }
        }
    }
    return good;
}

/* --- whose rows they are ------------------------------------------------------------------------------------------ */

/* The queries that lead from tables to archives, prepared when first asked, and their answers. */
struct records {
    struct values *values;
    struct session *session;
    struct diags *diags;
    struct query **queries; /* by record rule */
    struct strmap *known;   /* by record rule: the key's text → 1 + index in numbers */
    struct str *numbers;
    size_t count, capacity;
    bool good;
};

static struct query *prepare_record(struct records *records, size_t index) {
    const struct value_record *record = &records->values->rules->records[index];
    struct query *query = query_prepare(records->session, &record->query, records->diags);
    for (size_t i = 0; query != NULL && i < query_parameters(query); i++) {
        if (!sql_same(query_parameter(query, i), record->column)) {
            DIAG_ADD(records->diags, D325, record->place, record->query.name, query_parameter(query, i),
                     record->column);
            query = NULL;
        }
    }
    records->good = records->good && query != NULL;
    return query;
}

static struct str ask_record(struct records *records, size_t index, const struct value *key) {
    struct query *query = records->queries[index];
    struct value *parameters = ARENA_ARRAY(records->values->arena, struct value, query_parameters(query));
    struct rows rows;
    for (size_t i = 0; i < query_parameters(query); i++) {
        parameters[i] = *key;
    }
    if (!query_run(query, parameters, records->values->arena, &rows, STR_NONE, records->diags) || rows.count == 0 ||
        rows.columns == 0) {
        return STR_NONE;
    }
    return values_shown(records->values->arena, value_text(records->values->arena, &rows.cells[0]));
}

static void find_record(struct records *records, struct value_finding *finding) {
    struct values *values = records->values;
    const struct value_record *record = values->tables[finding->table].record;
    if (record == NULL || finding->record_key.kind == VALUE_NULL) {
        return;
    }
    const size_t index = (size_t)(record - values->rules->records);
    if (records->queries[index] == NULL) {
        return;
    }
    bool found;
    uint32_t *known = strmap_put(&records->known[index], value_text(values->arena, &finding->record_key), &found);
    if (!found) {
        ARENA_GROW(values->arena, records->numbers, records->count, records->capacity);
        records->numbers[records->count++] = ask_record(records, index, &finding->record_key);
        *known = (uint32_t)records->count;
    }
    finding->record = records->numbers[*known - 1];
}

static bool settle_records(struct values *values, struct session *session, struct diags *diags) {
    const size_t count = values->rules->record_count;
    struct records records = {.values = values, .session = session, .diags = diags, .good = true};
    records.queries = ARENA_ARRAY(values->arena, struct query *, count);
    records.known = ARENA_ARRAY(values->arena, struct strmap, count);
    for (size_t i = 0; i < count; i++) {
        strmap_init(&records.known[i], values->arena);
        records.queries[i] = prepare_record(&records, i);
    }
    for (size_t i = 0; i < values->finding_count; i++) {
        find_record(&records, &values->findings[i]);
    }
    return records.good;
}

static bool may_any_be_missing(const struct values *values) {
    for (size_t i = 0; i < values->numbered_count; i++) {
        if (values->numbered[i]->rule->needed.sql.n > 0 && may_be_missing(values->numbered[i])) {
            return true;
        }
    }
    return false;
}

bool values_need_session(const struct values *values) {
    return values->finding_count > 0 || may_any_be_missing(values);
}

/* Unreadable values in a column that is compared, where no condition tells which rows matter. */
static size_t count_lost(const struct values *values, size_t t, size_t c) {
    const struct looked_column *column = &values->tables[t].columns[c];
    const struct value_rule *rule = column->rule;
    size_t count = 0;
    if (rule == NULL || rule->form == VALUE_CODE || rule->only_printed || rule->needed.sql.n > 0) {
        return 0;
    }
    for (size_t i = 0; i < values->finding_count; i++) {
        count +=
            values->findings[i].code == DIAG_D516 && values->findings[i].table == t && values->findings[i].column == c;
    }
    return count + column->seen[FIT_WRONG] + column->seen[FIT_SERIAL];
}

bool values_settle(struct values *values, struct session *session, bool try_all, struct diags *diags) {
    bool good = settle_needed(values, session, try_all, diags);
    for (size_t t = 0; t < values->count; t++) {
        for (size_t c = 0; c < values->tables[t].count; c++) {
            values->missing += count_lost(values, t, c);
        }
    }
    if (values->finding_count > 0 || try_all) {
        good = settle_records(values, session, diags) && good;
    }
    return good;
}

size_t values_missing(const struct values *values) {
    return values->missing;
}
