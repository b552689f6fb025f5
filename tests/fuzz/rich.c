/* rich.c: a field's XHTML becomes paragraphs; each cell of a row begins at a span of it, none before the one that it follows. */
#include "target.h"
#include "text/narrative.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    static const struct text_style body = {.size_mp = 10500}, bold = {.size_mp = 10500}, italic = {.size_mp = 10500};
    struct arena *arena = arena_create();
    const struct narrative narrative =
        text_narrative(arena, target_str(bytes, count), (struct narrative_styles){&body, &bold, &italic});
    for (size_t i = 0; i < narrative.count; i++) {
        const struct narrative_paragraph *paragraph = &narrative.paragraphs[i];
        assert(paragraph->style != NULL);
        for (size_t k = 0; k < paragraph->cell_count; k++) {
            const struct narrative_cell *cell = &paragraph->cells[k];
            assert(cell->first <= paragraph->count && cell->columns >= 1 && cell->rows >= 1);
            assert(k == 0 || cell[-1].first <= cell->first);
        }
    }
    arena_destroy(arena);
    return 0;
}
