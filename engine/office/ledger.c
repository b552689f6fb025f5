/* ledger.c: the journal's file: opened and read through, mended, continued, written. */
#include "office/ledger.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

static bool failed(struct ledger *ledger, struct str why) {
    DIAG_ADD(ledger->diags, J107, PLACE_NONE, str_from(ledger->path), why);
    return false;
}

static const char *beside(struct arena *arena, const char *database) {
    const char *slash = strrchr(database, '/');
    const struct str folder = slash == NULL ? STR("") : (struct str){database, (size_t)(slash - database) + 1};
    return str_c(arena, str_printf(arena, "%.*sjournal.db", STR_ARG(folder)));
}

/* --- making ------------------------------------------------------------------------------------------------------- */

/* A new, empty journal that nobody else may read, open. */
static struct sql *create(struct ledger *ledger, const char *path) {
    const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || close(fd) != 0) {
        failed(ledger, diag_errno(errno));
        return NULL;
    }
    const struct sql_value key = {":key", key_name(ledger->arena, &ledger->key)};
    struct sql *db = sql_open(path, SQL_WRITE);
    if (sql_fault(db) != SQL_FINE || !sql_begin(db) || !sql_run(db, ledger_schema, NULL, 0) ||
        !sql_run(db, "INSERT INTO chain VALUES(:key)", &key, 1) || !sql_commit(db)) {
        failed(ledger, sql_error(db));
        sql_close(db);
        return NULL;
    }
    return db;
}

static struct str now(struct arena *arena) {
    const time_t clock = time(NULL);
    struct tm t;
    localtime_r(&clock, &t);
    return str_printf(arena, "%04d-%02d-%02d %02d:%02d:%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                      t.tm_min, t.tm_sec);
}

static struct str user(struct arena *arena) {
    const struct passwd *entry = getpwuid(geteuid());
    return entry != NULL ? str_copy(arena, str_from(entry->pw_name)) : str_int(arena, geteuid());
}

static void sign(struct arena *arena, struct ledger_entry *entries, size_t count) {
    const struct str at = now(arena), who = user(arena);
    for (size_t i = 0; i < count; i++) {
        entries[i].cells[LEDGER_at] = at;
        entries[i].cells[LEDGER_user] = who;
    }
}

/* --- mending ------------------------------------------------------------------------------------------------------ */

static bool copy_good(struct ledger *ledger, struct sql *from, struct sql *to, int64_t good, struct str *head) {
    const struct str sql = str_printf(ledger->arena, "SELECT id, %s FROM entry WHERE id <= %lld ORDER BY id",
                                      ledger_columns, (long long)good);
    struct statement *row = good == 0 ? NULL : sql_statement(from, str_c(ledger->arena, sql));
    bool fine = good == 0 || row != NULL;
    while (fine && row != NULL && statement_next(row)) {
        struct ledger_entry entry;
        ledger_read(ledger->arena, row, 1, &entry);
        fine = ledger_write(ledger->arena, to, &ledger->key, head, &entry, 1);
    }
    return fine;
}

/* Numbers behind the break: they may be on a paper, so that nobody gets them again. */
static bool keep_numbers(struct ledger *ledger, struct sql *from, struct sql *to, int64_t good, struct str *head) {
    const struct str sql = str_printf(
        ledger->arena,
        "SELECT max(issuer), word, year, max(CAST(no AS INTEGER)) FROM entry WHERE id > %lld AND no IS NOT NULL"
        " GROUP BY word, year ORDER BY word, year",
        (long long)good);
    size_t rows = 0, columns = 0;
    const struct str *cells = sql_rows(from, ledger->arena, str_c(ledger->arena, sql), NULL, 0, &rows, &columns);
    bool fine = true;
    for (size_t i = 0; i < rows && fine; i++, cells += columns) {
        struct ledger_entry entry = {.cells = {[LEDGER_issuer] = cells[0],
                                               [LEDGER_word] = cells[1],
                                               [LEDGER_year] = cells[2],
                                               [LEDGER_no] = cells[3],
                                               [LEDGER_act] = STR("跳号")}};
        sign(ledger->arena, &entry, 1);
        fine = ledger_write(ledger->arena, to, &ledger->key, head, &entry, 1);
    }
    return fine;
}

/* A second name for the file that is put aside, so that there is no moment without it. */
static struct str put_aside(struct ledger *ledger) {
    struct str name = STR_NONE;
    for (int n = 1; n < 1000; n++) {
        name = str_printf(ledger->arena, "%s.damaged-%d", ledger->path, n);
        if (link(ledger->path, str_c(ledger->arena, name)) == 0) {
            return name;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    failed(ledger, diag_errno(errno));
    return STR_NONE;
}

/* The good entries go on in a new file; `from` may be NULL: the journal is gone. */
static bool go_on(struct ledger *ledger, struct sql *from, int64_t good, struct str aside) {
    const char *path = str_c(ledger->arena, str_printf(ledger->arena, "%s.new", ledger->path));
    struct ledger_entry entry = {0};
    struct str head = STR("");
    struct sql *to = create(ledger, path);
    if (to == NULL) {
        return false;
    }
    entry.cells[LEDGER_act] = STR("续记");
    entry.cells[LEDGER_why] = aside;
    sign(ledger->arena, &entry, 1);
    bool fine = sql_begin(to) && (from == NULL || copy_good(ledger, from, to, good, &head)) &&
                ledger_write(ledger->arena, to, &ledger->key, &head, &entry, 1) &&
                (from == NULL || keep_numbers(ledger, from, to, good, &head)) && sql_commit(to);
    const struct str why = str_copy(ledger->arena, sql_error(to));
    sql_close(to);
    const int error = fine ? file_put_in_place(path, ledger->path) : 0;
    if (!fine || error != 0) {
        unlink(path);
        return failed(ledger, fine ? diag_errno(error) : why);
    }
    return true;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool connect(struct ledger *ledger) {
    ledger->db = sql_open(ledger->path, SQL_WRITE);
    return sql_fault(ledger->db) == SQL_FINE || failed(ledger, sql_error(ledger->db));
}

int64_t ledger_number(struct ledger *ledger, const char *sql, const struct str *values, size_t count) {
    static const char *const names[] = {"?1", "?2", "?3", "?4"};
    struct sql_value given[sizeof names / sizeof *names];
    assert(count <= sizeof names / sizeof *names);
    for (size_t i = 0; i < count; i++) {
        given[i] = (struct sql_value){names[i], values[i]};
    }
    return ledger->db == NULL ? 0 : sql_number(ledger->db, sql, given, count);
}

/* Another key chained it? A file that can't be read is not judged here. */
static bool is_ours(struct ledger *ledger) {
    const struct str name = key_name(ledger->arena, &ledger->key);
    if (ledger_number(ledger, "SELECT count(*) FROM chain WHERE key <> ?1", &name, 1) == 0) {
        return true;
    }
    DIAG_ADD(ledger->diags, J102, PLACE_NONE, str_from(ledger->path),
             str_from(key_path(ledger->arena, ledger->database)));
    return false;
}

static enum office_end get_key(struct ledger *ledger, bool there, bool make) {
    const size_t told = ledger->diags->count;
    if (key_read(ledger->arena, ledger->database, &ledger->key, ledger->diags)) {
        return OFFICE_DONE;
    }
    if (ledger->diags->count > told) {
        return OFFICE_INPUT;
    }
    if (there) {
        DIAG_ADD(ledger->diags, J103, PLACE_NONE, str_from(ledger->path),
                 str_from(key_path(ledger->arena, ledger->database)));
        return OFFICE_INPUT;
    }
    return !make || key_make(ledger->arena, ledger->database, &ledger->key, ledger->diags) ? OFFICE_DONE
                                                                                           : OFFICE_NO_WRITE;
}

static enum office_end begin_anew(struct ledger *ledger, int64_t seen) {
    if (seen > 0) {
        DIAG_ADD(ledger->diags, J106, PLACE_NONE, str_from(ledger->path), str_int(ledger->arena, 0),
                 str_int(ledger->arena, seen));
        return go_on(ledger, NULL, 0, STR_NONE) && connect(ledger) ? OFFICE_DONE : OFFICE_NO_WRITE;
    }
    ledger->db = create(ledger, ledger->path);
    return ledger->db != NULL ? OFFICE_DONE : OFFICE_NO_WRITE;
}

static enum office_end mend(struct ledger *ledger, int64_t good) {
    const struct str aside = put_aside(ledger);
    if (aside.p == NULL || !go_on(ledger, ledger->db, good, aside)) {
        return OFFICE_NO_WRITE;
    }
    sql_close(ledger->db);
    return connect(ledger) ? OFFICE_DONE : OFFICE_NO_WRITE;
}

static void look(struct ledger *ledger) {
    bool whole;
    ledger->count = ledger_verify(ledger->arena, ledger->db, &ledger->key, &whole, &ledger->head, 0, NULL);
    ledger->from = ledger_number(ledger, "SELECT min(first) FROM pending", NULL, 0);
    ledger->to = ledger_number(ledger, "SELECT max(last) FROM pending", NULL, 0);
}

/* The rest of the file: whose it is, and what is pending. */
static bool can_be_read(struct ledger *ledger) {
    const struct str name = key_name(ledger->arena, &ledger->key);
    return ledger_number(ledger, "SELECT count(*) FROM chain WHERE key = ?1", &name, 1) == 1 &&
           ledger_number(ledger, "SELECT 1 + count(*) FROM pending", NULL, 0) > 0;
}

static enum office_end examine(struct ledger *ledger, int64_t seen_count, struct str seen_head, bool make) {
    struct str head_then = STR("");
    bool whole = true;
    const int64_t good =
        ledger_verify(ledger->arena, ledger->db, &ledger->key, &whole, &ledger->head, seen_count, &head_then);
    whole = whole && can_be_read(ledger);
    const bool cut = whole && seen_count > 0 && !str_eq(head_then, seen_head);
    enum office_end end = OFFICE_DONE;
    if (!whole) {
        DIAG_ADD(ledger->diags, J105, PLACE_NONE, str_from(ledger->path), str_int(ledger->arena, good + 1));
    } else if (cut) {
        DIAG_ADD(ledger->diags, J106, PLACE_NONE, str_from(ledger->path), str_int(ledger->arena, good),
                 str_int(ledger->arena, seen_count));
    }
    if (make && (!whole || cut)) {
        end = mend(ledger, good);
    }
    if (end == OFFICE_DONE) {
        look(ledger);
    }
    return end;
}

enum office_end ledger_open(struct ledger *ledger, struct arena *arena, const char *path, const char *database,
                            int64_t seen_count, struct str seen_head, bool make, struct diags *diags) {
    *ledger = (struct ledger){.arena = arena, .diags = diags, .database = database, .head = STR("")};
    ledger->path = path != NULL ? path : beside(arena, database);
    const bool there = access(ledger->path, F_OK) == 0;
    if (!there && !make) {
        return OFFICE_DONE;
    }
    enum office_end end = get_key(ledger, there, make);
    if (end != OFFICE_DONE) {
        return end;
    }
    if (!there) {
        end = begin_anew(ledger, seen_count);
        if (end == OFFICE_DONE) {
            look(ledger);
        }
        return end;
    }
    if (!connect(ledger) || !is_ours(ledger)) {
        return OFFICE_INPUT;
    }
    return examine(ledger, seen_count, seen_head, make);
}

/* --- writing and asking ------------------------------------------------------------------------------------------- */

/* Under the lock: another program may have written since. */
static void catch_up(struct ledger *ledger) {
    struct statement *row = sql_statement(ledger->db, "SELECT id, mac FROM entry ORDER BY id DESC LIMIT 1");
    if (row != NULL && statement_next(row)) {
        ledger->count = statement_int(row, 0);
        ledger->head = str_copy(ledger->arena, statement_text(row, 1));
        statement_reset(row);
    }
}

static bool append(struct ledger *ledger, struct ledger_entry *entries, size_t count, bool pends) {
    if (count == 0) {
        return true;
    }
    sign(ledger->arena, entries, count);
    if (!sql_begin(ledger->db)) {
        return failed(ledger, sql_error(ledger->db));
    }
    catch_up(ledger);
    struct str head = ledger->head;
    const int64_t from = ledger->count + 1, to = ledger->count + (int64_t)count;
    const struct str pending =
        str_printf(ledger->arena, "INSERT INTO pending VALUES(%lld, %lld)", (long long)from, (long long)to);
    const bool written = ledger_write(ledger->arena, ledger->db, &ledger->key, &head, entries, count) &&
                         (!pends || sql_script(ledger->db, pending, NULL, 0)) && sql_commit(ledger->db);
    if (!written) {
        failed(ledger, sql_error(ledger->db));
        sql_roll_back(ledger->db);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        entries[i].id = from + (int64_t)i;
    }
    ledger->head = head;
    ledger->count = to;
    if (pends) {
        ledger->from = ledger->from > 0 ? ledger->from : from;
        ledger->to = to;
    }
    return true;
}

bool ledger_append(struct ledger *ledger, struct ledger_entry *entries, size_t count) {
    return append(ledger, entries, count, true);
}

bool ledger_note(struct ledger *ledger, struct ledger_entry *entries, size_t count) {
    return append(ledger, entries, count, false);
}

struct ledger_entry *ledger_entries(struct ledger *ledger, const char *condition, struct str value, size_t *count) {
    const struct str sql =
        str_printf(ledger->arena, "SELECT id, %s FROM entry WHERE %s ORDER BY id", ledger_columns, condition);
    struct ledger_entry *entries = NULL;
    size_t capacity = 0;
    struct statement *row = ledger->db != NULL ? sql_statement(ledger->db, str_c(ledger->arena, sql)) : NULL;
    *count = 0;
    if (row != NULL) {
        statement_bind_text(row, 1, value);
    }
    while (row != NULL && statement_next(row)) {
        ARENA_GROW(ledger->arena, entries, *count, capacity);
        ledger_read(ledger->arena, row, 1, &entries[(*count)++]);
    }
    return entries;
}

bool ledger_settle(struct ledger *ledger) {
    if (!sql_run(ledger->db, "DELETE FROM pending", NULL, 0)) {
        return failed(ledger, sql_error(ledger->db));
    }
    ledger->from = ledger->to = 0;
    return true;
}

void ledger_close(struct ledger *ledger) {
    sql_close(ledger->db);
    ledger->db = NULL;
}
