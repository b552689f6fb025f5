/* finish.c: what is left of a run: the manifest, and what people find by it.
 *
 * Order, so that a crash between any two steps is mended by the next run: documents, files retired, index and findings,
 * and the manifest last. Until then the old manifest lists every file that may have to be retired. */
#include "batch/index.h"
#include "batch/work.h"

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

static struct str field_of(struct arena *arena, const struct place *place) {
    if (place->field.n > 0 || place->line == 0) {
        return manifest_text(arena, place->field);
    }
    return str_printf(arena, "%.*s:%d", STR_ARG(place->file), (int)place->line);
}

static void add_findings(struct arena *arena, struct entry *entry, const struct diags *diags) {
    entry->findings = ARENA_ARRAY(arena, struct finding, diags->count);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        entry->findings[entry->finding_count++] = (struct finding){
            .code = str_from(diag_name(diag->code)),
            .severity = severity_name(diag_severity(diag->code)),
            .record = diag->place.record.n > 0 ? manifest_text(arena, diag->place.record) : entry->record,
            .field = field_of(arena, &diag->place),
            .message = manifest_text(arena, diag_text(arena, diag, LANGUAGE_CHINESE)),
        };
    }
}

static void add_index(struct arena *arena, struct entry *entry, const struct printing *printing,
                      const struct plan *plan, const struct planned *planned) {
    const struct layout *layout = printing->layout;
    entry->index = ARENA_ARRAY(arena, struct index_text, layout->index_count);
    for (size_t i = 0; i < layout->index_count; i++) {
        entry->index[entry->index_count++] = (struct index_text){
            .key = layout->index[i].key,
            .text = manifest_text(arena, compose_index_text(printing->composer, arena, &plan->rows, planned->from, i)),
        };
    }
}

void work_record(struct work *work, const struct printing *printing, const struct plan *plan,
                 const struct planned *planned, const struct made *made, enum exit_code code) {
    struct arena *arena = work->run.arena;
    struct entry *entry = manifest_add(&work->made);
    *entry = (struct entry){
        .path = planned->path,
        .layout = printing->layout->name,
        .folder = printing->folder,
        .reader = reader_name(printing->reader),
        .stock = printing->stock == STOCK_PREPRINTED ? STR("preprinted") : STR("blank"),
        .record = manifest_text(arena, planned->record),
        .title = manifest_text(arena, made->title),
        .state = made->incomplete ? STATE_INCOMPLETE : STATE_COMPLETE,
    };
    if (code == EXIT_MADE) {
        entry->hash = hash_hex(arena, made->hash);
        entry->pages = (int64_t)made->pages;
        entry->bytes = (int64_t)made->bytes;
    } else {
        entry->state = STATE_FAILED;
    }
    add_index(arena, entry, printing, plan, planned);
    add_findings(arena, entry, &made->diags);
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

/* Folders of layouts that were made in full. */
static struct str *whole_folders(struct work *work, size_t *count) {
    struct str *whole = ARENA_ARRAY(work->run.arena, struct str, work->count);
    *count = 0;
    for (size_t i = 0; i < work->count && !work->stopped; i++) {
        if (!work->plans[i].narrowed) {
            whole[(*count)++] = work->printings[i].folder;
        }
    }
    return whole;
}

static void retire(struct work *work, const struct manifest *old, const struct manifest *merged) {
    struct strmap kept;
    strmap_init(&kept, work->run.arena);
    for (size_t i = 0; i < merged->count; i++) {
        bool found = false;
        strmap_put(&kept, merged->entries[i].path, &found);
    }
    for (size_t i = 0; i < old->count; i++) {
        if (strmap_get(&kept, old->entries[i].path) == NULL) {
            output_retire(&work->output, old->entries[i].path);
        }
    }
}

static bool write_files(struct work *work, const struct manifest *manifest) {
    struct buffer bytes = {0};
    index_html(manifest, &bytes);
    bool good = output_write(&work->run, &work->output, "index.html", buffer_str(&bytes));
    findings_csv(manifest, &bytes);
    good = good && output_write(&work->run, &work->output, "findings.csv", buffer_str(&bytes));
    manifest_write(manifest, &bytes);
    good = good && output_write(&work->run, &work->output, "manifest.xml", buffer_str(&bytes));
    buffer_release(&bytes);
    return good;
}

static struct str own_path(struct work *work, const char *name) {
    return str_printf(work->run.arena, "%s/%.*s/%s", work->run.job->out, STR_ARG(work->output.term), name);
}

enum exit_code work_finish(struct work *work) {
    struct run *run = &work->run;
    struct manifest old;
    struct manifest merged;
    const struct str day = value_text(run->arena, &run->givens.values[GIVEN_AS_OF]);
    manifest_init(&old, run->arena, work->output.term, day);
    manifest_init(&merged, run->arena, work->output.term, day);
    const struct str bytes = output_read(&work->output, "manifest.xml");
    if (bytes.n > 0) {
        manifest_read(&old, bytes, own_path(work, "manifest.xml"), &run->diags);
        run_tell(run);
    }
    size_t whole_count = 0;
    const struct str *whole = whole_folders(work, &whole_count);
    manifest_merge(&merged, &old, &work->made, whole, whole_count);
    retire(work, &old, &merged);
    return write_files(work, &merged) ? EXIT_MADE : EXIT_IO;
}
