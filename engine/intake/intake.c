/* intake.c: files one after the other, each a transaction behind a copy of the database.
 *
 * Order in a file: 1 the file is read whole, before the database is locked; 2 a lock to write; 3 a copy beside the database, once a run of
 * the program; 4 rows; 5 the changeset that takes them back; 6 commit. What ends before 6 leaves the database as it was. */
#include "intake/intake.h"

#include <string.h>
#include <time.h>

#include "data/backup.h"
#include "intake/journal.h"
#include "intake/rows.h"

/* Messages of a file: a column of wrong numbers has one for each row, and all are given back. */
enum { TOLD_LIMIT = 200000 };

struct session_of {
    struct arena *arena; /* as long as all files */
    const struct intake_job *job;
    struct sql *db;
    struct givens_in givens;
    bool copied; /* the database lies beside itself */
    void (*tell)(void *context, const struct intake_told *told);
    void *context;
};

static struct str text_of(struct session_of *session, const char *sql, struct str word) {
    return sql_text(session->db, session->arena, sql, &(struct sql_value){":word", word}, 1);
}

/* --- the database ------------------------------------------------------------------------------------------------- */

static enum intake_end open_database(struct session_of *session, struct diags *diags) {
    const struct str path = str_from(session->job->database);
    session->db = journal_open(session->job->database, diags);
    if (session->db == NULL || !journal_is_current(session->arena, session->db, session->job->database, diags)) {
        return INTAKE_INPUT;
    }
    session->givens.school = session->job->school;
    session->givens.as_of = session->job->as_of;
    session->givens.semester =
        session->job->semester.n > 0
            ? text_of(session, "SELECT id FROM semester WHERE id = :word", session->job->semester)
            : text_of(session, "SELECT id FROM semester WHERE starts <= :word ORDER BY starts DESC LIMIT 1",
                      session->job->as_of);
    if (session->givens.semester.n == 0) {
        DIAG_ADD(diags, T302, ((struct place){.file = path}), path,
                 session->job->semester.n > 0 ? session->job->semester : session->job->as_of);
        return INTAKE_INPUT;
    }
    if (session->job->school.n > 0 &&
        text_of(session, "SELECT 1 FROM school WHERE :word IN (name, short_name, code)", session->job->school).n == 0) {
        DIAG_ADD(diags, T303, ((struct place){.file = path}), session->job->school);
        return INTAKE_INPUT;
    }
    return INTAKE_TAKEN;
}

/* --- a file ------------------------------------------------------------------------------------------------------- */

static bool anything_left(const struct intake_counts *counts) {
    return counts->left_rows + counts->left_cells > 0;
}

/* In the order of forms, so that classes stand before pupils, and pupils before their families. */
static void take_sheets(struct store *store, const struct grid *grid, const struct givens_in *givens) {
    for (size_t f = 0; f <= form_count; f++) {
        for (size_t i = 0; i < grid->count && !store->broken; i++) {
            const struct form *form = form_by_name(grid->sheets[i].name);
            if (f < form_count ? form == forms[f] : form == NULL) {
                rows_take(store, &grid->sheets[i], givens);
            }
        }
    }
}

static enum intake_end end_file(struct session_of *session, struct store *store, struct journal *journal) {
    const bool wrote = store->counts.new_rows + store->counts.changes > 0;
    const bool refused = session->job->strict && anything_left(&store->counts);
    bool kept = wrote && !store->broken && !refused && !session->job->dry_run;
    if (refused) {
        DIAG_ADD(store->diags, T304, ((struct place){.file = store->file}), store->file);
    }
    kept = kept && journal_keep(journal, store->diags, &store->counts);
    if (kept && !sql_commit(session->db)) {
        store_tell_database(store);
    }
    sql_roll_back(session->db);
    store->run = kept && !store->broken ? store->run : 0;
    return store->broken ? INTAKE_NO_WRITE : anything_left(&store->counts) ? INTAKE_PARTLY : INTAKE_TAKEN;
}

static enum intake_end write_file(struct session_of *session, struct store *store, const struct grid *grid) {
    struct journal journal;
    const enum intake_end locked = journal_lock(session->db, session->job->database, store->diags);
    if (locked != INTAKE_TAKEN) {
        return locked;
    }
    if (!session->copied && !session->job->dry_run) {
        if (!backup_make(session->arena, session->job->database, store->diags)) {
            sql_roll_back(session->db);
            return INTAKE_NO_WRITE;
        }
        session->copied = true;
    }
    if (!journal_begin(&journal, session->db, store->file, session->job->as_of, store->diags)) {
        sql_roll_back(session->db);
        return INTAKE_NO_WRITE;
    }
    store->run = journal.run;
    session->givens.token = journal_token(session->arena, session->db, store->diags);
    take_sheets(store, grid, &session->givens);
    return end_file(session, store, &journal);
}

static enum intake_end take_file(struct session_of *session, struct str file, struct intake_told *told) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct grid grid;
    diags_init(&diags, arena);
    diags.limit = TOLD_LIMIT;
    struct store store = {
        .arena = arena, .db = session->db, .diags = &diags, .file = file, .overwrite = session->job->overwrite};
    strmap_init(&store.seen, arena);
    strmap_init(&store.said_of, arena);
    enum intake_end end = INTAKE_INPUT;
    const bool readable = grid_read(arena, str_c(arena, file), &diags, &grid);
    if (readable) {
        end = write_file(session, &store, &grid);
    }
    diags_tell_beyond(&diags);
    *told = (struct intake_told){
        .file = file, .grid = readable ? &grid : NULL, .run = store.run, .counts = store.counts, .diags = &diags};
    session->tell(session->context, told);
    arena_destroy(arena);
    return end;
}

enum intake_end intake_run(struct arena *arena, const struct intake_job *job,
                           void (*told)(void *context, const struct intake_told *told), void *context) {
    struct session_of session = {.arena = arena, .job = job, .tell = told, .context = context};
    struct diags diags;
    struct intake_told about = {.file = str_from(job->database), .diags = &diags};
    diags_init(&diags, arena);
    enum intake_end worst = open_database(&session, &diags);
    const bool opened = worst == INTAKE_TAKEN;
    if (!opened) {
        told(context, &about);
    }
    for (size_t i = 0; i < job->file_count && opened && worst != INTAKE_BUSY && worst != INTAKE_NO_WRITE; i++) {
        const enum intake_end end = take_file(&session, job->files[i], &about);
        worst = end > worst ? end : worst;
    }
    sql_close(session.db);
    return worst;
}
