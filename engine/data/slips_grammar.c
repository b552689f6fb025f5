/* slips_grammar.c: what SQLite refuses where a condition, a list or a name goes on otherwise than it expects, and days that
 * aren't written as text. */
#include "data/slips.h"

#include <string.h>

/* --- days --------------------------------------------------------------------------------------------------------- */

static size_t digits_at(struct str text, size_t at) {
    size_t n = 0;
    while (at + n < text.n && text.p[at + n] >= '0' && text.p[at + n] <= '9') {
        n++;
    }
    return n;
}

/* The sign or character at `at` that parts year and month, or month and day; its bytes. */
static size_t parts_day(struct str text, size_t at) {
    static const char *const signs[] = {"-", "/", ".", "年", "月"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (str_starts(str_slice(text, at, text.n), str_from(signs[i]))) {
            return strlen(signs[i]);
        }
    }
    return 0;
}

/* 2015-9-1, 2015/09/01, 2015年9月1日 at `at`: its length, and the day as the database has it; 0 for none. */
static size_t day_at(struct str text, size_t at, char iso[11]) {
    const size_t year = digits_at(text, at), first = at + year, month_at = first + parts_day(text, first);
    const size_t month = digits_at(text, month_at), second = month_at + month,
                 day_at = second + parts_day(text, second);
    const size_t day = digits_at(text, day_at);
    if (year != 4 || month_at == first || month == 0 || month > 2 || day_at == second || day == 0 || day > 2) {
        return 0;
    }
    memcpy(iso, "0000-00-00", 11);
    memcpy(iso, text.p + at, 4);
    memcpy(iso + 7 - month, text.p + month_at, month);
    memcpy(iso + 10 - day, text.p + day_at, day);
    const size_t end = day_at + day;
    return end + (str_starts(str_slice(text, end, text.n), STR("日")) ? 3 : 0) - at;
}

static bool tell_day(const struct words *words, size_t from, size_t to, const char *iso) {
    struct arena *arena = words->diags->arena;
    const struct str hint = diag_both(arena, str_printf(arena, "a day is text, written so: '%s'", iso),
                                      str_printf(arena, "日期是文字，写作 '%s'", iso));
    return words_tell(words, from, to, str_slice(words->text->sql, from, to), hint);
}

bool slips_tell_day(const struct words *words) {
    const struct str sql = words->text->sql;
    const struct sql_word *word = &words->word;
    char iso[11];
    const bool quoted = words_is_text(words, word);
    const size_t from = word->from + quoted, n = word->kind == SQL_STRING ? day_at(sql, from, iso) : 0;
    if (n == 0) {
        return false;
    }
    if (quoted) {
        const bool all = from + n + 1 == word->to;
        return all && !str_is(str_slice(sql, from, from + n), iso) && tell_day(words, word->from, word->to, iso);
    }
    const bool marked = sql_is_sign(&words->before, '#') && words->before.to == from;
    return tell_day(words, from - marked, from + n + (marked && from + n < sql.n && sql.p[from + n] == '#'), iso);
}

/* --- grammar ------------------------------------------------------------------------------------------------------ */

/* Each looks at the word at which SQLite stopped. */

/* birth ≥ '2015-01-01' */
static bool sign_of_mathematics(const struct words *words) {
    static const char *const signs[][2] = {{"≥", ">="},    {"≤", "<="}, {"≠", "<>"},
                                           {"＞＝", ">="}, {"≧", ">="}, {"≦", "<="}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const size_t from = words->word.from, to = from + strlen(signs[i][0]);
        if (str_starts(str_slice(words->text->sql, from, words->text->sql.n), str_from(signs[i][0]))) {
            struct arena *arena = words->diags->arena;
            return words_tell(words, from, to, str_from(signs[i][0]),
                              diag_both(arena, str_printf(arena, "it is written %s", signs[i][1]),
                                        str_printf(arena, "应写作 %s", signs[i][1])));
        }
    }
    return false;
}

static bool isnull(const struct words *words) {
    const bool calls = sql_is(&words->word, STR("isnull")) && sql_is_sign(&words->next, '(');
    if (calls) {
        DIAG_ADD(words->diags, D237, query_place(words->text, words->word.from, words->word.to), words->text->name,
                 words->word.text, STR("ifnull(a, b)"));
    }
    return calls;
}

/* AND OR, AND ORDER BY: at the word behind which the condition is missing. */
static bool no_condition(const struct words *words) {
    static const char *const joins[] = {"AND", "OR", "WHERE", "HAVING", "ON", "NOT"};
    static const char *const others[] = {"AND", "OR", "ORDER", "GROUP", "LIMIT", "HAVING", "UNION"};
    const bool ends = words->word.from >= words->text->sql.n || sql_is_sign(&words->word, ')') ||
                      words_is_any(&words->word, others, sizeof others / sizeof others[0]);
    return ends && words_is_any(&words->before, joins, sizeof joins / sizeof joins[0]) &&
           words_tell(words, words->before.from, words->before.to, words_written(words, &words->before),
                      BOTH("write the condition behind it, or take it out", "请在后面补写条件，或删去它"));
}

/* EXISTS SELECT …, IN SELECT … */
static bool open_select(const struct words *words) {
    return sql_is(&words->word, STR("SELECT")) && words->before.kind != SQL_STRING && words->before.text.n > 0 &&
           words_tell_word(words, BOTH("an inner SELECT stands in brackets: EXISTS (SELECT 1 FROM child)",
                                       "内层的 SELECT 写在括号里：EXISTS (SELECT 1 FROM child)"));
}

/* The last word of the text before `from` that is `name`, and that `closed` doesn't follow; its offset, or the text's length. */
static size_t open_word(const struct query_text *text, size_t from, struct str name, struct str closed) {
    struct sql_word word;
    size_t found = text->sql.n;
    for (size_t offset = 0; sql_next(text->sql, &offset, &word) && word.from < from;) {
        found = sql_is(&word, name) ? word.from : sql_is(&word, closed) ? text->sql.n : found;
    }
    return found;
}

/* count(*) AS children child WHERE …: the table, and no FROM before it. */
static bool no_from(const struct words *words) {
    static const char *const behind[] = {"WHERE", "JOIN", "LEFT", "INNER", "ORDER", "GROUP"};
    const bool table = words->word.kind == SQL_NAME && words->before.kind == SQL_NAME &&
                       words_is_any(&words->next, behind, sizeof behind / sizeof behind[0]);
    return table && open_word(words->text, words->word.from, STR("SELECT"), STR("FROM")) < words->text->sql.n &&
           words_tell_word(words,
                           BOTH("FROM is missing before the table: FROM child", "表名之前缺少 FROM：FROM child"));
}

/* AS my phone */
static bool two_words(const struct words *words) {
    return words->word.kind == SQL_NAME && words->before.kind == SQL_NAME && sql_is(&words->earlier, STR("AS")) &&
           words_tell_word(words, BOTH("a name of several words is joined by _: AS my_phone",
                                       "名称有空格时请用 _ 连接：AS my_phone"));
}

/* ORDER BY name 降序, ORDER BY name ASC DESC */
static bool direction(const struct words *words) {
    static const char *const down[] = {"降序", "倒序", "递减", "从大到小", "descending"};
    static const char *const up[] = {"升序", "正序", "递增", "从小到大", "ascending"};
    static const char *const both[] = {"ASC", "DESC"};
    if (words_is_any(&words->word, down, sizeof down / sizeof down[0])) {
        return words_tell_word(words, BOTH("it is written DESC", "降序写作 DESC"));
    }
    if (words_is_any(&words->word, up, sizeof up / sizeof up[0])) {
        return words_tell_word(words, BOTH("it is written ASC", "升序写作 ASC"));
    }
    return words_is_any(&words->word, both, 2) && words_is_any(&words->before, both, 2) &&
           words_tell_word(words, BOTH("ASC or DESC, one of the two", "ASC 和 DESC 只写一个"));
}

/* class = 1 并且 age > 6 */
static bool chinese_word(const struct words *words) {
    static const char *const meanings[][2] = {{"并且", "AND"},    {"而且", "AND"},        {"且", "AND"},
                                              {"和", "AND"},      {"同时", "AND"},        {"或", "OR"},
                                              {"或者", "OR"},     {"等于", "="},          {"大于", ">"},
                                              {"小于", "<"},      {"不等于", "<>"},       {"不是", "<>"},
                                              {"大于等于", ">="}, {"小于等于", "<="},     {"是", "="},
                                              {"为", "="},        {"包含", "LIKE '%…%'"}, {"排序", "ORDER BY"},
                                              {"按", "ORDER BY"}, {"为空", "IS NULL"},    {"不为空", "IS NOT NULL"}};
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (sql_is(&words->word, str_from(meanings[i][0]))) {
            struct arena *arena = words->diags->arena;
            return words_tell_word(words, diag_both(arena, str_printf(arena, "it is written %s", meanings[i][1]),
                                                    str_printf(arena, "应写作 %s", meanings[i][1])));
        }
    }
    return false;
}

/* a ! b, count(DISTINCT *), JOIN ON, group_concat(a SEPARATOR b), AS 1phone, a == AND: what is written so elsewhere. */
static bool elsewhere(const struct words *words) {
    const struct str word = words_written(words, &words->word);
    static const char *const contains[] = {"contains", "includes", "matches", "startswith", "包含", "含有"};
    if (sql_is(&words->word, STR("SORT"))) {
        return words_tell_word(words, BOTH("it is written ORDER BY", "排序写作 ORDER BY"));
    }
    if (words_is_any(&words->word, contains, sizeof contains / sizeof contains[0])) {
        return words_tell_word(words, BOTH("it is written LIKE: name LIKE '%刘%'", "应写作 LIKE：name LIKE '%刘%'"));
    }
    if (sql_is(&words->word, STR("FROM")) &&
        open_word(words->text, words->word.from, STR("WHERE"), STR("FROM")) < words->text->sql.n) {
        return words_tell_word(words, BOTH("FROM stands before WHERE: SELECT name FROM child WHERE …",
                                           "FROM 写在 WHERE 之前：SELECT name FROM child WHERE …"));
    }
    if (sql_is(&words->before, STR("IF")) && sql_is(&words->earlier, STR("ELSE"))) {
        return words_tell(words, words->earlier.from, words->before.to,
                          str_slice(words->text->sql, words->earlier.from, words->before.to),
                          BOTH("a second condition is WHEN again: CASE WHEN a = 1 THEN b WHEN a = 2 THEN c END",
                               "再有条件接着写 WHEN：CASE WHEN a = 1 THEN b WHEN a = 2 THEN c END"));
    }
    if (sql_is_sign(&words->word, '=') && sql_is(&words->before, STR("NOT"))) {
        return words_tell(words, words->before.from, words->word.to,
                          str_slice(words->text->sql, words->before.from, words->word.to),
                          BOTH("unequal is written <>", "不等于写 <>"));
    }
    if (sql_is_sign(&words->word, ',') &&
        open_word(words->text, words->word.from, STR("WHEN"), STR("THEN")) < words->text->sql.n) {
        return words_tell_word(words, BOTH("behind the condition stands THEN: CASE kind WHEN '甲' THEN '一' END",
                                           "条件之后写 THEN：CASE kind WHEN '甲' THEN '一' END"));
    }
    if (sql_is_sign(&words->word, '!')) {
        return words_tell_word(words, BOTH("unequal is written <>, the contrary NOT", "不等于写 <>，否定写 NOT"));
    }
    if (sql_is_sign(&words->word, '*') && sql_is(&words->before, STR("DISTINCT"))) {
        return words_tell_word(words, BOTH("DISTINCT counts a column: count(DISTINCT student_id)",
                                           "去重计数要写列：count(DISTINCT student_id)"));
    }
    if (sql_is(&words->word, STR("ON")) && sql_is(&words->before, STR("JOIN"))) {
        return words_tell_word(words, BOTH("the table stands before ON: JOIN pupil AS p ON p.student_id = c.student_id",
                                           "ON 之前写表名：JOIN pupil AS p ON p.student_id = c.student_id"));
    }
    if (sql_is(&words->word, STR("SEPARATOR"))) {
        return words_tell_word(words, BOTH("a comma stands before it: group_concat(name, '、')",
                                           "分隔符写在逗号之后：group_concat(name, '、')"));
    }
    if (word.n > 1 && word.p[0] >= '0' && word.p[0] <= '9' && sql_is(&words->before, STR("AS"))) {
        return words_tell_word(words,
                               BOTH("a name doesn't begin with a digit: AS phone1", "名称不以数字开头：AS phone1"));
    }
    return false;
}

/* ORDER BY name pinyin */
static bool order_alone(const struct words *words) {
    static const char *const orders[] = {"pinyin", "surname", "strokes", "stroke", "拼音", "笔画", "姓氏"};
    return words->before.kind == SQL_NAME && words_is_any(&words->word, orders, sizeof orders / sizeof orders[0]) &&
           words_tell_word(words, BOTH("COLLATE stands before it: ORDER BY name COLLATE pinyin",
                                       "前面写 COLLATE：ORDER BY name COLLATE pinyin"));
}

/* LIKE 刘% and then something else */
static bool bare_pattern(const struct words *words) {
    const bool bare =
        sql_is_sign(&words->before, '%') && words->earlier.kind == SQL_NAME && words->earlier.to == words->before.from;
    return bare && words_tell(words, words->earlier.from, words->before.to,
                              str_slice(words->text->sql, words->earlier.from, words->before.to),
                              BOTH("text stands in single quotes: LIKE '刘%'", "文字用单引号：LIKE '刘%'"));
}

/* BETWEEN a, b; kind IN '甲', '乙'; CASE … without END. */
static bool left_open(const struct words *words) {
    const struct query_text *text = words->text;
    const size_t at = words->word.from;
    const size_t between = open_word(text, at, STR("BETWEEN"), STR("AND")),
                 in = open_word(text, at, STR("IN"), STR("("));
    const size_t when = open_word(text, at, STR("CASE"), STR("END"));
    static const char *const others[] = {"TO", "到", "至", "and", "和", "与", "OR"};
    const bool between_other = words_is_any(&words->word, others, sizeof others / sizeof others[0]) ||
                               sql_is_sign(&words->word, '~') || sql_is_sign(&words->word, '-');
    if (between < text->sql.n && (between_other || sql_is_sign(&words->word, ','))) {
        return words_tell_word(
            words, BOTH("between the two stands AND: BETWEEN a AND b", "两个值之间写 AND：BETWEEN a AND b"));
    }
    if (in < text->sql.n && words->before.from > in) {
        return words_tell(
            words, words->before.from, words->before.to, words_written(words, &words->before),
            BOTH("the values of IN stand in brackets: IN ('甲', '乙')", "IN 的各个值写在括号里：IN ('甲', '乙')"));
    }
    bool ended = false;
    struct sql_word word;
    for (size_t offset = at; sql_next(text->sql, &offset, &word);) {
        ended = ended || sql_is(&word, STR("END"));
    }
    return when < text->sql.n && !ended &&
           words_tell(words, when, when + 4, STR("CASE"),
                      BOTH("it ends with END: CASE WHEN a = 1 THEN b ELSE c END",
                           "CASE 须以 END 结束：CASE WHEN a = 1 THEN b ELSE c END"));
}

static bool (*const sure[])(const struct words *words) = {sign_of_mathematics, elsewhere,   isnull,
                                                          no_condition,        open_select, direction,
                                                          chinese_word,        order_alone, bare_pattern};
static bool (*const perhaps[])(const struct words *words) = {no_from, two_words, left_open};

bool slips_tell_grammar(const struct query_text *text, size_t from, bool last, struct diags *diags) {
    bool (*const *rules)(const struct words *words) = last ? perhaps : sure;
    const size_t count = last ? sizeof perhaps / sizeof perhaps[0] : sizeof sure / sizeof sure[0];
    struct words words = words_of(text, diags);
    while (words_step(&words) && words.word.from < from) {
    }
    bool told = false;
    for (size_t i = 0; words.word.from == from && !told && i < count; i++) {
        told = rules[i](&words);
    }
    return told;
}

/* --- words that SQLite takes for a column ------------------------------------------------------------------------- */

/* :class-id */
static bool hyphen(const struct words *words) {
    const bool joined = sql_is_sign(&words->before, '-') && words->earlier.kind == SQL_PARAMETER &&
                        words->earlier.to == words->before.from && words->before.to == words->word.from;
    return joined && words_tell(words, words->earlier.from, words->word.to,
                                str_slice(words->text->sql, words->earlier.from, words->word.to),
                                BOTH("a name has no hyphen: :class_id", "名称中不用短横：:class_id"));
}

/* DATEADD(year, -6, birth), DATEDIFF(day, a, b): parts of days in others' functions. */
static bool part_of_day(const struct words *words) {
    static const char *const functions[] = {"DATEADD",      "DATEDIFF", "DATEPART",   "TIMESTAMPDIFF",
                                            "TIMESTAMPADD", "DATENAME", "DATE_TRUNC", "DATETRUNC"};
    return sql_is_sign(&words->before, '(') &&
           words_is_any(&words->earlier, functions, sizeof functions / sizeof functions[0]) &&
           words_tell(words, words->earlier.from, words->earlier.to, words_written(words, &words->earlier),
                      BOTH("days are counted by date(:as_of, '-6 years') and julianday(a) - julianday(b)",
                           "日期推算写 date(:as_of, '-6 years')，相差天数写 julianday(a) - julianday(b)"));
}

/* LIMIT all */
static bool limit(const struct words *words) {
    return sql_is(&words->before, STR("LIMIT")) &&
           words_tell_word(words, BOTH("LIMIT takes a number: LIMIT 10", "LIMIT 之后写数字：LIMIT 10"));
}

/* SELECT no = dossier_no, …: a name before its column. */
static bool named_by_equals(const struct words *words) {
    const bool item = sql_is_sign(&words->before, ',') || sql_is(&words->before, STR("SELECT"));
    if (!item || !sql_is_sign(&words->next, '=') ||
        open_word(words->text, words->word.from, STR("SELECT"), STR("FROM")) == words->text->sql.n) {
        return false;
    }
    struct arena *arena = words->diags->arena;
    return words_tell_word(
        words,
        diag_both(arena,
                  str_printf(arena, "a column is given a name by AS: dossier_no AS %.*s", STR_ARG(words->word.text)),
                  str_printf(arena, "给列起名写 AS：dossier_no AS %.*s", STR_ARG(words->word.text))));
}

/* ORDER BY 第2列 */
static bool numbered_column(const struct words *words) {
    const struct str text = words_written(words, &words->word);
    const bool number = str_starts(text, STR("第")) && str_ends(text, STR("列")) && text.n > 6;
    return number && words_tell_word(
                         words, BOTH("a column's number stands alone: ORDER BY 2", "按第几列排序只写数字：ORDER BY 2"));
}

/* phone <> 空, phone = 未知 */
static bool unknown_value(const struct words *words) {
    static const char *const unknown[] = {"EMPTY", "BLANK", "NONE", "NIL",    "空",  "空值",
                                          "空白",  "未知",  "为空", "不为空", "非空"};
    const bool negated =
        sql_is_sign(&words->before, '>') || sql_is(&words->word, STR("不为空")) || sql_is(&words->word, STR("非空"));
    return words_is_any(&words->word, unknown, sizeof unknown / sizeof unknown[0]) &&
           words_tell_word(words, negated
                                      ? BOTH("a known value is asked for by IS NOT NULL", "判断有值请写 IS NOT NULL")
                                      : BOTH("an unknown value is asked for by IS NULL", "判断未知请写 IS NULL"));
}

/* SELECT count AS n */
static bool bare_function(const struct words *words) {
    static const char *const rows[] = {"count", "计数", "人数"}, *const columns[] = {"sum", "avg", "求和", "合计",
                                                                                     "平均"};
    if (words_is_any(&words->word, rows, sizeof rows / sizeof rows[0])) {
        return words_tell_word(words, BOTH("rows are counted by count(*)", "计数写作 count(*)"));
    }
    return words_is_any(&words->word, columns, sizeof columns / sizeof columns[0]) &&
           words_tell_word(words, BOTH("its column stands in brackets: sum(calls), avg(score)",
                                       "列名写在括号里：sum(calls)、avg(score)"));
}

/* birth < as_of, semester_id = semester; semester = '…' may be meant as a column. */
static bool bare_given(const struct words *words) {
    static const char *const givens[] = {"as_of", "asked_on", "semester", "month"};
    const size_t count = sql_is_sign(&words->before, '=') ? 4 : 2;
    struct arena *arena = words->diags->arena;
    const struct str name = words->word.text;
    return words_is_any(&words->word, givens, count) &&
           words_tell_word(words, diag_both(arena, str_printf(arena, "what is given is written :%.*s", STR_ARG(name)),
                                            str_printf(arena, "系统给出的值写作 :%.*s", STR_ARG(name))));
}

bool query_tell_no_column(const struct query_text *text, size_t from, struct diags *diags) {
    struct words words = words_of(text, diags);
    while (words_step(&words) && words.word.from < from) {
    }
    return words.word.from == from &&
           (part_of_day(&words) || hyphen(&words) || named_by_equals(&words) || numbered_column(&words) ||
            limit(&words) || unknown_value(&words) || bare_function(&words) || bare_given(&words));
}

bool query_is_compared(const struct query_text *text, size_t from) {
    static const char *const behind[] = {"LIKE", "BETWEEN", "THEN", "ELSE", "GLOB", "IS", "NOT"}, *const signs[] = {
                                                                                                      "=", "<", ">"};
    struct words words = words_of(text, NULL);
    bool in = false; /* in the brackets of IN */
    while (words_step(&words) && words.word.from < from) {
        in = sql_is(&words.before, STR("IN")) || (in && !sql_is_sign(&words.word, ')'));
    }
    bool compared = in || words_is_any(&words.before, behind, sizeof behind / sizeof behind[0]);
    for (size_t i = 0; words.word.from == from && i < sizeof signs / sizeof signs[0]; i++) {
        compared = compared || (words.before.kind == SQL_SIGN && str_is(words.before.text, signs[i]));
    }
    return compared;
}
