/* filled.c: a form's `rows`, whose columns are called as its fields' parameters. */
#include "intake/filled.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "intake/basis.h"
#include "intake/forms_all.h"
#include "intake/journal.h"
#include "intake/rows.h"

enum { FILLED_COLUMNS = 64 };

struct filled {
    struct arena *arena;
    struct sql *db;
    struct filled_choice choice;
    struct str token;
    struct arena *row_arena;
    struct buffer key_room;
    struct str key;      /* of the row at hand: 5/2026-09 */
    struct store finder; /* asks for the rows that a row stands for */
    struct statement *rows;
    const struct form *form;
    size_t fields[FILLED_COLUMNS]; /* by column of the query; field_count: none */
};

/* The children of the workbook, each with the class that it goes to, or went to last; who was no longer there when the term began is left
 * out: its records are closed. The planner is told how many they are, so that a class's rows are looked up by its children. */
/* clang-format off */
static const char choose_children[] =
    "CREATE TEMP TABLE chosen(student_id INTEGER PRIMARY KEY, class_id INTEGER, enrolment_id INTEGER);"
    "INSERT INTO chosen SELECT s.id, e.class_id, e.id FROM student AS s"
    " JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id AND x.from_date <= :as_of ORDER BY x.to_date IS NULL DESC, x.from_date DESC, x.id DESC LIMIT 1)"
    " JOIN class AS c ON c.id = e.class_id JOIN school AS h ON h.id = c.school_id LEFT JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester"
    " WHERE (:school_given IS NULL AND :class_given IS NULL OR s.id IN (SELECT e.student_id FROM school AS h JOIN class AS c ON c.school_id = h.id"
    " LEFT JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester CROSS JOIN enrolment AS e ON e.class_id = c.id WHERE" SCHOOL_CHOICE " AND" CLASS_CHOICE "))"
    " AND (e.to_date IS NULL OR e.to_date >= (SELECT starts FROM semester WHERE id = :semester)) AND" SCHOOL_CHOICE " AND" CLASS_CHOICE ";"
    "ANALYZE temp.chosen";
/* clang-format on */

/* Nothing is NULL in SQL. */
static struct str given(struct str word) {
    return word.n > 0 ? word : STR_NONE;
}

static struct str semester_of(struct filled *filled) {
    const struct filled_choice *choice = &filled->choice;
    const struct sql_value values[] = {{":semester", given(choice->semester)}, {":as_of", choice->as_of}};
    return sql_text(filled->db, filled->arena,
                    "SELECT id FROM semester WHERE id = :semester OR (:semester IS NULL AND starts <= :as_of)"
                    " ORDER BY starts DESC LIMIT 1",
                    values, 2);
}

static bool find_children(struct filled *filled) {
    const struct filled_choice *choice = &filled->choice;
    const struct sql_value values[] = {{":school_given", given(choice->school)},
                                       {":class_given", given(choice->class_name)},
                                       {":semester", choice->semester},
                                       {":as_of", choice->as_of}};
    return sql_script(filled->db, str_from(choose_children), values, sizeof values / sizeof *values);
}

struct filled *filled_open(struct arena *arena, const char *database, const struct filled_choice *choice,
                           struct diags *diags) {
    struct filled *filled = ARENA_NEW(arena, struct filled);
    *filled = (struct filled){.arena = arena, .choice = *choice, .row_arena = arena_create()};
    filled->db = journal_open(database, diags);
    if (filled->db == NULL || !journal_is_current(arena, filled->db, database, diags)) {
        filled_close(filled);
        return NULL;
    }
    const struct str id = semester_of(filled);
    if (id.n == 0) {
        DIAG_ADD(diags, T302, PLACE_NONE, str_from(database),
                 choice->semester.n > 0 ? choice->semester : choice->as_of);
        filled_close(filled);
        return NULL;
    }
    filled->choice.semester = id;
    filled->token = journal_token(arena, filled->db, diags);
    filled->finder = (struct store){.arena = arena, .db = filled->db, .diags = diags};
    strmap_init(&filled->finder.seen, arena);
    sql_run(filled->db, "BEGIN", NULL, 0);
    if (!find_children(filled)) {
        DIAG_ADD(diags, T306, PLACE_NONE, STR("chosen"), sql_error(filled->db));
        filled_close(filled);
        return NULL;
    }
    return filled;
}

void filled_close(struct filled *filled) {
    sql_close(filled->db);
    buffer_release(&filled->key_room);
    arena_destroy(filled->row_arena);
}

static void bind_choice(struct filled *filled, const char *name, struct str value) {
    const struct value bound = {value.n > 0 ? VALUE_TEXT : VALUE_NULL, .text = value};
    statement_bind_named(filled->rows, name, bound);
}

bool filled_begin(struct filled *filled, const struct form *form, struct diags *diags) {
    filled->rows = sql_statement(filled->db, form->rows);
    filled->form = form;
    if (filled->rows == NULL) {
        DIAG_ADD(diags, T306, PLACE_NONE, str_from(form->name), sql_error(filled->db));
        return false;
    }
    bind_choice(filled, ":school_given", filled->choice.school);
    bind_choice(filled, ":class_given", filled->choice.class_name);
    bind_choice(filled, ":semester", filled->choice.semester);
    bind_choice(filled, ":as_of", filled->choice.as_of);
    const size_t columns = statement_columns(filled->rows);
    for (size_t i = 0; i < columns && i < FILLED_COLUMNS; i++) {
        size_t field = 0;
        while (field < form->field_count &&
               strcmp(form->fields[field].parameter, statement_column(filled->rows, i)) != 0) {
            field++;
        }
        filled->fields[i] = field;
    }
    return true;
}

/* Over what would be read from the cells, which may be put right on the way. */
static struct str seal_of(struct filled *filled, const struct taken *values) {
    struct taken read[FILLED_COLUMNS] = {0};
    struct diags unheard;
    const struct cell_place nowhere = {0};
    const struct form *form = filled->form;
    arena_reset(filled->row_arena);
    diags_init(&unheard, filled->row_arena);
    for (size_t i = 0; i < form->field_count && i < FILLED_COLUMNS; i++) {
        const struct str written = field_written(filled->row_arena, &form->fields[i], values[i]);
        const struct cell cell = {.kind = CELL_TEXT, .text = utf8_for_xml(filled->row_arena, written)};
        if (cell.text.n > 0) {
            field_read(filled->row_arena, &form->fields[i], &cell, &nowhere, &unheard, &read[i]);
        }
    }
    return fields_seal(filled->row_arena, form, read);
}

bool filled_next(struct filled *filled, struct str *key, struct taken *values) {
    if (!statement_next(filled->rows)) {
        return false;
    }
    for (size_t i = 0; i < filled->form->field_count; i++) {
        values[i] = (struct taken){0};
    }
    const size_t columns = statement_columns(filled->rows);
    for (size_t i = 1; i < columns && i < FILLED_COLUMNS; i++) {
        if (filled->fields[i] < filled->form->field_count) {
            values[filled->fields[i]] = taken_at(filled->rows, i);
        }
    }
    filled->key = statement_text(filled->rows, 0);
    buffer_clear(&filled->key_room);
    buffer_printf(&filled->key_room, "%.*s:%.*s#%.*s", STR_ARG(filled->token), STR_ARG(filled->key),
                  STR_ARG(seal_of(filled, values)));
    *key = buffer_str(&filled->key_room);
    return true;
}

/* --- what a row stands for ---------------------------------------------------------------------------------------- */

static struct str joined_key(struct filled *filled, const struct row_key *key) {
    struct str text = STR_NONE;
    for (size_t i = 0; i < key->count && i < KEY_PARTS; i++) {
        const struct str part = taken_text(filled->arena, key->parts[i]);
        text = i == 0 ? part : str_printf(filled->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(part));
    }
    return text;
}

/* The first part of a key that a row would have which isn't there: an adult's without a phone. */
static struct str first_part(struct filled *filled, const struct store_row *row, const struct target *target) {
    struct str rest;
    const char *name = str_c(filled->arena, str_split(str_from(target->keys), ',', &rest));
    return taken_text(filled->arena, row_parameter(row, name));
}

/* The child of a row that has an id of its own and names a child. */
static struct taken child_of(struct filled *filled, const struct target *target, const struct row_key *key) {
    struct taken child = {0};
    if (!str_is(str_from(target->keys), "id")) {
        return child;
    }
    const struct str sql = str_printf(filled->arena, "SELECT student_id FROM %s WHERE id = ?", target->table);
    struct statement *statement = sql_statement(filled->db, str_c(filled->arena, sql)); /* NULL: no child's table */
    if (statement != NULL) {
        taken_bind(statement, 1, key->parts[0]);
        child = statement_next(statement) ? taken_column(filled->arena, statement, 0) : child;
        statement_reset(statement);
    }
    return child;
}

/* What the finders find, without a word. */
static bool look_up(struct filled *filled, struct store_row *row) {
    struct diags unheard;
    struct store silent = filled->finder;
    diags_init(&unheard, filled->row_arena);
    silent.arena = filled->row_arena;
    silent.diags = &unheard;
    return store_run_finders(&silent, row);
}

enum looked { NOT_LOOKED, LOOKED, LOOKED_IN_VAIN };

/* Where a key alone finds no row, what finders find may. */
static enum found find_row(struct filled *filled, struct store_row *row, const struct target *target,
                           struct row_key *key, enum looked *looked) {
    enum found found = target_find(&filled->finder, row, target, key);
    if (found == FOUND_NONE && *looked == NOT_LOOKED) {
        *looked = look_up(filled, row) ? LOOKED : LOOKED_IN_VAIN;
        found = target_find(&filled->finder, row, target, key);
    }
    return found;
}

static void find_target(struct filled *filled, struct store_row *row, size_t index, enum looked *looked,
                        struct filled_keys *keys, char *basis) {
    const struct target *target = &filled->form->targets[index];
    struct row_key key = {0};
    const enum found found = find_row(filled, row, target, &key, looked);
    if (found == FOUND_ONE || (found == FOUND_NONE && *looked == LOOKED)) {
        basis_add(&filled->finder, filled->form, target, found == FOUND_ONE ? &key : NULL, basis);
    }
    if (found != FOUND_ONE) {
        keys->targets[index] = first_part(filled, row, target);
        return;
    }
    keys->targets[index] = joined_key(filled, &key);
    if (target->gives != NULL) {
        row_give(row, target->gives, key.parts[0]);
    }
    const struct taken child = child_of(filled, target, &key);
    if (child.given) {
        row_give(row, "student_id", child);
    }
}

void filled_keys(struct filled *filled, const struct taken *values, struct filled_keys *keys) {
    struct store_row row = {.form = filled->form};
    const struct form *form = filled->form;
    *keys = (struct filled_keys){0};
    for (size_t i = 0; i < form->field_count; i++) {
        row_give(&row, form->fields[i].parameter, values[i]);
    }
    rows_give_key(&row, filled->key);
    row_give(&row, "semester", (struct taken){.given = true, .is_text = true, .text = filled->choice.semester});
    if (str_starts(str_from(form->targets[0].keys), STR("student_id"))) {
        row_give(&row, "student_id", row_parameter(&row, "key"));
    }
    char basis[BASIS_BYTES];
    basis_begin(basis);
    enum looked looked = NOT_LOOKED;
    for (size_t i = 0; i < FORM_TARGETS && form->targets[i].table != NULL; i++) {
        find_target(filled, &row, i, &looked, keys, basis);
    }
    keys->basis = str_copy(filled->arena, basis_text(form, basis));
    keys->child = taken_text(filled->arena, row_parameter(&row, "student_id"));
}
