/* source.c: the bytes of a file: its encoding, its lines, and what no layout may hold. */
#include "layout/reader.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

struct place source_place(const struct source *source, size_t line, size_t column) {
    return (struct place){.file = source->path, .line = (int32_t)line + 1, .column = (int32_t)column + 1, .width = 1};
}

static struct place place_of_offset(const struct source *source, size_t offset) {
    size_t line = 0;
    while (line + 1 < source->line_count && source->lines[line + 1] <= offset) {
        line++;
    }
    return source_place(source, line, utf8_count(str_slice(source->bytes, source->lines[line], offset)));
}

static void find_lines(struct arena *arena, struct source *source) {
    size_t capacity = 0;
    ARENA_GROW(arena, source->lines, source->line_count, capacity);
    source->lines[source->line_count++] = 0;
    for (size_t i = 0; i < source->bytes.n; i++) {
        const char c = source->bytes.p[i];
        bool crlf = c == '\r' && i + 1 < source->bytes.n && source->bytes.p[i + 1] == '\n';
        if (c == '\n' || (c == '\r' && !crlf)) {
            ARENA_GROW(arena, source->lines, source->line_count, capacity);
            source->lines[source->line_count++] = i + 1;
        }
    }
}

/* Two-byte characters of GBK (81-FE, 40-FE) and ASCII only. */
static bool is_gbk(struct str bytes) {
    for (size_t i = 0; i < bytes.n; i++) {
        const unsigned char c = (unsigned char)bytes.p[i];
        if (c < 0x80) {
            continue;
        }
        const unsigned char next = i + 1 < bytes.n ? (unsigned char)bytes.p[i + 1] : 0;
        if (c < 0x81 || c == 0xFF || next < 0x40 || next == 0x7F || next == 0xFF) {
            return false;
        }
        i++;
    }
    return true;
}

/* Whose file it is that only has the name of a layout, by how it begins; STR_NONE for text. */
static struct str program_of(struct str bytes) {
    static const struct {
        struct str begins, program;
    } kinds[] = {
        {STR_INIT("PK\x03\x04"), BOTH_INIT("a file of Word or Excel, or a zip", " Word、Excel 文件或压缩包")},
        {STR_INIT("\xD0\xCF\x11\xE0"), BOTH_INIT("a file of an older Word or Excel", "旧版 Word、Excel 文件")},
        {STR_INIT("%PDF-"), BOTH_INIT("a PDF", " PDF")},
        {STR_INIT("{\\rtf"), BOTH_INIT("a file of Word (RTF)", " Word（RTF）文件")},
        {STR_INIT("SQLite format 3"), BOTH_INIT("a database", "数据库")},
        {STR_INIT("\x89PNG"), BOTH_INIT("a picture", "图片")},
        {STR_INIT("\xFF\xD8\xFF"), BOTH_INIT("a picture", "图片")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_starts(bytes, kinds[i].begins)) {
            return kinds[i].program;
        }
    }
    return STR_NONE;
}

static bool encoding_is_right(struct reader *reader, struct source *source) {
    if (str_starts(source->bytes, STR("\xFF\xFE")) || str_starts(source->bytes, STR("\xFE\xFF"))) {
        TELL(reader, L101, source_place(source, 0, 0), STR("UTF-16"));
        return false;
    }
    const struct str program = program_of(source->bytes);
    if (program.n > 0) {
        TELL(reader, L189, source_place(source, 0, 0), program);
        return false;
    }
    size_t invalid = utf8_first_invalid(source->bytes);
    if (invalid == source->bytes.n) {
        return true;
    }
    if (is_gbk(source->bytes)) {
        TELL(reader, L101, place_of_offset(source, invalid), STR("GBK"));
    } else {
        TELL_PLAIN(reader, L102, place_of_offset(source, invalid));
    }
    return false;
}

/* What nobody sees, or takes for a space that it isn't, and the line ends that only YAML knows: they would shift every place.
 * A tab is seen where it stands in SQL; where it may not stand traps.c and signs.c look. */
static bool is_invisible(uint32_t c) {
    bool space = c == '\t' || c == '\n' || c == '\r', no_break_space = c == 0xA0 || c == 0x202F;
    return !space && (no_break_space || utf8_is_hidden(c) || c == 0xFFFE || c == 0xFFFF);
}

static bool characters_are_visible(struct reader *reader, struct source *source) {
    enum { TOLD = 20 };
    size_t count = 0, behind = SIZE_MAX; /* of the last one, for several in a row are told once */
    for (size_t i = 0; i < source->bytes.n && count < TOLD;) {
        const size_t at = i;
        const uint32_t c = utf8_next(source->bytes, &i);
        if (!is_invisible(c)) {
            continue;
        }
        if (at != behind) {
            TELL(reader, L103, place_of_offset(source, at), str_printf(reader->arena, "U+%04X", (unsigned)c));
            count++;
        }
        behind = i;
    }
    return count == 0;
}

struct source *source_from_bytes(struct reader *reader, struct str shown, struct str folder, struct str name,
                                 struct str bytes) {
    struct source *source = ARENA_NEW(reader->arena, struct source);
    *source = (struct source){.path = shown, .folder = folder, .name = name, .bytes = bytes};
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        source->bytes = str_slice(bytes, 3, bytes.n);
    }
    const size_t errors = reader->errors;
    find_lines(reader->arena, source);
    if (encoding_is_right(reader, source) && characters_are_visible(reader, source)) {
        source_parse(reader, source);
    } else {
        source->lost = true;
    }
    if (source->root == NULL && !source->lost) {
        TELL_PLAIN(reader, L119, source_place(source, 0, 0));
        source->lost = true;
    }
    source->broken = source->lost || reader->errors > errors;
    return source;
}

struct source *source_read(struct reader *reader, struct str shown, struct str folder, struct str name) {
    struct str bytes = STR_NONE;
    int error = file_read(reader->arena, str_c(reader->arena, shown), SOURCE_LIMIT, &bytes);
    if (error == 0) {
        return source_from_bytes(reader, shown, folder, name, bytes);
    }
    struct source *source = ARENA_NEW(reader->arena, struct source);
    *source = (struct source){.path = shown, .folder = folder, .name = name, .lost = true, .broken = true};
    struct place place = {.file = shown};
    if (error == EFBIG) {
        TELL(reader, L113, place, str_int(reader->arena, SOURCE_LIMIT >> 20));
    } else {
        TELL(reader, B101, place, shown, diag_errno(error));
    }
    return source;
}
