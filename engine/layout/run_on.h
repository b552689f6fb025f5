/* run_on.h: a key that runs on into the value, or the text, before it. Private to layout/. */
#ifndef LAYOUT_RUN_ON_H
#define LAYOUT_RUN_ON_H

#include "layout/values.h"

/* The longest key of the mapping with which the text begins, before a blank or a colon; STR_NONE for none. Borrowed from the schema. */
struct str run_on_key(const struct mapping_schema *schema, struct str text);
/* `A4 margins 20mm`: true, and told (L180), when the value reads up to a key of the same mapping. */
bool run_on_tell_value(struct reader *reader, const struct key *key, struct node *node);
/* The line text[at, end) of a scalar is a key of the kind, from its key number `first` on: told (L151) as one that stands in the text of
 * `around`. Gives back the key's bytes; 0 where it is none. */
size_t run_on_tell_line(struct reader *reader, enum mapping_kind kind, size_t first, struct node *node, size_t at,
                        size_t end, struct str around);

#endif
