/* numerals.h: characters that people write numbers with, and what they put between: one table for all that looks for personal
 * numbers, in free text (data/) and on finished pages (page/).
 *
 * Digits are those of every script by Unicode's digit value (full width, Arabic, mathematical), its digit signs (① ² ⑴ ₃) and
 * the Han digits (〇零一 … 九, 壹 … 玖, 幺, 〡 … 〩, ㈠ ㊀). 十 and 百 are none: 二十三 is a count. */
#ifndef BASE_NUMERALS_H
#define BASE_NUMERALS_H

#include "base/str.h"

/* 0 … 9; -1 for all else. */
int numeral_value(uint32_t code_point);
/* X, x and their full width: the last of an ID. */
bool numeral_is_x(uint32_t code_point);

/* Whether digits of one kind follow digits of another: ②15412345678 is two numbers, or one. */
enum numeral_kind { NUMERAL_PLAIN, NUMERAL_SIGN, NUMERAL_HAN };
enum numeral_kind numeral_kind(uint32_t digit);

/* What stands between two digits. Nobody sees the invisible. Blanks, hyphens and brackets part the digits of one number; a list's
 * signs (、 ， / : + 转 and a point, for decimals are written with it) part numbers as often. */
enum numeral_gap { GAP_NONE, GAP_INVISIBLE, GAP_TIGHT, GAP_LIST };
enum numeral_gap numeral_gap(uint32_t code_point);

/* Is there a digit in the text, or three of Han in a row? One of prose is none. */
bool numerals_any(struct str text);

/* May it stand in a number: a digit or a gap? */
bool numeral_belongs(uint32_t code_point);

/* 元, 人, 分, % …: what stands before this is a sum, a count or a score. */
bool numeral_unit_at(struct str text, size_t offset);
bool numeral_is_currency(uint32_t code_point); /* ¥ and $: what stands behind this is a sum */

/* A number as a key that is never 0: its digits ('0' … '9', an X at the end), at most 18; equal keys are equal numbers. */
uint64_t number_key(const char *digits, size_t count);

/* A set of such keys, on the heap; begins as {0}. */
struct number_set {
    uint64_t *slots;
    size_t count, capacity;
    bool begins[1000]; /* by the first three digits of what is in it */
};
void number_set_release(struct number_set *set);
void number_set_add(struct number_set *set, uint64_t key);
bool number_set_has(const struct number_set *set, uint64_t key);
/* May a number of four digits or more that is in the set begin with these three? */
bool number_set_may_begin(const struct number_set *set, const char *digits);

#endif
