/* tab_internal.h: what the files of the tabs share. Private to compose/.
 *
 *     tab.c        walks the blocks: lines, and tables
 *     tab_table.c  a table's instances become cells
 *     tab_value.c  a cell's kind, value and format */
#ifndef COMPOSE_TAB_INTERNAL_H
#define COMPOSE_TAB_INTERNAL_H

#include "compose/tab.h"
#include "compose/table.h"
#include "data/days.h"

/* Lines of words, in the document's arena. */
struct tab_lines {
    struct str *items;
    size_t count, capacity;
};
/* Adds a line, borrowed; an empty one isn't added. */
void tab_lines_add(struct arena *arena, struct tab_lines *lines, struct str line);

/* The words of a template's line without what belongs to pages, and without the blanks that only set it: in scope->arena. */
struct str tab_line(const struct scope *scope, const struct template_line *line);
/* A table with its cells; notes of its cells become lines. */
void tab_table(struct context *context, const struct scope *scope, const struct table *table, struct tab *out,
               struct tab_lines *notes);
/* Does it ask for rows, or has it rules or heads? What hasn't is a line of words. */
bool tab_is_table(const struct table *table);
/* A copy without blanks, wide ones as well. */
struct str tab_without_blanks(struct arena *arena, struct str text);
/* Decides what a cell of one placeholder is; cell->text is printed already. */
void tab_value(const struct scope *scope, const struct template *text, struct tab_cell *cell);

#endif
