/* length.h: lengths on paper.
 *
 * Inside the engine a length is an int32_t of 1/1000 pt (1 pt = 1/72 inch = 352.8 µm), in a name that ends in `_mp`:
 * whole numbers make placing, hashing and dumping exact, the same on every machine. The range is ±757 m. In layouts
 * a length carries its unit. */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include "base/str.h"

#define MP_PER_PT 1000
/* A length in points or millimetres as a constant expression: PT(10.5), MM(25). Not for variables. */
#define PT(x) ((int32_t)((x)*1000))
#define MM(x) ((int32_t)((x)*72000.0 / 25.4 + ((x) < 0 ? -0.5 : 0.5)))

/* From micrometres, rounded half away from zero; saturates at the range of int32_t. */
int32_t mp_from_um(int64_t micrometres);
/* The other way; exact but for the rounding. */
int64_t mp_to_um(int32_t mp);
/* a × b / c, rounded half away from zero, without overflow in between; saturates. c > 0. */
int32_t mp_scale(int32_t a, int64_t b, int64_t c);

/* Reads all of the string as a length: 25mm, 2.5cm, 12pt, 0.5 pt, 1in, a named type size (小四, 五号 …) and, where
 * em_mp > 0, 2em. A bare number is a length only when it is 0. False, and *out_mp as it was, when it is none of
 * these or beyond ±10 m. */
bool length_parse(struct str s, int32_t em_mp, int32_t *out_mp);

/* Type sizes by their Chinese names: 初号 42 pt … 八号 5 pt; 0 for an unknown name. */
int32_t length_type_size(struct str name);
/* The i-th name of such a size, in descending order; STR_NONE behind the last: for manuals and "did you mean". */
struct str length_size_name(size_t index, int32_t *size_mp);

/* Trimmed sizes by name: A3 A4 A5 A6 B5 (ISO 216), 8K/8开 (260 × 380 mm), 16K/16开 (185 × 260; GB/T 788) upright; DL
 * (220 × 110) and ID-1 (85.60 × 53.98; ISO/IEC 7810) as they lie. False for an unknown name. */
bool length_paper(struct str name, int32_t *width_mp, int32_t *height_mp);
/* The i-th name; STR_NONE behind the last. */
struct str length_paper_name(size_t index);

#endif
