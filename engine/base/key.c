/* key.c: the key file, and what is signed with it. */
#include "base/key.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/file.h"

static struct str hex(struct arena *arena, const unsigned char *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * count);
    for (size_t i = 0; i < count; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return (struct str){text, 2 * count};
}

static int digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unhex(struct str text, struct key *key) {
    if (text.n != 2 * KEY_BYTES) {
        return false;
    }
    for (size_t i = 0; i < KEY_BYTES; i++) {
        const int high = digit(text.p[2 * i]), low = digit(text.p[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        key->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

const char *key_path(struct arena *arena, const char *database) {
    return str_c(arena, str_printf(arena, "%s.key", database));
}

bool key_read(struct arena *arena, const char *database, struct key *key, struct diags *diags) {
    const char *path = key_path(arena, database);
    struct str text = STR_NONE;
    const int error = file_read(arena, path, 4096, &text);
    if (error == ENOENT) {
        return false;
    }
    if (error != 0 || !unhex(str_trim(text), key)) {
        DIAG_ADD(diags, J104, PLACE_NONE, str_from(path),
                 error != 0 ? diag_errno(error) : BOTH("64 hexadecimal digits are expected", "应为 64 位十六进制数"));
        return false;
    }
    return true;
}

bool key_make(struct arena *arena, const char *database, struct key *key, struct diags *diags) {
    const char *path = key_path(arena, database);
    int error = RAND_bytes(key->bytes, KEY_BYTES) == 1 ? 0 : EIO;
    if (error == 0) {
        const struct str text = str_join(arena, hex(arena, key->bytes, KEY_BYTES), STR("\n"));
        error = file_write(path, text.p, text.n, true);
    }
    if (error != 0) {
        DIAG_ADD(diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}

struct digest {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int count;
};

static struct digest sign(const struct key *key, const void *bytes, size_t count) {
    struct digest digest;
    HMAC(EVP_sha256(), key->bytes, KEY_BYTES, bytes, count, digest.bytes, &digest.count);
    return digest;
}

struct str key_hmac(struct arena *arena, const struct key *key, const void *bytes, size_t count) {
    const struct digest digest = sign(key, bytes, count);
    return hex(arena, digest.bytes, digest.count);
}

struct str key_seal(struct arena *arena, const struct key *key, struct str text) {
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    enum { SIGNS = 16, BITS = 5 };
    const struct digest digest = sign(key, text.p, text.n);
    char *seal = arena_alloc(arena, SIGNS);
    for (size_t i = 0; i < SIGNS; i++) {
        const size_t at = i * BITS / 8, shift = 16 - BITS - i * BITS % 8;
        const unsigned pair = (unsigned)digest.bytes[at] << 8 | digest.bytes[at + 1];
        seal[i] = signs[pair >> shift & 31];
    }
    return (struct str){seal, SIGNS};
}

struct str key_name(struct arena *arena, const struct key *key) {
    return str_slice(key_hmac(arena, key, "dossier key", 11), 0, 16);
}
