/* svg.c: a seal's drawing is read and drawn, or its trouble told with a line. */
#include "draw/svg.h"
#include "page/sinks.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct arena *arena = arena_create();
    struct svg_trouble trouble = {0};
    const struct svg *svg = svg_read_in(arena, target_str(bytes, count), &trouble);
    assert((svg == NULL) == (trouble.fault != SVG_FINE));
    if (svg != NULL) {
        struct document *document = document_create_in(arena);
        struct canvas canvas = canvas_of_page(document, document_add_page(document, 100000, 100000));
        struct buffer dump = {0};
        draw_svg(&canvas, (struct box){0, 0, 100000, 100000}, svg);
        document_dump(document, &dump);
        buffer_release(&dump);
    }
    arena_destroy(arena);
    return 0;
}
