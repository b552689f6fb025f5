/* slips.c: what people write in SQL who know a spreadsheet, Access or MySQL.
 *
 * Two kinds: what SQLite takes and never means (a = NULL, ':name', name + '同学'), told before a query is prepared; and what it
 * refuses at a place or in words that don't say why, looked for when it has refused a text. */

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "data/slips.h"

static void read_next(struct words *words) {
    if (!sql_next(words->text->sql, &words->at, &words->next)) {
        words->next = (struct sql_word){SQL_SIGN, words->text->sql.n, words->text->sql.n, STR("")};
    }
}

struct words words_of(const struct query_text *text, struct diags *diags) {
    struct words words = {.text = text, .diags = diags};
    words.word = words.before = words.earlier = (struct sql_word){.kind = SQL_SIGN, .text = STR("")};
    read_next(&words);
    return words;
}

bool words_step(struct words *words) {
    words->earlier = words->before;
    words->before = words->word;
    words->word = words->next;
    if (words->word.from >= words->text->sql.n) {
        return false;
    }
    read_next(words);
    return true;
}

struct str words_written(const struct words *words, const struct sql_word *word) {
    return str_slice(words->text->sql, word->from, word->to);
}

bool words_is_text(const struct words *words, const struct sql_word *word) {
    return word->kind == SQL_STRING && str_starts(words_written(words, word), STR("'"));
}

bool words_tell(const struct words *words, size_t from, size_t to, struct str what, struct str hint) {
    DIAG_ADD(words->diags, D238, query_place(words->text, from, to), words->text->name, what, hint);
    return true;
}

bool words_tell_word(const struct words *words, struct str hint) {
    return words_tell(words, words->word.from, words->word.to, words_written(words, &words->word), hint);
}

bool words_is_any(const struct sql_word *word, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sql_is(word, str_from(names[i]))) {
            return true;
        }
    }
    return false;
}

/* --- what SQLite takes -------------------------------------------------------------------------------------------- */

/* name + '同学', name & '同学' */
static bool joins_by_sign(const struct words *words) {
    const bool sign = sql_is_sign(&words->word, '+') || sql_is_sign(&words->word, '&');
    const bool texts = words_is_text(words, &words->before) || words_is_text(words, &words->next);
    return sign && texts &&
           words_tell_word(words, BOTH("texts are joined by ||: name || '同学'", "文字相连用 ||：name || '同学'"));
}

/* kind = NULL, kind <> NULL */
static bool compares_with_null(const struct words *words) {
    const bool equals =
        sql_is_sign(&words->word, '=') || (sql_is_sign(&words->before, '<') && sql_is_sign(&words->word, '>'));
    if (!equals || !sql_is(&words->next, STR("NULL"))) {
        return false;
    }
    const bool negated = !sql_is_sign(&words->word, '=') || sql_is_sign(&words->before, '!');
    const size_t from = negated ? words->before.from : words->word.from;
    return words_tell(words, from, words->next.to, str_slice(words->text->sql, from, words->next.to),
                      negated ? BOTH("a known value is asked for by IS NOT NULL", "判断有值请写 IS NOT NULL")
                              : BOTH("an unknown value is asked for by IS NULL", "判断未知请写 IS NULL"));
}

/* :as_of - birth: of text the year's digits would be taken, and nobody is told. */
static bool subtracts_day(const struct words *words) {
    const bool day = (words->before.kind == SQL_PARAMETER && str_is(words->before.text, ":as_of")) ||
                     (words->next.kind == SQL_PARAMETER && str_is(words->next.text, ":as_of"));
    return sql_is_sign(&words->word, '-') && day &&
           words_tell_word(words,
                           BOTH("days are text: julianday(a) - julianday(b) are the days between them; an age is "
                                "strftime('%Y', :as_of) - strftime('%Y', birth) - (strftime('%m-%d', :as_of) < "
                                "strftime('%m-%d', birth))",
                                "日期是文字：相差天数写 julianday(a) - julianday(b)；周岁写 strftime('%Y', "
                                ":as_of) - strftime('%Y', birth) - (strftime('%m-%d', :as_of) < "
                                "strftime('%m-%d', birth))"));
}

/* ':class_id' */
static bool quotes_parameter(const struct words *words) {
    const struct str text = words_written(words, &words->word);
    bool name = words_is_text(words, &words->word) && text.n > 3 && text.p[1] == ':';
    for (size_t i = 2; name && i + 1 < text.n; i++) {
        name = text.p[i] == '_' || (text.p[i] >= 'a' && text.p[i] <= 'z');
    }
    return name &&
           words_tell_word(words, BOTH("without quotes it is the value of the row around", "去掉引号才是外层行的值"));
}

/* '{semester}', '$semester', '@semester': a placeholder of others, in quotes; never told of a pattern or a path. */
static bool quotes_placeholder(const struct words *words) {
    static const char *const marks[][2] = {{"'{", "}'"}, {"'${", "}'"}, {"'{{", "}}'"}, {"'@", "'"},
                                           {"'$", "'"},  {"'[", "]'"},  {"\"{", "}\""}};
    const struct str text = words_written(words, &words->word);
    const bool quoted = text.n > 2 && (text.p[0] == '\'' || text.p[0] == '"');
    for (size_t i = 0; quoted && i < sizeof marks / sizeof marks[0]; i++) {
        const struct str open = str_from(marks[i][0]), close = str_from(marks[i][1]);
        const struct str name = str_starts(text, open) && str_ends(text, close) && text.n > open.n + close.n
                                    ? str_slice(text, open.n, text.n - close.n)
                                    : STR_NONE;
        bool plain = name.n > 1;
        for (size_t j = 0; plain && j < name.n; j++) {
            plain = name.p[j] == '_' || ((name.p[j] | 0x20) >= 'a' && (name.p[j] | 0x20) <= 'z');
        }
        if (plain) {
            struct arena *arena = words->diags->arena;
            return words_tell_word(
                words, diag_both(arena,
                                 str_printf(arena, "a value of the row around is written :%.*s, without quotes",
                                            STR_ARG(name)),
                                 str_printf(arena, "外层行的值写作 :%.*s，不加引号", STR_ARG(name))));
        }
    }
    return false;
}

/* semester_id = '2026秋季学期', gender = '男生': what the database never holds. */
static bool compares_with_strange(const struct words *words) {
    static const char *const genders[][2] = {{"'男生'", "'男'"}, {"'女生'", "'女'"}, {"'男性'", "'男'"},
                                             {"'女性'", "'女'"}, {"'M'", "'男'"},    {"'F'", "'女'"}};
    const bool compared =
        words_is_text(words, &words->word) && (sql_is_sign(&words->before, '=') || sql_is_sign(&words->before, '>'));
    const struct str text = words_written(words, &words->word);
    struct arena *arena = words->diags->arena;
    if (compared && sql_is(&words->earlier, STR("semester_id")) &&
        !(text.n == 13 && text.p[5] == '-' && text.p[10] == '-')) {
        return words_tell_word(words, BOTH("a term is written '2026-2027-1'; that of the papers is :semester",
                                           "学期写作 '2026-2027-1'；材料所属的学期写 :semester"));
    }
    for (size_t i = 0; compared && sql_is(&words->earlier, STR("gender")) && i < sizeof genders / sizeof genders[0];
         i++) {
        if (str_is(text, genders[i][0])) {
            return words_tell_word(words, diag_both(arena, str_printf(arena, "it is written %s", genders[i][1]),
                                                    str_printf(arena, "应写作 %s", genders[i][1])));
        }
    }
    return false;
}

/* WHERE a = 1, b = 2 */
static bool parts_conditions(struct words *words) {
    static const char *const ends[] = {"GROUP",  "ORDER",  "LIMIT", "UNION",  "HAVING",
                                       "SELECT", "WINDOW", "IN",    "BETWEEN"};
    if (sql_is(&words->word, STR("WHERE"))) {
        words->in_where = true;
        words->brackets = 0;
    } else if (words->in_where && words_is_any(&words->word, ends, sizeof ends / sizeof ends[0])) {
        words->in_where = false;
    }
    words->brackets += sql_is_sign(&words->word, '(') ? 1 : sql_is_sign(&words->word, ')') ? -1 : 0;
    words->in_where = words->in_where && words->brackets >= 0;
    return words->in_where && words->brackets == 0 && sql_is_sign(&words->word, ',') &&
           words_tell_word(words, BOTH("conditions are joined by AND or OR", "条件之间写 AND 或 OR"));
}

/* LIKE '王*' */
static bool likes_star(const struct words *words) {
    const struct str text = words_written(words, &words->word);
    const bool star =
        sql_is(&words->before, STR("LIKE")) && words_is_text(words, &words->word) && str_find_byte(text, '*') < text.n;
    return star && words_tell_word(words, BOTH("any characters are % in LIKE: '王%'", "LIKE 中任意字符写 %：'王%'"));
}

bool query_tell_slips(const struct query_text *text, struct diags *diags) {
    struct words words = words_of(text, diags);
    while (words_step(&words)) {
        if (joins_by_sign(&words) || compares_with_null(&words) || quotes_parameter(&words) || likes_star(&words) ||
            quotes_placeholder(&words) || compares_with_strange(&words) || parts_conditions(&words) ||
            subtracts_day(&words) || slips_tell_day(&words)) {
            return true;
        }
    }
    return false;
}

/* --- what it refuses ---------------------------------------------------------------------------------------------- */

/* A quote or bracket that nothing closes. */
static bool tell_open(const struct query_text *text, struct diags *diags) {
    enum { DEEPEST = 64 };
    struct words words = words_of(text, diags);
    size_t open[DEEPEST], depth = 0;
    while (words_step(&words)) {
        const struct str word = words_written(&words, &words.word);
        const bool quoted = words_is_text(&words, &words.word) || str_starts(word, STR("\""));
        if (quoted && (word.n < 2 || word.p[word.n - 1] != word.p[0])) {
            DIAG_ADD(diags, D239, query_place(text, words.word.from, words.word.from + 1), text->name,
                     str_slice(word, 0, 1));
            return true;
        }
        if (sql_is_sign(&words.word, '(') && depth < DEEPEST) {
            open[depth++] = words.word.from;
        } else if (sql_is_sign(&words.word, ')')) {
            if (depth == 0) {
                return words_tell_word(
                    &words, BOTH("take it out, or write the ( that it closes", "请删去，或补上与它配对的 ("));
            }
            depth--;
        }
    }
    if (depth > 0) {
        DIAG_ADD(diags, D239, query_place(text, open[depth - 1], open[depth - 1] + 1), text->name, STR("("));
    }
    return depth > 0;
}

/* Words and signs of others, and how it is written here. */
static const struct {
    const char *word, *next; /* next "": any */
    struct str hint;
} slips[] = {
    {"{", "", BOTH_INIT("a value of the row around is written :name", "外层行的值写作 :名称")},
    {"#", "", BOTH_INIT("a remark in SQL begins with --", "SQL 的注释以 -- 开头")},
    {"/", "/", BOTH_INIT("a remark in SQL begins with --", "SQL 的注释以 -- 开头")},
    {"&", "&", BOTH_INIT("both must hold: AND", "同时成立请写 AND")},
    {"=", "<", BOTH_INIT("the equals sign stands last: <=", "等号写在后面：<=")},
    {"=", ">", BOTH_INIT("the equals sign stands last: >=", "等号写在后面：>=")},
    {":", "", BOTH_INIT("no space stands behind the colon: :name", "冒号之后不空格：:名称")},
    {"TOP", "", BOTH_INIT("the first ten rows: LIMIT 10 at the query's end", "只要前 10 行：在查询末尾写 LIMIT 10")},
    {"LEFT", "(", BOTH_INIT("the first two characters: substr(name, 1, 2)", "左边两个字：substr(name, 1, 2)")},
    {"RIGHT", "(", BOTH_INIT("the last two characters: substr(name, -2)", "右边两个字：substr(name, -2)")},
    {"convert", "",
     BOTH_INIT("names in order: ORDER BY name COLLATE pinyin", "姓名排序：ORDER BY name COLLATE pinyin")},
    {"CONVERT", "", BOTH_INIT("another type: CAST(a AS TEXT)", "转换类型：CAST(a AS TEXT)")},
    {"EXTRACT", "", BOTH_INIT("the year of a day: substr(day, 1, 4)", "日期的年份：substr(day, 1, 4)")},
};

/* :classes.class_id, {classes.class_id}, {class_id}: a value of the row around by its query's name, or in braces. */
static bool tells_value_of_row(struct words words) {
    const size_t from = words.word.from;
    const bool brace = sql_is_sign(&words.word, '{');
    const bool parameter = words.word.kind == SQL_PARAMETER && sql_is_sign(&words.next, '.');
    if (!brace && !parameter) {
        return false;
    }
    while (words_step(&words) && (words.word.kind == SQL_NAME || sql_is_sign(&words.word, '.')) &&
           !sql_is_sign(&words.next, '}') &&
           (brace || sql_is_sign(&words.word, '.') || sql_is_sign(&words.next, '.'))) {
    }
    if (words.word.kind != SQL_NAME || (brace && !sql_is_sign(&words.next, '}'))) {
        return false;
    }
    struct arena *arena = words.diags->arena;
    const size_t to = brace ? words.next.to : words.word.to;
    return words_tell(
        &words, from, to, str_slice(words.text->sql, from, to),
        diag_both(arena, str_printf(arena, "a value of the row around is written :%.*s", STR_ARG(words.word.text)),
                  str_printf(arena, "外层行的值写作 :%.*s", STR_ARG(words.word.text))));
}

static bool tell_foreign(const struct query_text *text, struct diags *diags) {
    struct words words = words_of(text, diags);
    while (words_step(&words)) {
        if (tells_value_of_row(words)) {
            return true;
        }
        for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
            const struct str word = str_from(slips[i].word), next = str_from(slips[i].next);
            const bool sign = words.word.kind == SQL_SIGN || words.word.kind == SQL_PARAMETER;
            const bool same = sign ? str_eq(words.word.text, word) : sql_is(&words.word, word);
            if (same && (next.n == 0 || str_eq(words.next.text, next))) {
                return words_tell_word(&words, slips[i].hint);
            }
        }
    }
    return false;
}

/* `kind, FROM`, `pinyin, LIMIT` */
static bool tell_comma(const struct query_text *text, struct diags *diags) {
    static const char *const clauses[] = {"FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION"};
    struct words words = words_of(text, diags);
    while (words_step(&words)) {
        const bool ends = words_is_any(&words.next, clauses, sizeof clauses / sizeof *clauses) ||
                          sql_is_sign(&words.next, ')') || words.next.from >= text->sql.n;
        if (sql_is_sign(&words.word, ',') && (ends || sql_is_sign(&words.next, ','))) {
            return words_tell_word(
                &words, BOTH("take out the comma: nothing follows it here", "请删去这个逗号：它后面没有内容"));
        }
    }
    return false;
}

/* `FORM student`: SQLite takes FORM for another name of what stands before it, and stops at the word behind. */
static bool tell_misspelt(const struct words *words, const struct sql_word *word) {
    static const struct str keywords[] = {STR_INIT("SELECT"), STR_INIT("DISTINCT"), STR_INIT("FROM"),
                                          STR_INIT("WHERE"),  STR_INIT("GROUP"),    STR_INIT("HAVING"),
                                          STR_INIT("ORDER"),  STR_INIT("LIMIT"),    STR_INIT("UNION"),
                                          STR_INIT("JOIN"),   STR_INIT("COLLATE"),  STR_INIT("BETWEEN")};
    static const char *const joined[][2] = {
        {"ORDERBY", "ORDER BY"},    {"GROUPBY", "GROUP BY"},      {"LEFTJOIN", "LEFT JOIN"}, {"ISNULL", "IS NULL"},
        {"NOTNULL", "IS NOT NULL"}, {"ISNOTNULL", "IS NOT NULL"}, {"NOTIN", "NOT IN"},       {"NOTLIKE", "NOT LIKE"}};
    struct str meant = nearest_name(word->text, keywords, sizeof keywords / sizeof *keywords);
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
        meant = sql_is(word, str_from(joined[i][0])) ? str_from(joined[i][1]) : meant;
    }
    if (word->kind != SQL_NAME || meant.n == 0 || sql_is(word, meant)) {
        return false;
    }
    DIAG_ADD(words->diags, D240, query_place(words->text, word->from, word->to), words->text->name, word->text, meant);
    return true;
}

/* The word at which SQLite stopped: a keyword in the wrong order, or one that is misspelt. */
static bool tell_keyword(const struct query_text *text, size_t from, struct diags *diags) {
    static const char *const ordered[] = {"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT"};
    struct words words = words_of(text, diags);
    while (words_step(&words) && words.word.from < from) {
    }
    if (words.word.from != from || words.word.kind != SQL_NAME) {
        return false;
    }
    if (sql_is(&words.before, STR("ORDER")) || sql_is(&words.before, STR("GROUP"))) {
        return words_tell_word(&words, BOTH("BY is missing: ORDER BY, GROUP BY", "缺少 BY：ORDER BY、GROUP BY"));
    }
    if (words_is_any(&words.word, ordered, sizeof ordered / sizeof *ordered)) {
        return words_tell_word(
            &words,
            BOTH("each stands once, in this order: SELECT, FROM, WHERE, GROUP BY, ORDER BY, LIMIT; a second "
                 "condition is joined by AND",
                 "各部分只写一次，次序为 SELECT、FROM、WHERE、GROUP BY、ORDER BY、LIMIT；第二个条件用 AND 相连"));
    }
    return tell_misspelt(&words, &words.before) || tell_misspelt(&words, &words.word);
}

bool query_tell_refused(const struct query_text *text, size_t from, struct diags *diags) {
    return tell_foreign(text, diags) || tell_open(text, diags) || tell_comma(text, diags) ||
           slips_tell_grammar(text, from, false, diags) || tell_keyword(text, from, diags) ||
           slips_tell_grammar(text, from, true, diags);
}
