/* slips.h: inside data/: a look at an SQL text word by word, for slips.c and slips_grammar.c.
 *
 *     struct words words = words_of(text, diags);
 *     while (words_step(&words)) { words.before, words.word, words.next … }
 *
 * What is told is D238: the words of the text that are wrong, and how they are written here, in both languages. */
#ifndef DATA_SLIPS_H
#define DATA_SLIPS_H

#include "data/query.h"
#include "data/sql_words.h"

struct words {
    const struct query_text *text;
    struct diags *diags;
    struct sql_word earlier, before, word, next; /* absent ones: SQL_SIGN with an empty text */
    size_t at;                                   /* behind next */
    bool in_where;                               /* behind WHERE, in so many brackets */
    int brackets;
};

/* Before the first word of the text. Borrows both; nothing is to be released. */
struct words words_of(const struct query_text *text, struct diags *diags);
/* To the next word; false at the text's end. */
bool words_step(struct words *words);
/* The word as it is written, with its quotes; a view. */
struct str words_written(const struct words *words, const struct sql_word *word);
/* Is it text in single quotes? */
bool words_is_text(const struct words *words, const struct sql_word *word);
/* Tells what was written and what to write, at the bytes from `from` up to `to` of the SQL; gives back true. */
bool words_tell(const struct words *words, size_t from, size_t to, struct str what, struct str hint);
/* The same at the present word, as it is written. */
bool words_tell_word(const struct words *words, struct str hint);
/* Is it one of these keywords? */
bool words_is_any(const struct sql_word *word, const char *const *names, size_t count);

/* True, and told, when the text that SQLite refused at `from` breaks one of the rules that people bring from elsewhere
 * (slips_grammar.c): those that are sure, or (`last`) those that hold when no word is misspelt. */
bool slips_tell_grammar(const struct query_text *text, size_t from, bool last, struct diags *diags);
/* True, and told, when the present word is a day as SQL or the database doesn't have it: 2015-09-01, '2015/9/1'. */
bool slips_tell_day(const struct words *words);

#endif
