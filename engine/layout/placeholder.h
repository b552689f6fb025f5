/* placeholder.h: what the readers of a placeholder share. Private to placeholder.c and placeholder_filters.c. */
#ifndef LAYOUT_PLACEHOLDER_H
#define LAYOUT_PLACEHOLDER_H

#include "layout/builder.h"

/* A placeholder while it is read. */
struct braces {
    struct builder *builder;
    struct node *node;
    size_t at;      /* offset of what is read now, for its place */
    struct str all; /* between the braces */
    size_t all_at;
};

/* Where a part of it stands; all of it for STR_NONE. */
struct place braces_place(const struct braces *r, struct str part);
/* True, and told, when a sign that looks like one of the language stands in it. */
bool braces_tell_sign(const struct braces *r);
/* Tells that it is no placeholder, as what it looks like; `part` (STR_NONE: all of it) is underlined. Gives back false. */
bool braces_tell_none(const struct braces *r, struct str part);
/* All that stands behind the first |, where there is `any`; false, and told, when a filter isn't one. */
bool braces_read_filters(const struct braces *r, struct str text, bool any, struct filter_call **calls, size_t *count);

#endif
