/* parts.c: the documents that volumes bind, planned once a run for each reader. */
#include "batch/volume.h"

static void read_columns(struct run *run, struct parts *parts) {
    const struct layout *layout = parts->printing.layout;
    if (layout->each == NO_QUERY) {
        return;
    }
    const struct query *query = parts->printing.resolved->queries[layout->each].query;
    struct str *columns = ARENA_ARRAY(run->arena, struct str, query_columns(query));
    for (size_t i = 0; i < query_columns(query); i++) {
        columns[i] = query_column(query, i);
    }
    parts->columns = columns;
    parts->column_count = query_columns(query);
}

struct parts *parts_open(struct run *run, const struct layout *layout, enum reader reader) {
    for (struct parts *parts = run->parts; parts != NULL; parts = parts->next) {
        if (parts->printing.layout == layout && parts->printing.reader == reader) {
            return parts;
        }
    }
    struct parts *parts = ARENA_NEW(run->arena, struct parts);
    if (!printing_open_bound(run, layout, reader, &parts->printing)) {
        return NULL;
    }
    read_columns(run, parts);
    parts->next = run->parts;
    run->parts = parts;
    return parts;
}

void parts_close(struct run *run) {
    for (struct parts *parts = run->parts; parts != NULL; parts = parts->next) {
        printing_close(&parts->printing);
    }
    run->parts = NULL;
}
