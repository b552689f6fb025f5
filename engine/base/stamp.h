/* stamp.h: how things stand, as a hash: whether files, folders and the program itself are still those of an earlier run.
 *
 * A stamp tells a file by its inode, size and times (that of its last change of state too, which nobody can set): it isn't read. Whatever
 * replaces, alters or restores it gives another stamp; so does what leaves its bytes as they were. */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H

#include "base/hash.h"

/* Adds the stamp of a file; that it isn't there is one, too. */
void stamp_file(struct hash_stream *stream, const char *path);
/* Adds those of all that lies in a folder, and in the folders in it, by name. False: some lie so deep (links may go round in a circle) that
 * what is in them was left out. */
bool stamp_folder(struct hash_stream *stream, const char *path);
/* Adds a file's bytes; of a large one, or one that can't be read, its stamp. */
void stamp_file_bytes(struct hash_stream *stream, const char *path);
/* Adds the bytes of all files in a folder by name, without those of the folders in it; a large one's stamp. */
void stamp_bytes(struct hash_stream *stream, const char *path);
/* Adds the program, and the libraries that it runs with, by the ids that the linker gave them. */
void stamp_program(struct hash_stream *stream);

#endif
