/* apply.c: what was read of a mapping is stored where its rows in keys.def say. What isn't given has its row's default, read as if
 * somebody had written it.
 *
 * 1. The default of a key that has a field can be read as that key.
 * 2. A field has the size of what its type stores. */
#include "layout/builder.h"

#include <assert.h>
#include <string.h>

struct storing {
    struct builder *builder;
    const struct key *key;
    const struct setting *setting;
    struct place place; /* of what the mapping describes */
};

static void store_numbers(const struct storing *s, void *field) {
    assert(s->key->size % sizeof(int32_t) == 0 && s->key->size <= sizeof s->setting->number); /* 2 */
    memcpy(field, s->setting->number, s->key->size);
}

static void store_flag(const struct storing *s, void *field) {
    assert(s->key->size == sizeof(bool)); /* 2 */
    *(bool *)field = s->setting->number[0] != 0;
}

static void store_text(const struct storing *s, void *field) {
    assert(s->key->size == sizeof(struct str)); /* 2 */
    *(struct str *)field = s->setting->text;
}

static void store_names(const struct storing *s, void *field) {
    const struct setting *setting = s->setting;
    assert(s->key->size == sizeof(struct names)); /* 2 */
    *(struct names *)field = (struct names){setting->names, setting->places, setting->name_count};
}

static void store_template(const struct storing *s, void *field) {
    assert(s->key->size == sizeof(struct template)); /* 2 */
    template_read(s->builder, s->setting->node, str_from(s->key->values), field);
}

static void store_query(const struct storing *s, void *field) {
    *(uint32_t *)field = builder_query_use(s->builder, s->setting);
}

static void store_condition(const struct storing *s, void *field) {
    *(uint32_t *)field = builder_condition(s->builder, s->setting);
}

static void store_style(const struct storing *s, void *field) {
    const struct setting *style = s->setting;
    *(uint32_t *)field = builder_style_use(s->builder, str_from(s->key->initial), &style->text, &style->place,
                                           style->node != NULL, s->place);
}

static void store_sql(const struct storing *s, void *field) {
    struct named_query *query = field;
    assert(s->key->size == sizeof *query); /* 2 */
    query_read(s->builder, str_from(s->key->name), s->setting->key_place, s->setting->node, query);
    query->used = true;
}

static void store_blocks(const struct storing *s, void *field) {
    struct block_list *list = field;
    assert(s->key->size == sizeof *list); /* 2 */
    list->items = blocks_build(s->builder, s->setting->node, &list->count);
}

static void store_mapping(const struct storing *s, void *field) {
    struct setting own[KEYS_AT_MOST];
    mapping_apply(s->builder, s->key->of, s->setting, own, field, s->place);
}

static void (*const stores[])(const struct storing *s, void *field) = {
#define TYPE(id, takes, read, store, ...) [TYPE_##id] = store,
#include "layout/types.def"
#undef TYPE
};

/* What isn't given has a number too: NO_QUERY, the role's style. */
static bool stored_when_absent(enum key_type type) {
    return type == TYPE_QUERY || type == TYPE_CONDITION || type == TYPE_STYLE;
}

void setting_apply(struct builder *builder, const struct key *key, const struct setting *setting, void *object,
                   struct place place) {
    struct setting initial = {0};
    if (key->size == 0 || (key->type == TYPE_TEMPLATE && key->values[0] == '\0')) {
        return; /* a reader of its own stores it */
    }
    if (setting->node == NULL && !stored_when_absent(key->type)) {
        if (!setting_read_initial(builder->reader, key, &initial)) {
            return;
        }
        setting = &initial;
    }
    const struct storing storing = {builder, key, setting, place};
    stores[key->type](&storing, (char *)object + key->at);
}

void settings_apply(struct builder *builder, enum mapping_kind kind, const struct setting *settings, void *object,
                    struct place place) {
    const struct mapping_schema *schema = schema_of(kind);
    for (size_t i = 0; i < schema->count; i++) {
        setting_apply(builder, &schema->keys[i], &settings[i], object, place);
    }
}

void settings_apply_given(struct builder *builder, enum mapping_kind kind, const struct setting *settings,
                          void *object) {
    const struct mapping_schema *schema = schema_of(kind);
    for (size_t i = 0; i < schema->count; i++) {
        if (settings[i].node != NULL) {
            setting_apply(builder, &schema->keys[i], &settings[i], object, settings[i].place);
        }
    }
}

void mapping_apply(struct builder *builder, enum mapping_kind kind, const struct setting *mapping, struct setting *own,
                   void *object, struct place place) {
    if (!settings_read_short(builder->reader, mapping, kind, own)) {
        memset(own, 0, schema_of(kind)->count * sizeof *own);
    }
    settings_apply(builder, kind, own, object, place);
}
