/* index.h: what people open in a term's folder: index.html and findings.csv, both made from the manifest alone, in Chinese whatever
 * LANG says. Characters that can't be seen are named (visible.h). `out` is cleared first; nothing can fail. */
#ifndef BATCH_INDEX_H
#define BATCH_INDEX_H

#include "batch/manifest.h"

/* A page that works from disk: every document with its index entries and a link, and a field to search them. Nothing is
 * loaded from elsewhere. */
void index_html(const struct manifest *manifest, struct buffer *out);

/* findings.c. All findings for a spreadsheet: UTF-8 with BOM, RFC 4180; a cell that a spreadsheet would run as a formula gets a '
 * in front. Columns: code, severity, layout, number, place, label, what, remedy, file. What layouts found of the whole stands first,
 * then documents in the manifest's order. */
void findings_csv(const struct manifest *manifest, struct buffer *out);
/* Its parts, for other lists of findings: the line of headings, with the BOM, and one finding. */
enum { FINDINGS_COLUMNS = 9 };
/* For other lists of findings: replaces the content of `out` by the line of headings, in Chinese, with the BOM. */
void findings_csv_head(struct buffer *out);
/* Appends one finding, in the order of the headings; the arena is scratch. */
void findings_csv_line(struct buffer *out, struct arena *arena, const struct str cells[FINDINGS_COLUMNS]);

#endif
