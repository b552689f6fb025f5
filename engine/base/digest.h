/* digest.h: SHA-256, by libcrypto. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"
#include "base/str.h"

/* 64 hexadecimal digits, in the arena. */
struct str digest_hex(struct arena *arena, const void *bytes, size_t count);

#endif
