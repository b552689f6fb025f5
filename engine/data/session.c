/* session.c: a reader's connection.
 *
 *     temp   student  = SELECT id, name, mask_id(id_card) AS id_card … FROM <random>.student WHERE …   (view.c)
 *            child    = the database's own view, word for word, above temp.student
 *     main   empty, in memory
 *            <random>_own_…  the values of the document's owner, to compare with (own.c)
 *     <random>        the file, read-only
 *
 * SQLite looks for an unqualified name in temp first, so a query meets the views and, not knowing the random name,
 * nothing else. The authorizer stands behind that, and query_prepare refuses a text that holds the name. A view is laid
 * when a query first names it (lay.c). Views of plain columns are flattened by SQLite: indexes work through them. */
#include "data/session.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static bool random_bytes(unsigned char *bytes, size_t count) {
    return getrandom(bytes, count, 0) == (ssize_t)count;
}

/* "d" and 32 hexadecimal digits, random, or of the seed when there is one. */
static bool schema_name(struct session *session) {
    unsigned char bytes[16];
    struct hash hash =
        hash_bytes(&session->database->options.schema_seed, sizeof session->database->options.schema_seed);
    memcpy(bytes, &hash, sizeof bytes);
    if (session->database->options.schema_seed == 0 && !random_bytes(bytes, sizeof bytes)) {
        return false;
    }
    session->schema[0] = 'd';
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(session->schema + 1 + 2 * i, 3, "%02x", bytes[i]);
    }
    return true;
}

/* Double quotes are names and never strings, functions of the schema must be harmless, no extension is loaded, no
 * trigger runs. */
static int harden(sqlite3 *db) {
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    };
    enum { CELL_LONGEST = 32 << 20, SQL_LONGEST = 1 << 20 };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const int code = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, CELL_LONGEST);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, SQL_LONGEST);
    return SQLITE_OK;
}

static int run(sqlite3 *db, char *sql) {
    const int code = sql == NULL ? SQLITE_NOMEM : sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return code;
}

static int attach(struct session *session) {
    sqlite3 *db = session->db;
    const struct database *database = session->database;
    sqlite3_busy_timeout(db, database->options.busy_ms);
    int code = run(db, sqlite3_mprintf("PRAGMA encoding = %Q; PRAGMA temp_store = memory; ATTACH %Q AS %s",
                                       database->encoding, database->uri, session->schema));
    /* Only the private copy is mapped: a file that others write may shrink under a mapping. Beyond this size pages are
     * read: mapped ones count as the process's memory, and gain nothing measurable. */
    if (code == SQLITE_OK && database->copy_path != NULL) {
        code = run(db, sqlite3_mprintf("PRAGMA %s.mmap_size = 67108864", session->schema));
    }
    return code;
}

/* Uses json_each once: its first use declares it, which the authorizer would take for writing. */
static int declare_json(sqlite3 *db) {
    return sqlite3_exec(db, "SELECT 1 FROM json_each('[]'), json_tree('[]')", NULL, NULL, NULL);
}

static int connect(struct session *session) {
    int code = sqlite3_open_v2(":memory:", &session->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                               session->clock.name);
    if (code == SQLITE_OK) {
        code = harden(session->db);
    }
    if (code == SQLITE_OK) {
        code = attach(session);
    }
    if (code == SQLITE_OK) {
        code = functions_install(session);
    }
    if (code == SQLITE_OK) {
        code = collation_install(session);
    }
    if (code == SQLITE_OK) {
        code = declare_json(session->db);
    }
    return code == SQLITE_OK ? catalogue_read(session) : code;
}

/* Holds the file as it is now. A transaction would do so too, but an error of reading rolls it back, with the views that were laid in
 * it. PRAGMA query_only doesn't stand, since to change it compiles every query anew: the authorizer refuses whatever writes, no statement
 * is run that isn't read-only (query_run.c, 3), and the file is attached read-only. */
static int hold(struct session *session) {
    char *sql = sqlite3_mprintf("SELECT 1 FROM %s.sqlite_schema", session->schema);
    session->trusted = true;
    int code = sql == NULL ? SQLITE_NOMEM : sqlite3_prepare_v2(session->db, sql, -1, &session->held, NULL);
    session->trusted = false;
    sqlite3_free(sql);
    code = code == SQLITE_OK ? sqlite3_step(session->held) : code;
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Authorizer and limits stand before any text of the database is read. False, and told. */
static bool close_doors(struct session *session, int *code, struct diags *diags) {
    *code = query_install_limit(session);
    if (*code == SQLITE_OK) {
        *code = authorizer_install(session);
    }
    if (*code != SQLITE_OK) {
        return true;
    }
    if (!views_check(session, diags)) {
        return false;
    }
    *code = hold(session);
    return true;
}

struct session *session_open(struct database *database, enum reader reader, const struct privacy *privacy,
                             struct diags *diags) {
    struct arena *arena = arena_create();
    struct session *session = ARENA_NEW(arena, struct session);
    session->arena = arena;
    session->database = database;
    session->reader = reader;
    session->privacy = privacy;
    session->own = STR("[]");
    if (!privacy->present && reader != READER_SCHOOL) {
        DIAG_ADD(diags, D308, PLACE_NONE, reader_name(reader));
        arena_destroy(arena);
        return NULL;
    }
    int code = schema_name(session) && clock_stop(&session->clock, session->schema) ? SQLITE_OK : SQLITE_CANTOPEN;
    if (code == SQLITE_OK) {
        code = connect(session);
    }
    bool fit = code == SQLITE_OK && privacy_apply(session, diags);
    if (fit) {
        fit = close_doors(session, &code, diags);
    }
    if (code != SQLITE_OK) {
        database_tell(database, session->db, code, diags);
    }
    if (code == SQLITE_OK && fit) {
        return session;
    }
    session_close(session);
    return NULL;
}

void session_close(struct session *session) {
    if (session == NULL) {
        return;
    }
    queries_finalize(session);
    own_release(session);
    sqlite3_finalize(session->held);
    sqlite3_close(session->db);
    clock_release(&session->clock);
    buffer_release(&session->masked);
    masking_release(&session->masking);
    masking_release(&session->in_full);
    buffer_release(&session->cells);
    arena_destroy(session->arena);
}
