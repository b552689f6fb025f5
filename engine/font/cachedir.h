/* cachedir.h: inside font/: a folder for fontconfig's caches, where the user has none.
 *
 * Under cron and systemd a user may have no folder to write into. Fontconfig then complains on standard error, a line for each folder of
 * fonts. It is lent a folder for as long as it reads; nothing of it stays. */
#ifndef FONT_CACHEDIR_H
#define FONT_CACHEDIR_H

#include "base/arena.h"

struct cachedir {
    struct arena *arena;
    char *lent;      /* NULL: none was needed, or none could be made */
    const char *was; /* XDG_CACHE_HOME; NULL: unset */
};

/* Lends one, by XDG_CACHE_HOME, if neither that nor ~/.cache can be written. */
struct cachedir cachedir_lend(struct arena *arena);
/* Takes it away, and puts the environment back. */
void cachedir_take_back(const struct cachedir *cachedir);

#endif
