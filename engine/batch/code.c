/* code.c: a checking code is put together, and taken apart. */
#include "batch/code.h"

enum { SEAL_SIGNS = 16 };

struct str code_write(struct arena *arena, const struct key *key, struct str name, int64_t edition,
                      struct str content) {
    const struct str head = str_printf(arena, "%.*s/%lld", STR_ARG(name), (long long)edition);
    const struct str all = str_printf(arena, "dossier paper 1\n%.*s\n%.*s", STR_ARG(head), STR_ARG(content));
    const struct str seal = key_seal(arena, key, all);
    return str_printf(arena, "%.*s/%.*s", STR_ARG(head), STR_ARG(seal));
}

/* Splits at the last slash: what stands behind it, and *rest before it. False: there is none. */
static bool split_last(struct str text, struct str *rest, struct str *last) {
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != '/') {
        at--;
    }
    *rest = str_slice(text, 0, at > 0 ? at - 1 : 0);
    *last = str_slice(text, at, text.n);
    return at > 0;
}

static bool is_seal(struct str text) {
    bool good = text.n == SEAL_SIGNS;
    for (size_t i = 0; i < text.n && good; i++) {
        good = (text.p[i] >= 'A' && text.p[i] <= 'Z') || (text.p[i] >= '2' && text.p[i] <= '7');
    }
    return good;
}

bool code_read(struct str text, struct code_parts *parts) {
    static const struct str prefix = STR_INIT("QR-Code:");
    struct str head, edition;
    text = str_trim(text);
    text = str_starts(text, prefix) ? str_slice(text, prefix.n, text.n) : text;
    if (!split_last(text, &head, &parts->seal) || !split_last(head, &parts->name, &edition)) {
        return false;
    }
    const size_t slash = str_find_byte(parts->name, '/');
    parts->kind = str_slice(parts->name, 0, slash);
    parts->number = str_slice(parts->name, slash + 1, parts->name.n);
    return slash > 0 && parts->number.n > 0 && is_seal(parts->seal) && str_to_int(edition, &parts->edition) &&
           parts->edition > 0;
}
