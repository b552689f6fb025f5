/* styles.c: fonts and styles of all files; what stands later overrides key by key. Words of titles add up. */
#include "layout/builder.h"

#include "base/buffer.h"
#include "base/utf8.h"

static void copy_numbers(const struct setting *setting, struct style_value *value) {
    *value = (struct style_value){.set = true, .place = setting->place, .text = setting->text};
    for (size_t i = 0; i < 4; i++) {
        value->number[i] = setting->number[i];
        value->unit[i] = setting->unit[i];
    }
}

/* One length for all sides; two: top and bottom, left and right; three: top, sides, bottom; four: top, right, bottom, left. */
void setting_to_padding(const struct setting *setting, struct style_value *value) {
    static const size_t from[5][4] = {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    copy_numbers(setting, value);
    for (size_t i = 0; i < 4; i++) {
        value->number[i] = setting->number[from[setting->count][i]];
        value->unit[i] = UNIT_MP;
    }
}

bool is_heading_role(struct str role) {
    return role.n == 2 && role.p[0] == 'h' && role.p[1] >= '1' && role.p[1] <= '9';
}

static bool tell_bad_name(struct builder *builder, const struct node *key) {
    if (name_is_valid(key->text)) {
        return false;
    }
    const struct str behind = str_slice(key->text, key->text.n > 0, key->text.n);
    if (str_starts(key->text, STR(".")) && name_is_valid(behind)) {
        TELL(builder->reader, L164, key->place, key->text, behind);
    } else {
        TELL(builder->reader, L241, key->place, key->text, name_mended(builder->arena, key->text));
        builder->lost = true; /* it is used by the name that was meant */
    }
    return true;
}

/* --- fonts -------------------------------------------------------------------------------------------------------- */

static void add_font(struct builder *builder, const struct source *source, const struct pair *pair) {
    const struct key faces = schema_item(schema_key(MAPPING_FILE, KEY_FILE_FONTS));
    struct setting setting = {0};
    struct layout *layout = builder->layout;
    if (tell_bad_name(builder, pair->key)) {
        return;
    }
    setting_read(builder->reader, &faces, pair->value, &setting);
    bool found = false;
    uint32_t *slot = strmap_put(&builder->fonts, pair->key->text, &found);
    if (!found) {
        *slot = (uint32_t)layout->font_count + 1;
        ARENA_GROW(builder->arena, layout->fonts, layout->font_count, builder->font_capacity);
        layout->font_count++;
    }
    layout->fonts[*slot - 1] = (struct font_spec){.name = pair->key->text,
                                                  .place = pair->key->place,
                                                  .faces = setting.names,
                                                  .places = setting.places,
                                                  .count = setting.node != NULL ? setting.name_count : 0,
                                                  .folder = source->folder};
}

/* --- styles ------------------------------------------------------------------------------------------------------- */

static void set_value(const struct setting *setting, enum style_key key, struct style_value *values) {
    if (key == STYLE_PADDING) {
        setting_to_padding(setting, &values[key]);
    } else {
        copy_numbers(setting, &values[key]);
    }
}

static void read_defaults(struct builder *builder) {
    const struct key *rows = schema_of(MAPPING_STYLE)->keys;
    struct style_value *values = ARENA_ARRAY(builder->arena, struct style_value, STYLE_KEY_COUNT);
    for (enum style_key key = 0; key < STYLE_KEY_COUNT; key++) {
        struct setting setting = {0};
        if (setting_read_initial(builder->reader, &rows[key], &setting)) {
            set_value(&setting, key, values);
        }
    }
    builder->layout->style_defaults = values;
}

static void add_style(struct builder *builder, const struct pair *pair) {
    struct setting keys[STYLE_KEY_COUNT + 1];
    const struct str where = str_printf(builder->arena, "styles: %.*s", STR_ARG(pair->key->text));
    const struct str name =
        str_starts(pair->key->text, STR(".")) ? str_slice(pair->key->text, 1, pair->key->text.n) : pair->key->text;
    tell_bad_name(builder, pair->key);
    struct style_spec *style = builder_add_style(builder, name, pair->key->place); /* also where it is told as wrong */
    style->place = pair->key->place;
    if (!settings_read(builder->reader, pair->value, MAPPING_STYLE, where, keys)) {
        return;
    }
    if (keys[KEY_STYLE_LIKE].node != NULL) {
        style->like = keys[KEY_STYLE_LIKE].text;
    }
    for (enum style_key key = 0; key < STYLE_KEY_COUNT; key++) {
        if (keys[key].node != NULL) {
            set_value(&keys[key], key, style->values);
        }
    }
}

/* After all are known: names of fonts and of styles that others are like. */
static void check_names(struct builder *builder, const struct node *styles) {
    for (size_t i = 0; i < styles->count; i++) {
        const struct node *like = node_value(styles->pairs[i].value, STR("like"));
        const struct node *font = node_value(styles->pairs[i].value, STR("font"));
        if (like != NULL && like->text.n > 0 && strmap_get(&builder->styles, like->text) == NULL) {
            builder_tell_unknown(builder, &builder->styles, "styles", like->text, like->place);
        }
        if (font != NULL && font->text.n > 0 && strmap_get(&builder->fonts, font->text) == NULL) {
            builder_tell_unknown(builder, &builder->fonts, "fonts", font->text, font->place);
        }
    }
}

static struct style_spec *find_style(struct builder *builder, struct str name) {
    const uint32_t *found = strmap_get(&builder->styles, name);
    return found != NULL ? &builder->layout->styles[*found - 1] : NULL;
}

static struct str chain_of(struct builder *builder, struct style_spec *style) {
    struct buffer chain;
    buffer_init(&chain);
    buffer_add(&chain, style->name);
    struct style_spec *next = style;
    do {
        next = find_style(builder, next->like);
        buffer_add(&chain, STR(" → "));
        buffer_add(&chain, next->name);
    } while (next != style && chain.count < 300);
    const struct str text = str_copy(builder->arena, buffer_str(&chain));
    buffer_release(&chain);
    return text;
}

/* From each style along `like`, marking with the number of the walk: who is met twice in one walk is in a circle. The circle is
 * told once and opened. */
static void check_cycles(struct builder *builder) {
    struct layout *layout = builder->layout;
    size_t *walk = ARENA_ARRAY(builder->arena, size_t, layout->style_count);
    for (size_t i = 0; i < layout->style_count; i++) {
        struct style_spec *style = &layout->styles[i];
        while (style != NULL && walk[style - layout->styles] == 0) {
            walk[style - layout->styles] = i + 1;
            style = style->like.n > 0 ? find_style(builder, style->like) : NULL;
        }
        if (style != NULL && walk[style - layout->styles] == i + 1) {
            TELL(builder->reader, L232, style->place, style->name, chain_of(builder, style));
            style->like = STR_NONE;
        }
    }
}

/* After the blocks are built: `bookmark` of a style of the layout's own that no heading has. */
void styles_check_bookmarks(struct builder *builder) {
    const struct node *styles = builder->files[builder->file_count - 1].keys[KEY_FILE_STYLES].node;
    for (size_t i = 0; styles != NULL && i < styles->count; i++) {
        const struct node *bookmark = node_value(styles->pairs[i].value, STR("bookmark"));
        const struct style_spec *style = find_style(builder, styles->pairs[i].key->text);
        const bool asks = bookmark != NULL && bookmark->kind == NODE_SCALAR && !str_is(bookmark->text, "0");
        if (asks && style != NULL && !style->of_heading && !is_heading_role(style->name)) {
            TELL(builder->reader, L254, bookmark->place, style->name);
        }
    }
}

/* `table: padding` holds for the cells whose roles have none of their own. */
static void default_padding(struct builder *builder) {
    static const char *const roles[] = {"label", "value", "head"};
    const struct setting *padding = &builder->defaults[KEY_DEFAULTS_PADDING];
    for (size_t i = 0; padding->node != NULL && i < sizeof roles / sizeof roles[0]; i++) {
        bool known = find_style(builder, str_from(roles[i])) != NULL;
        struct style_spec *style = builder_add_style(builder, str_from(roles[i]), padding->place);
        if (!known) {
            style->like = find_style(builder, STR("label")) != style ? STR("label") : STR("body");
        }
        if (!style->values[STYLE_PADDING].set) {
            setting_to_padding(padding, &style->values[STYLE_PADDING]);
        }
    }
}

/* --- words of titles ---------------------------------------------------------------------------------------------- */

static void add_words(struct builder *builder, const struct setting *words) {
    struct layout *layout = builder->layout;
    for (size_t i = 0; words->node != NULL && i < words->name_count; i++) {
        if (utf8_count(words->names[i]) < 2) {
            TELL(builder->reader, L219, words->places[i], STR("words"), STR("留守儿童, 教育局"), AS_IN_EXAMPLE);
            continue;
        }
        ARENA_GROW(builder->arena, layout->words, layout->word_count, builder->word_capacity);
        layout->words[layout->word_count++] = words->names[i];
    }
}

/* A style is some kilobytes: an array that doubled while it grew would leave as much again behind, in each layout. */
static void reserve_styles(struct builder *builder) {
    enum { OF_TABLES = 8 }; /* those that hold a table's padding */
    size_t most = OF_TABLES;
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct node *styles = builder->files[f].keys[KEY_FILE_STYLES].node;
        most += styles != NULL ? styles->count : 0;
    }
    builder->layout->styles = ARENA_ARRAY(builder->arena, struct style_spec, most);
    builder->style_capacity = most;
}

/* `remark:`, and its keys beside it instead of below: told once, at the first of them. */
static bool tell_key_beside(struct builder *builder, const struct node *styles, size_t i) {
    const struct pair *pair = &styles->pairs[i];
    size_t owner = i;
    while (owner > 0 && !node_is_empty(styles->pairs[owner].value)) {
        owner--;
    }
    bool is_key = false;
    for (size_t k = 0; k < schema_of(MAPPING_STYLE)->count; k++) {
        is_key = is_key || str_is(pair->key->text, schema_key(MAPPING_STYLE, k)->name);
    }
    if (!is_key || pair->value->kind != NODE_SCALAR || owner == i || !node_is_empty(styles->pairs[owner].value)) {
        return false;
    }
    if (owner + 1 == i) {
        TELL(builder->reader, L136, pair->key->place, styles->pairs[owner].key->text);
    }
    return true;
}

void styles_build(struct builder *builder) {
    read_defaults(builder);
    reserve_styles(builder);
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct node *fonts = builder->files[f].keys[KEY_FILE_FONTS].node;
        for (size_t i = 0; fonts != NULL && i < fonts->count; i++) {
            add_font(builder, builder->files[f].source, &fonts->pairs[i]);
        }
        const struct node *styles = builder->files[f].keys[KEY_FILE_STYLES].node;
        for (size_t i = 0; styles != NULL && i < styles->count; i++) {
            if (!tell_key_beside(builder, styles, i)) {
                add_style(builder, &styles->pairs[i]);
            }
        }
        add_words(builder, &builder->files[f].keys[KEY_FILE_WORDS]);
    }
    for (size_t f = 0; f < builder->file_count; f++) {
        const struct node *styles = builder->files[f].keys[KEY_FILE_STYLES].node;
        if (styles != NULL) {
            check_names(builder, styles);
        }
    }
    check_cycles(builder);
    default_padding(builder);
}
