/* scan.h: one line of a text while it is taken apart (template.c), and what in it was hardly meant to print (meant.c). */
#ifndef LAYOUT_SCAN_H
#define LAYOUT_SCAN_H

#include "base/buffer.h"
#include "layout/builder.h"

enum { STYLES_IN_A_ROW = 8 }; /* names of styles before words */

/* Of ASCII: names of commands and tags in other languages have no others. */
static inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Names borrowed from the text, each with its place. */
struct style_names {
    struct str names[STYLES_IN_A_ROW];
    struct place places[STYLES_IN_A_ROW];
    size_t count;
};

/* A line while it is read. Offsets are bytes of the node's text; `at` moves from the line's first byte to `end`. */
struct scan {
    struct builder *builder;
    struct node *node;
    struct str text; /* the node's, with all its lines */
    size_t at, end;
    struct str role;               /* of the style that is laid below */
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

/* Each looks at what stands at scan->at and, where it looks like the language or another one and isn't, tells it. This one
 * calls those that fit the byte c, which stands there. */
void scan_tell_meant(struct scan *scan, char c);
/* ** and ${, or # % @ before a placeholder (L328); a tag or a command by the next two. Keeps in_marks: of a pair of ** the
 * first is told. */
void scan_tell_foreign(struct scan *scan);
/* <b>, <font …>, <% : of other languages; of a pair the first is told, and a word that is no tag isn't. */
void scan_tell_tag(const struct scan *scan);
/* \textbf, \hline, \n, and \\ at a line's end (L328). */
void scan_tell_command(const struct scan *scan);
/* 甲[1], 甲[注：words]: a reference or a note as people type it. */
void scan_tell_reference(const struct scan *scan);
/* Signs around names of styles at byte `at`, where their point stands: a full-width one, a full-width blank at `behind`, where
 * the names end, other hyphens. Without names `behind` is `at`. */
void scan_tell_style_signs(struct scan *scan, size_t at, size_t behind);
/* Words right behind the line's last style, which ends at `behind` (L325). */
void scan_tell_no_space(struct scan *scan, size_t behind);
/* `. title words`: a space behind the point (L329), where a style of that name is there. */
void scan_tell_space(struct scan *scan);
/* What a line begins with that was hardly meant to print, at scan->at. */
void scan_tell_beginning(const struct scan *scan);
/* A style behind the blanks that end the line's own ones, at `at`. */
void scan_tell_apart(const struct scan *scan, size_t at);
/* True when {% … %} begins here: scan->at is then behind it, and the first of a text is told. */
bool scan_tell_engine(struct scan *scan);

#endif
