/* signature.c: PKCS#12 in, CMS out and in again. */
#include "base/signature.h"

#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <time.h>

#include "base/diag.h"
#include "base/digest.h"

struct signer {
    EVP_PKEY *key;
    X509 *certificate;
    STACK_OF(X509) * others;
    OSSL_PROVIDER *plain, *legacy;
};

/* libcrypto's last words, which are English; forgets them all. */
static struct str complaint(struct arena *arena) {
    char text[256];
    const unsigned long error = ERR_peek_last_error();
    ERR_error_string_n(error, text, sizeof text);
    const char *reason = ERR_reason_error_string(error);
    ERR_clear_error();
    return str_copy(arena, str_from(reason != NULL ? reason : text));
}

static BIO *bio_over(struct str bytes) {
    return bytes.n > INT_MAX ? NULL : BIO_new_mem_buf(bytes.p, (int)bytes.n);
}

static struct str day_of(struct arena *arena, const ASN1_TIME *time) {
    struct tm tm;
    return ASN1_TIME_to_tm(time, &tm) == 1
               ? str_printf(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)
               : STR("");
}

static struct str name_of(struct arena *arena, X509 *certificate) {
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = NULL;
    if (at >= 0) {
        const int count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
        if (count >= 0) {
            const struct str name = str_copy(arena, (struct str){(char *)text, (size_t)count});
            OPENSSL_free(text);
            return name;
        }
    }
    char *line = X509_NAME_oneline(subject, NULL, 0);
    const struct str name = str_copy(arena, str_from(line == NULL ? "" : line));
    OPENSSL_free(line);
    return name;
}

static struct signatory who_is(struct arena *arena, X509 *certificate) {
    unsigned char *der = NULL;
    const int count = i2d_X509(certificate, &der);
    const struct signatory who = {
        .name = name_of(arena, certificate),
        .fingerprint = digest_hex(arena, der, count < 0 ? 0 : (size_t)count),
        .from = day_of(arena, X509_get0_notBefore(certificate)),
        .until = day_of(arena, X509_get0_notAfter(certificate)),
    };
    OPENSSL_free(der);
    return who;
}

/* --- out ---------------------------------------------------------------------------------------------------------- */

static bool parse(struct signer *signer, struct str pkcs12, const char *password, struct arena *arena,
                  struct str *why) {
    const unsigned char *at = (const unsigned char *)pkcs12.p;
    PKCS12 *file = pkcs12.n > INT_MAX ? NULL : d2i_PKCS12(NULL, &at, (long)pkcs12.n);
    if (file == NULL) {
        ERR_clear_error();
        *why = BOTH("it is no PKCS#12 file (.p12, .pfx)", "它不是 PKCS#12 文件（.p12、.pfx）");
        return false;
    }
    const bool opens =
        PKCS12_verify_mac(file, password, -1) == 1 || (*password == '\0' && PKCS12_verify_mac(file, NULL, 0) == 1);
    const bool good = opens && PKCS12_parse(file, password, &signer->key, &signer->certificate, &signer->others) == 1;
    PKCS12_free(file);
    if (!opens) {
        ERR_clear_error();
        *why = BOTH("its password is another one (--sign-password FILE)", "密码不对（--sign-password 文件）");
    } else if (!good) {
        *why = complaint(arena);
    } else if (signer->key == NULL || signer->certificate == NULL) {
        *why = BOTH("it lacks the certificate or its private key", "其中没有证书或私钥");
    }
    return good && signer->key != NULL && signer->certificate != NULL;
}

struct signer *signer_open(struct arena *arena, struct str pkcs12, const char *password, struct str *why) {
    struct signer *signer = ARENA_NEW(arena, struct signer);
    *signer = (struct signer){0};
    /* RC2 and 3DES, which older programs protect a .pfx by, are in the legacy provider; to name one takes naming the other. */
    signer->legacy = OSSL_PROVIDER_load(NULL, "legacy");
    signer->plain = OSSL_PROVIDER_load(NULL, "default");
    ERR_clear_error();
    if (!parse(signer, pkcs12, password, arena, why)) {
        signer_close(signer);
        return NULL;
    }
    return signer;
}

void signer_close(struct signer *signer) {
    EVP_PKEY_free(signer->key);
    X509_free(signer->certificate);
    sk_X509_pop_free(signer->others, X509_free);
    OSSL_PROVIDER_unload(signer->legacy);
    OSSL_PROVIDER_unload(signer->plain);
}

struct signatory signer_who(const struct signer *signer, struct arena *arena) {
    return who_is(arena, signer->certificate);
}

static CMS_ContentInfo *sign(const struct signer *signer, BIO *content) {
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOATTR | CMS_PARTIAL;
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, signer->others, content, flags);
    if (cms == NULL || CMS_add1_signer(cms, signer->certificate, signer->key, EVP_sha256(), flags) == NULL ||
        CMS_final(cms, content, NULL, flags & ~(unsigned)CMS_PARTIAL) != 1) {
        CMS_ContentInfo_free(cms);
        return NULL;
    }
    return cms;
}

bool signer_sign(const struct signer *signer, struct str bytes, struct buffer *out, struct arena *arena,
                 struct str *why) {
    BIO *content = bio_over(bytes);
    CMS_ContentInfo *cms = content == NULL ? NULL : sign(signer, content);
    unsigned char *der = NULL;
    const int count = cms == NULL ? -1 : i2d_CMS_ContentInfo(cms, &der);
    buffer_clear(out);
    if (count > 0) {
        buffer_append(out, der, (size_t)count);
    } else {
        *why = complaint(arena);
    }
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    BIO_free(content);
    return count > 0;
}

/* --- in ----------------------------------------------------------------------------------------------------------- */

static bool check(struct arena *arena, CMS_ContentInfo *cms, BIO *content, struct signatory *who, struct str *why) {
    const unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
    if (CMS_verify(cms, NULL, NULL, content, NULL, flags) != 1) {
        *why = complaint(arena);
        return false;
    }
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    const bool one = sk_X509_num(signers) == 1;
    if (one) {
        *who = who_is(arena, sk_X509_value(signers, 0));
    } else {
        *why = BOTH("it isn't the signature of one", "不是单独一人的签名");
    }
    sk_X509_free(signers);
    return one;
}

bool signature_check(struct arena *arena, struct str signature, struct str bytes, struct signatory *who,
                     struct str *why) {
    const unsigned char *at = (const unsigned char *)signature.p;
    CMS_ContentInfo *cms = signature.n > INT_MAX ? NULL : d2i_CMS_ContentInfo(NULL, &at, (long)signature.n);
    BIO *content = bio_over(bytes);
    bool good = false;
    if (cms == NULL || content == NULL) {
        ERR_clear_error();
        *why = BOTH("it is no CMS signature", "它不是 CMS 签名");
    } else {
        good = check(arena, cms, content, who, why);
    }
    CMS_ContentInfo_free(cms);
    BIO_free(content);
    return good;
}
