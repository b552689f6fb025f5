/* layout.h: a YAML file becomes a checked, immutable layout tree.
 *
 * `read` makes nodes with places, `check` walks a table of checks, `build` makes this tree. Everything that must be looked up
 * later (a value, a style, a query) has a number in the tree; resolve/ makes tables by these numbers, so the tree is shared and never written.
 * A block that is shared by `use` is built anew at each use, so its numbers are its own.
 *
 * Everything lives in the arena of the layout_set. Mistakes are diagnostics L1xx (YAML), L2xx (keys, types), L3xx (drawn tables and
 * text), all told in one go; a layout with an error has `broken` set and is not to be resolved. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"
#include "filter/filter.h"
#include "layout/block.h"

/* --- queries, documents, files ----------------------------------------------------------------------------------- */

/* Queries that a volume gives by itself, known once its documents are bound. */
enum built_in {
    BUILT_IN_NONE,
    BUILT_IN_PARTS, /* `parts`: the documents in it */
    BUILT_IN_VOLUME /* `volume`: the volume itself, one row */
};

struct node;
/* A query of `queries`, or any other SQL of a layout with a name for messages. */
struct named_query {
    struct str name;
    struct str sql;      /* less the blanks and line ends behind it; borrowed from the node */
    struct place place;  /* of the name */
    struct place *lines; /* place of the first character of each line of the SQL */
    size_t line_count;
    bool used;               /* some part of the layout names it */
    enum built_in built_in;  /* has no SQL */
    const struct node *text; /* the scalar, for named_query_place */
};
/* Place of a byte offset in the SQL; context is the struct named_query. Fits struct query_text.place_of. */
struct place named_query_place(const void *context, size_t offset);

/* A place that names a query. */
struct query_use {
    struct place place;
    uint32_t query; /* index in layout->queries */
};
/* What a line of the index is besides a word to find a record by: its key says it. */
enum index_role {
    INDEX_OTHER,
    INDEX_NUMBER, /* number, 编号: names a record wherever its name may not stand */
    INDEX_NAME    /* name, 姓名 */
};
/* A line of `index`: what index.html finds a document by. */
struct index_entry {
    struct str key, column; /* heading there; column of `each` */
    enum index_role role;
    struct place place, key_place;
    uint32_t value; /* value_ref */
};
/* Cards on sheets (bindery/): sizes in mp, as they lie. */
struct sheet_spec {
    struct place place, grid_place;
    int32_t card_width_mp, card_height_mp, paper_width_mp, paper_height_mp, columns, rows,
        gap_mp;           /* columns and rows of cards; gap_mp: between them */
    bool crop;            /* crop marks outside the cards */
    enum turning turning; /* of the paper for their backs; TURNING_NONE: they have none */
};
/* A booklet that is folded from sheets (bindery/). */
struct fold_spec {
    struct place place;
    int32_t paper_width_mp, paper_height_mp, thickness_mp; /* of the sheet as it lies; of one sheet's thickness */
    bool staples;                                          /* marks for two on the outer fold */
    enum turning turning;
};
struct layout;
/* What a layout of volumes binds: documents of another layout. */
struct volume_spec {
    struct place place;
    struct str parts; /* name of a layout */
    struct place parts_place;
    const struct layout *bound; /* that layout; NULL only in a broken one */
    struct names by;            /* columns in which a document's row agrees with the volume's */
    int32_t sheets;             /* 0: no limit */
    uint32_t number;            /* style use */
    int32_t outer_mp, head_mp;  /* of the number */
};
struct check_spec { /* of `checks` (勾稽: what, left, right) and of `findings` (what, remedy, record) */
    struct place place;
    uint32_t query; /* query use */
};
struct calendar_spec { /* of common.yaml: which SQL gives day, semester and month; STR_NONE when absent */
    struct named_query day, semester, month, until;
};

/* for: whose copy it is by itself. */
enum layout_reader { FOR_SCHOOL, FOR_INSPECTOR, FOR_FAMILY, FOR_PUBLIC };

/* A layout: all that its own file and those that it includes say of it. */
struct layout {
    struct str name;   /* the file's name without .yaml: archive */
    struct str path;   /* of its own file, as messages name it */
    bool broken;       /* an error was told of it: it isn't to be resolved */
    struct hash files; /* of the bytes of all files that it is made of: its own, and what these include */
    struct place place;
    struct str title;          /* document: title, its own words: of the layout, and of a file of several rows */
    struct template titled;    /* the same with its values; no lines: it has none */
    enum layout_reader reader; /* whose copy it is where --for names nobody */
    struct str folder;         /* first component of `file` */
    uint32_t each;             /* query use; NO_QUERY: one document */
    struct template file;      /* path below out/TERM/ */
    bool of_run;               /* it tells of a run, and is made behind it (:run) */
    bool of_month;             /* its path names the month: booklet/{month}.pdf */
    struct str file_text;      /* as written, and where: in an included layout when its own file gives none */
    struct place file_place;
    bool has_key;
    struct str key;     /* column of `each`: who is one child (or carer …), whatever the path says */
    uint32_t key_value; /* index in values, where has_key */
    struct index_entry *index;
    size_t index_count;
    struct template check; /* KIND/{number}, which its checking code names; no lines: it bears none */
    int32_t at_most;       /* pages */
    bool duplex;           /* both sides of the paper are printed */
    bool tagged;           /* its PDF has a structure tree */
    struct named_query *queries;
    size_t query_count;
    struct style_spec *styles; /* in the order in which the files first give them */
    size_t style_count;
    const struct style_value
        *style_defaults; /* by key, from the keys' rows: what holds where no style says otherwise */
    struct font_spec *fonts;
    size_t font_count;
    struct str *words; /* that titles aren't parted in */
    size_t word_count;
    struct page_kind *pages; /* [0] is the document's own */
    size_t page_count;
    struct block *body, *front, *back;
    size_t body_count, front_count, back_count;
    bool has_sheet; /* cards; else `sheet` means nothing */
    struct sheet_spec sheet;
    bool has_fold; /* a folded booklet; else `fold` means nothing */
    struct fold_spec fold;
    bool has_volume; /* it binds others; else `volume` means nothing */
    bool is_bound;   /* by a volume of those that were read: it may ask for any column of `each` */
    struct volume_spec volume;
    struct check_spec *checks,
        *findings; /* where checks don't agree there is no document (C521); findings are only told */
    size_t check_count, finding_count;
    /* numbered things */
    struct value_ref *values; /* by PIECE_VALUE and all the value fields above */
    size_t value_count;
    struct style_use *style_uses;
    size_t style_use_count;
    struct query_use *query_uses;
    size_t query_use_count;
    struct condition *conditions;
    size_t condition_count;
};

/* privacy.yaml as read: names only, so that layout/ needn't know data/. */
struct privacy_line {
    struct place place;
    struct str table, column;
    struct named_query masks[4]; /* school, inspector, family, public: the name of a mask, or SQL in brackets */
    struct named_query when;     /* SQL over the row; empty: none */
};
/* Which rows of a table a reader gets: those of a condition, all, none, the document owner's. */
enum rows_shown { ROWS_WHERE, ROWS_ALL, ROWS_NONE, ROWS_OWN };
/* A line of its `rows`; arrays are in the order of enum layout_reader. */
struct privacy_row_line {
    struct place place;
    struct str table;
    enum rows_shown shown[4];
    struct named_query rows[4]; /* ROWS_WHERE: SQL over the row */
};
struct privacy_spec {
    bool present, broken; /* there is a file; it couldn't be read to its end */
    struct privacy_line *lines;
    size_t count;
    struct privacy_row_line *row_lines;
    size_t row_count;
    struct str own_column;           /* empty: none */
    struct named_query own_children; /* SQL; empty: the document's own value alone */
    struct names personal;           /* GLOB patterns of columns that look personal */
};

/* printers.yaml: by how much each printer must be corrected. */
/* How one printer is corrected. */
struct printer_spec {
    struct str name;
    struct place place;
    int32_t x_mp, y_mp; /* right, down */
    int32_t scale;      /* in 1/1000 */
};
struct printers_spec {
    bool present, broken; /* as above */
    struct printer_spec *items;
    size_t count;
};

/* columns.yaml as read: what stands in the columns of the database. */
enum column_form { COLUMN_DAY, COLUMN_MONTH, COLUMN_MOMENT, COLUMN_TEXT, COLUMN_CODE };
/* A line of its `values`. */
struct column_line {
    struct place place;
    struct str table, column; /* table "*": every table that has the column */
    enum column_form form;
    struct str *codes; /* COLUMN_CODE */
    size_t code_count;
    bool always_needed, never_needed; /* needed: yes, no */
    struct named_query needed;        /* a condition, no query; without SQL it may be unknown */
};
/* A line of its `records`: the SQL that gives the number of the archive that a row of the table belongs to. */
struct record_line {
    struct str table, column;
    struct named_query query;
    struct place place;
};
struct columns_spec {
    bool present, broken; /* as above */
    struct column_line *lines;
    size_t count;
    struct record_line *records;
    size_t record_count;
    struct names dated; /* GLOB patterns of columns that look like days */
};

/* A table made of tests that stand in the database: data.h, struct relation. */
struct relation_spec {
    struct str name;
    struct named_query rows, tests;
};

/* All of a folder. It owns the arena that everything is in. */
struct layout_set {
    struct arena *arena;
    struct str folder;       /* as it was given */
    struct layout **layouts; /* files with a `document`, sorted by name; theme.yaml and common.yaml are only included */
    size_t count;
    struct layout **bound; /* that volumes bind and nobody asked for */
    size_t bound_count;
    struct privacy_spec privacy;
    struct printers_spec printers;
    struct columns_spec columns;
    struct calendar_spec calendar;   /* of common.yaml */
    struct relation_spec *relations; /* of common.yaml and what else is shared */
    size_t relation_count;
    int32_t application_id, user_version; /* common.yaml: database: {application id: …, version: …}; 0 when absent */
};
/* Reads all *.yaml of a folder (names may narrow it to some layouts; their includes are read all the same). NULL only when the
 * folder can't be read; else look at each layout's `broken` and at diags. */
struct layout_set *layouts_read(const char *folder, const struct str *names, size_t name_count, struct diags *diags);
/* Adds what may be in every layout of a folder: all its files but those of single layouts, whose hashes are in `files`. */
void layouts_stamp_shared(struct hash_stream *stream, const char *folder);
/* Ends all layouts with their texts; NULL is allowed. */
void layouts_destroy(struct layout_set *set);
/* Borrowed; NULL: none of this name. One that is broken is found too. */
struct layout *layouts_find(const struct layout_set *set, struct str name);
/* The bytes of a file that was read, for diag_format's caret; STR_NONE for others. */
struct str layouts_source(const struct layout_set *set, struct str path);
struct buffer;
/* Appends the tree as text, an object a line, indented: for `check layouts --tree` and goldens. */
void layout_dump(const struct layout *layout, struct buffer *out);

#endif
