/* compose.c: rows to pages. Start here, then build.c, flow.c, pages.c and stamp.c. */
#include "compose/compose.h"

#include <string.h>

#include "compose/pages.h"
#include "compose/tags.h"

struct composer *composer_create(const struct resolved *resolved, const struct compose_tools *tools) {
    struct arena *arena = arena_create();
    struct composer *composer = ARENA_NEW(arena, struct composer);
    *composer = (struct composer){
        .resolved = resolved,
        .layout = resolved->layout,
        .tools = *tools,
        .arena = arena,
        .row_arena = arena_create(),
        .page_arena = arena_create(),
        .constants = ARENA_ARRAY(arena, struct constant, resolved->query_count),
    };
    return composer;
}

void composer_destroy(struct composer *composer) {
    if (composer == NULL) {
        return;
    }
    arena_destroy(composer->page_arena);
    arena_destroy(composer->row_arena);
    arena_destroy(composer->arena);
}

/* What went in must have come out: characters that a box swallowed would be missing in silence. */
static void check_counts(struct context *context) {
    const struct compose_counts *counts = &context->made.counts;
    const struct {
        size_t given, placed;
        struct str what;
    } pairs[] = {{counts->rows_given, counts->rows_placed, BOTH_INIT("rows", "行")},
                 {counts->characters_given, counts->characters_placed, BOTH_INIT("characters", "字")}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i].given == pairs[i].placed) {
            continue;
        }
        const struct str numbers = str_printf(context->arena, "%zu/%zu", pairs[i].placed, pairs[i].given);
        context_tell(context, DIAG_C522, context->layout->place, pairs[i].what, numbers);
    }
}

static void compose_card(struct context *context, const struct scope *scope) {
    const struct layout *layout = context->layout;
    const struct {
        const struct block *blocks;
        size_t count;
    } sides[] = {{layout->front, layout->front_count}, {layout->back, layout->back_count}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        struct items items = {0};
        if (sides[i].count == 0) {
            continue;
        }
        build_blocks(context, scope, sides[i].blocks, sides[i].count, &items);
        findings_tell(context, scope->found);
        scope->found->count = 0;
        flow_card(context, &items, layout->sheet.card_width_mp, layout->sheet.card_height_mp);
    }
}

/* The blocks of one document, a part of its file; a card's are those of its layout. */
static void compose_body(struct context *context, const struct value *row, const struct block *blocks, size_t count,
                         struct str bookmark) {
    struct items items = {0};
    struct findings found = {.arena = context->row_arena};
    struct scope scope = scope_of_document(context, row, &found);
    scope.group = bookmark.n > 0 ? tag_group(context, NULL) : NULL;
    context->made.page_kind = &context->layout->pages[0];
    memset(context->made.sections, 0, sizeof context->made.sections);
    if (context->layout->has_sheet) {
        if (context->made.part_count == 0) { /* all cards are one file's */
            flow_begin_part(context, STR_NONE, row);
        }
        scope.boxed = true;
        compose_card(context, scope_keep(&scope));
        return;
    }
    flow_begin_part(context, bookmark, row);
    build_blocks(context, scope_keep(&scope), blocks, count, &items);
    findings_tell(context, &found);
    flow_pages(context, &items, &context->layout->pages[0], row);
}

struct str context_bookmark(struct context *context, const struct value *row, size_t ordinal) {
    const struct layout *layout = context->layout;
    struct findings found = {.arena = context->page_arena};
    const struct scope scope = scope_of_document(context, row, &found);
    const struct str name = layout->index_count > 0 ? expand_value(&scope, layout->index[0].value, true) : STR_NONE;
    findings_tell(context, &found);
    return name.n > 0 ? name : str_printf(context->arena, "%.*s %zu", STR_ARG(layout->title), ordinal);
}

/* Cards are pages of one part; every other row begins a part of its own. */
static size_t first_page(const struct context *context, size_t pages_before) {
    const struct made *made = &context->made;
    return context->layout->has_sheet ? pages_before : made->parts[made->part_count - 1].from;
}

static const struct value *row_at(const struct rows *rows, size_t row) {
    return rows->columns ? &rows->cells[row * rows->columns] : NULL;
}

static void compose_rows(struct context *context, const struct rows *rows, size_t from, size_t to,
                         const struct str *records, size_t *first_pages, struct str *contents) {
    bool shared = to - from > 1;
    const struct str whole = context->record;
    context->made.shift = shared;
    for (size_t i = from; i < to && !context->told.failed; i++) {
        const struct value *row = row_at(rows, i);
        context->record = records != NULL ? records[i - from] : whole;
        const struct str bookmark = shared ? context_bookmark(context, row, i - from + 1) : STR_NONE;
        const size_t pages_before = context->document->count;
        context->made.row = (uint32_t)(i - from);
        said_begin(&context->caches->content, row, rows->columns);
        compose_body(context, row, context->layout->body, context->layout->body_count, bookmark);
        context_tell_gathered(context);
        first_pages[i - from] = first_page(context, pages_before);
        if (contents != NULL) {
            contents[i - from] = said_end(&context->caches->content);
        }
        arena_reset(context->row_arena);
    }
    context->record = whole;
}

static struct context begin(struct composer *composer, struct arena *arena, struct str record, struct diags *diags) {
    struct context context = context_create(composer, arena, record, diags);
    context.document = document_create_in(arena);
    context.document->title = composer->layout->title;
    context.document->elements = composer->tools.tagged ? elements_create_in(arena) : NULL;
    context.document->duplex = composer->layout->duplex;
    context.document->opens_as_book = composer->layout->duplex && composer->layout->pages[0].binds;
    return context;
}

static struct compose_result finish(struct context *context) {
    if (!context->told.failed) {
        stamp_pages(context);
        context_tell_gathered(context);
        check_counts(context);
    }
    arena_reset(context->page_arena);
    return (struct compose_result){
        .document = context->told.failed ? NULL : context->document,
        .counts = context->made.counts,
        .incomplete = context->told.incomplete,
    };
}

struct compose_result compose_document(struct composer *composer, struct arena *arena, const struct rows *rows,
                                       size_t from, size_t to, struct str record, const struct str *records,
                                       const struct edition *editions, struct diags *diags) {
    struct context context = begin(composer, arena, record, diags);
    const bool checked = composer->layout->check.count > 0;
    context.editions = editions;
    context.caches->content.arena = checked ? arena : NULL;
    context_check(&context, row_at(rows, from));
    size_t *first_pages = ARENA_ARRAY(arena, size_t, to - from);
    struct str *contents = checked ? ARENA_ARRAY(arena, struct str, to - from) : NULL;
    if (!context.told.failed) {
        compose_rows(&context, rows, from, to, records, first_pages, contents);
    }
    struct compose_result result = finish(&context);
    result.first_pages = first_pages;
    result.contents = contents;
    return result;
}

struct compose_result compose_matter(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, enum matter matter, struct str record, struct diags *diags) {
    const struct layout *layout = composer->layout;
    struct context context = begin(composer, arena, record, diags);
    const struct value *own = row_at(rows, row);
    switch (matter) {
    case MATTER_FRONT:
        context_check(&context, own);
        compose_body(&context, own, layout->front, layout->front_count, STR_NONE);
        break;
    case MATTER_BACK:
        compose_body(&context, own, layout->back, layout->back_count, STR_NONE);
        break;
    }
    return finish(&context);
}
