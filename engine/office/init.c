/* init.c: a new database: the schema, the lists, what follows from them; made beside its place, and named last. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "office/calendar.h"
#include "office/embedded.h"
#include "office/lists.h"
#include "office/papers.h"

/* A new empty file that nobody else may read; one that a killed run left is made anew. */
static int create_private(const char *path) {
    unlink(path);
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd < 0 ? errno : close(fd) == 0 ? 0 : errno;
}

/* Durable, then under its name: never in place of a file that somebody made meanwhile. */
static int put_in_place(struct arena *arena, const char *part, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL   ? "."
                         : slash == path ? "/"
                                         : str_c(arena, (struct str){path, (size_t)(slash - path)});
    const int fd = open(part, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    error = error == 0 && link(part, path) != 0 ? errno : error;
    unlink(part);
    return error == 0 ? folder_settle(folder) : error;
}

/* The school year in which a day lies; a new one begins with August, when its register is taken. */
static struct str year_of(struct arena *arena, struct str day) {
    int64_t year = 0, month = 0;
    str_to_int(str_slice(day, 0, 4), &year);
    str_to_int(str_slice(day, 5, 7), &month);
    return str_int(arena, month < 8 ? year - 1 : year);
}

static bool take_lists(struct step *step, const struct office_init *job, struct str year, struct office_begun *begun) {
    begun->lists = ARENA_ARRAY(step->arena, struct office_list, list_count);
    bool good = true;
    for (size_t i = 0; i < list_count && !step->failed; i++) {
        good = list_take(step, &lists[i], job->from, year, &begun->lists[begun->list_count++]) && good;
    }
    return good && !step->failed;
}

static const char whole_calendar[] = "CREATE TEMP VIEW looked_at AS SELECT s.id, s.starts, s.ends, p.id AS before, "
                                     "p.ends AS before_ends FROM semester AS s "
                                     "LEFT JOIN semester AS p ON p.id = s.prev_id;"
                                     "CREATE TEMP VIEW looked_at_month AS SELECT * FROM semester_month";

/* The list that the terms come from, for messages. */
static struct str terms_file(const struct office_begun *begun) {
    for (size_t i = 0; i < begun->list_count; i++) {
        if (strcmp(begun->lists[i].table, "semester") == 0) {
            return begun->lists[i].file;
        }
    }
    return STR_NONE;
}

static bool fill(struct step *step, const struct office_init *job, struct office_begun *begun) {
    const struct str schema = {(const char *)office_schema, office_schema_count};
    const struct str rest = {(const char *)office_begin, office_begin_count};
    const struct sql_value year[] = {{":year", year_of(step->arena, job->on)}};
    bool good = step_script(step, schema, NULL, 0) && step_run(step, "BEGIN", NULL, 0) &&
                take_lists(step, job, year[0].text, begun) && step_script(step, rest, year, 1) &&
                step_script(step, str_from(whole_calendar), NULL, 0) && calendar_is_right(step, terms_file(begun)) &&
                step_run(step, "COMMIT", NULL, 0);
    begun->first = step_text(step, "SELECT title FROM semester ORDER BY id LIMIT 1", NULL, 0);
    begun->named = step_text(step, "SELECT name FROM township", NULL, 0).n > 0;
    return good && !step->failed;
}

static bool make(struct arena *arena, const struct office_init *job, const char *part, struct office_begun *begun,
                 struct diags *diags) {
    struct step step = {.arena = arena, .database = job->database, .diags = diags};
    step.db = sql_open(part, SQL_WRITE);
    const bool good = sql_fault(step.db) == SQL_FINE &&
                      sql_run(step.db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL, 0) &&
                      fill(&step, job, begun);
    sql_close(step.db);
    return good;
}

static enum office_end tell(struct diags *diags, const char *path, int error) {
    if (error == EEXIST) {
        DIAG_ADD(diags, Y130, PLACE_NONE, str_from(path));
    } else {
        DIAG_ADD(diags, Y131, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return OFFICE_EXISTS;
}

enum office_end office_init(struct arena *arena, const struct office_init *job, struct office_begun *begun,
                            struct diags *diags) {
    struct stat status;
    const char *part = str_c(arena, str_printf(arena, "%s.part", job->database));
    *begun = (struct office_begun){0};
    if (lstat(job->database, &status) == 0) {
        return tell(diags, job->database, EEXIST);
    }
    int error = create_private(part);
    if (error != 0) {
        return tell(diags, job->database, error);
    }
    if (stat(job->from, &status) != 0 || !S_ISDIR(status.st_mode)) {
        unlink(part);
        DIAG_ADD(diags, Y132, PLACE_NONE, str_from(job->from));
        return OFFICE_INPUT;
    }
    if (!make(arena, job, part, begun, diags)) {
        unlink(part);
        return OFFICE_REFUSED;
    }
    error = put_in_place(arena, part, job->database);
    if (error != 0) {
        return tell(diags, job->database, error);
    }
    return office_key(arena, job->database, NULL, &begun->key_made, diags);
}
