/* sql_words.h: the words of an SQL text with their offsets: to find the place of a name that SQLite complains about,
 * and the tables that a text names. Not a parser: it knows words, strings and comments, no grammar. */
#ifndef DATA_SQL_WORDS_H
#define DATA_SQL_WORDS_H

#include "base/str.h"

enum sql_kind {
    SQL_NAME,      /* also keywords; without the quotation marks of "name", [name], `name` */
    SQL_PARAMETER, /* :name, ?1, @name, $name */
    SQL_STRING,    /* 'text' and numbers */
    SQL_SIGN       /* one character */
};
/* A word; `text` is a view into the SQL, without quotation marks. */
struct sql_word {
    enum sql_kind kind;
    size_t from, to; /* bytes in the text */
    struct str text;
};

/* The next word at or behind *offset, which moves behind it; white space and comments are skipped. False at the end. */
bool sql_next(struct str sql, size_t *offset, struct sql_word *word);
/* Is it this name or keyword, whatever its case? Is it this sign? */
bool sql_is(const struct sql_word *word, struct str name);
/* Is it this sign? Of a word of another kind: no. */
bool sql_is_sign(const struct sql_word *word, char sign);

#endif
