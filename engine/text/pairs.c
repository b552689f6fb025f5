/* pairs.c: quotation marks without their other half.
 *
 * They are set as typed; only a person knows where the other one belongs. Brackets aren't checked, since 1）numbers
 * a list; nor are ‘ and ’, since ’ is also an apostrophe. A quotation over several paragraphs opens in each and
 * closes in the last (GB/T 15834, 4.8). */
#include "base/utf8.h"
#include "text/paragraph.h"

enum { MOST_DEPTH = 16 };

static uint32_t closing_of(uint32_t code_point) {
    static const uint32_t pairs[][2] = {{0x201C, 0x201D}, {0x300A, 0x300B}, {0x3008, 0x3009},
                                        {0x300C, 0x300D}, {0x300E, 0x300F}, {0x3010, 0x3011}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == code_point) {
            return pairs[i][1];
        }
    }
    return 0;
}

static bool is_closing(uint32_t code_point) {
    return code_point == 0x201D || code_point == 0x300B || code_point == 0x3009 || code_point == 0x300D ||
           code_point == 0x300F || code_point == 0x3011;
}

static uint32_t code_point_at(const struct paragraph *p, size_t atom) {
    size_t at = p->atoms[atom].offset;
    return utf8_next(p->text, &at);
}

uint32_t paragraph_unpaired(const struct paragraph *p) {
    uint32_t open[MOST_DEPTH];
    size_t depth = 0;
    bool begins_open = false;
    if (!p->has_marks) {
        return 0;
    }
    for (size_t i = 0; i < p->count; i++) {
        if (p->atoms[i].kind != CLASS_OPEN && p->atoms[i].kind != CLASS_CLOSE) {
            continue;
        }
        const uint32_t code_point = code_point_at(p, i);
        if (is_closing(code_point)) {
            if (depth == 0 || closing_of(open[depth - 1]) != code_point) {
                return code_point;
            }
            depth--;
        } else if (closing_of(code_point) && depth < MOST_DEPTH) {
            begins_open = begins_open || i == 0;
            open[depth++] = code_point;
        }
    }
    const size_t meant = begins_open ? 1 : 0;
    return depth > meant ? open[depth - 1] : 0;
}
