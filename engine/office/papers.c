/* papers.c: the journal is asked; an undo is told to it. */
#include "office/papers.h"

#include <string.h>

#include "base/hash.h"
#include "office/award_step.h"

/* --- asking ---------------------------------------------------------------------------------------------------------- */

/* What the semester database has seen of it; it may be missing. */
static int64_t seen_by(struct arena *arena, const char *database, struct str *head) {
    struct diags quiet;
    struct step step;
    int64_t seen = 0;
    diags_init(&quiet, arena);
    *head = STR("");
    if (step_open(&step, arena, database, &quiet) == OFFICE_DONE) {
        seen = award_seen(&step, head);
    }
    step_end(&step, OFFICE_DONE, NULL);
    return seen;
}

static enum office_end open_to_read(struct ledger *ledger, struct arena *arena, const char *database,
                                    const char *journal, struct diags *diags) {
    struct str head;
    const int64_t seen = seen_by(arena, database, &head);
    return ledger_open(ledger, arena, journal, database, seen, head, false, diags);
}

enum office_end office_journal_head(struct arena *arena, const char *database, const char *journal, int64_t *count,
                                    struct str *head, struct diags *diags) {
    struct ledger ledger;
    const enum office_end end = open_to_read(&ledger, arena, database, journal, diags);
    *count = ledger.count;
    *head = ledger.head;
    ledger_close(&ledger);
    return end;
}

/* A paper, what it replaces and what replaces it: entries that share its number or its award, and those of 补发 on either side. */
static const char kin[] =
    "?1 = '' OR award IN(WITH RECURSIVE w(award) AS (SELECT award FROM entry WHERE award IS NOT NULL AND (number = ?1 "
    "OR record = ?1 OR award = ?1)"
    " UNION SELECT CASE WHEN e.award = w.award THEN CAST(e.more ->> 'of' AS TEXT) ELSE e.award END FROM w JOIN entry "
    "AS e ON e.act = '补发' AND (e.award = w.award OR e.more ->> 'of' = CAST(w.award AS INTEGER)))"
    " SELECT award FROM w WHERE award IS NOT NULL) OR number = ?1 OR record = ?1 OR key = ?1 OR sha256 = ?1";

static void fill(struct paper_act *act, const struct ledger_entry *entry) {
    static const enum ledger_cell parts[PAPER_PARTS] = {LEDGER_number,  LEDGER_kind,    LEDGER_record,  LEDGER_layout,
                                                        LEDGER_edition, LEDGER_reader,  LEDGER_printer, LEDGER_copies,
                                                        LEDGER_sha256,  LEDGER_by_whom, LEDGER_why};
    *act = (struct paper_act){.id = entry->id,
                              .at = entry->cells[LEDGER_at],
                              .day = entry->cells[LEDGER_day],
                              .user = entry->cells[LEDGER_user],
                              .act = entry->cells[LEDGER_act]};
    for (size_t i = 0; i < PAPER_PARTS; i++) {
        act->parts[i] = entry->cells[parts[i]];
    }
}

enum office_end office_paper_life(struct arena *arena, const char *database, const char *journal, struct str of,
                                  struct paper_life *life, struct diags *diags) {
    struct ledger ledger;
    *life = (struct paper_life){.head = STR("")};
    enum office_end end = open_to_read(&ledger, arena, database, journal, diags);
    if (end == OFFICE_DONE) {
        const struct ledger_entry *entries = ledger_entries(&ledger, kin, of.n > 0 ? of : STR(""), &life->count);
        life->acts = ARENA_ARRAY(arena, struct paper_act, life->count);
        for (size_t i = 0; i < life->count; i++) {
            fill(&life->acts[i], &entries[i]);
        }
        life->entries = ledger.count;
        life->head = ledger.head;
    }
    ledger_close(&ledger);
    if (end == OFFICE_DONE && of.n > 0 && life->count == 0) {
        DIAG_ADD(diags, J109, PLACE_NONE, str_from(ledger.path), of);
        end = OFFICE_REFUSED;
    }
    return end;
}

bool office_award_is_void(struct arena *arena, const char *database, struct str number, struct str *day,
                          struct str *instead) {
    enum { DAY, INSTEAD };
    const struct sql_value value = {":number", number};
    struct diags quiet;
    struct step step;
    size_t rows = 0, columns;
    diags_init(&quiet, arena);
    *day = *instead = STR_NONE;
    if (step_open(&step, arena, database, &quiet) == OFFICE_DONE) {
        const struct str *cells =
            step_rows(&step,
                      "SELECT v.on_date, n.cert_no FROM award AS a LEFT JOIN award_void AS v ON v.award_id = a.id LEFT "
                      "JOIN award AS n ON n.reissue_of = a.id AND n.state <> '作废' WHERE a.cert_no = :number AND "
                      "a.state = '作废' ORDER BY n.id DESC LIMIT 1",
                      &value, 1, &rows, &columns);
        *day = rows > 0 ? cells[DAY] : *day;
        *instead = rows > 0 ? cells[INSTEAD] : *instead;
    }
    step_end(&step, OFFICE_DONE, NULL);
    return rows > 0;
}

/* --- codes ----------------------------------------------------------------------------------------------------------- */

enum office_end office_key(struct arena *arena, const char *database, const char *journal, bool *made,
                           struct diags *diags) {
    struct ledger ledger;
    struct key key;
    const size_t told = diags->count;
    const enum office_end end = ledger_open(&ledger, arena, journal, database, 0, STR(""), false, diags);
    ledger_close(&ledger);
    *made = false;
    if (end != OFFICE_DONE || key_read(arena, database, &key, diags) || diags->count > told) {
        return end;
    }
    *made = key_make(arena, database, &key, diags);
    return *made ? OFFICE_DONE : OFFICE_NO_WRITE;
}

/* Entries in their order: a later one of the same code that says “taken back” speaks of the last printing before it. */
static size_t still_printed(struct arena *arena, const struct ledger_entry *entries, size_t count,
                            struct paper_print *prints) {
    struct strmap last; /* by code: the index of its last printing, from 1; 0: it was taken back */
    size_t kept = 0;
    bool found = false;
    strmap_init(&last, arena);
    for (size_t i = 0; i < count; i++) {
        const struct str *cells = entries[i].cells;
        uint32_t *at = strmap_put(&last, cells[LEDGER_code], &found);
        if (str_is(cells[LEDGER_act], "打印")) {
            const struct str day =
                cells[LEDGER_day].n > 0 ? cells[LEDGER_day] : str_slice(cells[LEDGER_at], 0, strlen("2026-11-25"));
            prints[kept++] = (struct paper_print){cells[LEDGER_code], cells[LEDGER_content], cells[LEDGER_reader], day};
            *at = (uint32_t)kept;
        } else if (*at > 0) {
            prints[*at - 1].code = STR_NONE;
            *at = 0;
        }
    }
    return kept;
}

enum office_end office_prints(struct arena *arena, const char *database, const char *journal,
                              struct paper_print **prints, size_t *count, struct diags *diags) {
    struct ledger ledger;
    size_t all = 0;
    *count = 0;
    const enum office_end end = ledger_open(&ledger, arena, journal, database, 0, STR(""), false, diags);
    if (end == OFFICE_DONE) {
        const struct ledger_entry *entries = ledger_entries(
            &ledger, "act IN('打印', '撤销', '未成') AND code <> '' AND content <> '' AND ?1 = ''", STR(""), &all);
        *prints = ARENA_ARRAY(arena, struct paper_print, all);
        const size_t kept = still_printed(arena, entries, all, *prints);
        for (size_t i = 0; i < kept; i++) {
            if ((*prints)[i].code.n > 0) {
                (*prints)[(*count)++] = (*prints)[i];
            }
        }
    }
    ledger_close(&ledger);
    return end;
}

/* --- undo ------------------------------------------------------------------------------------------------------------ */

/* The run that undo would take back, where that was an act of awards; 0: another one, or none. */
static int64_t act_to_undo(struct step *step, int64_t run) {
    const struct sql_value value = {":run", str_int(step->arena, run)};
    size_t rows = 0, columns;
    int64_t number = 0;
    if (step_text(step, "SELECT 1 FROM sqlite_schema WHERE name = 'intake_run'", NULL, 0).n == 0) {
        return 0;
    }
    const struct str *cells = step_rows(step,
                                        "SELECT id, file FROM intake_run WHERE undone = 0 AND changeset IS NOT NULL "
                                        "AND (:run = '0' OR id = :run) ORDER BY id DESC LIMIT 1",
                                        &value, 1, &rows, &columns);
    if (rows > 0 && str_starts(cells[1], STR("award "))) {
        str_to_int(cells[0], &number);
    }
    return number;
}

/* Entries that say so: one for each paper of the run's last act, with its number. */
static struct ledger_entry *taken_back(struct ledger *ledger, int64_t run, size_t *count) {
    struct ledger_entry *entries = ledger_entries(
        ledger,
        "run = ?1 AND act <> '撤销' AND id > coalesce((SELECT max(id) FROM entry WHERE run = ?1 AND act = '撤销'), 0)",
        str_int(ledger->arena, run), count);
    for (size_t i = 0; i < *count; i++) {
        struct str *cells = entries[i].cells;
        cells[LEDGER_why] = cells[LEDGER_act];
        cells[LEDGER_act] = STR("撤销");
        cells[LEDGER_day] = cells[LEDGER_was] = cells[LEDGER_by_whom] = cells[LEDGER_more] = cells[LEDGER_no] =
            STR_NONE;
    }
    return entries;
}

/* The database has now seen all. */
static void see(struct ledger *ledger, const char *database) {
    struct step step;
    if (step_open(&step, ledger->arena, database, ledger->diags) == OFFICE_DONE) {
        const struct sql_value values[] = {{":count", str_int(ledger->arena, ledger->count)}, {":head", ledger->head}};
        step_run(&step, "UPDATE intake_journal SET count = :count, head = :head", values, 2);
    }
    step_end(&step, OFFICE_DONE, NULL);
}

enum intake_end office_undo(struct arena *arena, const char *database, const char *journal, struct intake_known *known,
                            struct diags *diags) {
    struct step step;
    struct ledger ledger = {0};
    struct str head = STR("");
    size_t count = 0;
    enum office_end end = award_recover(arena, database, journal, diags);
    if (end != OFFICE_DONE) {
        return end == OFFICE_BUSY ? INTAKE_BUSY : end == OFFICE_NO_WRITE ? INTAKE_NO_WRITE : INTAKE_INPUT;
    }
    struct diags quiet;
    diags_init(&quiet, arena);
    end = step_open(&step, arena, database, &quiet);
    const int64_t act = end == OFFICE_DONE ? act_to_undo(&step, known->run) : 0;
    const int64_t seen = end == OFFICE_DONE ? award_seen(&step, &head) : 0;
    step_end(&step, OFFICE_DONE, NULL);
    if (act > 0 && ledger_open(&ledger, arena, journal, database, seen, head, true, diags) != OFFICE_DONE) {
        ledger_close(&ledger);
        return INTAKE_INPUT;
    }
    const enum intake_end undone = intake_undo(arena, database, known, diags);
    if (act > 0 && undone == INTAKE_TAKEN) {
        struct ledger_entry *entries = taken_back(&ledger, act, &count);
        if (ledger_append(&ledger, entries, count)) {
            see(&ledger, database);
            ledger_settle(&ledger);
        }
    }
    ledger_close(&ledger);
    return undone;
}
