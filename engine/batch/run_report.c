/* run_report.c: see run_report.h. Nothing of a clock is in it: the same run over the same folder gives the same bytes. */
#include "batch/run_report.h"

#include "base/file.h"
#include "batch/counts.h"
#include "batch/document.h"
#include "batch/schools.h"

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static void add_string(struct buffer *out, struct str text) {
    buffer_byte(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.p[i];
        if (byte < 0x20) {
            buffer_printf(out, "\\u%04x", byte);
            continue;
        }
        if (byte == '"' || byte == '\\') {
            buffer_byte(out, '\\');
        }
        buffer_byte(out, text.p[i]);
    }
    buffer_byte(out, '"');
}

static void add_name(struct buffer *out, const char *name) {
    const char last = out->count > 0 ? out->bytes[out->count - 1] : '{';
    buffer_printf(out, last == '{' ? "\"%s\": " : ", \"%s\": ", name);
}

/* STR_NONE: null. */
static void add_text(struct buffer *out, const char *name, struct str text) {
    add_name(out, name);
    if (text.n > 0) {
        add_string(out, text);
    } else {
        buffer_add(out, STR("null"));
    }
}

static void add_number(struct buffer *out, const char *name, int64_t number) {
    add_name(out, name);
    buffer_printf(out, "%lld", (long long)number);
}

static void begin_item(struct buffer *out) {
    const char last = out->bytes[out->count - 1];
    buffer_add(out, last == '[' ? STR("{") : STR(", {"));
}

static void add_counted(struct buffer *out, const struct counted *counted) {
    static const char *const names[COUNT_KINDS] = {
        [COUNT_DOCUMENTS] = "documents", [COUNT_CHANGED] = "changed",     [COUNT_INCOMPLETE] = "incomplete",
        [COUNT_NOT_MADE] = "failed",     [COUNT_WITHDRAWN] = "withdrawn",
    };
    for (size_t k = 0; k < COUNT_KINDS; k++) {
        add_number(out, names[k], (int64_t)counted->counts[k]);
    }
    add_number(out, "pages", counted->pages);
    add_number(out, "bytes", counted->bytes);
    buffer_byte(out, '}');
}

/* --- layouts, schools --------------------------------------------------------------------------------------------- */

static const struct layout *find_layout(const struct run *run, struct str name) {
    const struct layout *found = NULL;
    for (size_t i = 0; i < run->layouts->count && found == NULL; i++) {
        found = str_eq(run->layouts->layouts[i]->name, name) ? run->layouts->layouts[i] : NULL;
    }
    return found;
}

/* Those of the run first, also where they made nothing. */
static void add_layouts(struct buffer *out, struct run *run, const struct manifest *now,
                        const struct manifest *before) {
    struct counts counts;
    counts_init(&counts, run->arena);
    for (size_t i = 0; i < run->layouts->count; i++) {
        if (!run->layouts->layouts[i]->of_run) {
            counts_of(&counts, run->layouts->layouts[i]->name);
        }
    }
    counts_take(&counts, now, before, counts_layout);
    add_name(out, "layouts");
    buffer_byte(out, '[');
    for (size_t i = 0; i < counts.count; i++) {
        const struct layout *layout = find_layout(run, counts.items[i].name);
        begin_item(out);
        add_text(out, "name", counts.items[i].name);
        add_text(out, "title", layout != NULL ? layout->title : STR_NONE);
        add_number(out, "broken", layout != NULL && layout->broken);
        add_counted(out, &counts.items[i]);
    }
    buffer_byte(out, ']');
}

static void add_schools(struct buffer *out, struct run *run, const struct manifest *now,
                        const struct manifest *before) {
    struct counts counts;
    counts_init(&counts, run->arena);
    counts_take(&counts, now, before, counts_school);
    add_name(out, "schools");
    buffer_byte(out, '[');
    for (size_t i = 0; i < counts.count; i++) {
        begin_item(out);
        add_text(out, "school", counts.items[i].name);
        add_counted(out, &counts.items[i]);
    }
    buffer_byte(out, ']');
}

/* --- findings ----------------------------------------------------------------------------------------------------- */

struct found { /* of a code */
    size_t count, documents, failed;
    const struct entry *last; /* the document that it was counted of last */
};

static void count_findings(struct found *all, const struct finding *findings, size_t count, const struct entry *entry) {
    for (size_t i = 0; i < count; i++) {
        enum diag_code code;
        if (!diag_from_name(findings[i].code, &code)) { /* of another version's run */
            continue;
        }
        struct found *found = &all[code];
        found->count++;
        if (entry != NULL && found->last != entry) {
            found->documents++;
            found->failed += entry->state == STATE_FAILED;
            found->last = entry;
        }
    }
}

/* The sentence of a kind, with … for what differs from case to case: a name, mostly. */
static void add_finding(struct buffer *out, struct arena *arena, enum diag_code code, const struct found *found) {
    const struct diag kind = {.code = code, .args = {STR_INIT("…"), STR_INIT("…"), STR_INIT("…"), STR_INIT("…")}};
    begin_item(out);
    add_text(out, "code", str_from(diag_name(code)));
    add_text(out, "severity", diag_severity_name(diag_severity(code), LANGUAGE_ENGLISH));
    add_text(out, "text", diag_text(arena, &kind, LANGUAGE_CHINESE));
    add_number(out, "count", (int64_t)found->count);
    add_number(out, "documents", (int64_t)found->documents);
    add_number(out, "failed", (int64_t)found->failed);
    buffer_byte(out, '}');
}

static void add_findings(struct buffer *out, struct arena *arena, const struct manifest *now) {
    struct found *all = ARENA_ARRAY(arena, struct found, DIAG_CODE_COUNT);
    for (size_t i = 0; i < now->count; i++) {
        count_findings(all, now->entries[i].findings, now->entries[i].finding_count, &now->entries[i]);
    }
    for (size_t i = 0; i < now->notice_count; i++) {
        count_findings(all, now->notices[i].findings, now->notices[i].finding_count, NULL);
    }
    add_name(out, "findings");
    buffer_byte(out, '[');
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (all[code].count > 0) {
            add_finding(out, arena, (enum diag_code)code, &all[code]);
        }
    }
    buffer_byte(out, ']');
}

static struct str figures(struct press *press, const struct manifest *now, const struct manifest *before) {
    struct run *run = &press->run;
    struct buffer out = {0};
    buffer_byte(&out, '{');
    add_text(&out, "term", press->output.term);
    add_text(&out, "day", value_text(run->arena, &run->givens.values[GIVEN_AS_OF]));
    add_text(&out, "month", value_text(run->arena, &run->givens.values[GIVEN_MONTH]));
    add_number(&out, "exit", run->worst);
    add_number(&out, "stopped", press->stopped);
    add_number(&out, "planned", (int64_t)press->chosen);
    add_number(&out, "done", (int64_t)press->taken);
    add_layouts(&out, run, now, before);
    add_schools(&out, run, now, before);
    add_findings(&out, run->arena, now);
    buffer_byte(&out, '}');
    const struct str text = str_copy(run->arena, buffer_str(&out));
    buffer_release(&out);
    return text;
}

/* --- the paper ---------------------------------------------------------------------------------------------------- */

static enum exit_code put(struct run *run, const char *path, struct str bytes) {
    const int error = file_write(path, bytes.p, bytes.n, true);
    if (error != 0) {
        DIAG_ADD(&run->diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
        run_tell(run);
    }
    return error != 0 ? EXIT_CANNOT_CREATE : EXIT_MADE;
}

static enum exit_code make_document(struct press *press, const struct printing *printing, const struct plan *plan) {
    struct maker maker;
    struct outcome outcome;
    maker_init(&maker, &press->run, &press->parts, NULL);
    maker.bytes_only = true;
    enum exit_code code = document_make(&maker, printing, plan, &plan->items[0], &outcome);
    run_tell_diags(&press->run, &outcome.diags, true);
    if (code == EXIT_MADE) {
        code = put(&press->run, press->run.job->report_paper, buffer_str(&maker.bytes));
    }
    maker_release(&maker);
    return code;
}

static enum exit_code print_layout(struct press *press, const struct layout *layout) {
    struct run *run = &press->run;
    struct printing printing;
    struct plan plan;
    if (!parts_open_printing(&press->parts, run, layout, &printing)) {
        return EXIT_LAYOUT;
    }
    printing.medium = MEDIUM_PDF; /* whatever the others are */
    enum exit_code code = plan_all(run, &printing, &plan);
    run_tell(run);
    if (code == EXIT_MADE && plan.count != 1) {
        DIAG_ADD(&run->diags, O239, PLACE_NONE, layout->name, str_int(run->arena, (int64_t)plan.count));
        run_tell(run);
        code = EXIT_DOCUMENT;
    }
    code = code == EXIT_MADE ? make_document(press, &printing, &plan) : code;
    printing_close(&printing);
    return code;
}

/* The layout of the report among those of a set; NULL: there is none. False: there are two, which is told. */
static bool find_paper(struct run *run, const struct layout_set *set, const struct layout **found) {
    *found = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct layout *layout = set->layouts[i];
        if (layout->of_run && *found != NULL) {
            DIAG_ADD(&run->diags, O238, PLACE_NONE, (*found)->name, layout->name);
            run_tell(run);
            return false;
        }
        *found = layout->of_run ? layout : *found;
    }
    return true;
}

static enum exit_code print_found(struct press *press, const struct layout_set *set, struct str text) {
    struct run *run = &press->run;
    const struct layout *layout;
    if (!find_paper(run, set, &layout)) {
        return EXIT_LAYOUT;
    }
    if (layout == NULL) {
        DIAG_ADD(&run->diags, O237, PLACE_NONE, str_from(run->job->layouts));
        run_tell(run);
        return EXIT_LAYOUT;
    }
    run->givens.values[GIVEN_RUN] = (struct value){.kind = VALUE_TEXT, .text = text};
    return layout->broken ? EXIT_LAYOUT : print_layout(press, layout);
}

/* A run of some layouts has read no others. */
static enum exit_code print(struct press *press, struct str text) {
    struct run *run = &press->run;
    struct diags told;
    if (run->job->name_count == 0) {
        return print_found(press, run->layouts, text);
    }
    diags_init(&told, run->arena);
    struct layout_set *all = layouts_read(run->job->layouts, NULL, 0, &told);
    const enum exit_code code = all != NULL ? print_found(press, all, text) : EXIT_INPUT;
    if (code == EXIT_LAYOUT) {
        run_tell_diags(run, &told, true);
    }
    if (all != NULL) {
        layouts_destroy(all);
    }
    return code;
}

/* --- the text ----------------------------------------------------------------------------------------------------- */

struct collector {
    struct reporter reporter;
    struct buffer text;
};

static void collect(struct reporter *reporter, struct str line) {
    struct collector *collector = (struct collector *)reporter;
    buffer_add(&collector->text, line);
    buffer_byte(&collector->text, '\n');
}

/* The lines of the summary, but for its seconds. */
static enum exit_code write_text(struct press *press, const struct manifest *now, const struct manifest *before) {
    struct run *run = &press->run;
    struct reporter *real = run->reporter;
    struct collector collector = {.reporter = {.line = collect}};
    run->reporter = &collector.reporter;
    run_line(run, str_printf(run->arena,
                             run->job->language == LANGUAGE_CHINESE ? "%.*s　材料截至 %.*s" : "%.*s, papers of %.*s",
                             STR_ARG(press->output.term),
                             STR_ARG(value_text(run->arena, &run->givens.values[GIVEN_AS_OF]))));
    if (press->stopped) {
        collect(run->reporter,
                str_printf(run->arena,
                           run->job->language == LANGUAGE_CHINESE ? "中途停止：%zu 份中完成 %zu 份"
                                                                  : "stopped: of %zu documents %zu are done",
                           press->chosen, press->taken));
    }
    tally_tell(&press->tally, run, false);
    schools_tell(run, now, before);
    run->reporter = real;
    const enum exit_code code = put(run, run->job->report_text, buffer_str(&collector.text));
    buffer_release(&collector.text);
    return code;
}

enum exit_code run_report_make(struct press *press, const struct manifest *now, const struct manifest *before) {
    const struct job *job = press->run.job;
    enum exit_code text = EXIT_MADE, paper = EXIT_MADE;
    press->run.record = NULL;
    if (job->report_text != NULL) {
        text = write_text(press, now, before);
    }
    if (job->report_paper != NULL) {
        paper = print(press, figures(press, now, before));
    }
    return text != EXIT_MADE ? text : paper;
}
