/* composed.c: Unicode's composed form (NFC), by ICU: two spellings of a name become one. */
#include "text/text.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct str text_composed(struct arena *arena, struct str s) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = 0, composed_count = 0, bytes = 0;
    const int32_t room = (int32_t)s.n;
    UChar *units = ARENA_ARRAY(arena, UChar, s.n + 1), *composed = ARENA_ARRAY(arena, UChar, 3 * s.n + 1);
    char *out = arena_alloc(arena, 9 * s.n + 1);
    u_strFromUTF8(units, room, &count, s.p, room, &code);
    composed_count = unorm2_normalize(unorm2_getNFCInstance(&code), units, count, composed, 3 * room, &code);
    u_strToUTF8(out, 9 * room, &bytes, composed, composed_count, &code);
    return U_SUCCESS(code) ? (struct str){out, (size_t)bytes} : s;
}
