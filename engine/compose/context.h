/* context.h: what composing one document carries along. Private to compose/.
 *
 * The order of work: `build` turns blocks and rows into items, `flow` places items on pages, `stamp` adds headers and
 * footers. */
#ifndef COMPOSE_CONTEXT_H
#define COMPOSE_CONTEXT_H

#include "compose/compose.h"
#include "text/narrative.h"

#define ROW_DEPTH 16
#define WHOLE     1000 /* scale in 1/1000 */

struct composer {
    const struct resolved *resolved;
    const struct layout *layout;
    struct compose_tools tools;
    struct arena *arena;        /* lives as long as the composer */
    struct arena *row_arena;    /* emptied after each row of the document */
    struct arena *page_arena;   /* emptied after each page */
    struct rows *constant_rows; /* by query use: rows that depend on givens only */
    bool *constant_known;
    struct seals *seals;  /* that were read; NULL: none yet */
    struct label *labels; /* constant lines that were set already */
    size_t label_count, label_capacity;
};

/* Rows around a place: depth 0 is the document's. Copied into items, since they are placed after the stack has moved
 * on. */
struct row_stack {
    const struct value *rows[ROW_DEPTH];
    uint32_t depth;
};

/* What {#}, {#count …} and {#sum …} print where they stand; NULL rows where there is no table. */
struct tally {
    const struct rows *rows;                 /* of the band that repeats */
    size_t row;                              /* the data row at hand, from 0 */
    size_t from[SPAN_COUNT], to[SPAN_COUNT]; /* by enum counter_span: the rows that it covers */
    uint32_t depth;                          /* where the band's row stands in the stack */
    size_t ordinal[SPAN_COUNT];              /* what {#} prints, by span */
};

/* A note: at the foot of a page, or below the part of a table. */
#define NOTE_AT_END SIZE_MAX
struct note {
    struct str text; /* as printed: equal notes below a table share a number */
    const struct text_style *style;
    const struct paragraph *paragraph;
    struct lines lines; /* of the width that they were last asked for; none: not yet */
    size_t
        offset; /* of its mark, in bytes of the text that it is in; NOTE_AT_END: it has none, and belongs to all of it */
    size_t row; /* line of the item where the mark stands, or NOTE_AT_END */
};
struct note_list {
    struct note *items;
    size_t count, capacity;
    bool of_table; /* numbered in the list, equal ones once; else through the document */
    bool apart;    /* of a table: too high for its part, so they go to the foot of the page */
};

/* Sums over rows from the first on, which a later call goes on from: the last one asked for, and one some rows before it, for rows
 * that are set again on the next page. */
#define SUM_BAD_KEPT 4
struct sum {
    size_t to;
    int64_t whole; /* × 10^-scale */
    int32_t scale; /* decimals of numbers that are written as text */
    double real;
    bool is_real;
    const struct value *bad[SUM_BAD_KEPT]; /* the first that are no numbers */
    size_t bad_count;
};
struct sum_from_first {
    const struct rows *rows;
    uint32_t column;
    struct sum last, earlier;
};
#define SUMS_KEPT 8

/* What many rows have alike at one place of the layout is told as one finding: coarse pictures, what runs off the paper. */
struct gathered {
    enum diag_code code;
    struct place place;
    struct str what;        /* kind of block */
    size_t count, drawings; /* pictures; characters and marks beyond the paper */
    int32_t least;          /* dpi */
};

/* Something to tell of the document, held back while it is only tried where something fits (findings.c). */
struct finding {
    enum diag_code code;
    struct place place;
    struct str a, b;
    const struct paragraph *text; /* what its characters give to tell; NULL: the code */
};
struct findings {
    struct finding *items;
    size_t count, capacity;
    struct arena *arena; /* outlives the trial */
    bool incomplete;     /* something prints 缺 */
};

struct heading_entry {
    struct str title, anchor;
    uint8_t level;
    size_t index; /* among the context's */
};

/* The rows of an `each` block around an item, innermost first. */
struct each_frame {
    const struct each_frame *outer;
    uint32_t query; /* index in layout->queries */
    const struct value *row;
};

/* The first and the last row of a query that a page shows. */
struct page_rows {
    struct page_rows *next;
    uint32_t query;
    const struct value *first, *last;
};

/* A document of those that share a file: its pages are counted for themselves. */
struct part {
    size_t from, to;      /* its pages */
    size_t first_heading; /* of the context's; they go on to the next part's */
    struct str record;    /* for findings of its headers and footers */
};

/* What a page needs to get its header and footer at the end. */
struct page_note {
    const struct page_kind *kind;
    struct row_stack stack;
    bool counts;
    struct page_rows *rows;            /* NULL where no header or footer asks for them */
    size_t first_heading, heading_end; /* of the context's headings, those on this page */
};

struct context {
    struct composer *composer;
    const struct resolved *resolved;
    const struct layout *layout;
    struct arena *arena;      /* what lasts as long as the document */
    struct arena *row_arena;  /* items and what they hold; emptied when the row of the document is on its pages */
    struct arena *page_arena; /* what only placing needs; emptied after each page */
    struct arena *words; /* of text that is being written: the arena, or page_arena for what is set anew on each page */
    struct diags *diags;
    struct findings *found; /* takes what is told while something is tried; NULL: it is told at once */
    struct str record;
    struct document *document;
    struct compose_counts counts;
    bool incomplete, failed;
    struct row_stack stack;
    const struct tally *tally;
    size_t part; /* of the columns that a cell stands for, the one that is set: which of its columns {days…} prints */
    struct sum_from_first sums[SUMS_KEPT];
    size_t sum_count; /* ever begun: the oldest gives way */
    int32_t scale;    /* of type sizes, in 1/1000: `fit: shrink` */
    enum layer layer;
    uint32_t keep, last_keep; /* blocks under `keep` share a number; 0: none */
    struct heading_entry *headings;
    size_t heading_count, heading_capacity;
    int32_t section[6]; /* numbers of the sections in force */
    int32_t section_level;
    const struct page_kind *page_kind; /* that what is being built will stand on */
    struct page_note *notes;           /* of each page */
    size_t note_count, note_capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    struct str bookmark; /* that the next page bears; STR_NONE: none */
    uint8_t shift;       /* of the headings' levels, below the bookmarks of parts */
    const struct each_frame *each;
    struct note_list *noting; /* takes the notes of the text that is expanded; NULL: it has none */
    uint32_t note_number;     /* the last one of the document */
    struct running *running;  /* what headers and footers tell of their page; NULL elsewhere */
    int32_t page, pages;      /* what {page} and {pages} print while stamping; 0 elsewhere */
    struct rows *row_cache;   /* by query use: rows of the last run and the parameters they were for */
    struct value **row_parameters;
    const struct value *owner; /* the document's row that they were for, where that makes a difference */
    struct place at;           /* of the line of the layout that is being written, for what is told of its text */
    uint32_t *told;            /* code points without a glyph that were told for this document */
    size_t told_count, told_capacity;
    bool told_overflow, told_keep, told_backwards, told_control, told_unpaired;
    struct gathered *gathered; /* told when the row of the document is on its pages */
    size_t gathered_count, gathered_capacity;
    struct finding *told_values; /* findings of a value that are told once a document */
    size_t told_value_count, told_value_capacity;
    struct box paper; /* the trim, in coordinates of what is drawn on */
    size_t judged;    /* marks there that paper.c has seen */
    int32_t boxed;    /* inside a box or a card, which has no foot: notes stand below their text */
    int32_t nested;   /* inside a column or a box: page breaks have no meaning there */
    uint32_t element; /* last number given to a logical element */
};

/* --- values.c: rows and values --------------------------------------------------------------------------------------
 */

/* For one document, or for the name of one; on the stack, what it points to in the arena. record: its key for findings. */
struct context context_create(struct composer *composer, struct arena *arena, struct str record, struct diags *diags);
/* Rows of a query use for the rows around. Shared: don't write. Empty when the query failed (told). */
const struct rows *context_rows(struct context *context, uint32_t query_use);
/* The same, never shared with a later call: for rows that items keep. */
struct rows *context_run(struct context *context, uint32_t query_use);
const struct value *context_value(struct context *context, uint32_t value);
bool context_condition(struct context *context, uint32_t when, uint32_t unless);
void context_push(struct context *context, const struct value *row);
void context_pop(struct context *context);
/* --- findings.c: what is told of a document ---------------------------------------------------------------------------
 *
 * Placing changes nothing: while an item is tried its findings are gathered in context->found, and told when it is committed as
 * it was tried. Of a trial that came to nothing nothing is told. */

/* A finding of this document. field: block, row and cell. */
void context_tell(struct context *context, enum diag_code code, struct place place, struct str a, struct str b);
/* 缺 stands on the paper. */
void context_lacks(struct context *context);
/* Tells what no face has of a paragraph, and what was done with what is hardly meant; each once a document. */
void context_tell_text(struct context *context, const struct paragraph *paragraph);
/* Findings of a trial that stays; NULL: none. They go to context->found where there is one. */
void findings_tell(struct context *context, const struct findings *found);
/* The finding of this code and place that gathers what is alike; new ones are all 0. */
struct gathered *context_gather(struct context *context, enum diag_code code, struct place place);
/* Tells what was gathered, one message a place of the layout however many rows it stands for, and begins anew. */
void context_tell_gathered(struct context *context);
/* A copy in the list's arena; NULL where nothing was found. */
const struct findings *findings_keep(const struct findings *found);

/* --- paper.c --- */

/* A page, or what stands turned on one, is drawn on from here on. */
void paper_begin(struct context *context, struct box paper);
/* Marks from one on, of a block: what of them lies beyond the trim is not placed, and told. */
void paper_judge(struct context *context, const struct canvas *canvas, size_t from, struct place place,
                 struct str block);

/* --- tally.c --- */

/* Sum of a column over the rows of a span; whole as long as all its numbers are. Numbers written as text count too, exactly; what is
 * none is told at the counter's place. */
struct value tally_sum(struct context *context, const struct tally *tally, enum counter_span span, uint32_t column,
                       struct place place);

/* --- notes.c ----------------------------------------------------------------------------------------------------------
 */

/* The mark of a note as a span at the end of `spans`; the note goes to context->noting. Nothing where its values are all
 * unknown or empty: so a query says which rows have a note. */
struct spans;
void note_expand(struct context *context, const struct piece *piece, const struct text_style *own, struct spans *spans);
/* A note without a mark: all of the line is its text. */
void note_add(struct context *context, struct note_list *list, const struct template_line *line);
/* Its lines in a width; broken again only when the width is another. */
const struct lines *note_lines(struct context *context, struct note *note, int32_t width_mp);

/* --- running.c: what pages show, for their headers and footers ------------------------------------------------------
 */

void running_note_heading(struct context *context, const struct heading_entry *heading);
/* A row of a query stands on the page that was begun last. */
void running_note_row(struct context *context, uint32_t query, const struct value *row);
/* For each part: nothing is carried over into it. */
void running_begin(struct context *context);
/* The page at an index is stamped; afterwards what it shows is carried over. */
void running_enter(struct context *context, size_t page);
void running_leave(struct context *context);
/* NULL: neither this page nor one before it shows a row of the query. */
const struct value *running_row(const struct context *context, uint32_t query, bool last);
/* Title of the first heading of a level on the page, else of the one in force at its top; STR_NONE. */
struct str running_section(const struct context *context, uint32_t level);

/* --- expand.c: templates become spans -------------------------------------------------------------------------------
 */

struct spans {
    struct text_span *items;
    size_t count, capacity;
};
const struct text_style *context_style(struct context *context, uint32_t style);
const struct text_style *context_scaled(struct context *context, const struct text_style *style);
/* The spans of a line; its pieces' values written by their filters. */
struct spans expand_line(struct context *context, const struct template_line *line);
/* All of a template as plain text, lines joined by a blank; for titles, paths and codes. */
struct str expand_text(struct context *context, const struct template *text);
/* One value through its filters. `blank`: an unknown value gives "" instead of — or 缺. */
struct str expand_value(struct context *context, uint32_t value, bool blank);
/* Shapes a line; tells characters that no face has. */
struct paragraph *context_shape(struct context *context, struct arena *arena, const struct template_line *line);
struct paragraph *context_shape_text(struct context *context, struct arena *arena, struct str text,
                                     const struct text_style *style);
struct paragraph *context_shape_spans(struct context *context, struct arena *arena, const struct spans *spans,
                                      const struct text_style *style);
/* A line set in a width, as its style says. Constant lines are set once a run and shared; others live in the arena. */
struct lines context_lines(struct context *context, struct arena *arena, const struct template_line *line,
                           int32_t width_mp);
/* Emits lines [from, to) and counts their characters as placed. */
void context_emit(struct context *context, struct canvas *canvas, const struct lines *lines, size_t from, size_t to,
                  int32_t x_mp, int32_t y_mp);
/* A line that is nothing but {text|rich}: its paragraphs, each shaped; false when it isn't one, or has no value. */
struct rich_paragraph {
    struct paragraph *paragraph;
    const struct text_style *style;
    struct paragraph **cells;           /* of a table's row: what its cells hold; else NULL */
    const struct narrative_cell *spans; /* of the cells: over how many columns and rows each stands */
    size_t cell_count;
    uint32_t table; /* rows of one table have the same; 0: no row */
    bool head;      /* a row of headings */
};
bool context_rich(struct context *context, struct arena *arena, const struct template_line *line,
                  struct rich_paragraph **paragraphs, size_t *count);
/* The value of a template that is nothing but a picture ({photo|image}); false when it isn't one. */
bool template_picture(const struct context *context, const struct template *text, uint32_t *value);
/* Draws the picture of a path value into a box, or tells why not and leaves the box empty. */
void context_picture(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                     struct place place, bool whole);
/* The value of a template that is one placeholder, else its text: a path. */
const struct value *context_path(struct context *context, const struct template *text);
/* What a seal's path gives; NULL: none is asked for. */
const struct value *context_seal_path(struct context *context, const struct seal_spec *seal);
/* Draws the seal of a path into a box. Where there is none, or it can't be drawn (told), the place stays free, and a proof has a
 * ring there. */
void context_seal(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                  struct place place);

#endif
