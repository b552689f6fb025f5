/* tables_hash.c: tables by the hashes of their pages, so that a query needn't be asked again whose tables are as they were.
 *
 * dbstat (https://www.sqlite.org/dbstat.html) tells which pages a table has; their bytes are those of the private copy. Equal pages hold equal
 * rows; rows that were only moved (VACUUM) seem to be others, and are asked for. Indexes follow from their tables; in what order rows come
 * where none is asked for depends on the schema and on what ANALYZE found: both belong to every query.
 *
 * Only tables that some query of this run reads are hashed: one certificate need not wait for every pupil's marks. */
#include "data/asked_internal.h"

#include <unistd.h>

struct table_hashes {
    struct strmap by_name; /* index in hashes */
    struct hash *hashes;   /* zeros: no query reads it */
    size_t count, capacity;
    struct hash all; /* of the schema, and of the tables of ANALYZE */
};

static struct str text_of(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (struct str){text, text != NULL ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

static void add_str(struct hash_stream *stream, struct str s) {
    hash_add(stream, &s.n, sizeof s.n);
    hash_add(stream, s.p, s.n);
}

/* Names of the tables, and the hash of all that is declared. */
static bool read_schema(sqlite3 *db, struct arena *arena, struct table_hashes *tables) {
    sqlite3_stmt *statement = NULL;
    struct hash_stream *stream = hash_begin();
    bool found;
    int code = sqlite3_prepare_v2(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid", -1,
                                  &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = SQLITE_OK;
        for (int i = 0; i < 4; i++) {
            add_str(stream, text_of(statement, i));
        }
        if (str_is(text_of(statement, 0), "table")) {
            ARENA_GROW(arena, tables->hashes, tables->count, tables->capacity);
            tables->hashes[tables->count] = (struct hash){0, 0};
            *strmap_put(&tables->by_name, str_copy(arena, text_of(statement, 1)), &found) = (uint32_t)tables->count++;
        }
    }
    sqlite3_finalize(statement);
    tables->all = hash_end(stream);
    return code == SQLITE_DONE;
}

static bool add_page(const struct database *database, sqlite3_stmt *statement, struct buffer *page, struct hash *hash) {
    const int64_t number = sqlite3_column_int64(statement, 0), bytes = sqlite3_column_int64(statement, 1);
    buffer_clear(page);
    char *at = buffer_reserve(page, sizeof *hash + (size_t)bytes);
    if (at == NULL || pread(database->copy_fd, at + sizeof *hash, (size_t)bytes, (number - 1) * bytes) != bytes) {
        return false;
    }
    memcpy(at, hash, sizeof *hash);
    *hash = hash_bytes(at, sizeof *hash + (size_t)bytes);
    return true;
}

static bool read_pages(const struct database *database, sqlite3 *db, struct str table, struct hash *hash) {
    sqlite3_stmt *statement = NULL;
    struct buffer page = {0};
    bool good = true;
    int code = sqlite3_prepare_v2(
        db, "SELECT pageno, (SELECT page_size FROM pragma_page_size) FROM dbstat WHERE name = ? ORDER BY path", -1,
        &statement, NULL);
    code = code == SQLITE_OK ? sqlite3_bind_text(statement, 1, table.p, (int)table.n, SQLITE_STATIC) : code;
    while (code == SQLITE_OK && good && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = SQLITE_OK;
        good = add_page(database, statement, &page, hash);
    }
    sqlite3_finalize(statement);
    buffer_release(&page);
    return good && code == SQLITE_DONE;
}

/* Of ANALYZE: what it found decides how every query is answered. */
static const char *const analysis[] = {"sqlite_stat1", "sqlite_stat3", "sqlite_stat4"};

/* Hashes it unless that is done already, or there is no such table. */
static bool hash_table(const struct database *database, sqlite3 *db, struct table_hashes *tables, struct str name) {
    const uint32_t *table = strmap_get(&tables->by_name, name);
    struct hash *hash = table != NULL ? &tables->hashes[*table] : NULL;
    return hash == NULL || (hash->low | hash->high) != 0 || read_pages(database, db, name, hash);
}

static bool hash_analysis(const struct database *database, sqlite3 *db, struct table_hashes *tables) {
    bool good = true;
    for (size_t i = 0; i < sizeof analysis / sizeof *analysis; i++) {
        good = good && hash_table(database, db, tables, str_from(analysis[i]));
    }
    return good;
}

static bool hash_read(const struct database *database, sqlite3 *db, struct table_hashes *tables,
                      const struct session *session) {
    bool good = true;
    for (const struct query *query = session->queries; query != NULL; query = query->next) {
        for (size_t i = 0; i < query->table_count && good; i++) {
            good = hash_table(database, db, tables, session->tables[query->tables[i]].name);
        }
    }
    return good;
}

static void add_analysis(struct table_hashes *tables) {
    struct hash parts[1 + sizeof analysis / sizeof *analysis] = {tables->all};
    for (size_t i = 0; i < sizeof analysis / sizeof *analysis; i++) {
        const uint32_t *table = strmap_get(&tables->by_name, str_from(analysis[i]));
        parts[1 + i] = table != NULL ? tables->hashes[*table] : (struct hash){0, 0};
    }
    tables->all = hash_bytes(parts, sizeof parts);
}

bool database_hash_tables(struct database *database, struct session *const *sessions, size_t count) {
    struct table_hashes *tables = ARENA_NEW(database->arena, struct table_hashes);
    sqlite3 *db = NULL;
    if (database->copy_path == NULL) {
        return false;
    }
    strmap_init(&tables->by_name, database->arena);
    bool good = sqlite3_open_v2(database->copy_path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nameless_vfs()) ==
                    SQLITE_OK &&
                read_schema(db, database->arena, tables) && hash_analysis(database, db, tables);
    for (size_t i = 0; i < count; i++) {
        good = good && (sessions[i] == NULL || hash_read(database, db, tables, sessions[i]));
    }
    sqlite3_close(db);
    add_analysis(tables);
    database->tables = good ? tables : NULL;
    return good;
}

/* 0: one of them isn't known, as a virtual table or a relation that can't be filled. */
static uint64_t hash_of(struct query *query, const struct table_hashes *tables) {
    struct hash_stream *stream = hash_begin();
    bool known = relations_hash(query->session, query->reads_relations, stream);
    hash_add(stream, &tables->all, sizeof tables->all);
    for (size_t i = 0; i < query->table_count; i++) {
        const struct str name = query->session->tables[query->tables[i]].name;
        const uint32_t *table = strmap_get(&tables->by_name, name);
        const struct hash hash = table != NULL ? tables->hashes[*table] : (struct hash){0, 0};
        known = known && (hash.low | hash.high) != 0;
        add_str(stream, name);
        hash_add(stream, &hash, sizeof hash);
    }
    const uint64_t hash = hash_end(stream).low;
    return known ? hash : 0;
}

uint64_t query_tables_hash(struct query *query) {
    const struct table_hashes *tables = query->session->database->tables;
    if (tables != NULL && !query->tables_hashed) {
        query->tables_hashed = relations_try(query->session, query);
        query->tables_hash = query->tables_hashed ? hash_of(query, tables) : 0;
    }
    return query->tables_hash;
}
