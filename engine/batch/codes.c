/* codes.c: what a paper says is hashed, named with its edition, and signed. */
#include "batch/codes.h"

#include "base/packed.h"
#include "draw/draw.h"

static const struct key *key_of(struct run *run) {
    if (run->key_state == KEY_NOT_READ) {
        const size_t told = run->diags.count;
        run->key_state = key_read(run->arena, run->job->database, &run->key, &run->diags) ? KEY_THERE : KEY_ABSENT;
        if (run->key_state == KEY_ABSENT && run->diags.count == told) {
            DIAG_ADD(&run->diags, O140, PLACE_NONE, str_from(key_path(run->arena, run->job->database)),
                     str_from(run->job->database));
        }
        run_tell(run);
    }
    return run->key_state == KEY_THERE ? &run->key : NULL;
}

void codes_ask_journal(const struct run *run) {
    const struct papers *papers = run->job->papers;
    if (papers != NULL) {
        papers->last(papers->context, STR("/"), READER_SCHOOL);
    }
}

void codes_prepare(struct run *run) {
    key_of(run);
    codes_ask_journal(run);
}

static struct printed last_printed(const struct run *run, const struct printing *printing, struct str name) {
    const struct papers *papers = run->job->papers;
    return papers != NULL && name.n > 0 ? papers->last(papers->context, name, printing->reader) : (struct printed){0};
}

static void add_printed(struct buffer *out, const struct printed *last) {
    packed_add(out, (uint64_t)last->edition);
    packed_add_str(out, last->content);
    packed_add_str(out, last->day);
    packed_add_str(out, last->day_before);
}

/* A name that is asked of the owner's rows isn't known before the owner is: then all of the journal counts. */
void codes_add_given(struct run *run, const struct printing *printing, struct arena *arena, const struct rows *rows,
                     size_t from, size_t to, struct buffer *out) {
    if (printing->layout->check.count == 0) {
        return;
    }
    const struct key *key = key_of(run);
    packed_add(out, key != NULL);
    packed_add_hash(out, key != NULL ? hash_bytes(key->bytes, sizeof key->bytes) : (struct hash){0});
    if (session_has_own(printing->resolved->session)) {
        packed_add_hash(out, run->journal);
    }
    for (size_t row = from; row < to; row++) {
        const struct str name = compose_check_name(printing->composer, arena, rows, row);
        const struct printed last = last_printed(run, printing, name);
        packed_add_str(out, name);
        add_printed(out, &last);
    }
}

/* As it was printed last. */
static struct edition edition_of(const struct printed *last) {
    if (last->edition == 0) {
        return (struct edition){.number = 1};
    }
    return (struct edition){last->edition, last->edition - 1, last->day_before};
}

static struct edition next_edition(const struct printed *last) {
    return (struct edition){last->edition + 1, last->edition, last->day};
}

struct editions {
    struct printed *last;
    struct edition *items;
    size_t count;
};

static struct editions editions_of(struct run *run, const struct printing *printing, struct arena *arena,
                                   const struct rows *rows, size_t from, size_t count, struct paper_code *codes) {
    const struct editions editions = {ARENA_ARRAY(arena, struct printed, count),
                                      ARENA_ARRAY(arena, struct edition, count), count};
    for (size_t i = 0; i < count; i++) {
        codes[i] = (struct paper_code){.name = compose_check_name(printing->composer, arena, rows, from + i)};
        editions.last[i] = last_printed(run, printing, codes[i].name);
        editions.items[i] = edition_of(&editions.last[i]);
    }
    return editions;
}

/* Which papers say something else than their last edition did. True: some do, and are composed anew as the next. */
static bool go_on(const struct editions *editions, const struct str *contents) {
    bool any = false;
    for (size_t i = 0; i < editions->count; i++) {
        const struct printed *last = &editions->last[i];
        if (last->edition > 0 && !str_eq(last->content, contents[i])) {
            editions->items[i] = next_edition(last);
            any = true;
        }
    }
    return any;
}

static void fill_in(struct run *run, struct document *document, const struct editions *editions,
                    const struct str *contents, struct paper_code *codes, struct diags *diags, struct str record) {
    const struct key *key = key_of(run);
    struct str *texts = ARENA_ARRAY(document->arena, struct str, editions->count);
    for (size_t i = 0; i < editions->count; i++) {
        codes[i].edition = editions->items[i].number;
        codes[i].content = contents[i];
        if (key != NULL && codes[i].name.n > 0) {
            texts[i] = codes[i].code = code_write(document->arena, key, codes[i].name, codes[i].edition, contents[i]);
        }
    }
    if (draw_codes(document, texts) > 0) {
        DIAG_ADD(diags, C508, ((struct place){.record = record}), str_int(document->arena, (int64_t)texts[0].n));
    }
}

struct compose_result codes_compose(struct run *run, const struct printing *printing, struct arena *arena,
                                    const struct rows *rows, size_t from, size_t to, struct str record,
                                    const struct str *records, struct diags *diags, struct paper_code **codes) {
    struct composer *composer = printing->composer;
    *codes = NULL;
    if (printing->layout->check.count == 0) {
        return compose_document(composer, arena, rows, from, to, record, records, NULL, diags);
    }
    *codes = ARENA_ARRAY(arena, struct paper_code, to - from);
    const struct editions editions = editions_of(run, printing, arena, rows, from, to - from, *codes);
    struct diags found = *diags;
    struct compose_result result =
        compose_document(composer, arena, rows, from, to, record, records, editions.items, &found);
    if (result.document != NULL && go_on(&editions, result.contents)) {
        found = *diags;
        result = compose_document(composer, arena, rows, from, to, record, records, editions.items, &found);
    }
    *diags = found;
    if (result.document != NULL) {
        fill_in(run, result.document, &editions, result.contents, *codes, diags, record);
    }
    return result;
}
