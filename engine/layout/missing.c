/* missing.c: what to write where a key is missing that must be there: the key with a value as it may stand there, and what it is for. */
#include "layout/values.h"

#include "base/nearest.h"

#define MASKS "full、id、phone、name、address、text、year、nothing"

/* Of the keys that must be there. What isn't here is told by its name alone. */
static const struct {
    const char *name;
    struct str example;
} examples[] = {
    {"title", BOTH_INIT("title: Register", "title: 花名册")},
    {"file", STR_INIT("file: list/{school}.pdf")},
    {"card", STR_INIT("card: 85.60mm 53.98mm")},
    {"grid", STR_INIT("grid: 2 5")},
    {"parts", BOTH_INIT("parts: and the name of a layout", "parts: 版式名")},
    {"path", STR_INIT("path: \"{photo}\"")},
    {"text", STR_INIT("text: \"{no}\"")},
    {"of", BOTH_INIT("of: and the name of a query", "of: 查询名")},
    {"x", BOTH_INIT("x: and the name of a column", "x: 列名")},
    {"y", BOTH_INIT("y: and the name of a column", "y: 列名")},
    {"name", STR_INIT("name: \"{school}\"")},
    {"date", STR_INIT("date: \"{as_of|date}\"")},
    {"count", STR_INIT("count: 2")},
    {"rows", STR_INIT("rows: |")},
    {"is", STR_INIT("is: day")},
    {"body", BOTH_INIT("body: and below it, deeper, its blocks, each with a dash",
                       "body:，各块在其下缩进书写，每块以短横开头")},
    {"school", BOTH_INIT("school: full", "school: full（可用 " MASKS "）")},
    {"inspector", BOTH_INIT("inspector: full", "inspector: full（可用 " MASKS "）")},
    {"family", BOTH_INIT("family: nothing", "family: nothing（可用 " MASKS "）")},
    {"public", BOTH_INIT("public: nothing", "public: nothing（可用 " MASKS "）")},
};

static struct str example_of(const struct key *key) {
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (str_is(str_from(key->name), examples[i].name)) {
            return examples[i].example;
        }
    }
    return STR_NONE;
}

/* kind: one of bars, grouped … */
static struct str advice_on_choice(struct arena *arena, const struct key *key) {
    struct str words[KEYS_AT_MOST];
    size_t count = 0;
    while (count < KEYS_AT_MOST && schema_choice(key, count).n > 0) {
        words[count] = schema_choice(key, count);
        count++;
    }
    const struct str all = names_joined(arena, words, count, count);
    return diag_both(arena, str_printf(arena, "write %s: with one of %.*s", key->name, STR_ARG(all)),
                     str_printf(arena, "请补写 %s:，可选 %.*s", key->name, STR_ARG(all)));
}

struct str advice_on_missing(struct reader *reader, const struct key *key) {
    struct arena *arena = reader->arena;
    if (key->type == TYPE_CHOICE) {
        return advice_on_choice(arena, key);
    }
    struct str chinese = STR_NONE;
    const struct str english = str_split(example_of(key), DIAG_BOTH_SEPARATOR, &chinese);
    if (english.n == 0) {
        return diag_both(arena, str_printf(arena, "write %s: %s", key->name, key->help),
                         str_printf(arena, "请补写 %s:", key->name));
    }
    return diag_both(arena, str_printf(arena, "write %.*s (%s)", STR_ARG(english), key->help),
                     str_printf(arena, "请补写 %.*s", STR_ARG(chinese.n > 0 ? chinese : english)));
}
