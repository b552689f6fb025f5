/* manifest.c: the entries, and how those of two runs become one list. */
#include "batch/manifest.h"

#include <stdlib.h>

#include "base/utf8.h"

void manifest_init(struct manifest *manifest, struct arena *arena, struct str term, struct str day) {
    *manifest = (struct manifest){.arena = arena, .term = term, .day = day};
}

struct entry *manifest_add(struct manifest *manifest) {
    ARENA_GROW(manifest->arena, manifest->entries, manifest->count, manifest->capacity);
    struct entry *entry = &manifest->entries[manifest->count++];
    *entry = (struct entry){0};
    return entry;
}

struct notice *manifest_add_notice(struct manifest *manifest) {
    ARENA_GROW(manifest->arena, manifest->notices, manifest->notice_count, manifest->notice_capacity);
    struct notice *notice = &manifest->notices[manifest->notice_count++];
    *notice = (struct notice){0};
    return notice;
}

static bool is_xml_character(uint32_t c) {
    return c == '\t' || c == '\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

struct str manifest_text(struct arena *arena, struct str s) {
    struct buffer clean = {0};
    for (size_t at = 0; at < s.n;) {
        const uint32_t c = utf8_next(s, &at);
        char bytes[4];
        const size_t count = utf8_encode(is_xml_character(c) ? c : UTF8_REPLACEMENT, bytes);
        buffer_append(&clean, bytes, count);
    }
    const struct str copy = str_copy(arena, buffer_str(&clean));
    buffer_release(&clean);
    return copy;
}

struct str document_state_name(enum document_state state) {
    static const struct str names[] = {
        [STATE_COMPLETE] = STR_INIT("complete"),
        [STATE_INCOMPLETE] = STR_INIT("不完整"),
        [STATE_FAILED] = STR_INIT("failed"),
    };
    return names[state];
}

/* --- merging ------------------------------------------------------------------------------------------------------ */

struct ranked {
    struct entry entry;
    size_t rank; /* keeps the order inside a folder */
};

static int by_folder(const void *a, const void *b) {
    const struct ranked *x = a;
    const struct ranked *y = b;
    const int order = str_compare(x->entry.folder, y->entry.folder);
    if (order != 0) {
        return order;
    }
    return (x->rank > y->rank) - (x->rank < y->rank);
}

bool whole_has(const struct whole *whole, struct str layout, struct str folder, struct str month) {
    for (size_t i = 0; i < whole->count; i++) {
        if (str_eq(whole->layouts[i].folder, folder) && str_eq(whole->layouts[i].layout, layout)) {
            return month.n == 0 || str_eq(month, whole->month);
        }
    }
    return false;
}

static int notice_by_folder(const void *a, const void *b) {
    return str_compare(((const struct notice *)a)->folder, ((const struct notice *)b)->folder);
}

/* Those of layouts that this run printed in full are this run's. A folder has one at most. */
static void merge_notices(struct manifest *out, const struct manifest *old, const struct manifest *new,
                          const struct whole *whole) {
    for (size_t i = 0; i < old->notice_count; i++) {
        if (!whole_has(whole, old->notices[i].layout, old->notices[i].folder, STR_NONE)) {
            *manifest_add_notice(out) = old->notices[i];
        }
    }
    for (size_t i = 0; i < new->notice_count; i++) {
        *manifest_add_notice(out) = new->notices[i];
    }
    if (out->notice_count > 0) {
        qsort(out->notices, out->notice_count, sizeof *out->notices, notice_by_folder);
    }
}

void manifest_merge(struct manifest *out, const struct manifest *old, const struct manifest *new,
                    const struct whole *whole) {
    struct ranked *ranked = ARENA_ARRAY(out->arena, struct ranked, old->count + new->count);
    struct strmap place_of; /* path to place */
    strmap_init(&place_of, out->arena);
    size_t count = 0;
    for (size_t i = 0; i < old->count; i++) {
        const struct entry *entry = &old->entries[i];
        /* Old entries keep their places and take new content; what is new comes behind them. */
        if (whole->keeps || !whole_has(whole, entry->layout, entry->folder, entry->month)) {
            bool found = false;
            *strmap_put(&place_of, old->entries[i].path, &found) = (uint32_t)count;
            ranked[count] = (struct ranked){old->entries[i], count};
            count++;
        }
    }
    for (size_t i = 0; i < new->count; i++) {
        const uint32_t *place = strmap_get(&place_of, new->entries[i].path);
        const size_t at = place != NULL ? *place : count++;
        ranked[at] = (struct ranked){new->entries[i], at};
    }
    merge_notices(out, old, new, whole);
    qsort(ranked, count, sizeof *ranked, by_folder);
    for (size_t i = 0; i < count; i++) {
        *manifest_add(out) = ranked[i].entry;
    }
}
