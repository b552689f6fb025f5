/* pack.c: index.html, findings.csv, manifest.xml, then the documents in the manifest's order, all below the term's name and of the day that they speak of. */
#include "batch/pack.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/digest.h"
#include "base/file.h"
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
    const struct pieces *pieces; /* NULL: none */
    const struct locked *locked; /* NULL: documents as they lie in `folder` */
    const char *folder;
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

/* NULL: it can't be read. */
static zip_source_t *open_document(const struct packing *packing, size_t i) {
    const struct manifest *manifest = packing->manifest;
    const struct entry *entry = &manifest->entries[i];
    const struct locked *locked = packing->locked;
    if (locked != NULL && locked->plain[i].n == 0) {
        return zip_source_file(packing->zip, locked->spool, locked->starts[i], entry->bytes);
    }
    int error = 0;
    const struct str lies = locked != NULL ? locked->plain[i] : entry->path;
    const char *path = file_inside(manifest->arena, packing->folder, lies, &error);
    return path == NULL ? NULL : zip_source_file(packing->zip, path, 0, -1);
}

/* The one that was added last: AES-256 as WinZip has it (AE-2), which 7-Zip and WinRAR open. */
static bool lock_last(struct packing *packing) {
    const zip_uint64_t last = (zip_uint64_t)zip_get_num_entries(packing->zip, 0) - 1;
    return zip_file_set_encryption(packing->zip, last, ZIP_EM_AES_256, packing->locked->password.p) == 0;
}

static bool add_piece(struct packing *packing, const struct piece *piece) {
    return add(packing, piece->path, zip_source_buffer(packing->zip, piece->metadata.p, piece->metadata.n, 0), false);
}

/* Beside the manifest: the list of all, their schema and their sums. */
static bool add_handed(struct packing *packing, const struct buffer *list, const struct buffer *sums) {
    return add_list(packing, PIECES_LIST, list) &&
           add(packing, STR(PIECES_SCHEMA), zip_source_buffer(packing->zip, pieces_schema, pieces_schema_count, 0),
               false) &&
           add_list(packing, PIECES_SUMS, sums);
}

static bool add_documents(struct packing *packing) {
    const struct manifest *manifest = packing->manifest;
    for (size_t i = 0; i < manifest->count; i++) {
        const struct entry *entry = &manifest->entries[i];
        if (!add(packing, entry->path, open_document(packing, i), true) ||
            (packing->locked != NULL && packing->locked->plain[i].n > 0 && !lock_last(packing)) ||
            (packing->pieces != NULL && !add_piece(packing, &packing->pieces->pieces[i]))) {
            return false;
        }
    }
    return true;
}

struct lists {
    struct buffer index, findings, manifest, signature, handed, sums;
};

/* 0 or an errno value. The lists live until the zip is closed. */
static int write_zip(const struct pack *pack, const char *path, const struct lists *lists) {
    const struct manifest *manifest = pack->manifest;
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip == NULL) {
        return errno != 0 ? errno : EIO;
    }
    struct packing packing = {.zip = zip,
                              .manifest = manifest,
                              .pieces = pack->pieces,
                              .locked = pack->locked,
                              .folder = pack->folder,
                              .day = dos_day(manifest->day)};
    const bool good =
        add_list(&packing, "index.html", &lists->index) && add_list(&packing, "findings.csv", &lists->findings) &&
        add_list(&packing, "manifest.xml", &lists->manifest) &&
        (pack->pieces == NULL || add_handed(&packing, &lists->handed, &lists->sums)) &&
        (pack->signer == NULL || add_list(&packing, SIGNATURE_NAME, &lists->signature)) && add_documents(&packing);
    if (good && zip_close(zip) == 0) {
        return 0;
    }
    const int error =
        zip_error_system_type(zip_get_error(zip)) == ZIP_ET_SYS ? zip_error_code_system(zip_get_error(zip)) : EIO;
    zip_discard(zip);
    return error;
}

static struct str folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? STR(".") : str_slice(str_from(path), 0, (size_t)(slash - path) + 1);
}

void pack_sweep(struct arena *arena, const char *path) {
    const struct str folder = folder_of(path);
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

const char *pack_beside(struct arena *arena, const char *path, const char *ending) {
    const char *slash = strrchr(path, '/');
    return str_c(arena, str_printf(arena, "%.*s/" TEMPORARY "%s%s", STR_ARG(folder_of(path)),
                                   slash == NULL ? path : slash + 1, ending));
}

/* With the sum of the sums, where there are any. */
static void write_manifest(const struct pack *pack, struct lists *lists) {
    struct manifest manifest = *pack->manifest;
    if (pack->pieces != NULL) {
        pieces_list(pack->pieces, &lists->handed);
        pieces_sums(pack->pieces, buffer_str(&lists->index), buffer_str(&lists->findings), buffer_str(&lists->handed),
                    &lists->sums);
        manifest.sums = digest_hex(manifest.arena, lists->sums.bytes, lists->sums.count);
    }
    manifest_write(&manifest, &lists->manifest);
}

/* False, told: the manifest can't be signed. */
static bool write_lists(const struct pack *pack, struct lists *lists, struct diags *diags) {
    struct str why = STR_NONE;
    index_html(pack->manifest, &lists->index);
    findings_csv(pack->manifest, &lists->findings);
    write_manifest(pack, lists);
    if (pack->signer != NULL &&
        !signer_sign(pack->signer, buffer_str(&lists->manifest), &lists->signature, pack->manifest->arena, &why)) {
        DIAG_ADD(diags, O227, PLACE_NONE, why);
        return false;
    }
    return true;
}

bool pack_write(const struct pack *pack, const char *path, struct diags *diags) {
    struct arena *arena = pack->manifest->arena;
    const char *temporary = pack_beside(arena, path, "");
    struct lists lists = {0};
    const bool listed = write_lists(pack, &lists, diags);
    int error = 0;
    if (listed) {
        error = write_zip(pack, temporary, &lists);
        error = error != 0 ? error : file_put_in_place(temporary, path);
    }
    if (error != 0) {
        unlink(temporary);
        DIAG_ADD(diags, B103, PLACE_NONE, str_from(path), diag_errno(error));
    }
    buffer_release(&lists.index);
    buffer_release(&lists.findings);
    buffer_release(&lists.manifest);
    buffer_release(&lists.signature);
    buffer_release(&lists.handed);
    buffer_release(&lists.sums);
    return listed && error == 0;
}
