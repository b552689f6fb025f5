/* password.h: the password of a copy that travels, from a file: never from the command line, where ps and the shell's history show it. */
#ifndef BATCH_PASSWORD_H
#define BATCH_PASSWORD_H

#include "base/diag.h"
#include "data/data.h"

enum { PASSWORD_LONGEST = 127 }; /* bytes, by ISO 32000-2 */

/* The file holds the password in its one line, or is a table of readers: `school,…`, `inspector,…` (学校, 检查, 家庭, 公开) on lines of their
 * own, parted by a comma or a tab, with a heading or without, as a spreadsheet saves CSV. Blanks at a line's ends, which nobody sees, are none of it.
 * In the arena, ending in NUL. STR_NONE, told: it can't be read (O220), has no password for this reader (O221), or one that can't be (O222).
 * Told too, and given back: it is short (O224), others may read the file (O223). */
struct str password_read(struct arena *arena, const char *path, enum reader reader, struct diags *diags);

/* That of a certificate's key, which stands alone in its file. "" where `path` is NULL. STR_NONE, told: O220, O222; O223 is told besides. */
struct str password_read_one(struct arena *arena, const char *path, struct diags *diags);

#endif
