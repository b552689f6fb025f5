/* json_types.h: types of values as definitions of the JSON Schema. Private to layout/. */
#ifndef LAYOUT_JSON_TYPES_H
#define LAYOUT_JSON_TYPES_H

#include "layout/json_writer.h"
#include "layout/schema.h"

/* Parts of patterns; digits, points and blanks may be full-width. SIZES, PAPERS and COLOURS stand for the names of type sizes, papers and colours. */
#define JSON_DIGIT     "[0-9０-９]"
#define JSON_BLANK     "[ 　]"
#define JSON_DECIMAL   "(" JSON_DIGIT "+([.．]" JSON_DIGIT "+)?|[.．]" JSON_DIGIT "+)"
#define JSON_LENGTH    "([0０]|" JSON_DECIMAL JSON_BLANK "?(mm|cm|pt|in)|SIZES)"
#define JSON_EM_LENGTH "[+-]?([0０]|" JSON_DECIMAL JSON_BLANK "?(mm|cm|pt|in|em)|SIZES)"

/* A text that looks so, or a number from 0 to `most`: 400 alone is a number to YAML. */
void json_pattern(struct json_writer *writer, const char *pattern, long most);
/* The definition of a type; NULL when it has none. */
const char *json_type_name(enum key_type type);
/* Is the definition written for this type, or has another one the same? */
bool json_type_is_own(enum key_type type);
/* What stands in the definition. */
void json_type(struct json_writer *writer, enum key_type type);

#endif
