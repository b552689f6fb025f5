/* floor.c: what printing can't cost less than: the same bytes through the same file calls.
 *
 * Usage: floor FROM TO; reads every PDF below FROM into memory, writes each into TO as the engine does, and prints
 * "files bytes cpu_ms" for the writing alone. */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/file.h"

static struct arena *arena;
static struct str *files;
static size_t count, capacity;

static int add(const char *path, const struct stat *status, int kind, struct FTW *where) {
    struct str bytes;
    (void)status, (void)where;
    if (kind != FTW_F || !str_ends(str_from(path), STR(".pdf")) || file_read(arena, path, 0, &bytes) != 0) {
        return 0;
    }
    ARENA_GROW(arena, files, count, capacity);
    files[count++] = bytes;
    return 0;
}

static double cpu_ms(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

int main(int argc, char **argv) {
    enum { OPEN_FOLDERS = 16 };
    if (argc != 3) {
        return 64;
    }
    arena = arena_create();
    if (nftw(argv[1], add, OPEN_FOLDERS, FTW_PHYS) != 0) {
        return 66;
    }
    size_t bytes = 0;
    const double begin_ms = cpu_ms();
    for (size_t i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%zu.pdf", argv[2], i);
        if (file_write_one_of_many(path, files[i].p, files[i].n) != 0) {
            return 74;
        }
        bytes += files[i].n;
    }
    printf("%zu %zu %.1f\n", count, bytes, cpu_ms() - begin_ms);
    arena_destroy(arena);
    return 0;
}
