/* resolve.h: a layout and a database become a resolved layout. Done once a run for each layout and reader.
 *
 *     resolve_calendar ──► givens ─┐
 *     resolve_privacy ──► session ─┴──► resolve_layout ──► struct resolved ──► compose
 *
 * Queries are prepared in the reader's session, parameters are bound to columns of the rows around them, values become
 * columns by index, styles become faces and lengths. Names are looked up here for the last time: whoever prints uses indices. The
 * tree itself is never written: the tables here go by its numbers.
 *
 * Every mistake of a layout is told in one go, as R3xx with its place in the file, and what SQLite says of a query as D2xx. Lengths are
 * in 1/1000 pt. Everything lies in the arena that was given, and lives as long as it, the layout, the session and the fonts do. */
#ifndef RESOLVE_RESOLVE_H
#define RESOLVE_RESOLVE_H

#include "base/diag.h"
#include "data/data.h"
#include "data/values.h"
#include "font/font.h"
#include "layout/layout.h"
#include "text/text.h"

/* Given to every layout and query: {as_of}, :semester. as_of ends with the term, asked_on is the day that was asked for: an award of the
 * term may be approved in the holidays. run: to a layout that tells of a run alone (document: of run), the figures of it as JSON; NULL before
 * its end. */
enum given {
    GIVEN_AS_OF,
    GIVEN_SEMESTER,
    GIVEN_MONTH,
    GIVEN_ASKED_ON,
    GIVEN_READER,
    GIVEN_STOCK,
    GIVEN_RUN,
    GIVEN_COUNT
};
/* Given to the texts of a layout whose papers bear a checking code (document: check), row by row; behind GIVEN_COUNT in enum given. {check}
 * is no text: it stands alone in a QR code, and is known when all pages are. */
enum given_edition {
    GIVEN_CHECK = GIVEN_COUNT,
    GIVEN_EDITION,     /* 1, 2 … */
    GIVEN_REPLACES,    /* the edition before; NULL: none */
    GIVEN_REPLACED_ON, /* the day on which that was printed last; NULL: none, or not known */
    GIVEN_ALL
};
struct str given_name(enum given given); /* as_of, semester, month, asked_on, reader, stock, run */
/* What a run knows before it asks a layout's queries. */
struct givens {
    struct value values[GIVEN_COUNT]; /* NULL where unknown */
    const struct str *part_columns;   /* of a volume: the columns that its documents' rows have */
    size_t part_column_count;
};

/* What a volume gives by itself: the columns of `parts` before those of the documents' own rows (which they hide), and of
 * `volume`. The order of both is that of their names in names.c. */
enum parts_column {
    PARTS_PAGE,       /* running number of the first page */
    PARTS_LAST_PAGE,  /* and of the last */
    PARTS_PAGES,      /* that are counted */
    PARTS_SHEETS,     /* leaves */
    PARTS_INCOMPLETE, /* 1: 不完整 */
    PARTS_IS_LAST,    /* 1: the last one in its volume */
    PARTS_COLUMN_COUNT
};
enum volume_column {
    OF_VOLUME_NUMBER, /* 1: 第一卷 */
    OF_VOLUME_COUNT,  /* of volumes that the row had to be parted into */
    OF_VOLUME_SPLIT,  /* 1 where these are more than one */
    OF_VOLUME_PARTS,
    OF_VOLUME_FIRST, /* the ordinals of its first and last document among those of all the row's volumes */
    OF_VOLUME_LAST,
    OF_VOLUME_PAGES,
    OF_VOLUME_SHEETS,
    OF_VOLUME_INCOMPLETE, /* how many of its documents are */
    OF_VOLUME_COLUMN_COUNT
};

#define ROW_DEPTH 16 /* rows around a place, at most: more are told (R310) */
#define NO_COLUMN UINT32_MAX
/* Where a value comes from. Rows around a place form a stack: depth 0 is the document's row. */
enum source {
    SOURCE_ROW,
    SOURCE_QUERY, /* first row of a query of its own */
    SOURCE_GIVEN,
    SOURCE_PAGE_FIRST, /* first or last row of a query that the page shows */
    SOURCE_PAGE_LAST
};
/* A value_ref of the layout, looked up. */
struct resolved_value {
    enum source source;
    uint32_t depth;     /* SOURCE_ROW */
    uint32_t query_use; /* SOURCE_QUERY: index in resolved->queries; SOURCE_PAGE_…: in layout->queries */
    enum given given;   /* SOURCE_GIVEN; may be an enum given_edition */
    uint32_t column;    /* REF_PREFIX: the first */
    uint32_t *columns;  /* REF_PREFIX: all, in order */
    size_t column_count;
    bool withheld; /* where it is NULL this reader may not get it, in a copy for another than the layout's own */
};
/* What a query's parameter is bound to: a column of a row around it, or a given value. */
struct resolved_parameter {
    enum source source;     /* ROW or GIVEN */
    uint32_t depth, column; /* SOURCE_ROW */
    enum given given;
};
/* A use of a query, with its parameters bound at this place. */
struct resolved_query {
    struct query *query;                   /* shared by all uses of the name */
    struct resolved_parameter *parameters; /* in the order of query_parameter */
    size_t parameter_count;
    bool constant;     /* depends on givens only: its rows serve all documents */
    uint32_t *columns; /* that the block or table of this use names, NO_COLUMN where the query lacks one: a chart's by
                        * enum point_column, a cross table's in the order of `by`; NULL: it names none */
};
/* Columns that a chart's points are read from. */
enum point_column { POINT_X, POINT_Y, POINT_COMPARE, POINT_SERIES, POINT_TEXT, POINT_COLUMN_COUNT };
/* A `when` or `unless`: true where the value is (value_is_true), or where the query has a row. */
struct resolved_condition {
    bool is_query;
    uint32_t query_use;          /* is_query */
    struct resolved_value value; /* where it is a column */
};

/* What the theme's style `missing` changes where 缺 is printed; the rest is as the place has it. */
struct missing_look {
    const struct text_style *style; /* NULL: the theme has none */
    bool font, colour;
};

/* A column by which a volume finds its documents: where it stands in the volume's row, and in theirs. */
struct by_columns {
    uint32_t own, theirs;
};

/* A layout for one reader, ready to be composed. Only read from here on, but for the rows of `parts` and `volume`. */
struct resolved {
    const struct layout *layout;
    struct session *session; /* of the reader; borrowed */
    enum reader reader;
    bool is_copy; /* for another reader than the layout's own */
    struct givens givens;
    struct arena *arena;
    /* by number; queries has the layout's uses first, then those that {query.column} and conditions needed */
    struct resolved_value *values; /* by number in layout->values */
    struct text_style *styles;     /* by style use */
    enum text_fit *fits;           /* by style use */
    bool *aligned;                 /* by style use: a name beside the role chooses how it is aligned */
    struct resolved_query *queries;
    size_t query_count;
    struct resolved_condition *conditions; /* by number in layout->conditions */
    struct resolved_query *checks;
    struct by_columns *by;        /* of a volume: by number in layout->volume.by */
    struct query *parts, *volume; /* built in, to be given their rows; NULL where nobody asks for them */
    bool has_own;                 /* what queries give depends on whose document it is: session_own before they run */
    uint32_t own_column;          /* of `each`: whose; NO_COLUMN: nobody's */
    struct str unfit_query,
        unfit_by;       /* in a copy for another reader: a query that would say what isn't so, since this reader
                                       * doesn't get a table or column; STR_NONE: none */
    bool asks_for_rows; /* a header or footer prints values of rows that its page shows */
    /* Styles by their role, for what no style use names. */
    const struct text_style *body, *contents, *continued, *note;
    const struct text_style *bold, *italic; /* of {text|rich}; NULL where the theme has no style of the name */
    struct missing_look missing;
};

/* NULL when there is an error; all of them are told. A column that nobody asks for and the like are warnings. Fonts are opened as styles
 * need them. */
struct resolved *resolve_layout(struct arena *arena, const struct layout *layout, struct session *session,
                                enum reader reader, const struct givens *givens, struct fonts *fonts,
                                struct diags *diags);

/* Whose copies a layout makes when nobody asks for another's: `for:`. */
enum reader resolve_own_reader(const struct layout *layout);
/* privacy.yaml in data's words. False when a mask has no such name (R331). */
bool resolve_privacy(struct arena *arena, const struct privacy_spec *spec, struct privacy *out, struct diags *diags);
/* Day, semester and month by the calendar's SQL. What stands in `givens` already is kept, but a day behind the end of what
 * the papers speak of (`until`) becomes that end. False when the
 * calendar is absent or gives nothing and no day was given (R332), or a query of it fails. */
bool resolve_calendar(struct arena *arena, const struct calendar_spec *calendar, struct session *session,
                      struct givens *givens, struct diags *diags);

/* columns.yaml in data's words; file: its path, for messages. Borrows what spec points to. */
struct value_rules resolve_columns(struct arena *arena, const struct columns_spec *spec, struct str file);

/* The relations in data's words. Borrows specs and givens: their parameters are read from it when a relation is filled. */
struct relations resolve_relations(struct arena *arena, const struct relation_spec *specs, size_t count,
                                   const struct givens *givens);

#endif
