/* check.c: what must hold over a whole layout. Each check names the keys that it is about; it isn't made where one of them was
 * told as wrong, so that one mistake gives one message. */
#include "layout/builder.h"

static const struct file_settings *own_file(const struct builder *builder) {
    return &builder->files[builder->file_count - 1];
}

static bool given(const struct builder *builder, size_t key) {
    for (size_t i = 0; i < builder->file_count; i++) {
        if (builder->files[i].keys[key].tried) {
            return true;
        }
    }
    return false;
}

static void check_content(struct builder *builder) {
    if (!given(builder, KEY_FILE_BODY) && !given(builder, KEY_FILE_FRONT) && !given(builder, KEY_FILE_VOLUME)) {
        TELL_PLAIN(builder->reader, L236, builder->layout->place);
    }
}

static void check_sides(struct builder *builder) {
    static const struct {
        size_t key, needs, otherwise;
        const char *key_name, *needs_name;
    } pairs[] = {
        {KEY_FILE_FRONT, KEY_FILE_SHEET, KEY_FILE_VOLUME, "front", "sheet / volume"},
        {KEY_FILE_BACK, KEY_FILE_FRONT, KEY_FILE_VOLUME, "back", "front"},
        {KEY_FILE_SHEET, KEY_FILE_FRONT, KEY_FILE_FRONT, "sheet", "front"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct setting *setting = &own_file(builder)->keys[pairs[i].key];
        const bool body =
            i > 0 && own_file(builder)->keys[KEY_FILE_BODY].tried &&
            (given(builder, KEY_FILE_SHEET) || given(builder, KEY_FILE_VOLUME)); /* told as what front was meant */
        if (setting->tried && !body && !given(builder, pairs[i].needs) && !given(builder, pairs[i].otherwise)) {
            reader_tell(builder->reader, i == 0 ? DIAG_L265 : DIAG_L237, setting->key_place,
                        (const struct str[4]){str_from(pairs[i].key_name), str_from(pairs[i].needs_name)});
        }
    }
}

/* Cards are cut, booklets are folded, volumes are bound of other documents. */
static void check_binding(struct builder *builder) {
    static const struct {
        size_t key, other;
        const char *key_name, *other_name;
    } pairs[] = {
        {KEY_FILE_FOLD, KEY_FILE_SHEET, "fold", "sheet"},
        {KEY_FILE_VOLUME, KEY_FILE_FOLD, "volume", "fold"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct setting *setting = &own_file(builder)->keys[pairs[i].key];
        if (setting->tried && given(builder, pairs[i].other)) {
            const struct str name = str_from(pairs[i].key_name), other = str_from(pairs[i].other_name);
            TELL(builder->reader, L231, setting->key_place, name, other, STR("a layout has one of the two"));
        }
    }
}

/* Cards and volumes have a front and a back. */
static void check_body(struct builder *builder) {
    const struct setting *body = &own_file(builder)->keys[KEY_FILE_BODY];
    if (body->tried && given(builder, KEY_FILE_VOLUME)) {
        TELL(builder->reader, L264, body->key_place, STR("body"), BOTH("a volume", "案卷"));
    } else if (body->tried && given(builder, KEY_FILE_SHEET)) {
        TELL(builder->reader, L264, body->key_place, STR("body"), BOTH("a sheet of cards", "卡片"));
    }
}

/* Queries of the layout's own file; what is shared is used by others. */
static void check_queries(struct builder *builder) {
    const struct layout *layout = builder->layout;
    for (size_t i = 0; i < layout->query_count; i++) {
        const struct named_query *query = &layout->queries[i];
        if (!query->used && query->built_in == BUILT_IN_NONE && str_eq(query->place.file, layout->path)) {
            TELL(builder->reader, L239, query->place, query->name);
        }
    }
}

static const struct check {
    void (*run)(struct builder *builder);
    size_t about[4];
    size_t count;
    bool after_errors; /* also where something was told: it can't be due to that */
} checks[] = {
    {check_content, {KEY_FILE_BODY, KEY_FILE_FRONT, KEY_FILE_VOLUME}, 3, true},
    {check_sides, {KEY_FILE_SHEET, KEY_FILE_FRONT, KEY_FILE_BACK, KEY_FILE_VOLUME}, 4, true},
    {check_binding, {KEY_FILE_FOLD, KEY_FILE_SHEET, KEY_FILE_VOLUME, KEY_FILE_BODY}, 4, true},
    {check_body, {KEY_FILE_SHEET, KEY_FILE_VOLUME, KEY_FILE_BODY}, 3, true},
    {check_queries, {KEY_FILE_QUERIES}, 1, false},
    {styles_check_bookmarks, {KEY_FILE_STYLES}, 1, false},
};

static bool may_run(const struct builder *builder, const struct check *check, size_t errors) {
    for (size_t f = 0; f < builder->file_count; f++) {
        for (size_t i = 0; i < check->count; i++) {
            const struct setting *setting = &builder->files[f].keys[check->about[i]];
            if (setting->tried && setting->node == NULL) {
                return false;
            }
        }
    }
    return check->after_errors || errors == 0;
}

void layout_check(struct builder *builder, size_t errors) {
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (!builder->lost && may_run(builder, &checks[i], errors)) {
            checks[i].run(builder);
        }
    }
}
