/* columns.c: what may be typed in a field decides its column's format. */
#include "sheet/columns.h"

#include "base/utf8.h"

static enum column_kind kind_of(const struct field *field) {
    switch (field->type) {
    case FIELD_DAY:
        return COLUMN_DAY;
    case FIELD_WHOLE:
    case FIELD_SCORE:
    case FIELD_SCALED:
        return COLUMN_NUMBER;
    case FIELD_CODE:
    case FIELD_YES:
        return COLUMN_CHOICE;
    case FIELD_TEXT:
    case FIELD_NAME:
    case FIELD_ID:
    case FIELD_PUPIL:
    case FIELD_CARD:
    case FIELD_DIGITS:
    case FIELD_PHONE:
    case FIELD_PLATE:
    case FIELD_CLASS:
    case FIELD_MONTH:
    case FIELD_MOMENT:
        return COLUMN_TEXT;
    }
    return COLUMN_TEXT;
}

static int32_t width_of(const struct field *field) {
    const size_t heading = utf8_width(str_from(field->heading)) + 2, example = utf8_width(str_from(field->example)) + 2;
    const size_t width = heading > example ? heading : example;
    return (int32_t)(width < COLUMN_WIDTH_LEAST  ? COLUMN_WIDTH_LEAST
                     : width > COLUMN_WIDTH_MOST ? COLUMN_WIDTH_MOST
                                                 : width);
}

struct sheet_column column_of_field(const struct field *field) {
    return (struct sheet_column){.heading = str_from(field->heading),
                                 .note = str_from(field->note),
                                 .kind = kind_of(field),
                                 .choices = field->type == FIELD_YES ? "是|否" : field->values,
                                 .needed = field->needed,
                                 .width = width_of(field)};
}
