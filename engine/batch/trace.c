/* trace.c: see trace.h. What a run shares with all its documents is hashed once; .trace is looked at, and kept. */
#define _GNU_SOURCE /* CLOCK_REALTIME_COARSE */
#include "batch/trace.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/stamp.h"

#define TRACE ".trace"

static const char *const lists[] = {"index.html", "findings.csv", "manifest.xml"};
enum { LISTS = sizeof lists / sizeof *lists };

/* --- what is asked for, and what is read --------------------------------------------------------------------------- */

static void add_str(struct hash_stream *stream, struct str s) {
    hash_add(stream, &s.n, sizeof s.n);
    hash_add(stream, s.p, s.n);
}

static struct hash hash_job(const struct job *job) {
    struct hash_stream *stream = hash_begin();
    const int64_t plain[] = {job->has_reader, job->reader,   job->stock, job->medium, job->compact, job->proof,
                             job->verbose,    job->withdraw, job->shard, job->shards, job->tagged};
    hash_add(stream, plain, sizeof plain);
    for (size_t i = 0; i < job->name_count; i++) {
        add_str(stream, job->names[i]);
    }
    add_str(stream, STR("/"));
    add_str(stream, job->as_of);
    add_str(stream, job->semester);
    add_str(stream, job->month);
    add_str(stream, job->printer);
    add_str(stream, str_from(job->photos));
    return hash_end(stream);
}

/* photos/ beside the database, when the job names no other folder; the journal lies there too. */
static struct str beside_database(struct arena *arena, const struct job *job, const char *name) {
    const char *slash = strrchr(job->database, '/');
    const int folder_bytes = slash == NULL ? 0 : (int)(slash + 1 - job->database);
    return str_printf(arena, "%.*s%s", folder_bytes, job->database, name);
}

static void add_bytes(struct hash_stream *stream, struct arena *arena, struct str path) {
    struct str bytes = STR_NONE;
    const int error = file_read(arena, str_c(arena, path), 0, &bytes);
    hash_add(stream, &error, sizeof error);
    add_str(stream, bytes);
}

static const char *photos_of(struct arena *arena, const struct job *job) {
    return job->photos != NULL ? job->photos : str_c(arena, beside_database(arena, job, "photos"));
}

static struct hash hash_journal(const struct run *run, struct arena *arena) {
    const struct job *job = run->job;
    struct hash_stream *stream = hash_begin();
    const struct str journal =
        job->journal != NULL ? str_from(job->journal) : beside_database(arena, job, "journal.db");
    add_bytes(stream, arena, journal);
    add_bytes(stream, arena, str_join(arena, journal, STR("-wal")));
    add_bytes(stream, arena, str_printf(arena, "%s.key", job->database));
    return hash_end(stream);
}

static struct hash hash_base(const struct run *run, struct arena *arena, struct hash shared) {
    const struct job *job = run->job;
    struct hash_stream *stream = hash_begin();
    stamp_program(stream);
    for (size_t i = 0; i < GIVEN_READER; i++) {
        const struct value *given = &run->givens.values[i];
        hash_add(stream, &given->kind, sizeof given->kind);
        add_str(stream, value_text(arena, given));
    }
    hash_add(stream, &shared, sizeof shared);
    add_str(stream, str_from(photos_of(arena, job)));
    if (run->form.image != NULL) {
        hash_add(stream, &run->form.image->hash, sizeof run->form.image->hash);
    }
    fonts_stamp(stream);
    hyphens_stamp(stream);
    return hash_end(stream);
}

/* False: they can't be told by it from others. */
static bool hash_inputs(const struct run *run, const struct trace *trace, struct hash *hash) {
    struct hash_stream *stream = hash_begin();
    struct hash database = {0};
    const bool known = database_hash(run->database, &database);
    hash_add(stream, &trace->base, sizeof trace->base);
    hash_add(stream, &trace->layouts, sizeof trace->layouts);
    hash_add(stream, &run->journal, sizeof run->journal);
    hash_add(stream, &database, sizeof database);
    const bool whole = stamp_folder(stream, photos_of(run->arena, run->job));
    *hash = hash_end(stream);
    return known && whole;
}

/* A font that a site owns stands in its theme by its path, and may come and go. */
static bool are_the_same(struct arena *arena, const struct font_file *fonts, size_t count) {
    bool same = true;
    for (size_t i = 0; i < count && same; i++) {
        same = hash_eq(fonts[i].stamp, font_file_stamp(arena, fonts[i].path));
    }
    return same;
}

/* --- tallies ------------------------------------------------------------------------------------------------------ */

static void read_tally(struct str packed, struct tally *tally) {
    struct packed in = {.rest = packed};
    *tally = (struct tally){.documents = (size_t)packed_number(&in)};
    tally->failed = (size_t)packed_number(&in);
    tally->incomplete = (size_t)packed_number(&in);
    tally->pages = (size_t)packed_number(&in);
    tally->bytes = (size_t)packed_number(&in);
    tally->characters = (size_t)packed_number(&in);
    for (uint64_t count = packed_number(&in); count > 0 && !in.bad; count--) {
        const uint64_t code = packed_number(&in), found = packed_number(&in);
        if (code < DIAG_CODE_COUNT) {
            tally->findings[code] = (size_t)found;
        }
    }
    tally->unchanged = tally->kept = tally->documents;
}

static void write_tally(const struct tally *tally, struct buffer *out) {
    size_t kinds = 0;
    packed_add(out, tally->documents);
    packed_add(out, tally->failed);
    packed_add(out, tally->incomplete);
    packed_add(out, tally->pages);
    packed_add(out, tally->bytes);
    packed_add(out, tally->characters);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        kinds += tally->findings[code] > 0;
    }
    packed_add(out, kinds);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        if (tally->findings[code] > 0) {
            packed_add(out, code);
            packed_add(out, tally->findings[code]);
        }
    }
}

/* --- what lies there ---------------------------------------------------------------------------------------------- */

static struct hash hash_lists(struct output *output, struct arena *arena) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < LISTS; i++) {
        add_bytes(stream, arena, str_from(output_own_path(output, lists[i])));
    }
    return hash_end(stream);
}

static const char *path_of(const struct output *output, struct arena *arena, struct str path) {
    return str_c(arena, str_printf(arena, "%s/%.*s", output->folder, STR_ARG(path)));
}

static uint64_t ns_of(const struct timespec *time) {
    return (uint64_t)time->tv_sec * 1000000000 + (uint64_t)time->tv_nsec;
}

/* By the clock that files get their times from. */
static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return ns_of(&now);
}

/* Whatever is done to a file sets the time of its state, which nobody can set back. Some filesystems know whole seconds only. */
static bool is_older(const struct stat *status, uint64_t than_ns) {
    const uint64_t changed_ns = ns_of(&status->st_ctim);
    return changed_ns + (status->st_ctim.tv_nsec == 0 ? 2000000000 : 0) < than_ns;
}

/* A file that is there, of its size, and not changed since `looked_ns`; else of the same bytes. */
static bool is_intact(const struct output *output, const struct traced *file, uint64_t looked_ns, bool verify) {
    struct arena *scratch = arena_create();
    struct stat status;
    struct str bytes = STR_NONE;
    const char *path = path_of(output, scratch, file->path);
    bool intact = lstat(path, &status) == 0 && S_ISREG(status.st_mode) && (uint64_t)status.st_size == file->bytes;
    if (intact && (verify || !is_older(&status, looked_ns))) {
        intact = file_read(scratch, path, 0, &bytes) == 0 && hash_eq(hash_bytes(bytes.p, bytes.n), file->hash);
    }
    arena_destroy(scratch);
    return intact;
}

/* Do all files of a run lie there, and the lists as it wrote them? */
static bool are_intact(const struct run *run, struct output *output, const struct trace *trace) {
    const struct traced_run *last = trace->last;
    bool intact = lstat(output_own_path(output, ".plan"), &(struct stat){0}) != 0 &&
                  hash_eq(hash_lists(output, run->arena), last->lists);
    for (size_t i = 0; i < last->count && intact; i++) {
        intact = is_intact(output, &trace->old.files[last->files[i]], trace->looked_ns, run->job->verify);
    }
    for (size_t i = 0; i < last->count && intact; i++) {
        output_sweep_beside(output, trace->old.files[last->files[i]].path);
    }
    return intact;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* NULL: this job has left nothing that can stand. */
static const struct traced_run *find_run(const struct trace *trace) {
    const struct traced_run *found = NULL;
    for (size_t i = 0; i < trace->old.run_count && found == NULL; i++) {
        found = hash_eq(trace->old.runs[i].job, trace->job) ? &trace->old.runs[i] : NULL;
    }
    return found;
}

/* False when there is none, or one that stands on another base: then nothing of it can be used. */
static bool read_old(struct run *run, struct output *output, struct trace *trace) {
    struct stat status;
    struct str bytes = STR_NONE;
    if (lstat(output_own_path(output, TRACE), &status) != 0 || !S_ISREG(status.st_mode) ||
        output_read(output, TRACE, &bytes) != 0 || !trace_file_read(run->arena, bytes, &trace->old)) {
        return false;
    }
    trace->looked_ns = ns_of(&status.st_mtim);
    return hash_eq(trace->old.base, trace->base) && are_the_same(run->arena, trace->old.fonts, trace->old.font_count);
}

void trace_begin(struct trace *trace, struct run *run) {
    struct hash_stream *stream = hash_begin();
    *trace = (struct trace){.arena = run->arena, .began_ns = now_ns()};
    stamp_bytes(stream, run->job->layouts);
    trace->layouts = hash_end(stream);
    stream = hash_begin();
    layouts_stamp_shared(stream, run->job->layouts);
    trace->shared = hash_end(stream);
}

bool trace_open(struct run *run, struct output *output, struct trace *trace) {
    trace->on = true;
    trace->job = hash_job(run->job);
    run->journal = hash_journal(run, run->arena);
    trace->base = hash_base(run, run->arena, trace->shared);
    const bool known = hash_inputs(run, trace, &trace->inputs);
    if (!read_old(run, output, trace)) {
        trace->old = (struct trace_file){0};
    }
    trace->last = known && hash_eq(trace->old.inputs, trace->inputs) ? find_run(trace) : NULL;
    return !run->job->force && trace->last != NULL && are_intact(run, output, trace);
}

void trace_release(struct trace *trace) {
    buffer_release(&trace->told);
}

const struct traced *trace_find(const struct trace *trace, const struct output *output, struct str path, bool verify) {
    const uint32_t *known = trace->old.count > 0 ? strmap_get(&trace->old.by_path, path) : NULL;
    const struct traced *file = known != NULL ? &trace->old.files[*known] : NULL;
    return file != NULL && file->outcome.n > 0 && is_intact(output, file, trace->looked_ns, verify) ? file : NULL;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

void trace_tell(struct run *run, const struct trace *trace, struct tally *tally) {
    const struct traced_run *last = trace->last;
    struct packed in = {.rest = last->told};
    struct diags diags;
    diags_init(&diags, run->arena);
    diags.limit = SIZE_MAX;
    while (in.rest.n > 0) {
        outcome_unpack_diag(&in, &diags);
    }
    run_tell_again(run, &diags);
    run_worsen(run, (enum exit_code)last->worst);
    const double wall_s = tally->wall_s, cpu_s = tally->cpu_s;
    read_tally(last->tally, tally);
    tally->wall_s = wall_s;
    tally->cpu_s = cpu_s;
}

/* --- this run's documents ----------------------------------------------------------------------------------------- */

/* As it is to be taken by the next run, which finds it there. */
static struct str pack_kept(const struct outcome *outcome, size_t rows, struct arena *arena) {
    struct outcome kept = *outcome;
    struct buffer packed = {0};
    kept.same = kept.kept = true;
    kept.beside = STR_NONE;
    outcome_pack(&kept, EXIT_MADE, rows, &packed);
    const struct str copy = str_copy(arena, buffer_str(&packed));
    buffer_release(&packed);
    return copy;
}

/* When a file's state changed last; 0 for one that wasn't written, and that someone may have altered behind this run's look at it. */
static uint64_t changed_ns(const struct trace *trace, const struct output *output, const struct planned *planned,
                           const struct outcome *outcome) {
    struct arena *scratch = arena_create();
    struct stat status;
    const bool there = lstat(path_of(output, scratch, planned->path), &status) == 0;
    const bool sure = there && (!outcome->same || is_older(&status, trace->began_ns));
    arena_destroy(scratch);
    return sure ? ns_of(&status.st_ctim) : 0;
}

void trace_add(struct trace *trace, const struct output *output, const struct planned *planned,
               const struct outcome *outcome) {
    struct traced file = {.path = planned->path,
                          .bytes = outcome->bytes,
                          .hash = outcome->file,
                          .key = outcome->key,
                          .changed_ns = changed_ns(trace, output, planned, outcome)};
    if (outcome->asked.n > 0) {
        file.outcome = pack_kept(outcome, planned->to - planned->from, trace->arena);
    }
    ARENA_GROW(trace->arena, trace->files, trace->count, trace->capacity);
    trace->files[trace->count++] = file;
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

/* What is written: this run's, and what of earlier ones still stands. */
struct keeping {
    struct trace *trace;
    struct arena *arena;
    struct output *output;
    struct trace_file out;
    uint32_t *file_of; /* of old.files in out.files; UINT32_MAX: it goes, or is another one now */
};

/* A place that couldn't be written, or a process that died: the next run may have better luck. */
static bool met_bad_luck(const struct tally *tally) {
    static const enum diag_code codes[] = {DIAG_O103, DIAG_O104, DIAG_O150};
    size_t count = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        count += tally->findings[codes[i]];
    }
    return count > 0;
}

static bool is_among(const struct font_file *items, size_t count, struct str path) {
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = str_eq(items[i].path, path);
    }
    return found;
}

/* Those that any of the runs asked for. */
static void add_fonts(struct keeping *keeping, const struct run *run) {
    const struct trace_file *old = &keeping->trace->old;
    struct trace_file *out = &keeping->out;
    size_t count = 0;
    const struct font_file *asked = fonts_asked(run->fonts, &count);
    out->fonts = ARENA_ARRAY(keeping->arena, struct font_file, count + old->font_count);
    for (size_t i = 0; i < count; i++) {
        out->fonts[out->font_count++] = asked[i];
    }
    for (size_t i = 0; i < old->font_count; i++) {
        if (!is_among(asked, count, old->fonts[i].path)) {
            out->fonts[out->font_count++] = old->fonts[i];
        }
    }
}

/* Of files that this run didn't make, those that lie there as they were left: .trace vouches for them from now on. */
static void add_old_files(struct keeping *keeping) {
    const struct trace_file *old = &keeping->trace->old;
    struct trace_file *out = &keeping->out;
    keeping->file_of = ARENA_ARRAY(keeping->arena, uint32_t, old->count);
    for (size_t i = 0; i < old->count; i++) {
        const struct traced *file = &old->files[i];
        const uint32_t *made = strmap_get(&out->by_path, file->path);
        keeping->file_of[i] = UINT32_MAX;
        if (made != NULL) {
            keeping->file_of[i] = hash_eq(out->files[*made].hash, file->hash) ? *made : UINT32_MAX;
        } else if (is_intact(keeping->output, file, keeping->trace->looked_ns, false)) {
            keeping->file_of[i] = (uint32_t)out->count;
            out->files[out->count++] = *file;
        }
    }
}

static void add_files(struct keeping *keeping) {
    const struct trace *trace = keeping->trace;
    struct trace_file *out = &keeping->out;
    out->files = ARENA_ARRAY(keeping->arena, struct traced, trace->count + trace->old.count);
    strmap_init(&out->by_path, keeping->arena);
    for (size_t i = 0; i < trace->count; i++) {
        bool found;
        *strmap_put(&out->by_path, trace->files[i].path, &found) = (uint32_t)out->count;
        out->files[out->count++] = trace->files[i];
    }
    add_old_files(keeping);
}

/* False when a file of its is another one now, or gone. */
static bool take_run(struct keeping *keeping, const struct traced_run *run, struct traced_run *out) {
    bool good = true;
    *out = *run;
    out->files = ARENA_ARRAY(keeping->arena, uint32_t, run->count);
    for (size_t i = 0; i < run->count && good; i++) {
        out->files[i] = keeping->file_of[run->files[i]];
        good = out->files[i] != UINT32_MAX;
    }
    return good;
}

static void add_runs(struct keeping *keeping, struct traced_run own) {
    const struct trace_file *old = &keeping->trace->old;
    struct trace_file *out = &keeping->out;
    const bool same = hash_eq(old->inputs, out->inputs);
    out->runs[out->run_count++] = own;
    for (size_t i = 0; same && i < old->run_count && out->run_count < TRACED_RUNS_MOST; i++) {
        if (!hash_eq(old->runs[i].job, own.job) && take_run(keeping, &old->runs[i], &out->runs[out->run_count])) {
            out->run_count++;
        }
    }
}

/* Do all files of this run lie there as it left them, or found them? */
static bool are_as_left(const struct keeping *keeping) {
    bool good = true;
    for (size_t i = 0; i < keeping->trace->count && good; i++) {
        const struct traced *file = &keeping->trace->files[i];
        struct arena *scratch = arena_create();
        struct stat status;
        const bool there = lstat(path_of(keeping->output, scratch, file->path), &status) == 0;
        good = (there && ns_of(&status.st_ctim) == file->changed_ns) || is_intact(keeping->output, file, 0, true);
        arena_destroy(scratch);
    }
    return good;
}

static struct traced_run own_run(const struct keeping *keeping, const struct run *run, const struct buffer *tally) {
    const struct trace *trace = keeping->trace;
    const struct traced_run own = {.job = trace->job,
                                   .lists = hash_lists(keeping->output, keeping->arena),
                                   .worst = (uint64_t)run->worst,
                                   .tally = buffer_str(tally),
                                   .told = buffer_str(&trace->told),
                                   .files = ARENA_ARRAY(keeping->arena, uint32_t, trace->count),
                                   .count = trace->count};
    for (size_t i = 0; i < trace->count; i++) {
        own.files[i] = (uint32_t)i;
    }
    return own;
}

enum exit_code trace_keep(struct run *run, struct output *output, struct trace *trace, const struct tally *tally) {
    struct keeping keeping = {
        .trace = trace, .arena = run->arena, .output = output, .out = {.base = trace->base, .inputs = trace->inputs}};
    struct buffer packed = {0}, all = {0};
    if (met_bad_luck(tally)) {
        return EXIT_MADE;
    }
    const uint64_t looked_ns = now_ns();
    write_tally(tally, &packed);
    add_fonts(&keeping, run);
    add_files(&keeping);
    add_runs(&keeping, own_run(&keeping, run, &packed));
    trace_file_write(&keeping.out, &all);
    const bool good = output_write(run, output, TRACE, buffer_str(&all));
    output_date(output, TRACE, are_as_left(&keeping) ? looked_ns : 0);
    buffer_release(&packed);
    buffer_release(&all);
    return good ? EXIT_MADE : EXIT_IO;
}
