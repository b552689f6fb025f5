/* characters.c: every character that the database can print, for the fonts.
 *
 * One SELECT a table over the tables themselves, so that no mask is computed: what a mask leaves of a value are
 * characters of it, and asterisks. A bit for each code point. Words that the database's own views write count too. */
#include "data/session.h"

#include "base/utf8.h"

enum { CODE_POINTS = 0x110000, BITS = 64, WORDS = CODE_POINTS / BITS };

static void mark(uint64_t *set, uint32_t c) {
    set[c / BITS] |= (uint64_t)1 << (c % BITS);
}

/* Han characters are sequences of three bytes and most of the text: they are read without utf8_next's call. */
static void mark_text(uint64_t *set, struct str text) {
    const unsigned char *p = (const unsigned char *)text.p;
    for (size_t i = 0; i < text.n;) {
        if (p[i] < 0x80)
            mark(set, p[i++]);
        else if (p[i] >= 0xE1 && p[i] <= 0xEC && i + 2 < text.n && (p[i + 1] & 0xC0) == 0x80 &&
                 (p[i + 2] & 0xC0) == 0x80) {
            mark(set, (uint32_t)(p[i] & 0x0F) << 12 | (uint32_t)(p[i + 1] & 0x3F) << 6 | (p[i + 2] & 0x3F));
            i += 3;
        } else {
            mark(set, utf8_next(text, &i));
        }
    }
}

static void mark_rows(uint64_t *set, sqlite3_stmt *statement) {
    int columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) {
            if (sqlite3_column_type(statement, i) != SQLITE_TEXT)
                continue;
            const char *text = (const char *)sqlite3_column_text(statement, i);
            if (text != NULL)
                mark_text(set, (struct str){text, (size_t)sqlite3_column_bytes(statement, i)});
        }
    }
}

/* What the reader doesn't get at all needs no glyphs. */
static void mark_table(uint64_t *set, struct session *session, const struct table *table) {
    struct buffer sql = {0};
    buffer_add(&sql, STR("SELECT "));
    size_t columns = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->masks[i] == MASK_NOTHING)
            continue;
        buffer_add(&sql, columns++ == 0 ? STR("") : STR(", "));
        sql_quote(&sql, table->columns[i]);
    }
    buffer_printf(&sql, " FROM %s.", session->schema);
    sql_quote(&sql, table->name);
    sqlite3_stmt *statement = NULL;
    if (columns > 0 && sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL) == SQLITE_OK)
        mark_rows(set, statement);
    sqlite3_finalize(statement);
    buffer_release(&sql);
}

static const uint32_t *to_list(const uint64_t *set, struct arena *arena, size_t *count) {
    *count = 0;
    for (size_t i = 0; i < WORDS; i++)
        *count += (size_t)__builtin_popcountll(set[i]);
    uint32_t *list = ARENA_ARRAY(arena, uint32_t, *count);
    uint32_t *next = list;
    for (uint32_t i = 0; i < WORDS; i++)
        for (uint64_t word = set[i]; word != 0; word &= word - 1)
            *next++ = i * BITS + (uint32_t)__builtin_ctzll(word);
    return list;
}

const uint32_t *database_code_points(struct session *session, struct arena *arena, size_t *count) {
    struct arena *scratch = arena_create();
    uint64_t *set = ARENA_ARRAY(scratch, uint64_t, WORDS);
    mark(set, '*');
    session->trusted = true;
    for (size_t i = 0; i < session->table_count; i++) {
        const struct table *table = &session->tables[i];
        if (table->is_view)
            mark_text(set, table->sql);
        else
            mark_table(set, session, table);
    }
    session->trusted = false;
    const uint32_t *list = to_list(set, arena, count);
    arena_destroy(scratch);
    return list;
}
