/* merge.c: the shards' manifests become one, in the order of the plan; then the end of a run follows as it always does (press_finish). */
#include "batch/merge.h"

#include <stdlib.h>

#include "base/file.h"
#include "batch/press.h"
#include "batch/verify.h"

struct shard {
    const char *folder; /* of the term */
    struct verify verify;
};
struct merge {
    struct press press;
    struct shard *shards;
    size_t count, opened;
};

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* The one folder of a term below it, or the folder itself; NULL: there is none, or there are several. */
static const char *term_folder(struct arena *arena, const char *folder) {
    struct str *names = NULL;
    size_t count = 0;
    size_t terms = 0;
    const char *found = folder;
    if (verify_has_manifest(arena, folder) || folder_list(arena, folder, STR_NONE, &names, &count) != 0) {
        return verify_has_manifest(arena, folder) ? folder : NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *term = str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i])));
        if (verify_has_manifest(arena, term)) {
            found = term;
            terms++;
        }
    }
    return terms == 1 ? found : NULL;
}

static enum exit_code open_shard(struct merge *merge, struct str folder) {
    struct run *run = &merge->press.run;
    struct shard *shard = &merge->shards[merge->opened];
    shard->folder = term_folder(run->arena, str_c(run->arena, folder));
    if (shard->folder == NULL) {
        DIAG_ADD(&run->diags, O182, PLACE_NONE, folder);
        return EXIT_INPUT;
    }
    if (verify_is_held(run->arena, shard->folder)) {
        DIAG_ADD(&run->diags, O101, PLACE_NONE, folder);
        return EXIT_BUSY;
    }
    merge->opened++;
    return verify_begin(&shard->verify, shard->folder, run->reporter) ? EXIT_MADE : EXIT_INPUT;
}

/* Of one term and day, from one database; and 1/N to N/N, each once. */
static bool fit_together(struct merge *merge) {
    struct run *run = &merge->press.run;
    const struct manifest *first = &merge->shards[0].verify.manifest;
    bool *there = ARENA_ARRAY(run->arena, bool, merge->count);
    for (size_t i = 0; i < merge->count; i++) {
        const struct manifest *manifest = &merge->shards[i].verify.manifest;
        if (!str_eq(manifest->term, first->term) || !str_eq(manifest->day, first->day) ||
            !str_eq(manifest->database, first->database)) {
            DIAG_ADD(&run->diags, O195, PLACE_NONE, str_from(merge->shards[i].folder));
            return false;
        }
        const size_t at = (size_t)manifest->shard - 1;
        if ((size_t)manifest->shards != merge->count || at >= merge->count || there[at]) {
            DIAG_ADD(&run->diags, O194, PLACE_NONE, str_from(merge->shards[i].folder),
                     str_printf(run->arena, "%d/%d", (int)manifest->shard, (int)manifest->shards),
                     str_int(run->arena, (int64_t)merge->count));
            return false;
        }
        there[at] = true;
    }
    return true;
}

static bool are_sound(struct merge *merge) {
    bool sound = true;
    for (size_t i = 0; i < merge->count; i++) {
        struct verify *verify = &merge->shards[i].verify;
        verify_documents(verify);
        if (verify->missing + verify->altered > 0) {
            DIAG_ADD(&merge->press.run.diags, O196, PLACE_NONE, str_from(merge->shards[i].folder));
            sound = false;
        }
    }
    return sound;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

struct placed {
    struct entry entry;
    const char *folder; /* that it lies in now */
};

static int by_place(const void *a, const void *b) {
    const struct placed *x = a;
    const struct placed *y = b;
    return (x->entry.place > y->entry.place) - (x->entry.place < y->entry.place);
}

static struct placed *all_entries(struct merge *merge, size_t *count) {
    *count = 0;
    for (size_t i = 0; i < merge->count; i++) {
        *count += merge->shards[i].verify.manifest.count;
    }
    struct placed *all = ARENA_ARRAY(merge->press.run.arena, struct placed, *count);
    size_t at = 0;
    for (size_t i = 0; i < merge->count; i++) {
        const struct manifest *manifest = &merge->shards[i].verify.manifest;
        for (size_t k = 0; k < manifest->count; k++) {
            all[at++] = (struct placed){manifest->entries[k], merge->shards[i].folder};
        }
    }
    qsort(all, *count, sizeof *all, by_place);
    return all;
}

/* The group's files get their names; the first that can't tells it. */
static enum exit_code settle(struct press *press) {
    enum exit_code code = EXIT_MADE;
    output_commit(&press->output);
    for (size_t i = 0; i < press->output.waiting_count && code == EXIT_MADE; i++) {
        const struct waiting *waiting = &press->output.waiting[i];
        code = waiting->error == 0 ? EXIT_MADE
                                   : output_tell(str_from(waiting->path), STR_NONE, waiting->error, &press->run.diags);
    }
    output_forget(&press->output);
    return code;
}

static enum exit_code copy(struct press *press, struct arena *scratch, const struct placed *placed) {
    int error = 0;
    struct str bytes = STR_NONE;
    struct str beside = STR_NONE;
    const struct entry *entry = &placed->entry;
    const char *path = file_inside(scratch, placed->folder, entry->path, &error);
    error = path == NULL ? error : file_read(scratch, path, 0, &bytes);
    if (error != 0) { /* it was there a moment ago */
        DIAG_ADD(&press->run.diags, O184, ((struct place){.record = entry->record}), entry->folder, diag_errno(error));
        return EXIT_IO;
    }
    const enum exit_code code =
        output_fill(&press->output, entry->path, entry->record, bytes, &press->run.diags, &beside);
    if (code != EXIT_MADE) {
        return code;
    }
    output_join(&press->output, entry->path, beside, bytes.n);
    return output_is_due(&press->output) ? settle(press) : EXIT_MADE;
}

static enum exit_code copy_all(struct merge *merge) {
    size_t count = 0;
    const struct placed *all = all_entries(merge, &count);
    struct press *press = &merge->press;
    struct arena *scratch = arena_create();
    enum exit_code code = EXIT_MADE;
    for (size_t i = 0; i < count && code == EXIT_MADE; i++) {
        struct entry *entry = manifest_add(&press->manifest);
        *entry = all[i].entry;
        entry->place = 0;
        if (entry->state != STATE_FAILED) {
            code = copy(press, scratch, &all[i]);
        }
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    return code == EXIT_MADE ? settle(press) : code;
}

/* The layouts that the shards printed, as press_finish knows them; what they found of the whole, each says alike. */
static void take_layouts(struct merge *merge) {
    struct press *press = &merge->press;
    struct arena *arena = press->run.arena;
    const struct manifest *first = &merge->shards[0].verify.manifest;
    press->printings = ARENA_ARRAY(arena, struct printing, first->notice_count);
    press->plans = ARENA_ARRAY(arena, struct plan, first->notice_count);
    for (size_t i = 0; i < first->notice_count; i++) {
        const struct notice *notice = &first->notices[i];
        struct layout *layout = ARENA_NEW(arena, struct layout);
        layout->name = notice->layout;
        press->printings[press->count++] = (struct printing){.layout = layout, .folder = notice->folder};
        if (notice->finding_count > 0) {
            *manifest_add_notice(&press->manifest) = *notice;
        }
    }
}

/* The givens that the end of a run asks for: the term names the folder, the month the papers that are replaced. */
static void take_givens(struct merge *merge) {
    struct run *run = &merge->press.run;
    const struct manifest *first = &merge->shards[0].verify.manifest;
    run->givens.values[GIVEN_SEMESTER] = (struct value){.kind = VALUE_TEXT, .text = first->term};
    run->givens.values[GIVEN_AS_OF] = (struct value){.kind = VALUE_TEXT, .text = first->day};
    run->givens.values[GIVEN_ASKED_ON] = run->givens.values[GIVEN_AS_OF];
    for (size_t i = 0; i < merge->count; i++) {
        const struct manifest *manifest = &merge->shards[i].verify.manifest;
        for (size_t k = 0; k < manifest->count; k++) {
            if (manifest->entries[k].month.n > 0) {
                run->givens.values[GIVEN_MONTH] =
                    (struct value){.kind = VALUE_TEXT, .text = manifest->entries[k].month};
            }
        }
    }
}

static enum exit_code write_all(struct merge *merge) {
    struct press *press = &merge->press;
    struct run *run = &press->run;
    take_givens(merge);
    enum exit_code code = output_open(run, &press->output);
    code = code == EXIT_MADE ? output_begin(run, &press->output) : code;
    code = code == EXIT_MADE ? past_read(run, &press->output, &press->past) : code;
    if (code == EXIT_MADE) {
        guard_init(&press->guard, run, &press->past.manifest);
        manifest_init(&press->manifest, run->arena, press->output.term, STR_NONE);
        take_layouts(merge);
        code = copy_all(merge);
    }
    return code == EXIT_MADE ? press_finish(press) : code;
}

static void say(struct merge *merge) {
    const struct press *press = &merge->press;
    const struct job *job = press->run.job;
    const char *format = job->language == LANGUAGE_CHINESE ? "%s/%.*s：%zu 个分片合并，%zu 份"
                                                           : "%s/%.*s: %zu shards merged, %zu documents";
    if (!job->quiet) {
        run_line(&merge->press.run, str_printf(press->run.arena, format, job->out, STR_ARG(press->output.term),
                                               merge->count, press->manifest.count));
    }
}

static enum exit_code merge_all(struct merge *merge, const struct str *folders) {
    enum exit_code code = EXIT_MADE;
    for (size_t i = 0; i < merge->count && code == EXIT_MADE; i++) {
        code = open_shard(merge, folders[i]);
    }
    if (code == EXIT_MADE && !(fit_together(merge) && are_sound(merge))) {
        code = EXIT_DOCUMENT;
    }
    code = code == EXIT_MADE ? write_all(merge) : code;
    if (code == EXIT_MADE) {
        say(merge);
    }
    return code;
}

enum exit_code batch_merge(const struct job *job, const struct str *folders, size_t count, struct reporter *reporter) {
    /* A run of no layout by name: nothing is called gone for not being in a folder that isn't read. */
    struct str none = STR_NONE;
    struct job merging = *job;
    merging.names = &none;
    merging.name_count = 1;
    struct merge merge = {.press = {.writes = true, .output = {.lock = -1}}, .count = count};
    run_init(&merge.press.run, &merging, reporter);
    merge.shards = ARENA_ARRAY(merge.press.run.arena, struct shard, count);
    const enum exit_code code = merge_all(&merge, folders);
    run_tell(&merge.press.run);
    for (size_t i = 0; i < merge.opened; i++) {
        verify_end(&merge.shards[i].verify);
    }
    output_close(&merge.press.output);
    run_release(&merge.press.run);
    return code;
}
