/* advice.c: what was probably meant by a value that can't be read, so that the remedy names it: 2.5厘米 is 2.5cm, 200张 is 200,
 * `frame: 1pt` is {line: 1pt}. Nothing here is taken for the value itself. */
#include "layout/values.h"

#include <string.h>

#include "base/length.h"
#include "base/nearest.h"

static struct str both(struct arena *arena, const char *english, const char *chinese, struct str meant) {
    return diag_both(arena, str_printf(arena, english, STR_ARG(meant)), str_printf(arena, chinese, STR_ARG(meant)));
}

struct str advice_write_so(struct arena *arena, struct str meant) {
    return both(arena, "write %.*s", "请写 %.*s", meant);
}

struct str advice_colour_meant(struct str word) {
    struct str names[16];
    size_t count = 0;
    while (count < sizeof names / sizeof names[0] && setting_colour_name(count).n > 0) {
        names[count] = setting_colour_name(count);
        count++;
    }
    return name_meant(word, names, count);
}

struct str advice_as_in(struct arena *arena, struct str example) {
    return both(arena, "write it so, half-width: %.*s", "请这样书写，一律半角：%.*s", example);
}

/* --- lengths ------------------------------------------------------------------------------------------------------ */

/* The sign, digits and point that the word begins with. */
static size_t number_length(struct str word) {
    size_t n = 0;
    while (n < word.n && (strchr("0123456789.", word.p[n]) != NULL || (n == 0 && word.p[n] == '-'))) {
        n++;
    }
    return n;
}

/* The unit as the language has it; STR_NONE for none that is known. */
static struct str unit_meant(struct str written) {
    static const char *const units[][2] = {
        {"厘米", "cm"},  {"公分", "cm"},   {"毫米", "mm"}, {"磅", "pt"},   {"点", "pt"},  {"字符", "em"},
        {"个字", "em"},  {"字", "em"},     {"格", "em"},   {"英寸", "in"}, {"寸", "in"},  {"MM", "mm"},
        {"CM", "cm"},    {"PT", "pt"},     {"Mm", "mm"},   {"Cm", "cm"},   {"Pt", "pt"},  {"pts", "pt"},
        {"point", "pt"}, {"points", "pt"}, {"inch", "in"}, {"\"", "in"},   {"EM", "em"},  {"ch", "em"},
        {"rem", "em"},   {"字宽", "em"},   {"mms", "mm"},  {"m m", "mm"},  {"c m", "cm"}, {"公厘", "mm"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(written, units[i][0])) {
            return str_from(units[i][1]);
        }
    }
    return STR_NONE;
}

static bool means_nothing(struct str word) {
    static const char *const words[] = {"none", "no", "off", "false", "null", "无", "没有", "不要"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool takes_em(enum key_type type) {
    return type == TYPE_EM_LENGTH || type == TYPE_LEADING;
}

/* `20。5mm` with a point; STR_NONE when that is no length either. */
static struct str with_point(struct arena *arena, struct str word) {
    static const char *const points[] = {"。", "．", ",", "，"};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        const struct str sign = str_from(points[i]);
        const size_t at = str_find(word, sign);
        const struct str mended = str_printf(arena, "%.*s.%.*s", STR_ARG(str_slice(word, 0, at)),
                                             STR_ARG(str_slice(word, at + sign.n, word.n)));
        int32_t mp = 0;
        if (at < word.n && length_parse(mended, 0, &mp)) {
            return mended;
        }
    }
    return STR_NONE;
}

/* A number of a unit that the language hasn't, in one that it has: 96px are an inch, a line of 小四 takes some 6 mm. */
static struct str other_unit(struct arena *arena, struct str number, struct str unit, bool em) {
    int64_t whole = 0;
    struct str fraction = STR_NONE;
    const bool pixels = str_is(unit, "px") || str_is(unit, "像素"),
               lines = str_is(unit, "行") || str_is(unit, "lines") || str_is(unit, "line");
    if (!str_to_int(str_split(number, '.', &fraction), &whole) || whole <= 0 || whole > 2000 || fraction.n > 0) {
        return STR_NONE;
    }
    if (pixels) {
        return whole % 4 == 0
                   ? str_printf(arena, "%lldpt", (long long)(whole * 3 / 4))
                   : str_printf(arena, "%lld.%lldpt", (long long)(whole * 3 / 4), (long long)(whole * 75 % 100 / 10));
    }
    if (lines) {
        return str_printf(arena, "%lldmm", (long long)(whole * 6));
    }
    return !em && (str_is(unit, "em") || str_is(unit, "字符") || str_is(unit, "字")) /* of 小四, 12pt */
               ? str_printf(arena, "%lldpt", (long long)(whole * 12))
               : STR_NONE;
}

static struct str length_meant(struct arena *arena, enum key_type type, struct str word) {
    const size_t n = number_length(word);
    const struct str number = str_slice(word, 0, n), unit = str_slice(word, n, word.n);
    const bool em = takes_em(type);
    if (means_nothing(word) && type != TYPE_SIZE && type != TYPE_LEADING) {
        return STR("0");
    }
    if (n == 0) {
        return STR_NONE;
    }
    if (unit.n == 0 && number.p[n - 1] != '.') {
        const bool narrow =
            type == TYPE_MARGINS && str_find_byte(number, '.') < 2 && number.p[0] < '9'; /* 2.5: in cm */
        return str_join(arena, number,
                        type == TYPE_THICKNESS || type == TYPE_LEADING ? STR("pt")
                        : em                                           ? STR("em")
                        : narrow                                       ? STR("cm")
                                                                       : STR("mm"));
    }
    if (type == TYPE_LEADING && str_is(unit, "倍")) {
        return number;
    }
    const struct str meant = unit_meant(unit), other = other_unit(arena, number, unit, em);
    const bool fits = meant.n > 0 && (em || !str_is(meant, "em"));
    if (other.n > 0 && !fits) {
        return other;
    }
    return fits ? str_join(arena, number, meant) : with_point(arena, word);
}

struct str advice_with_unit(struct arena *arena, struct str word) {
    const size_t n = number_length(word);
    const struct str meant = n == 0 ? STR_NONE : unit_meant(str_slice(word, n, word.n));
    return meant.n > 0 ? str_join(arena, str_slice(word, 0, n), meant) : STR_NONE;
}

static size_t n_digits(struct str word) {
    size_t n = 0;
    while (n < word.n && word.p[n] >= '0' && word.p[n] <= '9') {
        n++;
    }
    return n;
}

struct str advice_on_length(struct arena *arena, enum key_type type, struct str word) {
    int32_t mp = 0;
    if (!takes_em(type) && length_parse(word, 0, &mp) && mp < 0) {
        return BOTH("it is 0 or more", "不得小于 0");
    }
    size_t words = 0; /* 固定值20磅, 约2厘米 */
    while (words < word.n && (unsigned char)word.p[words] >= 0x80) {
        words++;
    }
    const struct str bare = words < word.n ? str_slice(word, words, word.n) : word;
    const struct str meant = length_meant(arena, type, number_length(bare) > 0 ? bare : word);
    if (meant.n > 0 && strchr("0123456789", meant.p[meant.n - 1]) != NULL) {
        return advice_write_so(arena, meant);
    }
    if (meant.n > 0) {
        return both(arena, "write it with its unit: %.*s", "请写上单位：%.*s", meant);
    }
    if (str_ends(word, STR("%")) || str_ends(word, STR("％"))) {
        if (type == TYPE_LEADING && n_digits(word) > 1 && n_digits(word) < 4) { /* 150%: 1.5 */
            int64_t percent = 0;
            str_to_int(str_slice(word, 0, n_digits(word)), &percent);
            return advice_write_so(
                arena, str_printf(arena, percent % 10 == 0 ? "%lld.%lld" : "%lld.%02lld", (long long)(percent / 100),
                                  (long long)(percent % 10 == 0 ? percent % 100 / 10 : percent % 100)));
        }
        return BOTH("a share is no length: write it with its unit, 25mm or 12pt",
                    "不能写百分比：请写带单位的长度，如 25mm、12pt");
    }
    return type == TYPE_MARGINS
               ? BOTH("write it with its unit: 25mm, 2.5cm; four stand for head, fore-edge, foot, binding edge",
                      "请写上单位：25mm、2.5cm；四个数依次为天头、翻口、地脚、订口")
           : type == TYPE_LEADING
               ? BOTH("write it with its unit, or as a factor: 28pt, 1.5", "请写上单位，或写倍数：28pt、1.5")
           : type == TYPE_EM_LENGTH
               ? BOTH("write it with its unit: 2em, 25mm, 12pt", "请写上单位：2em、25mm、12pt")
               : BOTH("write it with its unit: 25mm, 2.5cm, 12pt, 小四", "请写上单位：25mm、2.5cm、12pt、小四");
}

/* 5号, 小4: a type size by another name. */
static struct str type_size_meant(struct str word) {
    static const char *const sizes[][2] = {
        {"1号", "一号"},   {"2号", "二号"},   {"3号", "三号"},    {"4号", "四号"},    {"5号", "五号"},
        {"6号", "六号"},   {"小3", "小三"},   {"小4", "小四"},    {"小5", "小五"},    {"小6", "小六"},
        {"小4号", "小四"}, {"小5号", "小五"}, {"小四号", "小四"}, {"小五号", "小五"}, {"五号字", "五号"},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (str_is(word, sizes[i][0])) {
            return str_from(sizes[i][1]);
        }
    }
    return STR_NONE;
}

static bool is_picture(struct str word) {
    return str_ends(word, STR(".svg")) || str_ends(word, STR(".png")) || str_ends(word, STR(".jpg"));
}

/* `at` may be negative as what takes em may, but nobody counts a place in characters. */
static bool counts_from_edge(const struct key *key) {
    return key == &schema_of(MAPPING_BLOCK)->keys[KEY_BLOCK_AT];
}

void advice_tell_length(const struct reading *r, struct str word) {
    const struct str size = type_size_meant(word);
    struct arena *arena = r->reader->arena;
    if (size.n > 0) {
        TELL(r->reader, L221, r->node->place, str_from(r->key->name), word, size);
    } else if (is_picture(word)) {
        TELL(r->reader, L210, r->node->place, word, both(arena, "write {image: %.*s}", "请写 {image: %.*s}", word));
    } else if (r->key == &schema_of(MAPPING_SEAL)->keys[KEY_SEAL_SIZE] && number_length(word) == 0) {
        TELL(r->reader, L210, r->node->place, word,
             BOTH("write its diameter, 42mm; a seal from a file is {image: school.svg}",
                  "请写直径：42mm；印出图片中的印章写 {image: school.svg}"));
    } else if (counts_from_edge(r->key) && number_length(word) == 0) {
        TELL(r->reader, L210, r->node->place, word,
             BOTH("write x and y from the paper's upper left corner, and width and height where they matter: 120mm "
                  "20mm 60mm",
                  "请写 x 和 y，从纸的左上角量起，必要时再写宽和高：120mm 20mm 60mm"));
    } else {
        const bool range = word.n > 1 && (str_find_byte(str_slice(word, 1, word.n), '-') < word.n - 1 ||
                                          str_find_byte(word, '~') < word.n || str_find(word, STR("～")) < word.n);
        const struct str several =
            range || str_find_byte(str_trim(r->text), ' ') < str_trim(r->text).n || number_length(word) == 0
                ? value_mended(r)
                : STR_NONE;
        const bool of_type = r->key == &schema_of(MAPPING_STYLE)->keys[KEY_STYLE_SIZE]; /* 12 is 12pt there */
        const enum key_type type = of_type ? TYPE_THICKNESS : counts_from_edge(r->key) ? TYPE_LENGTH : r->key->type;
        TELL(r->reader, L210, r->node->place, word,
             several.n > 0 ? advice_write_so(arena, several) : advice_on_length(arena, type, word));
    }
}

/* --- widths of columns -------------------------------------------------------------------------------------------- */

/* 30%, 2份, *, 自动, 22, 12毫米 */
struct str advice_on_width(struct arena *arena, struct str word, bool alone) {
    static const char *const rest[] = {"*", "rest", "fill", "其余", "剩余", "余下", "自适应"}, *const fit[] = {"自动",
                                                                                                               "Auto",
                                                                                                               "AUTO"};
    const size_t n = number_length(word);
    const struct str number = str_slice(word, 0, n), unit = str_slice(word, n, word.n);
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        if (str_is(word, rest[i])) {
            return advice_write_so(arena, STR("1fr"));
        }
    }
    for (size_t i = 0; i < sizeof fit / sizeof fit[0]; i++) {
        if (str_is(word, fit[i])) {
            return advice_write_so(arena, STR("auto"));
        }
    }
    if (alone && n > 0 && (str_is(unit, "列") || str_is(unit, "栏") || str_is(unit, "格"))) {
        return both(arena, "write a width for each column, or alike for all: %.*s*1fr",
                    "请为每列写一个宽度；各列同宽写 %.*s*1fr", number);
    }
    if (alone && n > 0 && n == word.n) { /* the number of columns */
        return both(arena, "write a width for each column, or alike for all: %.*s*1fr",
                    "请为每列写一个宽度；各列同宽写 %.*s*1fr", word);
    }
    const size_t times = str_starts(unit, STR("×")) ? 2 : unit.n > 0 && strchr("xX", unit.p[0]) != NULL ? 1 : 0;
    int32_t each_mp = 0;
    if (n > 0 && times > 0 && length_parse(str_slice(unit, times, unit.n), 0, &each_mp)) { /* 4x20mm */
        return advice_write_so(
            arena, str_printf(arena, "%.*s*%.*s", STR_ARG(number), STR_ARG(str_slice(unit, times, unit.n))));
    }
    if (n > 0 && (str_is(unit, "%") || str_is(unit, "份") || str_is(unit, "％"))) {
        return both(arena, "write it as a share: %.*sfr", "按比例分写 %.*sfr", number);
    }
    const struct str with_unit =
        n > 0 && n == word.n ? str_join(arena, number, STR("mm")) : advice_with_unit(arena, word);
    return with_unit.n > 0
               ? advice_write_so(arena, with_unit)
               : BOTH("a length with its unit (12mm), a share of the rest (1fr), auto, or 48*8mm for many alike",
                      "请写带单位的长度（12mm）、余宽的份数（1fr）、auto，或 48*8mm 表示多列相同");
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

/* 2x5, 28×22, 0～100, 0-100: two numbers, with something between them. */
static struct str pair_meant(struct arena *arena, struct str word) {
    static const char *const signs[] = {"x", "X", "×", "*", "~", "～", "-", "—", "至", "到", "、", "/"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const struct str sign = str_from(signs[i]);
        const size_t at = str_find(word, sign);
        const struct str first = str_trim(str_slice(word, 0, at)),
                         second = str_trim(str_slice(word, at + sign.n, word.n));
        int64_t a = 0, b = 0;
        if (at < word.n && at + sign.n < word.n && str_to_int(first, &a) && str_to_int(second, &b)) {
            return str_printf(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(second));
        }
    }
    return STR_NONE;
}

/* 0 where 1 is the least: a number, and not that one. */
static struct str out_of_range(struct arena *arena, struct str least, struct str most) {
    return diag_both(
        arena, str_printf(arena, "write one from %.*s to %.*s, or delete the line", STR_ARG(least), STR_ARG(most)),
        str_printf(arena, "请写 %.*s 至 %.*s 之间的数，或删去此行", STR_ARG(least), STR_ARG(most)));
}

struct str advice_on_number(const struct reading *r, struct str word, struct str least, struct str most) {
    struct arena *arena = r->reader->arena;
    const enum key_type type = r->key->type;
    const size_t n = number_length(word);
    int64_t number = 0, from = 0, to = 0;
    const struct str pair = type == TYPE_PAIR ? pair_meant(arena, word) : STR_NONE;
    if (pair.n > 0) {
        return advice_write_so(arena, pair);
    }
    const struct str mended = value_mended(r);
    if (mended.n > 0) {
        return advice_write_so(arena, mended);
    }
    if (r->key->initial[0] != '\0' && (str_is(word, "yes") || str_is(word, "true") || str_is(word, "是"))) {
        return advice_write_so(arena, str_from(r->key->initial)); /* contents: yes */
    }
    if (n == word.n && str_to_int(word, &number)) {
        return out_of_range(arena, least, most);
    }
    if (type == TYPE_NUMBERS && n == 0) {
        return BOTH("write the columns' numbers, counted from the left: 2 3", "请写列的序号，从左数起：2 3");
    }
    const bool fits = n > 0 && n < word.n && str_to_int(str_slice(word, 0, n), &number) && str_to_int(least, &from) &&
                      str_to_int(most, &to) && number >= from && number <= to;
    return fits ? both(arena, "write the number alone: %.*s", "请只写数字：%.*s", str_slice(word, 0, n))
                : BOTH("write the number alone: no unit, no words", "请只写数字，不带单位和文字");
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* The key of the schema whose value this could be; types that take any word say nothing. */
static const struct key *key_for(struct reader *reader, const struct mapping_schema *schema, struct node *node,
                                 struct str value) {
    static const enum key_type sure[] = {TYPE_CHOICE, TYPE_COLOUR, TYPE_STROKE, TYPE_PAPER, TYPE_SIZE, TYPE_LENGTH};
    for (size_t t = 0; t < sizeof sure / sizeof sure[0]; t++) {
        for (size_t i = 0; i < schema->count; i++) {
            if (schema->keys[i].type == sure[t] && value_would_read(reader, &schema->keys[i], node, value)) {
                return &schema->keys[i];
            }
        }
    }
    return NULL;
}

/* {kind: bars, of: …, x: …, y: …}: the value, and what is needed besides. */
static struct str with_needed(struct arena *arena, const struct mapping_schema *schema, struct str pairs,
                              const struct key *given) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct key *key = &schema->keys[i];
        if (key->required && key != given) {
            pairs = str_printf(arena, "%.*s%s%s: …", STR_ARG(pairs), pairs.n > 0 ? ", " : "", key->name);
        }
    }
    return pairs;
}

static struct str without_comma(struct str word) {
    static const char *const commas[] = {",", ";", "，", "、", "；"};
    for (size_t i = 0; i < sizeof commas / sizeof commas[0]; i++) {
        const struct str comma = str_from(commas[i]);
        if (word.n > comma.n && str_ends(word, comma)) {
            return str_slice(word, 0, word.n - comma.n);
        }
    }
    return word;
}

/* `楷体 五号` as {font: 楷体, size: 五号}; STR_NONE when some word fits no key. */
static struct str pairs_of_words(struct reader *reader, const struct mapping_schema *schema, struct node *node) {
    struct str rest = node->text, pairs = STR_NONE;
    for (struct str word; (word = without_comma(next_word(&rest))).n > 0;) {
        const struct key *key = key_for(reader, schema, node, word);
        const bool font = key == NULL && pairs.n == 0 && schema->keys[0].type == TYPE_NAME;
        key = font ? &schema->keys[0] : key;
        if (key == NULL || str_find(pairs, str_from(key->name)) < pairs.n) {
            return STR_NONE;
        }
        pairs = str_printf(reader->arena, "%.*s%s%s: %.*s", STR_ARG(pairs), pairs.n > 0 ? ", " : "", key->name,
                           STR_ARG(word));
    }
    return pairs;
}

static struct str names_of(struct arena *arena, const struct mapping_schema *schema) {
    struct str names[KEYS_AT_MOST];
    for (size_t i = 0; i < schema->count; i++) {
        names[i] = str_from(schema->keys[i].name);
    }
    return names_joined(arena, names, schema->count, schema->count);
}

struct str advice_on_keys(struct reader *reader, enum mapping_kind kind, struct node *node) {
    const struct mapping_schema *schema = schema_of(kind);
    struct arena *arena = reader->arena;
    struct str pairs = STR_NONE;
    if (node->kind == NODE_SCALAR && node->style != SCALAR_LITERAL && node->text.n > 0) {
        const struct key *key = key_for(reader, schema, node, str_trim(node->text));
        pairs = key != NULL ? str_printf(arena, "%s: %.*s", key->name, STR_ARG(str_trim(node->text)))
                            : pairs_of_words(reader, schema, node);
        pairs = with_needed(arena, schema, pairs, key);
    }
    if (pairs.n > 0) {
        return both(arena, "write {%.*s}", "请写成 {%.*s}", pairs);
    }
    const struct str names = names_of(arena, schema);
    return both(arena, "write its keys indented below, or as {key: value}; it has: %.*s",
                "请在下面缩进书写各键，或写成 {键: 值}；可用的键：%.*s", names);
}

/* `school, class` and [school, class] as {school: school, class: class}; STR_NONE where some word is no name. */
static struct str pairs_of_names(struct arena *arena, const struct node *node) {
    struct str pairs = STR_NONE, rest = node->kind == NODE_SCALAR ? node->text : STR_NONE;
    for (size_t i = 0; node->kind == NODE_SEQUENCE ? i < node->count : rest.n > 0; i++) {
        const struct str item = node->kind == NODE_SEQUENCE ? node->items[i]->text : str_split(rest, ',', &rest);
        struct str name = str_trim(item);
        name = name.n > 2 && name.p[0] == '{' && name.p[name.n - 1] == '}' ? str_slice(name, 1, name.n - 1) : name;
        if (!name_is_valid(name)) {
            return STR_NONE;
        }
        pairs = str_printf(arena, "%.*s%s%.*s: %.*s", STR_ARG(pairs), pairs.n > 0 ? ", " : "", STR_ARG(name),
                           STR_ARG(name));
    }
    return pairs;
}

struct str advice_on_named(struct arena *arena, struct str name, const struct node *node) {
    const struct str pairs = str_is(name, "index") ? pairs_of_names(arena, node) : STR_NONE;
    if (pairs.n > 0) {
        return both(arena, "write what people search by, and its column: {%.*s}", "请写查找时用的名称和列：{%.*s}",
                    pairs);
    }
    static const char *const examples[][2] = {
        {"queries", "children: SELECT name FROM child"}, {"index", "{姓名: name}"},
        {"styles", "remark: {font: 楷体, size: 五号}"},  {"fonts", "宋体: [Noto Serif CJK SC]"},
        {"pages", "wide: {paper: A4 landscape}"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (str_is(name, examples[i][0])) {
            return both(arena, "write each as name: value, as in %.*s", "每项写作“名称: 值”，如 %.*s",
                        str_from(examples[i][1]));
        }
    }
    return BOTH("write them indented below, or as {key: value}", "请在下面缩进书写，或写成 {键: 值}");
}
