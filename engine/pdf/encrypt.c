/* encrypt.c: a copy that travels: the file under AES-256 (ISO 32000-2, 7.6.4, revision 6), by libqpdf, since libharu knows RC4 and no more.
 *
 * It is no archival file any more (ISO 19005-1, 6.1.3 forbids encryption), so its XMP packet doesn't claim to be one. Who has the password may
 * read, print, copy words and have them read aloud; to change it takes the owner's password, which is drawn by lot and told to nobody. */
#define _DEFAULT_SOURCE /* getentropy */
#include "pdf/internal.h"

#include <stdlib.h>
#include <unistd.h>

#include <qpdf/qpdf-c.h>

enum { OWNER_BYTES = 32 };

/* Blanks instead of the claim: the packet keeps its length. */
static void take_claim_away(qpdf_data qpdf) {
    const qpdf_oh packet = qpdf_oh_get_key(qpdf, qpdf_get_root(qpdf), "/Metadata");
    unsigned char *bytes = NULL;
    size_t count = 0;
    if (!qpdf_oh_is_stream(qpdf, packet) ||
        qpdf_oh_get_stream_data(qpdf, packet, qpdf_dl_all, NULL, &bytes, &count) != QPDF_SUCCESS) {
        return;
    }
    static const struct str claims[] = {STR_INIT(PDFA_CLAIM("A")), STR_INIT(PDFA_CLAIM("B"))};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        const size_t at = str_find((struct str){(const char *)bytes, count}, claims[i]);
        if (at < count) {
            memset(bytes + at, ' ', claims[i].n);
        }
    }
    const qpdf_oh none = qpdf_oh_new_null(qpdf);
    qpdf_oh_replace_stream_data(qpdf, packet, bytes, count, none, none);
    free(bytes);
}

/* False: the system has no randomness. */
static bool draw_owner(char owner[2 * OWNER_BYTES + 1]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[OWNER_BYTES];
    if (getentropy(bytes, sizeof bytes) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        owner[2 * i] = digits[bytes[i] >> 4];
        owner[2 * i + 1] = digits[bytes[i] & 15];
    }
    owner[2 * OWNER_BYTES] = '\0';
    return true;
}

static bool write_encrypted(qpdf_data qpdf, struct str bytes, const char *password, const char *owner) {
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(qpdf, QPDF_FALSE);
    if ((qpdf_read_memory(qpdf, "PDF", bytes.p, bytes.n, NULL) & QPDF_ERRORS) != 0) {
        return false;
    }
    take_claim_away(qpdf);
    if (qpdf_has_error(qpdf) || (qpdf_init_write_memory(qpdf) & QPDF_ERRORS) != 0) {
        return false;
    }
    qpdf_set_r6_encryption_parameters2(qpdf, password, owner, QPDF_TRUE, QPDF_TRUE, QPDF_FALSE, QPDF_FALSE, QPDF_FALSE,
                                       QPDF_FALSE, qpdf_r3p_full, QPDF_TRUE);
    return (qpdf_write(qpdf) & QPDF_ERRORS) == 0;
}

bool pdf_encrypt(struct str bytes, const char *password, struct buffer *out, struct arena *arena, struct str *why) {
    char owner[2 * OWNER_BYTES + 1];
    if (!draw_owner(owner)) {
        *why = STR("getentropy");
        return false;
    }
    qpdf_data qpdf = qpdf_init();
    const bool good = write_encrypted(qpdf, bytes, password, owner);
    buffer_clear(out);
    if (good) {
        buffer_append(out, qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
    } else {
        const qpdf_error error = qpdf_get_error(qpdf);
        *why = str_copy(arena, str_from(error == NULL ? "libqpdf" : qpdf_get_error_full_text(qpdf, error)));
    }
    qpdf_cleanup(&qpdf);
    return good;
}
