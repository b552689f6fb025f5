/* signature.h: detached CMS signatures (RFC 5652), by libcrypto: `openssl cms -verify -binary -inform DER -content FILE` reads them too.
 *
 * They bear no time of day: the same key over the same bytes gives the same signature, but for keys of elliptic curves. */
#ifndef BASE_SIGNATURE_H
#define BASE_SIGNATURE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"

/* Whose certificate it is. Texts in the arena. */
struct signatory {
    struct str name;        /* CN, else the whole subject */
    struct str fingerprint; /* SHA-256 of the certificate, hexadecimal */
    struct str from, until; /* days within which it is valid: 2026-11-25 */
};

struct signer;
/* From a PKCS#12 file's bytes (.p12, .pfx), with the certificates in it; also from one as old as Windows 7 writes. `password` "" for none. NULL: *why
 * says why, in both languages. signer_close. */
struct signer *signer_open(struct arena *arena, struct str pkcs12, const char *password, struct str *why);
/* Frees key and certificates; the struct is the arena's. NULL isn't allowed. */
void signer_close(struct signer *signer);
/* The holder of the certificate that it signs with; texts in this arena. */
struct signatory signer_who(const struct signer *signer, struct arena *arena);
/* Replaces the content of `out` by the signature of these bytes, as DER. False: *why says why. */
bool signer_sign(const struct signer *signer, struct str bytes, struct buffer *out, struct arena *arena,
                 struct str *why);

/* Is it one signature, of these bytes, by the certificate in it? *who is its holder. Whether he is whom one trusts is for the reader: no chain is
 * followed. False: *why says why. */
bool signature_check(struct arena *arena, struct str signature, struct str bytes, struct signatory *who,
                     struct str *why);

#endif
