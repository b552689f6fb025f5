/* database.c: bytes opened as a database; every table is read, as the school and as the public see it. */
#include "data/data.h"
#include "target.h"

static void read_all(struct database *database, enum reader reader, struct diags *diags, struct arena *arena) {
    static const struct privacy_rows every_row[] = {{.table = STR_INIT("*")}};
    const struct privacy privacy = {.present = true, .rows = every_row, .row_count = 1};
    struct session *session = session_open(database, reader, &privacy, diags);
    size_t count = 0;
    const struct str *tables = session != NULL ? session_tables(session, arena, &count) : NULL;
    for (size_t i = 0; i < count && i < 20; i++) {
        const struct query_text text = {.name = STR("q"),
                                        .sql = str_printf(arena, "SELECT * FROM \"%.*s\"", STR_ARG(tables[i]))};
        struct query *query = query_prepare(session, &text, diags);
        struct rows rows;
        if (query != NULL && query_run(query, NULL, arena, &rows, STR_NONE, diags)) {
            assert(rows.columns == query_columns(query));
        }
    }
    session_close(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const char *path = target_file("fuzz.db", bytes, count);
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    struct database *database =
        database_open(path, &(struct database_options){.step_limit = 20000, .busy_ms = 1}, &diags);
    if (database != NULL) {
        read_all(database, READER_SCHOOL, &diags, arena);
        read_all(database, READER_PUBLIC, &diags, arena);
        database_close(database);
    }
    arena_destroy(arena);
    return 0;
}
