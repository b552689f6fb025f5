/* set.c: a folder of layouts.
 *
 * Each file is read once. A file with a `document` is a layout; the others are shared by `include`. A layout that includes
 * nothing by name shares theme.yaml and common.yaml, where they are. The files of a layout in their order are found by walking
 * the includes depth first, each file at its first place; the layout's own stands last. */
#include "layout/layout.h"

#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "layout/builder.h"
#include "layout/columns.h"
#include "layout/printers.h"
#include "layout/privacy.h"

struct set {
    struct layout_set public;
    struct arena *own;
    struct reader reader;
    struct str *names; /* files of the folder */
    size_t name_count;
    struct source **sources; /* by index in names; NULL: not read yet */
    bool *included;
    bool *built;
    bool *in_cycle; /* the cycle was told */
    size_t capacity, bound_capacity;
};

static const struct str privacy_file = STR_INIT("privacy.yaml");
static const struct str printers_file = STR_INIT("printers.yaml");
static const struct str columns_file = STR_INIT("columns.yaml");
static const struct str default_includes[] = {STR_INIT("theme.yaml"), STR_INIT("common.yaml")};
#define DEFAULT_INCLUDES (sizeof default_includes / sizeof default_includes[0])

static size_t find_file(const struct set *set, struct str name) {
    size_t i = 0;
    while (i < set->name_count && !str_eq(set->names[i], name)) {
        i++;
    }
    return i;
}

static struct source *source_at(struct set *set, size_t index) {
    if (set->sources[index] == NULL) {
        struct str folder = set->public.folder, name = set->names[index];
        const struct str path = str_printf(set->own, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
        set->sources[index] = source_read(&set->reader, path, folder, name);
    }
    return set->sources[index];
}

/* --- includes ----------------------------------------------------------------------------------------------------- */

struct closure {
    struct set *set;
    struct source **sources;
    size_t count;
    enum { UNSEEN, OPEN, SEEN } * states; /* by file */
    size_t *path;                         /* files that are open, outermost first */
    size_t depth;
    bool lost, broken;
};

static void visit(struct closure *closure, size_t index);

/* Told once, whichever of its files one begins with. */
static void tell_cycle(struct closure *closure, size_t index, struct place place) {
    struct set *set = closure->set;
    size_t from = 0;
    struct str text = STR("");
    closure->lost = true;
    while (from < closure->depth && closure->path[from] != index) {
        from++;
    }
    if (set->in_cycle[index]) {
        return;
    }
    for (size_t i = from; i < closure->depth; i++) {
        set->in_cycle[closure->path[i]] = true;
        text = str_printf(set->own, "%.*s%.*s → ", STR_ARG(text), STR_ARG(set->names[closure->path[i]]));
    }
    TELL(&set->reader, L123, place, set->names[index], str_join(set->own, text, set->names[index]));
}

static void visit_named(struct closure *closure, const struct node *item) {
    struct set *set = closure->set;
    if (item->kind != NODE_SCALAR || item->text.n == 0) {
        return; /* told where the key is read */
    }
    size_t sign = 0;
    sign_meant(item->text, 0, &sign);
    if (sign > 0 || str_find_byte(item->text, ',') < item->text.n || str_find_byte(item->text, ' ') < item->text.n) {
        closure->lost = true; /* several names in one, told there too */
        return;
    }
    if (str_find_byte(item->text, '/') < item->text.n) {
        TELL_PLAIN(&set->reader, L127, item->place);
        closure->lost = true;
        return;
    }
    const size_t index = find_file(set, item->text);
    const struct str with_ending = str_join(set->own, item->text, STR(".yaml"));
    if (index == set->name_count && find_file(set, with_ending) < set->name_count) {
        TELL(&set->reader, L121, item->place, set->public.folder, item->text, with_ending);
        closure->lost = true;
    } else if (index == set->name_count) {
        reader_tell_name(&set->reader, DIAG_L121, DIAG_L122, item->place, set->public.folder, item->text, set->names,
                         set->name_count);
        closure->lost = true;
    } else if (closure->states[index] == OPEN) {
        tell_cycle(closure, index, item->place);
    } else {
        set->included[index] = true;
        visit(closure, index);
    }
}

static void visit_defaults(struct closure *closure) {
    for (size_t i = 0; i < DEFAULT_INCLUDES; i++) {
        const size_t index = find_file(closure->set, default_includes[i]);
        if (index < closure->set->name_count && closure->states[index] == UNSEEN) {
            closure->set->included[index] = true;
            visit(closure, index);
        }
    }
}

static void visit(struct closure *closure, size_t index) {
    if (closure->states[index] != UNSEEN) {
        return;
    }
    closure->states[index] = OPEN;
    closure->path[closure->depth++] = index;
    struct source *source = source_at(closure->set, index);
    const struct node *include = node_value(source->root, STR("include"));
    if (include != NULL && include->kind == NODE_SEQUENCE) {
        for (size_t i = 0; i < include->count; i++) {
            visit_named(closure, include->items[i]);
        }
    } else if (include != NULL) {
        visit_named(closure, include);
    } else if (node_value(source->root, STR("document")) != NULL) {
        visit_defaults(closure);
    }
    closure->depth--;
    closure->states[index] = SEEN;
    closure->sources[closure->count++] = source;
    closure->lost = closure->lost || source->lost;
    closure->broken = closure->broken || source->broken;
}

static struct closure closure_of(struct set *set, size_t index, bool with_defaults) {
    struct closure closure = {.set = set};
    closure.sources = ARENA_ARRAY(set->own, struct source *, set->name_count);
    closure.states = arena_alloc_array(set->own, set->name_count, sizeof *closure.states);
    closure.path = ARENA_ARRAY(set->own, size_t, set->name_count + 1);
    if (with_defaults) {
        closure.states[index] = OPEN;
        visit_defaults(&closure);
        closure.states[index] = UNSEEN;
    }
    visit(&closure, index);
    return closure;
}

/* --- layouts ------------------------------------------------------------------------------------------------------ */

static bool is_wanted(struct str file, const struct str *names, size_t count) {
    const struct str name = str_slice(file, 0, file.n - strlen(".yaml"));
    for (size_t i = 0; i < count; i++) {
        if (str_eq(names[i], name)) {
            return true;
        }
    }
    return count == 0;
}

bool source_is_for_all(struct str file) {
    return str_eq(file, privacy_file) || str_eq(file, printers_file) || str_eq(file, columns_file);
}

/* A file of which a part was lost may have lost its `document`; when nobody includes it, it was meant as a layout. */
static bool is_layout(struct set *set, size_t index) {
    const struct source *source = source_at(set, index);
    bool guessed = source->lost && !set->included[index];
    return node_value(source->root, STR("document")) != NULL || guessed;
}

/* In their order: what stands in two of them is taken from the last. */
static struct hash hash_files(const struct closure *closure) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < closure->count; i++) {
        const struct source *source = closure->sources[i];
        hash_add(stream, &source->name.n, sizeof source->name.n);
        hash_add(stream, source->name.p, source->name.n);
        hash_add(stream, &source->bytes.n, sizeof source->bytes.n);
        hash_add(stream, source->bytes.p, source->bytes.n);
    }
    return hash_end(stream);
}

static struct layout *build_layout(struct set *set, size_t index) {
    const size_t errors = set->reader.errors;
    const struct closure closure = closure_of(set, index, false);
    struct layout *layout = layout_build(&set->reader, closure.sources, closure.count, closure.lost);
    layout->files = hash_files(&closure);
    layout->broken = layout->broken || closure.lost || closure.broken || set->reader.errors > errors;
    set->built[index] = true;
    return layout;
}

static void add_layout(struct set *set, size_t index) {
    struct layout *layout = build_layout(set, index);
    struct layout_set *public = &set->public;
    ARENA_GROW(set->own, public->layouts, public->count, set->capacity);
    public->layouts[public->count++] = layout;
}

static bool has_document(struct set *set, size_t index) {
    return node_value(source_at(set, index)->root, STR("document")) != NULL;
}

/* Layouts first, since they tell which files are included. */
static void build_layouts(struct set *set, const struct str *names, size_t count) {
    for (size_t i = 0; i < set->name_count; i++) {
        bool wanted = is_wanted(set->names[i], names, count) && !source_is_for_all(set->names[i]);
        if (wanted && has_document(set, i)) {
            add_layout(set, i);
        }
    }
    for (size_t i = 0; i < set->name_count; i++) {
        bool wanted = is_wanted(set->names[i], names, count) && !source_is_for_all(set->names[i]);
        if (wanted && !set->built[i] && is_layout(set, i)) {
            add_layout(set, i);
        }
    }
}

/* common.yaml gives calendar and database even to layouts that don't include it by name. */
static bool is_shared(struct set *set, size_t index, bool all) {
    bool always = set->included[index] || str_eq(set->names[index], default_includes[1]);
    return !set->built[index] && (all || always) && !source_is_for_all(set->names[index]) &&
           node_value(source_at(set, index)->root, STR("document")) == NULL;
}

static void build_shared(struct set *set, bool all) {
    struct set_settings settings = {0};
    for (size_t i = 0; i < set->name_count; i++) {
        if (is_shared(set, i, all)) {
            const struct closure closure = closure_of(set, i, true);
            shared_build(&set->reader, closure.sources, closure.count, &settings);
        }
    }
    set->public.calendar = settings.calendar;
    set->public.relations = settings.relations;
    set->public.relation_count = settings.relation_count;
    set->public.application_id = settings.application_id;
    set->public.user_version = settings.user_version;
}

static void read_files_for_all(struct set *set) {
    const size_t privacy = find_file(set, privacy_file), printers = find_file(set, printers_file);
    const size_t columns = find_file(set, columns_file);
    if (privacy < set->name_count) {
        privacy_read(&set->reader, source_at(set, privacy), &set->public.privacy);
    }
    if (printers < set->name_count) {
        printers_read(&set->reader, source_at(set, printers), &set->public.printers);
    }
    if (columns < set->name_count) {
        columns_read(&set->reader, source_at(set, columns), &set->public.columns);
    }
}

static void sort_layouts(struct layout_set *set) {
    for (size_t i = 1; i < set->count; i++) {
        struct layout *layout = set->layouts[i];
        size_t at = i;
        for (; at > 0 && str_compare(set->layouts[at - 1]->name, layout->name) > 0; at--) {
            set->layouts[at] = set->layouts[at - 1];
        }
        set->layouts[at] = layout;
    }
}

/* --- volumes bind other layouts' documents ------------------------------------------------------------------------ */

static struct layout *find_layout(struct layout *const *layouts, size_t count, struct str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(layouts[i]->name, name)) {
            return layouts[i];
        }
    }
    return NULL;
}

/* Names of all layouts of the folder, read or not; those that some volume could bind. */
static void tell_unknown_parts(struct set *set, const struct volume_spec *volume) {
    struct str *names = ARENA_ARRAY(set->own, struct str, set->name_count);
    size_t count = 0;
    for (size_t i = 0; i < set->name_count; i++) {
        if (!source_is_for_all(set->names[i]) && has_document(set, i)) {
            names[count++] = str_slice(set->names[i], 0, set->names[i].n - strlen(".yaml"));
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (str_eq(volume->parts, str_join(set->own, names[i], STR(".yaml")))) {
            TELL(&set->reader, L203, volume->parts_place, set->public.folder, volume->parts, names[i]);
            return;
        }
    }
    reader_tell_name(&set->reader, DIAG_L203, DIAG_L204, volume->parts_place, set->public.folder, volume->parts, names,
                     count);
}

/* A layout that nobody asked for is read all the same when a volume binds its documents. NULL when there is none (told). */
static struct layout *layout_of_parts(struct set *set, const struct volume_spec *volume) {
    struct layout_set *public = &set->public;
    struct layout *layout = find_layout(public->layouts, public->count, volume->parts);
    layout = layout != NULL ? layout : find_layout(public->bound, public->bound_count, volume->parts);
    if (layout != NULL) {
        return layout;
    }
    const size_t index = find_file(set, str_join(set->own, volume->parts, STR(".yaml")));
    if (index == set->name_count || source_is_for_all(set->names[index]) || !has_document(set, index)) {
        tell_unknown_parts(set, volume);
        return NULL;
    }
    layout = build_layout(set, index);
    ARENA_GROW(set->own, public->bound, public->bound_count, set->bound_capacity);
    public->bound[public->bound_count++] = layout;
    return layout;
}

static void find_parts(struct set *set, struct layout *layout) {
    struct volume_spec *volume = &layout->volume;
    if (!layout->has_volume || volume->parts.n == 0) {
        return;
    }
    struct layout *bound = layout_of_parts(set, volume);
    volume->bound = bound;
    if (bound != NULL) {
        bound->is_bound = true;
    }
    if (bound != NULL && (bound->has_sheet || bound->has_fold || bound->has_volume)) {
        TELL(&set->reader, L246, volume->parts_place, volume->parts);
        layout->broken = true;
    }
    layout->broken = layout->broken || bound == NULL || bound->broken;
}

/* --- no two layouts write one file -------------------------------------------------------------------------------- */

static struct str name_at(const struct set *set, struct str path) {
    size_t i = 0;
    while (set->sources[i] == NULL || !str_eq(set->sources[i]->path, path)) {
        i++;
    }
    return set->names[i];
}

static void tell_shared_file(struct set *set, struct layout *layout, struct place place, struct place first) {
    struct diag *told = TELL(&set->reader, L128, place, layout->file_text, name_at(set, first.file));
    if (told != NULL) {
        told->also = first;
    }
    layout->broken = true;
}

/* A variant that gives no `file` of its own has that of the layout that it includes, whether that one is read or not. */
static void check_files(struct set *set) {
    struct strmap first;
    strmap_init(&first, set->own);
    for (size_t i = 0; i < set->public.count; i++) {
        struct layout *layout = set->public.layouts[i];
        bool found = false;
        if (layout->file_text.n == 0) {
            continue;
        }
        if (!str_eq(layout->file_place.file, layout->path)) {
            tell_shared_file(set, layout, layout->place, layout->file_place);
            continue;
        }
        uint32_t *index = strmap_put(&first, layout->file_text, &found);
        if (found) {
            tell_shared_file(set, layout, layout->file_place, set->public.layouts[*index]->file_place);
        } else {
            *index = (uint32_t)i;
        }
    }
}

static struct str without_slash(struct str folder) {
    while (folder.n > 1 && folder.p[folder.n - 1] == '/') {
        folder.n--;
    }
    return folder;
}

static struct set *set_create(const char *folder, struct diags *diags) {
    struct arena *arena = arena_create();
    struct set *set = ARENA_NEW(arena, struct set);
    set->own = arena;
    set->public.arena = arena;
    set->public.folder = str_copy(arena, without_slash(str_from(folder)));
    set->reader = (struct reader){.arena = arena, .diags = diags};
    strmap_init(&set->reader.told, arena);
    return set;
}

/* privacy.yml, letter.yml: nobody would notice that they aren't there. */
static void tell_other_ending(struct set *set, const char *folder, struct str ending) {
    struct str *names = NULL;
    size_t count = 0;
    if (folder_list(set->own, folder, ending, &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct place place = {
            .file = str_printf(set->own, "%.*s/%.*s", STR_ARG(set->public.folder), STR_ARG(names[i]))};
        const struct str stem = str_slice(names[i], 0, names[i].n - ending.n);
        TELL(&set->reader, L129, place, names[i], str_join(set->own, stem, STR(".yaml")));
    }
}

/* .txt is what Notepad adds, and Explorer hides. */
static void tell_other_endings(struct set *set, const char *folder) {
    static const char *const endings[] = {".yml", ".yaml.txt", ".yml.txt", ".YAML", ".YML"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        tell_other_ending(set, folder, str_from(endings[i]));
    }
}

struct layout_set *layouts_read(const char *folder, const struct str *names, size_t name_count, struct diags *diags) {
    struct set *set = set_create(folder, diags);
    int error = folder_list(set->own, folder, STR(".yaml"), &set->names, &set->name_count);
    if (error != 0) {
        struct place place = {.file = set->public.folder};
        DIAG_ADD(diags, B101, place, set->public.folder, diag_errno(error));
        arena_destroy(set->own);
        return NULL;
    }
    tell_other_endings(set, folder);
    set->sources = ARENA_ARRAY(set->own, struct source *, set->name_count);
    set->included = ARENA_ARRAY(set->own, bool, set->name_count);
    set->built = ARENA_ARRAY(set->own, bool, set->name_count);
    set->in_cycle = ARENA_ARRAY(set->own, bool, set->name_count);
    build_layouts(set, names, name_count);
    build_shared(set, name_count == 0);
    read_files_for_all(set);
    sort_layouts(&set->public);
    for (size_t i = 0; i < set->public.count; i++) {
        find_parts(set, set->public.layouts[i]);
    }
    check_files(set);
    return &set->public;
}

void layouts_destroy(struct layout_set *set) {
    if (set != NULL) {
        arena_destroy(set->arena);
    }
}

struct layout *layouts_find(const struct layout_set *set, struct str name) {
    return find_layout(set->layouts, set->count, name);
}

/* `public` is the first member of struct set. */
struct str layouts_source(const struct layout_set *layouts, struct str path) {
    const struct set *set = (const struct set *)(const void *)layouts;
    for (size_t i = 0; i < set->name_count; i++) {
        if (set->sources[i] != NULL && str_eq(set->sources[i]->path, path)) {
            return set->sources[i]->bytes;
        }
    }
    return STR_NONE;
}
