/* hand_over.c: `dossier pack`: from a term's folder to the zip that leaves. */
#include "batch/force.h"
#include "batch/pack.h"
#include "batch/password.h"
#include "batch/verify.h"

#include <unistd.h>

#include "base/file.h"

enum { CERTIFICATE_LARGEST = 1 << 20 };

struct handing {
    const struct job *job;
    const struct pack_order *order;
    struct verify verify; /* of the folder at hand */
    struct pack pack;
    struct locked locked;
    struct pieces pieces;
    struct str password;   /* STR_NONE: nothing is encrypted */
    struct signer *signer; /* NULL: nothing is signed */
};

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

static void say(const struct handing *handing) {
    const struct manifest *manifest = handing->pack.manifest;
    const bool locked = handing->pack.locked != NULL;
    const char *format = handing->job->language == LANGUAGE_CHINESE
                             ? (locked ? "%s：%.*s，%zu 份加密副本" : "%s：%.*s，%zu 份")
                             : (locked ? "%s: %.*s, encrypted copies of %zu documents" : "%s: %.*s, %zu documents");
    if (!handing->job->quiet) {
        handing->verify.reporter->line(
            handing->verify.reporter,
            str_printf(manifest->arena, format, handing->order->path, STR_ARG(manifest->term), manifest->count));
    }
}

static bool ends_with(const struct diags *diags, enum diag_code code) {
    return diags->count > 0 && diags->items[diags->count - 1].code == code;
}

static enum exit_code lock(struct handing *handing) {
    struct diags *diags = &handing->verify.diags;
    const char *spool = pack_beside(handing->verify.arena, handing->order->path, ".documents");
    if (!locked_make(&handing->locked, handing->pack.manifest, handing->pack.folder, spool, handing->password, diags)) {
        return ends_with(diags, DIAG_B103) ? EXIT_IO : EXIT_DOCUMENT;
    }
    handing->pack.manifest = &handing->locked.manifest;
    handing->pack.locked = &handing->locked;
    return EXIT_MADE;
}

static enum exit_code write_all(struct handing *handing) {
    pack_sweep(handing->verify.arena, handing->order->path);
    enum exit_code code = handing->password.n > 0 ? lock(handing) : EXIT_MADE;
    if (code == EXIT_MADE && !pack_write(&handing->pack, handing->order->path, &handing->verify.diags)) {
        code = ends_with(&handing->verify.diags, DIAG_B103) ? EXIT_IO : EXIT_INPUT;
    }
    if (handing->password.n > 0) {
        unlink(handing->locked.spool);
    }
    if (code == EXIT_MADE) {
        say(handing);
    }
    return code;
}

static enum exit_code pack_term(struct handing *handing) {
    struct verify *verify = &handing->verify;
    const struct str reader = handing->order->archive ? STR("archive") : reader_name(handing->job->reader);
    struct manifest narrowed;
    if (handing->order->archive) {
        pieces_narrow(&verify->manifest, &narrowed);
    } else {
        pack_narrow(&verify->manifest, reader, &narrowed);
    }
    if (narrowed.count == 0) {
        DIAG_ADD(&verify->diags, O189, PLACE_NONE, str_from(verify->folder), reader);
        return EXIT_DOCUMENT;
    }
    if (!is_sound(verify, &narrowed)) {
        DIAG_ADD(&verify->diags, O190, PLACE_NONE, str_from(handing->order->path));
        return EXIT_DOCUMENT;
    }
    if (!holds(verify, handing->job, &narrowed)) {
        DIAG_ADD(&verify->diags, O212, PLACE_NONE, str_from(handing->order->path));
        return EXIT_DOCUMENT;
    }
    handing->pack = (struct pack){.manifest = &narrowed, .folder = verify->folder, .signer = handing->signer};
    if (handing->order->archive) {
        pieces_make(&handing->pieces, &narrowed, handing->job->database);
        handing->pack.pieces = &handing->pieces;
    }
    return write_all(handing);
}

static void tell_all(struct reporter *reporter, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        reporter->diag(reporter, &diags->items[i], STR_NONE);
    }
}

static enum exit_code pack_folder(struct handing *handing, const char *term, struct reporter *reporter) {
    const enum exit_code code = verify_begin(&handing->verify, term, reporter) ? pack_term(handing) : EXIT_INPUT;
    tell_all(reporter, &handing->verify.diags);
    verify_end(&handing->verify);
    return code;
}

static bool open_signer(struct handing *handing, struct arena *arena, struct diags *diags) {
    const struct pack_order *order = handing->order;
    const struct str password = password_read_one(arena, order->certificate_password, diags);
    struct str bytes = STR_NONE;
    struct str why = STR_NONE;
    if (password.p == NULL) {
        return false;
    }
    const int error = file_read(arena, order->certificate, CERTIFICATE_LARGEST, &bytes);
    if (error != 0) {
        why = diag_errno(error);
    } else {
        handing->signer = signer_open(arena, bytes, password.p, &why);
    }
    if (handing->signer == NULL) {
        DIAG_ADD(diags, O227, PLACE_NONE, why);
    }
    return handing->signer != NULL;
}

/* What the command line names besides the folder. */
static bool open_secrets(struct handing *handing, struct arena *arena, struct diags *diags) {
    const char *passwords = handing->order->passwords;
    if (passwords != NULL) {
        handing->password = password_read(arena, passwords, handing->job->reader, diags);
        if (handing->password.n == 0) {
            return false;
        }
    }
    return handing->order->certificate == NULL || open_signer(handing, arena, diags);
}

static enum exit_code pack_newest(struct handing *handing, struct arena *arena, struct diags *diags,
                                  struct reporter *reporter) {
    const char *term = folder_of_term(arena, handing->job, handing->order->folder);
    if (term == NULL) {
        DIAG_ADD(diags, O182, PLACE_NONE, str_from(handing->order->folder));
        return EXIT_INPUT;
    }
    if (verify_is_held(arena, term)) {
        DIAG_ADD(diags, O101, PLACE_NONE, str_from(term));
        return EXIT_BUSY;
    }
    return open_secrets(handing, arena, diags) ? pack_folder(handing, term, reporter) : EXIT_INPUT;
}

enum exit_code batch_pack(const struct job *job, const struct pack_order *order, struct reporter *reporter) {
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    struct handing handing = {.job = job, .order = order};
    const enum exit_code code = pack_newest(&handing, arena, &diags, reporter);
    tell_all(reporter, &diags);
    if (handing.signer != NULL) {
        signer_close(handing.signer);
    }
    arena_destroy(arena);
    return code;
}
