/* judge.h: inside rules/: is a number, a name, a day, a plate what it must be? Pure functions, without a database.
 *
 * A …_fault gives one word for what is wrong, or NULL where nothing is; the words are part of the checks' SQL (WHERE
 * id_fault(id_card) = 'checksum') and stand behind each function. A …_right appends what the value most probably
 * should be, and nothing where nobody can know.
 *
 * Texts may be any bytes. functions.c makes SQL functions of them. */
#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include "base/buffer.h"
#include "base/str.h"

/* --- person_id.c: ID numbers (GB 11643), pupils' numbers (学籍号), cards ------------------------------------------------ */

/* length (neither 18 characters nor 15 digits), old (15 digits), characters, date (no such day), checksum, form
 * (right but for x, full-width digits or blanks). */
const char *id_fault(struct str id);
/* In plain digits and X, the last one computed from the first seventeen; nothing unless there are eighteen. */
void id_right(struct str id, struct buffer *out);
/* The birth day that it says, as 2014-11-03; nothing when the number or the day can't be read. */
void id_birth(struct str id, struct buffer *out);
/* 男 or 女, by the seventeenth digit; nothing when the number can't be read. */
void id_sex(struct str id, struct buffer *out);

/* G with the ID number, J with 18 figures of which the last is a check digit, L (provisional) with 18 of which none is.
 * length, letter, characters, differs (G, and not the ID's digits), checksum, provisional (the ID is known, and it is
 * no G). `id` is empty where it isn't known. */
const char *school_no_fault(struct str number, struct str id);

/* The number of a bank card (ISO/IEC 7812-1): characters (no digits), length (fewer than 16 or more than 19), checksum (Luhn). */
const char *card_fault(struct str number);

/* --- contact.c: phones and plates --------------------------------------------------------------------------------- */

/* short, long, characters, area (a landline without its area code), stale (0852, which became 0851 on 2014-12-20),
 * prefix (11 digits that no mobile number begins with, or no area code), form (right but for blanks, full-width digits, +86). */
const char *phone_fault(struct str phone);
/* Digits, and the hyphen of a landline; 0852-7xxxxxx as 0851-27xxxxxx. Nothing when it can't be known. */
void phone_right(struct str phone, struct buffer *out);
/* The number's digits alone, without +86: to compare by. */
void phone_digits(struct str phone, struct buffer *out);

/* 贵C12345 or, of six behind the letter, 贵CD12345 (new energy, GA 36-2018): province (the first character is none),
 * length, characters (I and O never stand in it), form (a dot or blanks, small letters). */
const char *plate_fault(struct str plate);

/* --- name.c: names ------------------------------------------------------------------------------------------------ */

/* lost (U+FFFD, ?, □, * in place of a character), private (a code point of the private use area, as old systems wrote
 * rare characters), described (⿰ and the like), hidden (control and zero-width characters), dot (a separator other
 * than ·), blank (inside or around), short (one character), long (more than 20), strange (letters, digits, signs).
 * The first that holds, in this order. */
const char *name_fault(struct str name);
/* Without blanks and hidden characters, dots as ·, private code points as the characters that GBK means by them
 * (U+E863: 䶮 U+4DAE). Nothing when a character is lost, or it would be the same. */
void name_right(struct str name, struct buffer *out);

/* --- text.c: days and free text ----------------------------------------------------------------------------------- */

/* impossible (no day, or none of 1900 to 2199), form (can only mean one day, but isn't written 2026-11-25). */
const char *day_fault(struct str day);
/* The day that it can only mean, in the right form. */
void day_right(struct str day, struct buffer *out);

/* A number that is the same for texts that differ in nothing but this name, digits, blanks and punctuation; 0 for
 * texts of fewer than 20 characters that count, which people write again with good reason. */
int64_t text_print(struct str text, struct str name);

#endif
