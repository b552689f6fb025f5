/* blocks.c: a block is what its one key of the first kind says.
 *
 * To add a kind: its BLOCK row and the rows of its keys in keys.def. Only what isn't plain has a reader here. */
#include "layout/builder.h"

#include <stdlib.h>

#include "base/length.h"
#include "base/memory.h"
#include "layout/values.h"

/* --- kinds that aren't plain -------------------------------------------------------------------------------------- */

/* What a reader of a kind has: the keys of the block, and what is written below the one that says what it is. Fields of plain keys
 * are filled. */
struct reading_block {
    struct builder *builder;
    const struct setting *keys, *own;
    struct block *block;
};

/* Text of the flow: its notes have a place. */
static void read_flow(const struct reading_block *r, size_t key, struct str role, struct template *out) {
    r->builder->takes_notes = true;
    template_read(r->builder, r->keys[key].node, role, out);
    r->builder->takes_notes = false;
}

static void read_text(const struct reading_block *r) {
    read_flow(r, KEY_BLOCK_TEXT, STR("body"), &r->block->text.text);
}

static struct str heading_role(const struct reading_block *r, int32_t level) {
    return str_printf(r->builder->arena, "h%d", level < 9 ? level : 9);
}

static void read_heading(const struct reading_block *r) {
    read_flow(r, KEY_BLOCK_HEADING, heading_role(r, r->block->heading.level), &r->block->heading.text);
}

static void read_body(const struct reading_block *r) {
    const struct setting *body = &r->keys[KEY_BLOCK_BODY];
    if (body->node != NULL) {
        r->block->body.items = blocks_build(r->builder, body->node, &r->block->body.count);
    }
}

/* `section: 一、基本情况`, which is numbered by itself. Gives back the bytes of such a number; 0 for none. */
static size_t own_number(struct str title) {
    static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++) {
        if (str_starts(str_slice(title, n, title.n), str_from(numerals[i]))) {
            n += 3;
            i = (size_t)-1;
        }
    }
    return n > 0 && str_starts(str_slice(title, n, title.n), STR("、")) ? n + 3 : 0;
}

static void check_number(const struct reading_block *r) {
    const struct setting *numbered = &r->keys[KEY_BLOCK_NUMBERED], *title = &r->keys[KEY_BLOCK_SECTION];
    const size_t n = title->node != NULL && title->node->kind == NODE_SCALAR ? own_number(title->text) : 0;
    if (n > 0 && (numbered->node == NULL || numbered->number[0] != 0)) {
        TELL(r->builder->reader, L191, title->place, str_slice(title->text, 0, n),
             str_slice(title->text, n, title->text.n));
    }
}

static void read_section(const struct reading_block *r) {
    check_number(r);
    const int32_t level = ++r->builder->section_level;
    read_flow(r, KEY_BLOCK_SECTION, heading_role(r, level), &r->block->section.title);
    read_body(r);
    r->builder->section_level--;
}

static void read_table(const struct reading_block *r) {
    r->block->table = table_build(r->builder, r->keys[KEY_BLOCK_TABLE].node);
}

/* A chart's words are drawn in one style, as they stand: looks, page numbers and notes in them would be lost in silence. */
static void check_chart_words(const struct reading_block *r, size_t key, const struct template *text) {
    for (size_t l = 0; l < text->count; l++) {
        const struct template_line *line = &text->lines[l];
        const bool styled = line->style != NO_STYLE && r->builder->layout->style_uses[line->style].count > 1;
        bool lost = styled;
        struct place place = line->place;
        for (size_t i = 0; !lost && i < line->count; i++) {
            lost = line->pieces[i].style != NO_STYLE ||
                   (line->pieces[i].kind != PIECE_TEXT && line->pieces[i].kind != PIECE_VALUE);
            place = lost ? line->pieces[i].place : place;
        }
        if (lost) {
            TELL(r->builder->reader, L267, place, str_from(schema_key(MAPPING_CHART, key)->name));
            return;
        }
    }
}

/* What the kind of chart doesn't draw would be left out in silence. */
static void read_chart(const struct reading_block *r) {
    const struct setting *series = &r->own[KEY_CHART_SERIES], *compare = &r->own[KEY_CHART_COMPARE];
    const struct setting *bar_width = &r->own[KEY_CHART_BAR_WIDTH];
    const enum chart_look look = r->block->chart.look;
    static const size_t columns[] = {KEY_CHART_X, KEY_CHART_Y, KEY_CHART_COMPARE, KEY_CHART_SERIES, KEY_CHART_TEXT};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        r->block->chart.places[i] = r->own[columns[i]].place;
    }
    check_chart_words(r, KEY_CHART_TITLE, &r->block->chart.title);
    check_chart_words(r, KEY_CHART_UNIT, &r->block->chart.unit);
    check_chart_words(r, KEY_CHART_VALUE_NAME, &r->block->chart.value_name);
    check_chart_words(r, KEY_CHART_COMPARE_NAME, &r->block->chart.compare_name);
    const bool grouped = look == LOOK_GROUPED, multiples = look == LOOK_MULTIPLES;
    const bool compares = grouped || look == LOOK_BARS || look == LOOK_LINE;
    const struct str kind_words = str_printf(r->builder->arena, "kind: %.*s", STR_ARG(r->own[KEY_CHART_KIND].text));
    if (series->node != NULL && !grouped && !multiples) {
        TELL(r->builder->reader, L231, series->key_place, STR("series"), kind_words,
             STR("grouped bars and small multiples draw series"));
    }
    if (compare->node != NULL && (!compares || (grouped && series->node != NULL))) {
        TELL(r->builder->reader, L231, compare->key_place, STR("compare"), compares ? STR("series") : kind_words,
             STR("bars, lines and grouped bars without series compare"));
    }
    const int32_t *heights_mp = r->block->chart.heights_mp;
    if (heights_mp[1] > 0 && heights_mp[1] < heights_mp[0]) {
        TELL(r->builder->reader, L343, r->own[KEY_CHART_HEIGHT].place, r->own[KEY_CHART_HEIGHT].text);
    }
    if (bar_width->node != NULL && (look == LOOK_LINE || look == LOOK_SHARE)) {
        TELL(r->builder->reader, L231, bar_width->key_place, STR("bar width"), kind_words,
             STR("bars, grouped bars and small multiples have bars"));
    }
}

/* Around a page it stands inside of the paper's edge. */
static void read_frame(const struct reading_block *r) {
    if (r->own[KEY_FRAME_INSET].node == NULL && r->keys[KEY_BLOCK_AT].tried) {
        r->block->frame.inset_mp = 0;
    }
}

/* Both are read in the style, which each of their lines may lay others over. */
static void read_signature(const struct reading_block *r) {
    const struct setting *style = &r->own[KEY_SIGNATURE_STYLE];
    const struct setting *name = &r->own[KEY_SIGNATURE_NAME], *date = &r->own[KEY_SIGNATURE_DATE];
    const struct str role = style->node != NULL ? style->text : STR("body");
    builder_style_use(r->builder, STR("body"), &style->text, &style->place, style->node != NULL, r->block->place);
    if (name->node != NULL) {
        template_read(r->builder, name->node, role, &r->block->signature.name);
    }
    if (date->node != NULL) {
        template_read(r->builder, date->node, role, &r->block->signature.date);
    }
}

static void read_crosses(const struct reading_block *r) {
    const struct page_kind *page = &r->builder->layout->pages[0];
    if (2 * (int64_t)r->block->crosses.inset_mp + MM(20) >
        (page->width_mp < page->height_mp ? page->width_mp : page->height_mp)) {
        TELL(r->builder->reader, L219, r->keys[KEY_BLOCK_CROSSES].place, STR("crosses"), STR("20mm"), AS_IN_EXAMPLE);
    }
}

static void read_columns(const struct reading_block *r) {
    if (r->builder->columns_depth >= COLUMNS_LIMIT) {
        TELL(r->builder->reader, L247, r->keys[KEY_BLOCK_COLUMNS].place, str_int(r->builder->arena, COLUMNS_LIMIT));
        return;
    }
    r->builder->columns_depth++;
    read_body(r);
    r->builder->columns_depth--;
}

static void read_page(const struct reading_block *r) {
    static const char *const words[] = {[PAGE_BREAK] = "break", [PAGE_RECTO] = "recto", [PAGE_VERSO] = "verso"};
    const struct setting *page = &r->keys[KEY_BLOCK_PAGE];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(page->text, words[i])) {
            r->block->page.what = (unsigned)i;
            return;
        }
    }
    r->block->page.what = PAGE_KIND;
    r->block->page.kind = page->text;
    r->block->page.kind_index = builder_page(r->builder, page, "page");
}

static void read_each(const struct reading_block *r) {
    const bool parts = builder_is_parts(r->builder, r->block->each.query);
    r->builder->parts_depth += parts;
    read_body(r);
    r->builder->parts_depth -= parts;
}

/* A shared block is built anew, so that its numbers are its own. */
static void read_use(const struct reading_block *r) {
    struct builder *builder = r->builder;
    const struct setting *use = &r->keys[KEY_BLOCK_USE];
    const uint32_t *found = strmap_get(&builder->blocks, use->text);
    if (found == NULL) {
        builder_tell_unknown(builder, &builder->blocks, "blocks", use->text, use->place);
        return;
    }
    struct shared_block *shared = &builder->shared[*found - 1];
    if (shared->open) {
        TELL(builder->reader, L234, use->place, use->text);
        return;
    }
    if (builder->use_depth >= USES_DEEP) {
        TELL(builder->reader, L112, use->place, str_int(builder->arena, USES_DEEP));
        return;
    }
    shared->open = true;
    builder->use_depth++;
    r->block->body.items = blocks_build(builder, shared->node, &r->block->body.count);
    builder->use_depth--;
    shared->open = false;
}

/* --- the table of kinds ------------------------------------------------------------------------------------------- */

#define WITH(key) (UINT64_C(1) << (KEY_BLOCK_##key))
_Static_assert(KEYS_OF_BLOCK <= 64, "a bit a key");
#define PLACED (WITH(AT) | WITH(FIT) | WITH(VALIGN))
/* The keys that go with it beside when and unless, those of them that it needs, and what reads what isn't plain. */
static const struct kind {
    uint64_t with, needs;
    void (*read)(const struct reading_block *r);
} kinds[BLOCK_KINDS] = {
#define BLOCK(id, name, type, values, of, with, needs, reader, ...) [BLOCK_##id] = {with, needs, reader},
#include "layout/keys.def"
    [BLOCK_GROUP] = {PLACED | WITH(BODY), WITH(BODY), read_body},
};

static uint64_t companions_of(size_t kind) {
    return kinds[kind].with | WITH(WHEN) | WITH(UNLESS);
}

bool block_key_goes_with(size_t kind, size_t key) {
    return (companions_of(kind) & UINT64_C(1) << key) != 0;
}

bool block_key_needs(size_t kind, size_t key) {
    return (kinds[kind].needs & UINT64_C(1) << key) != 0;
}

/* --- what all have ------------------------------------------------------------------------------------------------ */

static const char *key_name(size_t key) {
    return schema_key(MAPPING_BLOCK, key)->name;
}

static struct str kind_names(struct arena *arena) {
    struct str names = STR("");
    for (size_t i = 0; i < BLOCK_KIND_KEYS; i++) {
        names = str_printf(arena, "%.*s%s%s", STR_ARG(names), i > 0 ? ", " : "", key_name(i));
    }
    return names;
}

/* Does the one stand further down in the file? */
static bool is_behind(const struct setting *one, const struct setting *other) {
    const struct place a = one->key_place, b = other->key_place;
    return a.line > b.line || (a.line == b.line && a.column > b.column);
}

/* What encloses others was meant around the other key: `each: pupils` and `text:` beside it. Where one of the two was told as wrong,
 * nothing more is. */
static void tell_two_kinds(struct builder *builder, const struct setting *keys, size_t kind, size_t other) {
    const bool has_inside = block_key_needs(kind, KEY_BLOCK_BODY) || block_key_needs(other, KEY_BLOCK_BODY);
    const size_t around = block_key_needs(kind, KEY_BLOCK_BODY) ? kind : other, inner = around == kind ? other : kind;
    const bool empty = keys[KEY_BLOCK_BODY].tried && keys[KEY_BLOCK_BODY].node == NULL;
    if (keys[kind].node == NULL || keys[other].node == NULL || empty) {
        return; /* told */
    }
    const bool both = block_key_needs(kind, KEY_BLOCK_BODY) && block_key_needs(other, KEY_BLOCK_BODY);
    if (both) {
        const size_t outer = is_behind(&keys[kind], &keys[other]) ? other : kind, within = outer == kind ? other : kind;
        TELL(builder->reader, L154, keys[within].key_place, str_from(key_name(within)), str_from(key_name(outer)),
             str_printf(builder->arena, "%s: %.*s", key_name(outer), STR_ARG(keys[outer].text)));
    } else if (has_inside && !keys[KEY_BLOCK_BODY].tried) {
        TELL(builder->reader, L154, keys[inner].key_place, str_from(key_name(inner)), str_from(key_name(around)),
             str_printf(builder->arena, "%s: %.*s", key_name(around), STR_ARG(keys[around].text)));
    } else {
        const size_t later = is_behind(&keys[kind], &keys[other]) ? kind : other, first = later == kind ? other : kind;
        TELL(builder->reader, L229, keys[later].key_place, str_from(key_name(first)), str_from(key_name(later)));
    }
}

/* The key that says what it is, which is its kind too; BLOCK_GROUP for a body alone; KEYS_OF_BLOCK when told as wrong. */
static size_t find_kind(struct builder *builder, const struct node *node, const struct setting *keys) {
    size_t kind = BLOCK_KIND_KEYS;
    for (size_t i = 0; i < BLOCK_KIND_KEYS; i++) {
        if (!keys[i].tried) {
            continue;
        }
        if (kind < BLOCK_KIND_KEYS) {
            tell_two_kinds(builder, keys, kind, i);
            return KEYS_OF_BLOCK;
        }
        kind = i;
    }
    if (kind == BLOCK_KIND_KEYS && !keys[KEY_BLOCK_BODY].tried) {
        bool all_known = true;
        for (size_t i = 0; i < node->count; i++) {
            bool known = false;
            for (size_t k = BLOCK_KIND_KEYS; k < KEYS_OF_BLOCK; k++) {
                known = known || str_is(node->pairs[i].key->text, key_name(k));
            }
            all_known = all_known && known;
        }
        if (all_known && node->count > 0 && !node->source->lost) {
            TELL(builder->reader, L153, node->place, node->pairs[0].key->text, kind_names(builder->arena));
        } else if (all_known && !node->source->lost) {
            TELL(builder->reader, L230, node->place, kind_names(builder->arena));
        }
        return KEYS_OF_BLOCK;
    }
    return kind;
}

static void check_companions(struct builder *builder, size_t kind, const struct node *node,
                             const struct setting *keys) {
    struct str name = str_from(kind < BLOCK_KIND_KEYS ? key_name(kind) : "body");
    for (size_t key = BLOCK_KIND_KEYS; key < KEYS_OF_BLOCK; key++) {
        if (keys[key].tried && !block_key_goes_with(kind, key)) {
            TELL(builder->reader, L231, keys[key].key_place, str_from(key_name(key)), name,
                 str_from(schema_key(MAPPING_BLOCK, key)->help));
        }
        const bool wrong = kind < BLOCK_KIND_KEYS && keys[kind].node == NULL; /* told */
        if (!keys[key].tried && block_key_needs(kind, key) && !node->source->lost && !wrong) {
            TELL(builder->reader, L205, node->place, name, str_from(key_name(key)),
                 advice_on_missing(builder->reader, schema_key(MAPPING_BLOCK, key)));
        }
    }
    if (keys[KEY_BLOCK_FIT].tried && !(keys[KEY_BLOCK_AT].tried)) {
        TELL(builder->reader, L237, keys[KEY_BLOCK_FIT].key_place, STR("fit"), STR("at"));
    }
    if (keys[KEY_BLOCK_VALIGN].tried && keys[KEY_BLOCK_AT].count < 4) {
        TELL(builder->reader, L237, keys[KEY_BLOCK_VALIGN].key_place, STR("valign"), STR("at: x y width height"));
    }
}

/* On no kind of page that the layout has is there room for it. */
static void check_on_paper(struct builder *builder, const struct setting *at, const struct block *block) {
    int32_t width_mp = 0, height_mp = 0;
    for (size_t i = 0; i < builder->layout->page_count; i++) {
        if (!builder_prints_on(builder, i)) {
            continue;
        }
        const struct page_kind *kind = &builder->layout->pages[i];
        const int32_t across = kind->turned ? kind->height_mp : kind->width_mp;
        const int32_t down = kind->turned ? kind->width_mp : kind->height_mp;
        width_mp = across > width_mp ? across : width_mp;
        height_mp = down > height_mp ? down : height_mp;
    }
    const int32_t right = block->at_mp[0] + block->at_mp[2] - MM(1), bottom = block->at_mp[1] + block->at_mp[3] - MM(1);
    const bool off =
        block->at_mp[0] >= width_mp || block->at_mp[1] >= height_mp || right > width_mp || bottom > height_mp;
    if (block->has_at && off && width_mp > 0) {
        struct arena *arena = builder->arena;
        TELL(builder->reader, L255, at->place, at->text, str_int(arena, (width_mp + MM(1) / 2) / MM(1)),
             str_int(arena, (height_mp + MM(1) / 2) / MM(1)));
    }
}

static void read_at(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *at = &keys[KEY_BLOCK_AT];
    block->has_at = at->node != NULL;
    for (size_t i = 0; block->has_at && i < at->count; i++) {
        block->at_mp[i] = at->number[i];
        if (at->unit[i] != UNIT_MP || (i >= 2 && at->number[i] < 0)) {
            TELL(builder->reader, L210, at->place, at->text,
                 BOTH("write each with its unit: 25mm, 2.5cm, 12pt; width and height are more than 0",
                      "各写单位：25mm、2.5cm、12pt；宽和高须大于 0"));
            break;
        }
    }
    check_on_paper(builder, at, block);
}

static void apply_companions(struct builder *builder, size_t kind, const struct setting *keys, struct block *block) {
    for (size_t key = BLOCK_KIND_KEYS; key < KEYS_OF_BLOCK; key++) {
        if (block_key_goes_with(kind, key)) {
            setting_apply(builder, schema_key(MAPPING_BLOCK, key), &keys[key], block, block->place);
        }
    }
    read_at(builder, keys, block);
}

/* What the key that says what it is holds; `own` is filled where that is keys. */
static void apply_kind(struct builder *builder, size_t kind, const struct setting *keys, struct setting *own,
                       struct block *block) {
    const struct key *key = schema_key(MAPPING_BLOCK, kind);
    if (key->size > 0 && key->of != MAPPING_NONE) {
        mapping_apply(builder, key->of, &keys[kind], own, (char *)block + key->at, block->place);
    } else {
        setting_apply(builder, key, &keys[kind], block, block->place);
    }
}

static bool build_with(struct builder *builder, struct node *node, struct block *block, struct setting *keys,
                       struct setting *own) {
    *block = (struct block){.place = node->place, .when = NO_QUERY, .unless = NO_QUERY};
    if (!settings_read(builder->reader, node, MAPPING_BLOCK, STR_NONE, keys)) {
        return false;
    }
    const size_t kind = find_kind(builder, node, keys);
    if (kind == KEYS_OF_BLOCK) {
        return false;
    }
    check_companions(builder, kind, node, keys);
    block->kind = (enum block_kind)kind;
    apply_companions(builder, kind, keys, block);
    if (kind != BLOCK_GROUP) {
        if (keys[kind].node == NULL) {
            return false; /* told */
        }
        apply_kind(builder, kind, keys, own, block);
    }
    if (kinds[kind].read != NULL) {
        kinds[kind].read(&(struct reading_block){builder, keys, own, block});
    }
    return true;
}

/* False when nothing could be built. The keys' room is some KB, of which the stack would have hundreds where blocks use each other. */
static bool build_block(struct builder *builder, struct node *node, struct block *block) {
    struct setting *keys = memory_zeroed((KEYS_OF_BLOCK + KEYS_AT_MOST) * sizeof *keys);
    const bool built = build_with(builder, node, block, keys, keys + KEYS_OF_BLOCK);
    free(keys);
    return built;
}

struct block *blocks_build(struct builder *builder, struct node *list, size_t *count) {
    struct block *blocks = ARENA_ARRAY(builder->arena, struct block, list->count);
    *count = 0;
    for (size_t i = 0; i < list->count && builder->block_count <= BLOCK_LIMIT; i++) {
        if (builder->block_count++ == BLOCK_LIMIT) {
            TELL(builder->reader, L235, list->items[i]->place, str_int(builder->arena, BLOCK_LIMIT));
        } else if (build_block(builder, list->items[i], &blocks[*count])) {
            ++*count;
        }
    }
    return blocks;
}
