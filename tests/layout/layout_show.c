/* layout_show.c: reads a folder of layouts and prints all that is wrong with them; with --tree the trees too.
 *
 *     layout_show FOLDER [--tree] [--chinese] [LAYOUT…] */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "layout/layout.h"

int main(int argc, char **argv) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct str names[64];
    size_t name_count = 0;
    bool tree = false;
    enum language language = LANGUAGE_ENGLISH;
    for (int i = 2; i < argc && name_count < 64; i++) {
        if (strcmp(argv[i], "--tree") == 0) {
            tree = true;
        } else if (strcmp(argv[i], "--chinese") == 0) {
            language = LANGUAGE_CHINESE;
        } else {
            names[name_count++] = str_from(argv[i]);
        }
    }
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(argc > 1 ? argv[1] : "layouts", names, name_count, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        struct str source = set != NULL ? layouts_source(set, diags.items[i].place.file) : STR_NONE;
        struct str text = diag_format(arena, &diags.items[i], language, source);
        fwrite(text.p, 1, text.n, stdout);
    }
    for (size_t i = 0; set != NULL && i < set->count; i++) {
        struct buffer out = {0};
        printf("%.*s: %s\n", STR_ARG(set->layouts[i]->name), set->layouts[i]->broken ? "broken" : "fine");
        if (tree) {
            layout_dump(set->layouts[i], &out);
            fwrite(out.bytes, 1, out.count, stdout);
        }
        buffer_release(&out);
    }
    bool wrong = set == NULL || diags_any(&diags, SEVERITY_ERROR);
    layouts_destroy(set);
    arena_destroy(arena);
    return wrong ? 1 : 0;
}
