/* values_count.c: how many values of each column fit its rule.
 *
 * Nearly all do, so a table is read in one statement that gives no rows: an aggregate function gets the cells where
 * SQLite holds them, and makes neither text nor memory where all is right.
 *
 *     SELECT count_fits(0, birth, gender …) FROM main.student
 *
 * The first argument is the index of the first column: a function takes at most a hundred arguments or so, so a wide
 * table needs several calls. */
#include "data/values_internal.h"

enum { COLUMNS_OF_CALL = 100 };

static const char function_name[] = "count_fits";

static void count_row(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct values *values = sqlite3_user_data(context);
    struct looked_column **columns = values->counted + sqlite3_value_int(argv[0]);
    char room[TIME_ROOM];
    struct str read;
    for (int i = 1; i < argc; i++) {
        columns[i - 1]->seen[value_judge_cell(columns[i - 1], argv[i], room, &read)]++;
    }
}

static void count_ends(sqlite3_context *context) {
    sqlite3_result_null(context);
}

int values_count_begin(struct values *values, sqlite3 *db) {
    return sqlite3_create_function_v2(db, function_name, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, values, NULL, count_row,
                                      count_ends, NULL);
}

void values_count_end(sqlite3 *db) {
    sqlite3_create_function_v2(db, function_name, -1, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
}

static void add_calls(struct buffer *sql, const struct values *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i % COLUMNS_OF_CALL == 0) {
            buffer_printf(sql, "%s %s(%zu", i == 0 ? "SELECT" : "),", function_name, i);
        }
        buffer_add(sql, STR(", "));
        sql_quote(sql, values->counted[i]->name);
    }
}

int values_count_table(struct values *values, sqlite3 *db, struct looked_table *table) {
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    values->counted = ARENA_ARRAY(values->arena, struct looked_column *, table->count);
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].rule != NULL) {
            values->counted[count++] = &table->columns[i];
        }
    }
    add_calls(&sql, values, count);
    buffer_add(&sql, STR(") FROM main."));
    sql_quote(&sql, table->name);
    int code = sqlite3_prepare_v2(db, sql.bytes, (int)sql.count, &statement, NULL);
    if (code == SQLITE_OK && sqlite3_step(statement) != SQLITE_ROW) {
        code = sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    buffer_release(&sql);
    return code;
}
