/* ledger_chain.c: the entries of a journal, and the chain that holds them. */
#include <string.h>

#include "base/buffer.h"
#include "office/ledger.h"

#define AS_COLUMN(name) ", " #name
static const char all_columns[] = "" LEDGER_CELLS(AS_COLUMN);
const char *const ledger_columns = all_columns + 2;

#define AS_DECLARED(name) ", " #name " TEXT"
const char ledger_schema[] =
    "PRAGMA application_id = 0x4C53454A; PRAGMA user_version = 1;"
    "CREATE TABLE entry(id INTEGER PRIMARY KEY" LEDGER_CELLS(
        AS_DECLARED) ", mac TEXT NOT NULL) STRICT;"
                     "CREATE TABLE pending(first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;"
                     "CREATE TABLE chain(key TEXT NOT NULL) STRICT;"
                     "CREATE INDEX entry_number ON entry(number);"
                     "CREATE INDEX entry_award ON entry(award);"
                     "CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never "
                     "changed'); END;"
                     "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never "
                     "taken out'); END;";

/* A cell that is not there is told from an empty one. */
struct str ledger_mac(struct arena *arena, const struct key *key, struct str before, const struct ledger_entry *entry) {
    struct buffer text = {0};
    buffer_add(&text, before);
    buffer_byte(&text, '\n');
    for (size_t i = 0; i < LEDGER_CELL_COUNT; i++) {
        buffer_int(&text, entry->cells[i].p == NULL ? -1 : (int64_t)entry->cells[i].n);
        buffer_byte(&text, ':');
        buffer_add(&text, entry->cells[i]);
    }
    const struct str mac = key_hmac(arena, key, text.bytes, text.count);
    buffer_release(&text);
    return mac;
}

void ledger_read(struct arena *arena, const struct statement *row, size_t column, struct ledger_entry *entry) {
    entry->id = statement_int(row, 0);
    for (size_t i = 0; i < LEDGER_CELL_COUNT; i++) {
        entry->cells[i] = str_copy(arena, statement_text(row, column + i));
    }
}

int64_t ledger_verify(struct arena *arena, struct sql *db, const struct key *key, bool *whole, struct str *head,
                      int64_t at, struct str *head_at) {
    const struct str sql = str_printf(arena, "SELECT id, mac, %s FROM entry ORDER BY id", ledger_columns);
    struct statement *row = sql_statement(db, str_c(arena, sql));
    char last[65] = "";
    int64_t good = 0;
    *whole = row != NULL;
    while (*whole && statement_next(row)) {
        const struct arena_mark mark = arena_mark(arena);
        struct ledger_entry entry;
        ledger_read(arena, row, 2, &entry);
        const struct str mac = ledger_mac(arena, key, str_from(last), &entry);
        *whole = entry.id == good + 1 && str_eq(mac, statement_text(row, 1));
        if (*whole) {
            memcpy(last, mac.p, mac.n);
            good++;
        }
        arena_release(arena, mark);
        if (*whole && good == at && head_at != NULL) {
            *head_at = str_copy(arena, str_from(last));
        }
    }
    *whole = *whole && !statement_failed(row);
    *head = str_copy(arena, str_from(last));
    return good;
}

static bool write_entry(struct statement *insert, struct str mac, const struct ledger_entry *entry) {
    for (size_t i = 0; i < LEDGER_CELL_COUNT; i++) {
        statement_bind_text(insert, i + 1, entry->cells[i]);
    }
    statement_bind_text(insert, LEDGER_CELL_COUNT + 1, mac);
    return statement_run(insert);
}

#define AS_PLACE(name) "?, "
bool ledger_write(struct arena *arena, struct sql *db, const struct key *key, struct str *head,
                  const struct ledger_entry *entries, size_t count) {
    const struct str sql =
        str_printf(arena, "INSERT INTO entry(%s, mac) VALUES(" LEDGER_CELLS(AS_PLACE) "?)", ledger_columns);
    struct statement *insert = sql_statement(db, str_c(arena, sql));
    bool good = insert != NULL;
    for (size_t i = 0; good && i < count; i++) {
        const struct str mac = ledger_mac(arena, key, *head, &entries[i]);
        good = write_entry(insert, mac, &entries[i]);
        *head = mac;
    }
    return good;
}
