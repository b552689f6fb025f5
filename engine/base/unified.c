/* unified.c: characters that Unicode has twice, as a radical or for the sake of an older set, and once as an ideograph that
 * people type. Their compatibility decomposition says which, by ICU. */
#include "base/utf8.h"

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

uint32_t utf8_unified(uint32_t code_point) {
    const bool radical = code_point >= 0x2E80 && code_point <= 0x2FDF;
    const bool compatible =
        (code_point >= 0xF900 && code_point <= 0xFAFF) || (code_point >= 0x2F800 && code_point <= 0x2FA1F);
    UErrorCode error = U_ZERO_ERROR;
    UChar units[8];
    if (!radical && !compatible) {
        return code_point;
    }
    const UNormalizer2 *form = unorm2_getNFKCInstance(&error);
    const int32_t count = unorm2_getRawDecomposition(form, (UChar32)code_point, units, 8, &error);
    if (U_FAILURE(error) || count <= 0) {
        return code_point;
    }
    if (count == 2 && U16_IS_LEAD(units[0])) {
        return (uint32_t)U16_GET_SUPPLEMENTARY(units[0], units[1]);
    }
    return count == 1 ? units[0] : code_point;
}
