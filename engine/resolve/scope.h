/* scope.h: names become places in rows, while the tree is walked. Private to resolve/.
 *
 * A scope is a row that stands around a place of the layout: the document's, that of an `each` block, that of a band.
 * The innermost is asked first. */
#ifndef RESOLVE_SCOPE_H
#define RESOLVE_SCOPE_H

#include "base/hash.h"
#include "resolve/resolve.h"

#define SCOPE_DEPTH 16

struct scope {
    uint32_t query;  /* index in layout->queries; NO_QUERY: a row without columns */
    uint32_t serial; /* tells scopes of equal depth in different branches apart */
};

struct walk {
    struct arena *arena;
    const struct layout *layout;
    struct resolved *resolved;
    struct fonts *fonts;
    struct diags *diags;
    struct query **prepared; /* by index in layout->queries; NULL: not yet, or broken */
    bool *broken;            /* told already */
    bool *printed;           /* by index in layout->queries: a band or an `each` prints its rows */
    bool **used;             /* by index in layout->queries, then by column: somebody asks for it */
    struct scope scopes[SCOPE_DEPTH];
    uint32_t depth;                                 /* scopes in force */
    uint32_t depth_around_table, depth_around_band; /* to return to: walk.c */
    struct strmap parameters_told;                  /* “query:name” that nothing gives */
    uint32_t next_serial;
    uint32_t *serial_of_extra; /* of each query that {query.column} needed: deepest scope it depends on, for sharing */
    size_t query_capacity;
};

/* Binds the parameters of a use of a query to the rows around it. */
void walk_bind(struct walk *walk, uint32_t use, uint32_t query, struct place place);
/* Where a value comes from; a mistake is told and gives a GIVEN that is never asked, since the layout is refused. */
void walk_value(struct walk *walk, const struct value_ref *ref, struct resolved_value *out);
/* Tells that a query has no such column, with the nearest name. */
void tell_unknown_column(struct walk *walk, struct place place, const struct query *query, struct str column);
/* A column by which a volume finds its documents: its own row has it, and theirs; else it is told. */
struct by_columns walk_by(struct walk *walk, struct str column, struct place place);
/* Has a row around a column of this name? It then counts as used. */
bool walk_sees(struct walk *walk, struct str name);
void walk_condition(struct walk *walk, const struct condition *condition, struct resolved_condition *out);

/* unused.c: a column of a query was asked for; afterwards, those that nobody asked for are told. */
void walk_mark(struct walk *walk, uint32_t query, size_t column);
void tell_unused_columns(struct walk *walk);

/* style.c: all style uses; resolved->styles and ->fits. */
void resolve_styles(struct walk *walk);
/* walk.c: everything that the tree holds. */
void walk_layout(struct walk *walk);

#endif
