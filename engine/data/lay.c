/* lay.c: the views of a session are laid: first ours, over the tables, then the database's own.
 *
 * The text of a view comes from a file that anybody may have written.
 *
 * - The authorizer stands already; of such a text it lets the view of its own name be made, and nothing else.
 * - The text is prepared as one statement; anything behind it is refused before any of it has run.
 * - It can't name the tables under the views.
 *
 * Its SELECT isn't run here, but by queries, as part of them. */
#include "data/query.h"

#include <string.h>

#include "data/sql_words.h"

/* SQLite keeps a view's text from its name on, behind "CREATE VIEW ". */
static const struct str create_view = STR_INIT("CREATE VIEW ");

static void tell(const struct table *view, struct str words, struct diags *diags) {
    DIAG_ADD(diags, D312, PLACE_NONE, view->name, words);
}

/* The first word behind the statement; STR_NONE: there is none. */
static struct str goes_on(const char *tail) {
    struct sql_word word;
    size_t offset = 0;
    while (sql_next(str_from(tail), &offset, &word)) {
        if (!str_is(word.text, ";")) {
            return word.text;
        }
    }
    return STR_NONE;
}

static bool prepare_view(struct session *session, const struct table *view, struct str sql, sqlite3_stmt **out,
                         struct diags *diags) {
    const char *tail = "";
    session->denied = (struct denial){0};
    session->laying = view;
    const int code = sqlite3_prepare_v2(session->db, sql.p, (int)sql.n, out, &tail);
    session->laying = NULL;
    const struct str more = code == SQLITE_OK ? goes_on(tail) : STR_NONE;
    if (code == SQLITE_OK && *out != NULL && more.n == 0) {
        return true;
    }
    const struct str denied = session->denied.name;
    tell(view,
         more.n > 0                            ? more
         : code == SQLITE_AUTH && denied.n > 0 ? denied
                                               : str_from(sqlite3_errmsg(session->db)),
         diags);
    return false;
}

static bool lay_own_view(struct session *session, const struct table *view, struct diags *diags) {
    if (!str_starts(view->sql, create_view) || str_find(view->sql, str_from(session->schema)) < view->sql.n) {
        tell(view, str_slice(view->sql, 0, create_view.n), diags);
        return false;
    }
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    buffer_add(&sql, STR("CREATE TEMP VIEW "));
    buffer_add(&sql, str_slice(view->sql, create_view.n, view->sql.n));
    buffer_byte(&sql, '\0');
    bool good = prepare_view(session, view, buffer_str(&sql), &statement, diags);
    if (good && sqlite3_step(statement) != SQLITE_DONE) {
        tell(view, str_from(sqlite3_errmsg(session->db)), diags);
        good = false;
    }
    sqlite3_finalize(statement);
    buffer_release(&sql);
    return good;
}

/* Our own text, so the authorizer lets it pass. It fails only where privacy.yaml holds SQL. */
static bool lay_table(struct session *session, const struct table *table, struct diags *diags) {
    struct buffer sql = {0};
    view_of_table(session, table, &sql);
    buffer_byte(&sql, '\0');
    session->trusted = true;
    const int code = sqlite3_exec(session->db, sql.bytes, NULL, NULL, NULL);
    session->trusted = false;
    buffer_release(&sql);
    if (code != SQLITE_OK && view_check(session, table, diags)) {
        database_tell(session->database, session->db, code, diags);
    }
    return code == SQLITE_OK;
}

static bool lay_all(struct session *session, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < session->table_count; i++) {
        if (!session->tables[i].is_view) {
            good = view_is_sound(session, &session->tables[i], diags) &&
                   lay_table(session, &session->tables[i], diags) && good;
        }
    }
    for (size_t i = 0; i < session->table_count && good; i++) {
        if (session->tables[i].is_view) {
            good = lay_own_view(session, &session->tables[i], diags);
        }
    }
    for (size_t i = 0; i < session->table_count && good; i++) {
        if (!session->tables[i].is_view) {
            good = view_check(session, &session->tables[i], diags);
        }
    }
    return good;
}

bool views_lay(struct session *session, struct diags *diags) {
    session->trusted = true;
    int code = sqlite3_exec(session->db, "SAVEPOINT laying", NULL, NULL, NULL);
    session->trusted = false;
    code = code == SQLITE_OK ? own_make_tables(session) : code;
    bool good = code == SQLITE_OK && lay_all(session, diags);
    session->trusted = true;
    if (good) {
        code = sqlite3_exec(session->db, "RELEASE laying", NULL, NULL, NULL);
    }
    session->trusted = false;
    if (code != SQLITE_OK) {
        database_tell(session->database, session->db, code, diags);
    }
    return good && code == SQLITE_OK;
}
