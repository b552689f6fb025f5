/* maker_write.c: a document's bytes come to lie beside their place, unless they lie in it. */
#include "batch/maker.h"

#include "base/digest.h"

enum exit_code maker_write(struct maker *maker, struct str path, struct str record, struct outcome *outcome) {
    const struct str bytes = buffer_str(&maker->bytes);
    outcome->bytes = bytes.n;
    outcome->sha256 = digest_hex(maker->arena, bytes.p, bytes.n);
    outcome->file = hash_bytes(bytes.p, bytes.n);
    outcome->same = !maker->run->job->force && output_has(maker->output, path, bytes);
    if (outcome->same) {
        output_sweep_beside(maker->output, path);
        return EXIT_MADE;
    }
    return output_fill(maker->output, path, record, bytes, &outcome->diags, &outcome->beside);
}
