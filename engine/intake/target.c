/* target.c: the row of a table that a form's row means: found, or made, or changed where it says something else.
 *
 * 1 A target's row is found by the first of its queries that gives one; where rows repeat, each row of the file takes the next one that no
 * earlier row took. 2 Only columns whose cells say something else are written, each with its line in intake_change. 3 Two rows of one file that
 * say different things of one cell of the database: the first stands, and the second is told. 4 Of a filled workbook's row a cell that nobody
 * touched changes nothing; one that was corrected on both sides is told, and changes nothing unless that is asked for. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "intake/basis.h"
#include "intake/store.h"

/* --- a target's row ----------------------------------------------------------------------------------------------- */

static struct str seen_key(struct store *store, const struct target *target, const struct row_key *key) {
    struct str text = str_from(target->table);
    for (size_t i = 0; i < key->count; i++) {
        const struct str part = taken_text(store->arena, key->parts[i]);
        text = str_printf(store->arena, "%.*s/%.*s", STR_ARG(text), STR_ARG(part));
    }
    return text;
}

/* Is it another's in this file already? Then the next is looked at. */
static bool is_taken(struct store *store, const struct target *target, const struct row_key *key) {
    return target->repeats && strmap_get(&store->seen, seen_key(store, target, key)) != NULL;
}

static void mark_taken(struct store *store, const struct target *target, const struct row_key *key) {
    bool found = false;
    if (target->repeats) {
        *strmap_put(&store->seen, seen_key(store, target, key), &found) = 1;
    }
}

static struct row_key key_at(struct store *store, const struct statement *statement) {
    struct row_key key = {.count = statement_columns(statement)};
    for (size_t i = 0; i < key.count && i < KEY_PARTS; i++) {
        key.parts[i] = taken_column(store->arena, statement, i);
    }
    return key;
}

static enum found find_by(struct store *store, const struct store_row *row, const struct target *target,
                          const char *sql, struct row_key *key) {
    struct statement *statement = store_ask(store, row, sql);
    enum found found = FOUND_NONE;
    if (statement == NULL) {
        return FOUND_FAILED;
    }
    while (found != FOUND_MANY && statement_next(statement)) {
        const struct row_key here = key_at(store, statement);
        if (is_taken(store, target, &here)) {
            continue;
        }
        if (found == FOUND_NONE) {
            *key = here;
            found = FOUND_ONE;
            if (target->repeats || strstr(sql, "LIMIT 1") != NULL) {
                break;
            }
        } else if (!taken_eq(here.parts[0], key->parts[0])) {
            found = FOUND_MANY;
        }
    }
    if (statement_failed(statement)) {
        store_tell_database(store);
        found = FOUND_FAILED;
    }
    statement_reset(statement);
    return found;
}

enum found target_find(struct store *store, const struct store_row *row, const struct target *target,
                       struct row_key *key) {
    enum found found = FOUND_NONE;
    for (size_t i = 0; i < FINDER_QUERIES && target->find[i] != NULL && found == FOUND_NONE; i++) {
        found = find_by(store, row, target, target->find[i], key);
    }
    return found;
}

static struct taken stored_value(const struct store_row *row, size_t field) {
    const struct field *of = &row->form->fields[field];
    return of->stores != NULL ? row_parameter(row, of->stores) : row->values[field];
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* What the schema refuses costs the row, anything else the file. */
static bool tell_failed(struct store *store, const struct store_row *row) {
    if (sql_fault(store->db) == SQL_REFUSED) {
        store_tell_row(store, row, DIAG_T224, NULL, sql_error(store->db), STR_NONE);
    } else {
        store_tell_database(store);
    }
    return false;
}

static bool run(struct store *store, const struct store_row *row, struct statement *statement) {
    return statement_run(statement) || tell_failed(store, row);
}

/* A line of intake_change. column NULL: a new row. */
static bool note_change(struct store *store, const struct store_row *row, const struct target *target, struct str key,
                        const char *column, struct taken old, struct taken new, struct str cell) {
    struct statement *statement = store_statement(
        store,
        "INSERT INTO intake_change(run_id, tbl, row_key, col, old, new, sheet, cell) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    if (statement == NULL) {
        return false;
    }
    const struct str cells[] = {str_from(target->table),
                                key,
                                str_from(column),
                                taken_text(store->arena, old),
                                taken_text(store->arena, new),
                                row->sheet,
                                cell};
    statement_bind_int(statement, 1, store->run);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        statement_bind_text(statement, i + 2, cells[i]);
    }
    return run(store, row, statement);
}

static struct str key_text(struct store *store, const struct row_key *key) {
    struct str text = STR("");
    for (size_t i = 0; i < key->count; i++) {
        const struct str part = taken_text(store->arena, key->parts[i]);
        text = str_printf(store->arena, "%.*s%s%.*s", STR_ARG(text), i > 0 ? "/" : "", STR_ARG(part));
    }
    return text;
}

/* Two pupils with one number: both are kept, since nobody here knows whose it is. */
static bool tell_twin(struct store *store, const struct store_row *row, const struct target *target) {
    struct statement *statement = target->twin != NULL ? store_ask(store, row, target->twin) : NULL;
    if (statement == NULL) {
        return target->twin == NULL;
    }
    if (statement_next(statement)) {
        store_tell_row(store, row, DIAG_T226, target->twin_by, STR_NONE, STR_NONE);
    }
    statement_reset(statement);
    return true;
}

/* The number is another's, and nothing says whether that one was misspelt or this one is a brother: nobody is renamed by a guess. */
static bool tell_unsure(struct store *store, const struct store_row *row, const struct target *target, bool *unsure) {
    *unsure = false;
    struct statement *statement = target->unsure != NULL ? store_ask(store, row, target->unsure) : NULL;
    if (statement == NULL) {
        return target->unsure == NULL;
    }
    if (statement_next(statement)) {
        const struct taken name = taken_column(store->arena, statement, 0);
        store_tell_row(store, row, DIAG_T227, target->twin_by, name.text, STR_NONE);
        *unsure = true;
    }
    statement_reset(statement);
    return true;
}

static bool insert_row(struct store *store, struct store_row *row, const struct target *target, struct row_key *key) {
    bool unsure = false;
    if (!tell_unsure(store, row, target, &unsure) || unsure || !tell_twin(store, row, target) ||
        !store_begin_row(store)) {
        return false;
    }
    struct statement *statement = store_ask(store, row, target_written(store, row->form, target)->insert);
    if (statement == NULL) {
        return false;
    }
    if (!statement_next(statement)) {
        return statement_failed(statement) && tell_failed(store, row);
    }
    *key = key_at(store, statement);
    statement_reset(statement);
    store->counts.new_rows++;
    return note_change(store, row, target, key_text(store, key), NULL, (struct taken){0}, (struct taken){0},
                       str_int(store->arena, row->number));
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

struct change {
    size_t field;
    const char *column;
    struct taken old, new;
};

/* What a row's cell says of a column: false where it says nothing, so that what is kept stays. */
static bool says(const struct store_row *row, const struct target *target, size_t field, struct taken *new) {
    const struct field *of = &row->form->fields[field];
    *new = stored_value(row, field);
    if (!row->known[field]) {
        return false;
    }
    const bool blank = !row->values[field].given;
    const bool unfound = of->stores != NULL && !blank && !new->given; /* told */
    const bool refused = row->refused[field];
    const bool of_key = target_has_key(target->keys, target_column(of, target));
    return !unfound && !refused && (new->given || (row->filled && blank && !of_key && !of->needed));
}

/* What this file has said of a row of the database so far; NULL: nothing. Made where `make` is. */
static struct said *said_of(struct store *store, const struct store_row *row, const struct target *target,
                            const struct row_key *key, bool make) {
    bool found = false;
    const struct str of = seen_key(store, target, key);
    const struct str name = str_printf(store->arena, "%s/%.*s", row->form->name, STR_ARG(of));
    const uint32_t *place = make ? strmap_put(&store->said_of, name, &found) : strmap_get(&store->said_of, name);
    if (place == NULL) {
        return NULL;
    }
    if (make && !found) {
        ARENA_GROW(store->arena, store->said, store->said_count, store->said_capacity);
        store->said[store->said_count++] = (struct said){.sheet = row->sheet};
        *strmap_put(&store->said_of, name, &found) = (uint32_t)store->said_count;
        return &store->said[store->said_count - 1];
    }
    return &store->said[*place - 1];
}

static void remember(struct store *store, const struct store_row *row, const struct target *target,
                     const struct row_key *key) {
    struct said *said = said_of(store, row, target, key, true);
    struct taken new;
    for (size_t i = 0; i < row->form->field_count; i++) {
        if (said->rows[i] == 0 && target_column(&row->form->fields[i], target) != NULL && says(row, target, i, &new)) {
            said->rows[i] = row->number;
        }
    }
}

/* Has an earlier row of this file said otherwise (3)? Told. */
static bool contradicts(struct store *store, const struct store_row *row, const struct said *said, size_t field,
                        struct taken old) {
    const struct field *of = &row->form->fields[field];
    if (said == NULL || said->rows[field] == 0) {
        return false;
    }
    const struct str before =
        of->stores != NULL ? BOTH("somebody else", "另一人") : field_written(store->arena, of, old);
    const struct str reference = grid_reference(store->arena, row->columns[field], said->rows[field]);
    store_tell_row(store, row, DIAG_T506, of->parameter, before,
                   str_printf(store->arena, "%.*s!%.*s", STR_ARG(said->sheet), STR_ARG(reference)));
    store->counts.left_cells++;
    return true;
}

static struct str shown(struct store *store, const struct field *field, struct taken value) {
    return field->stores != NULL ? BOTH("somebody else", "另一人")
           : value.given         ? field_written(store->arena, field, value)
                                 : BOTH("nothing", "空");
}

/* Is what the database has newer than the workbook, so that it stays (4)? Told, but for a cell that an earlier row of this file corrected. */
static bool is_newer(struct store *store, const struct store_row *row, struct str basis, const struct said *said,
                     const struct change *change) {
    const struct field *of = &row->form->fields[change->field];
    if (basis_is(basis, change->field, change->old, true)) {
        return false;
    }
    if (basis_is(basis, change->field, change->new, false)) {
        if (said == NULL || said->rows[change->field] == 0) {
            store_tell_row(store, row, DIAG_T510, of->parameter, shown(store, of, change->old), STR_NONE);
        }
        return true;
    }
    if (store->overwrite) {
        return false;
    }
    store_tell_row(store, row, DIAG_T511, of->parameter, shown(store, of, change->old), STR_NONE);
    store->counts.left_cells++;
    return true;
}

/* The columns whose cells say something else than what is kept. */
static bool find_changes(struct store *store, const struct store_row *row, const struct target *target,
                         const struct row_key *key, struct change *changes, size_t *count) {
    const char *sql = target_written(store, row->form, target)->select;
    *count = 0;
    if (sql == NULL) {
        return true;
    }
    struct statement *statement = store_statement(store, sql);
    if (statement == NULL) {
        return false;
    }
    for (size_t i = 0; i < key->count; i++) {
        taken_bind(statement, i + 1, key->parts[i]);
    }
    if (!statement_next(statement)) {
        store_tell_database(store);
        return false;
    }
    const struct said *said = said_of(store, row, target, key, false);
    const struct str basis = basis_of(store->arena, row->basis, row->form, target, key);
    size_t column = 0;
    for (size_t i = 0; i < row->form->field_count; i++) {
        const char *name = target_column(&row->form->fields[i], target);
        struct taken new;
        if (name == NULL) {
            continue;
        }
        const struct taken old = taken_column(store->arena, statement, column++);
        if (says(row, target, i, &new) && !taken_eq(old, new)) {
            changes[*count] = (struct change){i, name, old, new};
            *count += !is_newer(store, row, basis, said, &changes[*count]) && !contradicts(store, row, said, i, old);
        }
    }
    statement_reset(statement);
    return true;
}

/* News about a child, for its own 变动 sheet: not a slip that was mended, and not what was unknown before. */
static bool log_change(struct store *store, struct store_row *row, const struct change *change) {
    const struct field *field = &row->form->fields[change->field];
    if (field->change == NULL || !change->old.given || !row_parameter(row, "student_id").given) {
        return true;
    }
    row_give(row, "field", (struct taken){.given = true, .is_text = true, .text = str_from(field->change)});
    row_give(row, "old", (struct taken){.given = true, .is_text = true, .text = taken_text(store->arena, change->old)});
    row_give(
        row, "new",
        (struct taken){.given = change->new.given, .is_text = true, .text = taken_text(store->arena, change->new)});
    struct statement *statement = store_ask(store, row,
                                            "INSERT INTO change_log(student_id, on_date, field, old, new, reason) "
                                            "VALUES(:student_id, :as_of, :field, :old, :new, '学校采集表报送')");
    return statement != NULL && run(store, row, statement);
}

/* "column = ?1" */
static void add_assignment(struct buffer *sql, const struct store_row *row, const struct change *change, size_t index) {
    const struct field *field = &row->form->fields[change->field];
    char value[24];
    snprintf(value, sizeof value, "?%zu", index + 1);
    buffer_printf(sql, field->type == FIELD_SCORE ? "%s(%s, state) = (" : "%s%s = ", index > 0 ? ", " : "",
                  change->column);
    target_add_written(sql, field, value);
    buffer_add(sql, field->type == FIELD_SCORE ? STR(")") : STR(""));
}

static bool write_changes(struct store *store, struct store_row *row, const struct target *target,
                          const struct row_key *key, const struct change *changes, size_t count) {
    struct buffer sql = {0};
    buffer_printf(&sql, "UPDATE %s SET ", target->table);
    for (size_t i = 0; i < count; i++) {
        add_assignment(&sql, row, &changes[i], i);
    }
    buffer_printf(&sql, " WHERE (%s) = (", target->keys);
    target_add_places(&sql, target);
    struct statement *statement = store_statement(store, str_c(store->arena, buffer_str(&sql)));
    buffer_release(&sql);
    if (statement == NULL || !store_begin_row(store)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        taken_bind(statement, i + 1, changes[i].new);
    }
    for (size_t i = 0; i < key->count; i++) {
        taken_bind(statement, count + i + 1, key->parts[i]);
    }
    bool good = run(store, row, statement);
    for (size_t i = 0; i < count && good; i++) {
        const struct str cell = grid_reference(store->arena, row->columns[changes[i].field], row->number);
        good = note_change(store, row, target, key_text(store, key), changes[i].column, changes[i].old, changes[i].new,
                           cell) &&
               log_change(store, row, &changes[i]);
    }
    store->counts.changes += good ? count : 0;
    return good;
}

static void give_key_part(struct store_row *row, const struct target *target, const struct row_key *key) {
    if (target->gives != NULL) {
        row_give(row, target->gives, key->parts[0]);
    }
}

static bool change_row(struct store *store, struct store_row *row, const struct target *target,
                       const struct row_key *key, bool *wrote) {
    struct change changes[ROW_FIELDS];
    size_t count = 0;
    give_key_part(row, target, key);
    const bool good = find_changes(store, row, target, key, changes, &count) &&
                      (count == 0 || write_changes(store, row, target, key, changes, count));
    *wrote = *wrote || count > 0;
    return good;
}

bool target_empty(struct store *store, struct store_row *row, const struct target *target, bool *wrote) {
    struct row_key key = {0};
    const enum found found = target_find(store, row, target, &key);
    return found == FOUND_ONE ? change_row(store, row, target, &key, wrote) : found != FOUND_FAILED;
}

/* A filled workbook's row whose own row of the database, by its key, isn't there any more. */
static bool is_gone(struct store *store, const struct store_row *row, const struct target *target) {
    static const char *const keys[] = {":key", ":key, :key2", ":key, :key2, :key3"};
    size_t parts = 1;
    for (const char *at = target->keys; *at != '\0'; at++) {
        parts += *at == ',';
    }
    const struct str find = str_from(target->find[0]);
    const struct str own = str_printf(store->arena, "SELECT %s FROM %s WHERE", target->keys, target->table);
    const bool by_key = row->filled && !store->overwrite && parts <= KEY_PARTS && str_starts(find, own) &&
                        str_find(find, STR(":key")) < find.n && str_find(find, STR(":semester")) == find.n;
    if (!by_key) {
        return false;
    }
    const struct str sql =
        str_printf(store->arena, "SELECT 1 FROM %s WHERE (%s) = (%s)", target->table, target->keys, keys[parts - 1]);
    struct statement *statement = store_ask(store, row, str_c(store->arena, sql));
    const bool gone = statement != NULL && !statement_next(statement) && !statement_failed(statement);
    if (statement != NULL) {
        statement_reset(statement);
    }
    return gone;
}

bool target_write(struct store *store, struct store_row *row, const struct target *target, bool *wrote) {
    struct row_key key = {0};
    const enum found found = target_find(store, row, target, &key);
    if (found == FOUND_FAILED) {
        return false;
    }
    if (found == FOUND_MANY) {
        store_tell_row(store, row, DIAG_T222, "name", str_from(row->form->name), STR_NONE);
        return false;
    }
    bool good = true;
    if (found == FOUND_NONE && is_gone(store, row, target)) {
        store_tell_row(store, row, DIAG_T512, NULL, STR_NONE, STR_NONE);
        return false;
    }
    if (found == FOUND_NONE) {
        good = insert_row(store, row, target, &key);
        *wrote = true;
    } else {
        good = change_row(store, row, target, &key, wrote);
    }
    if (good) {
        remember(store, row, target, &key);
        mark_taken(store, target, &key);
        give_key_part(row, target, &key);
    }
    return good;
}
