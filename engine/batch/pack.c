/* pack.c: index.html, findings.csv, manifest.xml, then the documents in the manifest's order, all below the term's name and of the day that they speak of. */
#include "batch/pack.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "batch/force.h"
#include "batch/index.h"
#include "batch/verify.h"

#define TEMPORARY ".dossier-pack-"

/* Has the folder one of his documents? */
static bool has_folder(const struct manifest *manifest, struct str folder) {
    for (size_t i = 0; i < manifest->count; i++) {
        if (str_eq(manifest->entries[i].folder, folder)) {
            return true;
        }
    }
    return false;
}

void pack_narrow(const struct manifest *whole, struct str reader, struct manifest *out) {
    manifest_init(out, whole->arena, whole->term, whole->day);
    for (size_t i = 0; i < whole->count; i++) {
        const struct entry *entry = &whole->entries[i];
        if (str_eq(entry->reader, reader) && entry->state != STATE_FAILED) {
            *manifest_add(out) = *entry;
        }
    }
    for (size_t i = 0; i < whole->notice_count; i++) {
        if (has_folder(out, whole->notices[i].folder)) {
            *manifest_add_notice(out) = whole->notices[i];
        }
    }
}

struct packing {
    zip_t *zip;
    const struct manifest *manifest;
    uint16_t day; /* as MS-DOS has it */
};

/* "2026-11-25"; what is none becomes the first day that a zip knows. */
static uint16_t dos_day(struct str day) {
    int64_t year = 1980;
    int64_t month = 1;
    int64_t date = 1;
    if (day.n != 10 || !str_to_int(str_slice(day, 0, 4), &year) || !str_to_int(str_slice(day, 5, 7), &month) ||
        !str_to_int(str_slice(day, 8, 10), &date) || year < 1980 || year > 2107) {
        return 1 << 5 | 1;
    }
    return (uint16_t)((year - 1980) << 9 | month << 5 | date);
}

/* Takes the source. What is deflated already is stored. */
static bool add(struct packing *packing, struct str name, zip_source_t *source, bool deflated) {
    const char *path = str_c(packing->manifest->arena, str_printf(packing->manifest->arena, "%.*s/%.*s",
                                                                  STR_ARG(packing->manifest->term), STR_ARG(name)));
    if (source == NULL) {
        return false;
    }
    const zip_int64_t at = zip_file_add(packing->zip, path, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    const zip_uint64_t index = (zip_uint64_t)at;
    return zip_set_file_compression(packing->zip, index, deflated ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(packing->zip, index, 0, packing->day, 0) == 0 &&
           zip_file_set_external_attributes(packing->zip, index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)0100644 << 16) == 0;
}

static bool add_list(struct packing *packing, const char *name, const struct buffer *list) {
    return add(packing, str_from(name), zip_source_buffer(packing->zip, list->bytes, list->count, 0), false);
}

static bool add_documents(struct packing *packing, const char *folder) {
    const struct manifest *manifest = packing->manifest;
    for (size_t i = 0; i < manifest->count; i++) {
        int error = 0;
        const char *path = file_inside(manifest->arena, folder, manifest->entries[i].path, &error);
        if (path == NULL ||
            !add(packing, manifest->entries[i].path, zip_source_file(packing->zip, path, 0, -1), true)) {
            return false;
        }
    }
    return true;
}

struct lists {
    struct buffer index, findings, manifest;
};

/* 0 or an errno value. The lists live until the zip is closed. */
static int write_zip(const struct manifest *manifest, const char *folder, const char *path, struct lists *lists) {
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip == NULL) {
        return errno != 0 ? errno : EIO;
    }
    struct packing packing = {.zip = zip, .manifest = manifest, .day = dos_day(manifest->day)};
    index_html(manifest, &lists->index);
    findings_csv(manifest, &lists->findings);
    manifest_write(manifest, &lists->manifest);
    const bool good = add_list(&packing, "index.html", &lists->index) &&
                      add_list(&packing, "findings.csv", &lists->findings) &&
                      add_list(&packing, "manifest.xml", &lists->manifest) && add_documents(&packing, folder);
    if (good && zip_close(zip) == 0) {
        return 0;
    }
    const int error =
        zip_error_system_type(zip_get_error(zip)) == ZIP_ET_SYS ? zip_error_code_system(zip_get_error(zip)) : EIO;
    zip_discard(zip);
    return error;
}

/* Those of a run that was killed, which nobody writes any more. */
static void sweep(struct arena *arena, struct str folder) {
    struct str *names = NULL;
    size_t count = 0;
    if (folder_list(arena, str_c(arena, folder), STR_NONE, &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_starts(names[i], STR(TEMPORARY))) {
            unlink(str_c(arena, str_printf(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[i]))));
        }
    }
}

bool pack_write(const struct manifest *narrowed, const char *folder, const char *path, struct diags *diags) {
    struct arena *arena = narrowed->arena;
    const char *slash = strrchr(path, '/');
    const struct str beside = slash == NULL ? STR(".") : str_slice(str_from(path), 0, (size_t)(slash - path) + 1);
    const struct str name = str_from(slash == NULL ? path : slash + 1);
    const char *temporary = str_c(arena, str_printf(arena, "%.*s/" TEMPORARY "%.*s", STR_ARG(beside), STR_ARG(name)));
    struct lists lists = {0};
    sweep(arena, beside);
    int error = write_zip(narrowed, folder, temporary, &lists);
    error = error != 0 ? error : file_put_in_place(temporary, path);
    if (error != 0) {
        unlink(temporary);
        DIAG_ADD(diags, B103, PLACE_NONE, str_from(path), diag_errno(error));
    }
    buffer_release(&lists.index);
    buffer_release(&lists.findings);
    buffer_release(&lists.manifest);
    return error == 0;
}

/* --- the command -------------------------------------------------------------------------------------------------- */

/* The folder itself, that of the term which is named, else the newest: names of terms grow with the years. NULL: there is none. */
static const char *folder_of_term(struct arena *arena, const struct job *job, const char *folder) {
    struct str *names = NULL;
    size_t count = 0;
    const char *found = verify_has_manifest(arena, folder) ? folder : NULL;
    if (found == NULL && folder_list(arena, folder, STR_NONE, &names, &count) != 0) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *term = str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i])));
        const bool wanted = job->semester.n == 0 || str_eq(names[i], job->semester);
        found = wanted && verify_has_manifest(arena, term) ? term : found;
    }
    return found;
}

/* Every document is there as it was printed. */
static bool is_sound(struct verify *verify, const struct manifest *narrowed) {
    const struct manifest whole = verify->manifest;
    verify->manifest = *narrowed;
    verify_documents(verify);
    verify->manifest = whole;
    return verify->missing + verify->altered == 0;
}

/* None of the papers that leave is void. What lies in only/ stays here. */
static bool holds(struct verify *verify, const struct job *job, const struct manifest *narrowed) {
    struct str first;
    const struct force *force = force_open(verify->arena, job->database);
    return force_look(force, narrowed, NULL, &verify->diags, &first) == 0;
}

static void say(const struct job *job, struct reporter *reporter, const struct manifest *narrowed, const char *path) {
    const char *format = job->language == LANGUAGE_CHINESE ? "%s：%.*s，%zu 份" : "%s: %.*s, %zu documents";
    if (!job->quiet) {
        reporter->line(reporter, str_printf(narrowed->arena, format, path, STR_ARG(narrowed->term), narrowed->count));
    }
}

static enum exit_code pack_term(const struct job *job, struct verify *verify, const char *path) {
    struct manifest narrowed;
    pack_narrow(&verify->manifest, reader_name(job->reader), &narrowed);
    if (narrowed.count == 0) {
        DIAG_ADD(&verify->diags, O189, PLACE_NONE, str_from(verify->folder), reader_name(job->reader));
        return EXIT_DOCUMENT;
    }
    if (!is_sound(verify, &narrowed)) {
        DIAG_ADD(&verify->diags, O190, PLACE_NONE, str_from(path));
        return EXIT_DOCUMENT;
    }
    if (!holds(verify, job, &narrowed)) {
        DIAG_ADD(&verify->diags, O212, PLACE_NONE, str_from(path));
        return EXIT_DOCUMENT;
    }
    if (!pack_write(&narrowed, verify->folder, path, &verify->diags)) {
        return EXIT_IO;
    }
    say(job, verify->reporter, &narrowed, path);
    return EXIT_MADE;
}

static void tell_all(struct reporter *reporter, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        reporter->diag(reporter, &diags->items[i], STR_NONE);
    }
}

enum exit_code batch_pack(const struct job *job, const char *folder, const char *path, struct reporter *reporter) {
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    const char *term = folder_of_term(arena, job, folder);
    enum exit_code code = EXIT_INPUT;
    if (term == NULL) {
        DIAG_ADD(&diags, O182, PLACE_NONE, str_from(folder));
    } else if (verify_is_held(arena, term)) {
        DIAG_ADD(&diags, O101, PLACE_NONE, str_from(term));
        code = EXIT_BUSY;
    } else {
        struct verify verify;
        code = verify_begin(&verify, term, reporter) ? pack_term(job, &verify, path) : EXIT_INPUT;
        tell_all(reporter, &verify.diags);
        verify_end(&verify);
    }
    tell_all(reporter, &diags);
    arena_destroy(arena);
    return code;
}
