/* file.h: files and folders.
 *
 * Functions give back 0 or an errno value; the caller tells it with the path (diag_errno). Paths are C strings, in
 * the system's encoding, which is UTF-8. Output is whole or not there: a crash leaves the old file or the new one.
 *
 * What is made is its owner's alone: files 0600, folders 0700. Only a folder that is setgid and readable by its group, as the out/ of an
 * installed dossier, hands that on to what is made in it: 0640, 2750. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/str.h"

/* Reads a regular file whole: *out is in the arena, with a NUL behind the end that isn't counted. EFBIG when the
 * file is larger than limit_bytes (0: 1 GiB), EISDIR or EINVAL for all but a regular file. */
int file_read(struct arena *arena, const char *path, size_t limit_bytes, struct str *out);

/* Writes a file whole or not at all: a temporary file in the same folder (".dossier-XXXXXX") is filled,
 * synced when `durable`, and renamed over `path`. On an error nothing is left behind and an older file stays.
 * Missing folders are made; a symbolic link in place of `path` is replaced, never followed. */
int file_write(const char *path, const void *bytes, size_t count, bool durable);
/* The same, durable, for one of many files in a folder: the bytes survive a power cut, the name only once
 * folder_settle was called. One sync of the folder serves them all. */
int file_write_one_of_many(const char *path, const void *bytes, size_t count);
/* Writes a file beside its place, neither synced nor named: "folder/.dossier-MARK-XXXXXX", whose path is *beside, in the arena. For one
 * of many, which files_settle makes durable together, and rename puts in their places. */
int file_write_beside(struct arena *arena, const char *path, const char *mark, const void *bytes, size_t count,
                      char **beside);
/* Makes files that lie on one file system durable: each by itself where they are few, else all that the system still holds back
 * (syncfs): one order for the disk instead of hundreds. The same for folders, whose names survive a power cut then. */
int files_settle(const char *const *paths, size_t count);
/* Syncs a folder, so that the names in it survive a power cut. */
int folder_settle(const char *folder);
/* For a file that another library has written beside its place: made durable, renamed over path, the folder too. On an error it is
 * taken away, and an older file stays. */
int file_put_in_place(const char *written, const char *path);

/* Writes all of the bytes at the descriptor's position; goes on after signals and short writes. */
int file_put(int fd, const void *bytes, size_t count);

/* Makes a folder and its missing parents, and syncs each new one's parent. 0 when it was there before; ENOTDIR
 * when a file stands in its place. */
int folder_make(const char *path);

/* Names in a folder that end in `suffix` ("" for all), without . and .., sorted by bytes, in the arena. Each ends in
 * NUL and may be used as a C string. */
int folder_list(struct arena *arena, const char *path, struct str suffix, struct str **names, size_t *count);

/* root/relative, in the arena, when that exists and lies below `root` with all links resolved: for paths that data
 * or layouts name. NULL otherwise, with *error EACCES (absolute, "..", a NUL, a link that leads out) or the system's
 * (ENOENT …). */
char *file_inside(struct arena *arena, const char *root, struct str relative, int *error);

/* One component of a path, made of data, in the arena: '/', '\\', control and hidden characters, leading dots and
 * all that Windows forbids become '_'; blanks at the ends are dropped; invalid UTF-8 is replaced; "" becomes "_". At
 * most limit_bytes long, cut between code points: 255, less whatever the caller appends. */
struct str file_safe_name(struct arena *arena, struct str name, size_t limit_bytes);

#endif
