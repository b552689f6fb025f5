/* layout.c: a layout beside a theme, read, dumped and resolved against a database of one table. */
#include "layout/layout.h"
#include "resolve/resolve.h"
#include "target.h"

static struct database *database;
static struct fonts *fonts;
static struct arena *arena_of_all;

static void begin(void) {
    struct str theme;
    arena_of_all = arena_create();
    struct diags diags;
    diags_init(&diags, arena_of_all);
    assert(file_read(arena_of_all, "tests/golden/theme.yaml", 0, &theme) == 0);
    target_file("theme.yaml", theme.p, theme.n);
    database = database_open(getenv("FUZZ_DATABASE"), &(struct database_options){.step_limit = 10000}, &diags);
    assert(database != NULL);
    fonts = fonts_create();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (database == NULL) {
        begin();
    }
    target_file("t.yaml", bytes, count);
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(target_folder(), NULL, 0, &diags);
    struct session *session = session_open(database, READER_SCHOOL, &(struct privacy){0}, &diags);
    for (size_t i = 0; set != NULL && i < set->count; i++) {
        if (!set->layouts[i]->broken) {
            struct buffer tree = {0};
            layout_dump(set->layouts[i], &tree);
            buffer_release(&tree);
            resolve_layout(arena, set->layouts[i], session, READER_SCHOOL, &(struct givens){0}, fonts, &diags);
        }
    }
    session_close(session);
    layouts_destroy(set);
    arena_destroy(arena);
    return 0;
}
