/* query.c: one SELECT, compiled once and run for each document.
 *
 * A query counts SQLite's steps and its rows: what needs more than any paper could is stopped and told. One that was
 * stopped for several documents in a row, without an answer between, would be so for all: it isn't asked again. Cells are
 * copied into the caller's arena by query_run, and lent until the next step by query_next. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "data/query.h"
#include "data/sql_words.h"

enum {
    STEPS_BETWEEN_LOOKS = 1000,
    STEPS_BETWEEN_CLOCKS = 10000,
    ROWS_MOST = 1000000,
    GATHERED_KEPT = 1 << 20,
    STOPS_MOST = 3
};
static const int64_t steps_most = 200000000;        /* some seconds */
static const size_t bytes_most = (size_t)1 << 30;   /* held at once */
static const int64_t asked_most = (int64_t)8 << 30; /* asked for altogether: work.c */
static const int64_t cpu_most_ns =
    INT64_C(120000000000); /* where neither shows what a function costs: nobody waits for so long */

/* --- compiling ---------------------------------------------------------------------------------------------------- */

/* True when what follows the statement is more than blanks, comments and semicolons. */
static bool goes_on(struct str sql, size_t end, struct sql_word *word) {
    while (sql_next(sql, &end, word)) {
        if (word->kind != SQL_SIGN || !str_is(word->text, ";")) {
            return true;
        }
    }
    return false;
}

static bool only_select(const struct query *query, const struct query_text *text, struct diags *diags) {
    sqlite3_stmt *statement = query->statement;
    if (sqlite3_stmt_readonly(statement) && !sqlite3_stmt_isexplain(statement) && sqlite3_column_count(statement) > 0) {
        return true;
    }
    struct sql_word word;
    size_t offset = 0;
    sql_next(text->sql, &offset, &word);
    DIAG_ADD(diags, D212, query_place(text, word.from, word.to), text->name, word.text);
    return false;
}

/* A name that nobody knows is found in no text, unless somebody came to know it. */
static bool knows_schema(const struct session *session, struct str sql) {
    const struct arena_mark mark = arena_mark(session->arena);
    const struct str folded = sql_fold(session->arena, sql);
    bool knows = str_find(folded, str_from(session->schema)) < folded.n;
    arena_release(session->arena, mark);
    return knows;
}

static bool compile(struct query *query, const struct query_text *text, struct diags *diags) {
    struct session *session = query->session;
    struct sql_word word;
    size_t offset = 0;
    const char *tail = NULL;
    if (!sql_next(text->sql, &offset, &word) || str_is(word.text, ";")) {
        DIAG_ADD(diags, D210, query_place(text, 0, 0), text->name);
        return false;
    }
    if (query_tell_verb(text, diags) || query_tell_clock(text, diags)) {
        return false;
    }
    if (knows_schema(session, text->sql)) {
        DIAG_ADD(diags, D213, query_place(text, 0, 0), text->name, STR("…"));
        return false;
    }
    session->denied = (struct denial){0};
    session->touched = 0;
    session->reads_own = session->reads_less = false;
    session->reads_none = STR_NONE;
    session->withheld_count = 0;
    const int code = sqlite3_prepare_v3(session->db, query->sql.p, (int)query->sql.n + 1, SQLITE_PREPARE_PERSISTENT,
                                        &query->statement, &tail);
    if (code != SQLITE_OK) {
        query_tell_error(session, text, code, diags);
        return false;
    }
    query->relations = session->touched;
    query->reads_own = session->reads_own;
    query->reads_less = session->reads_less;
    query->reads_none = session->reads_none;
    if (goes_on(query->sql, (size_t)(tail - query->sql.p), &word)) {
        DIAG_ADD(diags, D211, query_place(text, word.from, word.to), text->name);
        return false;
    }
    return only_select(query, text, diags);
}

/* A column of that name; one that was computed may come from it. */
static void note_withheld(struct query *query, size_t column) {
    struct session *session = query->session;
    if (session->withheld_count == 0 && !query->reads_less) {
        return;
    }
    if (query->withheld == NULL) {
        query->withheld = ARENA_ARRAY(session->arena, bool, query->column_count);
    }
    const bool computed = sqlite3_column_origin_name(query->statement, (int)column) == NULL;
    const struct str name = sql_fold(session->arena, query->columns[column]);
    query->withheld[column] =
        query->reads_less || computed || (session->withheld_count > 0 && strmap_get(&session->withheld, name) != NULL);
}

static void read_columns(struct query *query) {
    struct arena *arena = query->session->arena;
    query->column_count = (size_t)sqlite3_column_count(query->statement);
    query->columns = ARENA_ARRAY(arena, struct str, query->column_count);
    query->fields = ARENA_ARRAY(arena, struct str, query->column_count);
    for (size_t i = 0; i < query->column_count; i++) {
        query->columns[i] = str_copy(arena, str_from(sqlite3_column_name(query->statement, (int)i)));
        note_withheld(query, i);
        query->fields[i] = str_printf(arena, "%.*s.%.*s", STR_ARG(query->name), STR_ARG(query->columns[i]));
    }
}

/* :name alone: ?, @name and $name would be bound by nothing that a layout can name. */
static bool read_parameters(struct query *query, const struct query_text *text, struct diags *diags) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        if (word.kind != SQL_PARAMETER || word.text.p[0] == ':') {
            continue;
        }
        DIAG_ADD(diags, D215, query_place(text, word.from, word.to), text->name, word.text);
        return false;
    }
    query->parameter_count = (size_t)sqlite3_bind_parameter_count(query->statement);
    query->parameters = ARENA_ARRAY(query->session->arena, struct str, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        const char *name = sqlite3_bind_parameter_name(query->statement, (int)i + 1);
        query->parameters[i] = str_copy(query->session->arena, str_from(name + 1));
    }
    return true;
}

struct query *query_prepare(struct session *session, const struct query_text *text, struct diags *diags) {
    struct query *query = ARENA_NEW(session->arena, struct query);
    query->session = session;
    query->name = str_copy(session->arena, text->name);
    query->sql = (struct str){str_c(session->arena, text->sql), text->sql.n};
    query->place = query_place(text, 0, 0);
    if (!relations_make(session, query, diags) || !compile(query, text, diags) ||
        !read_parameters(query, text, diags)) {
        sqlite3_finalize(query->statement);
        return NULL;
    }
    read_columns(query);
    query->next = session->queries;
    session->queries = query;
    return query;
}

static const struct rows no_rows;

struct query *query_given(struct session *session, struct str name, const struct str *columns, size_t count) {
    struct query *query = ARENA_NEW(session->arena, struct query);
    *query = (struct query){.session = session,
                            .next = session->queries,
                            .name = str_copy(session->arena, name),
                            .columns = ARENA_ARRAY(session->arena, struct str, count),
                            .column_count = count,
                            .given = &no_rows};
    for (size_t i = 0; i < count; i++) {
        query->columns[i] = str_copy(session->arena, columns[i]);
    }
    session->queries = query;
    return query;
}

void query_give(struct query *query, const struct rows *rows) {
    query->given = rows != NULL ? rows : &no_rows;
}

void queries_finalize(struct session *session) {
    for (struct query *query = session->queries; query != NULL; query = query->next) {
        sqlite3_finalize(query->statement);
    }
    session->queries = NULL;
}

struct str query_name(const struct query *query) {
    return query->name;
}

size_t query_columns(const struct query *query) {
    return query->column_count;
}

struct str query_column(const struct query *query, size_t index) {
    return query->columns[index];
}

size_t query_find_column(const struct query *query, struct str name) {
    for (size_t i = 0; i < query->column_count; i++) {
        if (str_eq(query->columns[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t query_parameters(const struct query *query) {
    return query->parameter_count;
}

struct str query_parameter(const struct query *query, size_t index) {
    return query->parameters[index];
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static int64_t step_limit(const struct session *session) {
    const int64_t limit = session->database->options.step_limit;
    return limit > 0 ? limit : steps_most;
}

static int64_t cpu_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool takes_too_long(struct query *query) {
    if (query->cpu_before_ns == 0) {
        query->cpu_before_ns = cpu_ns();
    }
    return cpu_ns() - query->cpu_before_ns > cpu_most_ns;
}

/* SQLite calls it every so many steps of any statement; a value other than 0 stops that statement. */
static int look(void *context) {
    const struct session *session = context;
    struct query *query = session->running;
    if (query == NULL) {
        return 0;
    }
    query->steps += STEPS_BETWEEN_LOOKS;
    return query->steps > step_limit(session) || work_held() > (int64_t)bytes_most ||
           work_asked() - query->asked_before > asked_most ||
           (query->steps % STEPS_BETWEEN_CLOCKS == 0 && takes_too_long(query));
}

int query_install_limit(struct session *session) {
    sqlite3_progress_handler(session->db, STEPS_BETWEEN_LOOKS, look, session);
    return SQLITE_OK;
}

static struct place record_place(const struct query *query, struct str record) {
    struct place place = query->place;
    place.record = record;
    return place;
}

static void tell_stop(struct query *query, int code, struct str record, struct diags *diags) {
    struct session *session = query->session;
    struct arena *arena = session->arena;
    struct place place = record_place(query, record);
    struct str words = str_from(sqlite3_errmsg(session->db));
    switch (code & 0xFF) {
    case SQLITE_INTERRUPT:
        DIAG_ADD(diags, D221, place, query->name, str_int(arena, query->steps));
        query->stopped = true;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_IOERR:
        DIAG_ADD(diags, D225, place, query->name, words);
        break;
    default:
        DIAG_ADD(diags, D224, place, query->name, words);
    }
}

static int bind(sqlite3_stmt *statement, int index, const struct value *value, void (*lifetime)(void *)) {
    const struct str text = value->text;
    switch (value->kind) {
    case VALUE_NULL:
        return sqlite3_bind_null(statement, index);
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case VALUE_REAL:
        return sqlite3_bind_double(statement, index, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, index, text.n > 0 ? text.p : "", text.n, lifetime, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, index, text.n > 0 ? text.p : "", text.n, lifetime);
    }
    return SQLITE_MISUSE;
}

int query_bind(sqlite3_stmt *statement, int index, const struct value *value) {
    return bind(statement, index, value, SQLITE_STATIC);
}

static bool start(struct query *query, const struct value *parameters, void (*lifetime)(void *)) {
    query->steps = 0;
    query->asked_before = work_asked();
    query->cpu_before_ns = 0;
    query->rows = 0;
    query->bytes = 0;
    query->stopped = false;
    query->session->clock.asked = false;
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (bind(query->statement, (int)i + 1, &parameters[i], lifetime) != SQLITE_OK) {
            return false;
        }
    }
    return true;
}

static bool asked_time(struct query *query, struct str record, struct diags *diags) {
    if (!query->session->clock.asked) {
        return false;
    }
    query->session->clock.asked = false;
    DIAG_ADD(diags, D223, record_place(query, record), query->name);
    return true;
}

/* SQLITE_ROW, SQLITE_DONE, or SQLITE_ERROR when it was told. */
static int step(struct query *query, struct str record, struct diags *diags) {
    if (query->relations != 0 && !relations_fill(query->session, query, diags)) {
        return SQLITE_ERROR;
    }
    query->session->running = query;
    const int code = sqlite3_step(query->statement);
    query->session->running = NULL;
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        tell_stop(query, code, record, diags);
        return SQLITE_ERROR;
    }
    if (asked_time(query, record, diags)) {
        return SQLITE_ERROR;
    }
    if (code == SQLITE_ROW && ++query->rows > ROWS_MOST) {
        DIAG_ADD(diags, D222, record_place(query, record), query->name, str_int(query->session->arena, ROWS_MOST));
        query->stopped = true;
        return SQLITE_ERROR;
    }
    return code;
}

/* NUL can't be printed and would end the text in many a place. */
static struct str replace_nul(struct arena *arena, struct str text) {
    struct buffer out = {0};
    for (size_t i = 0; i < text.n; i++) {
        buffer_add(&out, text.p[i] == '\0' ? STR("\xEF\xBF\xBD") : str_slice(text, i, i + 1));
    }
    const struct str clean = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return clean;
}

static struct str clean(struct query *query, struct arena *arena, size_t column, struct str text, struct str record,
                        struct diags *diags) {
    struct place place = {.record = record, .field = query->fields[column]};
    if (utf8_first_invalid(text) < text.n) {
        DIAG_ADD(diags, D401, place, query->columns[column]);
        text = utf8_repair(arena, text);
    }
    if (memchr(text.p, '\0', text.n) != NULL) {
        DIAG_ADD(diags, D402, place, query->columns[column]);
        text = replace_nul(arena, text);
    }
    return text;
}

static void read_cell(struct query *query, size_t column, struct arena *arena, struct value *value, struct str record,
                      struct diags *diags) {
    sqlite3_stmt *statement = query->statement;
    const int index = (int)column;
    switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER:
        *value = (struct value){.kind = VALUE_INTEGER, .integer = sqlite3_column_int64(statement, index)};
        break;
    case SQLITE_FLOAT:
        *value = (struct value){.kind = VALUE_REAL, .real = sqlite3_column_double(statement, index)};
        break;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, index);
        const struct str s = {text == NULL ? "" : text, (size_t)sqlite3_column_bytes(statement, index)};
        *value = (struct value){.kind = VALUE_TEXT, .text = clean(query, arena, column, s, record, diags)};
        break;
    }
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_column_blob(statement, index);
        const struct str s = {bytes == NULL ? "" : bytes, (size_t)sqlite3_column_bytes(statement, index)};
        *value = (struct value){.kind = VALUE_BLOB, .text = s};
        break;
    }
    default:
        *value = (struct value){.kind = VALUE_NULL};
    }
}

static void read_row(struct query *query, struct arena *arena, struct value *cells, struct str record,
                     struct diags *diags) {
    for (size_t i = 0; i < query->column_count; i++) {
        read_cell(query, i, arena, &cells[i], record, diags);
    }
}

/* What SQLite lent becomes the arena's. */
static void keep_row(struct query *query, struct arena *arena, struct value *cells) {
    for (size_t i = 0; i < query->column_count; i++) {
        if (cells[i].kind != VALUE_TEXT && cells[i].kind != VALUE_BLOB) {
            continue;
        }
        cells[i].text = str_copy(arena, cells[i].text);
        query->bytes += cells[i].text.n;
    }
}

/* Rows are gathered outside the arena, where growing leaves nothing behind, and go into it when their number is known. */
static bool run(struct query *query, struct arena *arena, struct rows *out, struct str record, struct diags *diags) {
    struct buffer *gathered = &query->session->cells;
    const size_t row_bytes = query->column_count * sizeof(struct value);
    int code;
    *out = (struct rows){.columns = query->column_count};
    if (query->relations != 0 && !relations_fill(query->session, query, diags)) {
        return false; /* filling gathers rows too */
    }
    buffer_clear(gathered);
    while ((code = step(query, record, diags)) == SQLITE_ROW) {
        struct value *cells = (struct value *)(void *)buffer_reserve(gathered, row_bytes);
        gathered->count += row_bytes;
        read_row(query, arena, cells, record, diags);
        keep_row(query, arena, cells);
        out->count++;
        if (query->bytes > bytes_most) {
            DIAG_ADD(diags, D222, record_place(query, record), query->name, str_int(arena, (int64_t)out->count));
            query->stopped = true;
            return false;
        }
    }
    if (gathered->count > 0) {
        out->cells = arena_copy(arena, gathered->bytes, gathered->count);
    }
    if (gathered->capacity > GATHERED_KEPT) {
        buffer_release(gathered);
    }
    return code == SQLITE_DONE;
}

/* The query itself, or another of the same text while this one stands between begin and finish. */
static struct query *idle(struct query *query, struct diags *diags) {
    while (query != NULL && query->active) {
        if (query->spare == NULL) {
            struct query_text text = {.name = query->name, .sql = query->sql};
            query->spare = query_prepare(query->session, &text, diags);
        }
        query = query->spare;
    }
    return query;
}

bool query_run(struct query *query, const struct value *parameters, struct arena *arena, struct rows *out,
               struct str record, struct diags *diags) {
    struct query *asked = query;
    if (asked->given != NULL) {
        *out = *asked->given;
        return true;
    }
    if (asked->stops == STOPS_MOST) {
        DIAG_ADD(diags, D226, query->place, query->name, str_int(arena, STOPS_MOST));
        return false;
    }
    query = idle(asked, diags);
    if (query == NULL) {
        return false;
    }
    bool done = false;
    if (start(query, parameters, SQLITE_STATIC)) {
        done = run(query, arena, out, record, diags);
    } else {
        tell_stop(query, sqlite3_errcode(query->session->db), record, diags);
    }
    sqlite3_reset(query->statement);
    asked->stops = query->stopped ? asked->stops + 1 : 0;
    return done;
}

bool query_begin(struct query *query, const struct value *parameters) {
    assert(!query->active && "one begin at a time; query_run may be called meanwhile");
    query->active = start(query, parameters, SQLITE_TRANSIENT);
    return query->active;
}

bool query_next(struct query *query, struct arena *arena, struct value *cells, bool *failed, struct str record,
                struct diags *diags) {
    const int code = step(query, record, diags);
    *failed = code == SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        read_row(query, arena, cells, record, diags);
    }
    return code == SQLITE_ROW;
}

void query_finish(struct query *query) {
    sqlite3_reset(query->statement);
    query->active = false;
}
