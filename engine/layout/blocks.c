/* blocks.c: a block is what its one key of the first kind says.
 *
 * To add a kind: its key in keys.def, a row in `kinds`, the function that builds it. */
#include "layout/builder.h"

#include <stdlib.h>

#include "base/length.h"
#include "base/memory.h"

#define WITH(key) (1u << (key))

/* --- kinds -------------------------------------------------------------------------------------------------------- */

/* Text of the flow: its notes have a place. */
static void read_text(struct builder *builder, const struct setting *setting, struct str role, struct template *out) {
    builder->takes_notes = true;
    template_read(builder, setting->node, role, out);
    builder->takes_notes = false;
}

static void build_text(struct builder *builder, const struct setting *keys, struct block *block) {
    read_text(builder, &keys[KEY_BLOCK_TEXT], STR("body"), &block->text.text);
}

static struct str heading_role(struct builder *builder, int32_t level) {
    return str_printf(builder->arena, "h%d", level < 9 ? level : 9);
}

static void build_heading(struct builder *builder, const struct setting *keys, struct block *block) {
    const int32_t level = keys[KEY_BLOCK_LEVEL].node != NULL ? keys[KEY_BLOCK_LEVEL].number[0] : 1;
    block->heading.level = (uint8_t)level;
    read_text(builder, &keys[KEY_BLOCK_HEADING], heading_role(builder, level), &block->heading.text);
}

static struct block *build_list(struct builder *builder, const struct setting *setting, size_t *count) {
    *count = 0;
    return setting->node != NULL ? blocks_build(builder, setting->node, count) : NULL;
}

static void build_section(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *numbered = &keys[KEY_BLOCK_NUMBERED], *new_page = &keys[KEY_BLOCK_NEW_PAGE];
    builder->section_level++;
    const struct str role = heading_role(builder, builder->section_level);
    read_text(builder, &keys[KEY_BLOCK_SECTION], role, &block->section.title);
    block->section.numbered = numbered->node == NULL || numbered->number[0] != 0;
    block->section.new_page = new_page->node != NULL && new_page->number[0] != 0;
    block->section.body = build_list(builder, &keys[KEY_BLOCK_BODY], &block->section.count);
    builder->section_level--;
}

static int32_t number_or(const struct setting *setting, int32_t otherwise) {
    return setting->node != NULL ? setting->number[0] : otherwise;
}

static struct str text_or(const struct setting *setting, struct str otherwise) {
    return setting->node != NULL ? setting->text : otherwise;
}

static void template_or_none(struct builder *builder, const struct setting *setting, struct str role,
                             struct template *out) {
    if (setting->node != NULL) {
        template_read(builder, setting->node, role, out);
    }
}

static void build_contents(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_CONTENTS];
    if (settings_read_short(builder->reader, &keys[KEY_BLOCK_CONTENTS], MAPPING_CONTENTS, own)) {
        block->contents.levels = number_or(&own[KEY_CONTENTS_LEVELS], 2);
    }
}

static void build_table(struct builder *builder, const struct setting *keys, struct block *block) {
    block->table = table_build(builder, keys[KEY_BLOCK_TABLE].node);
}

static void build_image(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_IMAGE];
    if (!settings_read_short(builder->reader, &keys[KEY_BLOCK_IMAGE], MAPPING_IMAGE, own)) {
        return;
    }
    template_or_none(builder, &own[KEY_IMAGE_PATH], STR("body"), &block->image.path);
    block->image.width_mp = number_or(&own[KEY_IMAGE_WIDTH], 0);
    block->image.height_mp = number_or(&own[KEY_IMAGE_HEIGHT], 0);
    block->image.whole = number_or(&own[KEY_IMAGE_WHOLE], 0) != 0;
    block->image.align = (unsigned)number_or(&own[KEY_IMAGE_ALIGN], IMAGE_CENTRE);
}

static void build_qr(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_QR];
    if (settings_read_short(builder->reader, &keys[KEY_BLOCK_QR], MAPPING_QR, own)) {
        template_or_none(builder, &own[KEY_QR_TEXT], STR("body"), &block->qr.text);
        block->qr.size_mp = number_or(&own[KEY_QR_SIZE], MM(20));
    }
}

/* What the kind of chart doesn't draw would be left out in silence. */
static void check_chart(struct builder *builder, const struct setting *own) {
    const struct str kind = own[KEY_CHART_KIND].text;
    const struct setting *series = &own[KEY_CHART_SERIES], *compare = &own[KEY_CHART_COMPARE];
    const enum chart_look look = (enum chart_look)own[KEY_CHART_KIND].number[0];
    const bool grouped = look == LOOK_GROUPED, multiples = look == LOOK_MULTIPLES;
    const bool compares = grouped || look == LOOK_BARS || look == LOOK_LINE;
    const struct str kind_words = str_printf(builder->arena, "kind: %.*s", STR_ARG(kind));
    if (series->node != NULL && !grouped && !multiples) {
        TELL(builder->reader, L231, series->key_place, STR("series"), kind_words,
             STR("grouped bars and small multiples draw series"));
    }
    if (compare->node != NULL && (!compares || (grouped && series->node != NULL))) {
        TELL(builder->reader, L231, compare->key_place, STR("compare"), compares ? STR("series") : kind_words,
             STR("bars, lines and grouped bars without series compare"));
    }
}

static void build_chart(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_CHART];
    block->chart.of = NO_QUERY;
    block->chart.style = NO_STYLE;
    if (!settings_read(builder->reader, keys[KEY_BLOCK_CHART].node, MAPPING_CHART, STR_NONE, own)) {
        return;
    }
    check_chart(builder, own);
    const struct setting *style = &own[KEY_CHART_STYLE];
    block->chart.look = (enum chart_look)own[KEY_CHART_KIND].number[0];
    block->chart.of = builder_query_use(builder, &own[KEY_CHART_OF]);
    block->chart.x = own[KEY_CHART_X].text;
    block->chart.y = own[KEY_CHART_Y].text;
    block->chart.compare = own[KEY_CHART_COMPARE].text;
    block->chart.series = own[KEY_CHART_SERIES].text;
    block->chart.text = own[KEY_CHART_TEXT].text;
    template_or_none(builder, &own[KEY_CHART_TITLE], STR("caption"), &block->chart.title);
    template_or_none(builder, &own[KEY_CHART_UNIT], STR("chart"), &block->chart.unit);
    template_or_none(builder, &own[KEY_CHART_VALUE_NAME], STR("chart"), &block->chart.value_name);
    template_or_none(builder, &own[KEY_CHART_COMPARE_NAME], STR("chart"), &block->chart.compare_name);
    block->chart.height_mp = number_or(&own[KEY_CHART_HEIGHT], MM(60));
    block->chart.style =
        builder_style_use(builder, STR("chart"), &style->text, &style->place, style->node != NULL, block->place);
    block->chart.has_scale = own[KEY_CHART_SCALE].node != NULL && own[KEY_CHART_SCALE].count == 2;
    if (own[KEY_CHART_SCALE].node != NULL && !block->chart.has_scale) {
        TELL(builder->reader, L219, own[KEY_CHART_SCALE].place, STR("scale"), STR("0 100"));
    }
    block->chart.scale[0] = own[KEY_CHART_SCALE].number[0];
    block->chart.scale[1] = own[KEY_CHART_SCALE].number[1];
}

static void build_rule(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_RULE];
    if (settings_read_short(builder->reader, &keys[KEY_BLOCK_RULE], MAPPING_RULE, own)) {
        block->rule.thickness_mp = number_or(&own[KEY_RULE_LINE], PT(0.5));
        block->rule.stroke = (enum stroke)own[KEY_RULE_LINE].number[1];
        block->rule.colour = number_or(&own[KEY_RULE_COLOUR], 0);
    }
}

static void build_space(struct builder *builder, const struct setting *keys, struct block *block) {
    (void)builder;
    block->space.height_mp = keys[KEY_BLOCK_SPACE].number[0];
}

static void build_frame(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_FRAME];
    if (settings_read(builder->reader, keys[KEY_BLOCK_FRAME].node, MAPPING_FRAME, STR_NONE, own)) {
        block->frame.inset_mp = number_or(&own[KEY_FRAME_INSET], keys[KEY_BLOCK_AT].tried ? 0 : MM(10));
        block->frame.thickness_mp = number_or(&own[KEY_FRAME_LINE], PT(1));
        block->frame.stroke = (enum stroke)own[KEY_FRAME_LINE].number[1];
        block->frame.colour = number_or(&own[KEY_FRAME_COLOUR], 0);
    }
}

static void read_seal(struct builder *builder, const struct setting *setting, struct seal_spec *seal) {
    struct setting own[KEYS_OF_SEAL];
    if (settings_read_short(builder->reader, setting, MAPPING_SEAL, own)) {
        seal->size_mp = number_or(&own[KEY_SEAL_SIZE], MM(42));
        template_or_none(builder, &own[KEY_SEAL_IMAGE], STR("body"), &seal->image);
    }
}

static void build_seal(struct builder *builder, const struct setting *keys, struct block *block) {
    read_seal(builder, &keys[KEY_BLOCK_SEAL], &block->seal);
}

/* Both are read in the style, which each of their lines may lay others over. */
static void build_signature(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_SIGNATURE];
    if (!settings_read(builder->reader, keys[KEY_BLOCK_SIGNATURE].node, MAPPING_SIGNATURE, STR_NONE, own)) {
        return;
    }
    const struct setting *style = &own[KEY_SIGNATURE_STYLE];
    builder_style_use(builder, STR("body"), &style->text, &style->place, style->node != NULL, block->place);
    template_or_none(builder, &own[KEY_SIGNATURE_NAME], text_or(style, STR("body")), &block->signature.name);
    template_or_none(builder, &own[KEY_SIGNATURE_DATE], text_or(style, STR("body")), &block->signature.date);
    if (own[KEY_SIGNATURE_SEAL].node != NULL) {
        read_seal(builder, &own[KEY_SIGNATURE_SEAL], &block->signature.seal);
    }
}

static void build_crosses(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *crosses = &keys[KEY_BLOCK_CROSSES];
    const struct page_kind *page = &builder->layout->pages[0];
    const int32_t inset_mp = number_or(crosses, 0);
    if (2 * (int64_t)inset_mp + MM(20) > (page->width_mp < page->height_mp ? page->width_mp : page->height_mp)) {
        TELL(builder->reader, L219, crosses->place, STR("crosses"), STR("20mm"));
    }
    block->crosses.inset_mp = inset_mp;
}

static void build_columns(struct builder *builder, const struct setting *keys, struct block *block) {
    struct setting own[KEYS_OF_COLUMNS];
    if (settings_read_short(builder->reader, &keys[KEY_BLOCK_COLUMNS], MAPPING_COLUMNS, own)) {
        block->columns.count = number_or(&own[KEY_COLUMNS_COUNT], 1);
        block->columns.gap_mp = number_or(&own[KEY_COLUMNS_GAP], MM(6));
        block->columns.balanced = number_or(&own[KEY_COLUMNS_BALANCED], 1) != 0;
    }
    if (builder->columns_depth >= COLUMNS_LIMIT) {
        TELL(builder->reader, L247, keys[KEY_BLOCK_COLUMNS].place, str_int(builder->arena, COLUMNS_LIMIT));
        return;
    }
    builder->columns_depth++;
    block->columns.body = build_list(builder, &keys[KEY_BLOCK_BODY], &block->columns.body_count);
    builder->columns_depth--;
}

static void build_page(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *page = &keys[KEY_BLOCK_PAGE];
    block->page.kind = STR_NONE;
    if (str_is(page->text, "break")) {
        block->page.what = PAGE_BREAK;
    } else if (str_is(page->text, "recto")) {
        block->page.what = PAGE_RECTO;
    } else if (str_is(page->text, "verso")) {
        block->page.what = PAGE_VERSO;
    } else {
        block->page.what = PAGE_KIND;
        const uint32_t *found = strmap_get(&builder->pages, page->text);
        block->page.kind = page->text;
        block->page.kind_index = found != NULL ? *found - 1 : 0;
        if (found == NULL && !str_is(page->text, "document")) {
            builder_tell_unknown(builder, &builder->pages, "pages", page->text, page->place);
        }
    }
}

static void build_keep(struct builder *builder, const struct setting *keys, struct block *block) {
    block->group.body = build_list(builder, &keys[KEY_BLOCK_KEEP], &block->group.count);
}

static void build_preprinted(struct builder *builder, const struct setting *keys, struct block *block) {
    block->group.body = build_list(builder, &keys[KEY_BLOCK_PREPRINTED], &block->group.count);
}

static void build_each(struct builder *builder, const struct setting *keys, struct block *block) {
    block->each.query = builder_query_use(builder, &keys[KEY_BLOCK_EACH]);
    bool parts = builder_is_parts(builder, block->each.query);
    builder->parts_depth += parts;
    block->each.body = build_list(builder, &keys[KEY_BLOCK_BODY], &block->each.count);
    builder->parts_depth -= parts;
}

/* A shared block is built anew, so that its numbers are its own. */
static void build_use(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *use = &keys[KEY_BLOCK_USE];
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
    block->group.body = blocks_build(builder, shared->node, &block->group.count);
    builder->use_depth--;
    shared->open = false;
}

static void build_footnote(struct builder *builder, const struct setting *keys, struct block *block) {
    template_read(builder, keys[KEY_BLOCK_FOOTNOTE].node, STR("footnote"), &block->footnote.text);
}

static void build_group(struct builder *builder, const struct setting *keys, struct block *block) {
    block->group.body = build_list(builder, &keys[KEY_BLOCK_BODY], &block->group.count);
}

#define BODY WITH(KEY_BLOCK_BODY)
#define AT   (WITH(KEY_BLOCK_AT) | WITH(KEY_BLOCK_FIT) | WITH(KEY_BLOCK_VALIGN))
/* By the key that says what the block is: its kind, its builder, the keys that go with it beside when and unless, and those of them
 * that it needs. */
static const struct kind {
    enum block_kind kind;
    void (*build)(struct builder *builder, const struct setting *keys, struct block *block);
    unsigned with, needs;
} kinds[] = {
    [KEY_BLOCK_TEXT] = {BLOCK_TEXT, build_text, AT, 0},
    [KEY_BLOCK_HEADING] = {BLOCK_HEADING, build_heading, AT | WITH(KEY_BLOCK_LEVEL), 0},
    [KEY_BLOCK_SECTION] = {BLOCK_SECTION, build_section, BODY | WITH(KEY_BLOCK_NUMBERED) | WITH(KEY_BLOCK_NEW_PAGE),
                           BODY},
    [KEY_BLOCK_CONTENTS] = {BLOCK_CONTENTS, build_contents, AT, 0},
    [KEY_BLOCK_TABLE] = {BLOCK_TABLE, build_table, AT, 0},
    [KEY_BLOCK_IMAGE] = {BLOCK_IMAGE, build_image, AT, 0},
    [KEY_BLOCK_QR] = {BLOCK_QR, build_qr, AT, 0},
    [KEY_BLOCK_CHART] = {BLOCK_CHART, build_chart, AT, 0},
    [KEY_BLOCK_RULE] = {BLOCK_RULE, build_rule, AT, 0},
    [KEY_BLOCK_SPACE] = {BLOCK_SPACE, build_space, 0, 0},
    [KEY_BLOCK_FRAME] = {BLOCK_FRAME, build_frame, AT, 0},
    [KEY_BLOCK_SEAL] = {BLOCK_SEAL, build_seal, AT, 0},
    [KEY_BLOCK_SIGNATURE] = {BLOCK_SIGNATURE, build_signature, AT, 0},
    [KEY_BLOCK_CROSSES] = {BLOCK_CROSSES, build_crosses, 0, 0},
    [KEY_BLOCK_COLUMNS] = {BLOCK_COLUMNS, build_columns, AT | BODY, BODY},
    [KEY_BLOCK_PAGE] = {BLOCK_PAGE, build_page, 0, 0},
    [KEY_BLOCK_KEEP] = {BLOCK_KEEP, build_keep, AT, 0},
    [KEY_BLOCK_EACH] = {BLOCK_EACH, build_each, AT | BODY, BODY},
    [KEY_BLOCK_USE] = {BLOCK_GROUP, build_use, AT, 0},
    [KEY_BLOCK_PREPRINTED] = {BLOCK_PREPRINTED, build_preprinted, AT, 0},
    [KEY_BLOCK_FOOTNOTE] = {BLOCK_FOOTNOTE, build_footnote, 0, 0},
    [BLOCK_KIND_KEYS] = {BLOCK_GROUP, build_group, AT | BODY, BODY},
};

static unsigned companions_of(size_t kind) {
    return kinds[kind].with | WITH(KEY_BLOCK_WHEN) | WITH(KEY_BLOCK_UNLESS);
}

bool block_key_goes_with(size_t kind, size_t key) {
    return (companions_of(kind) & WITH(key)) != 0;
}

bool block_key_needs(size_t kind, size_t key) {
    return (kinds[kind].needs & WITH(key)) != 0;
}

/* --- what all have ------------------------------------------------------------------------------------------------ */

static const char *key_name(size_t key) {
    return schema_of(MAPPING_BLOCK)->keys[key].name;
}

static struct str kind_names(struct arena *arena) {
    struct str names = STR("");
    for (size_t i = 0; i < BLOCK_KIND_KEYS; i++) {
        names = str_printf(arena, "%.*s%s%s", STR_ARG(names), i > 0 ? ", " : "", key_name(i));
    }
    return names;
}

/* The key that says what it is; BLOCK_KIND_KEYS for a group; KEYS_OF_BLOCK when told as wrong. */
static size_t find_kind(struct builder *builder, const struct node *node, const struct setting *keys) {
    size_t kind = BLOCK_KIND_KEYS;
    for (size_t i = 0; i < BLOCK_KIND_KEYS; i++) {
        if (!keys[i].tried) {
            continue;
        }
        if (kind < BLOCK_KIND_KEYS) {
            TELL(builder->reader, L229, keys[i].key_place, str_from(key_name(kind)), str_from(key_name(i)));
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
        if (all_known && !node->source->lost) {
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
                 str_from(schema_of(MAPPING_BLOCK)->keys[key].help));
        }
        if (!keys[key].tried && block_key_needs(kind, key) && !node->source->lost) {
            TELL(builder->reader, L205, node->place, name, str_from(key_name(key)),
                 str_from(schema_of(MAPPING_BLOCK)->keys[key].help));
        }
    }
    if (keys[KEY_BLOCK_FIT].tried && !(keys[KEY_BLOCK_AT].tried)) {
        TELL(builder->reader, L237, keys[KEY_BLOCK_FIT].key_place, STR("fit"), STR("at"));
    }
    if (keys[KEY_BLOCK_VALIGN].tried && keys[KEY_BLOCK_AT].count < 4) {
        TELL(builder->reader, L237, keys[KEY_BLOCK_VALIGN].key_place, STR("valign"), STR("at: x y width height"));
    }
}

static void read_at(struct builder *builder, const struct setting *keys, struct block *block) {
    const struct setting *at = &keys[KEY_BLOCK_AT];
    block->has_at = at->node != NULL;
    for (size_t i = 0; block->has_at && i < at->count; i++) {
        block->at_mp[i] = at->number[i];
        if (at->unit[i] != UNIT_MP || (i >= 2 && at->number[i] < 0)) {
            TELL(builder->reader, L210, at->place, at->text);
            break;
        }
    }
    block->fit_min_mp = number_or(&keys[KEY_BLOCK_FIT], 0);
    block->at_valign = (uint8_t)number_or(&keys[KEY_BLOCK_VALIGN], 0);
}

static bool build_with(struct builder *builder, struct node *node, struct block *block, struct setting *keys) {
    *block = (struct block){.place = node->place, .when = NO_QUERY, .unless = NO_QUERY};
    if (!settings_read(builder->reader, node, MAPPING_BLOCK, STR_NONE, keys)) {
        return false;
    }
    const size_t kind = find_kind(builder, node, keys);
    if (kind == KEYS_OF_BLOCK) {
        return false;
    }
    check_companions(builder, kind, node, keys);
    block->kind = kinds[kind].kind;
    block->when = builder_condition(builder, &keys[KEY_BLOCK_WHEN]);
    block->unless = builder_condition(builder, &keys[KEY_BLOCK_UNLESS]);
    read_at(builder, keys, block);
    if (kind < BLOCK_KIND_KEYS && keys[kind].node == NULL) {
        return false; /* told */
    }
    kinds[kind].build(builder, keys, block);
    return true;
}

/* False when nothing could be built. The keys' room is some KB, of which the stack would have hundreds where blocks use each other. */
static bool build_block(struct builder *builder, struct node *node, struct block *block) {
    struct setting *keys = memory_zeroed(KEYS_OF_BLOCK * sizeof *keys);
    const bool built = build_with(builder, node, block, keys);
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
