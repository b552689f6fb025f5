/* diag.h: what is wrong, where, and what would be right.
 *
 * Every message has a code in one catalogue, base/diag.def, with its English and Chinese text side by side. A mistake in
 * input becomes a struct diag, is collected and carried on from; only `command` prints. Arguments are strings; {0}, {1} …
 * in the texts stand for them.
 *
 * To add a message: one line in diag.def, in the section of your module, its example in examples.def, and a case in a test. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/str.h"

enum severity {
    SEVERITY_ERROR,   /* what was asked for can't be made: a layout's mistake, an unreadable file */
    SEVERITY_WARNING, /* made, but somebody should look */
    SEVERITY_FAULT,   /* E finding about data: the document is made and marked 不完整 */
    SEVERITY_NOTE     /* W finding about data, or what was done to make it fit */
};

enum diag_code {
#define DIAG(code, severity, english, chinese, hint_english, hint_chinese) DIAG_##code,
#include "base/diag.def"
#undef DIAG
    DIAG_CODE_COUNT
};

/* Where: in a file (layout mistakes) or in a record (findings about data); what isn't known is 0 or STR_NONE. */
struct place {
    struct str file;   /* as the user named it */
    int32_t line;      /* from 1 */
    int32_t column;    /* from 1, in characters, not bytes */
    int32_t width;     /* characters to underline; 0 is taken as 1 */
    struct str record; /* key of the document: an archive number, never a name */
    struct str field;  /* block, row and cell, or the table's column */
    struct str label;  /* of a value that the form names: what it calls it */
};

struct diag {
    enum diag_code code;
    struct place place;
    struct str args[4];
    struct place also; /* a second place, e.g. where a key was first given; line 0 when there is none */
};

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* An argument that is words of ours and not what somebody typed has both languages in it: “left” and “左边”. */
#define DIAG_BOTH_SEPARATOR         '\x1F'
#define BOTH(english, chinese)      STR(english "\x1F" chinese)
#define BOTH_INIT(english, chinese) STR_INIT(english "\x1F" chinese)
struct str diag_both(struct arena *arena, struct str english, struct str chinese);
/* The one of its languages, or all of what has but one. */
struct str diag_in(struct str argument, enum language language);
/* What an errno value means, in both. */
struct str diag_errno(int error);

struct diags {
    struct arena *arena; /* of the strings; outlives the documents */
    struct diag *items;
    size_t count, capacity;
    size_t by_severity[4];
    size_t limit; /* collected at most, 0: 10,000; what is beyond is counted in by_severity only */
};

void diags_init(struct diags *diags, struct arena *arena);
/* Strings of place and args are copied. args: up to four struct str. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct place place, const struct str args[4]);
#define DIAG_ADD(diags, code, place, ...) diag_add((diags), DIAG_##code, (place), (const struct str[4]){__VA_ARGS__})
/* Adds, behind the last that was kept, how many were not (O117). */
void diags_tell_beyond(struct diags *diags);
/* error, warning, fault, note; 错误、警告、缺陷、提示: the same on the terminal, in the manifest, in findings.csv. */
struct str diag_severity_name(enum severity severity, enum language language);
bool diags_any(const struct diags *diags, enum severity severity);

enum severity diag_severity(enum diag_code code);
const char *diag_name(enum diag_code code);                 /* "L211" */
bool diag_from_name(struct str name, enum diag_code *code); /* any case */
/* The sentence with its arguments filled in, in the arena. hint may be empty. No full stop. */
struct str diag_text(struct arena *arena, const struct diag *diag, enum language language);
struct str diag_hint(struct arena *arena, const struct diag *diag, enum language language);
/* What gives a message and what is right instead, as somebody writes or types it (examples.def); may be several lines. */
struct diag_example {
    const char *wrong, *right;
};
struct diag_example diag_example(enum diag_code code);
/* "layouts/card.yaml:31:24: error L211: unknown …", the line of the file with a caret below it (when source, the file's
 * bytes, is given), the hint, the second place; ends in a newline. A fault names record and field instead. */
struct str diag_format(struct arena *arena, const struct diag *diag, enum language language, struct str source);

#define PLACE_NONE ((struct place){0})

#endif
