/* findings.c: findings.csv, one line a finding, in the order of the documents. */
#include "batch/index.h"

#include "base/csv_line.h"
#include "batch/visible.h"

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
    buffer_add(out, STR(CSV_BOM "代码,级别,版式,编号,位置,栏目,问题,处理办法,文件\r\n"));
}

void findings_csv_line(struct buffer *out, struct arena *arena, const struct str cells[FINDINGS_COLUMNS]) {
    for (size_t i = 0; i < FINDINGS_COLUMNS; i++) {
        csv_cell(out, visible_text(arena, cells[i]), i + 1 == FINDINGS_COLUMNS);
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
