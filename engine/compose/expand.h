/* expand.h: templates become spans, paragraphs and lines. Private to compose/.
 *
 * A line of a template holds words and placeholders. expand_line writes the values of the rows around into it, shape_* makes a paragraph
 * of the spans, and lines_of breaks it for a width. What is to be told (a value that is missing, a character without a glyph) goes
 * to scope->found; nothing is counted.
 A line that depends on no
 * row is set once, in the composer's arena, and shared by all documents (label.c). */
#ifndef COMPOSE_EXPAND_H
#define COMPOSE_EXPAND_H

#include "compose/scope.h"
#include "text/narrative.h"

struct spans {
    struct text_span *items;
    size_t count, capacity;
};

/* --- expand.c --------------------------------------------------------------------------------------------------------- */

/* The spans of a line, in scope->arena: its values written by their filters, marks of notes in their places. */
struct spans expand_line(const struct scope *scope, const struct template_line *line);
/* All of a template as plain text in the context's arena, lines joined by a blank; for titles, paths and codes. Looks and
 * {page} are lost. A value that isn't there reads 无, — or 缺 as in any text: no text (n 0) doesn't tell it. */
struct str expand_text(const struct scope *scope, const struct template *text);
/* One value through its filters. blank: an unknown value gives "" instead of — or 缺. */
struct str expand_value(const struct scope *scope, uint32_t value, bool blank);

/* What a counter comes to, in a scope with a tally, before its filters. */
struct value expand_counted(const struct scope *scope, const struct counter *counter);

/* A line of a template as a paragraph, in an arena. What its characters give to tell goes to scope->found, with the place of
 * the line. */
struct paragraph *shape_line(const struct scope *scope, struct arena *arena, const struct template_line *line);
/* The same of a text that is known already. place: where what is told stands. The text must live as long as the paragraph. */
struct paragraph *shape_text(const struct scope *scope, struct arena *arena, struct place place, struct str text,
                             const struct text_style *style);
/* The same of spans; their texts must live as long, the array is copied. */
struct paragraph *shape_spans(const struct scope *scope, struct arena *arena, struct place place,
                              const struct spans *spans, const struct text_style *style);

/* Counts the characters of a paragraph as given: what is built, or is known only by the commit, once. */
void count_given(struct context *context, const struct paragraph *paragraph);
/* Emits lines [from, to) and counts their characters as placed. Lines that are too wide are told, once a document (C525). */
void emit_lines(struct context *context, struct canvas *canvas, const struct lines *lines, size_t from, size_t to,
                int32_t x_mp, int32_t y_mp);

/* The value of a template that is a picture ({photo|image}); false when it isn't one. Lines behind it stand in its place where there
 * is none. */
bool template_picture(const struct context *context, const struct template *text, uint32_t *value);
/* The value of a template that is one placeholder, else its text: a path. In the row's arena. */
const struct value *expand_path(const struct scope *scope, const struct template *text);

/* --- label.c ---------------------------------------------------------------------------------------------------------- */

/* How the lines of a style use are made to fit: as the style says. */
enum text_fit line_fit(const struct context *context, const struct template_line *line);
/* A line set in a width, as its style says. Constant lines are shared; others live in the arena. */
struct lines lines_of(const struct scope *scope, struct arena *arena, const struct template_line *line,
                      int32_t width_mp);

/* --- rich.c ----------------------------------------------------------------------------------------------------------- */

struct rich_paragraph {
    struct paragraph *paragraph;
    const struct text_style *style;
    struct paragraph **cells;           /* of a table's row: what its cells hold; else NULL */
    const struct narrative_cell *spans; /* of the cells: over how many columns and rows each stands */
    size_t cell_count;
    uint32_t table; /* rows of one table have the same; 0: no row */
    bool head;      /* a row of headings */
};
/* A line that is nothing but {text|rich}: its paragraphs, each shaped in the arena; false when it isn't one, or has no value. */
bool expand_rich(const struct scope *scope, struct arena *arena, const struct template_line *line,
                 struct rich_paragraph **paragraphs, size_t *count);

#endif
