/* stamp.c: a database's state by its bytes. Copies of it that are equal have one stamp, wherever they lie. */
#include "batch/stamp.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

/* False: it isn't there. Of an empty file nothing is added. */
static bool add_file(struct hash_stream *stream, const char *path) {
    struct stat status;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const bool there = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (there && status.st_size > 0) {
        const size_t size = (size_t)status.st_size;
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            hash_add(stream, bytes, size);
            munmap(bytes, size);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    return there;
}

struct str database_stamp(struct arena *arena, const char *database) {
    struct hash_stream *stream = hash_begin();
    const bool there = add_file(stream, database);
    add_file(stream, str_c(arena, str_printf(arena, "%s-wal", database)));
    const struct hash hash = hash_end(stream);
    return there ? hash_hex(arena, hash) : STR_NONE;
}
