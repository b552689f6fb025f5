/* printing.c: a layout in a run: for which reader, onto which stock, into which folder, resolved and ready to compose.
 */
#include "batch/printing.h"

#include "base/file.h"
#include "base/length.h"
#include "compose/tab.h"
#include "layout/visit.h"

#define FILE_NAME_LIMIT_BYTES 255
#define PRINTER_LIMIT_BYTES   100 /* of its name in a folder's */

/* --- stock -------------------------------------------------------------------------------------------------------- */

static const struct str STOCKS[] = {[STOCK_BLANK] = STR_INIT("blank"), [STOCK_PREPRINTED] = STR_INIT("preprinted")};

struct str stock_name(enum stock stock) {
    return STOCKS[stock];
}

bool stock_from_name(struct str name, enum stock *stock) {
    for (enum stock s = STOCK_BLANK; s <= STOCK_PREPRINTED; s++) {
        if (str_eq(name, STOCKS[s])) {
            *stock = s;
            return true;
        }
    }
    return false;
}

/* --- medium --------------------------------------------------------------------------------------------------------- */

static const struct str MEDIA[] = {
    [MEDIUM_PDF] = STR_INIT("pdf"), [MEDIUM_XLSX] = STR_INIT("xlsx"), [MEDIUM_CSV] = STR_INIT("csv")};

struct str medium_name(enum medium medium) {
    return MEDIA[medium];
}

bool medium_from_name(struct str name, enum medium *medium) {
    for (enum medium m = MEDIUM_PDF; m <= MEDIUM_CSV; m++) {
        if (str_eq(name, MEDIA[m])) {
            *medium = m;
            return true;
        }
    }
    return false;
}

bool printing_has_tables(struct run *run, const struct layout *layout) {
    if (run->job->medium == MEDIUM_PDF || layout->broken) {
        return true;
    }
    if (layout_has_tab(layout)) {
        if (layout_has(layout, BLOCK_CHART)) {
            DIAG_ADD(&run->diags, W107, PLACE_NONE, layout->name);
        }
        return true;
    }
    if (run->job->name_count > 0) {
        DIAG_ADD(&run->diags, W101, PLACE_NONE, layout->name);
        run_worsen(run, EXIT_DOCUMENT);
        run_tell(run);
    }
    return false;
}

struct str printing_file(struct arena *arena, const struct printing *printing, struct str path) {
    static const struct str pdf = STR_INIT(".pdf");
    if (printing->medium == MEDIUM_PDF || !str_ends(path, pdf)) {
        return path;
    }
    size_t name_at = path.n, stem = path.n - pdf.n;
    while (name_at > 0 && path.p[name_at - 1] != '/') {
        name_at--;
    }
    const struct str ending = str_join(arena, STR("."), medium_name(printing->medium));
    const struct str name = file_safe_name(arena, str_slice(path, name_at, stem), FILE_NAME_LIMIT_BYTES - ending.n);
    return str_printf(arena, "%.*s%.*s%.*s", (int)name_at, path.p, STR_ARG(name), STR_ARG(ending));
}

/* ------------------------------------------------------------------------------------------------------------------ */

static enum stock stock_of(struct run *run, const struct layout *layout) {
    if (run->job->stock == STOCK_BLANK) {
        return STOCK_BLANK;
    }
    if (layout_has(layout, BLOCK_PREPRINTED)) {
        return STOCK_PREPRINTED;
    }
    DIAG_ADD(&run->diags, O111, PLACE_NONE, layout->name);
    return STOCK_BLANK;
}

static struct str variant_folder(struct run *run, const struct printing *printing) {
    struct str folder = printing->layout->folder;
    const struct str printer = run->printer;
    const bool own = printing->own_reader && printing->stock == STOCK_BLANK && printing->medium == MEDIUM_PDF &&
                     !run->job->proof && printer.n == 0;
    if (!own && str_ends(folder, STR(".pdf"))) {
        folder = str_slice(folder, 0, folder.n - 4); /* the layout's file stands in no folder */
    }
    if (!printing->own_reader) {
        const struct str reader = reader_name(printing->reader);
        folder = str_printf(run->arena, "%.*s-%.*s", STR_ARG(folder), STR_ARG(reader));
    }
    if (printing->stock == STOCK_PREPRINTED) {
        folder = str_printf(run->arena, "%.*s-preprinted", STR_ARG(folder));
    }
    if (run->job->proof) {
        folder = str_printf(run->arena, "%.*s-proof", STR_ARG(folder));
    }
    if (printing->medium != MEDIUM_PDF) {
        folder = str_printf(run->arena, "%.*s-%.*s", STR_ARG(folder), STR_ARG(medium_name(printing->medium)));
    }
    if (printer.n > 0) { /* @: no printer's name makes another variant's folder */
        const struct str name = file_safe_name(run->arena, printer, PRINTER_LIMIT_BYTES);
        folder = str_printf(run->arena, "%.*s@%.*s", STR_ARG(folder), STR_ARG(name));
    }
    return folder;
}

static struct givens givens_of(const struct run *run, const struct printing *printing) {
    struct givens givens = run->givens;
    givens.values[GIVEN_READER] = (struct value){.kind = VALUE_TEXT, .text = reader_name(printing->reader)};
    givens.values[GIVEN_STOCK] = (struct value){
        .kind = VALUE_TEXT,
        .text = stock_name(printing->stock),
    };
    return givens;
}

static enum backs backs_of(enum turning turning) {
    static const enum backs backs[] = {
        [TURNING_NONE] = BACKS_NONE, [TURNING_LONG_EDGE] = BACKS_LONG_EDGE, [TURNING_SHORT_EDGE] = BACKS_SHORT_EDGE};
    return backs[turning];
}

struct sheet_plan printing_sheet_plan(const struct sheet_spec *sheet) {
    return (struct sheet_plan){
        .card_width_mp = sheet->card_width_mp,
        .card_height_mp = sheet->card_height_mp,
        .paper_width_mp = sheet->paper_width_mp,
        .paper_height_mp = sheet->paper_height_mp,
        .columns = sheet->columns,
        .rows = sheet->rows,
        .gap_mp = sheet->gap_mp,
        .crop_marks = sheet->crop,
        .backs = backs_of(sheet->turning),
    };
}

struct fold_plan printing_fold_plan(const struct fold_spec *fold) {
    return (struct fold_plan){
        .paper_width_mp = fold->paper_width_mp,
        .paper_height_mp = fold->paper_height_mp,
        .thickness_mp = fold->thickness_mp,
        .staples = fold->staples,
        .backs = backs_of(fold->turning),
    };
}

static bool sheet_fits(struct run *run, const struct layout *layout) {
    int32_t excess_mp = 0;
    const struct sheet_plan plan = printing_sheet_plan(&layout->sheet);
    if (!layout->has_sheet || sheet_plan_fits(&plan, &excess_mp)) {
        return true;
    }
    const int64_t um = mp_to_um(excess_mp);
    const struct str excess_mm = str_printf(run->arena, "%lld.%02d", (long long)(um / 1000), (int)(um % 1000 / 10));
    DIAG_ADD(&run->diags, O109, layout->sheet.grid_place, excess_mm);
    return false;
}

bool printing_choose(struct run *run, const struct layout *layout, struct printing *out) {
    *out = (struct printing){.layout = layout};
    if (layout->broken) {
        return false;
    }
    const enum reader own = resolve_own_reader(layout);
    out->reader = run->job->has_reader ? run->job->reader : own;
    out->own_reader = out->reader == own;
    out->stock = stock_of(run, layout);
    out->medium = run->job->medium;
    out->tagged = run->job->tagged || layout->tagged;
    out->folder = variant_folder(run, out);
    return true;
}

void printing_choose_bound(const struct layout *layout, const struct printing *volume, struct printing *out) {
    *out =
        (struct printing){.layout = layout, .reader = volume->reader, .stock = STOCK_BLANK, .tagged = volume->tagged};
}

static bool resolve(struct run *run, struct printing *printing, struct part_columns parts) {
    const struct layout *layout = printing->layout;
    struct session *session = run_session(run, printing->reader);
    if (session == NULL || !relations_begin(session, &run->diags) || !sheet_fits(run, layout)) {
        return false;
    }
    struct givens givens = givens_of(run, printing);
    givens.part_columns = parts.names;
    givens.part_column_count = parts.count;
    printing->resolved =
        resolve_layout(run->arena, layout, session, printing->reader, &givens, run->fonts, &run->diags);
    return printing->resolved != NULL;
}

bool printing_resolve(struct run *run, struct printing *printing, struct part_columns parts) {
    const bool good = resolve(run, printing, parts);
    run_tell(run);
    if (good) {
        const struct compose_tools tools = {.text = run->text,
                                            .images = run->images,
                                            .proof = run->job->proof,
                                            .tagged = printing->tagged,
                                            .asked = &run->asked};
        printing->composer = composer_create(printing->resolved, &tools);
    }
    return good;
}

void printing_close(struct printing *printing) {
    if (printing->composer != NULL) {
        composer_destroy(printing->composer);
    }
    printing->composer = NULL;
}

struct value *printing_given(struct run *run, const struct printing *printing, uint32_t query_use) {
    const struct resolved_query *query = &printing->resolved->queries[query_use];
    struct value *parameters = ARENA_ARRAY(run->arena, struct value, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (query->parameters[i].source == SOURCE_GIVEN) {
            parameters[i] = printing->resolved->givens.values[query->parameters[i].given];
        }
    }
    return parameters;
}

bool printing_query(struct run *run, const struct printing *printing, uint32_t query_use, struct rows *out,
                    struct diags *found) {
    const struct resolved_query *query = &printing->resolved->queries[query_use];
    return query_run(query->query, printing_given(run, printing, query_use), run->arena, out, STR_NONE, found);
}

void printing_look(struct run *run, const struct printing *printing, struct diags *found) {
    const struct layout *layout = printing->layout;
    for (size_t i = 0; i < layout->finding_count; i++) {
        struct rows rows = {0};
        if (!printing_query(run, printing, layout->findings[i].query, &rows, found)) {
            run_worsen(run, EXIT_DOCUMENT);
        }
        for (size_t row = 0; row < rows.count; row++) {
            const struct value *cells = &rows.cells[row * rows.columns];
            const struct str record = rows.columns > 2 ? value_text(run->arena, &cells[2]) : STR_NONE;
            const struct str what = value_text(run->arena, &cells[0]), remedy = value_text(run->arena, &cells[1]);
            if (remedy.n == 0) {
                DIAG_ADD(found, O135, ((struct place){.record = record}), what);
            } else {
                DIAG_ADD(found, O134, ((struct place){.record = record}), what, remedy);
            }
        }
    }
}

struct diags *printing_row_findings(struct run *run, const struct printing *printing, uint32_t query_use, size_t rows) {
    const struct resolved_query *query = &printing->resolved->queries[query_use];
    struct value *cells = ARENA_ARRAY(run->arena, struct value, query_columns(query->query));
    struct diags *findings = ARENA_ARRAY(run->arena, struct diags, rows);
    struct arena *scratch = arena_create();
    bool failed = false;
    bool more = query_begin(query->query, printing_given(run, printing, query_use));
    for (size_t row = 0; more && row < rows; row++) {
        diags_init(&findings[row], run->arena);
        more = query_next(query->query, scratch, cells, &failed, STR_NONE, &findings[row]);
        arena_reset(scratch);
    }
    query_finish(query->query);
    arena_destroy(scratch);
    return findings;
}

/* --- numbers beside documents ------------------------------------------------------------------------------------- */

bool printing_shows_numbers(const struct printing *printing) {
    return printing->reader == READER_SCHOOL || printing->reader == READER_FAMILY;
}

struct str printing_beside(struct arena *arena, const struct printing *printing, struct str text) {
    return printing_shows_numbers(printing) ? text : mask_apply(arena, MASK_TEXT, text);
}

/* A path is made of values that _ and / part. Each is looked at by itself: 陆 and 伍 are digits of sums, and surnames that stand behind
 * an archive number. */
struct str printing_path(struct arena *arena, const struct printing *printing, struct str path) {
    struct buffer out = {0};
    for (size_t from = 0, to = 0; from <= path.n; from = to + 1) {
        for (to = from; to < path.n && path.p[to] != '_' && path.p[to] != '/'; to++) {
        }
        const struct str part = printing_beside(arena, printing, str_slice(path, from, to));
        for (size_t i = 0; i < part.n; i++) {
            buffer_byte(&out, part.p[i] == '*' ? '_' : part.p[i]);
        }
        buffer_append(&out, path.p + to, to < path.n ? 1 : 0);
    }
    const struct str name = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return name;
}
