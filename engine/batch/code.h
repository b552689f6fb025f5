/* code.h: the text of a checking code, KIND/number/edition/seal: what stands in the QR code of a paper. */
#ifndef BATCH_CODE_H
#define BATCH_CODE_H

#include "base/key.h"

/* A paper of a layout that asks for codes. */
struct paper_code {
    struct str name; /* KIND/number; STR_NONE: its number isn't known */
    int64_t edition;
    struct str content; /* SHA-256, hexadecimal */
    struct str code;    /* as it stands on paper; STR_NONE: without a key, or a name */
};
/* A code taken apart. */
struct code_parts {
    struct str name; /* KIND/number */
    struct str kind, number, seal;
    int64_t edition;
};

/* The text of a code; in the arena. */
struct str code_write(struct arena *arena, const struct key *key, struct str name, int64_t edition, struct str content);
/* Takes a text apart, with or without the “QR-Code:” that zbarimg writes before it. False: it is no code of ours. Borrows the text. */
bool code_read(struct str text, struct code_parts *parts);

#endif
