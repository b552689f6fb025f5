/* traps.h: a line as the traps look at it. Private to traps.c and traps_braces.c. */
#ifndef LAYOUT_TRAPS_H
#define LAYOUT_TRAPS_H

#include "layout/reader.h"

struct line {
    struct reader *reader;
    const struct source *source;
    int32_t number; /* from 0 */
    struct str text;
    size_t indent, key, colon, value; /* as in outline.h */
};

struct place line_place(const struct line *line, size_t at, int32_t width);
/* Tells the full-width sign at `at`; false when none stands there. */
bool line_tell_wide(const struct line *line, size_t at);
/* May the text be a key, not words of a text? */
bool line_key_like(struct str text);

/* The traps of traps_braces.c: true when told. */
bool trap_no_comma(const struct line *line);
bool trap_signs_in_braces(const struct line *line);
bool trap_open_quote(const struct line *line);
bool trap_text_in_braces(const struct line *line);
bool trap_wide_in_braces(const struct line *line);
bool trap_behind_quote(const struct line *line);

#endif
