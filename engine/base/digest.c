/* digest.c: SHA-256, by libcrypto. */
#include "base/digest.h"

#include <openssl/sha.h>

struct str digest_hex(struct arena *arena, const void *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    char *text = arena_alloc(arena, 2 * sizeof digest);
    SHA256(bytes, count, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    return (struct str){text, 2 * sizeof digest};
}
