/* lay.c: the views of a session are laid: ours, over the tables, and the database's own.
 *
 * A view is laid when a text that names it is about to be compiled, and then those that it names itself, so that a run pays for no table
 * that it doesn't read. Every word of a text that is the name of something counts: rather one view too many. A name in quotation marks
 * that holds such marks isn't found so: those few views are laid from the beginning.
 *
 * The text of a view comes from a file that anybody may have written.
 *
 * - The authorizer stands already; of such a text it lets the view of its own name be made, and nothing else.
 * - The text is prepared as one statement; anything behind it is refused before any of it has run.
 * - It can't name the tables under the views.
 *
 * Its SELECT isn't run here, but by queries, as part of them. Whether it is one plain view is seen by its words when the session is opened,
 * so that an altered database is told whatever a run reads of it. */
#include "data/query.h"

#include "data/sql_words.h"

/* SQLite keeps a view's text from its name on, behind "CREATE VIEW ". */
static const struct str create_view = STR_INIT("CREATE VIEW ");

static void tell(const struct table *view, struct str words, struct diags *diags) {
    DIAG_ADD(diags, D312, PLACE_NONE, view->name, words);
}

/* The first word from there on that isn't ";"; STR_NONE: there is none. */
static struct str goes_on(struct str sql, size_t offset) {
    struct sql_word word;
    while (sql_next(sql, &offset, &word)) {
        if (!sql_is_sign(&word, ';')) {
            return word.text;
        }
    }
    return STR_NONE;
}

/* A name that may be spelt otherwise between quotation marks. */
static bool is_marked(struct str name) {
    return str_find_byte(name, '"') < name.n || str_find_byte(name, '\'') < name.n || str_find_byte(name, '`') < name.n;
}

/* --- before anything is laid -------------------------------------------------------------------------------------- */

/* The view of its own name, and nothing behind it. */
static bool is_plain(const struct session *session, const struct table *view, struct diags *diags) {
    struct sql_word name = {0}, word;
    size_t offset = create_view.n;
    if (!str_starts(view->sql, create_view) || str_find(view->sql, str_from(session->schema)) < view->sql.n) {
        tell(view, str_slice(view->sql, 0, create_view.n), diags);
        return false;
    }
    if (!sql_next(view->sql, &offset, &name) || (!is_marked(view->name) && !sql_same(name.text, view->name))) {
        tell(view, name.text, diags);
        return false;
    }
    while (sql_next(view->sql, &offset, &word) && !sql_is_sign(&word, ';')) {
    }
    const struct str more = goes_on(view->sql, offset);
    if (more.n > 0) {
        tell(view, more, diags);
    }
    return more.n == 0;
}

static bool check_all(struct session *session, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < session->table_count; i++) {
        good = (session->tables[i].is_view || view_is_sound(session, &session->tables[i], diags)) && good;
    }
    for (size_t i = 0; i < session->table_count && good; i++) {
        good = !session->tables[i].is_view || is_plain(session, &session->tables[i], diags);
    }
    for (size_t i = 0; i < session->table_count && good; i++) {
        good = session->tables[i].is_view || view_check(session, &session->tables[i], diags);
    }
    for (size_t i = 0; i < session->table_count && good; i++) {
        good = !is_marked(session->tables[i].name) || view_lay(session, &session->tables[i], diags);
    }
    return good;
}

bool views_check(struct session *session, struct diags *diags) {
    const int code = own_make_tables(session);
    if (code != SQLITE_OK) {
        database_tell(session->database, session->db, code, diags);
    }
    return code == SQLITE_OK && check_all(session, diags);
}

/* --- laying ------------------------------------------------------------------------------------------------------- */

static bool prepare_view(struct session *session, const struct table *view, struct str sql, sqlite3_stmt **out,
                         struct diags *diags) {
    const char *tail = "";
    session->denied = (struct denial){0};
    session->laying = view;
    const int code = sqlite3_prepare_v2(session->db, sql.p, (int)sql.n, out, &tail);
    session->laying = NULL;
    const struct str more = code == SQLITE_OK ? goes_on(str_from(tail), 0) : STR_NONE;
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

static bool lay_own_view(struct session *session, const struct table *view, struct buffer *sql, struct diags *diags) {
    sqlite3_stmt *statement = NULL;
    buffer_add(sql, STR("CREATE TEMP VIEW "));
    buffer_add(sql, str_slice(view->sql, create_view.n, view->sql.n));
    buffer_byte(sql, '\0');
    bool good = prepare_view(session, view, buffer_str(sql), &statement, diags);
    if (good && sqlite3_step(statement) != SQLITE_DONE) {
        tell(view, str_from(sqlite3_errmsg(session->db)), diags);
        good = false;
    }
    sqlite3_finalize(statement);
    return good;
}

/* Our own text, so the authorizer lets it pass. */
static bool lay_table(struct session *session, const struct table *table, struct buffer *sql, struct diags *diags) {
    view_of_table(session, table, sql);
    buffer_byte(sql, '\0');
    session->trusted = true;
    const int code = sqlite3_exec(session->db, sql->bytes, NULL, NULL, NULL);
    session->trusted = false;
    if (code != SQLITE_OK) {
        database_tell(session->database, session->db, code, diags);
    }
    return code == SQLITE_OK;
}

bool view_lay(struct session *session, const struct table *table, struct diags *diags) {
    struct buffer sql = {0};
    if (table->laid) {
        return true;
    }
    struct table *own = &session->tables[table - session->tables];
    own->laid = own->is_view ? lay_own_view(session, own, &sql, diags) : lay_table(session, own, &sql, diags);
    const bool good = own->laid && names_lay(session, buffer_str(&sql), diags);
    buffer_release(&sql);
    return good;
}

/* SQLite takes 'student' for a name too, where only a name can stand. */
static bool lay_name(struct session *session, struct str sql, const struct sql_word *word, struct diags *diags) {
    const bool quoted = word->kind == SQL_STRING && sql.p[word->from] == '\'';
    const struct table *table = quoted || word->kind == SQL_NAME ? catalogue_find(session, word->text) : NULL;
    return (table == NULL || view_lay(session, table, diags)) &&
           (word->kind != SQL_NAME || relation_make(session, word->text, diags));
}

bool names_lay(struct session *session, struct str sql, struct diags *diags) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        if (!lay_name(session, sql, &word, diags)) {
            return false;
        }
    }
    return true;
}
