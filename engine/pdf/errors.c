/* errors.c: libharu's error numbers as sentences: those that our calls may cause. */
#include "pdf/objects.h"

static const struct {
    HPDF_STATUS error;
    const char *sentence;
} sentences[] = {
    {HPDF_ARRAY_COUNT_ERR, "an array of more than 32,767 items"},
    {HPDF_DICT_COUNT_ERR, "a dictionary of more than 4,095 entries"},
    {HPDF_DICT_ITEM_UNEXPECTED_TYPE, "a dictionary's entry of the wrong type"},
    {HPDF_DICT_STREAM_LENGTH_NOT_FOUND, "a stream without a length"},
    {HPDF_ERR_UNKNOWN_CLASS, "an object of no known class"},
    {HPDF_FAILD_TO_ALLOC_MEM, "no memory"},
    {HPDF_INVALID_DOCUMENT, "a document that was given up after an error"},
    {HPDF_INVALID_OBJECT, "an object that belongs elsewhere"},
    {HPDF_INVALID_OUTLINE, "a bookmark that isn't one"},
    {HPDF_INVALID_PAGE, "a page that isn't one"},
    {HPDF_NAME_OUT_OF_RANGE, "a name of more than 127 bytes"},
    {HPDF_PAGE_INVALID_ROTATE_VALUE, "a page turned by other than quarter turns"},
    {HPDF_PAGE_INVALID_SIZE, "a page smaller than 3 pt or larger than 14,400 pt"},
    {HPDF_REAL_OUT_OF_RANGE, "a number beyond 32,767"},
    {HPDF_STRING_OUT_OF_RANGE, "a string of more than 65,535 bytes"},
    {HPDF_XREF_COUNT_ERR, "more than 8,388,607 objects"},
};

const char *error_sentence(HPDF_STATUS error) {
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (sentences[i].error == error) {
            return sentences[i].sentence;
        }
    }
    return "an error without a name";
}
