/* trace_file.c: see trace_file.h. */
#include "batch/trace_file.h"

#define VERSION 2

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* No more than there are bytes left: each takes at least one. */
static size_t read_count(struct packed *in, size_t most) {
    const uint64_t count = packed_number(in);
    in->bad = in->bad || count > most || count > in->rest.n;
    return in->bad ? 0 : (size_t)count;
}

static void read_base(struct packed *in, struct arena *arena, struct trace_file *out) {
    out->base = packed_hash(in);
    out->inputs = packed_hash(in);
    out->font_count = read_count(in, SIZE_MAX);
    out->fonts = ARENA_ARRAY(arena, struct font_file, out->font_count);
    for (size_t i = 0; i < out->font_count; i++) {
        out->fonts[i].path = packed_str(in);
        out->fonts[i].stamp = packed_hash(in);
    }
}

static void read_file(struct packed *in, struct traced *file) {
    file->path = packed_str(in);
    file->bytes = packed_number(in);
    file->hash = packed_hash(in);
    file->key = packed_hash(in);
    file->outcome = packed_str(in);
}

static void read_run(struct packed *in, struct arena *arena, struct traced_run *run) {
    run->job = packed_hash(in);
    run->lists = packed_hash(in);
    run->worst = packed_number(in);
    run->tally = packed_str(in);
    run->told = packed_str(in);
    run->count = read_count(in, SIZE_MAX);
    run->files = ARENA_ARRAY(arena, uint32_t, run->count);
    for (size_t i = 0; i < run->count; i++) {
        run->files[i] = (uint32_t)packed_number(in);
    }
}

static void read_all(struct packed *in, struct arena *arena, struct trace_file *out) {
    read_base(in, arena, out);
    out->count = read_count(in, UINT32_MAX - 1);
    out->files = ARENA_ARRAY(arena, struct traced, out->count);
    for (size_t i = 0; i < out->count; i++) {
        read_file(in, &out->files[i]);
    }
    out->run_count = read_count(in, TRACED_RUNS_MOST);
    for (size_t i = 0; i < out->run_count; i++) {
        read_run(in, arena, &out->runs[i]);
        for (size_t f = 0; f < out->runs[i].count; f++) {
            in->bad = in->bad || out->runs[i].files[f] >= out->count;
        }
    }
}

bool trace_file_read(struct arena *arena, struct str bytes, struct trace_file *out) {
    struct packed in = {.rest = bytes};
    const struct hash whole = packed_hash(&in);
    *out = (struct trace_file){0};
    strmap_init(&out->by_path, arena);
    if (in.bad || !hash_eq(whole, hash_bytes(in.rest.p, in.rest.n)) || packed_number(&in) != VERSION) {
        return false;
    }
    read_all(&in, arena, out);
    if (in.bad || in.rest.n > 0) {
        *out = (struct trace_file){0};
        strmap_init(&out->by_path, arena);
        return false;
    }
    for (size_t i = 0; i < out->count; i++) {
        bool found;
        *strmap_put(&out->by_path, out->files[i].path, &found) = (uint32_t)i;
    }
    return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void write_base(const struct trace_file *file, struct buffer *out) {
    packed_add_hash(out, file->base);
    packed_add_hash(out, file->inputs);
    packed_add(out, file->font_count);
    for (size_t i = 0; i < file->font_count; i++) {
        packed_add_str(out, file->fonts[i].path);
        packed_add_hash(out, file->fonts[i].stamp);
    }
}

static void write_document(const struct traced *file, struct buffer *out) {
    packed_add_str(out, file->path);
    packed_add(out, file->bytes);
    packed_add_hash(out, file->hash);
    packed_add_hash(out, file->key);
    packed_add_str(out, file->outcome);
}

static void write_run(const struct traced_run *run, struct buffer *out) {
    packed_add_hash(out, run->job);
    packed_add_hash(out, run->lists);
    packed_add(out, run->worst);
    packed_add_str(out, run->tally);
    packed_add_str(out, run->told);
    packed_add(out, run->count);
    for (size_t i = 0; i < run->count; i++) {
        packed_add(out, run->files[i]);
    }
}

void trace_file_write(const struct trace_file *file, struct buffer *out) {
    struct buffer body = {0};
    packed_add(&body, VERSION);
    write_base(file, &body);
    packed_add(&body, file->count);
    for (size_t i = 0; i < file->count; i++) {
        write_document(&file->files[i], &body);
    }
    packed_add(&body, file->run_count);
    for (size_t i = 0; i < file->run_count; i++) {
        write_run(&file->runs[i], &body);
    }
    packed_add_hash(out, hash_bytes(body.bytes, body.count));
    buffer_add(out, buffer_str(&body));
    buffer_release(&body);
}
