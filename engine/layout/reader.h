/* reader.h: what reading a folder of layouts shares: the arena, and mistakes told once.
 *
 * A file that many layouts include is built with each of them; a mistake in it is told the first time only, but counts as an
 * error of every one. */
#ifndef LAYOUT_READER_H
#define LAYOUT_READER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "layout/node.h"

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct strmap told;
    size_t errors;   /* also those told before */
    bool trying;     /* what a remedy would be is tried: nothing is heard, and no remedy looked for */
    bool names_lost; /* what others name (queries, styles …) was told as wrong: names that are missing then aren't */
};

/* NULL when this was told at this place before. */
struct diag *reader_tell(struct reader *reader, enum diag_code code, struct place place, const struct str args[4]);
#define TELL(reader, code, place, ...)  reader_tell((reader), DIAG_##code, (place), (const struct str[4]){__VA_ARGS__})
#define TELL_PLAIN(reader, code, place) reader_tell((reader), DIAG_##code, (place), (const struct str[4]){STR_NONE})
/* The remedy of L219 where nothing better is known than the example that it has. */
#define AS_IN_EXAMPLE BOTH("write it as in this example, half-width", "请照此书写，一律半角")
/* `near` when one of the candidates is near, with it as the third argument; else `far` with all of them. The first argument
 * is where the name was looked for, the second the name. */
void reader_tell_name(struct reader *reader, enum diag_code near, enum diag_code far, struct place place,
                      struct str where, struct str name, const struct str *candidates, size_t count);

/* The meant name as a message tells it: with the value that the written word stands for, `decoration: underline`. */
struct str name_in_full(struct str written, struct str meant);

/* --- from bytes to nodes ------------------------------------------------------------------------------------------ */

#define SOURCE_LIMIT  (4u << 20) /* bytes of a file */
#define NESTING_LIMIT 64

/* A place by line and column from 0. */
struct place source_place(const struct source *source, size_t line, size_t column);
/* Is it one of the files that hold for all layouts, and are none: privacy.yaml, printers.yaml, columns.yaml? set.c. */
bool source_is_for_all(struct str name);
/* Reads a file: bytes, lines, nodes. Mistakes are told; `lost` is set where something couldn't be read. `shown` is the path
 * as messages name it. */
struct source *source_read(struct reader *reader, struct str shown, struct str folder, struct str name);
/* The same from memory, for tests. */
struct source *source_from_bytes(struct reader *reader, struct str shown, struct str folder, struct str name,
                                 struct str bytes);
/* Makes nodes of source->bytes. Where a part isn't YAML, that part is told, left out, and the rest is read. */
void source_parse(struct reader *reader, struct source *source);

/* The mistake behind an error of YAML that was noticed in [first, last] (lines from 0): what a Chinese input method typed,
 * text that wanted to stand behind |. Tells it and gives back its line; -1 when none of the known ones is there. */
int32_t traps_explain(struct reader *reader, const struct source *source, int32_t first, int32_t last);
/* A key that YAML allows but that nobody meant: one that begins with U+3000 or holds full-width signs. True when told. */
bool traps_key(struct reader *reader, struct node *key);
/* A key that swallowed its value for want of a space. True when told. */
bool traps_pair(struct reader *reader, struct node *key, const struct node *value);
/* A scalar where keys or a list are wanted: “title：奖状”, “｜”, “｛font: 宋体｝”. True when it was told. */
bool traps_scalar(struct reader *reader, const struct node *node);
/* A plain scalar that ends before a #. */
void traps_comment(struct reader *reader, const struct node *node);
/* Text behind ｜ or ＞ instead of | or >. True when it was told. */
bool traps_bar(struct reader *reader, const struct node *node);

/* --- characters that look like others (signs.c) ------------------------------------------------------------------- */

/* What the full-width sign at `at` stands for, as messages write it, and its bytes; length 0 when none stands there. */
struct str sign_meant(struct str text, size_t at, size_t *length);
/* The first sign or tab that begins in text[from, to) of a scalar, where the language reads something. True when told. */
bool signs_tell(struct reader *reader, struct node *node, size_t from, size_t to);
/* Backslashes at the end of a line behind which U+3000 or a tab stands. True when told. */
bool signs_tell_joins(struct reader *reader, struct node *node);
/* “{name}” as a whole text: quotes that YAML doesn't know. True when told. */
bool signs_tell_quotes(struct reader *reader, struct node *node);
/* The first tab of a text that prints. */
void signs_tell_tab(struct reader *reader, struct node *node);

#endif
