/* target_sql.c: the SQL that writes a target, made of its form's fields. */
#include <string.h>

#include "base/buffer.h"
#include "intake/store.h"

/* The column that a field is kept in, when it is one of the target's; else NULL. */
const char *target_column(const struct field *field, const struct target *target) {
    const size_t n = strlen(target->name);
    const bool here = field->column != NULL && strncmp(field->column, target->name, n) == 0 && field->column[n] == '.';
    return here ? field->column + n + 1 : NULL;
}

void target_add_read(struct buffer *sql, const struct field *field, const char *column) {
    if (field->type == FIELD_SCORE) {
        buffer_printf(sql, "iif(coalesce(state, '正常') = '正常', %s, state)", column);
    } else {
        buffer_add(sql, str_from(column));
    }
}

void target_add_written(struct buffer *sql, const struct field *field, const char *value) {
    if (field->type == FIELD_SCORE) {
        buffer_printf(sql,
                      "iif(typeof(%s) = 'integer', %s, NULL), CASE typeof(%s) WHEN 'integer' THEN '正常' "
                      "WHEN 'text' THEN %s END",
                      value, value, value, value);
    } else {
        buffer_add(sql, str_from(value));
    }
}

/* "?, ?)" for the parts of a key. */
void target_add_places(struct buffer *sql, const struct target *target) {
    size_t parts = 1;
    for (const char *at = target->keys; *at != '\0'; at++) {
        parts += *at == ',';
    }
    for (size_t i = 0; i < parts; i++) {
        buffer_add(sql, i > 0 ? STR(", ?") : STR("?"));
    }
    buffer_byte(sql, ')');
}

/* "a = x, b = y": the column goes to one list, its expression to the other. Commas within brackets part nothing. */
static void add_fixed(struct buffer *columns, struct buffer *values, const char *fixed) {
    for (const char *at = fixed; *at != '\0';) {
        const char *equals = strstr(at, " = ");
        int depth = 0;
        const char *end = equals + 3;
        for (; *end != '\0' && (depth > 0 || *end != ','); end++) {
            depth += (*end == '(') - (*end == ')');
        }
        buffer_printf(columns, "%s%.*s", columns->count > 0 ? ", " : "", (int)(equals - at), at);
        buffer_printf(values, "%s%.*s", values->count > 0 ? ", " : "", (int)(end - equals - 3), equals + 3);
        at = *end == ',' ? end + 2 : end;
    }
}

/* Is a column one of "student_id, seq"? */
bool target_has_key(const char *list, const char *word) {
    struct str rest = str_from(list);
    while (rest.n > 0) {
        if (str_is(str_trim(str_split(rest, ',', &rest)), word)) {
            return true;
        }
    }
    return false;
}

static bool has_column(const char *fixed, const char *column) {
    const size_t n = strlen(column);
    for (const char *at = fixed; at != NULL && *at != '\0'; at = strstr(at, column), at = at != NULL ? at + n : NULL) {
        if (strncmp(at, column, n) == 0 && strncmp(at + n, " = ", 3) == 0 && (at == fixed || at[-1] == ' ')) {
            return true;
        }
    }
    return false;
}

/* INSERT of a new row; made once for a form's target. Columns that `fixed` has too are the field's only when it is given. */
static const char *insert_of(struct store *store, const struct form *form, const struct target *target) {
    struct buffer columns = {0}, values = {0};
    add_fixed(&columns, &values, target->fixed);
    for (size_t i = 0; i < form->field_count; i++) {
        const struct field *field = &form->fields[i];
        const char *column = target_column(field, target);
        const char *parameter = field->stores != NULL ? field->stores : field->parameter;
        if (column == NULL || has_column(target->fixed, column)) {
            continue;
        }
        buffer_printf(&columns, "%s%s%s", columns.count > 0 ? ", " : "", column,
                      field->type == FIELD_SCORE ? ", state" : "");
        buffer_add(&values, values.count > 0 ? STR(", ") : STR(""));
        if (field->initial != NULL) {
            buffer_printf(&values, "coalesce(:%s, %s)", parameter, field->initial);
        } else {
            target_add_written(&values, field, str_c(store->arena, str_printf(store->arena, ":%s", parameter)));
        }
    }
    const struct str sql = str_printf(store->arena, "INSERT INTO %s(%.*s) VALUES(%.*s) RETURNING %s", target->table,
                                      STR_ARG(buffer_str(&columns)), STR_ARG(buffer_str(&values)), target->keys);
    buffer_release(&columns);
    buffer_release(&values);
    return str_c(store->arena, sql);
}

/* SELECT of what a target's fields are kept in, in the order of the fields; NULL: it has none. */
static const char *select_of(struct store *store, const struct form *form, const struct target *target) {
    struct buffer columns = {0}, sql = {0};
    for (size_t i = 0; i < form->field_count; i++) {
        const char *column = target_column(&form->fields[i], target);
        if (column != NULL) {
            buffer_add(&columns, columns.count > 0 ? STR(", ") : STR(""));
            target_add_read(&columns, &form->fields[i], column);
        }
    }
    buffer_printf(&sql, "SELECT %.*s FROM %s WHERE (%s) = (", STR_ARG(buffer_str(&columns)), target->table,
                  target->keys);
    target_add_places(&sql, target);
    const char *text = columns.count > 0 ? str_c(store->arena, buffer_str(&sql)) : NULL;
    buffer_release(&columns);
    buffer_release(&sql);
    return text;
}

const struct written *target_written(struct store *store, const struct form *form, const struct target *target) {
    for (size_t i = 0; i < store->written_count; i++) {
        if (store->written[i].target == target) {
            return &store->written[i];
        }
    }
    ARENA_GROW(store->arena, store->written, store->written_count, store->written_capacity);
    struct written *written = &store->written[store->written_count++];
    *written = (struct written){target, insert_of(store, form, target), select_of(store, form, target)};
    return written;
}
