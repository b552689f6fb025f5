/* changes.c: changesets of SQLite's session extension. */
#include "data/changes.h"

#include <string.h>

#include "data/sql_internal.h"

/* --- recording ---------------------------------------------------------------------------------------------------- */

static int is_recorded(void *but, const char *table) {
    return strncmp(table, but, strlen(but)) != 0;
}

bool changes_record(struct sql *db, const char *but) {
    if (db->watch != NULL) {
        sqlite3session_delete(db->watch);
        db->watch = NULL;
    }
    if (!sql_heed(db, sqlite3session_create(db->raw, "main", &db->watch))) {
        return false;
    }
    sqlite3session_table_filter(db->watch, is_recorded, (void *)(uintptr_t)but);
    return sql_heed(db, sqlite3session_attach(db->watch, NULL));
}

bool changes_recorded(struct sql *db, struct arena *arena, struct str *changes) {
    void *bytes = NULL;
    int size = 0;
    const bool good = sql_heed(db, sqlite3session_changeset(db->watch, &size, &bytes));
    *changes = size > 0 ? (struct str){arena_copy(arena, bytes, (size_t)size), (size_t)size} : STR_NONE;
    sqlite3_free(bytes);
    return good;
}

/* --- a row -------------------------------------------------------------------------------------------------------- */

static struct change change_at(sqlite3_changeset_iter *at) {
    struct change change = {.at = at};
    int columns = 0, act = 0, indirect = 0;
    unsigned char *keys = NULL;
    sqlite3changeset_op(at, &change.table, &columns, &act, &indirect);
    sqlite3changeset_pk(at, &keys, NULL);
    change.keys = keys;
    change.columns = (size_t)columns;
    change.act = act == SQLITE_INSERT ? CHANGE_MADE : act == SQLITE_DELETE ? CHANGE_REMOVED : CHANGE_ALTERED;
    return change;
}

static bool give(sqlite3_value *value, struct str *text) {
    const char *bytes = value == NULL ? NULL : (const char *)sqlite3_value_text(value);
    *text = bytes == NULL ? STR_NONE : (struct str){bytes, (size_t)sqlite3_value_bytes(value)};
    return value != NULL;
}

bool change_old(const struct change *change, size_t column, struct str *text) {
    sqlite3_value *value = NULL;
    if (change->act != CHANGE_MADE) {
        sqlite3changeset_old(change->at, (int)column, &value);
    }
    return give(value, text);
}

bool change_new(const struct change *change, size_t column, struct str *text) {
    sqlite3_value *value = NULL;
    if (change->act != CHANGE_REMOVED) {
        sqlite3changeset_new(change->at, (int)column, &value);
    }
    return give(value, text);
}

struct str change_key(const struct change *change, struct arena *arena) {
    struct str key = STR(""), part;
    for (size_t i = 0; i < change->columns; i++) {
        if (change->keys[i] != 0) {
            (change->act == CHANGE_MADE ? change_new : change_old)(change, i, &part);
            key = str_printf(arena, "%.*s%s%.*s", STR_ARG(key), key.n > 0 ? "/" : "", STR_ARG(part));
        }
    }
    return key;
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

bool changes_each(struct sql *db, struct str changes, bool (*visit)(void *context, const struct change *change),
                  void *context) {
    sqlite3_changeset_iter *at = NULL;
    bool good = sql_heed(db, sqlite3changeset_start(&at, (int)changes.n, (void *)(uintptr_t)changes.p));
    while (good && sqlite3changeset_next(at) == SQLITE_ROW) {
        const struct change change = change_at(at);
        good = visit(context, &change);
    }
    return sql_heed(db, at == NULL ? SQLITE_OK : sqlite3changeset_finalize(at)) && good;
}

struct way_back {
    void (*kept)(void *context, const struct change *change);
    void *context;
};

static int on_conflict(void *context, int kind, sqlite3_changeset_iter *at) {
    const struct way_back *back = context;
    if (kind == SQLITE_CHANGESET_FOREIGN_KEY) { /* which ones SQLite doesn't say */
        back->kept(back->context, NULL);
    } else {
        const struct change change = change_at(at);
        back->kept(back->context, &change);
    }
    return SQLITE_CHANGESET_OMIT;
}

bool changes_take_back(struct sql *db, struct str changes, void (*kept)(void *context, const struct change *change),
                       void *context) {
    struct way_back back = {kept, context};
    void *inverted = NULL;
    int size = 0;
    const bool good =
        sql_heed(db, sqlite3changeset_invert((int)changes.n, (void *)(uintptr_t)changes.p, &size, &inverted)) &&
        sql_heed(db, sqlite3changeset_apply(db->raw, size, inverted, NULL, on_conflict, &back));
    sqlite3_free(inverted);
    return good;
}
