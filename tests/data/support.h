/* support.h: small databases for the tests of data/, made in a folder of their own. */
#ifndef TESTS_DATA_SUPPORT_H
#define TESTS_DATA_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/file.h"
#include "data/session.h"

/* One test's world: a folder that is removed at the end, an arena, the messages. */
struct world {
    struct arena *arena;
    struct diags diags;
    char folder[64];
    char *path; /* of the database */
    struct database *database;
    struct session *session;
};

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct str actual_ = (actual);                                                                                 \
        if (!str_is(actual_, (expected)))                                                                              \
            fail_msg("“%.*s” is not “%s”", STR_ARG(actual_), (expected));                                              \
    } while (0)

/* All rows of all tables, for every reader. */
static const struct privacy_rows every_row[] __attribute__((unused)) = {{.table = STR_INIT("*")}};

static const struct privacy nobody_masked __attribute__((unused)) = {0};

static inline int world_setup(void **state) {
    struct arena *arena = arena_create();
    struct world *world = ARENA_NEW(arena, struct world);
    world->arena = arena;
    diags_init(&world->diags, arena);
    strcpy(world->folder, "/tmp/dossier-test-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    world->path = str_c(arena, str_printf(arena, "%s/a b%%?.db", world->folder));
    *state = world;
    return 0;
}

static inline int world_teardown(void **state) {
    struct world *world = *state;
    session_close(world->session);
    database_close(world->database);
    struct str *names;
    size_t count;
    assert_int_equal(folder_list(world->arena, world->folder, STR(""), &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        unlink(str_c(world->arena, str_printf(world->arena, "%s/%.*s", world->folder, STR_ARG(names[i]))));
    }
    assert_int_equal(rmdir(world->folder), 0);
    arena_destroy(world->arena);
    return 0;
}

/* Runs SQL on the database file, which comes into being. */
static inline void world_sql(struct world *world, const char *sql) {
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
    sqlite3_close(db);
}

/* Opens it; private copies go into the world's folder. */
static inline void world_open(struct world *world, struct database_options options) {
    options.copy_folder = world->folder;
    world->database = database_open(world->path, &options, &world->diags);
}

static inline void world_session(struct world *world, enum reader reader, const struct privacy *privacy) {
    if (world->database == NULL) {
        world_open(world, (struct database_options){0});
    }
    assert_non_null(world->database);
    session_close(world->session);
    world->session = session_open(world->database, reader, privacy, &world->diags);
}

static inline struct place place_of(const void *context, size_t offset) {
    (void)context;
    return (struct place){.file = STR("test.yaml"), .line = 1, .column = (int32_t)offset + 1};
}

/* Prepares; NULL with messages. */
static inline struct query *world_prepare(struct world *world, const char *sql) {
    struct query_text text = {.name = STR("q"), .sql = str_from(sql), .place_of = place_of};
    return query_prepare(world->session, &text, &world->diags);
}

/* All cells of all rows, "|" between cells and ";" behind rows; "error" when it was refused or stopped. */
static inline struct str world_ask(struct world *world, const char *sql) {
    struct query *query = world_prepare(world, sql);
    struct rows rows;
    if (query == NULL || !query_run(query, NULL, world->arena, &rows, STR("record 7"), &world->diags)) {
        return STR("error");
    }
    struct buffer out = {0};
    for (size_t i = 0; i < rows.count * rows.columns; i++) {
        buffer_add(&out, value_text(world->arena, &rows.cells[i]));
        buffer_byte(&out, (i + 1) % rows.columns == 0 ? ';' : '|');
    }
    const struct str answer = str_copy(world->arena, buffer_str(&out));
    buffer_release(&out);
    return answer;
}

/* The code of the first message since the last call, "" when there is none; forgets them all. */
static inline const char *world_message(struct world *world) {
    const char *name = world->diags.count == 0 ? "" : diag_name(world->diags.items[0].code);
    world->diags.count = 0;
    return name;
}

#endif
