/* node.h: a YAML file as a tree of nodes, each with its place.
 *
 * Every scalar is the text that was written: `no`, 12:30, 0801 and 1e3 stay what they are until a key's own type reads them.
 * A node can tell the place of each of its characters, also inside block scalars, folded lines and escapes: node_place. */
#ifndef LAYOUT_NODE_H
#define LAYOUT_NODE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct node;

/* A file that was read. `bytes` are as on disk, less a byte order mark; places count lines and characters in them. Nodes are
 * made of `parsed`: the same, with spaces where a part that isn't YAML was left out. */
struct source {
    struct str path;   /* folder and name, as told in places */
    struct str folder; /* of the file; relative paths in it start here */
    struct str name;   /* card.yaml */
    struct str bytes, parsed;
    size_t *lines; /* offset of the first byte of each line */
    size_t line_count;
    struct node *root; /* NULL: nothing could be read */
    bool lost;         /* all of it or a part couldn't be read: names that are missing then aren't told */
    bool broken;       /* something was told when it was read */
};

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };
enum scalar_style { SCALAR_PLAIN, SCALAR_SINGLE_QUOTED, SCALAR_DOUBLE_QUOTED, SCALAR_LITERAL, SCALAR_FOLDED };

/* How far a scalar's text was followed in its file. */
struct scalar_walk {
    size_t value;         /* offset in the text */
    size_t at;            /* offset in the file */
    size_t no_break_till; /* no line ends between `at` and here */
    int32_t line, column;
};

struct pair {
    struct node *key, *value;
};

struct node {
    enum node_kind kind;
    enum scalar_style style;
    bool flow;    /* written with braces or brackets */
    bool refused; /* an alias, which was told */
    bool
        has_unknown; /* a mapping with a key that its kind doesn't have (told), which may be meant as one that is needed */
    const struct source *source;
    struct place place;
    size_t start, end; /* offsets in the file */
    int32_t end_line;
    struct str text; /* of a scalar */
    size_t indent;   /* of a block scalar's lines */
    struct scalar_walk walk;
    struct scalar_walk *marks; /* of every MARK_STEP bytes that were walked: going back starts at the nearest */
    size_t mark_count;
    struct pair *pairs; /* of a mapping, as written, without doubles */
    struct node **items;
    size_t count, capacity;
};

/* Place of the byte `offset` of a scalar's text; `width` characters are underlined. */
struct place node_place(struct node *node, size_t offset, int32_t width);
/* The same without remembering, for trees that are shared. */
struct place node_place_once(const struct node *node, size_t offset, int32_t width);
/* Begins the walk of a scalar whose other members are set. */
void node_begin_walk(struct arena *arena, struct node *node);

/* The value of a key; NULL when it isn't there. */
struct node *node_value(const struct node *mapping, struct str key);
/* A scalar without text: `key:` and nothing behind it. */
bool node_is_empty(const struct node *node);
/* What was meant as text but is a mapping or list to YAML ({name}, [.bold 注]) as the text that it looks like, in the arena;
 * NULL when it doesn't look like that. A scalar is given back as it is. */
struct node *node_as_text(struct arena *arena, struct node *node);

#endif
