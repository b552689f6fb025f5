/* traps.h: a line as the traps look at it. Private to traps.c and traps_braces.c. */
#ifndef LAYOUT_TRAPS_H
#define LAYOUT_TRAPS_H

#include "layout/reader.h"

/* A line of the file, taken apart (outline.h). The text is borrowed from the source. */
struct line {
    struct reader *reader;
    const struct source *source;
    int32_t number; /* from 0 */
    struct str text;
    size_t indent, key, colon, value; /* as in outline.h */
};

/* The place of the byte `at` of the line, as messages have it: line and column from 1, in characters. `width` in characters. */
struct place line_place(const struct line *line, size_t at, int32_t width);
/* Tells the full-width sign at byte `at` (L106); false when none stands there. */
bool line_tell_wide(const struct line *line, size_t at);
/* May the text be a key, not words of a text? One is 1 to 24 bytes of ASCII without brackets, bars, quotes and points. */
bool line_key_like(struct str text);

/* The traps of traps_braces.c: each looks at the line's value, gives back true when it told a mistake, and false when there is
 * none of its kind. The first that is true ends the search. This one: two pairs in braces without a comma between them (L141). */
bool trap_no_comma(const struct line *line);
/* A placeholder in braces without quotes (L143), a ; between pairs (L141), a # behind a blank, which begins a remark (L144). */
bool trap_signs_in_braces(const struct line *line);
/* A quote that its line doesn't close: by a Chinese one (L106), or not at all (L114). */
bool trap_open_quote(const struct line *line);
/* {name}同学, [.bold 注] 其他, {#}: text to a person, braces and brackets to YAML (L107). */
bool trap_text_in_braces(const struct line *line);
/* The first full-width sign in braces or brackets, outside quotes (L106); 【 and 《 are words. */
bool trap_wide_in_braces(const struct line *line);
/* Words behind the quote that closes the value (L126). */
bool trap_behind_quote(const struct line *line);

#endif
