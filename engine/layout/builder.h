/* builder.h: what the builders of a layout's parts share.
 *
 * A layout is built from its files, in the order of inclusion: what stands later overrides what stands earlier. Everything
 * that is named (queries, styles, fonts, kinds of page, shared blocks) is known before the blocks are built, so that a name
 * that isn't there is told where it is written. layout_build is the way in, and its body the order of calls.
 *
 * Whatever is built is in the arena of the builder, and texts are borrowed from the sources' nodes: layout and sources live as
 * long as the reader's arena. Parts refer to each other by index, not by pointer, since the arrays grow. Lengths are in mp. A
 * mistake is told once, to the reader, and its part left as if it weren't written: builders give back something that the rest
 * can go on with. */
#ifndef LAYOUT_BUILDER_H
#define LAYOUT_BUILDER_H

#include "layout/layout.h"
#include "layout/reader.h"
#include "layout/setting.h"

#define BLOCK_LIMIT   20000
#define USES_DEEP     510 /* of blocks that use each other: each takes some KB of the stack */
#define COLUMNS_LIMIT 4   /* in each other: setting them takes twice as long for each */
#define COLUMN_LIMIT  500

/* A file and its top-level keys; a key that isn't given, or was told, has no node. */
struct file_settings {
    struct source *source;
    struct setting keys[KEYS_OF_FILE];
};

/* A drawn row whose cells aren't as many as the table's columns. */
struct ragged {
    struct place place;
    size_t cells, columns;
    struct str text; /* its beginning */
};

struct builder {
    struct reader *reader; /* whom mistakes are told */
    struct arena *arena;   /* the reader's; takes all that is built */
    struct layout *layout;
    struct file_settings *files; /* the layout's own file is the last */
    size_t file_count;
    struct ragged *ragged; /* of the table that is being built, among row_count rows */
    size_t ragged_count, ragged_capacity, row_count;
    struct ragged measure; /* the row of that table by which its columns were counted */
    bool codes_told;       /* codes of a spreadsheet's pages, &P */
    bool bars_told;        /* of that table: rows with bars at their ends */
    bool swallowed; /* of that table: a key that stands among its rows was told, and may be one that another needs */
    bool lost;      /* a part of a file couldn't be read: names that are missing aren't told */

    struct strmap queries, styles, fonts, pages, blocks; /* name → index + 1 */
    struct shared_block {
        struct str name;
        struct node *node;
        bool open; /* being built: a use inside is a cycle */
    } *shared;
    size_t shared_count, shared_capacity;
    struct setting defaults[KEYS_OF_DEFAULTS]; /* of tables */

    struct strmap style_uses; /* names → index + 1 */
    size_t query_capacity, style_capacity, font_capacity, word_capacity, page_capacity, value_capacity,
        style_use_capacity, query_use_capacity, condition_capacity;
    size_t block_count;
    int32_t section_level; /* of the sections around */
    struct str padding;    /* a style that holds the padding of the table around; STR_NONE */
    int32_t use_depth;     /* how many shared blocks stand around */
    int32_t columns_depth; /* how many `columns` stand around */
    int32_t parts_depth;   /* how many `each: parts` stand around: {page} is then a column */
    bool takes_notes;      /* a text or a cell is read: [* words] may stand in it */
    bool in_rows;          /* rows of a table are read: {#} counts them */
    bool in_stamp;         /* a header or footer is read: it may tell what is on its page */
    bool only_checked;     /* a shared block that no layout uses: names of queries aren't told */
};

/* --- names and numbers (names.c) ---------------------------------------------------------------------------------- */

/* The use of a query: an index in layout->query_uses, a new one for each call. NO_QUERY where the setting isn't given, or no
 * query has the name, which is told (L182, L203, L204, L258, L260). The query counts as used. */
uint32_t builder_query_use(struct builder *builder, const struct setting *setting);
/* The same of a name. Borrowed: the use keeps only the query's index and the place. */
uint32_t builder_query_use_named(struct builder *builder, struct str name, struct place place);
/* A condition (`when`, `unless`): an index in layout->conditions. NO_QUERY when the setting isn't given, or says more than a
 * name (told). Whether the name is a query or a column is found when the layout is resolved. */
uint32_t builder_condition(struct builder *builder, const struct setting *setting);
/* Appends the value: an index in layout->values. Its query is marked as used; one that isn't there is told, and the value
 * stands all the same. */
uint32_t builder_value(struct builder *builder, struct value_ref value);
/* The index of the value for `column` or `query.column` as a setting names it. What is no such name is told (L241, L253), and
 * still gets one. */
uint32_t builder_column(struct builder *builder, struct str name, struct place place);
/* `.right制表人`: a style that is there with words right behind it. True when told. */
bool builder_tell_no_space(struct builder *builder, struct str name, struct place place);
/* Styles laid over each other: the role, the padding of the table around, then names[0, count), each with its place. An index
 * in layout->style_uses, the same for the same names. Unknown names are told and left out; `vertical` and `diagonal` may be
 * missing. */
uint32_t builder_style_use(struct builder *builder, struct str role, const struct str *names,
                           const struct place *places, size_t count, struct place place);
/* The style of that name, added, and empty, when no file gives it: a table's padding has a style whose name can't be written
 * by hand. `name` must live as long as the arena. The pointer holds until the next style is added. */
struct style_spec *builder_add_style(struct builder *builder, struct str name, struct place place);
/* padding of one to four lengths: top, right, bottom, left. */
void setting_to_padding(const struct setting *setting, struct style_value *value);
/* Is it the built-in query of what a volume binds? */
bool builder_is_parts(const struct builder *builder, uint32_t query_use);
/* Does one of the use's styles say `vertical`? */
bool builder_is_vertical(const struct builder *builder, uint32_t style_use);
/* Tells a name that isn't in `map`, one of the builder's own (L203 with one that is near, L204 with all that there are).
 * `section` is where it was looked for. Not told, but counted as an error, where a part of a file is lost. */
void builder_tell_unknown(struct builder *builder, const struct strmap *map, const char *section, struct str name,
                          struct place place);

/* Index of a kind of page; 0 for `document`, and when there is none (told, with what `section` has). */
uint32_t builder_page(struct builder *builder, const struct setting *page, const char *section);

/* --- from settings to the tree (apply.c) -------------------------------------------------------------------------- */

/* Stores a setting in the field that its key's row names, within the object that the row's mapping describes; what isn't given,
 * or was wrong and told, has the row's default. A key without a field is left to a reader of its own. */
void setting_apply(struct builder *builder, const struct key *key, const struct setting *setting, void *object,
                   struct place place);
/* The same of all keys of a mapping. */
void settings_apply(struct builder *builder, enum mapping_kind kind, const struct setting *settings, void *object,
                    struct place place);
/* Only what is given: the rest stays as it is. */
void settings_apply_given(struct builder *builder, enum mapping_kind kind, const struct setting *settings,
                          void *object);
/* Reads a TYPE_MAPPING or TYPE_SHORT into own[KEYS_AT_MOST], and stores that. */
void mapping_apply(struct builder *builder, enum mapping_kind kind, const struct setting *mapping, struct setting *own,
                   void *object, struct place place);

/* --- texts (template.c, placeholder.c) ---------------------------------------------------------------------------- */

/* Each line of the scalar's text is a line of the template. */
void template_read(struct builder *builder, struct node *node, struct str role, struct template *out);
/* Text[from, to) of a cell: // parts lines. role NONE: label for constant text, value for other. */
void template_read_cell(struct builder *builder, struct node *node, size_t from, size_t to, struct str role,
                        struct template *out);
/* Where the part that begins at `at` ends: before an unescaped end of line, `|` (PART_CELL) or `//` (PART_LINE) outside braces, or
 * at `to`. */
enum part { PART_ROW, PART_CELL, PART_LINE };
/* Offsets in the text, in bytes; the sign itself isn't part of it. */
size_t template_part_end(struct str text, size_t at, size_t to, enum part part);
/* Behind the line that a backslash at `at` joins; `at` when it joins none. */
size_t template_behind_join(struct str text, size_t at, size_t end);
/* Behind the } of the { at `at`; 0 when its line ends before. */
size_t template_behind_brace(struct str text, size_t at, size_t end);
/* `{…}` at offset `at` of the node's text; `end` is behind the closing brace. Fills the piece; false when told as wrong. */
bool placeholder_read(struct builder *builder, struct node *node, size_t at, size_t end, struct piece *piece);

/* --- parts -------------------------------------------------------------------------------------------------------- */

/* Drawn rows, in the arena. */
struct drawn_rows {
    struct drawn_row *rows;
    size_t count;
};
/* The drawn rows of a setting (drawn.c), whose cells have the role's style. *columns 0: the first row tells how many there
 * are, and it is set; else rows of another number are noted in builder->ragged, for table_build to tell. `above`: rows stand
 * above, so ^ may join cells with them. No rows where the setting isn't given. */
struct drawn_rows drawn_read(struct builder *builder, const struct setting *setting, struct str role, size_t *columns,
                             bool above);
/* The same of a header or footer: each row has up to three cells (left, middle, right; more are told, L313), and none may be
 * joined (L316). */
struct drawn_rows drawn_read_stamp(struct builder *builder, const struct setting *setting, struct str role);

/* table.c: the table of a mapping. Never NULL: where the node is no mapping, it has no rows, and that was told. */
struct table *table_build(struct builder *builder, struct node *node);                 /* table.c */
struct block *blocks_build(struct builder *builder, struct node *list, size_t *count); /* blocks.c */
void styles_build(struct builder *builder);                                            /* styles.c: fonts and styles */
void styles_check_bookmarks(struct builder *builder);
/* h1 … h9 */
bool is_heading_role(struct str role);                                                                  /* h1 … h9 */
void pages_build(struct builder *builder, const struct setting *document, const struct setting *sheet); /* pages.c */
/* document.c */
void queries_build(struct builder *builder);
/* The mapping `document`, with its defaults, into the layout: each, file, title, key, index, check. */
void document_build(struct builder *builder, const struct setting *document);
/* A layout that prints cards on sheets: sets has_sheet. Without `grid` there is one card on each. */
void sheet_build(struct builder *builder, const struct setting *sheet, struct place place);
/* After pages_build: the paper is measured by the document's own page. */
void fold_build(struct builder *builder, const struct setting *fold, struct place place);
/* A layout that binds others: sets has_volume. */
void volume_build(struct builder *builder, const struct setting *volume, struct place place);
/* The lists `checks` and `findings` of all files, after queries_build: each names a query. */
void checks_build(struct builder *builder);
/* Fills *query from its name and the scalar of its SQL, both borrowed, and notes the place of each of its lines, by which
 * SQLite's messages find their way back. The SQL isn't prepared here. */
void query_read(struct builder *builder, struct str name, struct place place, struct node *sql,
                struct named_query *query);
/* What the file's `calendar` gives, over what stands in *calendar. */
void calendar_build(struct builder *builder, const struct file_settings *file, struct calendar_spec *calendar);
struct set_settings;
/* Appends the relations that the file gives to those of the set; of one name the later counts. */
void relations_build(struct builder *builder, const struct file_settings *file, struct set_settings *settings);
/* The marks of a database that the file names (PRAGMA application_id and user_version), over what stands in *settings. */
void database_build(struct builder *builder, const struct file_settings *file, struct set_settings *settings);

/* What files give to the whole set. */
struct set_settings {
    struct calendar_spec calendar;
    struct relation_spec *relations;
    size_t relation_count, relation_capacity;
    int32_t application_id, user_version;
};
/* Does the layout print on this kind of page, as far as its own file says? Kinds that the theme has and that stand upright always count. */
bool builder_prints_on(const struct builder *builder, size_t page);
/* Builds a layout of its files; the last is its own. `lost`: one of them is missing. */
struct layout *layout_build(struct reader *reader, struct source **sources, size_t count, bool lost);
/* Looks at files that only share: nothing is kept but what they give to the set. */
void shared_build(struct reader *reader, struct source **sources, size_t count, struct set_settings *settings);
/* Checks over the whole layout (check.c), of which `errors` were told so far. */
void layout_check(struct builder *builder, size_t errors);

/* --- labels.c: what the form calls its values --- */

/* By the words before each placeholder of a text. */
void labels_of_text(struct builder *builder, const struct template *text);
/* Of drawn rows also by the cell at the left; under a head (NULL: none) by its cell of the same column instead. */
void labels_of_rows(struct builder *builder, const struct drawn_row *rows, size_t count, const struct drawn_row *head);

#endif
