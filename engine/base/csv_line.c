/* csv_line.c: quotes, and no formulas. */
#include "base/csv_line.h"

#include "base/utf8.h"

/* Characters that start a formula in Excel, WPS and LibreOffice (OWASP's list); full-width signs are read like the others. */
static bool looks_like_formula(struct str cell) {
    static const struct str starts = STR_INIT("=+-@\t\r\n＝＋－＠");
    size_t at = 0;
    const uint32_t first = cell.n > 0 ? utf8_next(cell, &at) : 0;
    for (size_t i = 0; first != 0 && i < starts.n;) {
        if (utf8_next(starts, &i) == first) {
            return true;
        }
    }
    return false;
}

static bool needs_quotes(struct str cell) {
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"' || cell.p[i] == ',' || cell.p[i] == '\n' || cell.p[i] == '\r') {
            return true;
        }
    }
    return false;
}

void csv_cell(struct buffer *out, struct str cell, bool last) {
    const bool quoted = needs_quotes(cell);
    if (quoted) {
        buffer_byte(out, '"');
    }
    if (looks_like_formula(cell)) {
        buffer_byte(out, '\'');
    }
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"') {
            buffer_byte(out, '"');
        }
        buffer_byte(out, cell.p[i]);
    }
    if (quoted) {
        buffer_byte(out, '"');
    }
    buffer_add(out, last ? STR("\r\n") : STR(","));
}
