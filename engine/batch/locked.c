/* locked.c: each document is read, encrypted, hashed, and appended to the spool: one at a time in memory. */
#include "batch/locked.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "pdf/pdf.h"

#define PREFIX       "加密副本_"
#define NAME_LONGEST 100

static bool is_pdf(const struct entry *entry) {
    return str_ends(entry->path, STR(".pdf"));
}

static struct str ending_of(struct str path) {
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '.' && path.p[at - 1] != '/') {
        at--;
    }
    return at > 0 && path.p[at - 1] == '.' ? str_slice(path, at - 1, path.n) : STR("");
}

/* Two of one record stand in one folder: the second is …_2. */
static struct str name_in(struct arena *arena, struct strmap *taken, const struct entry *entry) {
    const struct str stem = file_safe_name(arena, entry->record, NAME_LONGEST);
    const struct str ending = ending_of(entry->path);
    for (int n = 1;; n++) {
        const struct str number = n == 1 ? STR("") : str_printf(arena, "_%d", n);
        const struct str path = str_printf(arena, "%.*s/" PREFIX "%.*s%.*s%.*s", STR_ARG(entry->folder), STR_ARG(stem),
                                           STR_ARG(number), STR_ARG(ending));
        bool found = false;
        strmap_put(taken, path, &found);
        if (!found) {
            return path;
        }
    }
}

static struct record *bare_records(struct arena *arena, const struct entry *entry) {
    struct record *records = ARENA_ARRAY(arena, struct record, entry->record_count);
    for (size_t i = 0; i < entry->record_count; i++) {
        records[i] = (struct record){.key = entry->records[i].key, .page = entry->records[i].page};
    }
    return records;
}

static struct entry bare(struct arena *arena, struct strmap *taken, const struct entry *entry) {
    struct entry copy = *entry;
    copy.path = name_in(arena, taken, entry);
    copy.title = STR("加密副本");
    copy.subject = STR_NONE;
    copy.records = bare_records(arena, entry);
    copy.findings = NULL;
    copy.finding_count = 0;
    return copy;
}

struct filling {
    struct locked *locked;
    const char *folder;
    int fd;
    size_t end;
    struct buffer bytes;
    struct diags *diags;
};

static bool append(struct filling *filling, struct entry *copy, struct str bytes, struct arena *scratch) {
    const int error = file_put(filling->fd, bytes.p, bytes.n);
    if (error != 0) {
        DIAG_ADD(filling->diags, B103, PLACE_NONE, str_from(filling->locked->spool), diag_errno(error));
        return false;
    }
    copy->bytes = (int64_t)bytes.n;
    copy->sha256 = str_copy(filling->locked->manifest.arena, digest_hex(scratch, bytes.p, bytes.n));
    filling->end += bytes.n;
    return true;
}

static bool add_one(struct filling *filling, const struct entry *entry, struct entry *copy, struct arena *scratch) {
    const struct place place = {.record = entry->record};
    int error = 0;
    struct str bytes = STR_NONE;
    struct str why = STR_NONE;
    const char *path = file_inside(scratch, filling->folder, entry->path, &error);
    error = path == NULL ? error : file_read(scratch, path, 0, &bytes);
    if (error != 0) {
        DIAG_ADD(filling->diags, O184, place, entry->folder, diag_errno(error));
        return false;
    }
    if (!is_pdf(entry)) {
        return true;
    }
    if (!pdf_encrypt(bytes, filling->locked->password.p, &filling->bytes, scratch, &why)) {
        DIAG_ADD(filling->diags, O226, place, entry->folder, why);
        return false;
    }
    return append(filling, copy, buffer_str(&filling->bytes), scratch);
}

static bool fill(struct filling *filling, const struct manifest *narrowed) {
    struct locked *locked = filling->locked;
    struct arena *scratch = arena_create();
    struct strmap taken;
    struct str *plain = ARENA_ARRAY(narrowed->arena, struct str, narrowed->count);
    bool good = true;
    locked->plain = plain;
    strmap_init(&taken, narrowed->arena);
    for (size_t i = 0; i < narrowed->count && good; i++) {
        struct entry *copy = manifest_add(&locked->manifest);
        *copy = bare(narrowed->arena, &taken, &narrowed->entries[i]);
        locked->starts[i] = filling->end;
        plain[i] = is_pdf(&narrowed->entries[i]) ? STR_NONE : narrowed->entries[i].path;
        good = add_one(filling, &narrowed->entries[i], copy, scratch);
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    return good;
}

bool locked_make(struct locked *locked, const struct manifest *narrowed, const char *folder, const char *spool,
                 struct str password, struct diags *diags) {
    *locked = (struct locked){
        .spool = spool,
        .starts = ARENA_ARRAY(narrowed->arena, size_t, narrowed->count),
        .password = password,
    };
    manifest_init(&locked->manifest, narrowed->arena, narrowed->term, narrowed->day);
    locked->manifest.copy = STR("encrypted");
    struct filling filling = {.locked = locked, .folder = folder, .diags = diags};
    filling.fd = open(spool, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (filling.fd < 0) {
        DIAG_ADD(diags, B103, PLACE_NONE, str_from(spool), diag_errno(errno));
        return false;
    }
    const bool good = fill(&filling, narrowed);
    close(filling.fd);
    buffer_release(&filling.bytes);
    return good;
}
