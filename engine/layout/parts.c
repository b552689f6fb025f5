/* parts.c: where the lines of a text, the cells of a row and the lines of a cell end.
 *
 * A line ends at its end, unless a backslash joins the next; | and // part only outside braces and without a backslash. */
#include "layout/builder.h"

size_t template_behind_join(struct str text, size_t at, size_t end) {
    size_t i = at + 1;
    while (i < text.n && text.p[i] == ' ') {
        i++;
    }
    if (i < text.n && text.p[i] != '\n') {
        return at;
    }
    for (i = i < end ? i + 1 : i; i < end && text.p[i] == ' ';) {
        i++;
    }
    return i;
}

size_t template_behind_brace(struct str text, size_t at, size_t end) {
    for (size_t i = at + 1; i < end && text.p[i] != '\n' && text.p[i] != '{'; i++) {
        if (text.p[i] == '}') {
            return i + 1;
        }
    }
    return 0;
}

static bool part_ends(struct str text, size_t at, size_t to, enum part part) {
    if (text.p[at] == '\n') {
        return true;
    }
    if (part == PART_CELL) {
        return text.p[at] == '|';
    }
    /* The // of https:// is none. */
    return part == PART_LINE && text.p[at] == '/' && at + 1 < to && text.p[at + 1] == '/' &&
           (at == 0 || text.p[at - 1] != ':');
}

size_t template_part_end(struct str text, size_t at, size_t to, enum part part) {
    while (at < to && !part_ends(text, at, to, part)) {
        size_t next = at + 1;
        if (text.p[at] == '\\') {
            next = template_behind_join(text, at, to);
            next = next > at ? next : at + 2;
        } else if (text.p[at] == '{') {
            const size_t behind = template_behind_brace(text, at, to);
            next = behind > 0 ? behind : next;
        }
        at = next;
    }
    return at < to ? at : to;
}
