/* print.c: judged, sent, ended, confirmed. */
#include "office/print.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "office/award_step.h"

/* --- opening --------------------------------------------------------------------------------------------------------- */

static enum office_end lock(struct office_print *print) {
    print->lock = open(key_path(print->arena, print->database), O_RDONLY | O_CLOEXEC);
    if (print->lock >= 0 && flock(print->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        diag_add(print->diags, DIAG_S431, PLACE_NONE, (const struct str[4]){STR_NONE});
        return OFFICE_BUSY;
    }
    return OFFICE_DONE;
}

enum office_end office_print_open(struct office_print *print, bool write) {
    struct step step;
    struct str head = STR("");
    print->lock = -1;
    print->ledger = (struct ledger){0};
    enum office_end end = award_recover(print->arena, print->database, print->journal, print->diags);
    if (end != OFFICE_DONE) {
        return end;
    }
    end = step_open(&step, print->arena, print->database, print->diags);
    const int64_t seen = end == OFFICE_DONE ? award_seen(&step, &head) : 0;
    end = step_end(&step, end, NULL);
    if (end == OFFICE_DONE) {
        end =
            ledger_open(&print->ledger, print->arena, print->journal, print->database, seen, head, write, print->diags);
    }
    print->set = str_int(print->arena, print->ledger.count);
    return end == OFFICE_DONE && write ? lock(print) : end;
}

void office_print_close(struct office_print *print) {
    ledger_close(&print->ledger);
    if (print->lock >= 0) {
        close(print->lock);
    }
}

struct str office_print_digest(struct arena *arena, struct str bytes) {
    return digest_hex(arena, bytes.p, bytes.n);
}

struct str office_print_day(struct arena *arena, const char *database) {
    struct diags quiet;
    struct step step;
    struct str day = STR_NONE;
    diags_init(&quiet, arena);
    if (step_open(&step, arena, database, &quiet) == OFFICE_DONE) {
        day = step_text(&step, "SELECT max(issued_on) FROM award WHERE state IN('批准', '已打印', '已领')", NULL, 0);
    }
    step_end(&step, OFFICE_DONE, NULL);
    return day;
}

/* As numbers are written, whatever brackets somebody typed. */
struct str office_print_plain(struct arena *arena, struct str word) {
    static const char *const brackets[][2] = {{"[", "〔"},  {"(", "〔"},  {"（", "〔"}, {"［", "〔"},
                                              {"【", "〔"}, {"]", "〕"},  {")", "〕"},  {"）", "〕"},
                                              {"］", "〕"}, {"】", "〕"}, {" ", ""},    {"　", ""}};
    struct str plain = STR("");
    for (size_t at = 0; at < word.n;) {
        struct str from = str_slice(word, at, at + 1), to = from;
        for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
            if (str_starts(str_slice(word, at, word.n), str_from(brackets[i][0]))) {
                from = str_from(brackets[i][0]);
                to = str_from(brackets[i][1]);
            }
        }
        plain = str_join(arena, plain, to);
        at += from.n;
    }
    return plain;
}

/* --- what waits ------------------------------------------------------------------------------------------------------ */

static const char waiting[] = "act = '送印' AND id NOT IN(SELECT CAST(more ->> 'sent' AS INTEGER) FROM entry WHERE act "
                              "IN('打印', '未印') AND more "
                              "->> 'sent' IS NOT NULL)";

static struct str known_as(const struct ledger_entry *entry) {
    return entry->cells[LEDGER_number].n > 0 ? entry->cells[LEDGER_number] : entry->cells[LEDGER_key];
}

/* The same paper: an award by its row, another one by layout and key. */
static bool is_of(const struct office_print *print, const struct ledger_entry *entry, const struct print_paper *paper) {
    const struct str *cells = entry->cells;
    return paper->award.n > 0 ? str_eq(cells[LEDGER_award], paper->award)
                              : str_eq(cells[LEDGER_layout], print->layout) && str_eq(cells[LEDGER_key], paper->key);
}

static bool waits(struct office_print *print, const struct ledger_entry *entries, size_t entry_count,
                  const struct print_paper *papers, size_t count) {
    for (size_t i = 0; i < entry_count; i++) {
        for (size_t p = 0; p < count; p++) {
            if (is_of(print, &entries[i], &papers[p])) {
                return true;
            }
        }
    }
    return false;
}

static void tell_waiting(struct office_print *print, const struct ledger_entry *entries, size_t count) {
    const struct str *last = entries[count - 1].cells;
    DIAG_ADD(print->diags, S426, PLACE_NONE, known_as(&entries[0]), known_as(&entries[count - 1]), last[LEDGER_printer],
             last[LEDGER_at]);
}

/* --- judging --------------------------------------------------------------------------------------------------------- */

static void look_up(struct awarding *run, struct print_paper *paper) {
    enum { STATE, KIND, RECORD };
    size_t rows, columns;
    const struct sql_value value = {":award", paper->award};
    const struct str *cells =
        step_rows(&run->step, "SELECT state, kind, record FROM w_award WHERE id = CAST(:award AS INTEGER)", &value, 1,
                  &rows, &columns);
    if (rows > 0) {
        paper->state = cells[STATE];
        paper->kind = cells[KIND];
        paper->record = cells[RECORD];
    }
}

static bool was_printed(const struct print_paper *paper) {
    return str_is(paper->state, "已打印") || str_is(paper->state, "已领");
}

/* Those that were printed before are told by their number where nothing else is left. */
static void tell_printed(struct office_print *print, const struct print_paper *papers, size_t count) {
    size_t left = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        left += papers[i].may;
        before += was_printed(&papers[i]) && !papers[i].may;
    }
    if (left > 0 && before > 0) {
        DIAG_ADD(print->diags, S435, PLACE_NONE, str_int(print->arena, (int64_t)before),
                 str_int(print->arena, (int64_t)count));
    }
    for (size_t i = 0; i < count && left == 0; i++) {
        if (was_printed(&papers[i])) {
            DIAG_ADD(print->diags, S424, PLACE_NONE, papers[i].number, papers[i].state);
        }
    }
}

static void decide(struct office_print *print, struct print_paper *paper) {
    if (was_printed(paper)) {
        paper->may = print->again;
    } else if (!str_is(paper->state, "批准")) {
        DIAG_ADD(print->diags, A406, PLACE_NONE, paper->number, paper->state, STR("print"),
                 BOTH("批准, 已打印 or 已领", "批准、已打印或已领"));
        paper->may = false;
    }
}

static void begin_values(struct awarding *run, struct str day) {
    award_name_values(run);
    run->values[VALUE_day].text = day;
}

static enum office_end judge_awards(struct office_print *print, struct print_paper *papers, size_t count) {
    const struct award_request request = {.database = print->database, .journal = print->journal};
    struct awarding run = {.request = &request};
    begin_values(&run, print->day);
    enum office_end end = step_open(&run.step, print->arena, print->database, print->diags);
    if (end == OFFICE_DONE) {
        AWARD_SCRIPT(&run, award_scene);
        for (size_t i = 0; i < count; i++) {
            look_up(&run, &papers[i]);
            if (papers[i].may) {
                decide(print, &papers[i]);
            }
        }
        tell_printed(print, papers, count);
        end = run.step.failed ? OFFICE_INPUT : OFFICE_DONE;
    }
    return step_end(&run.step, end, NULL);
}

/* Whose a paper is: an award's by the record of the person, another one by its key. */
static struct str whose(const struct print_paper *paper) {
    return paper->award.n > 0 ? paper->record : paper->key;
}

static bool is_one_person(struct office_print *print, const struct print_paper *papers, size_t count,
                          struct str named) {
    struct str all = STR("");
    size_t people = 0;
    for (size_t i = 0; i < count && named.n > 0; i++) {
        bool known = false;
        for (size_t k = 0; k < i; k++) {
            known = known || str_eq(whose(&papers[k]), whose(&papers[i]));
        }
        if (!known) {
            all = str_printf(print->arena, "%.*s%s%.*s", STR_ARG(all), people > 0 ? ", " : "",
                             STR_ARG(whose(&papers[i])));
            people++;
        }
    }
    if (people > 1) {
        DIAG_ADD(print->diags, S427, PLACE_NONE, named, str_int(print->arena, (int64_t)people), all);
    }
    return people <= 1;
}

enum office_end office_print_judge(struct office_print *print, struct print_paper *papers, size_t count,
                                   struct str named) {
    size_t entry_count = 0;
    const struct ledger_entry *entries = ledger_entries(&print->ledger, waiting, STR(""), &entry_count);
    if (count > 0 && papers[0].award.n > 0) {
        const enum office_end end = judge_awards(print, papers, count);
        if (end != OFFICE_DONE) {
            return end;
        }
    }
    if (!is_one_person(print, papers, count, named)) {
        return OFFICE_REFUSED;
    }
    if (waits(print, entries, entry_count, papers, count)) {
        tell_waiting(print, entries, entry_count);
        return OFFICE_REFUSED;
    }
    return OFFICE_DONE;
}

static void find_home(struct office_print *print, struct str award, struct print_home *home) {
    enum { TERM, DAY };
    struct step step;
    size_t rows = 0, columns;
    const struct sql_value value = {":award", award};
    if (step_open(&step, print->arena, print->database, print->diags) == OFFICE_DONE) {
        const struct str *cells =
            step_rows(&step, "SELECT semester_id, issued_on FROM award WHERE id = CAST(:award AS INTEGER)", &value, 1,
                      &rows, &columns);
        *home = rows > 0 ? (struct print_home){cells[TERM], cells[DAY]} : *home;
    }
    step_end(&step, OFFICE_DONE, NULL);
}

bool office_print_explains(struct office_print *print, struct str word, struct print_home *home) {
    struct award_result result;
    const struct award_request request = {.database = print->database,
                                          .journal = print->journal,
                                          .act = AWARD_PRINTED,
                                          .words = &word,
                                          .word_count = 1,
                                          .as_of = print->day,
                                          .dry_run = true};
    *home = (struct print_home){STR_NONE, STR_NONE};
    if (office_award(print->arena, &request, &result, print->diags) != OFFICE_DONE) {
        return false;
    }
    if (result.count > 0) {
        find_home(print, result.rows[0].id, home);
    }
    return true;
}

/* --- the journal ----------------------------------------------------------------------------------------------------- */

/* An award's number is a cell of its own: by it gaps are explained. */
static struct ledger_entry entry_of(const struct office_print *print, const struct print_paper *paper,
                                    const char *act) {
    struct ledger_entry entry = {0};
    struct str *cells = entry.cells;
    cells[LEDGER_day] = print->day;
    cells[LEDGER_act] = str_from(act);
    cells[LEDGER_award] = paper->award;
    cells[LEDGER_number] = paper->award.n > 0 ? paper->number : STR_NONE;
    cells[LEDGER_kind] = paper->kind;
    cells[LEDGER_record] = paper->award.n > 0 ? paper->record : paper->key;
    cells[LEDGER_was] = paper->state;
    cells[LEDGER_why] = print->why;
    cells[LEDGER_layout] = print->layout;
    cells[LEDGER_key] = paper->key;
    cells[LEDGER_reader] = print->reader;
    cells[LEDGER_printer] = print->printer;
    cells[LEDGER_copies] = print->copies;
    cells[LEDGER_sha256] = paper->sha256;
    cells[LEDGER_paper] = paper->paper;
    cells[LEDGER_content] = paper->content;
    cells[LEDGER_code] = paper->code;
    cells[LEDGER_edition] = paper->edition;
    return entry;
}

enum office_end office_print_sent(struct office_print *print, struct print_paper *papers, size_t count) {
    struct ledger_entry *entries = ARENA_ARRAY(print->arena, struct ledger_entry, count);
    for (size_t i = 0; i < count; i++) {
        entries[i] = entry_of(print, &papers[i], "送印");
        entries[i].cells[LEDGER_more] = str_printf(print->arena, "{\"set\":%.*s}", STR_ARG(print->set));
    }
    if (!ledger_note(&print->ledger, entries, count)) {
        return OFFICE_NO_WRITE;
    }
    for (size_t i = 0; i < count; i++) {
        papers[i].sent = entries[i].id;
    }
    return OFFICE_DONE;
}

/* What became of the papers that have an end; of each the entry by which it was sent. */
static struct ledger_entry *endings(struct office_print *print, const struct print_paper *papers, size_t count,
                                    size_t *out) {
    struct ledger_entry *entries = ARENA_ARRAY(print->arena, struct ledger_entry, count);
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (papers[i].end != PAPER_WAITS && papers[i].sent > 0) {
            entries[*out] = entry_of(print, &papers[i], papers[i].end == PAPER_PRINTED ? "打印" : "未印");
            entries[(*out)++].cells[LEDGER_more] =
                str_printf(print->arena, "{\"sent\":%lld}", (long long)papers[i].sent);
        }
    }
    return entries;
}

/* --- the database ---------------------------------------------------------------------------------------------------- */

/* A paper came out of which the award is no longer what it was. */
static void tell_void(struct awarding *run) {
    award_tell(run, DIAG_S430,
               "SELECT e.number FROM w_entry AS e JOIN w_award AS a ON a.id = e.award WHERE e.act = '打印' AND a.state "
               "= '作废' ORDER BY e.seq");
}

static enum office_end write_awards(struct awarding *run, struct office_print *print,
                                    const struct ledger_entry *entries, size_t count) {
    enum office_end end = step_begin(&run->step, STR("award printed"), print->day, false);
    if (end == OFFICE_DONE) {
        end = award_open_ledger(run, true);
    }
    if (end != OFFICE_DONE) {
        return end;
    }
    AWARD_SCRIPT(run, award_scene);
    award_entries_table(&run->step);
    award_put_entries(&run->step, entries, count);
    tell_void(run);
    return award_write(run);
}

static enum office_end end_awards(struct office_print *print, const struct ledger_entry *entries, size_t count,
                                  int64_t *number) {
    const struct award_request request = {.database = print->database, .journal = print->journal};
    struct awarding run = {.request = &request};
    begin_values(&run, print->day);
    enum office_end end = step_open(&run.step, print->arena, print->database, print->diags);
    end = step_end(&run.step, end == OFFICE_DONE ? write_awards(&run, print, entries, count) : end, number);
    if (end == OFFICE_DONE && !ledger_settle(&run.ledger)) {
        end = OFFICE_NO_WRITE;
    }
    ledger_close(&run.ledger);
    return end;
}

/* One of them is an award that came out? */
static bool writes_awards(const struct ledger_entry *entries, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (entries[i].cells[LEDGER_award].n > 0 && str_is(entries[i].cells[LEDGER_act], "打印")) {
            return true;
        }
    }
    return false;
}

static enum office_end end_all(struct office_print *print, struct ledger_entry *entries, size_t count, int64_t *run) {
    *run = 0;
    if (writes_awards(entries, count)) {
        return end_awards(print, entries, count, run);
    }
    return ledger_note(&print->ledger, entries, count) ? OFFICE_DONE : OFFICE_NO_WRITE;
}

enum office_end office_print_ended(struct office_print *print, const struct print_paper *papers, size_t count,
                                   int64_t *run) {
    size_t entry_count = 0;
    struct ledger_entry *entries = endings(print, papers, count, &entry_count);
    return end_all(print, entries, entry_count, run);
}

/* --- the word of who looked ------------------------------------------------------------------------------------------ */

/* What became of a paper that was sent. */
static struct ledger_entry ending_of(struct office_print *print, const struct ledger_entry *sent, bool printed) {
    struct ledger_entry entry = *sent;
    entry.cells[LEDGER_day] = print->day;
    entry.cells[LEDGER_act] = printed ? STR("打印") : STR("未印");
    entry.cells[LEDGER_more] = str_printf(print->arena, "{\"sent\":%lld}", (long long)sent->id);
    return entry;
}

/* The last of the entries that is known by this word; `count`: none is. */
static size_t find(struct office_print *print, const struct ledger_entry *entries, size_t count, struct str word) {
    const struct str plain = office_print_plain(print->arena, word);
    size_t at = count;
    for (size_t i = 0; i < count; i++) {
        const struct str *cells = entries[i].cells;
        if (str_eq(cells[LEDGER_number], plain) || str_eq(cells[LEDGER_key], word) ||
            str_eq(cells[LEDGER_key], plain) || str_eq(cells[LEDGER_award], word)) {
            at = i;
        }
    }
    return at;
}

static void tell_unknown(struct office_print *print, const struct ledger_entry *entries, size_t count,
                         struct str word) {
    if (count == 0) {
        diag_add(print->diags, DIAG_S432, PLACE_NONE, (const struct str[4]){STR_NONE});
        return;
    }
    DIAG_ADD(print->diags, S429, PLACE_NONE, word,
             str_printf(print->arena, "%.*s – %.*s", STR_ARG(known_as(&entries[0])),
                        STR_ARG(known_as(&entries[count - 1]))));
}

enum office_end office_print_confirm(struct office_print *print, struct str word, struct print_said *said,
                                     int64_t *run) {
    size_t count = 0, ended = 0;
    const struct ledger_entry *entries = ledger_entries(&print->ledger, waiting, STR(""), &count);
    const bool none = str_is(word, "none") || str_is(word, "无");
    const size_t at = none ? count : find(print, entries, count, word);
    *said = (struct print_said){0};
    if (count == 0 || (at == count && !none)) {
        tell_unknown(print, entries, count, word);
        return OFFICE_REFUSED;
    }
    struct ledger_entry *endings = ARENA_ARRAY(print->arena, struct ledger_entry, count);
    for (size_t i = 0; i < count; i++) {
        if (none || str_eq(entries[i].cells[LEDGER_more], entries[at].cells[LEDGER_more])) {
            const bool printed = !none && i <= at;
            endings[ended++] = ending_of(print, &entries[i], printed);
            *(printed ? &said->printed : &said->failed) += 1;
            said->next = printed || said->next.n > 0 ? said->next : known_as(&entries[i]);
        }
    }
    return end_all(print, endings, ended, run);
}
