/* running.c: running heads: what a page shows, told in its header or footer.
 *
 * While pages are filled, each page's record gets its headings and, where a header asks for them, the first and last row of each query.
 * When they are stamped, one after the other, what a page lacks is what the pages before it left in force: its last
 * row, its heading of a level unless one of a higher level came between. */
#include "compose/pages.h"

enum { HEADING_LEVELS = 9 };

struct running {
    const struct page_record *page;
    const struct value **rows;               /* carried over, by index in layout->queries */
    struct str sections[HEADING_LEVELS + 1]; /* carried over, by level */
};

static struct page_record *current_page(struct context *context) {
    return &context->made.pages[context->made.page_count - 1];
}

void running_add_heading(struct context *context, const struct heading_entry *heading) {
    struct page_record *page = current_page(context);
    if (page->heading_end == 0) {
        page->first_heading = heading->index;
    }
    page->heading_end = heading->index + 1;
}

static struct page_rows *rows_of(const struct page_record *page, uint32_t query) {
    struct page_rows *rows = page->rows;
    while (rows != NULL && rows->query != query) {
        rows = rows->next;
    }
    return rows;
}

void running_add_row(struct context *context, uint32_t query, const struct value *row) {
    struct page_record *page = current_page(context);
    struct page_rows *rows = rows_of(page, query);
    if (rows == NULL) {
        rows = ARENA_NEW(context->arena, struct page_rows);
        *rows = (struct page_rows){.next = page->rows, .query = query, .first = row};
        page->rows = rows;
    }
    rows->last = row;
}

struct running *running_create(const struct context *context) {
    struct running *running = ARENA_NEW(context->arena, struct running);
    running->rows = ARENA_ARRAY(context->arena, const struct value *, context->layout->query_count);
    return running;
}

void running_enter(struct running *running, const struct context *context, size_t page) {
    running->page = &context->made.pages[page];
}

/* A heading ends those of its own and of lower levels. */
static void carry_section(struct str *sections, const struct heading_entry *heading) {
    if (heading->level == 0 || heading->level > HEADING_LEVELS) {
        return;
    }
    sections[heading->level] = heading->title;
    for (size_t level = heading->level + 1u; level <= HEADING_LEVELS; level++) {
        sections[level] = STR_NONE;
    }
}

void running_leave(struct running *running, const struct context *context) {
    for (const struct page_rows *rows = running->page->rows; rows != NULL; rows = rows->next) {
        running->rows[rows->query] = rows->last;
    }
    for (size_t i = running->page->first_heading; i < running->page->heading_end; i++) {
        carry_section(running->sections, &context->made.headings[i]);
    }
}

const struct value *running_row(const struct scope *scope, uint32_t query, bool last) {
    const struct running *running = scope->page != NULL ? scope->page->running : NULL;
    if (running == NULL) {
        return NULL;
    }
    const struct page_rows *rows = rows_of(running->page, query);
    if (rows == NULL) {
        return running->rows[query];
    }
    return last ? rows->last : rows->first;
}

struct str running_section(const struct scope *scope, uint32_t level) {
    const struct running *running = scope->page != NULL ? scope->page->running : NULL;
    if (running == NULL) {
        return STR_NONE;
    }
    struct str in_force = running->sections[level];
    for (size_t i = running->page->first_heading; i < running->page->heading_end; i++) {
        const struct heading_entry *heading = &scope->context->made.headings[i];
        if (heading->level == level) {
            return heading->title;
        }
        if (heading->level < level) {
            in_force = STR_NONE;
        }
    }
    return in_force;
}
