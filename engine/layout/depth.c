/* depth.c: lines that don't stand as deep as they must.
 *
 * What belongs to a key stands deeper than it, and all of that equally deep:
 *
 *     body:                 its blocks, each with a dash
 *     - table:              its keys, deeper than `table`
 *         head: |           its text, deeper than `head`
 *           序号 | 姓名
 *         each: pupils      as deep as `head`
 *
 * A line is held against the ones above it; the first rule that it breaks is told. */
#include "layout/depth.h"

#include "base/utf8.h"
#include "layout/schema.h"

struct look {
    struct reader *reader;
    const struct source *source;
    const struct outline *outline;
    int32_t number, before; /* the line, and the one above that is neither blank nor text; -1 */
    const struct outline_line *line, *above;
};

static struct place place_of(const struct look *look, int32_t number, int32_t width) {
    const struct outline_line *line = &look->outline->lines[number];
    const struct str before = str_slice(line->text, 0, line->key);
    return (struct place){
        .file = look->source->path, .line = number + 1, .column = (int32_t)utf8_count(before) + 1, .width = width};
}

static bool has_key(enum mapping_kind kind, struct str name) {
    const struct mapping_schema *schema = schema_of(kind);
    for (size_t i = 0; i < schema->count; i++) {
        if (str_is(name, schema->keys[i].name)) {
            return true;
        }
    }
    return false;
}

/* Could it be a key, and not words with a colon in them? */
static bool looks_like_key(const struct outline_line *line) {
    const struct str key = outline_key(line);
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '|' || key.p[i] == '{' || (key.p[i] == ' ' && !schema_knows(key))) {
            return false;
        }
    }
    return key.n > 0;
}

/* Text behind | that stands no deeper than the key, or less deep than its first line. */
static int32_t text_not_indented(const struct look *look) {
    int32_t last = look->number - 1;
    while (last >= 0 && look->outline->lines[last].blank && !look->outline->lines[last].is_text) {
        last--;
    }
    if (last < 0 || look->line->is_item || looks_like_key(look->line)) {
        return -1;
    }
    const struct outline_line *above = &look->outline->lines[last];
    const int32_t opener = above->is_text ? above->opener : outline_opens_text(above) ? last : -1;
    if (opener < 0) {
        return -1;
    }
    TELL(look->reader, L137, place_of(look, look->number, 1), outline_key(&look->outline->lines[opener]));
    return look->number;
}

/* `- table:`, and its keys below `table` itself. */
static int32_t nothing_below(const struct look *look) {
    const struct str key = outline_key(look->line);
    if (look->above == NULL || !outline_opens(look->above) || look->line->is_item || key.n == 0 ||
        look->line->key != look->above->key || (look->line->key == 0 && has_key(MAPPING_FILE, key))) {
        return -1;
    }
    const struct place place = place_of(look, look->number, (int32_t)utf8_count(key));
    if (str_is(outline_key(look->above), "bands") && has_key(MAPPING_BAND, key)) {
        TELL(look->reader, L186, place, key);
    } else {
        TELL(look->reader, L136, place, outline_key(look->above));
    }
    return look->number;
}

static bool holds_blocks(struct str key) {
    return str_is(key, "body") || str_is(key, "front") || str_is(key, "back") || str_is(key, "keep") ||
           str_is(key, "preprinted");
}

/* Does a block with its dash stand above, as deep as the line? */
static bool item_above(const struct look *look) {
    for (int32_t i = look->before; i >= 0; i = outline_before(look->outline, i)) {
        const struct outline_line *line = &look->outline->lines[i];
        if (line->is_item && line->indent == look->line->indent) {
            return true;
        }
        if (line->indent <= look->line->indent) {
            return false;
        }
    }
    return false;
}

/* `text: …` among blocks, without its dash. */
static int32_t dash_missing(const struct look *look) {
    const struct str key = outline_key(look->line);
    if (look->above == NULL || look->line->is_item || !has_key(MAPPING_BLOCK, key) ||
        (look->line->key == 0 && has_key(MAPPING_FILE, key))) {
        return -1;
    }
    const bool first =
        outline_opens(look->above) && holds_blocks(outline_key(look->above)) && look->line->key > look->above->key;
    if (!first && !item_above(look)) {
        return -1;
    }
    TELL(look->reader, L139, place_of(look, look->number, (int32_t)key.n), key);
    return look->number;
}

/* `body: |`, and then its blocks, which aren't deeper. Gives back the line with the bar. */
static int32_t bar_before_blocks(const struct look *look) {
    int32_t opener = look->number - 1;
    while (opener >= 0 && look->outline->lines[opener].blank) {
        opener--;
    }
    if (opener < 0 || !look->line->is_item || !outline_opens_text(&look->outline->lines[opener]) ||
        !holds_blocks(outline_key(&look->outline->lines[opener]))) {
        return -1;
    }
    struct place place = place_of(look, opener, 1);
    place.column =
        (int32_t)utf8_count(str_slice(look->outline->lines[opener].text, 0, look->outline->lines[opener].value)) + 1;
    TELL(look->reader, L150, place, outline_key(&look->outline->lines[opener]));
    return opener;
}

/* `body:`, and then something else than a block. */
static int32_t no_list(const struct look *look) {
    if (look->above == NULL || !outline_opens(look->above) || !holds_blocks(outline_key(look->above)) ||
        look->line->is_item || outline_key(look->line).n > 0) {
        return -1;
    }
    TELL(look->reader, L216, place_of(look, look->number, 1), outline_key(look->above),
         BOTH("its blocks stand below it, each with a dash: - text: …", "各块写在下面，每块以短横开头：- text: …"));
    return look->number;
}

static int32_t tell_depth(const struct look *look, int32_t number, size_t depth) {
    const struct outline_line *line = &look->outline->lines[number];
    const struct str key = line->is_item ? STR("-") : outline_key(line);
    struct place place = place_of(look, number, (int32_t)utf8_count(key));
    place.column = line->is_item ? (int32_t)line->indent + 1 : place.column;
    TELL(look->reader, L138, place, key, str_int(look->reader->arena, (int64_t)depth));
    return number;
}

/* Is a line above, before one less deep than `least`, as deep as this one? */
static bool as_deep_above(const struct look *look, size_t least) {
    for (int32_t i = look->before; i >= 0; i = outline_before(look->outline, i)) {
        const struct outline_line *line = &look->outline->lines[i];
        if (line->key == look->line->key && i != look->before) {
            return true;
        }
        if (line->key < least || (line->is_item && line->indent < least && line->key < look->line->key)) {
            return false;
        }
    }
    return false;
}

/* Deeper than a neighbour that has its value already. Where others above are as deep, the neighbour is the odd one. */
static int32_t too_deep(const struct look *look) {
    if (look->above == NULL || outline_key(look->above).n == 0 || outline_opens(look->above) || look->line->is_item ||
        !looks_like_key(look->line) || look->line->key <= look->above->key) {
        return -1;
    }
    const bool odd = !look->above->is_item && as_deep_above(look, look->above->key);
    return odd ? tell_depth(look, look->before, look->line->key) : tell_depth(look, look->number, look->above->key);
}

/* How deep lines may stand here: what `fits` of each line above, from the innermost outwards. The least that is deeper than the
 * line, or what is nearest above it; SIZE_MAX where the line stands right. */
static size_t right_depth(const struct look *look, bool item) {
    size_t innermost = SIZE_MAX, best = SIZE_MAX;
    const size_t depth = item ? look->line->indent : look->line->key;
    for (int32_t i = look->before; i >= 0 && innermost > 0; i = outline_before(look->outline, i)) {
        const struct outline_line *line = &look->outline->lines[i];
        const size_t here = item ? (line->is_item ? line->indent : SIZE_MAX) : line->key;
        if (here == depth || (!item && line->is_item && line->indent == depth)) {
            return SIZE_MAX;
        }
        if (here < innermost) {
            best = here > depth || best == SIZE_MAX ? here : best;
            innermost = here;
        }
        innermost = line->indent < innermost && !item ? line->indent : innermost;
    }
    return best;
}

/* Between two depths of the lines above. */
static int32_t between_depths(const struct look *look) {
    if (look->above == NULL || !looks_like_key(look->line) || outline_opens(look->above)) {
        return -1;
    }
    const bool item = look->line->is_item;
    if (!item && look->line->key >= look->above->key) {
        return -1;
    }
    const size_t depth = right_depth(look, item);
    return depth == SIZE_MAX ? -1 : tell_depth(look, look->number, depth);
}

/* `- section: …`, its `when:`, and then a block as deep as `when`: `body:` is missing between. */
static int32_t body_missing(const struct look *look) {
    if (!look->line->is_item || look->above == NULL || outline_opens(look->above) ||
        look->above->key != look->line->indent || !has_key(MAPPING_BLOCK, outline_key(look->line))) {
        return -1;
    }
    int32_t owner = look->before;
    while (owner >= 0 &&
           !(look->outline->lines[owner].is_item && look->outline->lines[owner].key == look->line->indent)) {
        if (look->outline->lines[owner].key < look->line->indent) {
            return -1;
        }
        owner = outline_before(look->outline, owner);
    }
    const struct str key = owner < 0 ? STR_NONE : outline_key(&look->outline->lines[owner]);
    if (!str_is(key, "section") && !str_is(key, "columns") && !str_is(key, "each")) {
        return -1;
    }
    struct place place = place_of(look, look->number, 1);
    place.column = (int32_t)look->line->indent + 1;
    TELL(look->reader, L166, place, key);
    return look->number;
}

static struct look look_at(struct reader *reader, const struct source *source, const struct outline *outline,
                           int32_t line) {
    struct look look = {reader, source, outline, line, outline_before(outline, line), &outline->lines[line], NULL};
    look.above = look.before >= 0 ? &outline->lines[look.before] : NULL;
    return look;
}

/* `- table:`, `  widths: …`, and then a key that is deeper: it is the one above that isn't. */
static int32_t above_has_nothing(const struct look *look) {
    if (look->before < 0) {
        return -1;
    }
    const struct look above = look_at(look->reader, look->source, look->outline, look->before);
    return nothing_below(&above);
}

int32_t depth_explain(struct reader *reader, const struct source *source, const struct outline *outline, int32_t line) {
    static int32_t (*const rules[])(const struct look *look) = {bar_before_blocks, text_not_indented, nothing_below,
                                                                dash_missing,      no_list,           above_has_nothing,
                                                                body_missing,      too_deep,          between_depths};
    const struct look look = look_at(reader, source, outline, line);
    int32_t told = -1;
    for (size_t i = 0; !look.line->blank && !look.line->is_text && told < 0 && i < sizeof rules / sizeof rules[0];
         i++) {
        told = rules[i](&look);
    }
    return told;
}
