/* trace.c: .trace as a row of bytes (base/packed.h), with the hash of all of it in front: one that was cut off or altered is none. */
#include "batch/trace.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/stamp.h"

#define TRACE   ".trace"
#define VERSION 1

static const char *const lists[] = {"index.html", "findings.csv", "manifest.xml"};
enum { LISTS = sizeof lists / sizeof *lists };

/* --- what is asked for, and what is read --------------------------------------------------------------------------- */

static void add_str(struct hash_stream *stream, struct str s) {
    hash_add(stream, &s.n, sizeof s.n);
    hash_add(stream, s.p, s.n);
}

static struct hash hash_job(const struct job *job) {
    struct hash_stream *stream = hash_begin();
    const int64_t plain[] = {job->has_reader, job->reader,  job->stock,    job->medium, job->compact,
                             job->proof,      job->verbose, job->withdraw, job->shard,  job->shards};
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

static bool hash_inputs(const struct run *run, struct arena *arena, struct hash *hash) {
    const struct job *job = run->job;
    struct hash_stream *stream = hash_begin();
    struct hash database = {0};
    const bool known = database_hash(run->database, &database);
    stamp_program(stream);
    hash_add(stream, &database, sizeof database);
    stamp_bytes(stream, job->layouts);
    const struct str journal =
        job->journal != NULL ? str_from(job->journal) : beside_database(arena, job, "journal.db");
    add_bytes(stream, arena, journal);
    add_bytes(stream, arena, str_join(arena, journal, STR("-wal")));
    add_bytes(stream, arena, str_printf(arena, "%s.key", job->database));
    stamp_folder(stream, job->photos != NULL ? job->photos : str_c(arena, beside_database(arena, job, "photos")));
    fonts_stamp(stream);
    *hash = hash_end(stream);
    return known;
}

/* A font that a site owns stands in its theme by its path, and may come and go. */
static struct hash hash_fonts(struct arena *arena, const struct str *paths, size_t count) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < count; i++) {
        stamp_file(stream, str_c(arena, paths[i]));
    }
    return hash_end(stream);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void read_tally(struct packed *in, struct tally *tally) {
    *tally = (struct tally){.documents = (size_t)packed_number(in)};
    tally->failed = (size_t)packed_number(in);
    tally->incomplete = (size_t)packed_number(in);
    tally->pages = (size_t)packed_number(in);
    tally->bytes = (size_t)packed_number(in);
    tally->characters = (size_t)packed_number(in);
    for (uint64_t count = packed_number(in); count > 0 && !in->bad; count--) {
        const uint64_t code = packed_number(in), found = packed_number(in);
        if (code < DIAG_CODE_COUNT) {
            tally->findings[code] = (size_t)found;
        }
    }
    tally->unchanged = tally->documents;
}

static void read_asked(struct packed *in, struct trace *last) {
    const size_t count = (size_t)packed_number(in);
    struct str *asked = in->bad ? NULL : ARENA_ARRAY(last->arena, struct str, count);
    for (size_t i = 0; i < count && !in->bad; i++) {
        asked[i] = packed_str(in);
    }
    last->asked = asked;
    last->asked_count = in->bad ? 0 : count;
}

static bool read_trace(struct output *output, struct trace *last) {
    struct str bytes = STR_NONE;
    if (output_read(output, TRACE, &bytes) != 0 || bytes.n < sizeof(struct hash)) {
        return false;
    }
    struct packed in = {.rest = bytes};
    const struct hash whole = packed_hash(&in);
    if (!hash_eq(whole, hash_bytes(in.rest.p, in.rest.n)) || packed_number(&in) != VERSION) {
        return false;
    }
    last->job = packed_hash(&in);
    last->inputs = packed_hash(&in);
    last->lists = packed_hash(&in);
    last->fonts = packed_hash(&in);
    read_asked(&in, last);
    last->worst = (enum exit_code)packed_number(&in);
    read_tally(&in, &last->tally);
    buffer_add(&last->told, packed_str(&in));
    last->count = (size_t)packed_number(&in);
    last->files = in.bad ? NULL : ARENA_ARRAY(last->arena, struct traced, last->count);
    for (size_t i = 0; i < last->count && !in.bad; i++) {
        last->files[i].path = packed_str(&in);
        last->files[i].bytes = packed_number(&in);
        last->files[i].hash = packed_hash(&in);
    }
    return !in.bad;
}

/* --- what lies there ---------------------------------------------------------------------------------------------- */

static struct hash hash_lists(struct output *output, struct arena *arena) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < LISTS; i++) {
        add_bytes(stream, arena, str_from(output_own_path(output, lists[i])));
    }
    return hash_end(stream);
}

static bool is_older(const struct timespec *a, const struct timespec *b) {
    return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec <= b->tv_nsec);
}

static bool is_intact(struct output *output, struct arena *scratch, const struct traced *file,
                      const struct timespec *kept, bool verify) {
    struct stat status;
    struct str bytes = STR_NONE;
    const char *path = str_c(scratch, str_printf(scratch, "%s/%.*s", output->folder, STR_ARG(file->path)));
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || (uint64_t)status.st_size != file->bytes) {
        return false;
    }
    if (!verify && is_older(&status.st_mtim, kept)) {
        return true;
    }
    return file_read(scratch, path, 0, &bytes) == 0 && hash_eq(hash_bytes(bytes.p, bytes.n), file->hash);
}

static bool are_intact(const struct run *run, struct output *output, const struct trace *last) {
    struct stat kept;
    bool intact = lstat(output_own_path(output, TRACE), &kept) == 0 && S_ISREG(kept.st_mode) &&
                  lstat(output_own_path(output, ".plan"), &(struct stat){0}) != 0;
    struct arena *scratch = arena_create();
    intact = intact && hash_eq(hash_lists(output, scratch), last->lists);
    for (size_t i = 0; i < last->count && intact; i++) {
        arena_reset(scratch);
        intact = is_intact(output, scratch, &last->files[i], &kept.st_mtim, run->job->verify);
    }
    for (size_t i = 0; i < last->count && intact; i++) {
        output_sweep_beside(output, last->files[i].path);
    }
    arena_destroy(scratch);
    return intact;
}

bool trace_open(struct run *run, struct output *output, struct trace *trace, struct trace *last) {
    *trace = *last = (struct trace){.arena = run->arena};
    trace->job = hash_job(run->job);
    const bool known = hash_inputs(run, run->arena, &trace->inputs);
    return known && !run->job->force && read_trace(output, last) && hash_eq(last->job, trace->job) &&
           hash_eq(last->inputs, trace->inputs) &&
           hash_eq(last->fonts, hash_fonts(run->arena, last->asked, last->asked_count)) &&
           are_intact(run, output, last);
}

void trace_release(struct trace *trace) {
    buffer_release(&trace->told);
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

void trace_tell(struct run *run, const struct trace *last, struct tally *tally) {
    struct packed in = {.rest = buffer_str(&last->told)};
    struct diags diags;
    diags_init(&diags, run->arena);
    diags.limit = SIZE_MAX;
    while (in.rest.n > 0) {
        outcome_unpack_diag(&in, &diags);
    }
    run_tell_again(run, &diags);
    run_worsen(run, last->worst);
    const double wall_s = tally->wall_s, cpu_s = tally->cpu_s;
    *tally = last->tally;
    tally->wall_s = wall_s;
    tally->cpu_s = cpu_s;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

void trace_add(struct trace *trace, struct str path, const struct outcome *outcome) {
    ARENA_GROW(trace->arena, trace->files, trace->count, trace->capacity);
    trace->files[trace->count++] = (struct traced){path, outcome->bytes, outcome->file};
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

/* A place that couldn't be written, or a process that died: the next run may have better luck. */
static bool met_bad_luck(const struct tally *tally) {
    static const enum diag_code codes[] = {DIAG_O103, DIAG_O104, DIAG_O150};
    size_t count = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        count += tally->findings[codes[i]];
    }
    return count > 0;
}

enum exit_code trace_keep(struct run *run, struct output *output, struct trace *trace, const struct tally *tally) {
    struct buffer body = {0}, all = {0};
    if (met_bad_luck(tally)) {
        return EXIT_MADE;
    }
    packed_add(&body, VERSION);
    packed_add_hash(&body, trace->job);
    packed_add_hash(&body, trace->inputs);
    packed_add_hash(&body, hash_lists(output, run->arena));
    trace->asked = fonts_asked(run->fonts, &trace->asked_count);
    packed_add_hash(&body, hash_fonts(run->arena, trace->asked, trace->asked_count));
    packed_add(&body, trace->asked_count);
    for (size_t i = 0; i < trace->asked_count; i++) {
        packed_add_str(&body, trace->asked[i]);
    }
    packed_add(&body, (uint64_t)run->worst);
    write_tally(tally, &body);
    packed_add_str(&body, buffer_str(&trace->told));
    packed_add(&body, trace->count);
    for (size_t i = 0; i < trace->count; i++) {
        packed_add_str(&body, trace->files[i].path);
        packed_add(&body, trace->files[i].bytes);
        packed_add_hash(&body, trace->files[i].hash);
    }
    packed_add_hash(&all, hash_bytes(body.bytes, body.count));
    buffer_add(&all, buffer_str(&body));
    const bool good = output_write(run, output, TRACE, buffer_str(&all));
    buffer_release(&body);
    buffer_release(&all);
    return good ? EXIT_MADE : EXIT_IO;
}
