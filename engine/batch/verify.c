/* verify.c: the folder is walked once for its files, and the manifest once for its documents. */
#define _GNU_SOURCE /* flock, realpath */
#include "batch/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/signature.h"
#include "batch/force.h"
#include "batch/index.h"

enum { SIGNATURE_LARGEST = 1 << 20 };

static void tell(struct verify *verify) {
    for (size_t i = 0; i < verify->diags.count; i++) {
        verify->reporter->diag(verify->reporter, &verify->diags.items[i], STR_NONE);
    }
    verify->diags.count = 0;
}

static const char *path_in(struct arena *arena, const char *folder, struct str name) {
    return str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(name)));
}

bool verify_begin(struct verify *verify, const char *folder, struct reporter *reporter) {
    *verify = (struct verify){.arena = arena_create(), .reporter = reporter, .folder = folder};
    diags_init(&verify->diags, verify->arena);
    manifest_init(&verify->manifest, verify->arena, STR_NONE, STR_NONE);
    strmap_init(&verify->sums, verify->arena);
    const char *path = path_in(verify->arena, folder, STR("manifest.xml"));
    struct diags mistakes;
    diags_init(&mistakes, verify->arena);
    const int error = file_read(verify->arena, path, 0, &verify->bytes);
    if (error != 0) {
        DIAG_ADD(&verify->diags, O183, PLACE_NONE, str_from(path), diag_errno(error));
    } else if (!manifest_read(&verify->manifest, verify->bytes, str_from(path), &mistakes)) {
        DIAG_ADD(&verify->diags, O183, PLACE_NONE, str_from(path), mistakes.items[0].args[1]);
    }
    const bool good = verify->diags.count == 0;
    tell(verify);
    return good;
}

bool verify_end(struct verify *verify) {
    arena_destroy(verify->arena);
    return verify->missing + verify->altered + verify->foreign + verify->older + verify->lapsed == 0;
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

/* 0: it is there; EBADMSG: with other bytes; else why it isn't. An entry of an older engine has no hash of the bytes. */
static int look_at(struct arena *arena, const char *folder, const struct entry *entry) {
    int error = 0;
    struct str bytes = STR_NONE;
    const char *path = file_inside(arena, folder, entry->path, &error);
    if (path == NULL) {
        return error;
    }
    error = file_read(arena, path, 0, &bytes);
    if (error != 0) {
        return error == EISDIR || error == EINVAL ? EBADMSG : error;
    }
    const bool same = (int64_t)bytes.n == entry->bytes &&
                      (entry->sha256.n == 0 || str_eq(digest_hex(arena, bytes.p, bytes.n), entry->sha256));
    return same ? 0 : EBADMSG;
}

void verify_documents(struct verify *verify) {
    struct arena *scratch = arena_create();
    for (size_t i = 0; i < verify->manifest.count; i++) {
        const struct entry *entry = &verify->manifest.entries[i];
        const struct place place = {.record = entry->record};
        const int error = entry->state == STATE_FAILED ? 0 : look_at(scratch, verify->folder, entry);
        if (error == EBADMSG) {
            verify->altered++;
            DIAG_ADD(&verify->diags, O185, place, entry->folder);
        } else if (error != 0) {
            verify->missing++;
            DIAG_ADD(&verify->diags, O184, place, entry->folder, diag_errno(error));
        }
        tell(verify);
        arena_reset(scratch);
    }
    arena_destroy(scratch);
}

/* --- by whom it is signed ----------------------------------------------------------------------------------------- */

static void say_signatory(struct verify *verify, const struct job *job, const struct signatory *who) {
    const char *format = job->language == LANGUAGE_CHINESE
                             ? "清单由“%.*s”签名，证书 SHA-256 %.*s"
                             : "the manifest is signed by “%.*s”, certificate SHA-256 %.*s";
    if (!job->quiet) {
        verify->reporter->line(verify->reporter,
                               str_printf(verify->arena, format, STR_ARG(who->name), STR_ARG(who->fingerprint)));
    }
}

void verify_signature(struct verify *verify, const struct job *job) {
    const struct str day = verify->manifest.day;
    struct str signature = STR_NONE;
    struct str why = STR_NONE;
    struct signatory who;
    const int error = file_read(verify->arena, path_in(verify->arena, verify->folder, STR(SIGNATURE_NAME)),
                                SIGNATURE_LARGEST, &signature);
    if (error == ENOENT) {
        return;
    }
    if (error != 0) {
        why = diag_errno(error);
    }
    if (error != 0 || !signature_check(verify->arena, signature, verify->bytes, &who, &why)) {
        verify->altered++;
        DIAG_ADD(&verify->diags, O228, PLACE_NONE, STR(SIGNATURE_NAME), why);
    } else {
        say_signatory(verify, job, &who);
        if (day.n > 0 && (str_compare(day, who.from) < 0 || str_compare(day, who.until) > 0)) {
            DIAG_ADD(&verify->diags, O229, PLACE_NONE, who.name, who.from, who.until, day);
        }
    }
    tell(verify);
}

/* --- what is handed over ------------------------------------------------------------------------------------------ */

/* False: its bytes are others, or it isn't there. */
static bool has_sum(const struct verify *verify, struct arena *arena, struct str path, struct str sum) {
    int error = 0;
    struct str bytes = STR_NONE;
    const char *file = file_inside(arena, verify->folder, path, &error);
    return file != NULL && file_read(arena, file, 0, &bytes) == 0 && str_eq(digest_hex(arena, bytes.p, bytes.n), sum);
}

static void verify_sum(struct verify *verify, struct arena *scratch, struct str path, struct str sum) {
    bool found = false;
    strmap_put(&verify->sums, path, &found);
    if (!has_sum(verify, scratch, path, sum)) {
        verify->altered++;
        DIAG_ADD(&verify->diags, O188, PLACE_NONE, path);
        tell(verify);
    }
}

void verify_sums(struct verify *verify) {
    enum { SUM = 64 };
    struct str text = STR_NONE;
    if (verify->manifest.sums.n == 0) {
        return;
    }
    struct arena *scratch = arena_create();
    verify_sum(verify, scratch, STR("SHA256SUMS"), verify->manifest.sums);
    file_read(verify->arena, path_in(verify->arena, verify->folder, STR("SHA256SUMS")), 0, &text);
    for (struct str rest = text; rest.n > 0;) {
        const struct str line = str_split(rest, '\n', &rest);
        const struct str path = str_slice(line, SUM + 2, line.n);
        if (str_ends(path, STR(".xml")) || str_is(path, "移交清单.csv") || str_is(path, "piece.rng")) {
            /* the others follow from the manifest */
            verify_sum(verify, scratch, path, str_slice(line, 0, SUM));
        }
        arena_reset(scratch);
    }
    arena_destroy(scratch);
}

/* --- what doesn't belong ------------------------------------------------------------------------------------------ */

struct walk {
    struct verify *verify;
    struct strmap known; /* paths of documents */
};

/* A run's own files stand in the term's folder itself; hidden ones there are its notes. */
static bool is_own(struct str path) {
    static const char *const own[] = {"manifest.xml", SIGNATURE_NAME, "index.html", "findings.csv", "only"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (str_is(path, own[i])) {
            return true;
        }
    }
    return str_starts(path, STR(".")) && str_find_byte(path, '/') == path.n;
}

static void walk_folder(struct walk *walk, struct str folder);

static void walk_one(struct walk *walk, struct str path) {
    struct verify *verify = walk->verify;
    struct stat status;
    const bool there = lstat(path_in(verify->arena, verify->folder, path), &status) == 0;
    if (is_own(path) || !there) {
        return;
    }
    if (S_ISDIR(status.st_mode)) {
        walk_folder(walk, path);
    } else if (strmap_get(&walk->known, path) == NULL && strmap_get(&verify->sums, path) == NULL) {
        verify->foreign++;
        DIAG_ADD(&verify->diags, O186, PLACE_NONE, path);
    }
}

/* `folder`: below the term's; STR_NONE for that itself. */
static void walk_folder(struct walk *walk, struct str folder) {
    struct arena *arena = walk->verify->arena;
    struct str *names = NULL;
    size_t count = 0;
    if (folder_list(arena, path_in(arena, walk->verify->folder, folder), STR_NONE, &names, &count) != 0) {
        return; /* its documents are told as missing */
    }
    for (size_t i = 0; i < count; i++) {
        walk_one(walk, folder.n == 0 ? names[i] : str_printf(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[i])));
    }
}

void verify_foreign(struct verify *verify) {
    struct walk walk = {.verify = verify};
    strmap_init(&walk.known, verify->arena);
    for (size_t i = 0; i < verify->manifest.count; i++) {
        bool found = false;
        strmap_put(&walk.known, verify->manifest.entries[i].path, &found);
    }
    walk_folder(&walk, STR_NONE);
    tell(verify);
}

/* --- lists and age ------------------------------------------------------------------------------------------------ */

static void look_at_list(struct verify *verify, const char *name, const struct buffer *wanted) {
    struct str bytes = STR_NONE;
    const char *path = path_in(verify->arena, verify->folder, str_from(name));
    const int error = file_read(verify->arena, path, 0, &bytes);
    if (error != 0 || !str_eq(bytes, buffer_str(wanted))) {
        *(error == ENOENT ? &verify->missing : &verify->altered) += 1;
        DIAG_ADD(&verify->diags, O188, PLACE_NONE, str_from(name));
    }
}

void verify_lists(struct verify *verify) {
    struct buffer wanted = {0};
    index_html(&verify->manifest, &wanted);
    look_at_list(verify, "index.html", &wanted);
    findings_csv(&verify->manifest, &wanted);
    look_at_list(verify, "findings.csv", &wanted);
    buffer_release(&wanted);
    tell(verify);
}

void verify_force(struct verify *verify, const char *database) {
    struct str first;
    const struct force *force = force_open(verify->arena, database);
    verify->lapsed = force_look(force, &verify->manifest, verify->folder, &verify->diags, &first);
    tell(verify);
}

static bool is_before(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

/* When it was last written, with what still waits in its WAL. False: there is none. */
static bool database_time(struct arena *arena, const char *database, struct timespec *time) {
    struct stat status;
    const bool there = stat(database, &status) == 0;
    *time = there ? status.st_mtim : (struct timespec){0};
    if (stat(str_c(arena, str_printf(arena, "%s-wal", database)), &status) == 0 && status.st_size > 0 &&
        is_before(*time, status.st_mtim)) {
        *time = status.st_mtim;
    }
    return there;
}

/* A file that isn't there is told otherwise. */
static bool is_older(struct verify *verify, struct str name, struct timespec time) {
    struct stat status;
    return lstat(path_in(verify->arena, verify->folder, name), &status) == 0 && is_before(status.st_mtim, time);
}

void verify_age(struct verify *verify, const char *database) {
    const struct manifest *manifest = &verify->manifest;
    struct timespec time;
    if (!database_time(verify->arena, database, &time) || !is_older(verify, STR("manifest.xml"), time)) {
        return;
    }
    for (size_t from = 0, to = 0; from < manifest->count; from = to) { /* entries stand by folder */
        const struct entry *first = &manifest->entries[from];
        size_t older = 0;
        for (to = from; to < manifest->count && str_eq(manifest->entries[to].folder, first->folder); to++) {
            older += is_older(verify, manifest->entries[to].path, time);
        }
        if (older > 0) {
            verify->older += older;
            DIAG_ADD(&verify->diags, O187, PLACE_NONE, first->folder, str_int(verify->arena, (int64_t)older));
        }
    }
    tell(verify);
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static void summarise(const struct verify *verify, const struct job *job) {
    const char *format = job->language == LANGUAGE_CHINESE
                             ? "%s：清单列有 %zu 份；缺失 %zu，被改动 %zu，多出 %zu，数据库已变 %zu，已失效 %zu"
                             : "%s: %zu documents in the manifest; %zu missing, %zu altered, %zu foreign, %zu older "
                               "than the database, %zu no longer in force";
    if (!job->quiet) {
        const struct str line =
            str_printf(verify->arena, format, verify->folder, verify->manifest.count, verify->missing, verify->altered,
                       verify->foreign, verify->older, verify->lapsed);
        verify->reporter->line(verify->reporter, line);
    }
}

static enum exit_code verify_term(const struct job *job, const char *folder, struct reporter *reporter) {
    struct verify verify;
    if (!verify_begin(&verify, folder, reporter)) {
        verify_end(&verify);
        return EXIT_INPUT;
    }
    verify_signature(&verify, job);
    verify_documents(&verify);
    verify_sums(&verify);
    verify_foreign(&verify);
    verify_lists(&verify);
    verify_force(&verify, job->database);
    verify_age(&verify, job->database);
    summarise(&verify, job);
    return verify_end(&verify) ? EXIT_MADE : EXIT_DOCUMENT;
}

bool verify_has_manifest(struct arena *arena, const char *folder) {
    return access(path_in(arena, folder, STR("manifest.xml")), F_OK) == 0;
}

bool verify_is_held(struct arena *arena, const char *folder) {
    const char *locks[] = {".lock", "../.lock"};
    bool held = false;
    for (size_t i = 0; i < sizeof locks / sizeof *locks && !held; i++) {
        const int fd = open(path_in(arena, folder, str_from(locks[i])), O_RDONLY | O_CLOEXEC);
        held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (fd >= 0) {
            close(fd);
        }
    }
    return held;
}

/* `folder` is a term's, or holds those of terms. */
static enum exit_code verify_all(const struct job *job, const char *folder, struct arena *arena,
                                 struct reporter *reporter) {
    if (verify_has_manifest(arena, folder)) {
        return verify_term(job, folder, reporter);
    }
    struct str *names = NULL;
    size_t count = 0;
    size_t terms = 0;
    enum exit_code worst = EXIT_MADE;
    folder_list(arena, folder, STR_NONE, &names, &count);
    for (size_t i = 0; i < count; i++) {
        const char *term = path_in(arena, folder, names[i]);
        if (verify_has_manifest(arena, term)) {
            const enum exit_code code = verify_term(job, term, reporter);
            worst = code > worst ? code : worst; /* 66 is graver than 65 */
            terms++;
        }
    }
    return terms > 0 ? worst : EXIT_USAGE_ERROR;
}

enum exit_code batch_verify(const struct job *job, const char *folder, struct reporter *reporter) {
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    enum exit_code code = EXIT_BUSY;
    if (verify_is_held(arena, folder)) {
        DIAG_ADD(&diags, O101, PLACE_NONE, str_from(folder));
    } else {
        code = verify_all(job, folder, arena, reporter);
        if (code == EXIT_USAGE_ERROR) { /* no manifest is there */
            DIAG_ADD(&diags, O182, PLACE_NONE, str_from(folder));
            code = EXIT_INPUT;
        }
    }
    for (size_t i = 0; i < diags.count; i++) {
        reporter->diag(reporter, &diags.items[i], STR_NONE);
    }
    arena_destroy(arena);
    return code;
}
