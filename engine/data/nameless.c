/* nameless.c: a file without a name in any folder, and how SQLite opens it.
 *
 * It is opened by its descriptor, as /proc/self/fd/N. SQLite would resolve that link to a name that is gone, and
 * refuse to open a link at all (O_NOFOLLOW): our VFS leaves such a name as it is, and our "open" drops the flag for
 * it alone. Descriptors are inherited, so the name holds in forked processes too. */
#define _GNU_SOURCE /* O_TMPFILE */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/session.h"

#define DESCRIPTORS "/proc/self/fd/"

static bool is_descriptor(const char *path) {
    return strncmp(path, DESCRIPTORS, sizeof DESCRIPTORS - 1) == 0;
}

/* For file systems without nameless files (FAT, NFS): the file loses its name before anything is written. */
static int create_and_unlink(struct arena *arena, const char *folder, int *fd) {
    char *path = str_c(arena, str_printf(arena, "%s/.dossier-copy-XXXXXX", folder));
    *fd = mkostemp(path, O_CLOEXEC);
    return *fd < 0 || unlink(path) != 0 ? errno : 0;
}

int nameless_create(struct arena *arena, const char *folder, int *fd) {
    *fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd >= 0) {
        return 0;
    }
    bool unknown = errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOENT;
    return unknown ? create_and_unlink(arena, folder, fd) : errno;
}

char *nameless_path(struct arena *arena, int fd) {
    return str_c(arena, str_printf(arena, DESCRIPTORS "%d", fd));
}

static void renew(int fd, int number) {
    char path[sizeof DESCRIPTORS + 12];
    snprintf(path, sizeof path, DESCRIPTORS "%d", fd);
    const int own = open(path, O_RDONLY | O_CLOEXEC);
    if (own >= 0) {
        dup3(own, number, O_CLOEXEC);
        close(own);
    }
}

void nameless_renew(int fd) {
    struct stat file, other;
    DIR *folder = opendir(DESCRIPTORS);
    if (folder == NULL || fstat(fd, &file) != 0) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const int number = atoi(entry->d_name);
        if (number > 2 && number != fd && fstat(number, &other) == 0 && other.st_ino == file.st_ino &&
            other.st_dev == file.st_dev) {
            renew(fd, number);
        }
    }
    closedir(folder);
}

/* --- SQLite ------------------------------------------------------------------------------------------------------- */

static int (*usual_full_pathname)(sqlite3_vfs *vfs, const char *path, int room, char *out);
static int (*usual_open)(const char *path, int flags, int mode);

static int full_pathname(sqlite3_vfs *vfs, const char *path, int room, char *out) {
    if (!is_descriptor(path)) {
        return usual_full_pathname(vfs, path, room, out);
    }
    sqlite3_snprintf(room, out, "%s", path);
    return SQLITE_OK;
}

static int open_descriptor(const char *path, int flags, int mode) {
    return usual_open(path, is_descriptor(path) ? flags & ~O_NOFOLLOW : flags, mode);
}

void nameless_teach(sqlite3_vfs *vfs) {
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    if (usual_open == NULL) {
        usual_full_pathname = usual->xFullPathname;
        usual_open = (int (*)(const char *, int, int))usual->xGetSystemCall(usual, "open");
        usual->xSetSystemCall(usual, "open", (sqlite3_syscall_ptr)open_descriptor);
    }
    vfs->xFullPathname = full_pathname;
}

const char *nameless_vfs(void) {
    static sqlite3_vfs vfs;
    if (vfs.zName == NULL) {
        vfs = *sqlite3_vfs_find(NULL);
        vfs.zName = "nameless";
        vfs.pNext = NULL;
        nameless_teach(&vfs);
        sqlite3_vfs_register(&vfs, 0);
    }
    return vfs.zName;
}
