/* class_plain.h: what a class is called, without how it is written. Private to intake/. */
#ifndef INTAKE_CLASS_PLAIN_H
#define INTAKE_CLASS_PLAIN_H

#include "base/buffer.h"
#include "data/sql.h"

/* Brackets and digits as ASCII, without blanks: 一（１） 班 is 一(1)班. By meaning, too: a grade and a number within it as 1.1, for 一（1）班,
 * 一年级1班, 1年级（一）班; nothing where a name says it in no such way (0801班, 3.1: those may mean two things). */
void class_plain(struct str name, bool by_meaning, struct buffer *out);
/* The SQL function class_plain(name, by_meaning); NULL where nothing comes out. */
void class_plain_add(struct sql *db);

#endif
