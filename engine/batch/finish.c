/* finish.c: what is left of a run: the manifest, and what people find by it.
 *
 * Order, so that a crash between any two steps is mended by the next run: documents, files retired, index and findings,
 * and the manifest last. Until then the old manifest lists every file that may have to be retired. */
#include "batch/index.h"
#include "batch/press.h"
#include "batch/records.h"

/* --- a document's entry ------------------------------------------------------------------------------------------- */

static struct str severity_name(enum severity severity) {
    static const struct str names[] = {
        [SEVERITY_ERROR] = STR_INIT("error"),
        [SEVERITY_WARNING] = STR_INIT("warning"),
        [SEVERITY_FAULT] = STR_INIT("fault"),
        [SEVERITY_NOTE] = STR_INIT("note"),
    };
    return names[severity];
}

/* Of a layout's place its file's name alone: where the layouts lie is no matter of what is printed. */
static struct str field_of(struct arena *arena, const struct place *place) {
    if (place->field.n > 0 || place->line == 0) {
        return manifest_text(arena, place->field);
    }
    struct str file = place->file;
    for (struct str rest = file; rest.p != NULL;) {
        file = str_split(rest, '/', &rest);
    }
    return str_printf(arena, "%.*s:%d", STR_ARG(file), (int)place->line);
}

/* For the lists, which lie beside the documents and go where they go. */
static struct str listed(struct arena *arena, const struct printing *printing, struct str text) {
    return manifest_text(arena, printing_beside(arena, printing, text));
}

/* `record`: whose findings they are, where they don't say. */
static struct finding *list_findings(struct arena *arena, const struct printing *printing, struct str record,
                                     const struct diags *diags) {
    struct finding *findings = ARENA_ARRAY(arena, struct finding, diags->count);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        findings[i] = (struct finding){
            .code = str_from(diag_name(diag->code)),
            .severity = severity_name(diag_severity(diag->code)),
            .record = diag->place.record.n > 0 ? manifest_text(arena, diag->place.record) : record,
            .field = field_of(arena, &diag->place),
            .message = listed(arena, printing, diag_text(arena, diag, LANGUAGE_CHINESE)),
        };
    }
    return findings;
}

void press_notice(struct press *press, const struct printing *printing, const struct diags *found) {
    if (found->count == 0) {
        return;
    }
    *manifest_add_notice(&press->made) = (struct notice){
        .layout = printing->layout->name,
        .folder = printing->folder,
        .findings = list_findings(press->run.arena, printing, STR_NONE, found),
        .finding_count = found->count,
    };
}

/* The run's month for a layout whose paths name it: booklet/2026-10.pdf stays when November is printed. */
static struct str month_of(const struct press *press, const struct layout *layout) {
    static const struct str placeholder = STR_INIT("{month}");
    const bool named = str_find(layout->file_text, placeholder) < layout->file_text.n;
    return named ? value_text(press->run.arena, &press->run.givens.values[GIVEN_MONTH]) : STR_NONE;
}

void press_record(struct press *press, const struct printing *printing, const struct plan *plan,
                  const struct planned *planned, const struct made *made, enum exit_code code) {
    struct arena *arena = press->run.arena;
    struct entry *entry = manifest_add(&press->made);
    *entry = (struct entry){
        .path = planned->path,
        .layout = printing->layout->name,
        .folder = printing->folder,
        .reader = reader_name(printing->reader),
        .stock = printing->stock == STOCK_PREPRINTED ? STR("preprinted") : STR("blank"),
        .record = manifest_text(arena, planned->record),
        .title = listed(arena, printing, made->title),
        .month = month_of(press, printing->layout),
        .state = made->incomplete ? STATE_INCOMPLETE : STATE_COMPLETE,
    };
    if (code == EXIT_MADE) {
        entry->hash = hash_hex(arena, made->hash);
        entry->pages = (int64_t)made->pages;
        entry->bytes = (int64_t)made->bytes;
    } else {
        entry->state = STATE_FAILED;
    }
    records_add(&press->run, entry, printing, plan, planned, made);
    entry->findings = list_findings(arena, printing, entry->record, &made->diags);
    entry->finding_count = made->diags.count;
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

/* Folders of layouts that were made in full. */
static struct str *whole_folders(struct press *press, size_t *count) {
    struct str *whole = ARENA_ARRAY(press->run.arena, struct str, press->count);
    *count = 0;
    for (size_t i = 0; i < press->count && !press->stopped; i++) {
        if (!press->plans[i].narrowed) {
            whole[(*count)++] = press->printings[i].folder;
        }
    }
    return whole;
}

static void retire(struct press *press, const struct manifest *old, const struct manifest *merged) {
    struct strmap kept;
    strmap_init(&kept, press->run.arena);
    for (size_t i = 0; i < merged->count; i++) {
        bool found = false;
        strmap_put(&kept, merged->entries[i].path, &found);
    }
    for (size_t i = 0; i < old->count; i++) {
        if (strmap_get(&kept, old->entries[i].path) == NULL) {
            output_retire(&press->output, old->entries[i].path);
        }
    }
}

static bool write_files(struct press *press, const struct manifest *manifest) {
    struct buffer bytes = {0};
    bool good = output_settle(&press->run, &press->output);
    index_html(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "index.html", buffer_str(&bytes));
    findings_csv(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "findings.csv", buffer_str(&bytes));
    manifest_write(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "manifest.xml", buffer_str(&bytes));
    buffer_release(&bytes);
    return good;
}

static struct str own_path(struct press *press, const char *name) {
    return str_printf(press->run.arena, "%s/%.*s/%s", press->run.job->out, STR_ARG(press->output.term), name);
}

enum exit_code press_finish(struct press *press) {
    struct run *run = &press->run;
    struct manifest old;
    struct manifest merged;
    const struct str day = value_text(run->arena, &run->givens.values[GIVEN_AS_OF]);
    manifest_init(&old, run->arena, press->output.term, day);
    manifest_init(&merged, run->arena, press->output.term, day);
    const struct str bytes = output_read(&press->output, "manifest.xml");
    if (bytes.n > 0) {
        manifest_read(&old, bytes, own_path(press, "manifest.xml"), &run->diags);
        run_tell(run);
    }
    struct whole whole = {.month = value_text(run->arena, &run->givens.values[GIVEN_MONTH])};
    whole.folders = whole_folders(press, &whole.count);
    manifest_merge(&merged, &old, &press->made, &whole);
    retire(press, &old, &merged);
    return write_files(press, &merged) ? EXIT_MADE : EXIT_IO;
}
