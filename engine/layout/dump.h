/* dump.h: what the dump of a tree is written with. A line is begun, words are added, and it is ended.
 *
 * Every word brings the blank before it. All is appended to dump->out, which is the caller's. */
#ifndef LAYOUT_DUMP_H
#define LAYOUT_DUMP_H

#include "base/buffer.h"
#include "layout/layout.h"
#include "layout/schema.h"

struct dump {
    const struct layout *layout;
    struct buffer *out;
    int depth; /* of the indentation */
};

/* The indentation (two blanks a level) and the line's first word. */
void dump_begin(struct dump *dump, const char *what);
/* Ends the line. */
void dump_end(struct dump *dump);
/* A word as it stands: nothing is quoted. */
void dump_word(struct dump *dump, struct str text);
/* `name text`; nothing where the text is empty. */
void dump_named(struct dump *dump, const char *name, struct str text);
/* In decimal digits. */
void dump_number(struct dump *dump, int64_t n);
/* In mm. */
void dump_length(struct dump *dump, int32_t mp);
/* Nothing where it is 0. */
void dump_named_length(struct dump *dump, const char *name, int32_t mp);
/* The name where it is on; else nothing. */
void dump_flag(struct dump *dump, const char *name, bool on);
/* A key of the object that a row of keys.def describes: its name, then what its field holds; nothing where that is 0 or none, and
 * of texts and blocks, which stand on lines of their own. */
void dump_key(struct dump *dump, const struct key *key, const void *object);
/* The same without the name. */
void dump_value(struct dump *dump, const struct key *key, const void *object);
/* All keys of a mapping. */
void dump_keys(struct dump *dump, enum mapping_kind kind, const void *object);
/* Nothing where there is none. */
void dump_query(struct dump *dump, const char *name, uint32_t use);
/* The names of a use of styles (builder.h); nothing for NO_STYLE. */
void dump_style(struct dump *dump, uint32_t use);
/* A line for each line, indented. */
void dump_lines(struct dump *dump, const struct template *text);
/* The same below a line of its own; nothing where there is none. */
void dump_text(struct dump *dump, const char *what, const struct template *text);
/* A line `what` for each row, with its least height, and below it one for each of its cells. */
void dump_rows(struct dump *dump, const char *what, const struct drawn_row *rows, size_t count);

#endif
