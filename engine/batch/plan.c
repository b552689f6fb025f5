/* plan.c: rows become documents.
 *
 *     each query ──► groups of rows (groups.c) ──► rows reordered ──► names settled ──► narrowed by --only (narrow.c) */
#include "batch/plan.h"

#include <assert.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "batch/groups.h"
#include "batch/owners.h"
#include "text/text.h"

#define NAME_LIMIT_BYTES 255

static bool is_gathered(const struct rows *rows, const uint32_t *group_of) {
    size_t row = 1;
    while (row < rows->count && group_of[row - 1] <= group_of[row]) {
        row++;
    }
    return row >= rows->count;
}

/* A counting sort: rows of a group together, in their order. Mostly the query gives them so. */
static void gather(struct arena *arena, const struct rows *rows, const uint32_t *group_of, struct plan *plan) {
    for (size_t row = 0; row < rows->count; row++) {
        plan->items[group_of[row]].to++;
    }
    size_t from = 0;
    for (size_t i = 0; i < plan->count; i++) {
        plan->items[i].from = from;
        from += plan->items[i].to;
        plan->items[i].to = plan->items[i].from;
    }
    plan->rows = *rows;
    const bool gathered = is_gathered(rows, group_of);
    if (!gathered) {
        plan->rows.cells = ARENA_ARRAY(arena, struct value, rows->count * rows->columns);
    }
    for (size_t row = 0; row < rows->count && rows->columns > 0; row++) {
        struct planned *planned = &plan->items[group_of[row]];
        if (!gathered) {
            memcpy(&plan->rows.cells[planned->to * rows->columns], &rows->cells[row * rows->columns],
                   rows->columns * sizeof *rows->cells);
        }
        planned->to++;
    }
    for (size_t i = 0; i < plan->count && rows->columns == 0; i++) {
        plan->items[i].to = rows->count;
    }
    for (size_t i = 0; i < plan->count; i++) {
        assert(plan->items[i].from == (i > 0 ? plan->items[i - 1].to : 0) && "plan.h, 2");
    }
}

/* --- keys and names ----------------------------------------------------------------------------------------------- */

struct str plan_row_key(struct run *run, const struct printing *printing, const struct rows *rows, size_t row) {
    const struct layout *layout = printing->layout;
    for (size_t i = 0; i < layout->index_count; i++) {
        if (layout->index[i].role == INDEX_NUMBER) {
            return printing_beside(run->arena, printing,
                                   compose_index_text(printing->composer, run->arena, rows, row, i));
        }
    }
    return rows->columns > 0 ? printing_beside(run->arena, printing, groups_cell_text(run->arena, rows, row, 0))
                             : layout->name;
}

struct str plan_record(struct run *run, const struct printing *printing, const struct rows *rows, size_t from,
                       size_t to) {
    const struct str first = plan_row_key(run, printing, rows, from);
    const struct str last = to - from > 1 ? plan_row_key(run, printing, rows, to - 1) : first;
    return str_eq(first, last) ? first : str_printf(run->arena, "%.*s–%.*s", STR_ARG(first), STR_ARG(last));
}

struct str plan_school(struct run *run, const struct printing *printing, const struct plan *plan,
                       const struct planned *planned) {
    const uint32_t each = printing->layout->each;
    const size_t column =
        each == NO_QUERY ? SIZE_MAX : query_find_column(printing->resolved->queries[each].query, STR("school"));
    return column == SIZE_MAX ? STR_NONE : groups_cell_text(run->arena, &plan->rows, planned->from, column);
}

static void set_records(struct run *run, const struct printing *printing, struct plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->items[i];
        planned->record = plan_record(run, printing, &plan->rows, planned->from, planned->to);
    }
}

/* Has it a character whose NFC form may differ: a combining mark, a jamo, a unit sign, a compatibility ideograph? */
static bool may_look_alike(struct str path) {
    for (size_t at = 0; at < path.n;) {
        const uint32_t c = utf8_next(path, &at);
        if ((c >= 0x300 && c < 0x370) || (c >= 0x1100 && c < 0x1200) || c == 0x3099 || c == 0x309A ||
            (c >= 0x2126 && c <= 0x212B) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x2F800 && c < 0x2FA20)) {
            return true;
        }
    }
    return false;
}

/* As most disks and all eyes compare names: without case, composed (NFC). */
static struct str folded(struct arena *arena, struct str path) {
    char *copy = arena_copy(arena, path.p, path.n);
    for (size_t i = 0; i < path.n; i++) {
        copy[i] = copy[i] >= 'A' && copy[i] <= 'Z' ? (char)(copy[i] + ('a' - 'A')) : copy[i];
    }
    const struct str lower = {copy, path.n};
    return may_look_alike(lower) ? text_composed(arena, lower) : lower;
}

static struct str cut_at_code_point(struct str s, size_t limit_bytes) {
    while (limit_bytes > 0 && limit_bytes < s.n && ((unsigned char)s.p[limit_bytes] & 0xC0) == 0x80) {
        limit_bytes--;
    }
    return str_slice(s, 0, limit_bytes);
}

/* `path` with “_suffix” before its ending; the file's name is cut to 255 bytes in front of it. */
static struct str path_with_suffix(struct arena *arena, struct str path, struct str suffix) {
    size_t name_at = path.n;
    while (name_at > 0 && path.p[name_at - 1] != '/') {
        name_at--;
    }
    const struct str ending = str_ends(path, STR(".pdf"))    ? STR(".pdf")
                              : str_ends(path, STR(".xlsx")) ? STR(".xlsx")
                              : str_ends(path, STR(".csv"))  ? STR(".csv")
                                                             : STR_NONE;
    const struct str stem = str_slice(path, name_at, path.n - ending.n);
    const struct str safe = file_safe_name(arena, suffix, NAME_LIMIT_BYTES / 2);
    const struct str kept = cut_at_code_point(stem, NAME_LIMIT_BYTES - ending.n - safe.n - 1);
    return str_printf(arena, "%.*s%.*s_%.*s%.*s", (int)name_at, path.p, STR_ARG(kept), STR_ARG(safe), STR_ARG(ending));
}

/* Suffix of the n-th document of a name: its key; its ordinal where the first document has the same key. */
static struct str suffix_of(struct run *run, const struct planned *planned, struct str first, uint32_t n) {
    if (str_eq(planned->record, first)) {
        return str_printf(run->arena, "%u", n + 1);
    }
    return n == 1 ? planned->record : str_printf(run->arena, "%.*s_%u", STR_ARG(planned->record), n);
}

struct taken { /* of a path: who bears it, and the last ordinal that was tried for it */
    struct str record;
    uint32_t tried;
};

void plan_settle_names(struct run *run, struct plan *plan) {
    struct arena *scratch = arena_create();
    struct taken *taken = NULL;
    size_t count = 0, capacity = 0;
    struct strmap paths; /* index in taken */
    strmap_init(&paths, scratch);
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->items[i];
        const struct str wanted = planned->path;
        bool found = false;
        uint32_t *index = strmap_put(&paths, folded(scratch, wanted), &found);
        const uint32_t first = found ? *index : (uint32_t)count;
        while (found) {
            const uint32_t n = ++taken[first].tried;
            planned->suffix = suffix_of(run, planned, taken[first].record, n);
            planned->path = path_with_suffix(run->arena, wanted, planned->suffix);
            index = strmap_put(&paths, folded(scratch, planned->path), &found);
        }
        assert(!found && "plan.h, 3");
        *index = (uint32_t)count;
        ARENA_GROW(scratch, taken, count, capacity);
        taken[count++] = (struct taken){.record = planned->record};
    }
    arena_destroy(scratch);
}

/* Somebody should look: is it one child twice, or are two taken for one? */
static void tell_twins(struct plan *plan, const struct groups *groups) {
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->items[i];
        if (groups->twins[i]) {
            DIAG_ADD(&planned->findings, O114, ((struct place){.record = planned->record}),
                     planned->record.n > 0 ? planned->record : STR("—"));
        }
    }
}

/* --- the plan ----------------------------------------------------------------------------------------------------- */

/* `by_row` is set where it is known which rows the findings belong to. */
static bool rows_of_documents(struct run *run, const struct printing *printing, struct rows *rows, struct diags *found,
                              struct diags **by_row) {
    if (printing->layout->each == NO_QUERY) {
        *rows = (struct rows){.count = 1};
        return true;
    }
    if (printing->resolved->has_own) {
        return owners_rows(run, printing, rows, by_row, found);
    }
    return printing_query(run, printing, printing->layout->each, rows, found);
}

/* This reader's copy would say something false. In a run of all layouts that is no failure. */
static enum exit_code refuse(struct run *run, const struct printing *printing) {
    const struct resolved *resolved = printing->resolved;
    DIAG_ADD(&run->diags, O138, PLACE_NONE, printing->layout->name, reader_name(printing->reader), resolved->unfit_by,
             resolved->unfit_query);
    return run->job->name_count > 0 ? EXIT_DOCUMENT : EXIT_MADE;
}

/* Why the layout's query gives this reader nothing, and what to do. */
static struct str why_none(const struct run *run, const struct printing *printing, struct str *remedy) {
    const struct layout *layout = printing->layout;
    const struct query *each = printing->resolved->queries[layout->each].query;
    const struct str name = layout->queries[layout->query_uses[layout->each].query].name, none = query_reads_none(each);
    struct arena *arena = run->arena;
    if (none.n > 0) {
        *remedy = BOTH(
            "print it for a reader who gets them, --for school; who gets which rows stands in privacy.yaml under rows:",
            "请打印给看得到的读者：--for school；谁看得到哪些行，写在 privacy.yaml 的 rows 下");
        return diag_both(
            arena,
            str_printf(arena, "this reader gets no row of “%.*s”, which the query “%.*s” reads", STR_ARG(none),
                       STR_ARG(name)),
            str_printf(arena, "查询“%.*s”要读“%.*s”，这类读者看不到其中的任何一行", STR_ARG(name), STR_ARG(none)));
    }
    if (query_reads_own(each) && printing->resolved->own_column == NO_COLUMN) {
        const struct str own = session_own_column(printing->resolved->session);
        *remedy = diag_both(arena, str_printf(arena, "take the column into the query: SELECT %.*s, …", STR_ARG(own)),
                            str_printf(arena, "请把这一列写进查询：SELECT %.*s, …", STR_ARG(own)));
        return diag_both(
            arena,
            str_printf(arena,
                       "this reader gets its own rows alone, and the query “%.*s” doesn't say whose each document is",
                       STR_ARG(name)),
            str_printf(arena, "这类读者只看得到自己的行，而查询“%.*s”没有说明每份是谁的", STR_ARG(name)));
    }
    *remedy = BOTH("look whether the records are in and of that day: --as-of asks for another; dossier check LAYOUT "
                   "looks at the query",
                   "请看记录是否已录入、是否属于这一天：用 --as-of 可换一天；dossier check 版式名 可检查查询");
    const struct value *day = &run->givens.values[GIVEN_AS_OF];
    const struct str on = day->kind == VALUE_TEXT ? day->text : STR("—");
    return diag_both(arena, str_printf(arena, "the query “%.*s” finds no row on %.*s", STR_ARG(name), STR_ARG(on)),
                     str_printf(arena, "查询“%.*s”在 %.*s 没有查到任何一行", STR_ARG(name), STR_ARG(on)));
}

/* A layout that was asked for by its name is told when it gives nothing; of a run of all layouts a summary tells it. */
static void tell_none(struct run *run, const struct printing *printing) {
    bool named = false;
    for (size_t i = 0; i < run->job->name_count; i++) {
        named = named || str_eq(run->job->names[i], printing->layout->name);
    }
    if (named && run->job->only_count == 0 && printing->layout->each != NO_QUERY) {
        struct str remedy = STR_NONE;
        const struct str why = why_none(run, printing, &remedy);
        DIAG_ADD(&run->diags, O204, PLACE_NONE, printing->layout->name, reader_name(printing->reader), why, remedy);
    }
}

static void add_all(struct diags *to, const struct diags *from, enum severity least) {
    for (size_t i = 0; i < from->count; i++) {
        if (diag_severity(from->items[i].code) <= least) {
            diag_add(to, from->items[i].code, from->items[i].place, from->items[i].args);
        }
    }
}

/* Findings about a row are its document's. */
static void share_findings(const struct diags *findings, const uint32_t *group_of, size_t row_count,
                           struct plan *plan) {
    for (size_t row = 0; row < row_count; row++) {
        add_all(&plan->items[group_of[row]].findings, &findings[row], SEVERITY_NOTE);
    }
}

enum exit_code plan_all(struct run *run, const struct printing *printing, struct plan *out) {
    *out = (struct plan){0};
    struct rows rows;
    struct diags found;
    diags_init(&found, run->arena);
    struct diags *by_row = NULL;
    if (!rows_of_documents(run, printing, &rows, &found, &by_row)) {
        add_all(&run->diags, &found, SEVERITY_WARNING);
        return EXIT_DOCUMENT;
    }
    if (rows.count > 0 && printing->resolved->unfit_query.n > 0) {
        out->refused = true;
        return refuse(run, printing);
    }
    if (rows.count == 0) {
        tell_none(run, printing);
    }
    struct arena *scratch = arena_create();
    const struct groups groups = groups_of_rows(scratch, run->arena, printing, &rows);
    out->count = groups.count;
    out->items = ARENA_ARRAY(run->arena, struct planned, out->count);
    for (size_t i = 0; i < out->count; i++) {
        out->items[i].path = groups.paths[i];
        diags_init(&out->items[i].findings, run->arena);
    }
    if (found.count > 0 && by_row == NULL) { /* they are rare: only then the query is asked again for their rows */
        by_row = printing_row_findings(run, printing, printing->layout->each, rows.count);
    }
    if (by_row != NULL) {
        share_findings(by_row, groups.of_row, rows.count, out);
    }
    gather(run->arena, &rows, groups.of_row, out);
    set_records(run, printing, out);
    plan_settle_names(run, out);
    tell_twins(out, &groups);
    arena_destroy(scratch);
    return EXIT_MADE;
}
