/* grid.c: which kind of file it is, by its first bytes and not by its name. */
#include "intake/grid.h"

#include <errno.h>

#include "base/file.h"
#include "intake/csv.h"
#include "intake/xlsx.h"

#define FILE_LIMIT_BYTES (256u << 20)

static bool tell(struct diags *diags, enum diag_code code, struct str file) {
    diag_add(diags, code, (struct place){.file = file}, (const struct str[4]){file});
    return false;
}

/* Excel's own lock file stands beside a workbook that somebody has open. */
static bool is_lock_file(struct str file) {
    size_t name = file.n;
    while (name > 0 && file.p[name - 1] != '/') {
        name--;
    }
    const struct str base = str_slice(file, name, file.n);
    return str_starts(base, STR("~$")) || str_starts(base, STR(".~lock."));
}

/* Old .xls and workbooks with a password are both in Microsoft's compound file; only the latter have such a stream. */
static bool has_password(struct str bytes) {
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return str_find(bytes, (struct str){stream, sizeof stream}) < bytes.n;
}

/* A page or XML that some system calls .xls or .xlsx: Excel opens it all the same. */
static bool is_markup(struct str bytes) {
    const struct str mark = STR("\xEF\xBB\xBF");
    const struct str text = str_trim(str_starts(bytes, mark) ? str_slice(bytes, mark.n, bytes.n) : bytes);
    static const char *const begins[] = {"<?xml",  "<html",  "<HTML", "<!DOCTYPE", "<!doctype",
                                         "<table", "<TABLE", "<meta", "<head"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (str_starts(text, str_from(begins[i]))) {
            return true;
        }
    }
    return false;
}

bool grid_read(struct arena *arena, const char *path, struct diags *diags, struct grid *out) {
    struct str bytes = STR_NONE;
    *out = (struct grid){.file = str_copy(arena, str_from(path))};
    if (is_lock_file(out->file)) {
        return tell(diags, DIAG_T102, out->file);
    }
    const int error = file_read(arena, path, FILE_LIMIT_BYTES, &bytes);
    if (error != 0) {
        DIAG_ADD(diags, T101, ((struct place){.file = out->file}), out->file, diag_errno(error));
        return false;
    }
    if (str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) {
        return tell(diags, has_password(bytes) ? DIAG_T103 : DIAG_T104, out->file);
    }
    if (is_markup(bytes)) {
        return tell(diags, DIAG_T508, out->file);
    }
    if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("PK\x05\x06"))) {
        return xlsx_read(arena, bytes, diags, out);
    }
    if (str_starts(bytes, STR("%PDF")) || str_starts(bytes, STR("{\\rtf")) || str_starts(bytes, STR("\x89PNG")) ||
        str_starts(bytes, STR("\xFF\xD8\xFF"))) {
        return tell(diags, DIAG_T105, out->file);
    }
    return csv_read(arena, bytes, diags, out);
}

const struct cell *grid_cell(const struct grid_row *row, uint32_t column) {
    size_t from = 0, to = row->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (row->cells[middle].column < column) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < row->count && row->cells[from].column == column ? &row->cells[from] : NULL;
}

struct str grid_reference(struct arena *arena, uint32_t column, uint32_t row) {
    char letters[8];
    size_t at = sizeof letters;
    for (uint32_t n = column + 1; n > 0; n = (n - 1) / 26) {
        letters[--at] = (char)('A' + (n - 1) % 26);
    }
    return str_printf(arena, "%.*s%u", (int)(sizeof letters - at), letters + at, row);
}
