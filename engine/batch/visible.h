/* visible.h: texts from data in the lists that people open: a character that can't be seen could make one name look like another. */
#ifndef BATCH_VISIBLE_H
#define BATCH_VISIBLE_H

#include "base/arena.h"
#include "base/str.h"

/* The text with characters that hide, or turn what stands beside them, named instead: ⟨U+202E⟩. A copy in the arena, or the text
 * itself when it has none. */
struct str visible_text(struct arena *arena, struct str text);

#endif
