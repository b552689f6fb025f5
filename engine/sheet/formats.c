/* formats.c: looks of cells, and names of sheets: what a workbook may have only once. */
#include "base/utf8.h"
#include "sheet/internal.h"

enum { NAME_UNITS = 31 }; /* of a sheet's name, in UTF-16 */

static bool same_format(const struct cell_format *a, const struct cell_format *b) {
    return str_eq(a->number, b->number) && a->align == b->align && a->ground == b->ground && a->size == b->size &&
           a->bold == b->bold && a->ruled == b->ruled && a->wraps == b->wraps;
}

static lxw_format *make_format(struct arena *arena, lxw_workbook *book, const struct cell_format *wanted) {
    lxw_format *format = workbook_add_format(book);
    format_set_align(format, (uint8_t)wanted->align);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (wanted->number.n > 0) {
        format_set_num_format(format, str_c(arena, wanted->number));
    }
    if (wanted->ground != 0) {
        format_set_bg_color(format, wanted->ground);
    }
    if (wanted->size > 0) {
        format_set_font_size(format, wanted->size);
    }
    if (wanted->bold) {
        format_set_bold(format);
    }
    if (wanted->ruled) {
        format_set_border(format, LXW_BORDER_THIN);
    }
    if (wanted->wraps) {
        format_set_text_wrap(format);
    }
    return format;
}

lxw_format *cell_format_of(struct cell_formats *formats, const struct cell_format *wanted) {
    for (size_t i = 0; i < formats->count; i++) {
        if (same_format(&formats->items[i], wanted)) {
            return formats->made[i];
        }
    }
    size_t count = formats->count;
    ARENA_GROW(formats->arena, formats->made, count, formats->made_capacity);
    ARENA_GROW(formats->arena, formats->items, formats->count, formats->capacity);
    formats->items[formats->count] = *wanted;
    formats->made[formats->count] = make_format(formats->arena, formats->book, wanted);
    return formats->made[formats->count++];
}

/* --- names ----------------------------------------------------------------------------------------------------------- */

static bool may_stand(uint32_t c) {
    return c >= ' ' && c != '[' && c != ']' && c != ':' && c != '*' && c != '?' && c != '/' && c != '\\' && c != '\'';
}

/* At most so many units of what a name may have. */
static struct str cut_name(struct arena *arena, struct str wanted, size_t units) {
    struct str name = STR_NONE;
    for (size_t at = 0; at < wanted.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(wanted, &at);
        const size_t needs = c > 0xFFFF ? 2 : 1;
        if (!may_stand(c)) {
            continue;
        }
        if (needs > units) {
            break;
        }
        units -= needs;
        name = str_join(arena, name, str_slice(wanted, from, at));
    }
    return str_trim(name);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_name(struct str a, struct str b) {
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++) {
        same = lower(a.p[i]) == lower(b.p[i]);
    }
    return same;
}

static bool is_taken(const struct sheet_names *taken, struct str name) {
    bool found = same_name(name, STR("History")); /* Excel keeps it for itself */
    for (size_t i = 0; i < taken->count && !found; i++) {
        found = same_name(taken->items[i], name);
    }
    return found;
}

struct str sheet_name(struct sheet_names *taken, struct str wanted) {
    struct str name = cut_name(taken->arena, wanted, NAME_UNITS);
    for (int n = 2; name.n == 0 || is_taken(taken, name); n++) {
        const struct str ordinal = str_printf(taken->arena, " (%d)", n);
        const struct str stem = cut_name(taken->arena, wanted, NAME_UNITS - ordinal.n);
        name = str_join(taken->arena, stem.n > 0 ? stem : STR("表"), ordinal);
    }
    ARENA_GROW(taken->arena, taken->items, taken->count, taken->capacity);
    taken->items[taken->count++] = name;
    return name;
}
