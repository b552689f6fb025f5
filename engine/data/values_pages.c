/* values_pages.c: is all right in a table? Asked of the file's pages themselves (https://www.sqlite.org/fileformat.html 1.6, 2.1).
 *
 * Nearly always it is, and SQLite's way to a million cells costs ten times what looking at them does. Here a table passes when each of
 * its cells with a rule is NULL or a right text, stands where it must, and whole on its page. Whatever else is met, in a value or in how
 * the file is made, says nothing but that the table is to be counted by SQLite (values_count.c), which finds what is wrong and tells it.
 *
 * Pages are read through SQLite's own handle, within the transaction or of the copy. Beside a log (WAL) they may not be what is read. */
#include "data/values_internal.h"

#include <string.h>

#include "base/bytes.h"
#include "data/copy.h"

enum { HEAD_BYTES = 100, HEAD_PAGE_SIZE = 16, HEAD_UNUSED = 20, HEAD_ENCODING = 56, UTF8 = 1, SMALLEST_USABLE = 480 };
enum { INDEX_INNER = 2, TABLE_INNER = 5, INDEX_LEAF = 10, TABLE_LEAF = 13 };

typedef const unsigned char bytes;

/* --- a row -------------------------------------------------------------------------------------------------------- */

/* A text of at most 16 bytes that was right, by its first and last eight bytes. */
struct right_text {
    uint64_t first, last;
    size_t count;
};
/* So many columns without a rule, and then one with. What was found right in it is known again at once: days by their month, and most
 * other texts are codes of a list. Both are kept where their bits send them, in place of what was there. */
enum { RIGHT_KEPT = 32 };
struct stride {
    size_t skipped;
    struct looked_column *column;
    bool is_day;
    uint64_t months[RIGHT_KEPT];
    struct right_text texts[RIGHT_KEPT];
};
struct table_reader {
    struct value_pages *pages;
    struct stride *strides; /* a row, up to its last column with a rule */
    size_t count;
    size_t columns; /* in all strides */
    uint32_t most;  /* bytes of a row that stands whole on its page */
    uint32_t left;  /* pages that may still be read: in a sound file each is read once */
};

/* Behind the number, which is small here; NULL when it doesn't end before `end`, or isn't small. */
static bytes *read_number(bytes *p, bytes *end, uint32_t *number) {
    enum { BYTES_MOST = 4 };
    uint32_t value = 0;
    for (int i = 0; i < BYTES_MOST && p < end; i++) {
        const unsigned char byte = *p++;
        value = value << 7 | (byte & 0x7F);
        if (byte < 0x80) {
            *number = value;
            return p;
        }
    }
    return NULL;
}

/* A row's own number may be any. */
static bytes *skip_number(bytes *p, bytes *end) {
    enum { BYTES_MOST = 9 };
    for (int i = 0; i < BYTES_MOST && p < end; i++) {
        if (*p++ < 0x80 || i + 1 == BYTES_MOST) {
            return p;
        }
    }
    return NULL;
}

enum { TEXT_FROM = 12 }; /* odd ones are texts, even ones blobs */

static uint32_t size_of(uint32_t type) {
    static const unsigned char sizes[TEXT_FROM] = {0, 1, 2, 3, 4, 6, 8, 8};
    return type < TEXT_FROM ? sizes[type] : (type - TEXT_FROM) / 2;
}

static inline uint64_t eight_at(bytes *p) {
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}

static inline size_t place_of(uint64_t bits) {
    return (size_t)(bits * UINT64_C(0x9E3779B97F4A7C15) >> 59);
}

enum { DAY_BYTES = sizeof "2026-11-25" - 1, HALF = sizeof(uint64_t), LONGEST = 2 * HALF };

/* In a month that was right before: the 1st to the 28th are in each. */
static inline bool is_known_day(const struct stride *stride, bytes *cell) {
    const uint64_t month = eight_at(cell);
    const unsigned tens = cell[8] - (unsigned)'0', ones = cell[9] - (unsigned)'0';
    return stride->months[place_of(month)] == month && tens <= 2 && ones <= 9 && 10 * tens + ones - 1 < 28;
}

/* Behind the page there is room to read eight bytes. */
static inline struct right_text right_text_of(bytes *cell, size_t size) {
    const uint64_t start = eight_at(cell);
    return (struct right_text){size < HALF ? start & ((UINT64_C(1) << 8 * size) - 1) : start,
                               size > HALF ? eight_at(cell + size - HALF) : 0, size};
}

static inline size_t place_of_text(struct right_text text) {
    return place_of(text.first ^ text.last << 1);
}

/* Of 1 to LONGEST bytes. */
static inline bool is_known_text(const struct stride *stride, bytes *cell, size_t size) {
    const struct right_text text = right_text_of(cell, size), known = stride->texts[place_of_text(text)];
    return known.first == text.first && known.last == text.last && known.count == size;
}

static inline bool is_known(const struct stride *stride, bytes *cell, size_t size) {
    return stride->is_day ? size == DAY_BYTES && is_known_day(stride, cell)
                          : size - 1 < LONGEST && is_known_text(stride, cell, size);
}

static bool is_right_text(struct stride *stride, bytes *cell, size_t size) {
    const struct str text = {(const char *)cell, size};
    if (!(stride->is_day ? time_is(TIME_DAY, text) : value_is_right(stride->column, text))) {
        return false;
    }
    if (stride->is_day) {
        const uint64_t month = eight_at(cell);
        stride->months[place_of(month)] = month;
    } else if (size - 1 < LONGEST) {
        const struct right_text right = right_text_of(cell, size);
        stride->texts[place_of_text(right)] = right;
    }
    return true;
}

static bool is_right(struct stride *stride, uint32_t type, bytes *cell, size_t size) {
    if (type == 0) {
        stride->column->seen[FIT_UNKNOWN]++;
        return true;
    }
    if (type < TEXT_FROM || type % 2 == 0 || (!is_known(stride, cell, size) && !is_right_text(stride, cell, size))) {
        return false;
    }
    stride->column->seen[FIT_RIGHT]++;
    return true;
}

/* A head of types, then the cells. A row that is older than a column is shorter. */
static bool row_is_right(const struct table_reader *reader, bytes *row, size_t length) {
    struct stride *stride = reader->strides;
    uint32_t head = 0, type = 0;
    size_t skipped = 0;
    bytes *next = read_number(row, row + length, &head);
    if (next == NULL || head > length) {
        return false;
    }
    for (size_t at = head; stride < reader->strides + reader->count; at += size_of(type)) {
        next = read_number(next, row + head, &type);
        if (next == NULL || at + size_of(type) > length) {
            return false;
        }
        if (skipped++ == stride->skipped) {
            if (!is_right(stride, type, row + at, size_of(type))) {
                return false;
            }
            stride++;
            skipped = 0;
        }
    }
    return true;
}

enum { EIGHT = sizeof(uint64_t) };

/* Has each of the numbers one byte? Up to seven bytes behind them are read too. */
static inline bool are_short(bytes *p, size_t count) {
    static const unsigned char high[2 * EIGHT] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
    uint64_t all = 0;
    for (; count > EIGHT; count -= EIGHT, p += EIGHT) {
        all |= eight_at(p) & eight_at(high);
    }
    return (all | (eight_at(p) & eight_at(high + EIGHT - count))) == 0;
}

/* The same of a row as most are: all its types have one byte. */
static bool plain_row_is_right(const struct table_reader *reader, bytes *row, size_t length) {
    const unsigned char *const sizes = reader->pages->sizes;
    struct stride *const end = reader->strides + reader->count;
    bytes *next = row + 1;
    size_t at = row[0];
    for (struct stride *stride = reader->strides; stride < end; stride++) {
        for (size_t i = stride->skipped; i > 0; i--) {
            at += sizes[*next++];
        }
        const unsigned char type = *next++;
        const size_t size = sizes[type];
        if (at + size > length) {
            return false;
        }
        if (type == 0) {
            stride->column->seen[FIT_UNKNOWN]++;
        } else if (type % 2 == 1 && type > TEXT_FROM && is_known(stride, row + at, size)) {
            stride->column->seen[FIT_RIGHT]++;
        } else if (!is_right(stride, type, row + at, size)) {
            return false;
        }
        at += size;
    }
    return true;
}

static bool any_row_is_right(const struct table_reader *reader, bytes *row, size_t length) {
    const size_t columns = reader->columns;
    bool plain =
        length > columns && row[0] < SHORT_TYPES && row[0] > columns && row[0] <= length && are_short(row + 1, columns);
    return plain ? plain_row_is_right(reader, row, length) : row_is_right(reader, row, length);
}

/* --- a page ------------------------------------------------------------------------------------------------------- */

/* The part of so long a row that stands on its page, when not all of it does. */
static uint32_t bytes_on_page(uint32_t usable, uint32_t length, uint32_t most) {
    const uint32_t least = (usable - 12) * 32 / 255 - 23;
    const uint32_t fitting = least + (length - least) % (usable - 4);
    return fitting <= most ? fitting : least;
}

/* At least four bytes stand before the end. */
static inline bool cell_is_right(const struct table_reader *reader, bytes *cell, bytes *end, bool is_table) {
    uint32_t length = cell[0];
    bytes *row = length < 0x80 ? cell + 1 : cell + 2;
    if (length >= 0x80) {
        length = (length & 0x7F) << 7 | cell[1];
        row = cell[1] < 0x80 ? row : read_number(cell, end, &length);
    }
    if (row != NULL && is_table) {
        row = *row < 0x80 ? row + 1 : skip_number(row, end);
    }
    if (row == NULL) {
        return false;
    }
    const uint32_t here = length <= reader->most ? length : bytes_on_page(reader->pages->usable, length, reader->most);
    return here <= (size_t)(end - row) && any_row_is_right(reader, row, here);
}

static uint32_t number_at(bytes *p, size_t count) {
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number << 8 | p[i];
    }
    return number;
}

static bytes *read_page(struct table_reader *reader, uint32_t page, size_t depth) {
    struct value_pages *pages = reader->pages;
    if (depth == PAGES_DEEP || page < 2 || page > pages->count || reader->left-- == 0) {
        return NULL;
    }
    if (pages->rooms[depth] == NULL) {
        pages->rooms[depth] = ARENA_ARRAY(pages->arena, unsigned char, pages->page_bytes + EIGHT);
    }
    const sqlite3_int64 at = (sqlite3_int64)(page - 1) * pages->page_bytes;
    const int code = pages->file->pMethods->xRead(pages->file, pages->rooms[depth], (int)pages->page_bytes, at);
    return code == SQLITE_OK ? pages->rooms[depth] : NULL;
}

static bool page_is_right(struct table_reader *reader, uint32_t number, size_t depth, bool is_table) {
    enum { KIND = 0, CELLS = 3, LAST_CHILD = 8, INNER_HEAD = 12, CHILD = 4 };
    bytes *page = read_page(reader, number, depth);
    if (page == NULL) {
        return false;
    }
    bool inner = page[KIND] == (is_table ? TABLE_INNER : INDEX_INNER);
    if (!inner && page[KIND] != (is_table ? TABLE_LEAF : INDEX_LEAF)) {
        return false;
    }
    const size_t head = inner ? INNER_HEAD : LAST_CHILD, count = number_at(page + CELLS, 2);
    bytes *end = page + reader->pages->usable;
    if (head + 2 * count > reader->pages->usable) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bytes *at = page + head + 2 * i, *cell = page + (at[0] << 8 | at[1]);
        if (cell < page + head + 2 * count || cell + CHILD > end ||
            (inner && !page_is_right(reader, number_at(cell, CHILD), depth + 1, is_table)) ||
            ((!inner || !is_table) && !cell_is_right(reader, inner ? cell + CHILD : cell, end, is_table))) {
            return false;
        }
    }
    return !inner || page_is_right(reader, number_at(page + LAST_CHILD, CHILD), depth + 1, is_table);
}

/* --- a table ------------------------------------------------------------------------------------------------------ */

static void add_stored(struct table_reader *reader, struct looked_column *column) {
    struct stride *stride = &reader->strides[reader->count];
    if (column->rule == NULL) {
        stride->skipped++;
    } else {
        stride->column = column;
        stride->is_day = column->rule->form == VALUE_DAY;
        stride->months[0] = 1; /* 0, which stands in the others, would be sent there */
        reader->columns += stride->skipped + 1;
        reader->count++;
    }
}

static bool add_key(struct table_reader *reader, const struct looked_table *table, size_t key) {
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].key == key) {
            add_stored(reader, &table->columns[i]);
            return true;
        }
    }
    return false;
}

/* Without a number of its own a row begins with its key. In a row that has one a key may be that number, which isn't stored; columns
 * that are computed when they are read aren't either. */
static bool set_strides(struct table_reader *reader, const struct looked_table *table) {
    reader->strides = ARENA_ARRAY(reader->pages->arena, struct stride, table->count + 1);
    for (size_t key = 1; table->is_without_rowid && key <= table->key_count; key++) {
        if (!add_key(reader, table, key)) {
            return false;
        }
    }
    for (size_t i = 0; i < table->count; i++) {
        struct looked_column *column = &table->columns[i];
        if (!table->is_without_rowid && table->key_count == 1 && column->key > 0 && column->rule != NULL) {
            return false;
        }
        if (column->is_stored && !(table->is_without_rowid && column->key > 0)) {
            add_stored(reader, column);
        }
    }
    return true;
}

bool values_pages_open(struct value_pages *pages, const struct database *database, sqlite3 *db, struct arena *arena) {
    char head[HEAD_BYTES];
    sqlite3_int64 size = 0;
    *pages = (struct value_pages){.arena = arena};
    if ((database->holder != NULL && copy_has_log(db)) ||
        sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &pages->file) != SQLITE_OK ||
        pages->file->pMethods == NULL || pages->file->pMethods->xFileSize(pages->file, &size) != SQLITE_OK ||
        pages->file->pMethods->xRead(pages->file, head, HEAD_BYTES, 0) != SQLITE_OK) {
        return false;
    }
    for (uint32_t type = 0; type < SHORT_TYPES; type++) {
        pages->sizes[type] = (unsigned char)size_of(type);
    }
    const struct str whole = {head, HEAD_BYTES};
    const uint32_t page = bytes_u16(whole, HEAD_PAGE_SIZE);
    pages->page_bytes = page == 1 ? 65536 : page;
    pages->usable = pages->page_bytes - (unsigned char)head[HEAD_UNUSED];
    pages->count = pages->page_bytes >= 512 ? (uint32_t)(size / pages->page_bytes) : 0;
    return pages->count > 0 && pages->usable >= SMALLEST_USABLE && bytes_u32(whole, HEAD_ENCODING) == UTF8;
}

bool values_pass_table(struct value_pages *pages, struct looked_table *table) {
    const uint32_t most = table->is_without_rowid ? (pages->usable - 12) * 64 / 255 - 23 : pages->usable - 35;
    struct table_reader reader = {.pages = pages, .most = most, .left = pages->count};
    const bool right = set_strides(&reader, table) && page_is_right(&reader, table->root, 0, !table->is_without_rowid);
    for (size_t i = 0; i < table->count && !right; i++) {
        memset(table->columns[i].seen, 0, sizeof table->columns[i].seen);
    }
    return right;
}
