/* outline.h: the lines of a file as a person sees them: how deep each stands, its key, and which are text behind |.
 *
 * YAML tells a broken file by the place where it gave up. What was meant is seen in the lines themselves, whether or not they are
 * YAML; so traps look at them by this. */
#ifndef LAYOUT_OUTLINE_H
#define LAYOUT_OUTLINE_H

#include "layout/reader.h"

struct outline_line {
    struct str text; /* without white space at its end */
    size_t indent;   /* bytes of white space of any kind */
    size_t key;      /* behind the dashes: the column that decides its depth */
    size_t colon;    /* of `key:`; text.n when the line has none */
    size_t value;    /* behind the colon and its spaces; the key's when there is none */
    bool blank;      /* nothing in it, or a remark */
    bool is_text;    /* behind a | of a line above */
    bool is_item;    /* begins with a dash */
    int32_t opener;  /* of text: the line with its |; -1 */
};

struct outline {
    struct outline_line *lines;
    int32_t count;
};

/* One line by itself; is_text and opener aren't known. */
struct outline_line outline_line_of(const struct source *source, int32_t number);
/* All lines of the file, in the arena; texts are borrowed from the source. */
struct outline *outline_of(struct arena *arena, const struct source *source);
/* The last line before `line` that is neither blank nor text; -1. */
int32_t outline_before(const struct outline *outline, int32_t line);
/* Its key; empty when it has none. */
struct str outline_key(const struct outline_line *line);
/* Offset of the colon of `key: ` or `key:` at the end of text, outside quotes and braces; text.n when there is none. */
size_t outline_colon(struct str text, size_t from);
/* Does the line end with its key's colon: what belongs to it stands below? */
bool outline_opens(const struct outline_line *line);
/* Does it end with | or >, which opens a text? */
bool outline_opens_text(const struct outline_line *line);

#endif
