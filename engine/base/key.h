/* key.h: the key file that lies beside a database, and HMAC-SHA-256 with it (RFC 2104), by libcrypto.
 *
 * The file is `<database>.key`: 64 hexadecimal digits and a line end, 0600. It is made with the database, and never again while a
 * journal exists that another key chained. */
#ifndef BASE_KEY_H
#define BASE_KEY_H

#include "base/arena.h"
#include "base/diag.h"

enum { KEY_BYTES = 32 };
struct key {
    unsigned char bytes[KEY_BYTES];
};

/* In the arena. */
const char *key_path(struct arena *arena, const char *database);
/* False: there is none, or (told, J104) it holds no key. */
bool key_read(struct arena *arena, const char *database, struct key *key, struct diags *diags);
/* A new one, of the system's randomness. False: told (B102). */
bool key_make(struct arena *arena, const char *database, struct key *key, struct diags *diags);
/* 64 hexadecimal digits, in the arena. */
struct str key_hmac(struct arena *arena, const struct key *key, const void *bytes, size_t count);
/* The same in 16 characters that can be read aloud: the first 80 bits in base32 (RFC 4648), A to Z and 2 to 7. */
struct str key_seal(struct arena *arena, const struct key *key, struct str text);
/* 16 digits by which a key is known without being told. */
struct str key_name(struct arena *arena, const struct key *key);

#endif
