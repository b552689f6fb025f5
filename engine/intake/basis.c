/* basis.c: marks of columns' values and of rows' keys. */
#include "intake/basis.h"

#include <string.h>

#include "base/hash.h"

#define BASIS_UNKNOWN "...."
#define BASIS_ABSENT  "----"
#define BASIS_NULL    "0000" /* a row is there, and its column holds nothing */

static void write_mark(char *mark, struct taken value, struct arena *arena) {
    if (!value.given) {
        memcpy(mark, BASIS_NULL, BASIS_MARK);
        return;
    }
    const struct str text = taken_text(arena, value);
    const struct hash hash = hash_bytes(text.p, text.n);
    const struct str hex = hash_hex(arena, hash);
    memcpy(mark, hex.p, BASIS_MARK);
    mark[0] = mark[0] == '0' ? 'x' : mark[0]; /* none is BASIS_NULL */
}

void basis_begin(char marks[BASIS_BYTES]) {
    memset(marks, '.', BASIS_BYTES);
}

static struct taken joined(struct arena *arena, const struct row_key *key) {
    struct str text = STR("");
    for (size_t i = 0; i < key->count; i++) {
        text = str_printf(arena, "%.*s/%.*s", STR_ARG(text), STR_ARG(taken_text(arena, key->parts[i])));
    }
    return (struct taken){.given = true, .is_text = true, .text = text};
}

static size_t place_of(const struct form *form, const struct target *target) {
    return (form->field_count + (size_t)(target - form->targets)) * BASIS_MARK;
}

static void add_absent(const struct form *form, const struct target *target, char *marks) {
    memcpy(marks + place_of(form, target), BASIS_ABSENT, BASIS_MARK);
    for (size_t i = 0; i < form->field_count; i++) {
        if (target_column(&form->fields[i], target) != NULL) {
            memcpy(marks + i * BASIS_MARK, BASIS_NULL, BASIS_MARK);
        }
    }
}

static void add_values(struct store *store, const struct form *form, const struct target *target,
                       const struct row_key *key, struct statement *statement, char *marks) {
    for (size_t i = 0; i < key->count; i++) {
        taken_bind(statement, i + 1, key->parts[i]);
    }
    size_t column = 0;
    const bool there = statement_next(statement);
    for (size_t i = 0; i < form->field_count && there; i++) {
        if (target_column(&form->fields[i], target) != NULL) {
            write_mark(marks + i * BASIS_MARK, taken_at(statement, column++), store->arena);
        }
    }
    statement_reset(statement);
}

void basis_add(struct store *store, const struct form *form, const struct target *target, const struct row_key *key,
               char marks[BASIS_BYTES]) {
    if (key == NULL) {
        add_absent(form, target, marks);
        return;
    }
    const char *sql = target_written(store, form, target)->select;
    struct statement *statement = sql != NULL ? sql_statement(store->db, sql) : NULL;
    write_mark(marks + place_of(form, target), joined(store->arena, key), store->arena);
    if (statement != NULL) {
        add_values(store, form, target, key, statement, marks);
    }
}

struct str basis_text(const struct form *form, const char marks[BASIS_BYTES]) {
    size_t targets = 0;
    while (targets < FORM_TARGETS && form->targets[targets].table != NULL) {
        targets++;
    }
    return (struct str){marks, (form->field_count + targets) * BASIS_MARK};
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

static bool is_mark_of(struct arena *arena, struct str mark, struct taken value) {
    char now[BASIS_MARK];
    write_mark(now, value, arena);
    return mark.n == BASIS_MARK && memcmp(mark.p, now, BASIS_MARK) == 0;
}

struct str basis_of(struct arena *arena, struct str basis, const struct form *form, const struct target *target,
                    const struct row_key *key) {
    const size_t at = place_of(form, target);
    const struct str mark = str_slice(basis, at, at + BASIS_MARK);
    return str_is(mark, BASIS_ABSENT) || is_mark_of(arena, mark, joined(arena, key)) ? basis : STR_NONE;
}

bool basis_is(struct str basis, size_t field, struct taken value, bool if_unknown) {
    const struct str mark = str_slice(basis, field * BASIS_MARK, (field + 1) * BASIS_MARK);
    if (mark.n < BASIS_MARK || str_is(mark, BASIS_UNKNOWN)) {
        return if_unknown;
    }
    struct arena *arena = arena_create();
    const bool is = is_mark_of(arena, mark, value);
    arena_destroy(arena);
    return is;
}
