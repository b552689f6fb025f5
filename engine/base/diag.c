/* diag.c: messages are collected and written out. The catalogue, diag.def, and its examples are included as tables.
 *
 * 1. There is always room for one message behind the last, the dummy that diag_add gives back beyond the limit. */
#include "base/diag.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum { DEFAULT_LIMIT = 10000, ARGUMENT_COUNT = 4 };

struct catalogue_entry {
    const char *name;
    enum severity severity;
    const char *text[2], *hint[2]; /* by enum language */
};

static const struct catalogue_entry catalogue[DIAG_CODE_COUNT] = {
#define DIAG(code, severity, english, chinese, hint_english, hint_chinese)                                             \
    [DIAG_##code] = {#code, SEVERITY_##severity, {english, chinese}, {hint_english, hint_chinese}},
#include "base/diag.def"
#undef DIAG
};

static const struct diag_example examples[DIAG_CODE_COUNT] = {
#define EXAMPLE(code, wrong, right) [DIAG_##code] = {wrong, right},
#include "base/examples.def"
#undef EXAMPLE
};

static const char *const severity_names[4][2] = {
    [SEVERITY_ERROR] = {"error", "错误"},
    [SEVERITY_WARNING] = {"warning", "警告"},
    [SEVERITY_FAULT] = {"fault", "缺陷"},
    [SEVERITY_NOTE] = {"note", "提示"},
};

void diags_init(struct diags *diags, struct arena *arena) {
    *diags = (struct diags){.arena = arena};
}

static struct place place_copy(struct arena *arena, struct place place) {
    place.file = str_copy(arena, place.file);
    place.record = str_copy(arena, place.record);
    place.field = str_copy(arena, place.field);
    place.label = str_copy(arena, place.label);
    return place;
}

/* Beyond the limit the message goes into the slot behind the last and is overwritten by the next. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct place place, const struct str args[4]) {
    diags->by_severity[diag_severity(code)]++;
    ARENA_GROW(diags->arena, diags->items, diags->count, diags->capacity);
    assert(diags->count < diags->capacity); /* invariant 1 */
    struct diag *diag = &diags->items[diags->count];
    *diag = (struct diag){.code = code};
    if (diags->count >= (diags->limit > 0 ? diags->limit : DEFAULT_LIMIT)) {
        return diag;
    }
    diags->count++;
    diag->place = place_copy(diags->arena, place);
    for (size_t i = 0; i < ARGUMENT_COUNT; i++) {
        diag->args[i] = str_copy(diags->arena, args[i]);
    }
    return diag;
}

void diags_tell_beyond(struct diags *diags) {
    size_t added = 0;
    for (size_t i = 0; i < sizeof diags->by_severity / sizeof *diags->by_severity; i++) {
        added += diags->by_severity[i];
    }
    if (added == diags->count) {
        return;
    }
    diags->limit = diags->count + 1;
    DIAG_ADD(diags, O117, PLACE_NONE, str_int(diags->arena, (int64_t)(added - diags->count)));
}

struct str diag_both(struct arena *arena, struct str english, struct str chinese) {
    return str_printf(arena, "%.*s%c%.*s", STR_ARG(english), DIAG_BOTH_SEPARATOR, STR_ARG(chinese));
}

struct str diag_errno(int error) {
    static const struct {
        int error;
        struct str words;
    } known[] = {
        {ENOENT, BOTH_INIT("No such file or directory", "没有这个文件或文件夹")},
        {EACCES, BOTH_INIT("Permission denied", "没有权限")},
        {EPERM, BOTH_INIT("Operation not permitted", "不允许这样做")},
        {EROFS, BOTH_INIT("Read-only file system", "只读的磁盘")},
        {ENOSPC, BOTH_INIT("No space left on device", "磁盘已满")},
        {EDQUOT, BOTH_INIT("Disk quota exceeded", "超出磁盘配额")},
        {EFBIG, BOTH_INIT("File too large", "文件太大")},
        {EIO, BOTH_INIT("Input/output error", "磁盘读写出错")},
        {EISDIR, BOTH_INIT("Is a directory", "是文件夹，不是文件")},
        {ENOTDIR, BOTH_INIT("Not a directory", "不是文件夹")},
        {EEXIST, BOTH_INIT("File exists", "已有同名文件")},
        {ELOOP, BOTH_INIT("Too many levels of symbolic links", "链接相互指向")},
        {ENAMETOOLONG, BOTH_INIT("File name too long", "文件名太长")},
        {EMFILE, BOTH_INIT("Too many open files", "打开的文件太多")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].error == error) {
            return known[i].words;
        }
    }
    return str_from(strerror(error));
}

bool diags_any(const struct diags *diags, enum severity severity) {
    return diags->by_severity[severity] > 0;
}

struct str diag_severity_name(enum severity severity, enum language language) {
    return str_from(severity_names[severity][language]);
}

enum severity diag_severity(enum diag_code code) {
    return catalogue[code].severity;
}

struct diag_example diag_example(enum diag_code code) {
    return examples[code];
}

const char *diag_name(enum diag_code code) {
    return catalogue[code].name;
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_any_case(struct str a, struct str b) {
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (upper(a.p[i]) != upper(b.p[i])) {
            return false;
        }
    }
    return true;
}

bool diag_from_name(struct str name, enum diag_code *code) {
    for (unsigned i = 0; i < DIAG_CODE_COUNT; i++) {
        if (same_any_case(name, str_from(catalogue[i].name))) {
            *code = (enum diag_code)i;
            return true;
        }
    }
    return false;
}

/* The index that "{2}" at `at` stands for, or -1. */
static int placeholder(struct str text, size_t at) {
    if (at + 2 >= text.n || text.p[at] != '{' || text.p[at + 2] != '}') {
        return -1;
    }
    const int index = text.p[at + 1] - '0';
    return index >= 0 && index < ARGUMENT_COUNT ? index : -1;
}

/* Arguments come from files and databases: control characters in them would break the line or the terminal. */
static void add_printable(struct buffer *out, struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        buffer_byte(out, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F ? ' ' : s.p[i]);
    }
}

struct str diag_in(struct str argument, enum language language) {
    const size_t english = str_find_byte(argument, DIAG_BOTH_SEPARATOR);
    if (language == LANGUAGE_CHINESE && english < argument.n) {
        return str_slice(argument, english + 1, argument.n);
    }
    return str_slice(argument, 0, english);
}

static void add_filled(struct buffer *out, const struct diag *diag, enum language language, const char *template) {
    const struct str text = str_from(template);
    for (size_t i = 0; i < text.n; i++) {
        const int index = placeholder(text, i);
        if (index < 0) {
            buffer_byte(out, text.p[i]);
            continue;
        }
        add_printable(out, diag_in(diag->args[index], language));
        i += 2;
    }
}

static struct str take(struct arena *arena, struct buffer *buffer) {
    const struct str s = str_copy(arena, buffer_str(buffer));
    buffer_release(buffer);
    return s;
}

struct str diag_text(struct arena *arena, const struct diag *diag, enum language language) {
    struct buffer out = {0};
    add_filled(&out, diag, language, catalogue[diag->code].text[language]);
    return take(arena, &out);
}

struct str diag_hint(struct arena *arena, const struct diag *diag, enum language language) {
    struct buffer out = {0};
    add_filled(&out, diag, language, catalogue[diag->code].hint[language]);
    return take(arena, &out);
}

/* "file:31:24: ", "file: ", "record field: ", or nothing. */
static void add_place(struct buffer *out, const struct place *place) {
    const struct str parts[] = {place->file, place->record, place->field};
    bool any = false;
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].n == 0) {
            continue;
        }
        if (any) {
            buffer_byte(out, ' ');
        }
        add_printable(out, parts[i]);
        any = true;
        if (i == 0 && place->line > 0) {
            buffer_printf(out, place->column > 0 ? ":%d:%d" : ":%d", (int)place->line, (int)place->column);
        }
    }
    if (any) {
        buffer_add(out, STR(": "));
    }
}

static struct str line_of(struct str source, int32_t line) {
    struct str rest = source;
    for (int32_t i = 1; i < line && rest.n > 0; i++) {
        str_split(rest, '\n', &rest);
    }
    const struct str text = str_split(rest, '\n', &rest);
    return str_ends(text, STR("\r")) ? str_slice(text, 0, text.n - 1) : text;
}

/* `with` for each cell that the next `count` characters take; tabs are kept so that both lines have them alike. */
static void add_cells(struct buffer *out, struct str line, size_t *offset, int32_t count, char with) {
    for (int32_t i = 0; i < count && *offset < line.n; i++) {
        const uint32_t c = utf8_next(line, offset);
        const int cells = utf8_cells(c);
        if (cells > 0 || with == '^') {
            buffer_byte(out, c == '\t' && with == ' ' ? '\t' : with);
        }
        if (cells == 2) {
            buffer_byte(out, with == '^' ? '~' : with);
        }
    }
}

/* The source's line with a caret below the place: "^~~~". Long lines are left out: nobody would see the caret. */
static void add_caret(struct buffer *out, const struct place *place, struct str source) {
    enum { LONGEST_LINE = 400 };
    const struct str line = line_of(source, place->line);
    if (line.n == 0 || line.n > LONGEST_LINE || place->column <= 0) {
        return;
    }
    buffer_add(out, STR("    "));
    buffer_add(out, line);
    buffer_add(out, STR("\n    "));
    size_t offset = 0;
    add_cells(out, line, &offset, place->column - 1, ' ');
    if (offset == line.n) {
        buffer_byte(out, '^'); /* something is missing at the line's end */
    }
    add_cells(out, line, &offset, 1, '^');
    add_cells(out, line, &offset, place->width - 1, '~');
    buffer_byte(out, '\n');
}

struct str diag_format(struct arena *arena, const struct diag *diag, enum language language, struct str source) {
    static const char *const hint_label[2] = {"  hint: ", "  建议："}, *const also_label[2] = {"  see ", "  另见 "};
    const struct catalogue_entry *entry = &catalogue[diag->code];
    struct buffer out = {0};
    add_place(&out, &diag->place);
    buffer_printf(&out, language == LANGUAGE_CHINESE ? "%s %s：" : "%s %s: ", severity_names[entry->severity][language],
                  entry->name);
    add_filled(&out, diag, language, entry->text[language]);
    buffer_byte(&out, '\n');
    if (source.n > 0 && diag->place.line > 0) {
        add_caret(&out, &diag->place, source);
    }
    if (entry->hint[language][0] != '\0') {
        buffer_add(&out, str_from(hint_label[language]));
        add_filled(&out, diag, language, entry->hint[language]);
        buffer_byte(&out, '\n');
    }
    if (diag->also.line > 0) {
        struct place also = diag->also;
        if (also.file.n == 0) {
            also.file = diag->place.file;
        }
        buffer_add(&out, str_from(also_label[language]));
        add_place(&out, &also);
        out.count -= 2; /* the colon that leads over to a message */
        buffer_byte(&out, '\n');
    }
    return take(arena, &out);
}
