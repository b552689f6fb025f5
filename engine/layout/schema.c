/* schema.c: the keys of each kind of mapping. */
#include "layout/schema.h"

#include "layout/layout.h"

/* clang-format off */
#define STAMP_KEYS \
    [KEY_HEADER] = {"header", KEY_DRAWN, "", "", false, 0, "rows of one to three cells above the text: left | centre | right"}, \
    [KEY_HEADER_ODD] = {"header odd", KEY_DRAWN, "", "header", false, 0, "of pages with an odd number"}, \
    [KEY_HEADER_EVEN] = {"header even", KEY_DRAWN, "", "header", false, 0, "of pages with an even number"}, \
    [KEY_HEADER_FIRST] = {"header first", KEY_DRAWN, "", "header", false, 0, "of the document's first page; empty text for none"}, \
    [KEY_HEADER_LAST] = {"header last", KEY_DRAWN, "", "header", false, 0, "of the document's last page"}, \
    [KEY_HEADER_BLANK] = {"header blank", KEY_DRAWN, "", "", false, 0, "of pages that stay empty, before a recto or verso; they bear no number"}, \
    [KEY_FOOTER] = {"footer", KEY_DRAWN, "", "", false, 0, "the same below the text"}, \
    [KEY_FOOTER_ODD] = {"footer odd", KEY_DRAWN, "", "footer", false, 0, "of pages with an odd number"}, \
    [KEY_FOOTER_EVEN] = {"footer even", KEY_DRAWN, "", "footer", false, 0, "of pages with an even number"}, \
    [KEY_FOOTER_FIRST] = {"footer first", KEY_DRAWN, "", "footer", false, 0, "of the document's first page"}, \
    [KEY_FOOTER_LAST] = {"footer last", KEY_DRAWN, "", "footer", false, 0, "of the document's last page"}, \
    [KEY_FOOTER_BLANK] = {"footer blank", KEY_DRAWN, "", "", false, 0, "of pages that stay empty"}

static const struct key file_keys[] = {
    STAMP_KEYS,
    [FILE_INCLUDE] = {"include", KEY_NAMES, "", "theme.yaml, common.yaml", false, 0, "files of the same folder whose parts this one shares; what stands later overrides"},
    [FILE_DOCUMENT] = {"document", KEY_MAPPING, "", "", false, MAPPING_DOCUMENT, "what is printed, for whom, on which paper, into which file"},
    [FILE_QUERIES] = {"queries", KEY_NAMED, "sql", "", false, 0, "name: SELECT …; a :column is bound from the row around"},
    [FILE_BODY] = {"body", KEY_BLOCKS, "", "", false, 0, "the blocks of the document, from top to bottom"},
    [FILE_FRONT] = {"front", KEY_BLOCKS, "", "", false, 0, "blocks of a card's front; what stands before a volume's documents: its cover, its contents"},
    [FILE_BACK] = {"back", KEY_BLOCKS, "", "", false, 0, "blocks of a card's back; what stands behind a volume's documents: 备考表"},
    [FILE_SHEET] = {"sheet", KEY_MAPPING, "", "", false, MAPPING_SHEET, "cards: the page is the card, sheets are filled with them"},
    [FILE_FOLD] = {"fold", KEY_MAPPING, "", "", false, MAPPING_FOLD, "a booklet: two pages side by side, the sheets folded together and stapled in the fold"},
    [FILE_VOLUME] = {"volume", KEY_MAPPING, "", "", false, MAPPING_VOLUME, "案卷: documents of another layout, bound between `front` and `back`, with running page numbers"},
    [FILE_CHECKS] = {"checks", KEY_NAMES, "", "", false, 0, "勾稽: queries that return what, left, right; where left and right differ the document stops"},
    [FILE_FINDINGS] = {"findings", KEY_NAMES, "", "", false, 0, "queries that return what, remedy, record: each row is told once a run and stands in findings.csv; nothing stops"},
    [FILE_FONTS] = {"fonts", KEY_NAMED, "names", "", false, 0, "name: [face, face]; the first that has a character prints it"},
    [FILE_STYLES] = {"styles", KEY_NAMED, "", "", false, MAPPING_STYLE, "how characters, paragraphs and cells look"},
    [FILE_WORDS] = {"words", KEY_NAMES, "", "", false, 0, "words that titles (`lines: sense`) aren't parted in: 留守儿童; those of all files together"},
    [FILE_TABLE] = {"table", KEY_MAPPING, "", "", false, MAPPING_TABLE_DEFAULTS, "what holds for every table that doesn't say otherwise"},
    [FILE_PAGES] = {"pages", KEY_NAMED, "", "", false, MAPPING_PAGE, "kinds of page; `default` is every document's own"},
    [FILE_BLOCKS] = {"blocks", KEY_NAMED, "blocks", "", false, 0, "blocks that layouts share by `use`"},
    [FILE_CALENDAR] = {"calendar", KEY_MAPPING, "", "", false, MAPPING_CALENDAR, "SQL that gives day, semester and month"},
    [FILE_RELATIONS] = {"relations", KEY_NAMED, "", "", false, MAPPING_RELATION, "tables made of tests that stand in the database, for all queries"},
    [FILE_DATABASE] = {"database", KEY_MAPPING, "", "", false, MAPPING_DATABASE, "which databases the layouts were made for"},
};

static const struct key document_keys[] = {
    [DOCUMENT_TITLE] = {"title", KEY_STRING, "", "", true, 0, "what the document is called"},
    [DOCUMENT_FOR] = {"for", KEY_CHOICE, "school|inspector|family|public", "school", false, 0, "its natural reader; --for chooses another"},
    [DOCUMENT_EACH] = {"each", KEY_NAME, "queries", "", false, 0, "the query whose rows each make a document; without it there is one"},
    [DOCUMENT_FILE] = {"file", KEY_TEMPLATE, "", "", true, 0, "its path below out/: folder/{column}.pdf; rows with an equal path share one PDF"},
    [DOCUMENT_KEY] = {"key", KEY_NAME, "", "", false, 0, "a column: rows share a PDF only where it is equal, for a path that names a person"},
    [DOCUMENT_INDEX] = {"index", KEY_NAMED, "name", "", false, 0, "what out/index.html may search: key: column"},
    [DOCUMENT_PAGE] = {"page", KEY_NAME, "pages", "default", false, 0, "the kind of page that its own is like"},
    [DOCUMENT_PAPER] = {"paper", KEY_PAPER, "", "A4", false, 0, "A4, A4 landscape, 16开, or width and height"},
    [DOCUMENT_MARGINS] = {"margins", KEY_LENGTH, "1 4", "25mm 20mm 20mm 25mm", false, 0, "head, fore-edge, foot, binding edge; or one for all"},
    [DOCUMENT_BINDING] = {"binding", KEY_BINDING, "", "", false, 0, "left 25mm, duplex: the binding edge and whether both sides are printed"},
    [DOCUMENT_DUPLEX] = {"duplex", KEY_YES_NO, "", "no", false, 0, "both sides of the paper are printed"},
    [DOCUMENT_AT_MOST] = {"at most", KEY_PAGES, "", "2000 pages", false, 0, "a longer document is a mistake and not printed"},
};

static const struct key page_keys[] = {
    STAMP_KEYS,
    [PAGE_LIKE] = {"like", KEY_NAME, "pages", "", false, 0, "a kind of page whose keys it takes over"},
    [PAGE_PAPER] = {"paper", KEY_PAPER, "", "A4", false, 0, "A4, A4 landscape, 16开, or width and height"},
    [PAGE_MARGINS] = {"margins", KEY_LENGTH, "1 4", "25mm 20mm 20mm 25mm", false, 0, "head, fore-edge, foot, binding edge; or one for all"},
    [PAGE_BINDING] = {"binding", KEY_BINDING, "", "", false, 0, "left 25mm, duplex: the binding edge and whether both sides are printed"},
    [PAGE_TURN] = {"turn", KEY_CHOICE, "head at the binding edge|no", "no", false, 0, "the lines run upwards on an upright sheet: a landscape page among portrait ones"},
    [PAGE_CLOSING] = {"closing", KEY_YES_NO, "", "no", false, 0, "as 版记 closes: on the last side of the last sheet, so on an even page; what fills a folded booklet goes before it"},
    [PAGE_THEN] = {"then", KEY_NAME, "pages", "", false, 0, "the kind of the pages that follow by themselves: a first page with other margins; `document` for its own"},
    [PAGE_GRID] = {"grid", KEY_NUMBERS, "1 200", "", false, 0, "characters a line and lines a page: 28 22 (GB/T 9704)"},
    [PAGE_HEADER_GAP] = {"header gap", KEY_LENGTH, "1 1", "5mm", false, 0, "from header to text"},
    [PAGE_FOOTER_GAP] = {"footer gap", KEY_LENGTH, "1 1", "5mm", false, 0, "from text to footer"},
    [PAGE_HEADER_RULE] = {"header rule", KEY_THICKNESS, "1 1", "0", false, 0, "thickness of a rule below the header"},
    [PAGE_FOOTER_RULE] = {"footer rule", KEY_THICKNESS, "1 1", "0", false, 0, "thickness of a rule above the footer"},
};

static const struct key style_keys[] = {
    [STYLE_FONT] = {"font", KEY_NAME, "fonts", "", false, 0, "one of `fonts`"},
    [STYLE_SIZE] = {"size", KEY_LENGTH, "1 1", "小四", false, 0, "小四, 12pt"},
    [STYLE_LEADING] = {"leading", KEY_LEADING, "", "1.3", false, 0, "distance of lines: 1.5 times the size, or a length"},
    [STYLE_INDENT] = {"indent", KEY_EM_LENGTH, "1 1", "0", false, 0, "of a paragraph's first line; negative hangs"},
    [STYLE_LEFT] = {"left", KEY_EM_LENGTH, "1 1", "0", false, 0, "indent of all lines at the left"},
    [STYLE_RIGHT] = {"right", KEY_EM_LENGTH, "1 1", "0", false, 0, "indent of all lines at the right"},
    [STYLE_SPACE_BEFORE] = {"space before", KEY_EM_LENGTH, "1 1", "0", false, 0, "above a paragraph"},
    [STYLE_SPACE_AFTER] = {"space after", KEY_EM_LENGTH, "1 1", "0", false, 0, "below a paragraph"},
    [STYLE_LETTER_SPACE] = {"letter space", KEY_EM_LENGTH, "1 1", "0", false, 0, "added behind every character"},
    [STYLE_ALIGN] = {"align", KEY_CHOICE, "justify|left|centre|right|distribute|decimal", "justify", false, 0, "distribute is 分散对齐; decimal: points under each other, in a table"},
    [STYLE_VALIGN] = {"valign", KEY_CHOICE, "top|middle|bottom", "middle", false, 0, "in a cell"},
    [STYLE_COLOUR] = {"colour", KEY_COLOUR, "", "black", false, 0, "of the characters"},
    [STYLE_DECORATION] = {"decoration", KEY_CHOICE, "none|underline|dots|strike", "none", false, 0, "dots are 着重号"},
    [STYLE_RISE] = {"rise", KEY_EM_LENGTH, "1 1", "0", false, 0, "above the line, for superscripts"},
    [STYLE_VERTICAL] = {"vertical", KEY_YES_NO, "", "no", false, 0, "characters under each other, in a cell"},
    [STYLE_STRICT] = {"strict", KEY_YES_NO, "", "no", false, 0, "—— and …… don't begin a line"},
    [STYLE_KEEP_WITH_NEXT] = {"keep with next", KEY_YES_NO, "", "no", false, 0, "never the last line of a page"},
    [STYLE_BOOKMARK] = {"bookmark", KEY_NUMBER, "0 9", "0", false, 0, "level of a bookmark and line in the contents"},
    [STYLE_PADDING] = {"padding", KEY_LENGTH, "1 4", "1mm", false, 0, "of a cell: top and bottom, left and right; or one for all; or four"},
    [STYLE_FIT] = {"fit", KEY_CHOICE, "normal|name", "normal", false, 0, "name: squeezed, then smaller, then wrapped"},
    [STYLE_MIN_SIZE] = {"min size", KEY_LENGTH, "1 1", "", false, 0, "not made smaller than this"},
    [STYLE_FILL] = {"fill", KEY_COLOUR, "", "", false, 0, "background of a cell"},
    [STYLE_GRID] = {"grid", KEY_YES_NO, "", "no", false, 0, "set on the grid of the page kind that has one"},
    [STYLE_LINES] = {"lines", KEY_CHOICE, "auto|first|best|sense", "auto", false, 0, "how lines are chosen: one by one, all at once for even gaps, or between words as titles are; auto: best in short measures"},
    [STYLE_LIKE] = {"like", KEY_NAME, "styles", "", false, 0, "a style whose keys it takes over"},
};

static const struct key table_defaults_keys[] = {
    [DEFAULT_LINE] = {"line", KEY_THICKNESS, "1 1", "0.5pt", false, 0, "thickness of the rules between cells; 0 for none"},
    [DEFAULT_OUTER_LINE] = {"outer line", KEY_THICKNESS, "1 1", "line", false, 0, "thickness of the table's frame"},
    [DEFAULT_PADDING] = {"padding", KEY_LENGTH, "1 4", "", false, 0, "of cells whose style has none"},
    [DEFAULT_ROW] = {"row", KEY_ROW_HEIGHT, "", "0", false, 0, "least height of a row: at least 8mm"},
    [DEFAULT_GAP] = {"gap", KEY_LENGTH, "1 1", "0", false, 0, "between columns, each then has its own frame"},
    [DEFAULT_HEAD] = {"head", KEY_CHOICE, "repeat|once", "repeat", false, 0, "whether a table's head stands on each page"},
    [DEFAULT_ZEBRA] = {"zebra", KEY_COLOUR, "", "", false, 0, "background of every second row"},
    [DEFAULT_CONTINUED] = {"continued", KEY_TEMPLATE, "", "", false, 0, "above the table on its further pages: 续表"},
};

static const struct key calendar_keys[] = {
    [CALENDAR_DAY] = {"day", KEY_SQL, "", "", false, 0, "the day that the papers speak of"},
    [CALENDAR_SEMESTER] = {"semester", KEY_SQL, "", "", false, 0, "the semester of :as_of"},
    [CALENDAR_MONTH] = {"month", KEY_SQL, "", "", false, 0, "the month of :as_of"},
    [CALENDAR_UNTIL] = {"until", KEY_SQL, "", "", false, 0, "the last day that papers of :semester and :month may speak of, asked with :as_of: it is :as_of from then on"},
};

static const struct key relation_keys[] = {
    [RELATION_ROWS] = {"rows", KEY_SQL, "", "", true, 0, "what is asked about: its columns are the parameters of the tests"},
    [RELATION_TESTS] = {"tests", KEY_SQL, "", "", true, 0, "the tests: the column test is an SQL expression; the others stand in the table"},
};

static const struct key database_keys[] = {
    [DATABASE_APPLICATION] = {"application id", KEY_NUMBER, "-2147483648 2147483647", "0", false, 0, "PRAGMA application_id of such databases, also 0x…"},
    [DATABASE_VERSION] = {"version", KEY_NUMBER, "0 2147483647", "0", false, 0, "PRAGMA user_version that they must have"},
};

static const struct key sheet_keys[] = {
    [SHEET_CARD] = {"card", KEY_PAPER, "", "", true, 0, "width and height of a card: 85.60mm 53.98mm, or ID-1"},
    [SHEET_PAPER] = {"paper", KEY_PAPER, "", "A4", false, 0, "of the sheet"},
    [SHEET_GRID] = {"grid", KEY_NUMBERS, "1 100", "", true, 0, "cards across and down: 2 5"},
    [SHEET_GAP] = {"gap", KEY_LENGTH, "1 1", "0mm", false, 0, "between cards; 0: one cut parts two"},
    [SHEET_CROP] = {"crop", KEY_YES_NO, "", "no", false, 0, "crop marks outside the cards"},
    [SHEET_BACKS] = {"backs", KEY_CHOICE, "none|long-edge|short-edge", "none", false, 0, "how the paper is turned for the backs"},
};

static const struct key fold_keys[] = {
    [FOLD_PAPER] = {"paper", KEY_PAPER, "", "two pages side by side", false, 0, "of the sheet, as it lies: A3 landscape"},
    [FOLD_BACKS] = {"backs", KEY_CHOICE, "short-edge|long-edge", "short-edge", false, 0, "how the printer turns the sheet for its back"},
    [FOLD_STAPLES] = {"staples", KEY_YES_NO, "", "no", false, 0, "marks on the outer fold for two staples, 70 mm from head and foot"},
    [FOLD_THICKNESS] = {"thickness", KEY_LENGTH, "1 1", "0.1mm", false, 0, "of a sheet: in more than 10 sheets each moves its pages so much nearer to the fold than the one around it"},
};

static const struct key volume_keys[] = {
    [VOLUME_PARTS] = {"parts", KEY_NAME, "", "", true, 0, "the layout whose documents are bound"},
    [VOLUME_BY] = {"by", KEY_NAMES, "", "all documents", false, 0, "columns: bound are the documents whose row agrees in them with the volume's row"},
    [VOLUME_SHEETS] = {"sheets", KEY_NUMBER, "1 100000", "as many as there are", false, 0, "at most so many leaves in a volume: it is parted between documents into 第一卷、第二卷…"},
    [VOLUME_NUMBER] = {"number", KEY_NAME, "styles", "header", false, 0, "looks of the running number, at the outer top corner"},
    [VOLUME_AT] = {"at", KEY_LENGTH, "2 2", "15mm 9mm", false, 0, "how far the running number is from the outer edge and from the head"},
};

static const struct key block_keys[] = {
    [KEY_BLOCK_TEXT] = {"text", KEY_TEMPLATE, "", "", false, 0, "paragraphs, one a line"},
    [KEY_BLOCK_HEADING] = {"heading", KEY_TEMPLATE, "", "", false, 0, "a heading without number; `level:` chooses its style h1, h2 …"},
    [KEY_BLOCK_SECTION] = {"section", KEY_TEMPLATE, "", "", false, 0, "a heading numbered 一、二、… with what stands below it in `body`"},
    [KEY_BLOCK_CONTENTS] = {"contents", KEY_SHORT, "", "", false, MAPPING_CONTENTS, "the list of headings with their pages"},
    [KEY_BLOCK_TABLE] = {"table", KEY_MAPPING, "", "", false, MAPPING_TABLE, "a form, list, register or cross table"},
    [KEY_BLOCK_IMAGE] = {"image", KEY_SHORT, "", "", false, MAPPING_IMAGE, "a picture"},
    [KEY_BLOCK_QR] = {"qr", KEY_SHORT, "", "", false, MAPPING_QR, "a QR code"},
    [KEY_BLOCK_CHART] = {"chart", KEY_MAPPING, "", "", false, MAPPING_CHART, "a chart of a query's rows"},
    [KEY_BLOCK_RULE] = {"rule", KEY_SHORT, "", "", false, MAPPING_RULE, "a line across the text"},
    [KEY_BLOCK_SPACE] = {"space", KEY_LENGTH, "1 1", "", false, 0, "room left empty"},
    [KEY_BLOCK_FRAME] = {"frame", KEY_MAPPING, "", "", false, MAPPING_FRAME, "a frame around the page, or around `at`"},
    [KEY_BLOCK_SEAL] = {"seal", KEY_SHORT, "", "", false, MAPPING_SEAL, "the place of a seal, kept free"},
    [KEY_BLOCK_SIGNATURE] = {"signature", KEY_MAPPING, "", "", false, MAPPING_SIGNATURE, "落款: who issues the paper and when, below its text"},
    [KEY_BLOCK_CROSSES] = {"crosses", KEY_LENGTH, "1 1", "", false, 0, "four crosses so far from the paper's edges, with rulers: a printer is measured by them"},
    [KEY_BLOCK_COLUMNS] = {"columns", KEY_SHORT, "", "", false, MAPPING_COLUMNS, "`body` in columns"},
    [KEY_BLOCK_PAGE] = {"page", KEY_NAME, "", "", false, 0, "break (a new page), recto (a right-hand page), verso (a left-hand page), or a kind of page"},
    [KEY_BLOCK_KEEP] = {"keep", KEY_BLOCKS, "", "", false, 0, "blocks that stay on one page"},
    [KEY_BLOCK_EACH] = {"each", KEY_NAME, "queries", "", false, 0, "`body` once for each row of a query"},
    [KEY_BLOCK_USE] = {"use", KEY_NAME, "blocks", "", false, 0, "blocks shared under this name"},
    [KEY_BLOCK_PREPRINTED] = {"preprinted", KEY_BLOCKS, "", "", false, 0, "blocks that stay out when printing on preprinted stock"},
    [KEY_BLOCK_FOOTNOTE] = {"footnote", KEY_TEMPLATE, "", "", false, 0, "a note without a number at the foot of the page, to the block above it"},
    [KEY_BLOCK_BODY] = {"body", KEY_BLOCKS, "", "", false, 0, "the blocks inside; alone: blocks that share `at` or `when`"},
    [KEY_BLOCK_WHEN] = {"when", KEY_NAME, "", "", false, 0, "a column or query: printed when it is not null, 0 or empty, or has rows"},
    [KEY_BLOCK_UNLESS] = {"unless", KEY_NAME, "", "", false, 0, "the contrary"},
    [KEY_BLOCK_AT] = {"at", KEY_EM_LENGTH, "2 4", "", false, 0, "x, y, width, height from the paper's (the card's) corner"},
    [KEY_BLOCK_FIT] = {"fit", KEY_SHRINK, "", "", false, 0, "shrink 小四: text that doesn't fit is made smaller, not below this"},
    [KEY_BLOCK_VALIGN] = {"valign", KEY_CHOICE, "top|middle|bottom", "top", false, 0, "where it stands in the height of `at`; bottom: its end is there, as a 版记 ends on the type area's last line"},
    [KEY_BLOCK_LEVEL] = {"level", KEY_NUMBER, "1 9", "1", false, 0, "of a heading"},
    [KEY_BLOCK_NUMBERED] = {"numbered", KEY_YES_NO, "", "yes", false, 0, "of a section"},
    [KEY_BLOCK_NEW_PAGE] = {"new page", KEY_YES_NO, "", "no", false, 0, "of a section: begins a page"},
};

static const struct key contents_keys[] = {
    [CONTENTS_LEVELS] = {"levels", KEY_NUMBER, "1 9", "2", false, 0, "how deep"},
};

#define BAND_KEYS \
    [BAND_EACH] = {"each", KEY_NAME, "queries", "", false, 0, "the rows stand once for each row of this query"}, \
    [BAND_ROWS] = {"rows", KEY_DRAWN, "", "", false, 0, "drawn rows"}, \
    [BAND_WHEN] = {"when", KEY_NAME, "", "", false, 0, "a column or query: printed when it is not null, 0 or empty, or has rows"}, \
    [BAND_UNLESS] = {"unless", KEY_NAME, "", "", false, 0, "the contrary"}, \
    [BAND_GROUP] = {"group", KEY_NAME, "", "", false, 0, "a column: each run of equal values is a group"}, \
    [BAND_GROUP_HEAD] = {"group head", KEY_DRAWN, "", "", false, 0, "rows above each group"}, \
    [BAND_GROUP_FOOT] = {"group foot", KEY_DRAWN, "", "", false, 0, "rows below each group"}, \
    [BAND_PAD] = {"pad", KEY_PAD, "", "0", false, 0, "at least so many rows, empty ones ruled; `foot`: down to the page's foot"}, \
    [BAND_MERGE] = {"merge", KEY_NUMBERS, "1 500", "", false, 0, "columns whose equal neighbours become one cell"}, \
    [BAND_EMPTY] = {"empty", KEY_TEMPLATE, "", "", false, 0, "printed instead of no rows"}

static const struct key table_keys[] = {
    BAND_KEYS,
    [TABLE_WIDTHS] = {"widths", KEY_WIDTHS, "", "1fr each", false, 0, "one a column: 12mm, 1fr (a share of what is left), auto, 48*8mm"},
    [TABLE_HEAD] = {"head", KEY_DRAWN, "", "", false, 0, "rows that repeat on each page"},
    [TABLE_BANDS] = {"bands", KEY_LIST, "", "", false, MAPPING_BAND, "several bands, one below the other"},
    [TABLE_PAGE_HEAD] = {"page head", KEY_DRAWN, "", "", false, 0, "rows below the head on all pages but the first: 承前页"},
    [TABLE_PAGE_FOOT] = {"page foot", KEY_DRAWN, "", "", false, 0, "rows below the table on each page"},
    [TABLE_FOOT] = {"foot", KEY_DRAWN, "", "", false, 0, "rows at the table's end"},
    [TABLE_CONTINUED] = {"continued", KEY_TEMPLATE, "", "", false, 0, "above the table on its further pages: 续表"},
    [TABLE_LINE] = {"line", KEY_THICKNESS, "1 1", "", false, 0, "thickness of the rules between cells; 0 for none"},
    [TABLE_OUTER_LINE] = {"outer line", KEY_THICKNESS, "1 1", "", false, 0, "thickness of the table's frame"},
    [TABLE_PADDING] = {"padding", KEY_LENGTH, "1 4", "", false, 0, "of this table's cells"},
    [TABLE_ROW] = {"row", KEY_ROW_HEIGHT, "", "", false, 0, "least height of a row: at least 8mm"},
    [TABLE_GAP] = {"gap", KEY_LENGTH, "1 1", "", false, 0, "between columns, each then has its own frame"},
    [TABLE_REPEAT_HEAD] = {"repeat head", KEY_YES_NO, "", "yes", false, 0, "whether the head stands on each page"},
    [TABLE_ZEBRA] = {"zebra", KEY_COLOUR, "", "", false, 0, "background of every second row"},
    [TABLE_WIDE] = {"wide", KEY_WIDE, "", "", false, 0, "split, repeat 2: over as many pages as it takes, with the first two columns on each"},
    [TABLE_ACROSS] = {"across", KEY_NAME, "queries", "", false, 0, "the query whose rows become columns"},
    [TABLE_CELLS] = {"cells", KEY_CELLS, "", "", false, 0, "query by column, column: finds the cells of a cross table"},
};

static const struct key band_keys[] = {BAND_KEYS};

static const struct key image_keys[] = {
    [IMAGE_PATH] = {"path", KEY_TEMPLATE, "", "", true, 0, "of the file, below the photos' folder: {photo}"},
    [IMAGE_WIDTH] = {"width", KEY_LENGTH, "1 1", "", false, 0, "35mm"},
    [IMAGE_HEIGHT] = {"height", KEY_LENGTH, "1 1", "", false, 0, "49mm"},
    [IMAGE_WHOLE] = {"whole", KEY_YES_NO, "", "no", false, 0, "all of it is shown; else it is cropped to fill"},
    [IMAGE_ALIGN] = {"align", KEY_CHOICE, "left|centre|right", "centre", false, 0, "where it stands"},
};

static const struct key qr_keys[] = {
    [QR_TEXT] = {"text", KEY_TEMPLATE, "", "", true, 0, "what the code says"},
    [QR_SIZE] = {"size", KEY_LENGTH, "1 1", "20mm", false, 0, "with its quiet zone"},
};

static const struct key chart_keys[] = {
    [CHART_KIND] = {"kind", KEY_CHOICE, "bars|grouped|line|share|small multiples", "", true, 0, "what it looks like"},
    [CHART_OF] = {"of", KEY_NAME, "queries", "", true, 0, "the query whose rows are drawn"},
    [CHART_X] = {"x", KEY_NAME, "", "", true, 0, "column with the labels"},
    [CHART_Y] = {"y", KEY_NAME, "", "", true, 0, "column with the values"},
    [CHART_COMPARE] = {"compare", KEY_NAME, "", "", false, 0, "column with the values to compare with: bars, line, grouped without series"},
    [CHART_SERIES] = {"series", KEY_NAME, "", "", false, 0, "column that parts grouped bars and small multiples"},
    [CHART_TEXT] = {"text", KEY_NAME, "", "", false, 0, "column with the values as printed"},
    [CHART_TITLE] = {"title", KEY_TEMPLATE, "", "", false, 0, "above the chart"},
    [CHART_UNIT] = {"unit", KEY_TEMPLATE, "", "", false, 0, "人, %"},
    [CHART_VALUE_NAME] = {"value name", KEY_TEMPLATE, "", "", false, 0, "what the values are called: 本月"},
    [CHART_COMPARE_NAME] = {"compare name", KEY_TEMPLATE, "", "", false, 0, "what the others are called: 上期"},
    [CHART_HEIGHT] = {"height", KEY_LENGTH, "1 1", "60mm", false, 0, "of all of it"},
    [CHART_STYLE] = {"style", KEY_NAME, "styles", "chart", false, 0, "of its labels"},
    [CHART_SCALE] = {"scale", KEY_NUMBERS, "-1000000000 1000000000", "", false, 0, "from and to: 0 100"},
};

static const struct key rule_keys[] = {
    [RULE_LINE] = {"line", KEY_STROKE, "", "0.5pt", false, 0, "thickness and solid, double, dashed or dotted"},
    [RULE_COLOUR] = {"colour", KEY_COLOUR, "", "black", false, 0, ""},
};

static const struct key frame_keys[] = {
    [FRAME_INSET] = {"inset", KEY_LENGTH, "1 1", "10mm", false, 0, "from the paper's edge, or from `at`"},
    [FRAME_LINE] = {"line", KEY_STROKE, "", "1pt", false, 0, "thickness and solid, double, dashed or dotted"},
    [FRAME_COLOUR] = {"colour", KEY_COLOUR, "", "black", false, 0, ""},
};

static const struct key seal_keys[] = {
    [SEAL_SIZE] = {"size", KEY_LENGTH, "1 1", "42mm", false, 0, "diameter"},
    [SEAL_IMAGE] = {"image", KEY_TEMPLATE, "", "", false, 0, "an SVG of paths, circles and polygons below the photos' folder that is printed there; where the value is empty the place stays free"},
};

static const struct key signature_keys[] = {
    [SIGNATURE_NAME] = {"name", KEY_TEMPLATE, "", "", true, 0, "who issues the paper; each line an issuer"},
    [SIGNATURE_DATE] = {"date", KEY_TEMPLATE, "", "", true, 0, "when: {as_of|date}"},
    [SIGNATURE_SEAL] = {"seal", KEY_SHORT, "", "", false, MAPPING_SEAL, "the seal over name and date; without it they stand as on a paper that bears none"},
    [SIGNATURE_STYLE] = {"style", KEY_NAME, "styles", "body", false, 0, "of both; its size, or its grid, is what a place is"},
};

static const struct key columns_keys[] = {
    [COLUMNS_COUNT] = {"count", KEY_NUMBER, "1 12", "", true, 0, "how many"},
    [COLUMNS_GAP] = {"gap", KEY_LENGTH, "1 1", "6mm", false, 0, "between them"},
    [COLUMNS_BALANCED] = {"balanced", KEY_YES_NO, "", "yes", false, 0, "equally long at the end"},
};

static const struct key privacy_keys[] = {
    [PRIVACY_COLUMNS] = {"columns", KEY_NAMED, "", "", true, MAPPING_READERS, "table.column or \"*.column\": what each reader gets"},
    [PRIVACY_ROWS] = {"rows", KEY_NAMED, "", "", false, MAPPING_ROWS, "table or \"*\": which of its rows each reader gets; a table that isn't named has all rows for school and inspector, none for family and public"},
    [PRIVACY_OWN] = {"own", KEY_SHORT, "", "", false, MAPPING_OWN, "what `own` means in `rows`: whose document it is, by a column of `each`"},
    [PRIVACY_PERSONAL] = {"personal", KEY_NAMES, "", "", false, 0, "patterns of columns that look personal and must stand in `columns`"},
};

#define MASKS "one of full, id, phone, name, address, text, year, nothing; or SQL in brackets, over the row as it stands in the table: (…)"
static const struct key readers_keys[] = {
    [READERS_SCHOOL] = {"school", KEY_SQL, "", "", true, 0, MASKS},
    [READERS_INSPECTOR] = {"inspector", KEY_SQL, "", "", true, 0, MASKS},
    [READERS_FAMILY] = {"family", KEY_SQL, "", "", true, 0, MASKS},
    [READERS_PUBLIC] = {"public", KEY_SQL, "", "", true, 0, MASKS},
    [READERS_WHEN] = {"when", KEY_SQL, "", "", false, 0, "SQL over the row: where it holds nobody gets the column, whatever stands beside"},
};

#define ROWS "all, none, own, or SQL over the row: the rows for which it holds"
static const struct key rows_keys[] = {
    [ROWS_SCHOOL] = {"school", KEY_SQL, "", "all", false, 0, ROWS},
    [ROWS_INSPECTOR] = {"inspector", KEY_SQL, "", "all", false, 0, ROWS},
    [ROWS_FAMILY] = {"family", KEY_SQL, "", "none", false, 0, ROWS},
    [ROWS_PUBLIC] = {"public", KEY_SQL, "", "none", false, 0, ROWS},
};

static const struct key own_keys[] = {
    [OWN_COLUMN] = {"column", KEY_NAME, "", "", true, 0, "of the row of `each`, and of the tables whose rows are `own`"},
    [OWN_CHILDREN] = {"children", KEY_SQL, "", "", false, 0, "a query with that column as its parameter: all values that are the document's own; without it, this one alone. In conditions: id IN own"},
};

static const struct key printers_keys[] = {
    [PRINTERS_PRINTERS] = {"printers", KEY_NAMED, "", "", true, MAPPING_PRINTER, "name: how it is calibrated; --printer chooses one"},
};

static const struct key printer_keys[] = {
    [PRINTER_SHIFT] = {"shift", KEY_SHIFT, "20", "0mm 0mm", false, 0, "how far the print is moved, right and down; negative: left and up"},
    [PRINTER_SCALE] = {"scale", KEY_SCALE, "950 1050", "100%", false, 0, "how large it is printed, from the paper's top left corner"},
};

static const struct key values_keys[] = {
    [VALUES_VALUES] = {"values", KEY_NAMED, "", "", true, MAPPING_VALUE, "table.column or \"*.column\": what stands in it"},
    [VALUES_RECORDS] = {"records", KEY_NAMED, "sql", "", false, MAPPING_VALUE, "table.column or \"*.column\": SELECT of the number of the archive that a row of the table belongs to; its :column is the row's"},
    [VALUES_DATED] = {"dated", KEY_NAMES, "", "", false, 0, "patterns of columns of text that look like days and must stand in `values`"},
};

static const struct key value_keys[] = {
    [VALUE_IS] = {"is", KEY_CHOICE, "day|month|moment|text", "", false, 0, "2026-11-25, 2026-11 or 2026-11-25 08:30:00; text: anything"},
    [VALUE_OF] = {"of", KEY_NAMES, "", "", false, 0, "the codes that may stand there, instead of `is`"},
    [VALUE_NEEDED] = {"needed", KEY_SQL, "", "", false, 0, "`yes`, or a condition in SQL over the row: where it holds the value must be known and right, or the row is on no paper; `no`: a day that is only printed. Without it the value may be unknown, and a day that can't be read counts as missing"},
};

#define MAPPING_OF(keys) keys, sizeof(keys) / sizeof((keys)[0])
static const struct mapping_schema schemas[MAPPING_KIND_COUNT] = {
    [MAPPING_FILE] = {"a layout", "版式", "The keys of a file.", MAPPING_OF(file_keys)},
    [MAPPING_DOCUMENT] = {"document", NULL, "What is printed.", MAPPING_OF(document_keys)},
    [MAPPING_PAGE] = {"pages", NULL, "A kind of page.", MAPPING_OF(page_keys)},
    [MAPPING_STYLE] = {"styles", NULL, "A style.", MAPPING_OF(style_keys)},
    [MAPPING_TABLE_DEFAULTS] = {"table", NULL, "What holds for every table, in a file of its own or the theme.", MAPPING_OF(table_defaults_keys)},
    [MAPPING_CALENDAR] = {"calendar", NULL, "Which day the papers speak of.", MAPPING_OF(calendar_keys)},
    [MAPPING_RELATION] = {"relations", NULL, "A table that queries read by its name: the columns of `rows`, those of `tests`, and in place of `test` its answer as `state`, 1, 0 or NULL where it doesn't apply. In a file that layouts share.", MAPPING_OF(relation_keys)},
    [MAPPING_DATABASE] = {"database", NULL, "Which databases are meant.", MAPPING_OF(database_keys)},
    [MAPPING_SHEET] = {"sheet", NULL, "Sheets of cards.", MAPPING_OF(sheet_keys)},
    [MAPPING_FOLD] = {"fold", NULL, "A booklet, folded and stapled.", MAPPING_OF(fold_keys)},
    [MAPPING_VOLUME] = {"volume", NULL, "A bound volume.", MAPPING_OF(volume_keys)},
    [MAPPING_BLOCK] = {"a block", "块", "A block is what its one key of the first kind says; the rest goes with it.", MAPPING_OF(block_keys)},
    [MAPPING_CONTENTS] = {"contents", NULL, "The list of headings; a number alone is `levels`.", MAPPING_OF(contents_keys)},
    [MAPPING_TABLE] = {"a table", "表格", "A table of one band gives the band's keys itself.", MAPPING_OF(table_keys)},
    [MAPPING_BAND] = {"bands", NULL, "A band of a table.", MAPPING_OF(band_keys)},
    [MAPPING_IMAGE] = {"image", NULL, "A picture; text alone is its `path`.", MAPPING_OF(image_keys)},
    [MAPPING_QR] = {"qr", NULL, "A QR code; text alone is its `text`.", MAPPING_OF(qr_keys)},
    [MAPPING_CHART] = {"chart", NULL, "A chart.", MAPPING_OF(chart_keys)},
    [MAPPING_RULE] = {"rule", NULL, "A line across the text; a thickness alone is its `line`.", MAPPING_OF(rule_keys)},
    [MAPPING_FRAME] = {"frame", NULL, "A frame.", MAPPING_OF(frame_keys)},
    [MAPPING_SEAL] = {"seal", NULL, "The place of a seal, kept free, or a seal; a length alone is its `size`.", MAPPING_OF(seal_keys)},
    [MAPPING_SIGNATURE] = {"signature", NULL, "A 落款 (GB/T 9704, 7.3.5), measured: with a seal the date ends four places in from the right with the name centred above it, without one the name two places. It never stands on a page without lines of the text before it.", MAPPING_OF(signature_keys)},
    [MAPPING_COLUMNS] = {"columns", NULL, "Columns of text; a number alone is their `count`.", MAPPING_OF(columns_keys)},
    [MAPPING_PRIVACY] = {"privacy.yaml", NULL, "Who sees what.", MAPPING_OF(privacy_keys)},
    [MAPPING_READERS] = {"columns", NULL, "What each reader gets of a column.", MAPPING_OF(readers_keys)},
    [MAPPING_ROWS] = {"rows", NULL, "Which rows of a table each reader gets.", MAPPING_OF(rows_keys)},
    [MAPPING_OWN] = {"own", NULL, "Which rows are a document's own; a name alone is its `column`.", MAPPING_OF(own_keys)},
    [MAPPING_PRINTERS] = {"printers.yaml", NULL, "How printers are calibrated.", MAPPING_OF(printers_keys)},
    [MAPPING_PRINTER] = {"printers", NULL, "A printer.", MAPPING_OF(printer_keys)},
    [MAPPING_VALUES] = {"columns.yaml", NULL, "What the columns of the database hold.", MAPPING_OF(values_keys)},
    [MAPPING_VALUE] = {"values", NULL, "What stands in a column.", MAPPING_OF(value_keys)},
};

/* clang-format on */

const struct mapping_schema *schema_of(enum mapping_kind kind) {
    return &schemas[kind];
}

bool schema_knows(struct str name) {
    for (size_t i = 0; i < MAPPING_KIND_COUNT; i++) {
        for (size_t j = 0; j < schemas[i].count; j++) {
            if (str_is(name, schemas[i].keys[j].name)) {
                return true;
            }
        }
    }
    return false;
}

struct str schema_choice(enum mapping_kind kind, size_t key, size_t place) {
    struct str rest = str_from(schema_of(kind)->keys[key].values), word = str_split(rest, '|', &rest);
    for (size_t i = 0; i < place; i++) {
        word = str_split(rest, '|', &rest);
    }
    return word;
}
