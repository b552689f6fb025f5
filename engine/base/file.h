/* file.h: files and folders. Errors are errno values (0: done), told by the caller as a diagnostic with the path. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/str.h"

/* Reads a regular file whole into the arena (NUL behind the end, not counted). EFBIG beyond limit_bytes (0: 1 GiB). */
int file_read(struct arena *arena, const char *path, size_t limit_bytes, struct str *out);

/* Whole or not at all: written beside its place (same folder, name begins with ".dossier-"), 0600, made durable when
 * `durable`, renamed over path. On an error nothing is left behind and an older file stays. Missing folders are made, 0700;
 * a symbolic link in place of path is replaced, never followed. */
int file_write(const char *path, const void *bytes, size_t count, bool durable);
/* The same, durable, for one of many files in a folder: its bytes are sure to last, its name only behind folder_settle. */
int file_write_one_of_many(const char *path, const void *bytes, size_t count);
int folder_settle(const char *folder);

/* Writes all of the bytes where the descriptor stands. */
int file_put(int fd, const void *bytes, size_t count);

/* With its parents, 0700; those that are new are on the disk then, so that the power takes none away again. 0 when it is there. */
int folder_make(const char *path);

/* Names in a folder that end in `suffix`, sorted by bytes, without . and .. */
int folder_list(struct arena *arena, const char *path, struct str suffix, struct str **names, size_t *count);

/* A path below `root` that never leads out of it: refuses absolute paths, "..", and links that leave it. Gives back the
 * joined path, or NULL with *error EACCES (leads out), ENOENT … */
char *file_inside(struct arena *arena, const char *root, struct str relative, int *error);

/* One component of a path made from data: '/', '\\', control characters, leading dots and what Windows forbids become '_',
 * white space at the ends is dropped, invalid UTF-8 is replaced, "" becomes "_", and at most limit_bytes remain (cut between
 * code points; 255 less what the caller adds). */
struct str file_safe_name(struct arena *arena, struct str name, size_t limit_bytes);

#endif
