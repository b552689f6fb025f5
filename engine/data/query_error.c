/* query_error.c: SQLite's error about a query, told so that a writer of layouts can mend it.
 *
 * SQLite's sentences are known by their beginnings (a table below); the name that follows is compared with the names
 * that exist there. The offset is SQLite's own where it gives one, else that of the first word in the text with that
 * name. */
#include "data/query.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "data/sql_words.h"

enum { LIST_BYTES = 240 };

struct complaint {
    struct session *session;
    const struct query_text *text;
    struct diags *diags;
    struct str words; /* SQLite's own */
    struct str name;  /* what it misses */
    size_t from, to;  /* of it in the sql */
};

struct place query_place(const struct query_text *text, size_t from, size_t to) {
    struct place place = text->place_of == NULL ? PLACE_NONE : text->place_of(text->context, from);
    if (to > from) {
        place.width = (int32_t)utf8_count(str_slice(text->sql, from, to));
    }
    return place;
}

/* Bytes of the word at `from`. */
static size_t word_end(struct str sql, size_t from) {
    struct sql_word word;
    size_t offset = from;
    return sql_next(sql, &offset, &word) && word.from == from ? word.to : from;
}

/* Offset of the first word, or sequence a.b, equal to `name`; the text's length when there is none. */
static size_t find_name(struct str sql, struct str name) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        if (sql_is(&word, name)) {
            return word.from;
        }
    }
    return sql.n;
}

static struct str without_qualifier(struct str name) {
    size_t point = name.n;
    while (point > 0 && name.p[point - 1] != '.') {
        point--;
    }
    return str_slice(name, point, name.n);
}

/* Offset of the column in table.column. */
static size_t behind_qualifier(struct str sql, size_t from) {
    struct sql_word name, point, column;
    size_t offset = from;
    if (!sql_next(sql, &offset, &name) || !sql_next(sql, &offset, &point) || !str_is(point.text, ".") ||
        !sql_next(sql, &offset, &column)) {
        return from;
    }
    return column.from;
}

/* a, b, c … */
static struct str list(struct arena *arena, const struct str *names, size_t count) {
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        if (out.count + names[i].n > LIST_BYTES) {
            buffer_add(&out, STR(" …"));
            break;
        }
        buffer_add(&out, i == 0 ? STR("") : STR(", "));
        buffer_add(&out, names[i]);
    }
    const struct str joined = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return joined;
}

/* SQLite's sentences about common slips, in both languages; "…" stands for the words in quotes. */
static struct str in_both(struct arena *arena, struct str words) {
    static const struct {
        const char *beginning, *end, *before, *behind;
    } known[] = {
        {"near \"", "\": syntax error", "“", "”附近不合语法"},
        {"unrecognized token: \"", "\"", "无法识别“", "”"},
        {"incomplete input", "", "语句不完整", ""},
        {"SELECTs to the left and right of", "do not have the same number of result columns", "UNION 两边的列数不同",
         ""},
        {"misuse of aggregate", "", "此处不能用汇总函数", ""},
        {"wrong number of arguments to function ", "", "参数个数不对：", ""},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct str beginning = str_from(known[i].beginning), end = str_from(known[i].end);
        if (!str_starts(words, beginning) || !str_ends(words, end)) {
            continue;
        }
        const struct str name = str_slice(words, beginning.n, words.n - end.n);
        bool shown = known[i].behind[0] != '\0' || str_ends(str_from(known[i].before), STR("："));
        return diag_both(
            arena, words,
            str_printf(arena, "%s%.*s%s", known[i].before, shown ? (int)name.n : 0, name.p, known[i].behind));
    }
    return words;
}

static void tell_words(const struct complaint *complaint) {
    DIAG_ADD(complaint->diags, D201, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, in_both(complaint->session->arena, complaint->words));
}

static void tell_missing(const struct complaint *complaint, enum diag_code near_code, enum diag_code far_code,
                         const struct str *candidates, size_t count) {
    if (count == 0) {
        tell_words(complaint);
        return;
    }
    const struct str near = nearest_name(complaint->name, candidates, count);
    const struct str args[4] = {complaint->text->name, complaint->name, near,
                                list(complaint->session->arena, candidates, count)};
    diag_add(complaint->diags, near.n > 0 ? near_code : far_code,
             query_place(complaint->text, complaint->from, complaint->to), args);
}

static bool is_among(struct str name, const struct str *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(names[i], name)) {
            return true;
        }
    }
    return false;
}

/* Columns of the tables that the text names, each once; asking for a view's columns ends the error that SQLite keeps. */
static void missing_column(struct complaint *complaint) {
    struct session *session = complaint->session;
    complaint->name = without_qualifier(complaint->name);
    complaint->from = behind_qualifier(complaint->text->sql, complaint->from);
    complaint->to = word_end(complaint->text->sql, complaint->from);
    struct str *columns = NULL;
    size_t count = 0, capacity = 0;
    struct sql_word word;
    for (size_t offset = 0; sql_next(complaint->text->sql, &offset, &word);) {
        const struct table *table = word.kind == SQL_NAME ? catalogue_find(session, word.text) : NULL;
        size_t more = 0;
        const struct str *names = table == NULL ? NULL : catalogue_columns(session, table, &more);
        for (size_t i = 0; i < more; i++) {
            if (!is_among(names[i], columns, count)) {
                ARENA_GROW(session->arena, columns, count, capacity);
                columns[count++] = names[i];
            }
        }
    }
    const bool quoted = complaint->from < complaint->text->sql.n && complaint->text->sql.p[complaint->from] == '"';
    if (quoted && nearest(complaint->name, columns, count) == count) {
        DIAG_ADD(complaint->diags, D236, query_place(complaint->text, complaint->from, complaint->to),
                 complaint->text->name, complaint->name);
        return;
    }
    tell_missing(complaint, DIAG_D202, DIAG_D203, columns, count);
}

static void missing_table(struct complaint *complaint) {
    size_t count;
    const struct str *names = session_tables(complaint->session, complaint->session->arena, &count);
    tell_missing(complaint, DIAG_D204, DIAG_D205, names, count);
}

/* How other databases call what SQLite writes otherwise. */
static const struct {
    const char *called, *written;
} foreign[] = {
    {"concat", "a || b"},
    {"concat_ws", "a || ' ' || b"},
    {"len", "length(a)"},
    {"left", "substr(a, 1, 2)"},
    {"right", "substr(a, -2)"},
    {"mid", "substr(a, 2, 3)"},
    {"if", "iif(condition, a, b)"},
    {"nvl", "ifnull(a, b)"},
    {"isnull", "ifnull(a, b)"},
    {"year", "substr(day, 1, 4)"},
    {"month", "substr(day, 6, 2)"},
    {"day", "substr(day, 9, 2)"},
    {"now", ":as_of"},
    {"today", ":as_of"},
    {"getdate", ":as_of"},
    {"sysdate", ":as_of"},
    {"curdate", ":as_of"},
};

static bool tell_foreign_function(const struct complaint *complaint) {
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (sql_same(complaint->name, str_from(foreign[i].called))) {
            DIAG_ADD(complaint->diags, D237, query_place(complaint->text, complaint->from, complaint->to),
                     complaint->text->name, complaint->name, str_from(foreign[i].written));
            return true;
        }
    }
    return false;
}

static void missing_function(struct complaint *complaint) {
    if (tell_foreign_function(complaint)) {
        return;
    }
    struct session *session = complaint->session;
    struct str *names = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *statement = NULL;
    session->trusted = true;
    sqlite3_prepare_v2(session->db, "SELECT DISTINCT name FROM pragma_function_list ORDER BY name", -1, &statement,
                       NULL);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        ARENA_GROW(session->arena, names, count, capacity);
        names[count++] = str_copy(session->arena, str_from((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    session->trusted = false;
    tell_missing(complaint, DIAG_D206, DIAG_D207, names, count);
}

static void missing_collation(struct complaint *complaint) {
    DIAG_ADD(complaint->diags, D208, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, complaint->name, STR_NONE, str_from(collation_list));
}

static void ambiguous_column(struct complaint *complaint) {
    DIAG_ADD(complaint->diags, D209, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, complaint->name);
}

/* Tells full-width signs that an input method typed in place of SQL's: SQLite takes them for letters of a name. */
static bool tell_full_width(struct session *session, const struct query_text *text, struct diags *diags) {
    static const struct {
        uint32_t typed;
        const char *meant;
    } signs[] = {
        {0xFF0C, ","},  {0x3001, ","},  {0xFF08, "("},  {0xFF09, ")"},  {0xFF1D, "="},  {0xFF1B, ";"},
        {0xFF1E, ">"},  {0xFF1C, "<"},  {0xFF0A, "*"},  {0xFF1A, ":"},  {0x2018, "\'"}, {0x2019, "\'"},
        {0x201C, "\'"}, {0x201D, "\'"}, {0x300E, "\'"}, {0x300F, "\'"}, {0xFF0E, "."},  {0xFF0D, "-"},
        {0xFF0F, "/"},  {0xFF5C, "|"},  {0xFF01, "!"},  {0x3000, " "},  {0xFF0B, "+"},
    };
    struct sql_word word;
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        const char first = text->sql.p[word.from];
        if (word.kind == SQL_STRING || first == '"' || first == '[' || first == '`') {
            continue;
        }
        for (size_t at = word.from; at < word.to;) {
            size_t from = at;
            const uint32_t c = utf8_next(text->sql, &at);
            for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
                if (signs[i].typed != c) {
                    continue;
                }
                DIAG_ADD(diags, D216, query_place(text, from, at), text->name,
                         str_copy(session->arena, str_slice(text->sql, from, at)), str_from(signs[i].meant));
                return true;
            }
        }
    }
    return false;
}

/* Begins a statement that isn't a query? */
static bool is_verb(const struct sql_word *word) {
    static const char *const verbs[] = {
        "alter",   "analyze", "attach", "begin",   "commit",  "create",  "delete",   "detach",    "drop",   "end",
        "explain", "insert",  "pragma", "reindex", "release", "replace", "rollback", "savepoint", "update", "vacuum",
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (sql_is(word, str_from(verbs[i]))) {
            return true;
        }
    }
    return false;
}

static void tell_verb(const struct query_text *text, const struct sql_word *verb, struct diags *diags) {
    DIAG_ADD(diags, D212, query_place(text, verb->from, verb->to), text->name, verb->text);
}

static bool is_clock(struct str name) {
    static const char *const clocks[] = {"date", "time", "datetime", "julianday", "unixepoch", "strftime"};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if (sql_same(name, str_from(clocks[i]))) {
            return true;
        }
    }
    return false;
}

bool query_tell_clock(const struct query_text *text, struct diags *diags) {
    struct sql_word clock, word;
    for (size_t offset = 0; sql_next(text->sql, &offset, &clock);) {
        size_t behind = offset;
        if (clock.kind != SQL_NAME || !is_clock(clock.text) || !sql_next(text->sql, &behind, &word) ||
            !str_is(word.text, "(")) {
            continue;
        }
        bool none = true;
        for (; sql_next(text->sql, &behind, &word) && !str_is(word.text, ")"); none = false) {
            const struct str written = str_slice(text->sql, word.from, word.to);
            if (word.kind == SQL_STRING && sql_same(written, STR("'now'"))) {
                DIAG_ADD(diags, D223, query_place(text, word.from, word.to), text->name);
                return true;
            }
        }
        if (none) {
            DIAG_ADD(diags, D223, query_place(text, clock.from, clock.to), text->name);
            return true;
        }
    }
    return false;
}

bool query_tell_verb(const struct query_text *text, struct diags *diags) {
    struct sql_word word;
    size_t offset = 0;
    if (!sql_next(text->sql, &offset, &word) || !is_verb(&word)) {
        return false;
    }
    tell_verb(text, &word, diags);
    return true;
}

/* WITH … UPDATE, the one way to write that doesn't begin with its verb. */
static void tell_writing(const struct query_text *text, struct diags *diags) {
    struct sql_word word = {.text = STR("WITH")};
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        if (is_verb(&word)) {
            break;
        }
    }
    tell_verb(text, &word, diags);
}

static void modified(struct complaint *complaint) {
    tell_writing(complaint->text, complaint->diags);
}

/* Where a table-valued function stands: it is refused when it declares itself, before its name comes up. */
static size_t find_refused(const struct session *session, struct str sql) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        if (word.kind == SQL_NAME && !authorizer_may_count(session, word.text)) {
            return word.from;
        }
    }
    return sql.n;
}

static void tell_denial(struct session *session, const struct query_text *text, struct diags *diags) {
    int action = session->denied.action;
    struct str name = session->denied.name;
    size_t from = find_name(text->sql, name), refused = find_refused(session, text->sql);
    if (action != SQLITE_READ && action != SQLITE_FUNCTION && refused < text->sql.n) {
        action = SQLITE_READ;
        from = refused;
        name = str_slice(text->sql, from, word_end(text->sql, from));
    }
    struct place place =
        from < text->sql.n ? query_place(text, from, word_end(text->sql, from)) : query_place(text, 0, 0);
    if (action == SQLITE_READ) {
        DIAG_ADD(diags, D213, place, text->name, name);
    } else if (action == SQLITE_FUNCTION) {
        DIAG_ADD(diags, D214, place, text->name, name);
    } else {
        tell_writing(text, diags);
    }
}

/* SQLite's sentence, without the schema's secret name. */
static struct str plain_words(struct session *session) {
    struct str words = str_copy(session->arena, str_from(sqlite3_errmsg(session->db)));
    const struct str secret = str_printf(session->arena, "%s.", session->schema);
    struct buffer out = {0};
    for (size_t at; (at = str_find(words, secret)) < words.n; words = str_slice(words, at + secret.n, words.n)) {
        buffer_add(&out, str_slice(words, 0, at));
    }
    buffer_add(&out, words);
    const struct str plain = str_copy(session->arena, buffer_str(&out));
    buffer_release(&out);
    return plain;
}

/* SQLite's offset, or that of the first word with the name, or the text's end where something is missing there. -1:
 * not in this text, but in a view of the database. */
static int64_t error_offset(const struct complaint *complaint) {
    const struct str sql = complaint->text->sql;
    const int offset = sqlite3_error_offset(complaint->session->db);
    if (offset >= 0) {
        return offset;
    }
    if (str_starts(complaint->words, STR("incomplete"))) {
        return (int64_t)sql.n;
    }
    const size_t found = complaint->name.n > 0 ? find_name(sql, without_qualifier(complaint->name)) : sql.n;
    return found < sql.n ? (int64_t)found : -1;
}

static const struct {
    const char *beginning;
    void (*tell)(struct complaint *complaint);
} sentences[] = {
    {"no such column: ", missing_column},          {"no such table: ", missing_table},
    {"no such function: ", missing_function},      {"no such collation sequence: ", missing_collation},
    {"ambiguous column name: ", ambiguous_column}, {"cannot modify ", modified},
};

void query_tell_error(struct session *session, const struct query_text *text, int code, struct diags *diags) {
    if (code == SQLITE_AUTH || session->denied.action != 0) {
        tell_denial(session, text, diags);
        return;
    }
    struct complaint complaint = {.session = session, .text = text, .diags = diags, .words = plain_words(session)};
    size_t kind = 0, kinds = sizeof sentences / sizeof *sentences;
    while (kind < kinds && !str_starts(complaint.words, str_from(sentences[kind].beginning))) {
        kind++;
    }
    if (kind < kinds) {
        complaint.name = str_slice(complaint.words, strlen(sentences[kind].beginning), complaint.words.n);
    }
    const int64_t offset = error_offset(&complaint);
    complaint.from = offset < 0 ? 0 : (size_t)offset;
    complaint.to = word_end(text->sql, complaint.from);
    if (tell_full_width(session, text, diags)) {
        return;
    }
    if (kind < kinds && (offset >= 0 || sentences[kind].tell == modified)) {
        sentences[kind].tell(&complaint);
    } else {
        tell_words(&complaint);
    }
}
