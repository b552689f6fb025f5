/* diag.h: messages: the mistake, its place, the remedy.
 *
 * Every message has a code in one catalogue, base/diag.def, with its English and Chinese text side by side. A
 * mistake in input becomes a struct diag, is collected in a struct diags and carried on from; only `command` prints.
 * Arguments are strings and stand in the texts as {0} to {3}.
 *
 *     DIAG_ADD(diags, L211, node_place(node, 0, 5), key, nearest_name);
 *
 * Three kinds of mistakes, three ways: mistakes of input are diags; failures of the system are errno values, which
 * the caller turns into a diag with diag_errno and the path; bugs are asserts.
 *
 * To add a message: one line in diag.def, in the section of your module; its example in examples.def; a case in a
 * test. tests/structure/check-messages fails when one of them is missing. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/str.h"

enum severity {
    SEVERITY_ERROR,   /* nothing is made of it: a layout's mistake, an unreadable file */
    SEVERITY_WARNING, /* made, but somebody should look */
    SEVERITY_FAULT,   /* E finding about data: the document is made and marked 不完整 */
    SEVERITY_NOTE     /* W finding about data, or a change made so that it fits */
};

/* DIAG_B101, DIAG_L211 …: one for each line of the catalogue. */
enum diag_code {
#define DIAG(code, severity, english, chinese, hint_english, hint_chinese) DIAG_##code,
#include "base/diag.def"
#undef DIAG
    DIAG_CODE_COUNT
};

/* The place of a mistake: in a file (mistakes in layouts) or in a record (findings about data). Unknown members are
 * 0 or STR_NONE; PLACE_NONE has none. */
struct place {
    struct str file;   /* as the user named it */
    int32_t line;      /* from 1 */
    int32_t column;    /* from 1, in characters, not bytes */
    int32_t width;     /* characters to underline; 0 is taken as 1 */
    struct str record; /* key of the document: an archive number, never a name */
    struct str field;  /* block, row and cell, or the table's column */
    struct str label;  /* of a value that the form names: its name there */
};

/* One message. Its strings belong to the arena of the diags that hold it. */
struct diag {
    enum diag_code code;
    struct place place;
    struct str args[4]; /* for {0} to {3}; may hold both languages (DIAG_BOTH_SEPARATOR) */
    struct place also;  /* a second place, e.g. where a key was first given; line 0 when there is none */
};

/* The language of texts, of the terminal and the manifest; indexes every pair of texts. */
enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* An argument may hold words of both languages, “left” and “左边”: BOTH for literals, diag_both for others. Text
 * that somebody typed is given as it is and reads the same in both. */
#define DIAG_BOTH_SEPARATOR         '\x1F'
#define BOTH(english, chinese)      STR(english "\x1F" chinese)
#define BOTH_INIT(english, chinese) STR_INIT(english "\x1F" chinese)
/* In the arena; neither may hold the separator. */
struct str diag_both(struct arena *arena, struct str english, struct str chinese);
/* The argument's words in this language; all of it when it has but one. A view. */
struct str diag_in(struct str argument, enum language language);
/* The meaning of an errno value in both languages; strerror's words alone for rare values. Lives for ever, or until
 * the next call for a rare one: it is copied by diag_add. */
struct str diag_errno(int error);

/* Messages collected, in the order in which they were told. `by_severity` counts them all, those beyond the limit
 * too. */
struct diags {
    struct arena *arena; /* of the strings; outlives the documents */
    struct diag *items;  /* `count` of them */
    size_t count, capacity;
    size_t by_severity[4];
    size_t limit; /* collected at most, 0: 10,000; further ones only count in by_severity */
};

/* An empty collection. The arena outlives the documents; nothing is to be released. */
void diags_init(struct diags *diags, struct arena *arena);
/* Adds a message; strings of `place` and `args` are copied. Gives back the message, never NULL, for the caller to
 * set `also`; it is valid until the next one is added. Beyond the limit it is counted, and the result is a dummy. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct place place, const struct str args[4]);
#define DIAG_ADD(diags, code, place, ...) diag_add((diags), DIAG_##code, (place), (const struct str[4]){__VA_ARGS__})
/* Adds one last message (O117) with the count of those beyond the limit, when there are any. Called once, at the
 * end. */
void diags_tell_beyond(struct diags *diags);
/* error, warning, fault, note; 错误、警告、缺陷、提示: the same on the terminal, in the manifest, in findings.csv. */
struct str diag_severity_name(enum severity severity, enum language language);
/* Was a message of just this severity added? */
bool diags_any(const struct diags *diags, enum severity severity);

/* From the catalogue: severity of a code, its name ("L211"), and the code of a name in upper or lower case (false:
 * none). */
enum severity diag_severity(enum diag_code code);
/* The code as people see it: "L211". */
const char *diag_name(enum diag_code code);
/* The code of a name in upper or lower case; false when there is none. */
bool diag_from_name(struct str name, enum diag_code *code);
/* The sentence with its arguments filled in, without a full stop, in the arena. Control characters of arguments
 * become blanks: they would break the line or the terminal. */
struct str diag_text(struct arena *arena, const struct diag *diag, enum language language);
/* The remedy, in the same way; "" when the catalogue has none. */
struct str diag_hint(struct arena *arena, const struct diag *diag, enum language language);
/* Input that gives a message, and the correct one, as somebody writes it in a layout or types it (examples.def); may
 * be several lines. NULL for messages that no input brings about. */
struct diag_example {
    const char *wrong, *right;
};
/* Constants. */
struct diag_example diag_example(enum diag_code code);
/* The whole message as the terminal shows it, ending in a newline, in the arena:
 *
 *     layouts/card.yaml:31:24: error L211: unknown …
 *         the file's line                      when `source`, the bytes of the file, is given
 *         ^~~~
 *       hint: …
 *       see layouts/card.yaml:12:3
 *
 * A finding names record and field instead of a file. */
struct str diag_format(struct arena *arena, const struct diag *diag, enum language language, struct str source);

#define PLACE_NONE ((struct place){0})

#endif
