/* asked.c: notes are taken. Each is a kind, what was asked, and the hash of what came of it:
 *
 *     ROWS  query's identity (8 bytes), query_tables_hash (8 bytes), parameters, hash of the answer
 *     OWN   the owner, hash of his values
 *     FILE  path, stamp, content
 *     NUMBER  the number, and whether the reader must not see it or sees it by right
 *     SET, TAKEN  a fact of the caller's: which, value */
#include "data/asked_internal.h"

#include <string.h>

void asked_begin(struct asked *asked) {
    buffer_clear(&asked->bytes);
    asked->on = true;
    asked->broken = false;
    asked->own_at = SIZE_MAX;
    asked->number = 0;
}

struct str asked_end(struct asked *asked) {
    const bool whole = asked->on && !asked->broken;
    asked->on = false;
    if (!whole) {
        return STR_NONE;
    }
    packed_add(&asked->bytes, ASKED_END);
    return buffer_str(&asked->bytes);
}

void asked_release(struct asked *asked) {
    buffer_release(&asked->bytes);
    buffer_release(&asked->cells);
}

void asked_break(struct asked *asked) {
    if (asked != NULL) {
        asked->broken = true;
    }
}

/* --- values ------------------------------------------------------------------------------------------------------- */

void asked_add_value(struct buffer *out, const struct value *value) {
    uint64_t bits = 0;
    packed_add(out, (uint64_t)value->kind);
    switch (value->kind) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        packed_add(out, (uint64_t)value->integer << 1 ^ (value->integer < 0 ? UINT64_MAX : 0));
        break;
    case VALUE_REAL:
        memcpy(&bits, &value->real, sizeof bits);
        packed_add(out, bits);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        packed_add_str(out, value->text);
        break;
    }
}

struct value asked_read_value(struct packed *in) {
    struct value value = {.kind = (enum value_kind)packed_number(in)};
    uint64_t bits;
    switch (value.kind) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        bits = packed_number(in);
        value.integer = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
        break;
    case VALUE_REAL:
        bits = packed_number(in);
        memcpy(&value.real, &bits, sizeof bits);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        value.text = packed_str(in);
        break;
    default:
        in->bad = true;
        value.kind = VALUE_NULL;
    }
    return value;
}

/* --- notes -------------------------------------------------------------------------------------------------------- */

struct hash asked_hash(struct asked *asked, const struct rows *rows) {
    if (asked == NULL) {
        return (struct hash){0};
    }
    buffer_clear(&asked->cells);
    for (size_t i = 0; i < rows->count * rows->columns; i++) {
        asked_add_value(&asked->cells, &rows->cells[i]);
    }
    return hash_bytes(asked->cells.bytes, asked->cells.count);
}

static bool takes(const struct asked *asked) {
    return asked != NULL && asked->on && !asked->broken;
}

void asked_kept(struct asked *asked, struct query *query, const struct value *parameters, struct hash answer) {
    if (!takes(asked) || query->given != NULL) {
        return;
    }
    packed_add(&asked->bytes, ASKED_ROWS);
    const uint64_t tables = query_tables_hash(query);
    buffer_append(&asked->bytes, &query->identity, sizeof query->identity);
    buffer_append(&asked->bytes, &tables, sizeof tables);
    packed_add(&asked->bytes, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        asked_add_value(&asked->bytes, &parameters[i]);
    }
    packed_add_hash(&asked->bytes, answer);
}

void asked_rows(struct asked *asked, struct query *query, const struct value *parameters, const struct rows *rows) {
    if (takes(asked) && query->given == NULL) {
        asked_kept(asked, query, parameters, asked_hash(asked, rows));
    }
}

static struct str own_noted(const struct asked *asked) {
    return str_slice(buffer_str(&asked->bytes), asked->own_at, asked->own_at + asked->own_bytes);
}

void asked_own(struct asked *asked, const struct session *session, const struct value *owner) {
    static const struct value nobody = {.kind = VALUE_NULL};
    if (!takes(asked)) {
        return;
    }
    buffer_clear(&asked->cells);
    asked_add_value(&asked->cells, owner != NULL ? owner : &nobody);
    packed_add_hash(&asked->cells, hash_bytes(session->own.p, session->own.n));
    if (asked->own_at != SIZE_MAX && str_eq(own_noted(asked), buffer_str(&asked->cells))) {
        return;
    }
    packed_add(&asked->bytes, ASKED_OWN);
    asked->own_at = asked->bytes.count;
    asked->own_bytes = asked->cells.count;
    buffer_add(&asked->bytes, buffer_str(&asked->cells));
}

void asked_file(struct asked *asked, struct str path, struct asked_file file) {
    if (takes(asked)) {
        packed_add(&asked->bytes, ASKED_FILE);
        packed_add_str(&asked->bytes, path);
        packed_add_hash(&asked->bytes, file.stamp);
        packed_add_hash(&asked->bytes, file.content);
    }
}

void asked_fact(struct asked *asked, bool set, uint64_t which, uint64_t value) {
    if (takes(asked)) {
        packed_add(&asked->bytes, set ? ASKED_SET : ASKED_TAKEN);
        packed_add(&asked->bytes, which);
        packed_add(&asked->bytes, value);
    }
}

uint64_t asked_state(struct session *session, uint64_t number) {
    const uint64_t hidden = number_set_has(session_hidden(session), number);
    return hidden | (uint64_t)session_shows(session, number) << 1;
}

void asked_number(struct asked *asked, struct session *session, uint64_t number) {
    if (takes(asked) && number != asked->number) {
        asked->number = number;
        packed_add(&asked->bytes, ASKED_NUMBER);
        packed_add(&asked->bytes, number);
        packed_add(&asked->bytes, asked_state(session, number));
    }
}

/* --- what a query is ---------------------------------------------------------------------------------------------- */

static void add_str(struct hash_stream *stream, struct str s) {
    hash_add(stream, &s.n, sizeof s.n);
    hash_add(stream, s.p, s.n);
}

uint64_t query_identity(const struct query *query) {
    struct hash_stream *stream = hash_begin();
    const bool flags[] = {query->reads_own, query->reads_less, query->withheld != NULL};
    add_str(stream, query->name);
    add_str(stream, query->sql);
    hash_add(stream, flags, sizeof flags);
    add_str(stream, query->reads_none);
    for (size_t i = 0; i < query->column_count; i++) {
        const bool withheld = query->withheld != NULL && query->withheld[i];
        add_str(stream, query->columns[i]);
        hash_add(stream, &withheld, sizeof withheld);
    }
    return hash_end(stream).low;
}

/* --- what else decides -------------------------------------------------------------------------------------------- */

struct hash session_schema(const struct session *session) {
    struct hash_stream *stream = hash_begin();
    for (size_t i = 0; i < session->table_count; i++) {
        if (session->tables[i].sql.n > 0) { /* no relation */
            add_str(stream, session->tables[i].sql);
        }
    }
    return hash_end(stream);
}

struct hash session_beginnings(struct session *session) {
    const struct number_set *hidden = &session->masking.hidden;
    if (!session->beginnings_known) {
        session_hide(session);
        session->beginnings = hash_bytes(hidden->begins, sizeof hidden->begins);
        session->beginnings_known = true;
    }
    return session->beginnings;
}
