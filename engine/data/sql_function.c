/* sql_function.c: functions of our own in SQL. */
#include "data/sql_internal.h"
#include "data/value.h"

struct sql_call {
    sqlite3_context *context;
    sqlite3_value **arguments;
};
struct registered {
    const struct sql_function *function;
    void *context;
};

static void answer(sqlite3_context *context, int count, sqlite3_value **arguments) {
    (void)count;
    const struct registered *registered = sqlite3_user_data(context);
    registered->function->answer(&(struct sql_call){context, arguments}, registered->context);
}

bool sql_functions(struct sql *db, const struct sql_function *functions, size_t count, void *context) {
    struct registered *registered = ARENA_ARRAY(db->arena, struct registered, count);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        registered[i] = (struct registered){&functions[i], context};
        good = sql_heed(db, sqlite3_create_function_v2(db->raw, functions[i].name, functions[i].arguments,
                                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC, &registered[i], answer, NULL,
                                                       NULL, NULL));
    }
    return good;
}

struct str sql_argument_text(const struct sql_call *call, int at) {
    const char *text = (const char *)sqlite3_value_text(call->arguments[at]);
    return text == NULL ? STR_NONE : (struct str){text, (size_t)sqlite3_value_bytes(call->arguments[at])};
}

struct value sql_argument(const struct sql_call *call, int at) {
    return value_of(call->arguments[at]);
}

void sql_answer_cell(struct sql_call *call, const struct statement *statement, size_t column) {
    sqlite3_result_value(call->context, sqlite3_column_value(statement->raw, (int)column));
}

void sql_answer_text(struct sql_call *call, struct str text) {
    if (text.p != NULL) {
        sqlite3_result_text64(call->context, text.p, text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

void sql_answer_int(struct sql_call *call, int64_t number) {
    sqlite3_result_int64(call->context, number);
}
