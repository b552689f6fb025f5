/* doubts.c: a finding names table, column and key; a row of a form stands for a key of each of its targets. */
#include "sheet/doubts.h"

#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"

struct doubts {
    struct arena *arena;
    const struct rules_result *result;
    struct strmap first; /* "student.id_card 17", "@pairing.share_bp 17" where the key is a child's: index + 1 */
    uint32_t *next;      /* of the same cell: index + 1 */
};

struct doubts *doubts_make(struct arena *arena, const struct rules_result *result) {
    struct doubts *doubts = ARENA_NEW(arena, struct doubts);
    *doubts =
        (struct doubts){.arena = arena, .result = result, .next = ARENA_ARRAY(arena, uint32_t, result->count + 1)};
    strmap_init(&doubts->first, arena);
    for (size_t i = result->count; i > 0; i--) {
        const struct rule_finding *finding = &result->findings[i - 1];
        bool found = false;
        uint32_t *first = strmap_put(&doubts->first,
                                     str_printf(arena, "%s%.*s %.*s", finding->of_child ? "@" : "",
                                                STR_ARG(finding->place), STR_ARG(finding->key)),
                                     &found);
        doubts->next[i - 1] = *first;
        *first = (uint32_t)i;
    }
    return doubts;
}

static void add_words(struct doubts *doubts, struct buffer *words, const struct rule_finding *finding,
                      enum cell_look *look) {
    const bool fault = finding->rule->severity == SEVERITY_FAULT;
    const struct str text =
        str_printf(doubts->arena, "%.*s。%.*s", STR_ARG(rules_finding_text(doubts->arena, finding, false)),
                   STR_ARG(finding->rule->remedy[LANGUAGE_CHINESE]));
    *look = fault ? LOOK_WRONG : *look == LOOK_PLAIN ? LOOK_DOUBTFUL : *look;
    if (str_find(buffer_str(words), text) < words->count) {
        return; /* of the father of two it is found twice */
    }
    buffer_add(words, words->count > 0 ? STR("\n") : STR(""));
    buffer_add(words, text);
}

static void add_cell(struct doubts *doubts, struct buffer *words, const char *mark, const char *table,
                     struct str column, struct str key, enum cell_look *look) {
    struct buffer name = {0};
    buffer_printf(&name, "%s%s%.*s %.*s", mark, table, STR_ARG(column), STR_ARG(key));
    const uint32_t *first = key.n > 0 ? strmap_get(&doubts->first, buffer_str(&name)) : NULL;
    for (uint32_t i = first != NULL ? *first : 0; i > 0; i = doubts->next[i - 1]) {
        add_words(doubts, words, &doubts->result->findings[i - 1], look);
    }
    buffer_release(&name);
}

enum cell_look doubts_of(struct doubts *doubts, const struct form *form, const struct field *field,
                         const struct filled_keys *keys, struct str *words) {
    struct buffer text = {0};
    enum cell_look look = LOOK_PLAIN;
    *words = STR_NONE;
    for (size_t i = 0; i < FORM_TARGETS && form->targets[i].table != NULL && field->column != NULL; i++) {
        const struct target *target = &form->targets[i];
        const size_t n = strlen(target->name);
        if (strncmp(field->column, target->name, n) == 0 && field->column[n] == '.') {
            const struct str column = str_from(field->column + n); /* with its dot */
            add_cell(doubts, &text, "", target->table, column, keys->targets[i], &look);
            /* of all that was done for a child no line is the wrong one */
            add_cell(doubts, &text, "@", target->table, column, target->repeats ? STR_NONE : keys->child, &look);
        }
    }
    if (text.count > 0) {
        *words = str_copy(doubts->arena, buffer_str(&text));
    }
    buffer_release(&text);
    return look;
}
