/* document.c: the main flow. Rows become pages, pages become sheets, sheets become bytes, bytes become a file:
 *
 *     plan ──► compose ──► bindery ──► (scan) ──► pdf ──► output
 *                └──► workbook   └──► dump
 */
#include "batch/document.h"

#include "base/digest.h"
#include "batch/volume.h"
#include "batch/workbook.h"
#include "bindery/bindery.h"
#include "page/elements.h"
#include "page/sinks.h"

static struct document *fold(struct maker *maker, const struct printing *printing, const struct planned *planned,
                             struct document *document, struct outcome *outcome) {
    const struct fold_plan plan = printing_fold_plan(&printing->layout->fold);
    size_t at = 0;
    struct document *sheets = bind_fold(maker->arena, document, &plan, &at);
    if (sheets == NULL) {
        const struct str page = str_int(maker->arena, (int64_t)at + 1);
        DIAG_ADD(&outcome->diags, O120, ((struct place){.record = planned->record}), page);
    }
    return sheets;
}

static struct document *impose(struct maker *maker, const struct printing *printing, const struct planned *planned,
                               struct document *document, struct outcome *outcome) {
    if (printing->layout->has_fold) {
        return fold(maker, printing, planned, document, outcome);
    }
    if (printing->layout->has_sheet) {
        struct sheet_plan plan = printing_sheet_plan(&printing->layout->sheet);
        plan.skip = planned->skip;
        return bind_sheets(maker->arena, document, &plan);
    }
    return document;
}

/* A correction that is too large loses text that stood on the paper before. */
static void calibrate(struct maker *maker, const struct planned *planned, struct document *sheets,
                      struct outcome *outcome) {
    const struct calibration *calibration = &maker->run->calibration;
    size_t first = 0;
    if (calibration->x_mp == 0 && calibration->y_mp == 0 && calibration->scale <= 1000) {
        bind_calibrated(sheets, calibration);
        return;
    }
    const size_t before = document_outside(sheets, &first);
    bind_calibrated(sheets, calibration);
    if (document_outside(sheets, &first) > before) {
        DIAG_ADD(&outcome->diags, O214, ((struct place){.record = planned->record}), maker->run->job->printer,
                 str_int(maker->arena, (int64_t)first + 1));
    }
}

/* NULL when it can't be bound so. */
static struct document *bind(struct maker *maker, const struct printing *printing, const struct planned *planned,
                             struct document *document, struct outcome *outcome) {
    if (printing->stock == STOCK_PREPRINTED) {
        bind_preprinted(document);
    }
    struct document *sheets = impose(maker, printing, planned, document, outcome);
    if (sheets != NULL) {
        calibrate(maker, planned, sheets, outcome);
    }
    if (sheets != NULL && printing->stock == STOCK_PREPRINTED && maker->run->form.image != NULL) {
        bind_form(sheets, &maker->run->form);
    }
    return sheets;
}

/* The page of the file that bears a page of the document as it was composed. */
static size_t page_in_file(const struct printing *printing, const struct planned *planned,
                           const struct document *composed, size_t page) {
    if (printing->layout->has_fold) {
        return bind_fold_page(composed, page);
    }
    if (printing->layout->has_sheet) {
        struct sheet_plan plan = printing_sheet_plan(&printing->layout->sheet);
        plan.skip = planned->skip;
        return bind_sheets_page(&plan, page);
    }
    return page;
}

/* A row that has no page of its own is found on the one before it. */
static void find_rows(struct maker *maker, const struct printing *printing, const struct planned *planned,
                      const struct compose_result *composed, struct outcome *outcome) {
    const size_t count = composed->document->count;
    outcome->first_pages = ARENA_ARRAY(maker->arena, size_t, planned->to - planned->from);
    for (size_t i = 0; i < planned->to - planned->from && count > 0; i++) {
        const size_t page = composed->first_pages[i] < count ? composed->first_pages[i] : count - 1;
        outcome->first_pages[i] = page_in_file(printing, planned, composed->document, page) + 1;
    }
}

static void describe(struct outcome *outcome, const struct printing *printing, const struct compose_result *composed,
                     const struct document *document) {
    outcome->title = printing->layout->title;
    outcome->pages = document->count;
    outcome->duplex = document->duplex;
    outcome->turns_short = document->turns_short;
    for (size_t i = 0; i < document->count; i++) {
        const struct page *page = document->pages[i];
        if (page->width_mp > outcome->width_mp || page->height_mp > outcome->height_mp) {
            outcome->width_mp = page->width_mp;
            outcome->height_mp = page->height_mp;
        }
    }
    outcome->hash = document_hash(document);
    outcome->counts = composed->counts;
    outcome->incomplete = composed->incomplete || diags_any(&outcome->diags, SEVERITY_FAULT);
}

static void dump(struct maker *maker, const struct planned *planned, const struct document *document) {
    buffer_clear(&maker->bytes);
    buffer_printf(&maker->bytes, "document %.*s\n", STR_ARG(planned->path));
    document_dump(document, &maker->bytes);
    document_dump_elements(document, &maker->bytes);
    struct str text = buffer_str(&maker->bytes);
    text.n -= text.n > 0 && text.p[text.n - 1] == '\n';
    run_line(maker->run, text);
}

/* The last line of defence: a document that shows a number to a reader who must not see it is stopped here. */
static bool may_leave(struct maker *maker, const struct printing *printing, const struct planned *planned,
                      const struct document *document, struct outcome *outcome) {
    const struct scan_known known = maker_known(maker, run_session(maker->run, printing->reader));
    struct scan_hit hit;
    if (printing_shows_numbers(printing) || !document_scan(document, maker->arena, &known, &hit)) {
        return true;
    }
    const struct str page = str_int(maker->arena, (int64_t)hit.page + 1);
    DIAG_ADD(&outcome->diags, O105, ((struct place){.record = planned->record}),
             hit.kind == NUMBER_ID ? BOTH("ID", "身份证号") : BOTH("phone", "手机号"), page);
    return false;
}

/* The words of its path, as the data has them: “李明/李小明” is no folder and a file. */
static void add_path_words(struct maker *maker, const struct printing *printing, const struct plan *plan,
                           const struct planned *planned, struct buffer *words) {
    size_t count = 0;
    const struct name_part *parts =
        compose_file_parts(printing->composer, maker->arena, &plan->rows, planned->from, &count);
    for (size_t i = 1; i < count; i++) { /* behind the layout's folder */
        buffer_add(words, parts[i].below ? STR("　") : STR(" "));
        buffer_add(words, printing_beside(maker->arena, printing, parts[i].text));
    }
}

/* What tells this file from others of its kind: 留守儿童成长档案　云岭镇中心学校　一（1）班　LS07-2025-0005 高兰涵. What is printed apart bears
 * its key. `own`: the layout says it by the row's values itself. */
static struct str title_of(struct maker *maker, const struct printing *printing, const struct plan *plan,
                           const struct planned *planned, struct str title, bool own) {
    struct buffer words = {0};
    buffer_add(&words, title);
    if (own) {
        /* all is said */
    } else if (planned->apart) {
        buffer_add(&words, STR("　"));
        buffer_add(&words, str_trim(planned->record).n > 0 ? planned->record : STR("缺"));
    } else {
        add_path_words(maker, printing, plan, planned, &words);
    }
    if (planned->suffix.n > 0) {
        buffer_byte(&words, ' ');
        buffer_add(&words, planned->suffix);
    }
    const struct str kept = str_copy(maker->arena, buffer_str(&words));
    buffer_release(&words);
    return kept;
}

/* Forgets the last document; findings about this one's rows become the document's. */
static void begin(struct maker *maker, const struct planned *planned, struct outcome *outcome) {
    arena_reset(maker->arena);
    *outcome = (struct outcome){0};
    diags_init(&outcome->diags, maker->arena);
    for (size_t i = 0; i < planned->findings.count; i++) {
        const struct diag *finding = &planned->findings.items[i];
        struct place place = finding->place;
        place.record = planned->record;
        diag_add(&outcome->diags, finding->code, place, finding->args);
    }
}

/* Keys of the rows of a document that many share: who reads a finding looks for one of them, not for a range. */
static const struct str *records_of(struct maker *maker, const struct printing *printing, const struct plan *plan,
                                    const struct planned *planned) {
    const size_t count = planned->to - planned->from;
    if (count < 2) {
        return NULL;
    }
    struct str *records = ARENA_ARRAY(maker->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        records[i] = plan_row_key(maker->run, printing, &plan->rows, planned->from + i);
    }
    return records;
}

static struct compose_result compose(struct maker *maker, const struct printing *printing, const struct plan *plan,
                                     const struct planned *planned, struct outcome *outcome) {
    if (printing->layout->has_volume) {
        return volume_compose(maker, printing, plan, planned, outcome);
    }
    struct paper_code *codes;
    const struct compose_result result =
        codes_compose(maker->run, printing, maker->arena, &plan->rows, planned->from, planned->to, planned->record,
                      records_of(maker, printing, plan, planned), &outcome->diags, &codes);
    outcome->codes = codes;
    return result;
}

enum exit_code document_make(struct maker *maker, const struct printing *printing, const struct plan *plan,
                             const struct planned *planned, struct outcome *outcome) {
    begin(maker, planned, outcome);
    if (printing->medium != MEDIUM_PDF) {
        return workbook_make(maker, printing, plan, planned, records_of(maker, printing, plan, planned), outcome);
    }
    const struct compose_result composed = compose(maker, printing, plan, planned, outcome);
    if (composed.document == NULL) {
        return EXIT_DOCUMENT;
    }
    struct document *document = bind(maker, printing, planned, composed.document, outcome);
    if (document == NULL) {
        return EXIT_DOCUMENT;
    }
    const struct str title = compose_title(printing->composer, maker->arena, &plan->rows, planned->from, planned->to);
    document->title = title.n > 0 ? printing_beside(maker->arena, printing, title) : document->title;
    describe(outcome, printing, &composed, document);
    find_rows(maker, printing, planned, &composed, outcome);
    if (!may_leave(maker, printing, planned, document, outcome)) {
        return EXIT_DOCUMENT;
    }
    if (maker->output == NULL && !maker->bytes_only) {
        dump(maker, planned, document);
        return EXIT_MADE;
    }
    maker->options.identity = &outcome->hash;
    maker->options.title = title_of(maker, printing, plan, planned, document->title, title.n > 0);
    if (!pdf_write(maker->pdf, document, &maker->options, &maker->bytes, &outcome->diags)) {
        return EXIT_DOCUMENT;
    }
    outcome->faces = pdf_faces(maker->pdf, maker->arena);
    return maker->bytes_only ? EXIT_MADE : maker_write(maker, planned->path, planned->record, outcome);
}
