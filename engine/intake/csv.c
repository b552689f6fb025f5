/* csv.c: bytes become UTF-8 first, then lines and fields (RFC 4180, and what is written instead of it: a quote within a field stands
 * for itself, CR alone ends a line).
 *
 * What encoding it is: a mark says so; NULs in every second byte are UTF-16; valid UTF-8 is UTF-8; the rest is GB18030, which holds
 * GBK and GB 2312. Text that none of them decodes is refused, with the line of the first bad byte. */
#include "intake/csv.h"

#include <string.h>
#include <unicode/ucnv.h>

#include "base/buffer.h"
#include "base/utf8.h"

static bool tell_line(struct diags *diags, enum diag_code code, struct str file, size_t line) {
    diag_add(diags, code, (struct place){.file = file, .line = (int32_t)line}, (const struct str[4]){file});
    return false;
}

static size_t line_of(struct str bytes, size_t offset) {
    size_t line = 1;
    for (size_t i = 0; i < offset && i < bytes.n; i++) {
        line += bytes.p[i] == '\n';
    }
    return line;
}

/* --- encodings ---------------------------------------------------------------------------------------------------- */

/* The name of UTF-16's byte order, by where ASCII's NULs stand among the first bytes; NULL: it isn't UTF-16. */
static const char *utf16_of(struct str bytes) {
    size_t nul[2] = {0, 0};
    const size_t seen = bytes.n < 512 ? bytes.n : 512;
    for (size_t i = 0; i < seen; i++) {
        nul[i & 1] += bytes.p[i] == '\0';
    }
    if (bytes.n % 2 != 0 || nul[0] + nul[1] == 0) {
        return NULL;
    }
    return nul[1] > nul[0] ? "UTF-16LE" : "UTF-16BE";
}

/* All of the bytes in UTF-8; false where one of them can't be decoded, whose offset is *bad. */
static bool convert(struct arena *arena, const char *encoding, struct str bytes, struct str *out, size_t *bad) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *from = ucnv_open(encoding, &error), *to = ucnv_open("UTF-8", &error);
    const size_t room = bytes.n * 3 + 4; /* a UTF-16 unit gives three bytes at most, two bytes of GB18030 as well */
    char *text = arena_alloc(arena, room), *target = text;
    const char *source = bytes.p;
    UChar pivot[1024];
    UChar *pivot_source = pivot, *pivot_target = pivot;
    if (U_SUCCESS(error)) {
        ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
        ucnv_convertEx(to, from, &target, text + room, &source, bytes.p + bytes.n, pivot, &pivot_source, &pivot_target,
                       pivot + sizeof pivot / sizeof *pivot, true, true, &error);
    }
    ucnv_close(from);
    ucnv_close(to);
    *out = (struct str){text, (size_t)(target - text)};
    *bad = (size_t)(source - bytes.p);
    return U_SUCCESS(error);
}

static bool decode(struct arena *arena, struct str bytes, struct diags *diags, struct str file, struct str *out) {
    size_t bad = 0;
    const char *encoding = utf16_of(bytes);
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        *out = str_slice(bytes, 3, bytes.n);
        bad = utf8_first_invalid(*out);
        return bad == out->n || tell_line(diags, DIAG_T111, file, line_of(*out, bad));
    }
    if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
        encoding = bytes.p[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
        bytes = str_slice(bytes, 2, bytes.n);
    } else if (encoding == NULL && utf8_first_invalid(bytes) == bytes.n) {
        *out = bytes;
        return true;
    }
    return convert(arena, encoding != NULL ? encoding : "GB18030", bytes, out, &bad) ||
           tell_line(diags, DIAG_T112, file, line_of(bytes, bad));
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

struct csv {
    struct arena *arena;
    struct str text;
    size_t at;
    uint32_t line; /* that `at` stands in */
    char separator;
    struct cell *cells; /* of the row at hand */
    size_t count, capacity;
};

static char separator_of(struct str text) {
    static const char separators[] = {',', '\t', ';'};
    size_t counts[3] = {0, 0, 0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || (text.p[i] != '\n' && text.p[i] != '\r')); i++) {
        quoted = quoted != (text.p[i] == '"');
        for (size_t k = 0; k < 3 && !quoted; k++) {
            counts[k] += text.p[i] == separators[k];
        }
    }
    for (size_t k = 1; k < 3; k++) {
        best = counts[k] > counts[best] ? k : best;
    }
    return separators[best];
}

static bool ends_line(const struct csv *csv) {
    return csv->at >= csv->text.n || csv->text.p[csv->at] == '\n' || csv->text.p[csv->at] == '\r';
}

/* Behind the opening quote, up to behind the closing one; "" is a quote. False: it never closes, or only at another field's quote
 * some lines on, which shows by the text that goes on behind it. */
static bool read_quoted(struct csv *csv, struct buffer *field) {
    const uint32_t line = csv->line;
    while (csv->at < csv->text.n) {
        const char c = csv->text.p[csv->at++];
        csv->line += c == '\n';
        if (c != '"') {
            buffer_byte(field, c);
        } else if (csv->at < csv->text.n && csv->text.p[csv->at] == '"') {
            buffer_byte(field, '"');
            csv->at++;
        } else {
            return csv->line == line || ends_line(csv) || csv->text.p[csv->at] == csv->separator;
        }
    }
    return false;
}

/* Digits alone are a number; what they mean, and whether they lost a 0, is asked where the form is known. */
static void add_field(struct csv *csv, uint32_t column, struct str field) {
    if (str_trim(field).n > 0) {
        ARENA_GROW(csv->arena, csv->cells, csv->count, csv->capacity);
        csv->cells[csv->count++] = (struct cell){column, CELL_TEXT, str_copy(csv->arena, field)};
    }
}

/* One line's fields. False: a quote that opens in this line never closes. */
static bool read_line(struct csv *csv, struct buffer *field) {
    csv->cells = NULL;
    csv->count = csv->capacity = 0;
    for (uint32_t column = 0; column < GRID_COLUMNS; column++) {
        buffer_clear(field);
        if (csv->at < csv->text.n && csv->text.p[csv->at] == '"') {
            csv->at++;
            if (!read_quoted(csv, field)) {
                return false;
            }
        }
        while (!ends_line(csv) && csv->text.p[csv->at] != csv->separator) {
            buffer_byte(field, csv->text.p[csv->at++]);
        }
        add_field(csv, column, buffer_str(field));
        if (ends_line(csv)) {
            break;
        }
        csv->at++;
    }
    return true;
}

static void skip_line_end(struct csv *csv) {
    if (csv->at < csv->text.n && csv->text.p[csv->at] == '\r') {
        csv->at++;
    }
    if (csv->at < csv->text.n && csv->text.p[csv->at] == '\n') {
        csv->at++;
    }
    csv->line++;
}

static struct str name_of(struct str file) {
    size_t from = file.n, to = file.n;
    while (from > 0 && file.p[from - 1] != '/') {
        from--;
        to = to == file.n && file.p[from] == '.' ? from : to;
    }
    return str_slice(file, from, to);
}

static bool read_rows(struct csv *csv, struct sheet *sheet, uint32_t *bad_line) {
    struct buffer field = {0};
    size_t capacity = 0;
    bool good = true;
    while (good && csv->at < csv->text.n) {
        const uint32_t line = csv->line;
        good = read_line(csv, &field);
        *bad_line = line;
        if (good && csv->count > 0) {
            ARENA_GROW(csv->arena, sheet->rows, sheet->row_count, capacity);
            sheet->rows[sheet->row_count++] = (struct grid_row){line, false, csv->cells, csv->count};
        }
        skip_line_end(csv);
    }
    buffer_release(&field);
    return good;
}

bool csv_read(struct arena *arena, struct str bytes, struct diags *diags, struct grid *out) {
    struct csv csv = {.arena = arena, .line = 1};
    uint32_t bad_line = 0;
    if (!decode(arena, bytes, diags, out->file, &csv.text)) {
        return false;
    }
    const size_t nul = str_find_byte(csv.text, '\0');
    if (nul < csv.text.n) {
        return tell_line(diags, DIAG_T112, out->file, line_of(csv.text, nul));
    }
    csv.separator = separator_of(csv.text);
    out->sheets = ARENA_NEW(arena, struct sheet);
    out->count = 1;
    out->sheets[0].name = name_of(out->file);
    return read_rows(&csv, &out->sheets[0], &bad_line) || tell_line(diags, DIAG_T113, out->file, bad_line);
}
