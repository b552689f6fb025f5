/* own.c: the owner of the document in hand. A reader may get only that owner's rows of a table; a view takes no
 * parameters, so it calls own_children(), which gives the owner's values as a JSON array. Before the first document
 * they are nobody's. */
#include "data/query.h"

static const struct str nobody = STR_INIT("[]");

bool session_has_own(const struct session *session) {
    return session->has_own;
}

struct str session_own_column(const struct session *session) {
    return session->privacy->own_column;
}

bool query_reads_own(const struct query *query) {
    return query->reads_own;
}

bool query_reads_less(const struct query *query) {
    return query->reads_less;
}

struct str query_reads_none(const struct query *query) {
    return query->reads_none;
}

bool query_withholds(const struct query *query, size_t column) {
    return query->withheld != NULL && query->withheld[column];
}

#define CHILDREN_FROM "WITH own(child) AS (\n"
/* Each once, since views join with them. */
#define CHILDREN_END ") SELECT json_group_array(child) FROM (SELECT child FROM own GROUP BY CAST(child AS TEXT))"

/* The SQL of privacy.yaml stands behind words of our own. */
static struct place children_place(const void *context, size_t offset) {
    const struct query_text *text = context;
    const size_t before = sizeof CHILDREN_FROM - 1;
    return text->place_of(text->context, offset > before ? offset - before : 0);
}

static struct query *children_query(struct session *session, struct diags *diags) {
    const struct privacy *privacy = session->privacy;
    const struct query_text *children = &privacy->own_children;
    const struct relations *relations = session->relations;
    const bool asked = children->sql.n > 0 && relations != NULL && relations->source != NULL;
    struct session *source = asked ? relations->source(relations->context) : session;
    struct query_text text = {.name = STR("own")};
    if (children->sql.n == 0) {
        text.sql = str_printf(session->arena, "SELECT json_array(:%.*s)", STR_ARG(privacy->own_column));
    } else {
        text.sql = str_printf(session->arena, CHILDREN_FROM "%.*s\n" CHILDREN_END, STR_ARG(children->sql));
        text.place_of = children->place_of != NULL ? children_place : NULL;
        text.context = children;
    }
    return source == NULL ? NULL : query_prepare(source, &text, diags);
}

/* Every parameter of the query is the document's value, whatever its name. STR_NONE, and told, when it can't be
 * asked. */
static struct str ask(struct session *session, const struct value *value, struct diags *diags) {
    session->own_query = session->own_query == NULL ? children_query(session, diags) : session->own_query;
    if (session->own_query == NULL) {
        return STR_NONE;
    }
    struct str own = STR_NONE;
    struct arena *scratch = arena_create();
    struct value *parameters = ARENA_ARRAY(scratch, struct value, query_parameters(session->own_query));
    for (size_t i = 0; i < query_parameters(session->own_query); i++) {
        parameters[i] = *value;
    }
    struct rows rows;
    if (query_run(session->own_query, parameters, scratch, &rows, STR_NONE, diags) && rows.count == 1) {
        own = str_copy(session->arena, rows.cells[0].text);
    }
    arena_destroy(scratch);
    return own;
}

/* The answer for a value, or the place to keep it: each is asked for twice, when documents are planned and when they
 * are made. */
static struct str *remembered(struct session *session, const struct value *value) {
    const struct arena_mark mark = arena_mark(session->arena);
    const struct str text = value_text(session->arena, value);
    const struct str key = str_printf(session->arena, "%d %.*s", (int)value->kind, STR_ARG(text));
    bool found;
    if (session->owns.arena == NULL) {
        strmap_init(&session->owns, session->arena);
    }
    const uint32_t *known = strmap_get(&session->owns, key);
    if (known != NULL) {
        arena_release(session->arena, mark);
        return &session->own_values[*known];
    }
    ARENA_GROW(session->arena, session->own_values, session->own_count, session->own_capacity);
    *strmap_put(&session->owns, key, &found) = (uint32_t)session->own_count;
    session->own_values[session->own_count] = STR_NONE;
    return &session->own_values[session->own_count++];
}

bool session_own(struct session *session, const struct value *value, struct diags *diags) {
    session->own = nobody;
    if (!session->has_own || value == NULL || value->kind == VALUE_NULL) {
        return true;
    }
    struct str *own = remembered(session, value);
    if (own->n == 0) {
        *own = ask(session, value, diags);
    }
    if (own->n > 0) {
        session->own = *own;
    }
    return own->n > 0;
}
