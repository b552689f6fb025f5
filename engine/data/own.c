/* own.c: whose document it is. A reader's tables may show the document's own rows only; a view takes no parameters, so it calls
 * own_children(), which gives the own values of the document in hand as an array in JSON. Until a document is in hand they are
 * nobody's. */
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

static bool same_value(const struct value *a, const struct value *b) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == VALUE_TEXT || a->kind == VALUE_BLOB)
        return str_eq(a->text, b->text);
    return a->kind == VALUE_NULL || a->integer == b->integer;
}

#define CHILDREN_FROM "WITH own(child) AS (\n"

/* The text as privacy.yaml has it stands behind our own words. */
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
        text.sql = str_printf(session->arena, CHILDREN_FROM "%.*s\n) SELECT json_group_array(child) FROM own",
                              STR_ARG(children->sql));
        text.place_of = children->place_of != NULL ? children_place : NULL;
        text.context = children;
    }
    return source == NULL ? NULL : query_prepare(source, &text, diags);
}

/* Every parameter is the document's value: the column's name is the only one that makes sense. */
static bool ask(struct session *session, const struct value *value, struct diags *diags) {
    session->own_query = session->own_query == NULL ? children_query(session, diags) : session->own_query;
    if (session->own_query == NULL)
        return false;
    struct arena *scratch = arena_create();
    struct value *parameters = ARENA_ARRAY(scratch, struct value, query_parameters(session->own_query));
    for (size_t i = 0; i < query_parameters(session->own_query); i++)
        parameters[i] = *value;
    struct rows rows;
    const bool good = query_run(session->own_query, parameters, scratch, &rows, STR_NONE, diags) && rows.count == 1;
    if (good)
        buffer_add(&session->own_text, rows.cells[0].text);
    arena_destroy(scratch);
    return good;
}

static void remember(struct session *session, const struct value *value) {
    session->own_value = *value;
    if (value->kind == VALUE_TEXT || value->kind == VALUE_BLOB) {
        buffer_clear(&session->own_key);
        buffer_add(&session->own_key, value->text);
        session->own_value.text = buffer_str(&session->own_key);
    }
}

bool session_own(struct session *session, const struct value *value, struct diags *diags) {
    static const struct value null = {.kind = VALUE_NULL};
    value = value == NULL ? &null : value;
    if (!session->has_own || same_value(value, &session->own_value))
        return true;
    buffer_clear(&session->own_text);
    session->own = nobody;
    session->own_value = null;
    if (value->kind == VALUE_NULL)
        return true;
    if (!ask(session, value, diags))
        return false;
    session->own = buffer_str(&session->own_text);
    remember(session, value);
    return true;
}
