/* cff_flatten.c: an outline with its subroutines written out and its hints left out.
 *
 * A Type 2 charstring is operands and then an operator that takes them all. So operands are copied as they stand,
 * with their offsets kept on a stack:
 *
 *     a call    takes its number back from the output, and goes on in the subroutine
 *     a hint    takes all its operands back, but for the glyph's width, which precedes those of the first operator
 *     others    are copied
 *
 * Nothing is drawn or calculated. Subroutines that call each other could name more bytes than any printer draws:
 * MOST_BYTES. */
#include "font/cff.h"

#include <string.h>

enum {
    MOST_OPERANDS = 48,
    MOST_DEPTH = 10,
    MOST_CALLS = 10000,
    MOST_BYTES = 1 << 20, /* of one outline */
    FEW_SUBROUTINES = 1240,
    SOME_SUBROUTINES = 33900,
};

enum op {
    OP_HSTEM = 1,
    OP_VSTEM = 3,
    OP_VMOVETO = 4,
    OP_RLINETO = 5,
    OP_HLINETO = 6,
    OP_VLINETO = 7,
    OP_RRCURVETO = 8,
    OP_CALLSUBR = 10,
    OP_RETURN = 11,
    OP_ESCAPE = 12,
    OP_ENDCHAR = 14,
    OP_HSTEMHM = 18,
    OP_HINTMASK = 19,
    OP_CNTRMASK = 20,
    OP_RMOVETO = 21,
    OP_HMOVETO = 22,
    OP_VSTEMHM = 23,
    OP_RCURVELINE = 24,
    OP_RLINECURVE = 25,
    OP_VVCURVETO = 26,
    OP_HHCURVETO = 27,
    OP_INTEGER_16 = 28,
    OP_CALLGSUBR = 29,
    OP_VHCURVETO = 30,
    OP_HVCURVETO = 31,
    OP_HFLEX = 34, /* behind OP_ESCAPE, like the next three */
    OP_FLEX1 = 37,
};

struct flattening {
    const struct cff *cff;
    const struct cff_fd *fd;
    struct buffer *out;
    struct {
        size_t place; /* in out */
        int32_t value;
    } operands[MOST_OPERANDS + 1];
    size_t count; /* of operands that wait for their operator */
    size_t stems, calls;
    bool width_seen, ended;
};

/* Size in bytes of a number that begins with this byte; 0: an operator. */
static size_t number_size(uint8_t first) {
    return first == OP_INTEGER_16 ? 3 : first < 32 ? 0 : first < 247 ? 1 : first < 255 ? 2 : 5;
}

static int32_t number_value(const uint8_t *p) {
    if (p[0] == OP_INTEGER_16) {
        return (int16_t)(p[1] << 8 | p[2]);
    }
    if (p[0] < 247) {
        return p[0] - 139;
    }
    return p[0] < 251 ? (p[0] - 247) * 256 + p[1] + 108
                      : -(p[0] - 251) * 256 - p[1] - 108; /* no subroutine has a fraction */
}

static bool push(struct flattening *f, const uint8_t *bytes, size_t size) {
    if (f->count == MOST_OPERANDS + 1 || f->out->count > MOST_BYTES) {
        return false;
    }
    f->operands[f->count].place = f->out->count;
    f->operands[f->count++].value = number_value(bytes);
    buffer_append(f->out, bytes, size);
    return true;
}

/* The first operator may have one operand too many: the width. */
static void see_width(struct flattening *f, bool more_than_it_takes, bool taken_back) {
    bool has_width = !f->width_seen && more_than_it_takes;
    const size_t kept = has_width ? 1 : 0;
    if (taken_back && f->count > kept) {
        f->out->count = f->operands[kept].place;
    }
    f->width_seen = true;
}

static void hint(struct flattening *f) {
    f->stems += f->count / 2;
    see_width(f, f->count % 2 == 1, true);
    f->count = 0;
}

static bool draw(struct flattening *f, uint8_t op) {
    buffer_byte(f->out, (char)op);
    f->count = 0;
    return true;
}

static bool move(struct flattening *f, uint8_t op, size_t operands) {
    see_width(f, f->count > operands, false);
    return draw(f, op);
}

/* Four operands would name two glyphs to be combined. */
static bool end(struct flattening *f) {
    if (f->count > 1) {
        return false;
    }
    f->ended = true;
    return draw(f, OP_ENDCHAR);
}

static bool flatten(struct flattening *f, struct str code, int depth);

static bool call(struct flattening *f, const struct cff_index *subroutines, int depth) {
    if (f->count == 0 || depth == MOST_DEPTH || f->calls++ == MOST_CALLS) {
        return false;
    }
    const int32_t bias = subroutines->count < FEW_SUBROUTINES    ? 107
                         : subroutines->count < SOME_SUBROUTINES ? 1131
                                                                 : 32768;
    f->count--;
    f->out->count = f->operands[f->count].place;
    const int32_t number = f->operands[f->count].value + bias;
    const struct str code = number < 0 ? STR_NONE : cff_index_item(subroutines, (size_t)number);
    return code.n > 0 && flatten(f, code, depth + 1);
}

/* An operator other than a call. Gives back how many bytes behind it belong to it, or -1. */
static int operate(struct flattening *f, uint8_t op, int next) {
    switch ((enum op)op) {
    case OP_HSTEM:
    case OP_VSTEM:
    case OP_HSTEMHM:
    case OP_VSTEMHM:
        hint(f);
        return 0;
    case OP_HINTMASK:
    case OP_CNTRMASK:
        hint(f);
        return (int)((f->stems + 7) / 8);
    case OP_RMOVETO:
        return move(f, op, 2) ? 0 : -1;
    case OP_HMOVETO:
    case OP_VMOVETO:
        return move(f, op, 1) ? 0 : -1;
    case OP_ENDCHAR:
        return end(f) ? 0 : -1;
    case OP_RLINETO:
    case OP_HLINETO:
    case OP_VLINETO:
    case OP_RRCURVETO:
    case OP_RCURVELINE:
    case OP_RLINECURVE:
    case OP_VVCURVETO:
    case OP_HHCURVETO:
    case OP_VHCURVETO:
    case OP_HVCURVETO:
        return draw(f, op) ? 0 : -1;
    case OP_ESCAPE:
        if (next < OP_HFLEX || next > OP_FLEX1) {
            return -1;
        }
        buffer_byte(f->out, OP_ESCAPE);
        return draw(f, (uint8_t)next) ? 1 : -1;
    case OP_CALLSUBR:
    case OP_CALLGSUBR:
    case OP_RETURN:
    case OP_INTEGER_16:
    case OP_HFLEX:
    case OP_FLEX1:
        break;
    }
    return -1;
}

static bool flatten(struct flattening *f, struct str code, int depth) {
    const uint8_t *bytes = (const uint8_t *)code.p;
    for (size_t at = 0; at < code.n && !f->ended;) {
        const uint8_t first = bytes[at];
        const size_t size = number_size(first);
        if (size > code.n - at) {
            return false;
        }
        if (size > 0) {
            if (!push(f, bytes + at, size)) {
                return false;
            }
            at += size;
            continue;
        }
        at++;
        if (first == OP_RETURN) {
            return depth > 0;
        }
        if (first == OP_CALLSUBR || first == OP_CALLGSUBR) {
            if (!call(f, first == OP_CALLSUBR ? &f->fd->subroutines : &f->cff->subroutines, depth)) {
                return false;
            }
            continue;
        }
        const int behind = operate(f, first, at < code.n ? bytes[at] : -1);
        if (behind < 0 || (size_t)behind > code.n - at) {
            return false;
        }
        at += (size_t)behind;
    }
    return true;
}

bool cff_flatten(const struct cff *cff, size_t glyph, struct buffer *out) {
    if (glyph >= cff->glyph_count) {
        return false;
    }
    struct flattening f = {.cff = cff, .fd = &cff->fds[cff->fd_of != NULL ? cff->fd_of[glyph] : 0], .out = out};
    buffer_clear(out);
    return flatten(&f, cff_index_item(&cff->char_strings, glyph), 0) && f.ended;
}

/* --- wider */

/* Are there more operands than the outline's first operator takes? Only a move or the end comes first. */
static bool first_has_width(uint8_t op, size_t operands, bool *known) {
    const size_t taken = op == OP_RMOVETO ? 2 : op == OP_HMOVETO || op == OP_VMOVETO ? 1 : 0;
    *known = (taken > 0 || op == OP_ENDCHAR) && (operands == taken || operands == taken + 1);
    return operands > taken;
}

bool cff_widen(const struct cff *cff, size_t glyph, struct str outline, int32_t units, struct buffer *out,
               size_t *head) {
    const struct cff_fd *fd = &cff->fds[cff->fd_of != NULL ? cff->fd_of[glyph] : 0];
    const uint8_t *bytes = (const uint8_t *)outline.p;
    size_t at = 0, operands = 0, size;
    for (; at < outline.n && (size = number_size(bytes[at])) > 0; operands++) {
        at += size;
    }
    bool known = false;
    const bool has_width = at < outline.n && first_has_width(bytes[at], operands, &known);
    if (!known || fd->broken_widths || (has_width && bytes[0] == 255)) {
        return false;
    }
    const int32_t width = units + (has_width ? number_value(bytes) : fd->default_width - fd->nominal_width);
    if (width < INT16_MIN || width > INT16_MAX) {
        return false;
    }
    const uint16_t bits = (uint16_t)width;
    const uint8_t operand[] = {OP_INTEGER_16, (uint8_t)(bits >> 8), (uint8_t)bits};
    *head = sizeof operand;
    buffer_clear(out);
    buffer_append(out, operand, sizeof operand);
    buffer_add(out, str_slice(outline, has_width ? number_size(bytes[0]) : 0, outline.n));
    return true;
}
