/* values_pages_test.c: a table that passes at a glance is one that SQLite counts the same, whatever its file is like; one wrong value
 * anywhere, and what can't be read so, is left to SQLite; damaged pages are never believed beyond their end. */
#include "support.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "data/values_internal.h"

static const struct str kinds[] = {STR_INIT("家访"), STR_INIT("谈心"), STR_INIT("亲情晚餐"), STR_INIT("其他")};
#define RULE(t, c, f)                                                                                                  \
    { .table = STR_INIT(t), .column = STR_INIT(c), .form = f, .codes = kinds, .code_count = 4 }
static const struct value_rule items[] = {RULE("*", "day", VALUE_DAY), RULE("*", "month", VALUE_MONTH),
                                          RULE("*", "kind", VALUE_CODE), RULE("*", "number", VALUE_DAY)};
static const struct value_rules rules = {.items = items, .count = 4};

#define ROWS(n) "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " #n ") "
#define DAY     "date('1999-12-01', i || ' days')"
#define MONTH   "substr(date('2016-02-29', (i % 500) || ' months'), 1, 7)"
#define KIND    "CASE i % 5 WHEN 0 THEN '家访' WHEN 1 THEN '谈心' WHEN 2 THEN '亲情晚餐' WHEN 3 THEN '其他' END"

/* Trees of a page and of three levels; keys that stand elsewhere in a row than in the table; columns that aren't stored; long rows. */
static const char schema[] =
    "CREATE TABLE none(day TEXT, kind TEXT);"
    "CREATE TABLE small(id INTEGER PRIMARY KEY, day TEXT, kind TEXT);"
    "INSERT INTO small VALUES(1, '2026-11-25', NULL), (-5, NULL, '谈心'), (9000000000000, '2024-02-29', '其他');"
    "CREATE TABLE large(id INTEGER PRIMARY KEY, a, b REAL, day TEXT, kind TEXT, month TEXT, text TEXT, rest TEXT);"
    "INSERT INTO large " ROWS(
        4000) "SELECT i * i, i, i / 3.0, " DAY ", " KIND ", " MONTH
              ", printf('%.*c', i % 97, 'x'), hex(zeroblob(i % 50 * 40)) FROM n;"
              "CREATE TABLE keyed(text TEXT, day TEXT, n INTEGER, kind TEXT, length INTEGER AS (length(text)) VIRTUAL, "
              "month TEXT, year TEXT AS (substr(day, 1, 4)) STORED, number TEXT, PRIMARY KEY(n, day)) WITHOUT ROWID;"
              "INSERT INTO keyed(text, day, n, kind, month) " ROWS(
                  3000) "SELECT i || '号', " DAY ", i % 10, " KIND ", " MONTH " FROM n;"
                        "CREATE TABLE wide(a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, day TEXT);"
                        "INSERT INTO wide(a, s, day) VALUES(1, 2, '2026-11-25'), ('x', x'3F', NULL);";

struct look {
    struct values values;
    struct value_pages pages;
    bool by_pages;
};

static struct look *open_look(struct world *world, bool private_copy) {
    world_open(world, (struct database_options){.private_copy = private_copy});
    assert_non_null(world->database);
    struct look *look = ARENA_NEW(world->arena, struct look);
    look->values = (struct values){.database = world->database, .rules = &rules, .arena = world->arena};
    assert_int_equal(values_read_catalogue(&look->values, world->database->holder, NULL), SQLITE_OK);
    look->by_pages = values_pages_open(&look->pages, world->database, world->database->holder, world->arena);
    return look;
}

static void close_look(struct world *world) {
    database_close(world->database);
    world->database = NULL;
}

static struct looked_table *table_of(struct look *look, const char *name) {
    for (size_t i = 0; i < look->values.count; i++) {
        if (str_is(look->values.tables[i].name, name)) {
            return &look->values.tables[i];
        }
    }
    fail_msg("no table %s", name);
    return NULL;
}

static bool passes(struct world *world, const char *name) {
    struct look *look = open_look(world, false);
    struct looked_table *table = table_of(look, name);
    const bool right = look->by_pages && values_pass_table(&look->pages, table);
    for (size_t c = 0; c < table->count && !right; c++) {
        assert_int_equal(table->columns[c].seen[FIT_RIGHT] + table->columns[c].seen[FIT_UNKNOWN], 0);
    }
    close_look(world);
    return right;
}

static void counts_agree(struct world *world) {
    struct look *look = open_look(world, false);
    assert_true(look->by_pages);
    assert_int_equal(values_count_begin(&look->values, world->database->holder), SQLITE_OK);
    for (size_t i = 0; i < look->values.count; i++) {
        struct looked_table *table = &look->values.tables[i];
        size_t *seen = ARENA_ARRAY(world->arena, size_t, table->count * FIT_COUNT);
        if (!values_pass_table(&look->pages, table)) {
            fail_msg("%.*s", STR_ARG(table->name));
        }
        for (size_t c = 0; c < table->count; c++) {
            memcpy(seen + c * FIT_COUNT, table->columns[c].seen, sizeof table->columns[c].seen);
            memset(table->columns[c].seen, 0, sizeof table->columns[c].seen);
        }
        assert_int_equal(values_count_table(&look->values, world->database->holder, table), SQLITE_OK);
        for (size_t c = 0; c < table->count; c++) {
            assert_memory_equal(seen + c * FIT_COUNT, table->columns[c].seen, sizeof table->columns[c].seen);
        }
    }
    values_count_end(world->database->holder);
    close_look(world);
}

static void agrees(void **state) {
    static const char *const settings[] = {"", "PRAGMA page_size = 1024;", "PRAGMA page_size = 65536;",
                                           "PRAGMA auto_vacuum = full;", "PRAGMA auto_vacuum = incremental;"};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        unlink(world->path);
        world_sql(world, str_c(world->arena, str_printf(world->arena, "%s%s", settings[i], schema)));
        counts_agree(world);
    }
    world_sql(world, "DELETE FROM large WHERE id % 3 = 0; DELETE FROM keyed WHERE n = 4"); /* pages half empty */
    counts_agree(world);
}

/* Whatever it is, and wherever it stands. */
static void one_is_wrong(void **state) {
    static const char *const changes[] = {
        "UPDATE large SET day = '2026-02-30' WHERE id = 1",
        "UPDATE large SET day = '2026-2-3' WHERE id = 4000000",
        "UPDATE large SET day = '' WHERE id = 16000000",
        "UPDATE large SET day = '2026-11-25 ' WHERE id = 16",
        "UPDATE large SET day = '２026-1-2' WHERE id = 16",
        "UPDATE large SET day = '2026-11-:1' WHERE id = 16",
        "UPDATE large SET day = '1826-11-25' WHERE id = 16",
        "UPDATE large SET day = '2200-01-01' WHERE id = 16",
        "UPDATE large SET day = '2026-00-25' WHERE id = 16",
        "UPDATE large SET day = '2026-13-25' WHERE id = 16",
        "UPDATE large SET day = '2023-02-29' WHERE id = 16",
        "UPDATE large SET kind = '家放' WHERE id = 36",
        "UPDATE large SET kind = '家访 ' WHERE id = 36",
        "UPDATE large SET kind = 12 WHERE id = 36",
        "UPDATE large SET day = CAST(x'00000000000000003035' AS TEXT) WHERE id = 16",
        "UPDATE large SET day = '2026-11-29x' WHERE id = 16",
        "UPDATE large SET day = '2023-02-30' WHERE id = 16",
        "UPDATE large SET day = '2023-02-1 ' WHERE id = 16",
        "UPDATE large SET kind = CAST(x'E5AEB600' AS TEXT) WHERE id = 36",
        "UPDATE large SET kind = x'3F' WHERE id = 36",
        "UPDATE large SET month = '2026-13' WHERE id = 36",
    };
    struct world *world = *state;
    world_sql(world, schema);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_true(passes(world, "large"));
        world_sql(world, changes[i]);
        assert_false(passes(world, "large"));
        world_sql(world, "UPDATE large SET day = '2000-02-29', kind = '其他', month = NULL WHERE id IN (1, 16, 36, "
                         "4000000, 16000000)");
    }
    assert_true(passes(world, "keyed"));
    world_sql(world,
              "UPDATE keyed SET day = '2026-2-3' WHERE n = 3 AND day = (SELECT max(day) FROM keyed WHERE n = 3)");
    assert_false(passes(world, "keyed"));
}

/* In a WITHOUT ROWID table rows stand on inner pages too. */
static void inner_row(void **state) {
    struct world *world = *state;
    world_sql(world, str_c(world->arena, str_printf(world->arena, "PRAGMA page_size = 1024;%s", schema)));
    for (int i = 0; i < 20; i++) {
        char sql[200];
        snprintf(sql, sizeof sql,
                 "UPDATE keyed SET kind = '家放' WHERE n = 5 AND day = (SELECT day FROM keyed WHERE n = 5 "
                 "ORDER BY day LIMIT 1 OFFSET %d)",
                 i);
        world_sql(world, sql);
        assert_false(passes(world, "keyed"));
        world_sql(world, "UPDATE keyed SET kind = NULL WHERE kind = '家放'");
        assert_true(passes(world, "keyed"));
    }
}

/* Rows older than a column, keys that are the row's own number, cells beyond the page, other encodings, a log: SQLite knows. */
static void left_to_sqlite(void **state) {
    struct world *world = *state;
    world_sql(world, schema);
    world_sql(world,
              "CREATE TABLE grown(a); INSERT INTO grown VALUES(1); ALTER TABLE grown ADD COLUMN day TEXT DEFAULT 'x';"
              "CREATE TABLE numbered(number INTEGER PRIMARY KEY); INSERT INTO numbered VALUES(7);"
              "CREATE TABLE long(text TEXT, day TEXT); INSERT INTO long VALUES(hex(zeroblob(9000)), 'x');"
              "CREATE TABLE behind(day TEXT, text TEXT); INSERT INTO behind VALUES('2026-11-25', hex(zeroblob(9000)))");
    assert_false(passes(world, "grown"));
    assert_false(passes(world, "numbered"));
    assert_false(passes(world, "long"));
    assert_true(passes(world, "behind"));
    world_sql(world, "PRAGMA journal_mode = wal");
    assert_false(passes(world, "behind"));
    world_sql(world, "PRAGMA journal_mode = delete");
    unlink(world->path);
    world_sql(world,
              "PRAGMA encoding = 'UTF-16le'; CREATE TABLE small(day TEXT); INSERT INTO small VALUES('2026-11-25')");
    assert_false(passes(world, "small"));
}

/* A byte of any page, the file's end, a page that is its own child: read to the end or given up, and never beyond. */
static void damaged(void **state) {
    enum { ROUNDS = 2000, PAGE = 1024 };
    struct world *world = *state;
    world_sql(world, str_c(world->arena, str_printf(world->arena, "PRAGMA page_size = 1024;%s", schema)));
    struct look *look = open_look(world, false);
    const int fd = open(world->path, O_RDWR | O_CLOEXEC);
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    uint64_t seed = 1;
    for (int i = 0; i < ROUNDS; i++) {
        struct looked_table *table = table_of(look, i % 2 == 0 ? "large" : "keyed");
        unsigned char before[4], after[4];
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const off_t page =
            PAGE * (off_t)(i % 3 == 0 ? table->root - 1 : 1 + (seed >> 33) % (uint64_t)(status.st_size / PAGE - 1));
        const off_t at = page + (off_t)((seed >> 20) % (i % 4 == 0 ? 12 : PAGE - 4));
        memcpy(after, &seed, sizeof after);
        assert_int_equal(pread(fd, before, sizeof before, at), sizeof before);
        assert_int_equal(pwrite(fd, after, sizeof after, at), sizeof after);
        values_pass_table(&look->pages, table);
        assert_int_equal(pwrite(fd, before, sizeof before, at), sizeof before);
    }
    assert_true(values_pass_table(&look->pages, table_of(look, "large")));
    close_look(world);
    close(fd);
}

int main(void) {
#define CASE(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {CASE(agrees), CASE(one_is_wrong), CASE(inner_row), CASE(left_to_sqlite),
                                       CASE(damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
