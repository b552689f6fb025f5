/* scan.h: one line of a text while it is taken apart (template.c), and what in it was hardly meant to print (meant.c). */
#ifndef LAYOUT_SCAN_H
#define LAYOUT_SCAN_H

#include "base/buffer.h"
#include "layout/builder.h"

enum { STYLES_IN_A_ROW = 8 };

/* Of ASCII: names in other languages have no others. */
static inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct style_names {
    struct str names[STYLES_IN_A_ROW];
    struct place places[STYLES_IN_A_ROW];
    size_t count;
};

struct scan {
    struct builder *builder;
    struct node *node;
    struct str text;
    size_t at, end;
    struct str role;
    struct style_names line, span; /* styles of the line, and of the span in it */
    bool in_span, in_note;         /* a span may stand in a note */
    bool told;                     /* a placeholder was told as wrong */
    bool in_marks;                 /* behind **, before the next */
    size_t span_at;
    enum { RUBY_NONE, RUBY_ABOVE, RUBY_BASE } ruby; /* which half of [^pinyin character] is being read */
    size_t ruby_at, above, base;                    /* where it began; its first pieces */
    size_t open_braces;                             /* \{ that wait for their } */
    struct buffer pending;                          /* text of the piece that is being read */
    size_t pending_at;
    struct piece *pieces;
    size_t count, capacity;
};

/* Does `text` begin at the offset? */
bool scan_starts(const struct scan *scan, size_t at, struct str text);

/* Each tells what looks like the language at scan->at, and isn't: whatever a byte c begins; ** and ${; a tag behind <, a command
 * behind \\, a reference [1]; the signs around names of styles that end at `behind`; words right behind such names; a space behind
 * their point. */
void scan_tell_meant(struct scan *scan, char c);
void scan_tell_foreign(struct scan *scan);
void scan_tell_tag(const struct scan *scan);
void scan_tell_command(const struct scan *scan);
void scan_tell_reference(const struct scan *scan);
void scan_tell_style_signs(struct scan *scan, size_t at, size_t behind);
void scan_tell_no_space(struct scan *scan, size_t behind);
void scan_tell_space(struct scan *scan);
/* What a line begins with, at scan->at. */
void scan_tell_beginning(const struct scan *scan);
/* A style behind the blanks that end the line's own ones, at `at`. */
void scan_tell_apart(const struct scan *scan, size_t at);
/* True when {% … %} begins here: it is stepped over, and the first of a text is told. */
bool scan_tell_engine(struct scan *scan);

#endif
