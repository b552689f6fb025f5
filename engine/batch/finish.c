/* finish.c: the end of a run: the manifest, the index and the findings are written, superfluous files retired.
 *
 * Order, so that a crash between any two steps is mended by the next run: documents, files retired, index and findings,
 * and the manifest last. Until then the old manifest lists every file that may have to be retired. */
#include "batch/press.h"

#include <assert.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "batch/index.h"
#include "batch/records.h"

/* --- a document's entry ------------------------------------------------------------------------------------------- */

/* A place in a layout is told by the file's name alone: the folder of layouts must not change the output. */
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
    return manifest_text(arena, printing == NULL ? text : printing_beside(arena, printing, text));
}

/* `record`: the key for findings that have none of their own. printing NULL: the findings belong to no layout. */
static struct finding *list_findings(struct arena *arena, const struct printing *printing, struct str record,
                                     const struct diags *diags) {
    struct finding *findings = ARENA_ARRAY(arena, struct finding, diags->count);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        findings[i] = (struct finding){
            .code = str_from(diag_name(diag->code)),
            .severity = diag_severity_name(diag_severity(diag->code), LANGUAGE_ENGLISH),
            .record = diag->place.record.n > 0 ? manifest_text(arena, diag->place.record) : record,
            .field = field_of(arena, &diag->place),
            .label = manifest_text(arena, diag->place.label),
            .message = listed(arena, printing, diag_text(arena, diag, LANGUAGE_CHINESE)),
            .remedy = listed(arena, printing, diag_hint(arena, diag, LANGUAGE_CHINESE)),
        };
    }
    return findings;
}

void press_notice(struct press *press, const struct printing *printing, const struct diags *found) {
    if (found->count == 0) {
        return;
    }
    *manifest_add_notice(&press->manifest) = (struct notice){
        .layout = printing->layout->name,
        .folder = printing->folder,
        .findings = list_findings(press->run.arena, printing, STR_NONE, found),
        .finding_count = found->count,
    };
}

/* Findings about the database's values belong to columns.yaml, not to a layout. */
static const struct str values_layout = STR_INIT("columns.yaml"), values_folder = STR_INIT("数据库");

void press_notice_values(struct press *press) {
    const struct run *run = &press->run;
    const struct diags *found = &run->value_findings;
    if (found->count == 0 || run->job->only_count > 0) {
        return;
    }
    *manifest_add_notice(&press->manifest) = (struct notice){
        .layout = values_layout,
        .folder = values_folder,
        .findings = list_findings(run->arena, NULL, STR_NONE, found),
        .finding_count = found->count,
    };
}

/* The run's month for a layout whose paths name it: booklet/2026-10.pdf stays when November is printed. */
static struct str month_of(const struct press *press, const struct layout *layout) {
    return layout->of_month ? value_text(press->run.arena, &press->run.givens.values[GIVEN_MONTH]) : STR_NONE;
}

/* Who counts papers, or compares two lists, needs no numbers of children for it. */
static struct str subject_of(struct arena *arena, struct str record) {
    const struct str text = str_printf(arena, "dossier subject %.*s", STR_ARG(record));
    return record.n == 0 ? STR_NONE : str_slice(digest_hex(arena, text.p, text.n), 0, 16);
}

/* Of a shard: where it stands among the documents of the whole run. */
static int64_t place_of(const struct press *press, const struct plan *plan, const struct planned *planned) {
    int64_t place = 1;
    for (size_t i = 0; &press->plans[i] != plan; i++) {
        place += (int64_t)press->plans[i].count;
    }
    return press->run.job->shards > 0 ? place + (planned - plan->items) : 0;
}

void press_record(struct press *press, const struct printing *printing, const struct plan *plan,
                  const struct planned *planned, const struct outcome *outcome, enum exit_code code) {
    struct arena *arena = press->run.arena;
    struct entry *entry = manifest_add(&press->manifest);
    *entry = (struct entry){
        .path = planned->path,
        .layout = printing->layout->name,
        .folder = printing->folder,
        .reader = reader_name(printing->reader),
        .stock = stock_name(printing->stock),
        .record = manifest_text(arena, planned->record),
        .title = listed(arena, printing, outcome->title),
        .month = month_of(press, printing->layout),
        .day = value_text(arena, &press->run.givens.values[GIVEN_AS_OF]),
        .subject = subject_of(arena, planned->record),
        .school = manifest_text(arena, plan_school(&press->run, printing, plan, planned)),
        .printer = manifest_text(arena, press->run.job->printer),
        .place = place_of(press, plan, planned),
        .engine = STR(DOSSIER_VERSION),
        .tagged = printing->tagged && printing->medium == MEDIUM_PDF,
        .state = outcome->incomplete ? STATE_INCOMPLETE : STATE_COMPLETE,
    };
    if (code == EXIT_MADE) {
        entry->hash = hash_hex(arena, outcome->hash);
        entry->sha256 = str_copy(arena, outcome->sha256);
        entry->faces = str_copy(arena, outcome->faces);
        entry->pages = (int64_t)outcome->pages;
        entry->bytes = (int64_t)outcome->bytes;
    } else {
        entry->state = STATE_FAILED;
    }
    records_add(&press->run, entry, printing, plan, planned, outcome);
    if (code == EXIT_DOCUMENT) { /* an earlier version would pass for the current one */
        ARENA_GROW(arena, press->unmade, press->unmade_count, press->unmade_capacity);
        press->unmade[press->unmade_count++] = (struct unmade){planned->path, entry->record, entry->folder};
    }
    entry->findings = list_findings(arena, printing, entry->record, &outcome->diags);
    entry->finding_count = outcome->diags.count;
}

/* --- what is no longer in force ------------------------------------------------------------------------------------- */

enum exit_code press_sweep(struct press *press) {
    struct run *run = &press->run;
    struct buffer *traced = run->record;
    run_tell(run);
    run->record = NULL; /* what is taken away now isn't there the next time */
    for (size_t i = 0; i < press->count; i++) {
        const struct printing *printing = &press->printings[i];
        apart_sweep(run, &press->output, &press->apart_files, printing, &press->plans[i],
                    month_of(press, printing->layout));
        guard_tell_lost(&press->guard, printing, &press->plans[i]);
    }
    run_tell(run);
    const enum exit_code code = apart_write(run, &press->output, &press->apart_files);
    run->record = traced;
    return code;
}

/* --- before the first document ------------------------------------------------------------------------------------ */

enum exit_code press_announce(struct press *press) {
    struct arena *arena = press->run.arena;
    struct past *past = &press->past;
    struct strmap known;
    strmap_init(&known, arena);
    bool found = false;
    for (size_t i = 0; i < past->manifest.count; i++) {
        strmap_put(&known, past->manifest.entries[i].path, &found);
    }
    press->announced_from = past->pending_count;
    for (size_t i = 0; i < press->count; i++) {
        const struct printing *printing = &press->printings[i];
        for (size_t d = 0; d < press->plans[i].count; d++) {
            const struct planned *planned = &press->plans[i].items[d];
            if (planned->chosen && planned->apart) {
                apart_note(&press->run, &press->apart_files, printing, &press->plans[i], planned,
                           month_of(press, printing->layout));
            } else if (planned->chosen && strmap_get(&known, planned->path) == NULL) {
                past_add(past, arena,
                         (struct pending){printing->layout->name, printing->folder, month_of(press, printing->layout),
                                          planned->path});
            }
        }
    }
    const enum exit_code code = apart_write(&press->run, &press->output, &press->apart_files);
    return code == EXIT_MADE && past->pending_count > press->announced_from
               ? past_announce(&press->run, &press->output, past)
               : code;
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

/* Layouts that were made in full, and the database where all of it was looked at. */
static struct whole_layout *whole_layouts(struct press *press, size_t *count) {
    struct whole_layout *whole = ARENA_ARRAY(press->run.arena, struct whole_layout, press->count + 1);
    *count = 0;
    if (press->run.job->only_count == 0) {
        whole[(*count)++] = (struct whole_layout){values_layout, values_folder};
    }
    for (size_t i = 0; i < press->count && !press->stopped; i++) {
        if (!press->plans[i].narrowed) {
            whole[(*count)++] = (struct whole_layout){press->printings[i].layout->name, press->printings[i].folder};
        }
    }
    return whole;
}

/* Documents of a killed run stay pending when this run neither made them nor knows that they are superfluous. */
static void retire_pending(struct press *press, const struct strmap *kept, const struct whole *whole) {
    struct past *past = &press->past;
    size_t left = 0;
    for (size_t i = 0; i < past->pending_count; i++) {
        const struct pending pending = past->pending[i];
        if (strmap_get(kept, pending.path) != NULL) {
            continue;
        }
        if (!whole->keeps && whole_has(whole, pending.layout, pending.folder, pending.month)) {
            output_retire(&press->output, pending.path);
        } else if (i < press->announced_from) {
            past->pending[left++] = pending;
        }
    }
    past->pending_count = left;
}

static void retire(struct press *press, const struct manifest *merged, const struct whole *whole) {
    const struct manifest *old = &press->past.manifest;
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
    retire_pending(press, &kept, whole);
    for (size_t i = 0; i < press->unmade_count; i++) {
        if (output_retire(&press->output, press->unmade[i].path)) {
            DIAG_ADD(&press->run.diags, O116, ((struct place){.record = press->unmade[i].record}),
                     press->unmade[i].folder);
        }
    }
    run_tell(&press->run);
}

/* A manifest is as old as the last run of all layouts: what a narrowed run didn't make is no younger for it (verify.h). */
static void keep_age(const struct press *press, const char *path, const struct stat *was) {
    const struct job *job = press->run.job;
    if (was->st_nlink > 0 && (job->only_count > 0 || job->name_count > 0)) {
        const struct timespec times[2] = {was->st_atim, was->st_mtim};
        utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
    }
}

static bool write_files(struct press *press, const struct manifest *manifest) {
    struct buffer bytes = {0};
    struct stat was = {0};
    const char *path = output_own_path(&press->output, "manifest.xml");
    stat(path, &was);
    bool good = output_settle(&press->run, &press->output);
    index_html(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "index.html", buffer_str(&bytes));
    findings_csv(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "findings.csv", buffer_str(&bytes));
    manifest_write(manifest, &bytes);
    good = good && output_write(&press->run, &press->output, "manifest.xml", buffer_str(&bytes));
    keep_age(press, path, &was);
    buffer_release(&bytes);
    return good;
}

enum exit_code press_finish(struct press *press) {
    struct run *run = &press->run;
    assert(press->writes && press->output.lock >= 0 && "press.h, 1");
    if (press->apart > 0 && press->apart == press->chosen) { /* nothing that the lists have was made */
        return output_settle(run, &press->output) ? EXIT_MADE : EXIT_IO;
    }
    struct manifest merged;
    manifest_init(&merged, run->arena, press->output.term, press->past.manifest.day);
    merged.shard = run->job->shard;
    merged.shards = run->job->shards;
    merged.database = press->database;
    struct whole whole = {.month = value_text(run->arena, &run->givens.values[GIVEN_MONTH]),
                          .keeps = run->values_missing > 0};
    whole.layouts = whole_layouts(press, &whole.count);
    manifest_merge(&merged, &press->past.manifest, &press->manifest, &whole);
    if (!press->stopped) {
        guard_drop_stale(&press->guard, &merged);
        guard_drop_gone(&press->guard, &merged);
    }
    retire(press, &merged, &whole);
    press->lying = merged;
    return write_files(press, &merged) ? past_settle(run, &press->output, &press->past) : EXIT_IO;
}
