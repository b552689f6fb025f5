/* retire.c: lists of what may be destroyed and what must be handed over (retire_plan.sql), and their confirmation.
 *
 * 1. A list is its items and a digest of every row that it means. It is confirmed only while both are what they were.
 * 2. What is destroyed goes from every table that refers to a doomed child, to an adult or a 同伴 who goes with it: the schema's foreign keys
 *    say which (refs), so that a new table is never forgotten. Nothing else loses a row.
 * 3. Behind a destruction there is no undo: the journal forgets its changesets, and what it says of rows that went. */
#include "office/embedded.h"
#include "office/step.h"

#include "base/hash.h"

enum kind { KIND_DESTROY, KIND_HAND_OVER, KIND_COUNT };

static const struct {
    const char *word, *head, *items; /* in retire_list.kind; of its numbers; where retire_plan.sql lists them */
} KINDS[KIND_COUNT] = {
    [KIND_DESTROY] = {"销毁", "XH", "item_destroy"},
    [KIND_HAND_OVER] = {"移交", "YJ", "item_hand_over"},
};

static enum office_end refuse(struct step *step, enum diag_code code, struct str a, struct str b, struct str c) {
    diag_add(step->diags, code, PLACE_NONE, (const struct str[4]){a, b, c});
    return OFFICE_REFUSED;
}

static struct str format(struct step *step, const char *sql, const char *word) {
    return str_printf(step->arena, sql, word);
}

static struct str text_of(struct step *step, const char *sql, const char *word) {
    return step_text(step, str_c(step->arena, format(step, sql, word)), NULL, 0);
}

static int64_t number_of(struct step *step, const char *sql, const char *word) {
    int64_t number = 0;
    str_to_int(text_of(step, sql, word), &number);
    return number;
}

static void decide(struct office_decisions *decisions, struct step *step, bool detail, struct str english,
                   struct str chinese) {
    ARENA_GROW(step->arena, decisions->items, decisions->count, decisions->capacity);
    decisions->items[decisions->count++] = (struct office_decision){detail, english, chinese};
}

/* --- the plan ----------------------------------------------------------------------------------------------------- */

static enum office_end plan(struct step *step, struct str as_of, struct str school_id) {
    const struct sql_value asked[] = {{":as_of", as_of}, {":school", school_id}};
    step_script(step, STR("CREATE TEMP TABLE asked(as_of TEXT, school_id INTEGER)"), NULL, 0);
    step_run(step, "INSERT INTO asked VALUES(:as_of, :school)", asked, 2);
    step_script(step, (struct str){(const char *)office_retire_plan, office_retire_plan_count}, NULL, 0);
    const struct str missing = step_text(step,
                                         "SELECT CASE WHEN start_years IS NULL THEN 'retention_start' WHEN "
                                         "default_years IS NULL THEN 'retention_default'"
                                         " WHEN hand_over_month IS NULL THEN 'handover_month' END FROM rule",
                                         NULL, 0);
    if (missing.n > 0) {
        return refuse(step, DIAG_Y301, missing, as_of, STR_NONE);
    }
    return step->failed ? OFFICE_NO_WRITE : OFFICE_DONE;
}

/* Every table and column that refers to a child, an adult or a carer who goes; `keys` is the table's primary key in SQL. */
static const char refs_sql[] =
    "CREATE TEMP TABLE refs AS SELECT m.name AS tbl, f.\"from\" AS col, f.\"table\" AS target"
    " FROM main.sqlite_schema AS m"
    " JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table' AND f.\"table\" IN('student', 'adult', 'carer')"
    " AND NOT (m.name = 'carer' AND f.\"table\" = 'student')"
    " UNION ALL SELECT 'student', 'id', 'student' UNION ALL SELECT 'adult', 'id', 'adult'"
    " UNION ALL SELECT 'carer', 'id', 'carer';"
    "ALTER TABLE temp.refs ADD COLUMN keys TEXT;"
    "UPDATE temp.refs SET keys = (SELECT group_concat('\"' || name || '\"', ' || ''/'' || ') FROM (SELECT p.name FROM"
    " pragma_table_info(refs.tbl) AS p WHERE p.pk > 0 ORDER BY p.pk))";

/* Adds every row of a query to the digest: each value by its type, its length and its bytes. False: it can't be read. */
static bool digest_rows(struct step *step, struct hash_stream *seen, const char *sql) {
    struct statement *rows = sql_statement(step->db, sql);
    while (rows != NULL && statement_next(rows)) {
        for (size_t i = 0; i < statement_columns(rows); i++) {
            const enum value_kind kind = statement_value(rows, i).kind;
            const struct str text = statement_text(rows, i);
            const int head[2] = {kind == VALUE_NULL ? 5 : (int)kind, (int)text.n}; /* SQLite's numbers of types */
            hash_add(seen, head, sizeof head);
            hash_add(seen, text.p, text.n);
        }
    }
    return rows != NULL && !statement_failed(rows);
}

/* Of the rows of several queries, each of which is the text of a row of `queries`. STR_NONE: they can't be read. */
static struct str digest(struct step *step, const char *queries) {
    size_t count = 0, columns = 0;
    const struct str *texts = step_rows(step, queries, NULL, 0, &count, &columns);
    struct hash_stream *seen = hash_begin();
    bool good = !step->failed;
    for (size_t i = 0; i < count && good; i++) {
        good = digest_rows(step, seen, str_c(step->arena, texts[i * columns]));
    }
    const struct str hash = hash_hex(step->arena, hash_end(seen));
    return good ? hash : STR_NONE;
}

static struct str digest_of(struct step *step, enum kind kind) {
    static const char *const queries[KIND_COUNT] = {
        [KIND_DESTROY] = "SELECT 'SELECT * FROM temp.item_destroy ORDER BY seq' UNION ALL SELECT 'SELECT * FROM carer "
                         "WHERE id IN(SELECT id FROM temp.named_carer) ORDER BY id'"
                         " UNION ALL SELECT * FROM (SELECT 'SELECT * FROM \"' || tbl || '\" WHERE \"' || col || '\" "
                         "IN(SELECT id FROM temp.doomed_' || target || ') ORDER BY '"
                         " || coalesce(keys, '1') FROM temp.refs ORDER BY tbl, col)",
        [KIND_HAND_OVER] = "SELECT 'SELECT * FROM temp.item_hand_over ORDER BY seq' UNION ALL SELECT 'SELECT * FROM "
                           "volume WHERE id IN(SELECT volume_id FROM temp.item_hand_over) ORDER BY id'",
    };
    return digest(step, queries[kind]);
}

/* --- making lists ------------------------------------------------------------------------------------------------- */

/* A list that stands, not confirmed, and means the same. STR_NONE: none does. */
static struct str standing_list(struct step *step, struct str hash) {
    return step_text(
        step,
        "SELECT list_no FROM retire_list WHERE digest = :digest AND confirmed_on IS NULL AND superseded_by IS NULL",
        &(struct sql_value){":digest", hash}, 1);
}

static struct str next_number(struct step *step, enum kind kind, struct str as_of) {
    const struct str head = str_printf(step->arena, "%s%.*s-", KINDS[kind].head, 4, as_of.p);
    const struct str last = step_text(step,
                                      "SELECT max(CAST(substr(list_no, length(:head) + 1) AS INTEGER)) FROM "
                                      "retire_list WHERE substr(list_no, 1, length(:head)) = :head",
                                      &(struct sql_value){":head", head}, 1);
    int64_t number = 0;
    str_to_int(last, &number);
    return str_printf(step->arena, "%.*s%02lld", STR_ARG(head), (long long)number + 1);
}

static void write_list(struct step *step, const struct office_retire *job, enum kind kind, struct str number,
                       struct str hash, struct str school_id) {
    const struct sql_value values[] = {{":number", number},    {":kind", str_from(KINDS[kind].word)},
                                       {":as_of", job->as_of}, {":school", school_id},
                                       {":digest", hash},      {":by", job->by}};
    step_run(step,
             "UPDATE retire_list SET superseded_by = :number WHERE kind = :kind AND school_id IS CAST(:school AS "
             "INTEGER) AND confirmed_on IS NULL AND superseded_by IS NULL",
             values, 6);
    step_run(
        step,
        str_c(step->arena,
              format(step,
                     "INSERT INTO retire_list(list_no, kind, as_of, school_id, items, digest, made_by)"
                     " SELECT :number, :kind, :as_of, CAST(:school AS INTEGER), count(*), :digest, :by FROM temp.%s",
                     KINDS[kind].items)),
        values, 6);
    step_run(step,
             str_c(step->arena, format(step,
                                       "INSERT INTO retire_item(list_no, seq, school_id, dossier_no, archive_no, "
                                       "volume_id, title, retention, from_date, to_date, pieces, due_on)"
                                       " SELECT :number, seq, school_id, dossier_no, archive_no, volume_id, title, "
                                       "retention, from_date, to_date, pieces, due_on FROM temp.%s ORDER BY seq",
                                       KINDS[kind].items)),
             values, 6);
}

static void tell_list(struct step *step, enum kind kind, struct str number, int64_t items,
                      struct office_decisions *decisions) {
    const struct str schools =
        text_of(step,
                "SELECT group_concat(name || ' ' || n, ', ') FROM (SELECT coalesce(s.short_name, s.name, '?') AS name, "
                "count(*) AS n FROM temp.%s AS i"
                " LEFT JOIN school AS s ON s.id = i.school_id GROUP BY i.school_id ORDER BY i.school_id)",
                KINDS[kind].items);
    const char *shown = str_c(step->arena, schools), *name = str_c(step->arena, number);
    if (kind == KIND_DESTROY) {
        decide(decisions, step, false,
               str_printf(step->arena,
                          "%s: the records of %lld pupils may be destroyed (%s); on paper: dossier make "
                          "destruction-list; to destroy them: dossier retire --confirm %s",
                          name, (long long)items, shown, name),
               str_printf(step->arena,
                          "%s：%lld人的档案可以销毁（%s）；打印清单：dossier make destruction-list；销毁：dossier "
                          "retire --confirm %s",
                          name, (long long)items, shown, name));
    } else {
        decide(decisions, step, false,
               str_printf(step->arena,
                          "%s: %lld volumes are to be handed over (%s); on paper: dossier make handover-list "
                          "filing-list; when they are: dossier retire --confirm %s",
                          name, (long long)items, shown, name),
               str_printf(step->arena,
                          "%s：%lld卷档案应移交（%s）；打印清单：dossier make handover-list "
                          "filing-list；移交后：dossier retire --confirm %s",
                          name, (long long)items, shown, name));
    }
}

static void tell_nothing(struct step *step, const struct office_retire *job, struct office_decisions *decisions) {
    const struct str next = step_text(step, "SELECT day FROM temp.next_day", NULL, 0);
    decide(decisions, step, false,
           str_printf(step->arena, "on %.*s nothing may be destroyed%s%.*s", STR_ARG(job->as_of),
                      next.n > 0 ? "; the first will be on " : "", STR_ARG(next)),
           str_printf(step->arena, "%.*s 没有可以销毁的档案%s%.*s", STR_ARG(job->as_of),
                      next.n > 0 ? "；最早的到期日为 " : "", STR_ARG(next)));
}

struct list {
    struct str number, hash;
    int64_t items;
    bool is_new;
};

static void look(struct step *step, enum kind kind, struct str as_of, struct list *list) {
    *list = (struct list){.items = number_of(step, "SELECT count(*) FROM temp.%s", KINDS[kind].items)};
    if (list->items > 0) {
        list->hash = digest_of(step, kind);
        list->number = standing_list(step, list->hash);
        list->is_new = list->number.n == 0;
        list->number = list->is_new ? next_number(step, kind, as_of) : list->number;
    }
}

static void tell_unreadable(struct step *step) {
    const struct str words = step_text(
        step,
        "SELECT group_concat(DISTINCT '“' || said || '”') FROM temp.keeping WHERE years IS NULL AND said <> '永久'",
        NULL, 0);
    if (words.n > 0) {
        DIAG_ADD(step->diags, Y302, PLACE_NONE, words);
    }
}

static enum office_end make_lists(struct step *step, const struct office_retire *job, struct str school_id,
                                  struct office_decisions *decisions) {
    struct list lists[KIND_COUNT];
    enum office_end end = plan(step, job->as_of, school_id);
    if (end != OFFICE_DONE || !step_script(step, str_from(refs_sql), NULL, 0)) {
        return end != OFFICE_DONE ? end : OFFICE_NO_WRITE;
    }
    tell_unreadable(step);
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        look(step, kind, job->as_of, &lists[kind]);
        if (lists[kind].items > 0) {
            tell_list(step, kind, lists[kind].number, lists[kind].items, decisions);
        } else if (kind == KIND_DESTROY) {
            tell_nothing(step, job, decisions);
        }
    }
    if (job->dry_run || !(lists[KIND_DESTROY].is_new || lists[KIND_HAND_OVER].is_new)) {
        return step->failed ? OFFICE_NO_WRITE : OFFICE_DONE;
    }
    end = step_begin(step, str_printf(step->arena, "retire %.*s", STR_ARG(job->as_of)), job->as_of, false);
    step->notes = true;
    for (enum kind kind = 0; kind < KIND_COUNT && end == OFFICE_DONE; kind++) {
        if (lists[kind].is_new) {
            write_list(step, job, kind, lists[kind].number, lists[kind].hash, school_id);
        }
    }
    return end;
}

/* --- destroying --------------------------------------------------------------------------------------------------- */

struct ref {
    struct str table, column, target, keys;
};

static struct ref *refs_of(struct step *step, size_t *count) {
    size_t columns = 0;
    const struct str *cells =
        step_rows(step, "SELECT tbl, col, target, keys FROM temp.refs ORDER BY tbl, col", NULL, 0, count, &columns);
    struct ref *refs = ARENA_ARRAY(step->arena, struct ref, *count);
    for (size_t i = 0; i < *count; i++) {
        const struct str *row = cells + i * columns;
        refs[i] = (struct ref){row[0], row[1], row[2], row[3]};
    }
    return refs;
}

/* What the journal says of rows that go, and the checks that were set aside for them. */
static void forget(struct step *step, const struct ref *refs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct ref *ref = &refs[i];
        step_script(step,
                    str_printf(step->arena,
                               "DELETE FROM intake_change WHERE tbl = '%.*s' AND row_key IN(SELECT CAST(%.*s AS "
                               "TEXT) FROM \"%.*s\" WHERE \"%.*s\" IN(SELECT id FROM temp.doomed_%.*s))",
                               STR_ARG(ref->table), STR_ARG(ref->keys), STR_ARG(ref->table), STR_ARG(ref->column),
                               STR_ARG(ref->target)),
                    NULL, 0);
    }
    step_script(step,
                STR("DELETE FROM intake_change WHERE tbl = 'carer' AND row_key IN(SELECT CAST(id AS TEXT) FROM "
                    "temp.named_carer); UPDATE intake_run SET changeset = NULL"),
                NULL, 0);
    if (step_text(step, "SELECT 1 FROM sqlite_schema WHERE name = 'finding_accepted'", NULL, 0).n > 0) {
        step_script(step,
                    STR("DELETE FROM finding_accepted WHERE record IN(SELECT dossier_no FROM temp.item_destroy"
                        " UNION SELECT '学生' || id FROM temp.doomed_student UNION SELECT l.dossier_no FROM "
                        "left_behind AS l WHERE l.student_id IN(SELECT id FROM temp.doomed_student))"),
                    NULL, 0);
    }
}

/* The journal's line of a table: how many rows went, under which list. */
static void note_rows(struct step *step, const struct ref *ref, struct str list, int64_t rows,
                      struct office_decisions *decisions) {
    const struct sql_value values[] = {{":run", str_int(step->arena, step->journal.run)},
                                       {":table", ref->table},
                                       {":list", list},
                                       {":rows", str_int(step->arena, rows)}};
    if (rows > 0) {
        step_run(step,
                 "INSERT INTO intake_change(run_id, tbl, row_key, col, old) VALUES(:run, :table, :list, '销毁', :rows)",
                 values, 4);
        decide(decisions, step, true, str_printf(step->arena, "%.*s: %lld rows", STR_ARG(ref->table), (long long)rows),
               str_printf(step->arena, "%.*s：%lld 行", STR_ARG(ref->table), (long long)rows));
    }
}

static void destroy(struct step *step, struct str list, struct office_decisions *decisions) {
    size_t count = 0;
    const struct ref *refs = refs_of(step, &count);
    forget(step, refs, count);
    step_script(step,
                STR("PRAGMA defer_foreign_keys = ON;"
                    "UPDATE carer SET student_id = NULL, name = '（已销毁）', gender = NULL, org = NULL, phone = "
                    "NULL WHERE id IN(SELECT id FROM temp.named_carer);"
                    "DELETE FROM award_display WHERE award_id IN(SELECT id FROM award WHERE student_id "
                    "IN(SELECT id FROM temp.doomed_student));"
                    "DELETE FROM award_void WHERE award_id IN(SELECT id FROM award WHERE student_id "
                    "IN(SELECT id FROM temp.doomed_student));"
                    "UPDATE award SET reissue_of = NULL WHERE reissue_of IN(SELECT id FROM award WHERE student_id "
                    "IN(SELECT id FROM temp.doomed_student))"),
                NULL, 0);
    for (size_t i = 0; i < count && !step->failed; i++) {
        const struct ref *ref = &refs[i];
        step_script(step,
                    str_printf(step->arena, "DELETE FROM \"%.*s\" WHERE \"%.*s\" IN(SELECT id FROM temp.doomed_%.*s)",
                               STR_ARG(ref->table), STR_ARG(ref->column), STR_ARG(ref->target)),
                    NULL, 0);
        note_rows(step, ref, list, sql_changed(step->db), decisions);
    }
    step->forgets = true;
}

/* Pictures in the folder of photos that only they have. */
static void tell_pictures(struct step *step, struct office_decisions *decisions) {
    size_t count = 0, columns = 0;
    const struct str *paths =
        step_rows(step,
                  "SELECT photo_path FROM student WHERE photo_path <> '' AND id IN(SELECT id FROM temp.doomed_student)"
                  " AND photo_path NOT IN(SELECT photo_path FROM student WHERE photo_path IS NOT NULL AND id NOT "
                  "IN(SELECT id FROM temp.doomed_student))"
                  " UNION SELECT picture_path FROM growth_item WHERE picture_path <> '' AND student_id IN(SELECT id "
                  "FROM temp.doomed_student)"
                  " UNION SELECT attachment FROM care_event WHERE attachment <> '' AND student_id IN(SELECT id FROM "
                  "temp.doomed_student)",
                  NULL, 0, &count, &columns);
    for (size_t i = 0; i < count; i++) {
        decide(decisions, step, false,
               str_printf(step->arena, "a picture of who was destroyed, to be deleted by hand: %.*s",
                          STR_ARG(paths[i * columns])),
               str_printf(step->arena, "照片须另行删除：%.*s", STR_ARG(paths[i * columns])));
    }
}

/* --- confirming --------------------------------------------------------------------------------------------------- */

struct kept {
    struct str kind, as_of, school_id, digest, superseded_by, confirmed_by, confirmed_on, items;
};

static bool find_list(struct step *step, struct str number, struct kept *kept) {
    size_t rows = 0, columns = 0;
    const struct str *cells =
        step_rows(step,
                  "SELECT kind, as_of, school_id, digest, superseded_by, confirmed_by, confirmed_on, items FROM "
                  "retire_list WHERE list_no = :number",
                  &(struct sql_value){":number", number}, 1, &rows, &columns);
    if (rows > 0) {
        *kept = (struct kept){cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]};
    }
    return rows > 0;
}

static enum office_end check_list(struct step *step, const struct office_retire *job, struct kept *kept) {
    if (!find_list(step, job->confirm, kept)) {
        const struct str open = step_text(
            step,
            "SELECT group_concat(list_no, ', ') FROM retire_list WHERE confirmed_on IS NULL AND superseded_by IS NULL",
            NULL, 0);
        return step->failed ? OFFICE_NO_WRITE
                            : refuse(step, DIAG_Y303, job->confirm, open.n > 0 ? open : STR("—"), STR_NONE);
    }
    if (kept->confirmed_on.n > 0) {
        return refuse(step, DIAG_Y304, job->confirm, kept->confirmed_on, kept->confirmed_by);
    }
    if (kept->superseded_by.n > 0) {
        return refuse(step, DIAG_Y305, job->confirm, kept->superseded_by, STR_NONE);
    }
    const struct sql_value days[] = {{":of", kept->as_of}, {":today", job->as_of}};
    return step_text(step, "SELECT 1 WHERE :of > :today", days, 2).n > 0
               ? refuse(step, DIAG_Y306, job->confirm, kept->as_of, STR_NONE)
               : OFFICE_DONE;
}

static enum office_end confirm(struct step *step, const struct office_retire *job, struct office_decisions *decisions) {
    struct kept kept = {0};
    enum office_end end = check_list(step, job, &kept);
    if (end != OFFICE_DONE) {
        return end;
    }
    sql_run(step->db, "PRAGMA secure_delete = ON", NULL, 0);
    end = step_begin(step, str_printf(step->arena, "retire --confirm %.*s", STR_ARG(job->confirm)), job->as_of,
                     job->dry_run);
    step->notes = true;
    end = end == OFFICE_DONE ? plan(step, kept.as_of, kept.school_id) : end;
    if (end != OFFICE_DONE || !step_script(step, str_from(refs_sql), NULL, 0)) {
        return end != OFFICE_DONE ? end : OFFICE_NO_WRITE;
    }
    const enum kind kind = str_is(kept.kind, KINDS[KIND_DESTROY].word) ? KIND_DESTROY : KIND_HAND_OVER;
    if (!str_eq(digest_of(step, kind), kept.digest)) {
        return step->failed ? OFFICE_NO_WRITE : refuse(step, DIAG_Y307, job->confirm, STR_NONE, STR_NONE);
    }
    if (kind == KIND_DESTROY) {
        tell_pictures(step, decisions);
        destroy(step, job->confirm, decisions);
    }
    const struct sql_value values[] = {{":number", job->confirm}, {":by", job->by}, {":day", job->as_of}};
    step_run(step, "UPDATE retire_list SET confirmed_by = :by, confirmed_on = :day WHERE list_no = :number", values, 3);
    decisions->destroyed = kind == KIND_DESTROY;
    str_to_int(kept.items, &decisions->items_done);
    return step->failed ? OFFICE_NO_WRITE : OFFICE_DONE;
}

/* What lay where rows were is written over, and so is what earlier changes left in free pages. */
static void scrub(const char *database) {
    struct sql *db = sql_open(database, SQL_WRITE);
    sql_run(db, "PRAGMA secure_delete = ON; VACUUM", NULL, 0);
    sql_close(db);
}

/* --- both --------------------------------------------------------------------------------------------------------- */

static enum office_end find_school(struct step *step, struct str school, struct str *id) {
    *id = STR_NONE;
    if (school.n > 0) {
        *id = step_text(step, "SELECT id FROM school WHERE :school IN(name, short_name, code) LIMIT 1",
                        &(struct sql_value){":school", school}, 1);
        if (id->n == 0) {
            return step->failed ? OFFICE_NO_WRITE : refuse(step, DIAG_T303, school, STR_NONE, STR_NONE);
        }
    }
    return OFFICE_DONE;
}

enum office_end office_retire(struct arena *arena, const struct office_retire *job, struct office_decisions *decisions,
                              int64_t *run, struct diags *diags) {
    struct step step;
    struct str school_id = STR_NONE;
    *decisions = (struct office_decisions){0};
    *run = 0;
    enum office_end end = step_open(&step, arena, job->database, diags);
    end = end == OFFICE_DONE ? find_school(&step, job->school, &school_id) : end;
    if (end == OFFICE_DONE) {
        end = job->confirm.n > 0 ? confirm(&step, job, decisions) : make_lists(&step, job, school_id, decisions);
    }
    if (!step.begun) {
        step_abandon(&step);
        return end;
    }
    end = step_end(&step, end, run);
    if (end == OFFICE_DONE && decisions->destroyed && *run > 0) {
        scrub(job->database);
        DIAG_ADD(diags, Y308, PLACE_NONE, str_from(job->database));
    }
    return end;
}
