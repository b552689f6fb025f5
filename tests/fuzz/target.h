/* target.h: what fuzz targets share: a folder of the process's own, and the input as a file in it.
 *
 * A target is a file NAME.c here with one LLVMFuzzerTestOneInput. It gives the input to one part of the engine and asserts what
 * holds whatever the bytes are. To add one: the file, its seeds in seeds.sh, its name in run. */
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/* Below $TMPDIR, which run empties. */
static inline const char *target_folder(void) {
    static char folder[256];
    if (folder[0] == '\0') {
        const char *above = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/fuzz-XXXXXX", above != NULL ? above : "/tmp");
        if (mkdtemp(folder) == NULL) {
            abort();
        }
    }
    return folder;
}

/* Its path, which lives until the next call. */
static inline const char *target_file(const char *name, const void *bytes, size_t count) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", target_folder(), name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, count, file) != count || fclose(file) != 0) {
        abort();
    }
    return path;
}

static inline struct str target_str(const uint8_t *bytes, size_t count) {
    return (struct str){(const char *)bytes, count};
}

#endif
