/* schema.h: THE table of keys. For each kind of mapping its keys with type, what the value may be, default, and a line of help.
 *
 * The reader walks it (setting.h); messages, the manual's tables of keys (schema_manual) and completion in editors come from it.
 * To add a key: its number in the enum, its row in schema.c, and the line in the builder that uses it. */
#ifndef LAYOUT_SCHEMA_H
#define LAYOUT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum key_type {
    KEY_STRING,   /* text without placeholders */
    KEY_TEMPLATE, /* text with placeholders, each line a paragraph */
    KEY_DRAWN,    /* drawn rows */
    KEY_SQL,
    KEY_NAME,      /* a name: of a style, query, font, column, file */
    KEY_NAMES,     /* a list of names, or one */
    KEY_LENGTH,    /* 25mm; values: least and greatest number of lengths */
    KEY_THICKNESS, /* of a line: 0, or what a press can print */
    KEY_EM_LENGTH, /* 25mm or 2em, also negative */
    KEY_LEADING,   /* 1.5 (of the size) or a length */
    KEY_NUMBER,    /* values: least and greatest */
    KEY_NUMBERS,   /* the same, one or more */
    KEY_YES_NO,
    KEY_CHOICE, /* values: what may stand, parted by | */
    KEY_COLOUR,
    KEY_PAPER,
    KEY_BINDING,    /* left 25mm, duplex */
    KEY_STROKE,     /* 3pt double */
    KEY_WIDTHS,     /* 12mm 1fr auto 48*8mm */
    KEY_PAGES,      /* 400 pages */
    KEY_ROW_HEIGHT, /* at least 8mm */
    KEY_PAD,        /* 4 or foot */
    KEY_WIDE,       /* split, repeat 2 */
    KEY_CELLS,      /* query by column, column */
    KEY_SHRINK,     /* shrink 小四 */
    KEY_SHIFT,      /* 0.3mm -0.2mm; values: the greatest, in mm */
    KEY_SCALE,      /* 100.1%; values: least and greatest in 1/1000 */
    KEY_MAPPING,    /* keys of its own */
    KEY_SHORT,      /* keys of its own, or a value for the first of them */
    KEY_NAMED,      /* free names, each with keys or a value of its own */
    KEY_LIST,       /* a list of mappings */
    KEY_BLOCKS
};

enum mapping_kind {
    MAPPING_FILE,
    MAPPING_DOCUMENT,
    MAPPING_PAGE,
    MAPPING_STYLE,
    MAPPING_TABLE_DEFAULTS,
    MAPPING_CALENDAR,
    MAPPING_RELATION,
    MAPPING_DATABASE,
    MAPPING_SHEET,
    MAPPING_FOLD,
    MAPPING_VOLUME,
    MAPPING_BLOCK,
    MAPPING_CONTENTS,
    MAPPING_TABLE,
    MAPPING_BAND,
    MAPPING_IMAGE,
    MAPPING_QR,
    MAPPING_CHART,
    MAPPING_RULE,
    MAPPING_FRAME,
    MAPPING_SEAL,
    MAPPING_SIGNATURE,
    MAPPING_COLUMNS,
    MAPPING_PRIVACY,
    MAPPING_READERS,
    MAPPING_ROWS,
    MAPPING_OWN,
    MAPPING_PRINTERS,
    MAPPING_PRINTER,
    MAPPING_VALUES,
    MAPPING_VALUE,
    MAPPING_KIND_COUNT
};

struct key {
    const char *name;
    enum key_type type;
    const char *values;  /* as the type says; "" for none */
    const char *initial; /* what holds when it isn't given; "" for nothing */
    bool required;
    enum mapping_kind of; /* of KEY_MAPPING, KEY_SHORT and KEY_NAMED */
    const char *help;     /* one line */
};
struct mapping_schema {
    const char *name;    /* as messages and the manual call it: `document:`, a block */
    const char *chinese; /* the same in Chinese messages; NULL where it is a key, which is the same in both */
    const char *help;
    const struct key *keys;
    size_t count;
};

/* Keys of pages stand in the file itself, in `document` and in each of `pages`; these are common to them. */
enum stamp_key {
    KEY_HEADER,
    KEY_HEADER_ODD,
    KEY_HEADER_EVEN,
    KEY_HEADER_FIRST,
    KEY_HEADER_LAST,
    KEY_HEADER_BLANK,
    KEY_FOOTER,
    KEY_FOOTER_ODD,
    KEY_FOOTER_EVEN,
    KEY_FOOTER_FIRST,
    KEY_FOOTER_LAST,
    KEY_FOOTER_BLANK,
    STAMP_KEY_COUNT
};
enum file_key {
    FILE_INCLUDE = STAMP_KEY_COUNT,
    FILE_DOCUMENT,
    FILE_QUERIES,
    FILE_BODY,
    FILE_FRONT,
    FILE_BACK,
    FILE_SHEET,
    FILE_FOLD,
    FILE_VOLUME,
    FILE_CHECKS,
    FILE_FINDINGS,
    FILE_FONTS,
    FILE_STYLES,
    FILE_WORDS,
    FILE_TABLE,
    FILE_PAGES,
    FILE_BLOCKS,
    FILE_CALENDAR,
    FILE_RELATIONS,
    FILE_DATABASE,
    FILE_KEY_COUNT
};
enum document_key {
    DOCUMENT_TITLE,
    DOCUMENT_FOR,
    DOCUMENT_EACH,
    DOCUMENT_FILE,
    DOCUMENT_KEY,
    DOCUMENT_INDEX,
    DOCUMENT_PAGE,
    DOCUMENT_PAPER,
    DOCUMENT_MARGINS,
    DOCUMENT_BINDING,
    DOCUMENT_DUPLEX,
    DOCUMENT_AT_MOST,
    DOCUMENT_KEY_COUNT
};
enum page_key {
    PAGE_LIKE = STAMP_KEY_COUNT,
    PAGE_PAPER,
    PAGE_MARGINS,
    PAGE_BINDING,
    PAGE_TURN,
    PAGE_CLOSING,
    PAGE_THEN,
    PAGE_GRID,
    PAGE_HEADER_GAP,
    PAGE_FOOTER_GAP,
    PAGE_HEADER_RULE,
    PAGE_FOOTER_RULE,
    PAGE_KEY_COUNT
};
/* A style's keys are numbered by enum style_key of layout.h; `like` stands behind them. */
#define STYLE_LIKE STYLE_KEY_COUNT
enum table_defaults_key {
    DEFAULT_LINE,
    DEFAULT_OUTER_LINE,
    DEFAULT_PADDING,
    DEFAULT_ROW,
    DEFAULT_GAP,
    DEFAULT_HEAD,
    DEFAULT_ZEBRA,
    DEFAULT_CONTINUED,
    DEFAULTS_KEY_COUNT
};
enum calendar_key { CALENDAR_DAY, CALENDAR_SEMESTER, CALENDAR_MONTH, CALENDAR_UNTIL, CALENDAR_KEY_COUNT };
enum relation_key { RELATION_ROWS, RELATION_TESTS, RELATION_KEY_COUNT };
enum database_key { DATABASE_APPLICATION, DATABASE_VERSION, DATABASE_KEY_COUNT };
enum sheet_key { SHEET_CARD, SHEET_PAPER, SHEET_GRID, SHEET_GAP, SHEET_CROP, SHEET_BACKS, SHEET_KEY_COUNT };
enum volume_key { VOLUME_PARTS, VOLUME_BY, VOLUME_SHEETS, VOLUME_NUMBER, VOLUME_AT, VOLUME_KEY_COUNT };
enum fold_key { FOLD_PAPER, FOLD_BACKS, FOLD_STAPLES, FOLD_THICKNESS, FOLD_KEY_COUNT };
/* The first say what a block is, in the order of blocks.c; the others go with them. */
enum block_key {
    KEY_BLOCK_TEXT,
    KEY_BLOCK_HEADING,
    KEY_BLOCK_SECTION,
    KEY_BLOCK_CONTENTS,
    KEY_BLOCK_TABLE,
    KEY_BLOCK_IMAGE,
    KEY_BLOCK_QR,
    KEY_BLOCK_CHART,
    KEY_BLOCK_RULE,
    KEY_BLOCK_SPACE,
    KEY_BLOCK_FRAME,
    KEY_BLOCK_SEAL,
    KEY_BLOCK_SIGNATURE,
    KEY_BLOCK_CROSSES,
    KEY_BLOCK_COLUMNS,
    KEY_BLOCK_PAGE,
    KEY_BLOCK_KEEP,
    KEY_BLOCK_EACH,
    KEY_BLOCK_USE,
    KEY_BLOCK_PREPRINTED,
    KEY_BLOCK_FOOTNOTE,
    BLOCK_KIND_KEY_COUNT,
    KEY_BLOCK_BODY = BLOCK_KIND_KEY_COUNT,
    KEY_BLOCK_WHEN,
    KEY_BLOCK_UNLESS,
    KEY_BLOCK_AT,
    KEY_BLOCK_FIT,
    KEY_BLOCK_VALIGN,
    KEY_BLOCK_LEVEL,
    KEY_BLOCK_NUMBERED,
    KEY_BLOCK_NEW_PAGE,
    BLOCK_KEY_COUNT
};
enum contents_key { CONTENTS_LEVELS, CONTENTS_KEY_COUNT };
enum band_key {
    BAND_EACH,
    BAND_ROWS,
    BAND_WHEN,
    BAND_UNLESS,
    BAND_GROUP,
    BAND_GROUP_HEAD,
    BAND_GROUP_FOOT,
    BAND_PAD,
    BAND_MERGE,
    BAND_EMPTY,
    BAND_KEY_COUNT
};
/* A table of one band gives the band's keys itself. */
enum table_key {
    TABLE_WIDTHS = BAND_KEY_COUNT,
    TABLE_HEAD,
    TABLE_BANDS,
    TABLE_PAGE_HEAD,
    TABLE_PAGE_FOOT,
    TABLE_FOOT,
    TABLE_CONTINUED,
    TABLE_LINE,
    TABLE_OUTER_LINE,
    TABLE_PADDING,
    TABLE_ROW,
    TABLE_GAP,
    TABLE_REPEAT_HEAD,
    TABLE_ZEBRA,
    TABLE_WIDE,
    TABLE_ACROSS,
    TABLE_CELLS,
    TABLE_KEY_COUNT
};
enum image_key { IMAGE_PATH, IMAGE_WIDTH, IMAGE_HEIGHT, IMAGE_WHOLE, IMAGE_ALIGN, IMAGE_KEY_COUNT };
enum qr_key { QR_TEXT, QR_SIZE, QR_KEY_COUNT };
enum chart_key {
    CHART_KIND,
    CHART_OF,
    CHART_X,
    CHART_Y,
    CHART_COMPARE,
    CHART_SERIES,
    CHART_TEXT,
    CHART_TITLE,
    CHART_UNIT,
    CHART_VALUE_NAME,
    CHART_COMPARE_NAME,
    CHART_HEIGHT,
    CHART_STYLE,
    CHART_SCALE,
    CHART_KEY_COUNT
};
enum rule_key { RULE_LINE, RULE_COLOUR, RULE_KEY_COUNT };
enum frame_key { FRAME_INSET, FRAME_LINE, FRAME_COLOUR, FRAME_KEY_COUNT };
enum seal_key { SEAL_SIZE, SEAL_IMAGE, SEAL_KEY_COUNT };
enum signature_key { SIGNATURE_NAME, SIGNATURE_DATE, SIGNATURE_SEAL, SIGNATURE_STYLE, SIGNATURE_KEY_COUNT };
enum columns_key { COLUMNS_COUNT, COLUMNS_GAP, COLUMNS_BALANCED, COLUMNS_KEY_COUNT };
enum privacy_key { PRIVACY_COLUMNS, PRIVACY_ROWS, PRIVACY_OWN, PRIVACY_PERSONAL, PRIVACY_KEY_COUNT };
enum printers_key { PRINTERS_PRINTERS, PRINTERS_KEY_COUNT };
enum printer_key { PRINTER_SHIFT, PRINTER_SCALE, PRINTER_KEY_COUNT };
enum values_key { VALUES_VALUES, VALUES_RECORDS, VALUES_DATED, VALUES_KEY_COUNT };
enum value_key { VALUE_IS, VALUE_OF, VALUE_NEEDED, VALUE_KEY_COUNT };
enum readers_key { READERS_SCHOOL, READERS_INSPECTOR, READERS_FAMILY, READERS_PUBLIC, READERS_WHEN, READERS_KEY_COUNT };
enum rows_key { ROWS_SCHOOL, ROWS_INSPECTOR, ROWS_FAMILY, ROWS_PUBLIC, ROWS_KEY_COUNT };
enum own_key { OWN_COLUMN, OWN_CHILDREN, OWN_KEY_COUNT };

/* The most keys that a kind of mapping has. */
#define KEY_LIMIT 32

const struct mapping_schema *schema_of(enum mapping_kind kind);
/* Is it a key of any kind of mapping? */
bool schema_knows(struct str name);
/* The word of a KEY_CHOICE at its place, from 0. */
struct str schema_choice(enum mapping_kind kind, size_t key, size_t place);
/* The manual's tables of keys, in Markdown (manual.c). */
struct buffer;
void schema_manual(struct buffer *out);
void schema_manual_filters(struct buffer *out);
/* The language as a JSON Schema, for editors (json_schema.c). */
void schema_json(struct buffer *out);

#endif
