/* unicode.c: the ToUnicode map, by which a PDF reader copies and searches text (ISO 32000-1, 9.10.3). Characters
 * beyond the BMP are surrogate pairs; a glyph may stand for several characters (a dash of two em for two dashes). */
#include "pdf/internal.h"

#include "base/utf8.h"

enum { MOST_IN_A_BLOCK = 100 };

static const struct str head = STR_INIT("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                                        "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                                        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
static const struct str tail = STR_INIT("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");

static void put_meaning(struct buffer *out, const struct font_book *book, uint32_t meaning) {
    if (meaning < MEANING_TEXT) {
        put_utf16_digits(out, meaning);
        return;
    }
    const struct str text = book->texts[meaning - MEANING_TEXT];
    for (size_t at = 0; at < text.n;) {
        put_utf16_digits(out, utf8_next(text, &at));
    }
}

static size_t count_meanings(const struct font *font) {
    size_t count = 0;
    for (struct font_step step = {.glyph = -1}; font_next(font, &step);) {
        count += step.meaning != 0;
    }
    return count;
}

static void put_lines(struct buffer *out, const struct font_book *book, const struct font *font) {
    size_t left = count_meanings(font), in_block = 0;
    for (struct font_step step = {.glyph = -1}; font_next(font, &step);) {
        if (step.meaning == 0) {
            continue;
        }
        if (in_block == 0) {
            in_block = left < MOST_IN_A_BLOCK ? left : MOST_IN_A_BLOCK;
            left -= in_block;
            buffer_int(out, (int64_t)in_block);
            buffer_add(out, STR(" beginbfchar\n"));
        }
        buffer_byte(out, '<');
        put_hex4(out, step.cid);
        buffer_append(out, "><", 2);
        put_meaning(out, book, step.meaning);
        buffer_append(out, ">\n", 2);
        if (--in_block == 0) {
            buffer_add(out, STR("endbfchar\n"));
        }
    }
}

struct str unicode_text(struct file *file, const struct font_book *book, const struct font *font) {
    struct buffer *text = file_text(file);
    buffer_add(text, head);
    put_lines(text, book, font);
    buffer_add(text, tail);
    return buffer_str(text);
}

struct str to_unicode_in(struct file *file, const struct font_book *book, const struct font *font) {
    struct buffer *text = file_text(file), stream = {0};
    struct join join;
    put_lines(text, book, font);
    buffer_add(text, tail);
    join_begin(&join, book->unicode, &stream);
    join_stored(&join, head);
    join_open_block(&join);
    join_literals(&join, buffer_str(text));
    join_end(&join);
    const struct str kept = str_copy(file->arena, buffer_str(&stream));
    buffer_release(&stream);
    return kept;
}
