/* finding.c: what a finding says, in words. */
#include "rules/rules.h"

struct str rules_finding_text(struct arena *arena, const struct rule_finding *finding, bool value) {
    const struct str text = finding->rule->text[LANGUAGE_CHINESE];
    const struct str stands =
        value && finding->value.n > 0 ? str_printf(arena, "：“%.*s”", STR_ARG(finding->value)) : STR("");
    const struct str beside = finding->wanted.n > 0 ? finding->wanted : finding->other;
    const struct str more =
        beside.n > 0 ? str_printf(arena, finding->wanted.n > 0 ? "，应为“%.*s”" : "，另见“%.*s”", STR_ARG(beside))
                     : STR("");
    return str_printf(arena, "%.*s%.*s%.*s", STR_ARG(text), STR_ARG(stands), STR_ARG(more));
}
