/* findings.c: findings.csv, one line a finding, in the order of the documents. */
#include "batch/index.h"

#include "base/utf8.h"
#include "batch/visible.h"

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

static void add_cell(struct buffer *out, struct str cell, bool last) {
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

/* The manifest has the English word. */
static struct str severity_in_chinese(struct str severity) {
    for (enum severity s = SEVERITY_ERROR; s <= SEVERITY_NOTE; s++) {
        if (str_eq(severity, diag_severity_name(s, LANGUAGE_ENGLISH))) {
            return diag_severity_name(s, LANGUAGE_CHINESE);
        }
    }
    return severity;
}

void findings_csv_head(struct buffer *out) {
    buffer_clear(out);
    buffer_add(out, STR("\xEF\xBB\xBF代码,级别,版式,编号,位置,栏目,问题,处理办法,文件\r\n"));
}

void findings_csv_line(struct buffer *out, struct arena *arena, const struct str cells[FINDINGS_COLUMNS]) {
    for (size_t i = 0; i < FINDINGS_COLUMNS; i++) {
        add_cell(out, visible_text(arena, cells[i]), i + 1 == FINDINGS_COLUMNS);
    }
}

/* path: of the document; STR_NONE for a finding about all data. */
static void add_line(struct buffer *out, struct arena *arena, const struct finding *finding, struct str folder,
                     struct str path) {
    const struct str cells[FINDINGS_COLUMNS] = {finding->code,
                                                severity_in_chinese(finding->severity),
                                                folder,
                                                finding->record,
                                                finding->field,
                                                finding->label,
                                                finding->message,
                                                finding->remedy,
                                                path};
    findings_csv_line(out, arena, cells);
}

/* Findings of layouts about all data come first. */
void findings_csv(const struct manifest *manifest, struct buffer *out) {
    findings_csv_head(out);
    for (size_t i = 0; i < manifest->notice_count; i++) {
        for (size_t f = 0; f < manifest->notices[i].finding_count; f++) {
            add_line(out, manifest->arena, &manifest->notices[i].findings[f], manifest->notices[i].folder, STR_NONE);
        }
    }
    for (size_t i = 0; i < manifest->count; i++) {
        for (size_t f = 0; f < manifest->entries[i].finding_count; f++) {
            add_line(out, manifest->arena, &manifest->entries[i].findings[f], manifest->entries[i].folder,
                     manifest->entries[i].path);
        }
    }
}
