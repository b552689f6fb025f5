/* printers_edit.c: printers.yaml is changed line by line, so that what people wrote in it stays.
 *
 *     printers:
 *       文印室: {shift: 0mm 0mm, scale: 100%}   # remark     this line's value, or a line more
 */
#include "layout/printers_edit.h"

#include "base/buffer.h"

struct edit {
    struct str name, value;
    struct buffer before, after; /* the new line goes between; lines that are replaced are in neither */
    struct str indent, remark, end;
    bool inside, past, found, dropping;
};

static size_t indent_of(struct str line) {
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ') {
        n++;
    }
    return n;
}

static bool is_bare(struct str line) { /* blank, or a remark */
    const struct str words = str_trim(line);
    return words.n == 0 || words.p[0] == '#';
}

static struct str without_remark(struct str line, struct str *remark) {
    const size_t at = str_find(line, STR(" #"));
    *remark = str_trim(str_slice(line, at < line.n ? at + 1 : line.n, line.n));
    return str_trim(str_slice(line, 0, at));
}

static struct str unquoted(struct str key) {
    const bool quoted = key.n > 1 && (key.p[0] == '"' || key.p[0] == '\'') && key.p[key.n - 1] == key.p[0];
    return quoted ? str_slice(key, 1, key.n - 1) : key;
}

static void flush_after(struct edit *edit) {
    buffer_add(&edit->before, buffer_str(&edit->after));
    buffer_clear(&edit->after);
}

/* A line below `printers:`. */
static void take_inside(struct edit *edit, struct str line) {
    const size_t indent = indent_of(line);
    if (edit->indent.p == NULL) {
        edit->indent = str_slice(line, 0, indent);
    }
    if (edit->dropping && indent > edit->indent.n) {
        return;
    }
    edit->dropping = false;
    const struct str key = unquoted(str_trim(str_slice(line, indent, str_find_byte(line, ':'))));
    if (indent == edit->indent.n && str_eq(key, edit->name)) {
        flush_after(edit);
        without_remark(line, &edit->remark);
        edit->found = edit->dropping = true;
        return;
    }
    buffer_add(&edit->after, line);
    if (!edit->found) {
        flush_after(edit);
    }
}

/* False: `printers` isn't written a line each. */
static bool take(struct edit *edit, struct str line) {
    struct str remark;
    if (is_bare(line) || edit->past) {
        buffer_add(edit->inside || edit->past ? &edit->after : &edit->before, line);
    } else if (edit->inside && indent_of(line) > 0) {
        take_inside(edit, line);
    } else if (edit->inside) {
        edit->past = true;
        edit->inside = false;
        buffer_add(&edit->after, line);
    } else if (str_starts(line, STR("printers:"))) {
        edit->inside = true;
        buffer_add(&edit->before, line);
        return str_is(without_remark(line, &remark), "printers:");
    } else {
        buffer_add(&edit->before, line);
    }
    return true;
}

static struct str put_together(struct arena *arena, struct edit *edit) {
    const struct str indent = edit->indent.n > 0 ? edit->indent : STR("  ");
    struct buffer *out = &edit->before;
    if (out->count > 0 && out->bytes[out->count - 1] != '\n') {
        buffer_add(out, edit->end);
    }
    buffer_printf(out, "%.*s%.*s: %.*s", STR_ARG(indent), STR_ARG(edit->name), STR_ARG(edit->value));
    if (edit->remark.n > 0) {
        buffer_printf(out, "   %.*s", STR_ARG(edit->remark));
    }
    buffer_add(out, edit->end);
    flush_after(edit);
    return str_copy(arena, buffer_str(out));
}

struct str printers_edit(struct arena *arena, struct str text, struct str name, struct str value) {
    const bool windows = str_find(text, STR("\r\n")) < text.n;
    struct edit edit = {.name = name, .value = value, .end = windows ? STR("\r\n") : STR("\n")};
    bool good = true;
    for (struct str rest = text; rest.n > 0 && good;) {
        const size_t end = str_find_byte(rest, '\n');
        const struct str line = str_slice(rest, 0, end < rest.n ? end + 1 : rest.n);
        good = take(&edit, line);
        rest = str_slice(rest, line.n, rest.n);
    }
    if (good && !edit.inside && !edit.past) {
        good = str_trim(buffer_str(&edit.before)).n == 0 || is_bare(buffer_str(&edit.before));
        buffer_printf(&edit.before, "printers:%.*s", STR_ARG(edit.end));
    }
    const struct str edited = good ? put_together(arena, &edit) : STR_NONE;
    buffer_release(&edit.before);
    buffer_release(&edit.after);
    return edited;
}
