/* resolver.h: names become places in rows, while the tree is visited. Private to resolve/.
 *
 * A row stands around a place of the layout: the document's, that of an `each` block, that of a band. A name is looked up in the
 * innermost first, then outwards, then among what is given. Values get the depth of the row and the index of the column, by which
 * compose finds them in its own stack of rows.
 *
 * R1  Rows are left in the order in which they were entered: after the tree the document's alone is in force.
 * R2  A query is prepared once however often it is used, and a broken one is told once. */
#ifndef RESOLVE_RESOLVER_H
#define RESOLVE_RESOLVER_H

#include "base/hash.h"
#include "resolve/resolve.h"

/* A row that stands around the place at hand; its index is its depth. */
struct row_around {
    uint32_t query;  /* index in layout->queries; NO_QUERY: a row without columns */
    uint32_t serial; /* tells rows of equal depth in different branches apart */
};

/* What going over one layout carries along. */
struct resolver {
    struct arena *arena;
    const struct layout *layout;
    struct resolved *resolved;
    struct fonts *fonts;
    struct diags *diags;
    struct query **prepared; /* by index in layout->queries; NULL: not yet, or broken */
    bool *broken;            /* told already */
    bool *printed;           /* by index in layout->queries: a band or an `each` prints its rows */
    bool **used;             /* by index in layout->queries, then by column: somebody asks for it */
    struct row_around rows[ROW_DEPTH];
    uint32_t depth;                                 /* rows in force */
    uint32_t depth_around_table, depth_around_band; /* to return to: tree.c */
    struct strmap parameters_told;                  /* “query:name” that nothing gives */
    uint32_t next_serial;
    uint32_t *serial_of_extra; /* of each query that {query.column} needed: deepest row it depends on, for sharing */
    size_t query_capacity;
};

/* --- names.c ---------------------------------------------------------------------------------------------------------- */

/* Prepares the query of a use and binds its parameters to the rows around: fills resolved->queries[use]. One that nothing gives is
 * told (R303, R304), once a query. */
void resolve_bind(struct resolver *resolver, uint32_t use, uint32_t query, struct place place);
/* Where a value comes from. A name that nothing has is told with the nearest (R301 to R309); *out is then a given that is never asked,
 * since the layout is refused. */
void resolve_value(struct resolver *resolver, const struct value_ref *ref, struct resolved_value *out);
/* A column by which a volume finds its documents: its own row has it, and theirs; else it is told. */
struct by_columns resolve_by(struct resolver *resolver, struct str column, struct place place);
/* Has a row around a column of this name? It then counts as used. */
bool resolver_sees(struct resolver *resolver, struct str name);
/* What `when:` or `unless:` names: a column around, else a query that has rows. */
void resolve_condition(struct resolver *resolver, const struct condition *condition, struct resolved_condition *out);

/* How many of the given names queries and texts may use: editions are of papers that bear a code. */
size_t given_to_queries(const struct layout *layout);
size_t given_to_texts(const struct layout *layout);
/* The query of a name; *index is its place in layout->queries. */
bool resolver_find_query(const struct resolver *resolver, struct str name, uint32_t *index);
/* The prepared query of a name's index, prepared at its first use; NULL when it is broken (told once), or for NO_QUERY. */
struct query *resolver_query(struct resolver *resolver, uint32_t index);
bool resolver_find_column(const struct query *query, struct str name, uint32_t *column);

/* --- unknown.c -------------------------------------------------------------------------------------------------------- */

/* `near` with the nearest of the names, else `far` with all of them: arguments are the name, the query, what is near, the names. */
struct diag *tell_unknown_name(struct resolver *resolver, enum diag_code near, enum diag_code far, struct place place,
                               struct str query, struct str name, const struct str *names, size_t count);
/* A parameter that nothing gives, once a query. */
void tell_unknown_parameter(struct resolver *resolver, const struct named_query *query, struct str name,
                            struct place place);
void tell_unknown_query(struct resolver *resolver, struct place place, struct str name);
/* Tells that a query has no such column, with the nearest name. */
void tell_unknown_column(struct resolver *resolver, struct place place, const struct query *query, struct str column);
/* A bare name that no row around has. `by_key`: a key names it, without braces; `query_too`: it may be that of a query. */
void tell_unknown_here(struct resolver *resolver, struct place place, struct str name, bool by_key, bool query_too);

/* --- unbound.c -------------------------------------------------------------------------------------------------------- */

/* Tells a query whose rows are printed below a row of which it takes nothing (R330). */
void tell_unbound(struct resolver *resolver, uint32_t query_use);
/* Tells documents of a reader who gets its own rows alone, when their rows don't say whose they are (R336); after own_column is known. */
void tell_unowned(struct resolver *resolver);

/* --- filters_fit.c ---------------------------------------------------------------------------------------------------- */

/* Tells a first filter that can't write what the column holds by its name (R337). */
void tell_unfit_filter(struct resolver *resolver, const struct value_ref *ref);

/* --- unused.c --------------------------------------------------------------------------------------------------------- */

/* A column of a query was asked for. query: index in layout->queries. */
void resolver_mark(struct resolver *resolver, uint32_t query, size_t column);
/* Tells the columns that nobody asked for (R313). After the tree, of a layout without errors. */
void tell_unused_columns(struct resolver *resolver);

/* --- style.c ---------------------------------------------------------------------------------------------------------- */

/* All style uses, and the roles that no use names: fills resolved->styles, fits, aligned, body … missing. A face that isn't here
 * is told (R321 to R324). */
void resolve_styles(struct resolver *resolver);
/* --- tree.c ----------------------------------------------------------------------------------------------------------- */

/* Everything that the tree holds: fills resolved->values, queries, conditions. */
void resolve_tree(struct resolver *resolver);

#endif
