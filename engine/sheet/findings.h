/* findings.h: what the checks found, as a workbook: a sheet for each school, so that each gets its own, and a first one that counts them. */
#ifndef SHEET_FINDINGS_H
#define SHEET_FINDINGS_H

#include "base/diag.h"
#include "rules/rules.h"

/* Writes the workbook. Each line has the record's number, what stands there, what would be right, and on which sheet of the collection
 * workbook it is mended. Chinese, with all values: it is for the school's eyes. False: told. */
bool findings_write(struct arena *arena, const char *path, const struct rules_result *result, struct diags *diags);

/* Where a finding is mended: "学生 · 身份证号", the sheet and column of the collection workbook; its table and row where no form has it. In
 * the arena. */
struct str finding_place(struct arena *arena, const struct rule_finding *finding);

#endif
