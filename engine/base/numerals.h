/* numerals.h: characters that people write numbers with, and the gaps they put between them. One table for all that
 * looks for personal numbers: in free text (data/numbers*.c) and on finished pages (page/scan.c, page/known.c).
 *
 * Digits are those of every script by Unicode's digit value (full width, Arabic, mathematical), digit signs (① ² ⑴
 * ₃) and the Han digits (〇零一 … 九, 壹 … 玖, 幺, 〡 … 〩, ㈠ ㊀). 十 and 百 are none: 二十三 is a count. */
#ifndef BASE_NUMERALS_H
#define BASE_NUMERALS_H

#include "base/str.h"

/* The digit's value, 0 to 9; -1 for any other character. */
int numeral_value(uint32_t code_point);
/* X and x, half or full width: the last character of some ID numbers (GB 11643). */
bool numeral_is_x(uint32_t code_point);

/* The kind of a digit: plain in any script, a sign (①), or Han. A change of kind may begin a new number:
 * ②15412345678. */
enum numeral_kind { NUMERAL_PLAIN, NUMERAL_SIGN, NUMERAL_HAN };
/* Of a character that has a numeral_value; of others it means nothing. */
enum numeral_kind numeral_kind(uint32_t digit);

/* The gaps between two digits. GAP_INVISIBLE: characters that nobody sees. GAP_TIGHT: blanks, hyphens, brackets,
 * which divide the digits of one number. GAP_LIST: list signs (、 ， / : + 转, and the point of decimals), which
 * divide numbers as often. GAP_NONE: any other character. */
enum numeral_gap { GAP_NONE, GAP_INVISIBLE, GAP_TIGHT, GAP_LIST };
/* A digit is no gap: GAP_NONE. */
enum numeral_gap numeral_gap(uint32_t code_point);

/* Has the text a digit, or three Han digits in a row? One or two of those are prose. */
bool numerals_any(struct str text);

/* May the character stand in a number: is it a digit or a gap? */
bool numeral_belongs(uint32_t code_point);

/* Does a unit begin at this offset, after blanks (元, 人, 分, %, 年 …)? Digits before it are then a sum, a count or
 * a score. */
bool numeral_unit_at(struct str text, size_t offset);
/* ¥ and $, in both widths: digits behind it are a sum. */
bool numeral_is_currency(uint32_t code_point);

/* A number as a key for sets, never 0. `digits` are '0' to '9', at most 18 of them, the last may be X. Equal keys
 * are equal numbers, leading zeros included. */
uint64_t number_key(const char *digits, size_t count);

/* A set of such keys, on the heap; begins as {0} and ends with number_set_release. */
struct number_set {
    uint64_t *slots; /* open addressing; 0: free */
    size_t count, capacity;
    bool begins[1000]; /* by the first three digits of its members */
};
/* Frees the slots. */
void number_set_release(struct number_set *set);
/* Adds a key; once is as good as twice. */
void number_set_add(struct number_set *set, uint64_t key);
/* Is the key a member? */
bool number_set_has(const struct number_set *set, uint64_t key);
/* A quick filter before number_set_has: false when no member of four digits or more begins with these three. */
bool number_set_may_begin(const struct number_set *set, const char *digits);

#endif
