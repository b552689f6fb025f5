/* length.h: lengths on paper.
 *
 * Inside the engine a length is an int32_t of 1/1000 pt (1 pt = 1/72 inch), in names `_mp`: whole numbers make placing,
 * hashing and dumping exact. In layouts a length carries its unit. */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include "base/str.h"

#define MP_PER_PT 1000
/* Constant expressions only: PT(10.5), MM(25). */
#define PT(x) ((int32_t)((x)*1000))
#define MM(x) ((int32_t)((x)*72000.0 / 25.4 + ((x) < 0 ? -0.5 : 0.5)))

int32_t mp_from_um(int64_t micrometres); /* rounded half away from zero */
int64_t mp_to_um(int32_t mp);
/* a × b / c, rounded, without overflow in between; c > 0. */
int32_t mp_scale(int32_t a, int64_t b, int64_t c);

/* Reads 25mm, 2.5cm, 12pt, 0.5 pt, 1in, a name of a type size (小四, 五号 …, TYPOGRAPHY "Sizes") and, where em_mp > 0,
 * 2em. All of the string. False when it is none of these or beyond ±10 m; a bare number is one only when it is 0. */
bool length_parse(struct str s, int32_t em_mp, int32_t *out_mp);

/* Type size by its Chinese name: 初号 42 pt … 八号 5 pt; 0 when unknown. length_size_name gives the i-th name. */
int32_t length_type_size(struct str name);
struct str length_size_name(size_t index, int32_t *size_mp); /* STR_NONE behind the last */

/* Trimmed sizes, portrait: A3 A4 A5 A6 B5, 8K/8开 (380 × 260 turned: 260 × 380), 16K/16开 (185 × 260), DL (220 × 110,
 * as it lies), ID-1 (85.60 × 53.98, as it lies). */
bool length_paper(struct str name, int32_t *width_mp, int32_t *height_mp);
struct str length_paper_name(size_t index); /* STR_NONE behind the last */

#endif
