/* keys_test.c: the rows of keys.def hold what the code that is made of them takes for granted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/builder.h"

/* Each key with its mapping, as a clerk would write it. */
static void each_key(void (*look)(struct builder *builder, enum mapping_kind kind, const struct key *key)) {
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    struct reader reader = {.arena = arena, .diags = &diags};
    struct builder builder = {.reader = &reader, .arena = arena};
    strmap_init(&reader.told, arena);
    for (enum mapping_kind kind = 0; kind < MAPPING_KIND_COUNT; kind++) {
        for (size_t i = 0; i < schema_of(kind)->count; i++) {
            look(&builder, kind, &schema_of(kind)->keys[i]);
        }
    }
    assert_int_equal(diags.count, 0);
    arena_destroy(arena);
}

static bool is_number(const struct key *key) {
    switch ((int)key->type) {
    case TYPE_TEMPLATE:
    case TYPE_SOURCE:
    case TYPE_SQL:
    case TYPE_QUERY:
    case TYPE_CONDITION:
    case TYPE_STYLE:
    case TYPE_MAPPING:
    case TYPE_SHORT:
    case TYPE_BLOCKS:
        return false;
    default:
        return true;
    }
}

/* The default of a plain key is read without a word, and stored within its field. */
static void store_default(struct builder *builder, enum mapping_kind kind, const struct key *key) {
    enum { ROOM = 4096, GUARD = 0x5A };
    static uint8_t object[ROOM];
    const struct setting nothing = {0};
    (void)kind;
    if (key->size == 0 || !is_number(key)) {
        return;
    }
    assert_true(key->at + key->size < ROOM);
    memset(object, GUARD, ROOM);
    setting_apply(builder, key, &nothing, object, PLACE_NONE);
    for (size_t i = 0; i < ROOM; i++) {
        const bool inside = i >= key->at && i < key->at + key->size;
        assert_true(inside ? key->initial[0] != '\0' || object[i] == GUARD : object[i] == GUARD);
    }
}

static void defaults(void **state) {
    (void)state;
    each_key(store_default);
}

/* Two keys of one mapping aren't called the same, and a mapping below one is named where the type has keys. */
static void look_at_name(struct builder *builder, enum mapping_kind kind, const struct key *key) {
    const struct mapping_schema *schema = schema_of(kind);
    (void)builder;
    for (const struct key *other = schema->keys; other < key; other++) {
        assert_string_not_equal(other->name, key->name);
    }
    if (key->type == TYPE_MAPPING || key->type == TYPE_SHORT || key->type == TYPE_LIST) {
        assert_true(key->of != MAPPING_NONE);
    }
    assert_false(key->required && key->initial[0] != '\0');
}

static void names(void **state) {
    (void)state;
    each_key(look_at_name);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(defaults), cmocka_unit_test(names)};
    return cmocka_run_group_tests_name("layout keys", tests, NULL, NULL);
}
