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

struct complaint {
    struct session *session;
    const struct query_text *text;
    struct diags *diags;
    struct str words; /* SQLite's own */
    struct str name;  /* the name it misses */
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

/* The same behind FROM, JOIN or a comma; else anywhere. */
static size_t find_table(struct str sql, struct str name) {
    struct sql_word before = {.kind = SQL_SIGN, .text = STR("")}, word;
    for (size_t offset = 0; sql_next(sql, &offset, &word); before = word) {
        if (sql_is(&word, name) && (sql_is(&before, STR("FROM")) || sql_is(&before, STR("JOIN")))) {
            return word.from;
        }
    }
    return find_name(sql, name);
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

#define LOOK_HERE                                                                                                      \
    BOTH_INIT("look here and at the word before: a comma too many or too few, or a word misspelt",                     \
              "请看此处和前面一个词：是否多写、漏写了逗号，或写错了词")

/* The sentences that a clerk's slips bring about, in Chinese too, and what to do; what stands between beginning and end is a name. */
static const struct sentence {
    const char *beginning, *end, *before, *behind;
    bool named;
    struct str hint;
} sentences_in_both[] = {
    {"near \"", "\": syntax error", "“", "”附近不合语法", true, LOOK_HERE},
    {"unrecognized token: \"", "\"", "无法识别“", "”", true, LOOK_HERE},
    {"incomplete input", "", "语句不完整", "", false,
     BOTH_INIT("write what is missing at the end", "请补全末尾缺少的部分")},
    {"SELECTs to the left and right of", "", "UNION 两边的列数不同", "", false,
     BOTH_INIT("give both SELECTs as many columns, in the same order", "请让两边的 SELECT 列数相同、次序一致")},
    {"misuse of aggregate", "", "此处不能用汇总函数", "", false,
     BOTH_INIT("a condition on a sum stands behind GROUP BY, as HAVING count(*) > 1",
               "对汇总的条件写在 GROUP BY 之后：HAVING count(*) > 1")},
    {"misuse of window function", "", "此处不能用窗口函数", "", false,
     BOTH_INIT("compute it in an inner SELECT, and ask for it outside", "请在内层 SELECT 中计算，外层再用")},
    {"wrong number of arguments to function ", "", "参数个数不对：", "", true,
     BOTH_INIT("write as many values between its brackets as it takes: substr(name, 1, 2)",
               "括号里的值须与函数所需一致：substr(name, 1, 2)")},
    {"a GROUP BY clause is required before HAVING", "", "HAVING 之前没有 GROUP BY", "", false,
     BOTH_INIT("write GROUP BY before it, or WHERE in its place", "请在前面写 GROUP BY，或改用 WHERE")},
    {"HAVING clause on a non-aggregate query", "", "没有汇总，不能用 HAVING", "", false,
     BOTH_INIT("write WHERE in its place", "请改用 WHERE")},
    {"sub-select returns ", "", "括号里的 SELECT 多于一列", "", false,
     BOTH_INIT("an inner SELECT gives one column", "括号里的 SELECT 只取一列")},
    {"row value misused", "", "此处须是一个值", "", false,
     BOTH_INIT("an inner SELECT gives one column", "括号里的 SELECT 只取一列")},
    {"no tables specified", "", "没有写从哪个表取", "", false,
     BOTH_INIT("write FROM and a table behind *", "请在 * 之后写 FROM 和表名")},
    {"", "does not match any column in the result set", "ORDER BY 用到结果中没有的列", "", false,
     BOTH_INIT("behind UNION only the result's own columns sort: take that column into the SELECT",
               "UNION 之后只能按结果中的列排序：请把该列写入 SELECT")},
    {"ON clause references tables to its right", "", "ON 用到了写在它后面的表", "", false,
     BOTH_INIT("join that table first", "请先连接那个表")},
    {"duplicate WITH table name", "", "WITH 中有重名", "", false,
     BOTH_INIT("give one another name", "请给其中一个改名")},
};

static const struct sentence *find_sentence(struct str words) {
    for (size_t i = 0; i < sizeof sentences_in_both / sizeof *sentences_in_both; i++) {
        const struct sentence *known = &sentences_in_both[i];
        if (str_starts(words, str_from(known->beginning)) && str_ends(words, str_from(known->end))) {
            return known;
        }
    }
    return NULL;
}

/* What no sentence of the table fits is SQLite's own, as a quotation. */
static struct str in_both(struct arena *arena, struct str words, const struct sentence *known) {
    if (known == NULL) {
        return diag_both(arena, words, str_printf(arena, "SQLite 不接受（“%.*s”）", STR_ARG(words)));
    }
    const size_t from = str_from(known->beginning).n, to = words.n - str_from(known->end).n;
    const struct str name = known->named ? str_slice(words, from, to) : STR_NONE;
    return diag_both(arena, words, str_printf(arena, "%s%.*s%s", known->before, STR_ARG(name), known->behind));
}

static void tell_words(const struct complaint *complaint) {
    static const struct str look_here = LOOK_HERE;
    const struct sentence *known = find_sentence(complaint->words);
    DIAG_ADD(complaint->diags, D201, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, in_both(complaint->session->arena, complaint->words, known),
             known != NULL ? known->hint : look_here);
}

static void tell_missing(const struct complaint *complaint, enum diag_code near_code, enum diag_code far_code,
                         const struct str *candidates, size_t count) {
    if (count == 0) {
        tell_words(complaint);
        return;
    }
    const bool columns = near_code == DIAG_D202;
    const struct str near =
        columns ? column_meant(complaint->name, candidates, count) : table_meant(complaint->name, candidates, count);
    const struct str of_row = /* id = class_id */
        columns && near.n == 0 && query_is_compared(complaint->text, complaint->from)
            ? diag_both(complaint->session->arena,
                        str_printf(complaint->session->arena, "a value of the row around is written :%.*s; ",
                                   STR_ARG(complaint->name)),
                        str_printf(complaint->session->arena, "外层行的值写作 :%.*s；", STR_ARG(complaint->name)))
            : STR_NONE;
    const struct str args[4] = {complaint->text->name, complaint->name, near.n > 0 ? near : of_row,
                                names_joined(complaint->session->arena, candidates, count, count)};
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

/* c.class_id, where no table is called c. */
static bool tell_no_alias(const struct complaint *complaint) {
    const struct str sql = complaint->text->sql;
    const size_t point = str_find_byte(complaint->name, '.');
    const struct str alias = str_slice(complaint->name, 0, point);
    struct sql_word before = {.kind = SQL_SIGN, .text = STR("")}, word;
    bool known = point == complaint->name.n || catalogue_find(complaint->session, alias) != NULL;
    for (size_t offset = 0; !known && sql_next(sql, &offset, &word); before = word) {
        known = sql_is(&word, alias) && before.kind == SQL_NAME; /* child AS c, child c */
        known = known && !sql_is(&before, STR("SELECT")) && !sql_is(&before, STR("WHERE")) &&
                !sql_is(&before, STR("AND")) && !sql_is(&before, STR("BY")) && !sql_is(&before, STR("ON")) &&
                !sql_is(&before, STR("OR"));
    }
    if (!known) {
        DIAG_ADD(complaint->diags, D243, query_place(complaint->text, complaint->from, complaint->from + alias.n),
                 complaint->text->name, alias, without_qualifier(complaint->name));
    }
    return !known;
}

/* SELECT c.name, (SELECT … FROM …) WHERE …: what stands outside of all brackets has no FROM. */
static bool tell_no_from(const struct complaint *complaint) {
    struct sql_word word;
    int depth = 0;
    bool inside = false;
    for (size_t offset = 0; sql_next(complaint->text->sql, &offset, &word);) {
        depth += sql_is_sign(&word, '(') ? 1 : sql_is_sign(&word, ')') ? -1 : 0;
        if (depth == 0 && sql_is(&word, STR("FROM"))) {
            return false;
        }
        inside = inside || (depth > 0 && word.from == complaint->from);
    }
    if (inside) {
        return false;
    }
    size_t tables = 0;
    const struct str *names = session_tables(complaint->session, complaint->session->arena, &tables);
    DIAG_ADD(complaint->diags, D241, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, without_qualifier(complaint->name),
             names_joined(complaint->session->arena, names, tables, tables));
    return true;
}

/* Columns of the tables that the text names, each once; asking for a view's columns ends the error that SQLite keeps. */
static void missing_column(struct complaint *complaint) {
    struct session *session = complaint->session;
    if (query_tell_no_column(complaint->text, complaint->from, complaint->diags) || tell_no_from(complaint) ||
        tell_no_alias(complaint)) {
        return;
    }
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
    if (count == 0) {
        size_t tables = 0;
        const struct str *names = session_tables(session, session->arena, &tables);
        DIAG_ADD(complaint->diags, D241, query_place(complaint->text, complaint->from, complaint->to),
                 complaint->text->name, complaint->name, names_joined(session->arena, names, tables, tables));
        return;
    }
    const bool words = complaint->name.n > 0 && (unsigned char)complaint->name.p[0] >= 0x80;
    if (words && query_is_compared(complaint->text, complaint->from)) {
        DIAG_ADD(complaint->diags, D242, query_place(complaint->text, complaint->from, complaint->to),
                 complaint->text->name, complaint->name, STR_NONE, names_joined(session->arena, columns, count, count));
        return;
    }
    tell_missing(complaint, DIAG_D202, DIAG_D203, columns, count);
}

static void missing_table(struct complaint *complaint) {
    size_t count;
    const struct str *names = session_tables(complaint->session, complaint->session->arena, &count);
    tell_missing(complaint, DIAG_D204, DIAG_D205, names, count);
}

/* Functions of other databases, and SQLite's way to write them. */
static const struct {
    const char *called, *written;
} foreign[] = {
    {"concat", "a || b"},
    {"concat_ws", "a || ' ' || b"},
    {"len", "length(a)"},
    {"left", "substr(a, 1, 2)"},
    {"right", "substr(a, -2)"},
    {"mid", "substr(a, 2, 3)"},
    {"if", "iif(a = 1, b, c)"},
    {"nvl", "ifnull(a, b)"},
    {"isnull", "ifnull(a, b)"},
    {"year", "substr(day, 1, 4)"},
    {"month", "substr(day, 6, 2)"},
    {"day", "substr(day, 9, 2)"},
    {"now", ":as_of"},
    {"today", ":as_of"},
    {"getdate", ":as_of"},
    {"sysdate", ":as_of"},
    {"datediff", "julianday(a) - julianday(b)"},
    {"date_format", "strftime('%Y', day)"},
    {"to_char", "strftime('%Y', day)"},
    {"to_date", "the day itself, as text: '2026-11-25'"},
    {"concatenate", "a || b"},
    {"iferror", "ifnull(a, b)"},
    {"isnumeric", "typeof(a) = 'integer'"},
    {"age", "strftime('%Y', :as_of) - strftime('%Y', birth)"},
    {"countif", "count(*) FILTER (WHERE a = 1)"},
    {"countifs", "count(*) FILTER (WHERE a = 1)"},
    {"sumif", "sum(a) FILTER (WHERE b = 1)"},
    {"counta", "count(a)"},
    {"average", "avg(a)"},
    {"vlookup", "(SELECT b FROM t WHERE t.a = …)"},
    {"text", "printf('%02d', a)"},
    {"find", "instr(a, '班')"},
    {"locate", "instr(a, '班')"},
    {"charindex", "instr(a, '班')"},
    {"substring_index", "substr(a, 1, instr(a, '班'))"},
    {"ucase", "upper(a)"},
    {"lcase", "lower(a)"},
    {"string_agg", "group_concat(a, '、')"},
    {"row", "row_number() OVER (ORDER BY a)"},
    {"curdate", ":as_of"},
    {"pinyin", "ORDER BY a COLLATE pinyin"},
    {"strokes", "ORDER BY a COLLATE strokes"},
    {"surname", "ORDER BY a COLLATE surname"},
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
    static const char *const orders[][2] = {{"拼音", "pinyin"},           {"笔画", "strokes"},
                                            {"笔划", "strokes"},          {"姓氏", "surname"},
                                            {"姓氏笔画", "strokes"},      {"中文", "pinyin"},
                                            {"chinese", "pinyin"},        {"zh_CN", "pinyin"},
                                            {"gbk_chinese_ci", "pinyin"}, {"Chinese_PRC_CI_AS", "pinyin"},
                                            {"utf8_general_ci", "nocase"}};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (sql_same(complaint->name, str_from(orders[i][0]))) {
            struct arena *arena = complaint->session->arena;
            DIAG_ADD(complaint->diags, D238, query_place(complaint->text, complaint->from, complaint->to),
                     complaint->text->name, complaint->name,
                     diag_both(arena, str_printf(arena, "it is written COLLATE %s", orders[i][1]),
                               str_printf(arena, "应写作 COLLATE %s", orders[i][1])));
            return;
        }
    }
    DIAG_ADD(complaint->diags, D208, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, complaint->name, STR_NONE, str_from(collation_list));
}

static void ambiguous_column(struct complaint *complaint) {
    DIAG_ADD(complaint->diags, D209, query_place(complaint->text, complaint->from, complaint->to),
             complaint->text->name, complaint->name);
}

static void modified(struct complaint *complaint) {
    query_tell_writing(complaint->text, complaint->diags);
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
        query_tell_writing(text, diags);
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
    if (str_starts(complaint->words, STR("SELECTs to the left"))) {
        return (int64_t)find_name(sql, STR("UNION"));
    }
    const bool table = str_starts(complaint->words, STR("no such table"));
    const size_t found = table                   ? find_table(sql, without_qualifier(complaint->name))
                         : complaint->name.n > 0 ? find_name(sql, without_qualifier(complaint->name))
                                                 : sql.n;
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
    const bool syntax =
        kind == kinds && !str_starts(complaint.words, STR("misuse")) && !str_starts(complaint.words, STR("wrong"));
    if (syntax && query_tell_refused(text, complaint.from, diags)) {
        return;
    }
    if (kind < kinds && (offset >= 0 || sentences[kind].tell == modified)) {
        sentences[kind].tell(&complaint);
    } else {
        tell_words(&complaint);
    }
}
