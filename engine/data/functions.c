/* functions.c: SQL functions that the views call: the masks, mask_id(column) …, and own_children(). */
#include "data/session.h"

#include "data/mask.h"

static const enum mask sql_masks[] = {MASK_ID, MASK_PHONE, MASK_NAME, MASK_ADDRESS, MASK_TEXT, MASK_YEAR};
enum { SQL_MASK_COUNT = sizeof sql_masks / sizeof *sql_masks };

struct str function_of_mask(enum mask mask, struct arena *arena) {
    return str_join(arena, STR("mask_"), mask_name(mask));
}

static void apply(sqlite3_context *context, enum mask mask, sqlite3_value *value) {
    struct session *session = sqlite3_user_data(context);
    const char *text = (const char *)sqlite3_value_text(value);
    if (text == NULL) {
        return; /* NULL stays NULL */
    }
    const struct str whole = {text, (size_t)sqlite3_value_bytes(value)};
    if (mask == MASK_TEXT && !numbers_suspected(whole)) {
        sqlite3_result_value(context, value);
        return;
    }
    buffer_clear(&session->masked);
    mask_write(&session->masked, mask, (struct str){text, (size_t)sqlite3_value_bytes(value)}, &session->masking);
    const struct str masked = buffer_str(&session->masked);
    sqlite3_result_text64(context, masked.n > 0 ? masked.p : "", masked.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

#define MASK_FUNCTION(name, mask)                                                                                      \
    static void name(sqlite3_context *context, int count, sqlite3_value **values) {                                    \
        (void)count;                                                                                                   \
        apply(context, mask, values[0]);                                                                               \
    }
MASK_FUNCTION(mask_id, MASK_ID)
MASK_FUNCTION(mask_phone, MASK_PHONE)
MASK_FUNCTION(mask_person, MASK_NAME)
MASK_FUNCTION(mask_address, MASK_ADDRESS)
MASK_FUNCTION(mask_text, MASK_TEXT)
MASK_FUNCTION(mask_year, MASK_YEAR)

static void own_children(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    const struct session *session = sqlite3_user_data(context);
    sqlite3_result_text64(context, session->own.p, session->own.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int functions_install(struct session *session) {
    static void (*const calls[SQL_MASK_COUNT])(sqlite3_context *, int, sqlite3_value **) = {
        mask_id, mask_phone, mask_person, mask_address, mask_text, mask_year,
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code =
        sqlite3_create_function_v2(session->db, "own_children", 0, flags, session, own_children, NULL, NULL, NULL);
    for (size_t i = 0; i < SQL_MASK_COUNT && code == SQLITE_OK; i++) {
        const char *name = str_c(session->arena, function_of_mask(sql_masks[i], session->arena));
        code = sqlite3_create_function_v2(session->db, name, 1, flags, session, calls[i], NULL, NULL, NULL);
    }
    return code;
}
