/* settle.c: many files made durable with few orders to the disk.
 *
 * fsync waits for the disk once for each file; syncfs once for all. It also writes what other programs have written on that file system, so that
 * a few files are better off alone. An error of writing that came before is told by either (Linux 5.8). */
#define _GNU_SOURCE /* syncfs */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"

enum { FEW = 8 };

static int settle(const char *path, int (*sync)(int fd)) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const int error = fd < 0 || sync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

int files_settle(const char *const *paths, size_t count) {
    if (count > FEW) {
        return settle(paths[0], syncfs);
    }
    int error = 0;
    for (size_t i = 0; i < count && error == 0; i++) {
        error = settle(paths[i], fsync);
    }
    return error;
}
