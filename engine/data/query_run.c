/* query_run.c: a query is run: parameters in, rows out, within limits.
 *
 *     query_run    start ─► step … ─► rows gathered on the heap ─► copied into the caller's arena when their count is known
 *     query_begin  start;  query_next  step ─► cells lent until the next step;  query_finish
 *
 * A query that needs more steps, memory, time or rows than any paper could is stopped and told. One stopped in
 * STOPS_MOST runs without an answer between would be stopped in all: it isn't run again.
 *
 * 1. One begin at a time. query_run of a query that stands between begin and finish uses another of the same text
 * (spare).
 * 2. The progress handler counts for one query of the session at a time: session->running.
 * 3. What is run only reads, also when SQLite has compiled it anew. */
#include "data/asked_internal.h"
#include "data/value.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum {
    STEPS_BETWEEN_LOOKS = 1000,
    STEPS_BETWEEN_CLOCKS = 10000,
    ROWS_MOST = 1000000,
    GATHERED_KEPT = 1 << 20,
    STOPS_MOST = 3
};
static const int64_t steps_most = 200000000;        /* some seconds */
static const size_t bytes_most = (size_t)1 << 30;   /* held at once */
static const int64_t asked_most = (int64_t)8 << 30; /* asked for in all, freed or not: work.c */
/* Where neither steps nor memory show the cost of a function: nobody waits two minutes. */
static const int64_t cpu_most_ns =
    INT64_C(120000000000); /* where neither shows what a function costs: nobody waits for so long */

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

/* The progress handler: SQLite calls it every STEPS_BETWEEN_LOOKS steps of any statement; other than 0 stops that
 * one. */
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

static bool start(struct query *query, const struct value *parameters, void (*lifetime)(void *)) {
    query->steps = 0;
    query->asked_before = work_asked();
    query->cpu_before_ns = 0;
    query->rows = 0;
    query->bytes = 0;
    query->stopped = false;
    query->session->clock.asked = false;
    assert(sqlite3_stmt_readonly(query->statement)); /* invariant 3 */
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (value_bind(query->statement, (int)i + 1, &parameters[i], lifetime) != SQLITE_OK) {
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

/* SQLITE_ROW, SQLITE_DONE, or SQLITE_ERROR, which was told. */
static int step(struct query *query, struct str record, struct diags *diags) {
    if (query->relations != 0 && !relations_fill(query->session, query, diags)) {
        return SQLITE_ERROR;
    }
    assert(query->session->running == NULL); /* invariant 2 */
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
    *value = value_of(sqlite3_column_value(query->statement, (int)column));
    if (value->kind == VALUE_TEXT) {
        value->text = clean(query, arena, column, value->text, record, diags);
    }
}

static void read_row(struct query *query, struct arena *arena, struct value *cells, struct str record,
                     struct diags *diags) {
    for (size_t i = 0; i < query->column_count; i++) {
        read_cell(query, i, arena, &cells[i], record, diags);
    }
}

/* Copies text that SQLite lent into the arena. */
static void keep_row(struct query *query, struct arena *arena, struct value *cells) {
    for (size_t i = 0; i < query->column_count; i++) {
        if (cells[i].kind != VALUE_TEXT && cells[i].kind != VALUE_BLOB) {
            continue;
        }
        cells[i].text = str_copy(arena, cells[i].text);
        query->bytes += cells[i].text.n;
    }
}

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

/* The query itself, or its spare while it stands between begin and finish (invariant 1). */
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

/* Text with bytes that are none, or with NUL, is never equal to what query_run makes of it. */
static void add_cells(struct query *query, struct buffer *cells) {
    for (size_t i = 0; i < query->column_count; i++) {
        const struct value value = value_of(sqlite3_column_value(query->statement, (int)i));
        asked_add_value(cells, &value);
    }
}

bool query_answer(struct query *query, const struct value *parameters, struct buffer *cells, struct hash *answer) {
    struct diags unheard;
    struct arena *scratch = arena_create();
    diags_init(&unheard, scratch);
    assert(query->given == NULL);
    struct query *asked = query;
    query = idle(asked, &unheard);
    int code = SQLITE_ERROR;
    if (query != NULL && relations_try(query->session, query) && start(query, parameters, SQLITE_STATIC)) {
        buffer_clear(cells);
        while ((code = step(query, STR_NONE, &unheard)) == SQLITE_ROW) {
            add_cells(query, cells);
        }
        *answer = hash_bytes(cells->bytes, cells->count);
    }
    if (query != NULL) {
        sqlite3_reset(query->statement);
    }
    asked->stops = code == SQLITE_DONE ? 0 : asked->stops;
    arena_destroy(scratch);
    return code == SQLITE_DONE && unheard.count == 0;
}

bool query_begin(struct query *query, const struct value *parameters) {
    assert(!query->active && "one begin at a time; query_run may be called meanwhile"); /* invariant 1 */
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
