/* build.c: a layout is built of its files.
 *
 * First all that is named (queries, fonts, styles, shared blocks), so that a name which isn't there is told where it is written;
 * then pages, document and blocks. The last file is the layout's own. */
#include "layout/builder.h"

#include <string.h>

static struct str name_of_file(struct str file) {
    return str_ends(file, STR(".yaml")) ? str_slice(file, 0, file.n - 5) : file;
}

static void read_files(struct builder *builder, struct source **sources, size_t count) {
    builder->files = ARENA_ARRAY(builder->arena, struct file_settings, count);
    for (size_t i = 0; i < count; i++) {
        struct file_settings *file = &builder->files[builder->file_count];
        builder->lost = builder->lost || sources[i]->lost;
        if (sources[i]->root == NULL) {
            continue;
        }
        file->source = sources[i];
        if (settings_read(builder->reader, sources[i]->root, MAPPING_FILE, STR_NONE, file->keys)) {
            builder->file_count++;
        }
        builder->lost = builder->lost || builder->reader->names_lost;
    }
}

static void add_shared_blocks(struct builder *builder, const struct node *blocks) {
    const struct key list = schema_item(schema_key(MAPPING_FILE, KEY_FILE_BLOCKS));
    for (size_t i = 0; i < blocks->count; i++) {
        const struct pair *pair = &blocks->pairs[i];
        struct setting setting = {0};
        bool found = false;
        setting_read(builder->reader, &list, pair->value, &setting);
        if (!name_is_valid(pair->key->text)) {
            TELL(builder->reader, L241, pair->key->place, pair->key->text,
                 name_mended(builder->arena, pair->key->text));
        }
        if (setting.node == NULL) {
            continue;
        }
        uint32_t *slot = strmap_put(&builder->blocks, pair->key->text, &found);
        if (!found) {
            *slot = (uint32_t)builder->shared_count + 1;
            ARENA_GROW(builder->arena, builder->shared, builder->shared_count, builder->shared_capacity);
            builder->shared_count++;
        }
        builder->shared[*slot - 1] = (struct shared_block){.name = pair->key->text, .node = setting.node};
    }
}

static void override_settings(struct setting *settings, const struct setting *later, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (later[i].tried) {
            settings[i] = later[i];
        }
    }
}

static void read_table_defaults(struct builder *builder, struct node *table) {
    struct setting keys[KEYS_OF_DEFAULTS];
    if (settings_read(builder->reader, table, MAPPING_DEFAULTS, STR_NONE, keys)) {
        override_settings(builder->defaults, keys, KEYS_OF_DEFAULTS);
    }
}

/* What may be named by others. */
static void build_names(struct builder *builder) {
    queries_build(builder);
    for (size_t i = 0; i < builder->file_count; i++) {
        const struct setting *keys = builder->files[i].keys;
        if (keys[KEY_FILE_TABLE].node != NULL) {
            read_table_defaults(builder, keys[KEY_FILE_TABLE].node);
        }
        if (keys[KEY_FILE_BLOCKS].node != NULL) {
            add_shared_blocks(builder, keys[KEY_FILE_BLOCKS].node);
        }
    }
    styles_build(builder);
}

static struct builder builder_begin(struct reader *reader, struct source **sources, size_t count) {
    struct builder builder = {.reader = reader, .arena = reader->arena};
    const struct source *own = sources[count - 1];
    builder.layout = ARENA_NEW(reader->arena, struct layout);
    builder.layout->name = name_of_file(own->name);
    builder.layout->path = own->path;
    builder.layout->place = (struct place){.file = own->path, .line = 1, .column = 1};
    builder.layout->each = NO_QUERY;
    struct strmap *maps[] = {&builder.queries, &builder.styles, &builder.fonts,
                             &builder.pages,   &builder.blocks, &builder.style_uses};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        strmap_init(maps[i], reader->arena);
    }
    reader->names_lost = false;
    read_files(&builder, sources, count);
    return builder;
}

/* Where a key is told that no file gives: in the first layout that has the mapping, so that a layout and its variants tell it
 * once; else in the last file. */
static const struct node *required_at(const struct builder *builder, size_t key) {
    const struct node *node = NULL;
    for (size_t i = builder->file_count; i-- > 0;) {
        const struct setting *keys = builder->files[i].keys;
        bool is_layout = keys[KEY_FILE_DOCUMENT].tried;
        if (keys[key].node != NULL && (node == NULL || is_layout)) {
            node = keys[key].node;
        }
    }
    return node;
}

/* `document` and `sheet` of an included layout hold where the own file is silent: a variant names only what differs. */
static void merge(struct builder *builder, size_t key, enum mapping_kind kind, struct setting *settings,
                  struct node **last) {
    const size_t size = schema_of(kind)->count;
    memset(settings, 0, size * sizeof *settings);
    for (size_t i = 0; i < builder->file_count; i++) {
        struct setting own[KEYS_AT_MOST];
        struct node *node = builder->files[i].keys[key].node;
        if (node != NULL && settings_read_part(builder->reader, node, kind, STR_NONE, own)) {
            override_settings(settings, own, size);
            *last = node;
        }
    }
    if (*last != NULL && !builder->lost) {
        settings_require(builder->reader, required_at(builder, key), kind, settings);
    }
}

/* The last file's list holds. */
static struct block *build_list(struct builder *builder, size_t key, size_t *count) {
    for (size_t i = builder->file_count; i-- > 0;) {
        struct node *node = builder->files[i].keys[key].node;
        if (node != NULL) {
            return blocks_build(builder, node, count);
        }
    }
    return NULL;
}

static void build_document(struct builder *builder) {
    struct setting document[KEYS_AT_MOST], sheet[KEYS_AT_MOST], fold[KEYS_AT_MOST], volume[KEYS_AT_MOST];
    struct node *document_node = NULL, *sheet_node = NULL, *fold_node = NULL, *volume_node = NULL;
    merge(builder, KEY_FILE_DOCUMENT, MAPPING_DOCUMENT, document, &document_node);
    merge(builder, KEY_FILE_SHEET, MAPPING_SHEET, sheet, &sheet_node);
    merge(builder, KEY_FILE_FOLD, MAPPING_FOLD, fold, &fold_node);
    merge(builder, KEY_FILE_VOLUME, MAPPING_VOLUME, volume, &volume_node);
    if (document_node != NULL) {
        builder->layout->place = builder->files[builder->file_count - 1].keys[KEY_FILE_DOCUMENT].key_place;
    }
    pages_build(builder, document, sheet_node != NULL ? sheet : NULL);
    if (sheet_node != NULL) {
        sheet_build(builder, sheet, sheet_node->place);
    }
    if (fold_node != NULL) {
        fold_build(builder, fold, fold_node->place);
    }
    if (volume_node != NULL) {
        volume_build(builder, volume, volume_node->place);
    }
    document_build(builder, document);
}

/* The papers of a run speak of one day; a layout can't have its own. */
static void tell_calendar(struct builder *builder) {
    const struct setting *calendar = &builder->files[builder->file_count - 1].keys[KEY_FILE_CALENDAR];
    if (calendar->node != NULL) {
        TELL_PLAIN(builder->reader, L252, calendar->key_place);
    }
}

struct layout *layout_build(struct reader *reader, struct source **sources, size_t count, bool lost) {
    const size_t errors = reader->errors;
    struct builder builder = builder_begin(reader, sources, count);
    builder.lost = builder.lost || lost;
    struct layout *layout = builder.layout;
    if (builder.file_count > 0) {
        build_names(&builder);
        build_document(&builder);
        layout->body = build_list(&builder, KEY_FILE_BODY, &layout->body_count);
        layout->front = build_list(&builder, KEY_FILE_FRONT, &layout->front_count);
        layout->back = build_list(&builder, KEY_FILE_BACK, &layout->back_count);
        checks_build(&builder);
        tell_calendar(&builder);
        builder.lost = builder.lost || reader->names_lost;
        layout_check(&builder, reader->errors - errors);
    }
    layout->broken = builder.lost || reader->errors > errors;
    return layout;
}

/* Blocks that a file shares are built once to be looked at. */
static void check_blocks(struct builder *builder) {
    for (size_t i = 0; i < builder->shared_count; i++) {
        size_t count = 0;
        builder->shared[i].open = true;
        blocks_build(builder, builder->shared[i].node, &count);
        builder->shared[i].open = false;
    }
}

void shared_build(struct reader *reader, struct source **sources, size_t count, struct set_settings *settings) {
    struct builder builder = builder_begin(reader, sources, count);
    struct setting document[KEYS_OF_DOCUMENT] = {0};
    builder.only_checked = true;
    if (builder.file_count == 0) {
        return;
    }
    build_names(&builder);
    pages_build(&builder, document, NULL);
    check_blocks(&builder);
    for (size_t i = 0; i < builder.file_count; i++) {
        calendar_build(&builder, &builder.files[i], &settings->calendar);
        relations_build(&builder, &builder.files[i], settings);
        database_build(&builder, &builder.files[i], settings);
    }
}
