/* counts.c: see counts.h. */
#include "batch/counts.h"

void counts_init(struct counts *counts, struct arena *arena) {
    *counts = (struct counts){.arena = arena};
    strmap_init(&counts->known, arena);
}

struct counted *counts_of(struct counts *counts, struct str name) {
    bool found = false;
    uint32_t *index = strmap_put(&counts->known, name, &found);
    if (!found) {
        *index = (uint32_t)counts->count;
        ARENA_GROW(counts->arena, counts->items, counts->count, counts->capacity);
        counts->items[counts->count++] = (struct counted){.name = name};
    }
    return &counts->items[*index];
}

static void index_paths(struct arena *arena, const struct manifest *manifest, struct strmap *out) {
    strmap_init(out, arena);
    for (size_t i = 0; i < manifest->count; i++) {
        bool found = false;
        *strmap_put(out, manifest->entries[i].path, &found) = (uint32_t)i;
    }
}

static void count_entry(struct counted *counted, const struct entry *entry, const struct entry *before) {
    if (entry->state == STATE_FAILED) {
        counted->counts[COUNT_NOT_MADE]++;
        return;
    }
    counted->counts[COUNT_DOCUMENTS]++;
    counted->counts[COUNT_CHANGED] += before == NULL || !str_eq(before->sha256, entry->sha256);
    counted->counts[COUNT_INCOMPLETE] += entry->state == STATE_INCOMPLETE;
    counted->pages += entry->pages;
    counted->bytes += entry->bytes;
}

void counts_take(struct counts *counts, const struct manifest *now, const struct manifest *before,
                 struct str (*name_of)(const struct entry *entry)) {
    struct strmap paths;
    index_paths(counts->arena, before, &paths);
    for (size_t i = 0; i < now->count; i++) {
        const struct entry *entry = &now->entries[i];
        const uint32_t *old = strmap_get(&paths, entry->path);
        count_entry(counts_of(counts, name_of(entry)), entry, old != NULL ? &before->entries[*old] : NULL);
    }
    index_paths(counts->arena, now, &paths);
    for (size_t i = 0; i < before->count; i++) {
        const struct entry *entry = &before->entries[i];
        if (entry->state != STATE_FAILED && strmap_get(&paths, entry->path) == NULL) {
            counts_of(counts, name_of(entry))->counts[COUNT_WITHDRAWN]++;
        }
    }
}

struct str counts_school(const struct entry *entry) {
    return entry->school;
}

struct str counts_layout(const struct entry *entry) {
    return entry->layout;
}
