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

void ledger_read(struct arena *arena, sqlite3_stmt *row, int column, struct ledger_entry *entry) {
    entry->id = sqlite3_column_int64(row, 0);
    for (int i = 0; i < LEDGER_CELL_COUNT; i++) {
        const char *text = (const char *)sqlite3_column_text(row, column + i);
        const size_t count = (size_t)sqlite3_column_bytes(row, column + i);
        entry->cells[i] = text == NULL ? STR_NONE : str_copy(arena, (struct str){text, count});
    }
}

int64_t ledger_verify(struct arena *arena, sqlite3 *db, const struct key *key, bool *whole, struct str *head,
                      int64_t at, struct str *head_at) {
    const struct str sql = str_printf(arena, "SELECT id, mac, %s FROM entry ORDER BY id", ledger_columns);
    char last[65] = "";
    int64_t good = 0;
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db, sql.p, (int)sql.n, &row, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        const struct arena_mark mark = arena_mark(arena);
        struct ledger_entry entry;
        ledger_read(arena, row, 2, &entry);
        const struct str mac = ledger_mac(arena, key, str_from(last), &entry);
        const char *kept = (const char *)sqlite3_column_text(row, 1);
        if (sqlite3_column_int64(row, 0) != good + 1 || !str_is(mac, kept != NULL ? kept : "")) {
            arena_release(arena, mark);
            code = SQLITE_MISMATCH;
            break;
        }
        memcpy(last, mac.p, mac.n);
        arena_release(arena, mark);
        code = SQLITE_OK;
        if (++good == at && head_at != NULL) {
            *head_at = str_copy(arena, str_from(last));
        }
    }
    sqlite3_finalize(row);
    *whole = code == SQLITE_DONE;
    *head = str_copy(arena, str_from(last));
    return good;
}

static bool write_entry(sqlite3_stmt *insert, struct str mac, const struct ledger_entry *entry) {
    for (int i = 0; i < LEDGER_CELL_COUNT; i++) {
        if (entry->cells[i].p != NULL) {
            sqlite3_bind_text(insert, i + 1, entry->cells[i].p, (int)entry->cells[i].n, SQLITE_STATIC);
        }
    }
    sqlite3_bind_text(insert, LEDGER_CELL_COUNT + 1, mac.p, (int)mac.n, SQLITE_STATIC);
    const bool good = sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    return good;
}

#define AS_PLACE(name) "?, "
bool ledger_write(struct arena *arena, sqlite3 *db, const struct key *key, struct str *head,
                  const struct ledger_entry *entries, size_t count) {
    const struct str sql =
        str_printf(arena, "INSERT INTO entry(%s, mac) VALUES(" LEDGER_CELLS(AS_PLACE) "?)", ledger_columns);
    sqlite3_stmt *insert = NULL;
    bool good = sqlite3_prepare_v2(db, sql.p, (int)sql.n, &insert, NULL) == SQLITE_OK;
    for (size_t i = 0; good && i < count; i++) {
        const struct str mac = ledger_mac(arena, key, *head, &entries[i]);
        good = write_entry(insert, mac, &entries[i]);
        *head = mac;
    }
    sqlite3_finalize(insert);
    return good;
}
