/* values.c: every value that a rule is about is looked at; wrong ones are told with their rows. In three steps:
 *
 * 1. A table in which all is right passes by its pages (values_pages.c); others are counted in one statement (values_count.c).
 * 2. A table with anything wrong is read once more, row by row, for the findings: before anything is corrected.
 * 3. Then values that can only mean one thing are corrected (values_correct.c), and the rest is settled
 * (values_settle.c). */
#include "data/values_internal.h"

#include "base/nearest.h"
#include "base/utf8.h"

/* --- findings ----------------------------------------------------------------------------------------------------- */

struct value_finding *values_add_finding(struct values *values, enum diag_code code, size_t table, size_t column) {
    ARENA_GROW(values->arena, values->findings, values->finding_count, values->finding_capacity);
    struct value_finding *finding = &values->findings[values->finding_count++];
    *finding = (struct value_finding){.code = code, .table = table, .column = column};
    return finding;
}

struct str values_shown(struct arena *arena, struct str text) {
    enum { LONGEST = 60 }; /* characters */
    size_t at = 0;
    text = utf8_repair(arena, text);
    for (size_t count = 0; at < text.n && count < LONGEST; count++) {
        utf8_next(text, &at);
    }
    const struct str cut = str_slice(text, 0, at);
    return mask_apply(arena, MASK_TEXT, at < text.n ? str_join(arena, cut, STR("…")) : str_copy(arena, cut));
}

static struct str cell_text(sqlite3_stmt *statement, int cell) {
    const char *bytes = (const char *)sqlite3_column_text(statement, cell);
    return bytes == NULL ? STR("") : (struct str){bytes, (size_t)sqlite3_column_bytes(statement, cell)};
}

int values_add_keys(struct buffer *sql, const struct looked_table *table) {
    for (size_t i = 0; i < table->key_count; i++) {
        buffer_add(sql, i == 0 ? STR("") : STR(", "));
        sql_quote(sql, table->keys[i]);
    }
    if (table->key_count == 0) {
        buffer_add(sql, table->has_rowid_name ? STR("rowid") : STR("NULL"));
    }
    return table->key_count == 0 ? 1 : (int)table->key_count;
}

struct str values_row_words(struct values *values, const struct looked_table *table, sqlite3_stmt *statement,
                            int first) {
    struct buffer words = {0};
    for (size_t i = 0; i < table->key_count; i++) {
        buffer_printf(&words, "%s%.*s %.*s", i == 0 ? "" : ", ", STR_ARG(table->keys[i]),
                      STR_ARG(cell_text(statement, first + (int)i)));
    }
    if (table->key_count == 0 && table->has_rowid_name) {
        buffer_printf(&words, "rowid %.*s", STR_ARG(cell_text(statement, first)));
    }
    const struct str row = values_shown(values->arena, buffer_str(&words));
    buffer_release(&words);
    return row;
}

static struct value cell_value(struct arena *arena, sqlite3_stmt *statement, int cell) {
    switch (sqlite3_column_type(statement, cell)) {
    case SQLITE_INTEGER:
        return (struct value){.kind = VALUE_INTEGER, .integer = sqlite3_column_int64(statement, cell)};
    case SQLITE_TEXT:
        return (struct value){.kind = VALUE_TEXT, .text = str_copy(arena, cell_text(statement, cell))};
    default:
        return (struct value){.kind = VALUE_NULL};
    }
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

/* Appends the columns with a rule, and FROM main."table". */
static void add_columns(struct buffer *sql, const struct looked_table *table) {
    bool first = sql->bytes == NULL || sql->count == 0;
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].rule == NULL) {
            continue;
        }
        buffer_add(sql, first ? STR("SELECT ") : STR(", "));
        sql_quote(sql, table->columns[i].name);
        first = false;
    }
    buffer_add(sql, STR(" FROM main."));
    sql_quote(sql, table->name);
}

static bool has_rule(const struct looked_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].rule != NULL) {
            return true;
        }
    }
    return false;
}

static int prepare(sqlite3 *db, struct buffer *sql, sqlite3_stmt **statement) {
    const int code = sqlite3_prepare_v2(db, sql->bytes, (int)sql->count, statement, NULL);
    buffer_release(sql);
    return code;
}

static bool is_all_right(const struct looked_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        for (size_t fit = FIT_UNKNOWN + 1; fit < FIT_COUNT; fit++) {
            if (table->columns[i].seen[fit] > 0) {
                return false;
            }
        }
    }
    return true;
}

static enum diag_code code_of(const struct value_rule *rule, enum fit fit, struct str near) {
    switch (fit) {
    case FIT_READABLE:
        return DIAG_D501;
    case FIT_EMPTY:
        return DIAG_D502;
    case FIT_SERIAL:
        return DIAG_D512;
    case FIT_RIGHT:
    case FIT_UNKNOWN:
    case FIT_WRONG:
    case FIT_COUNT:
        break;
    }
    if (rule->form != VALUE_CODE) {
        return DIAG_D511;
    }
    return near.n > 0 ? DIAG_D513 : DIAG_D514;
}

static struct str near_code(const struct value_rule *rule, struct str text) {
    return rule->form == VALUE_CODE ? nearest_name(blanks_trim(text), rule->codes, rule->code_count) : STR_NONE;
}

struct detail {
    struct values *values;
    size_t table;
    sqlite3_stmt *statement;
    int keys, record, first; /* cells: how many keys, the record's or -1, the first with a rule */
};

static void add_detail(const struct detail *detail, size_t c, int cell) {
    struct values *values = detail->values;
    const struct looked_table *table = &values->tables[detail->table];
    struct looked_column *column = &table->columns[c];
    char room[TIME_ROOM];
    struct str read = STR_NONE;
    const enum fit fit = value_judge_cell(column, sqlite3_column_value(detail->statement, cell), room, &read);
    if (fit == FIT_RIGHT || fit == FIT_UNKNOWN || column->told[fit]++ >= FINDINGS_OF_COLUMN) {
        return;
    }
    const struct str text = cell_text(detail->statement, cell),
                     near = fit == FIT_WRONG ? near_code(column->rule, text) : STR_NONE;
    struct value_finding *finding = values_add_finding(values, code_of(column->rule, fit, near), detail->table, c);
    finding->row = values_row_words(values, table, detail->statement, 0);
    finding->value = values_shown(values->arena, text);
    finding->read = near.n > 0 ? near : str_copy(values->arena, read);
    if (detail->record >= 0) {
        finding->record_key = cell_value(values->arena, detail->statement, detail->record);
    }
}

static int detail_table(struct values *values, sqlite3 *db, size_t index) {
    const struct looked_table *table = &values->tables[index];
    struct detail detail = {.values = values, .table = index, .record = -1};
    struct buffer sql = {0};
    buffer_add(&sql, STR("SELECT "));
    detail.first = detail.keys = values_add_keys(&sql, table);
    if (table->record != NULL) {
        detail.record = detail.first++;
        buffer_add(&sql, STR(", "));
        sql_quote(&sql, table->columns[table->record_column].name);
    }
    add_columns(&sql, table);
    int code = prepare(db, &sql, &detail.statement);
    while (code == SQLITE_OK && (code = sqlite3_step(detail.statement)) == SQLITE_ROW) {
        int cell = detail.first;
        for (size_t c = 0; c < table->count; c++) {
            if (table->columns[c].rule != NULL) {
                add_detail(&detail, c, cell++);
            }
        }
        code = SQLITE_OK;
    }
    sqlite3_finalize(detail.statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int look(struct values *values, sqlite3 *db, bool details) {
    struct value_pages pages;
    const bool by_pages = values_pages_open(&pages, values->database, db, values->arena);
    int code = SQLITE_OK;
    for (size_t i = 0; i < values->count && code == SQLITE_OK; i++) {
        struct looked_table *table = &values->tables[i];
        if (!table->wanted || !has_rule(table) || (by_pages && values_pass_table(&pages, table))) {
            continue;
        }
        code = values_count_table(values, db, table);
        if (code == SQLITE_OK && details && !is_all_right(table)) {
            code = detail_table(values, db, i);
        }
    }
    return code;
}

/* The copy has no other connection; the file is read in the transaction that holds it. */
static int open_copy(const struct database *database, sqlite3 **db) {
    const int code = sqlite3_open_v2(database->uri, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                                     nameless_vfs());
    if (code == SQLITE_OK) {
        sqlite3_exec(*db, "PRAGMA mmap_size = 67108864", NULL, NULL, NULL);
    }
    return code;
}

struct values *values_look(struct database *database, const struct value_rules *rules, const struct value_scope *scope,
                           struct arena *arena, struct diags *diags) {
    struct values *values = ARENA_NEW(arena, struct values);
    *values = (struct values){.database = database, .rules = rules, .arena = arena};
    sqlite3 *own = NULL, *db = database->holder;
    int code = db == NULL ? open_copy(database, &own) : SQLITE_OK;
    db = own != NULL ? own : db;
    if (code == SQLITE_OK) {
        code = values_read_catalogue(values, db, scope);
    }
    if (code == SQLITE_OK && scope == NULL) {
        values_check_rules(values, db, diags);
    }
    if (code == SQLITE_OK) {
        code = values_count_begin(values, db);
    }
    if (code == SQLITE_OK) {
        code = look(values, db, scope == NULL);
    }
    values_count_end(db);
    if (code != SQLITE_OK) {
        database_tell(database, db, code, diags);
    }
    sqlite3_close(own);
    return code == SQLITE_OK ? values : NULL;
}

size_t values_readable(const struct values *values) {
    size_t count = 0;
    for (size_t i = 0; i < values->numbered_count; i++) {
        count += values->numbered[i]->seen[FIT_READABLE] + values->numbered[i]->seen[FIT_EMPTY];
    }
    return count;
}

size_t values_unreadable(const struct values *values) {
    size_t count = 0;
    for (size_t i = 0; i < values->numbered_count; i++) {
        if (!values->numbered[i]->rule->only_printed) {
            count += values->numbered[i]->seen[FIT_WRONG] + values->numbered[i]->seen[FIT_SERIAL];
        }
    }
    return count;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static struct str form_words(enum value_form form) {
    switch (form) {
    case VALUE_DAY:
        return BOTH("day", "日期");
    case VALUE_MONTH:
        return BOTH("month", "月份");
    case VALUE_MOMENT:
        return BOTH("moment", "时刻");
    case VALUE_ANY:
    case VALUE_CODE:
        break;
    }
    return STR_NONE;
}

static struct str form_example(enum value_form form) {
    return form == VALUE_DAY ? STR("2026-11-25") : form == VALUE_MONTH ? STR("2026-11") : STR("2026-11-25 08:30:00");
}

static void tell(const struct values *values, const struct value_finding *finding, struct diags *findings) {
    const struct looked_table *table = &values->tables[finding->table];
    const struct looked_column *column = &table->columns[finding->column];
    const struct value_rule *rule = column->rule;
    const struct str field =
        str_printf(values->arena, "%.*s.%.*s %.*s", STR_ARG(table->name), STR_ARG(column->name), STR_ARG(finding->row));
    struct str args[4] = {finding->value, finding->read};
    if (finding->code == DIAG_D511) {
        args[1] = form_words(rule->form);
        args[2] = form_example(rule->form);
    } else if (finding->code == DIAG_D513) {
        args[2] = names_joined(values->arena, rule->codes, rule->code_count, SIZE_MAX);
    } else if (finding->code == DIAG_D514) {
        args[2] = names_joined(values->arena, rule->codes, rule->code_count, SIZE_MAX);
    }
    diag_add(findings, finding->code, (struct place){.record = finding->record, .field = field}, args);
}

/* Tells how many there were beyond those kept. */
static void tell_rest(const struct values *values, const struct looked_table *table, struct diags *findings) {
    for (size_t c = 0; c < table->count; c++) {
        const struct looked_column *column = &table->columns[c];
        size_t rest = 0;
        for (size_t fit = 0; fit <= FIT_COUNT; fit++) {
            rest += column->told[fit] > FINDINGS_OF_COLUMN ? column->told[fit] - FINDINGS_OF_COLUMN : 0;
        }
        const struct str name = str_printf(values->arena, "%.*s.%.*s", STR_ARG(table->name), STR_ARG(column->name));
        if (rest > 0) {
            DIAG_ADD(findings, D518, ((struct place){.field = name}), str_int(values->arena, (int64_t)rest), name);
        }
    }
}

/* Column by column, so that findings with one cause stand together. */
void values_tell(const struct values *values, struct diags *findings) {
    for (size_t t = 0; t < values->count; t++) {
        for (size_t c = 0; values->finding_count > 0 && c < values->tables[t].count; c++) {
            for (size_t i = 0; values->tables[t].columns[c].rule != NULL && i < values->finding_count; i++) {
                if (values->findings[i].table == t && values->findings[i].column == c && !values->findings[i].dropped) {
                    tell(values, &values->findings[i], findings);
                }
            }
        }
        tell_rest(values, &values->tables[t], findings);
    }
}
