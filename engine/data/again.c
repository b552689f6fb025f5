/* again.c: a document's notes are gone through, and what it asked is asked once more, until an answer differs.
 *
 * Answers are remembered by their questions, for a while: what a class or a school is asked of, it is asked of for each of its children. */
#include "data/asked_internal.h"

#include <stddef.h>
#include <string.h>

enum { REMEMBERED_MOST = 65536 };

struct again {
    struct arena *arena;
    struct strmap known; /* a question's bytes; index in answers */
    struct hash *answers;
    size_t count, capacity;
    struct arena *query_arena;
    struct strmap queries; /* reader and identity; 1 + index in found */
    struct query **found;
    size_t found_count, found_capacity;
    struct buffer question, cells;
};

static void forget(struct again *again) {
    arena_reset(again->arena);
    strmap_init(&again->known, again->arena);
    again->answers = NULL;
    again->count = again->capacity = 0;
}

struct again *again_create(void) {
    struct arena *arena = arena_create();
    struct again *again = ARENA_NEW(arena, struct again);
    again->query_arena = arena;
    again->arena = arena_create();
    strmap_init(&again->queries, arena);
    forget(again);
    return again;
}

void again_destroy(struct again *again) {
    if (again != NULL) {
        buffer_release(&again->question);
        buffer_release(&again->cells);
        arena_destroy(again->arena);
        arena_destroy(again->query_arena);
    }
}

/* --- queries ------------------------------------------------------------------------------------------------------ */

static struct query *look_for(const struct session *session, uint64_t identity) {
    struct query *query = session->queries;
    while (query != NULL && (query->given != NULL || query->identity != identity)) {
        query = query->next;
    }
    return query;
}

/* NULL: this run has no such query. */
static struct query *find_query(struct again *again, struct session *session, uint64_t identity) {
    char key[sizeof identity + 1];
    memcpy(key, &identity, sizeof identity);
    key[sizeof identity] = (char)session->reader;
    const uint32_t *known = strmap_get(&again->queries, (struct str){key, sizeof key});
    if (known != NULL) {
        return again->found[*known];
    }
    bool found;
    ARENA_GROW(again->query_arena, again->found, again->found_count, again->found_capacity);
    again->found[again->found_count] = look_for(session, identity);
    *strmap_put(&again->queries, str_copy(again->query_arena, (struct str){key, sizeof key}), &found) =
        (uint32_t)again->found_count;
    return again->found[again->found_count++];
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static bool ask(struct again *again, struct query *query, struct packed *in, struct hash *answer) {
    const size_t count = query->parameter_count;
    const struct arena_mark mark = arena_mark(again->query_arena);
    struct value *parameters = ARENA_ARRAY(again->query_arena, struct value, count);
    for (size_t i = 0; i < count; i++) {
        parameters[i] = asked_read_value(in);
    }
    const bool good = !in->bad && query_answer(query, parameters, &again->cells, answer);
    arena_release(again->query_arena, mark);
    return good;
}

/* Whose rows it reads belongs to the question, where it reads the owner's alone. */
static struct str question_of(struct again *again, const struct query *query, struct str parameters) {
    const struct session *session = query->session;
    buffer_clear(&again->question);
    buffer_byte(&again->question, (char)session->reader);
    buffer_append(&again->question, &query->identity, sizeof query->identity);
    packed_add_str(&again->question, query->reads_own ? session->own : STR_NONE);
    buffer_add(&again->question, parameters);
    return buffer_str(&again->question);
}

static void remember(struct again *again, struct hash answer) {
    bool found;
    if (again->count == REMEMBERED_MOST) {
        forget(again);
    }
    ARENA_GROW(again->arena, again->answers, again->count, again->capacity);
    *strmap_put(&again->known, str_copy(again->arena, buffer_str(&again->question)), &found) = (uint32_t)again->count;
    again->answers[again->count++] = answer;
}

/* Is its answer this one, by those that were remembered or else by asking? */
static bool answer_holds(struct again *again, struct query *query, struct packed parameters, struct hash noted) {
    const uint32_t *known = strmap_get(&again->known, question_of(again, query, parameters.rest));
    struct hash answer;
    if (known != NULL) {
        answer = again->answers[*known];
        query->stops = 0; /* as if it had been asked */
    } else if (ask(again, query, &parameters, &answer)) {
        remember(again, answer);
    } else {
        return false;
    }
    return hash_eq(answer, noted);
}

/* A query and the state of its tables, at the beginning of a note. */
struct asked_of {
    uint64_t identity, tables;
};

/* `at`: where the note begins. */
static bool rows_hold(struct again *again, struct session *session, struct packed *in, char *at, bool *renewed) {
    struct asked_of of;
    if (in->rest.n < sizeof of) {
        return false;
    }
    memcpy(&of, at, sizeof of);
    in->rest = str_slice(in->rest, sizeof of, in->rest.n);
    const size_t count = (size_t)packed_number(in);
    struct query *query = find_query(again, session, of.identity);
    if (query == NULL || query->parameter_count != count || in->bad) {
        return false;
    }
    const struct str before = in->rest;
    for (size_t i = 0; i < count; i++) {
        asked_read_value(in);
    }
    const struct packed parameters = {.rest = str_slice(before, 0, before.n - in->rest.n)};
    const struct hash noted = packed_hash(in);
    const uint64_t tables = query_tables_hash(query);
    if (!in->bad && tables != 0 && tables == of.tables) {
        query->stops = 0; /* as if it had been asked */
        return true;
    }
    if (in->bad || !answer_holds(again, query, parameters, noted)) {
        return false;
    }
    *renewed = *renewed || tables != of.tables;
    memcpy(at + offsetof(struct asked_of, tables), &tables, sizeof tables);
    return true;
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

static bool own_holds(struct session *session, struct packed *in) {
    struct diags unheard;
    struct arena *scratch = arena_create();
    const struct value owner = asked_read_value(in);
    const struct hash own = packed_hash(in);
    diags_init(&unheard, scratch);
    const bool good = session_own(session, owner.kind != VALUE_NULL ? &owner : NULL, &unheard) && unheard.count == 0;
    arena_destroy(scratch);
    return good && hash_eq(own, hash_bytes(session->own.p, session->own.n));
}

static bool is_none(struct hash hash) {
    return hash_eq(hash, (struct hash){0, 0});
}

static bool file_holds(struct packed *in, const struct again_world *world) {
    const struct str path = packed_str(in);
    const struct hash stamp = packed_hash(in), content = packed_hash(in);
    if (!world->verify && !is_none(stamp) && hash_eq(stamp, world->file(world->context, path, true).stamp)) {
        return true;
    }
    return hash_eq(content, world->file(world->context, path, false).content);
}

static bool number_holds(struct session *session, struct packed *in) {
    const uint64_t number = packed_number(in), state = packed_number(in);
    return !in->bad && asked_state(session, number) == state;
}

static bool fact_holds(struct packed *in, bool set, const struct again_world *world) {
    const uint64_t which = packed_number(in), value = packed_number(in);
    return world->fact(world->context, set, which, value);
}

/* The notes, and how far they hold. */
struct replay {
    struct packed in;
    char *end;
    bool renewed;
};

static bool note_holds(struct again *again, struct session *session, struct replay *replay, enum asked_kind kind,
                       const struct again_world *world) {
    struct packed *in = &replay->in;
    switch (kind) {
    case ASKED_ROWS:
        return rows_hold(again, session, in, replay->end - in->rest.n, &replay->renewed);
    case ASKED_OWN:
        return own_holds(session, in);
    case ASKED_FILE:
        return file_holds(in, world);
    case ASKED_SET:
    case ASKED_TAKEN:
        return fact_holds(in, kind == ASKED_SET, world);
    case ASKED_NUMBER:
        return number_holds(session, in);
    case ASKED_END:
        break;
    }
    return false;
}

bool again_holds(struct again *again, struct session *session, char *notes, size_t count,
                 const struct again_world *world, bool *renewed) {
    struct replay replay = {.in = {.rest = {notes, count}}, .end = notes + count};
    enum asked_kind kind = ASKED_END;
    if (count == 0) {
        return false;
    }
    do {
        kind = (enum asked_kind)packed_number(&replay.in);
    } while (kind != ASKED_END && note_holds(again, session, &replay, kind, world) && !replay.in.bad);
    *renewed = replay.renewed;
    return kind == ASKED_END && !replay.in.bad && replay.in.rest.n == 0;
}
