/* otherwise.h: what other languages have a key or a filter for, and how the same is done here. Private to layout/.
 *
 * Both give back a hint in both languages, as diag_both has it: a constant. STR_NONE where nothing is known of the name. */
#ifndef LAYOUT_OTHERWISE_H
#define LAYOUT_OTHERWISE_H

#include "layout/schema.h"

/* Of a key that the kind of mapping hasn't: `where` of a table, `copies` of a document. */
struct str otherwise_key(enum mapping_kind kind, struct str name);
/* Of a filter; what stands in brackets behind its name isn't looked at. */
struct str otherwise_filter(struct str name);

#endif
