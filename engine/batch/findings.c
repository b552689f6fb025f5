/* findings.c: findings.csv, one line a finding, in the order of the documents. */
#include "batch/index.h"

#include "base/utf8.h"
#include "batch/visible.h"

/* OWASP's list of what starts a formula in Excel, WPS and LibreOffice; the full-width signs are read like the others. */
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

static struct str severity_in_chinese(struct str severity) {
    static const struct {
        const char *name;
        struct str chinese;
    } words[] = {
        {"error", STR_INIT("未能生成")},
        {"warning", STR_INIT("版式")},
        {"fault", STR_INIT("错误")},
        {"note", STR_INIT("提示")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(severity, words[i].name)) {
            return words[i].chinese;
        }
    }
    return severity;
}

static void add_line(struct buffer *out, struct arena *arena, const struct finding *finding, struct str folder) {
    add_cell(out, finding->code, false);
    add_cell(out, severity_in_chinese(finding->severity), false);
    add_cell(out, visible_text(arena, folder), false);
    add_cell(out, visible_text(arena, finding->record), false);
    add_cell(out, visible_text(arena, finding->field), false);
    add_cell(out, visible_text(arena, finding->message), true);
}

/* What layouts found of the whole stands first. */
void findings_csv(const struct manifest *manifest, struct buffer *out) {
    buffer_clear(out);
    buffer_add(out, STR("\xEF\xBB\xBF代码,级别,版式,编号,位置,问题\r\n"));
    for (size_t i = 0; i < manifest->notice_count; i++) {
        for (size_t f = 0; f < manifest->notices[i].finding_count; f++) {
            add_line(out, manifest->arena, &manifest->notices[i].findings[f], manifest->notices[i].folder);
        }
    }
    for (size_t i = 0; i < manifest->count; i++) {
        for (size_t f = 0; f < manifest->entries[i].finding_count; f++) {
            add_line(out, manifest->arena, &manifest->entries[i].findings[f], manifest->entries[i].folder);
        }
    }
}
