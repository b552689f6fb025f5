/* file.c: reading whole files, writing them whole or not at all, listing folders.
 *
 * Writing: a temporary file in the same folder, filled, synced, renamed. A crash leaves the old file or the new one, at
 * worst beside a ".dossier-XXXXXX" that the next run may remove. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHARED_FILE = 0640, SHARED_FOLDER = 02750 };

static int read_all(int fd, char *bytes, size_t size, size_t *count) {
    while (*count < size) {
        const ssize_t got = read(fd, bytes + *count, size - *count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return errno;
        }
        if (got == 0) {
            break;
        }
        *count += (size_t)got;
    }
    return 0;
}

static int regular_size(int fd, size_t limit_bytes, size_t *size) {
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return errno;
    }
    if (S_ISDIR(status.st_mode)) {
        return EISDIR;
    }
    if (!S_ISREG(status.st_mode)) {
        return EINVAL;
    }
    if ((uintmax_t)status.st_size > limit_bytes) {
        return EFBIG;
    }
    *size = (size_t)status.st_size;
    return 0;
}

int file_read(struct arena *arena, const char *path, size_t limit_bytes, struct str *out) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us up */
    if (fd < 0) {
        return errno;
    }
    size_t size = 0, count = 0;
    int error = regular_size(fd, limit_bytes > 0 ? limit_bytes : (size_t)1 << 30, &size);
    if (error == 0) {
        char *bytes = arena_alloc(arena, size + 1);
        error = read_all(fd, bytes, size, &count);
        *out = (struct str){bytes, count};
    }
    close(fd);
    return error;
}

int file_put(int fd, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        const ssize_t put = write(fd, rest, count);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return errno;
        }
        rest += put;
        count -= (size_t)put;
    }
    return 0;
}

/* Length of the folder in a path: "a/b" gives 1, "/b" 1, "b" 0. */
static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return 0;
    }
    return slash == path ? 1 : (size_t)(slash - path);
}

/* Does the folder that it is in hand itself on to its group: setgid, and readable by it? */
static bool is_shared(const char *path) {
    const size_t length = folder_length(path);
    char *folder = length > 0 ? strndup(path, length) : strdup(".");
    struct stat status;
    const bool shared = folder != NULL && stat(folder, &status) == 0 && (status.st_mode & S_ISGID) != 0 &&
                        (status.st_mode & S_IRGRP) != 0;
    free(folder);
    return shared;
}

/* "folder/.dossier-XXXXXX" for mkstemp, with the mark before the X; the caller frees it. NULL: out of memory. */
static char *temporary_template(const char *path, const char *mark) {
    static const char begin[] = ".dossier-", end[] = "XXXXXX";
    size_t length = folder_length(path);
    char *template = malloc(length + 1 + sizeof begin + strlen(mark) + sizeof end);
    if (template == NULL) {
        return NULL;
    }
    memcpy(template, path, length);
    if (length > 0 && template[length - 1] != '/') {
        template[length++] = '/';
    }
    strcpy(template + length, begin);
    strcat(template + length, mark);
    strcat(template + length, end);
    return template;
}

int folder_settle(const char *folder) {
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int error = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

/* The folder that the file is in. */
static int sync_folder(const char *path) {
    const size_t length = folder_length(path);
    char *folder = length > 0 ? strndup(path, length) : strdup(".");
    if (folder == NULL) {
        return ENOMEM;
    }
    const int error = folder_settle(folder);
    free(folder);
    return error;
}

int file_put_in_place(const char *written, const char *path) {
    const int fd = open(written, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    int error = fd < 0 || (is_shared(path) && fchmod(fd, SHARED_FILE) != 0) || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    error = error == 0 && rename(written, path) != 0 ? errno : error;
    if (error != 0) {
        unlink(written);
        return error;
    }
    return sync_folder(path);
}

static int make_parents(const char *path) {
    const size_t length = folder_length(path);
    char *folder = length > 0 ? strndup(path, length) : strdup(".");
    if (folder == NULL) {
        return ENOMEM;
    }
    const int error = folder_make(folder);
    free(folder);
    return error;
}

/* Opens the temporary file, making missing folders on the way. */
static int open_temporary(const char *path, const char *mark, char **temporary, int *fd) {
    for (int attempt = 0;; attempt++) {
        *temporary = temporary_template(path, mark);
        if (!*temporary) {
            return ENOMEM;
        }
        *fd = mkstemp(*temporary);
        if (*fd >= 0) {
            return 0;
        }
        int error = errno;
        free(*temporary);
        if (error != ENOENT || attempt > 0) {
            return error;
        }
        error = make_parents(path);
        if (error != 0) {
            return error;
        }
    }
}

/* Fills and renames, without syncing the folder. */
static int replace_file(const char *path, const void *bytes, size_t count, bool synced) {
    char *temporary;
    int fd;
    int error = open_temporary(path, "", &temporary, &fd);
    if (error != 0) {
        return error;
    }
    error = is_shared(path) && fchmod(fd, SHARED_FILE) != 0 ? errno : file_put(fd, bytes, count);
    if (error == 0 && synced && fsync(fd) != 0) {
        error = errno;
    }
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && rename(temporary, path) != 0) {
        error = errno;
    }
    if (error != 0) {
        unlink(temporary);
    }
    free(temporary);
    return error;
}

int file_write_beside(struct arena *arena, const char *path, const char *mark, const void *bytes, size_t count,
                      char **beside) {
    char *temporary;
    int fd;
    int error = open_temporary(path, str_c(arena, str_join(arena, str_from(mark), STR("-"))), &temporary, &fd);
    if (error != 0) {
        return error;
    }
    error = is_shared(path) && fchmod(fd, SHARED_FILE) != 0 ? errno : file_put(fd, bytes, count);
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error != 0) {
        unlink(temporary);
    }
    *beside = str_c(arena, str_from(temporary));
    free(temporary);
    return error;
}

int file_write(const char *path, const void *bytes, size_t count, bool durable) {
    const int error = replace_file(path, bytes, count, durable);
    return error == 0 && durable ? sync_folder(path) : error;
}

int file_write_one_of_many(const char *path, const void *bytes, size_t count) {
    return replace_file(path, bytes, count, true);
}

/* Makes one folder and syncs its parent, where that may be read. */
static int make_one(const char *path) {
    if (mkdir(path, 0700) == 0) {
        if (is_shared(path) && chmod(path, SHARED_FOLDER) != 0) {
            return errno;
        }
        const int error = sync_folder(path);
        return error == EACCES ? 0 : error;
    }
    struct stat status;
    const int error = errno;
    if (error == EEXIST) {
        return stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    return error;
}

int folder_make(const char *path) {
    char *copy = strdup(path);
    if (copy == NULL) {
        return ENOMEM;
    }
    int error = 0;
    for (char *slash = copy + 1; copy[0] != '\0' && error == 0; slash++) {
        slash = strchr(slash, '/');
        if (slash == NULL) {
            break;
        }
        *slash = '\0';
        error = make_one(copy);
        *slash = '/';
    }
    if (error == 0) {
        error = make_one(copy);
    }
    free(copy);
    return error;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

int folder_list(struct arena *arena, const char *path, struct str suffix, struct str **names, size_t *count) {
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return errno;
    }
    struct str *items = NULL;
    size_t item_count = 0, capacity = 0;
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(folder)) != NULL) {
        const struct str name = str_from(entry->d_name);
        if (str_is(name, ".") || str_is(name, "..") || !str_ends(name, suffix)) {
            continue;
        }
        ARENA_GROW(arena, items, item_count, capacity);
        items[item_count++] = str_from(str_c(arena, name)); /* ends in NUL: a path is made of it */
    }
    const int error = errno;
    closedir(folder);
    if (error != 0) {
        return error;
    }
    if (item_count > 1) {
        qsort(items, item_count, sizeof *items, compare_names);
    }
    *names = items;
    *count = item_count;
    return 0;
}
