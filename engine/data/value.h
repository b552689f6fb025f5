/* value.h: values as SQLite holds them. Private to data/. */
#ifndef DATA_VALUE_H
#define DATA_VALUE_H

#include <sqlite3.h>

#include "data/data.h"

/* A cell of the row at hand as text, in the arena; STR_NONE for NULL. */
struct str value_column(struct arena *arena, sqlite3_stmt *statement, int column);
/* Its text is borrowed, as it stands. */
struct value value_of(sqlite3_value *value);
/* `lifetime` of its text: SQLITE_STATIC or SQLITE_TRANSIENT. SQLite's code. */
int value_bind(sqlite3_stmt *statement, int index, const struct value *value, void (*lifetime)(void *));

#endif
