/* award_write.c: entries go into the journal, then into the semester database, by the same rows and the same SQL whether it is now or
 * after a crash. */
#include "office/award_step.h"

#include "base/buffer.h"

void award_name_values(struct awarding *run) {
    static const char *const names[VALUE_COUNT] = {":day",  ":type",  ":school", ":state", ":semester", ":from",
                                                   ":many", ":act",   ":by",     ":why",   ":level",    ":detail",
                                                   ":days", ":staff", ":draft",  ":count", ":head"};
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        run->values[i].name = names[i];
    }
}

#define AS_DECLARED(name) ", " #name " TEXT"
void award_entries_table(struct step *step) {
    step_run(step, "CREATE TEMP TABLE w_entry(seq INTEGER PRIMARY KEY" LEDGER_CELLS(AS_DECLARED) ")", NULL, 0);
}

int64_t award_seen(struct step *step, struct str *head) {
    int64_t count = 0;
    size_t rows = 0, columns;
    *head = STR("");
    if (step_text(step, "SELECT 1 FROM sqlite_schema WHERE name = 'intake_journal'", NULL, 0).n > 0) {
        const struct str *cells = step_rows(step, "SELECT count, head FROM intake_journal", NULL, 0, &rows, &columns);
        if (rows > 0 && str_to_int(cells[0], &count)) {
            *head = cells[1];
        }
    }
    return count;
}

/* A copy of the database was put back, or another one is named: papers are out there that it doesn't know. */
static void tell_unknown(struct awarding *run, int64_t seen) {
    size_t count = 0;
    struct buffer numbers = {0};
    const struct ledger_entry *entries = ledger_entries(
        &run->ledger, "id > CAST(?1 AS INTEGER) AND number IS NOT NULL AND act IN('批准', '补发', '打印', '领取')",
        str_int(run->step.arena, seen), &count);
    for (size_t i = 0; i < count && i < 8; i++) {
        buffer_printf(&numbers, "%s%.*s %.*s", i > 0 ? ", " : "", STR_ARG(entries[i].cells[LEDGER_number]),
                      STR_ARG(entries[i].cells[LEDGER_act]));
    }
    if (count > 0) {
        DIAG_ADD(run->step.diags, J108, PLACE_NONE, str_from(run->ledger.path),
                 str_int(run->step.arena, (int64_t)count), buffer_str(&numbers));
    }
    buffer_release(&numbers);
}

enum office_end award_open_ledger(struct awarding *run, bool make) {
    struct str head;
    const int64_t seen = award_seen(&run->step, &head);
    const enum office_end end = ledger_open(&run->ledger, run->step.arena, run->request->journal,
                                            run->request->database, seen, head, make, run->step.diags);
    if (end == OFFICE_DONE && run->ledger.from == 0 && seen < run->ledger.count) {
        tell_unknown(run, seen);
    }
    return end;
}

/* --- the journal --------------------------------------------------------------------------------------------------- */

static struct ledger_entry *planned(struct step *step, size_t *count) {
    const struct str sql =
        str_printf(step->arena, "SELECT %s FROM w_entry ORDER BY act <> '跳号', seq", ledger_columns);
    size_t columns;
    const struct str *cells = step_rows(step, str_c(step->arena, sql), NULL, 0, count, &columns);
    struct ledger_entry *entries = ARENA_ARRAY(step->arena, struct ledger_entry, *count);
    for (size_t i = 0; i < *count; i++) {
        for (size_t cell = 0; cell < columns; cell++) {
            entries[i].cells[cell] = cells[i * columns + cell];
        }
    }
    return entries;
}

static bool apply(struct awarding *run) {
    run->values[VALUE_count].text = str_int(run->step.arena, run->ledger.count);
    run->values[VALUE_head].text = run->ledger.head;
    return AWARD_SCRIPT(run, award_apply);
}

enum office_end award_write(struct awarding *run) {
    size_t count = 0;
    const struct str number = str_int(run->step.arena, run->step.journal.run);
    const struct sql_value value = {":run", number};
    step_run(&run->step, "UPDATE w_entry SET run = :run", &value, 1);
    struct ledger_entry *entries = planned(&run->step, &count);
    if (run->step.failed || run->step.dry_run) {
        return run->step.failed ? OFFICE_NO_WRITE : OFFICE_DONE;
    }
    if (!ledger_append(&run->ledger, entries, count)) {
        return OFFICE_NO_WRITE;
    }
    return apply(run) ? OFFICE_DONE : OFFICE_NO_WRITE;
}

/* --- after a crash ------------------------------------------------------------------------------------------------- */

#define AS_PLACE(name) ", :" #name
#define AS_VALUE(name) {":" #name, STR_NONE},
void award_put_entries(struct step *step, const struct ledger_entry *entries, size_t count) {
    struct sql_value values[] = {LEDGER_CELLS(AS_VALUE)};
    for (size_t i = 0; i < count; i++) {
        for (size_t cell = 0; cell < LEDGER_CELL_COUNT; cell++) {
            values[cell].text = entries[i].cells[cell];
        }
        step_run(step, "INSERT INTO w_entry VALUES(NULL" LEDGER_CELLS(AS_PLACE) ")", values, LEDGER_CELL_COUNT);
    }
}

/* What can't be done any more is told, and stands in the journal as 未成. */
static void note_undone(struct awarding *run) {
    size_t rows, columns;
    const struct str *cells =
        step_rows(&run->step, "SELECT coalesce(number, award), act, award, number FROM w_undone ORDER BY seq", NULL, 0,
                  &rows, &columns);
    struct ledger_entry *entries = ARENA_ARRAY(run->step.arena, struct ledger_entry, rows);
    for (size_t i = 0; i < rows; i++) {
        const struct str *cell = cells + i * columns;
        DIAG_ADD(run->step.diags, J111, PLACE_NONE, cell[0], cell[1]);
        entries[i].cells[LEDGER_act] = STR("未成");
        entries[i].cells[LEDGER_why] = cell[1];
        entries[i].cells[LEDGER_award] = cell[2];
        entries[i].cells[LEDGER_number] = cell[3];
        entries[i].cells[LEDGER_day] = run->values[VALUE_day].text;
    }
    ledger_append(&run->ledger, entries, rows);
}

/* Under the lock. The database has them already when it has seen the last of them; an undo has happened when its run is marked so. */
static enum office_end redo(struct awarding *run) {
    size_t count = 0;
    struct str head;
    const struct str range =
        str_printf(run->step.arena, "id BETWEEN %lld AND %lld", (long long)run->ledger.from, (long long)run->ledger.to);
    struct ledger_entry *entries = ledger_entries(&run->ledger, str_c(run->step.arena, range), STR_NONE, &count);
    if (count == 0 || award_seen(&run->step, &head) >= run->ledger.to) {
        return OFFICE_DONE;
    }
    DIAG_ADD(run->step.diags, J110, PLACE_NONE, str_from(run->ledger.path), str_int(run->step.arena, (int64_t)count),
             entries[0].cells[LEDGER_day]);
    run->values[VALUE_day].text = entries[0].cells[LEDGER_day];
    AWARD_SCRIPT(run, award_scene);
    award_entries_table(&run->step);
    award_put_entries(&run->step, entries, count);
    if (!apply(run)) {
        return OFFICE_NO_WRITE;
    }
    note_undone(run);
    const struct sql_value seen[] = {{":count", str_int(run->step.arena, run->ledger.count)},
                                     {":head", run->ledger.head}};
    return step_run(&run->step, "UPDATE intake_journal SET count = :count, head = :head", seen, 2) ? OFFICE_DONE
                                                                                                   : OFFICE_NO_WRITE;
}

static enum office_end recover(struct awarding *run) {
    enum office_end end = step_begin(&run->step, STR("award continued"), STR_NONE, false);
    if (end == OFFICE_DONE) {
        end = award_open_ledger(run, true); /* again, since another program may have been at work */
    }
    if (end == OFFICE_DONE) {
        end = redo(run);
    }
    int64_t number;
    end = step_end(&run->step, end, &number);
    if (end == OFFICE_DONE) {
        end = ledger_settle(&run->ledger) ? OFFICE_DONE : OFFICE_NO_WRITE;
    }
    ledger_close(&run->ledger);
    return end;
}

enum office_end award_recover(struct arena *arena, const char *database, const char *journal, struct diags *diags) {
    const struct award_request request = {.database = database, .journal = journal};
    struct awarding run = {.request = &request};
    struct diags quiet;
    struct ledger ledger;
    award_name_values(&run);
    diags_init(&quiet, arena);
    const enum office_end there = ledger_open(&ledger, arena, journal, database, 0, STR_NONE, false, &quiet);
    const bool pending = there == OFFICE_DONE && ledger.from > 0;
    ledger_close(&ledger);
    if (!pending) {
        return OFFICE_DONE; /* what is wrong with the journal is told by whoever opens it next */
    }
    const enum office_end end = step_open(&run.step, arena, database, diags);
    if (end != OFFICE_DONE) {
        return step_end(&run.step, end, NULL);
    }
    return recover(&run);
}
