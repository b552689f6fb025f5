/* xlsx.c: the way to a workbook's sheets: package → workbook → relations → sheets, strings, formats. Element names are taken without
 * their namespace, so that the strict variant (ISO/IEC 29500-1) is read like the common one. */
#include "intake/xlsx.h"

#include "base/buffer.h"

#define SHEETS_LIMIT 1024

struct relation {
    struct str id, type, target;
};
struct relations {
    struct relation *items;
    size_t count, capacity;
};

static bool tell(struct package *package, enum diag_code code) {
    diag_add(package->diags, code, (struct place){.file = package->file}, (const struct str[4]){package->file});
    return false;
}

/* --- relations ---------------------------------------------------------------------------------------------------- */

static struct str relations_of(struct arena *arena, struct str part) {
    size_t folder = part.n;
    while (folder > 0 && part.p[folder - 1] != '/') {
        folder--;
    }
    return str_printf(arena, "%.*s_rels/%.*s.rels", (int)folder, part.p, (int)(part.n - folder), part.p + folder);
}

static struct relations read_relations(struct package *package, struct str of) {
    struct arena *arena = package->arena;
    struct relations relations = {0};
    struct part *part = part_open(package, relations_of(arena, of));
    while (part != NULL && part_next(part)) {
        if (part_starts(part, "Relationship")) {
            ARENA_GROW(arena, relations.items, relations.count, relations.capacity);
            struct relation *relation = &relations.items[relations.count++];
            relation->id = str_copy(arena, part_attribute(part, "Id"));
            relation->type = str_copy(arena, part_attribute(part, "Type"));
            relation->target = package_target(arena, of, str_copy(arena, part_attribute(part, "Target")));
        }
    }
    if (part != NULL) {
        part_close(part);
    }
    return relations;
}

/* The target of a relation by the end of its type; STR_NONE. */
static struct str target_of_type(const struct relations *relations, struct str type) {
    for (size_t i = 0; i < relations->count; i++) {
        if (str_ends(relations->items[i].type, type)) {
            return relations->items[i].target;
        }
    }
    return STR_NONE;
}

static struct str target_of_id(const struct relations *relations, struct str id) {
    for (size_t i = 0; i < relations->count; i++) {
        if (str_eq(relations->items[i].id, id)) {
            return relations->items[i].target;
        }
    }
    return STR_NONE;
}

/* --- shared strings and formats ----------------------------------------------------------------------------------- */

/* Runs of one string are joined; how it is read (rPh) is left out. */
static void read_strings(struct workbook *book, struct arena *arena, struct str name) {
    struct part *part = name.n > 0 ? part_open(&book->package, name) : NULL;
    struct buffer text = {0};
    bool in_text = false, in_reading = false;
    while (part != NULL && part_next(part)) {
        if (part_starts(part, "si")) {
            buffer_clear(&text);
        }
        in_reading = (in_reading || (part_starts(part, "rPh") && !part_is_empty(part))) && !part_ends(part, "rPh");
        in_text = (in_text || (part_starts(part, "t") && !part_is_empty(part))) && !part_ends(part, "t");
        if (in_text && !in_reading) {
            buffer_add(&text, part_text(part));
        }
        if (part_ends(part, "si") || (part_starts(part, "si") && part_is_empty(part))) {
            ARENA_GROW(arena, book->strings, book->string_count, book->string_capacity);
            book->strings[book->string_count++] = str_copy(arena, buffer_str(&text));
        }
    }
    if (part != NULL) {
        part_close(part);
    }
    buffer_release(&text);
}

struct format {
    int64_t id;
    struct str code;
};
struct formats {
    struct format *items;
    size_t count, capacity;
};

static struct str code_of(const struct formats *formats, int64_t id) {
    for (size_t i = 0; i < formats->count; i++) {
        if (formats->items[i].id == id) {
            return formats->items[i].code;
        }
    }
    return STR_NONE;
}

/* Codes of a workbook's own formats stand before the list of cells' formats that number them. */
static void read_formats(struct workbook *book, struct arena *arena, struct str name) {
    struct part *part = name.n > 0 ? part_open(&book->package, name) : NULL;
    struct formats formats = {0};
    bool of_cells = false;
    while (part != NULL && part_next(part)) {
        int64_t id = 0;
        of_cells = (of_cells || part_starts(part, "cellXfs")) && !part_ends(part, "cellXfs");
        if (part_starts(part, "numFmt") && str_to_int(part_attribute(part, "numFmtId"), &id)) {
            ARENA_GROW(arena, formats.items, formats.count, formats.capacity);
            formats.items[formats.count++] = (struct format){id, str_copy(arena, part_attribute(part, "formatCode"))};
        } else if (of_cells && part_starts(part, "xf")) {
            str_to_int(part_attribute(part, "numFmtId"), &id);
            ARENA_GROW(arena, book->is_day, book->format_count, book->format_capacity);
            book->is_day[book->format_count++] = xlsx_is_day_format(id, code_of(&formats, id));
        }
    }
    if (part != NULL) {
        part_close(part);
    }
}

/* --- the workbook ------------------------------------------------------------------------------------------------- */

struct entry {
    struct str name, id;
    bool hidden;
};

static bool is_yes(struct str value) {
    return str_is(value, "1") || str_is(value, "true");
}

static struct entry *read_entries(struct workbook *book, struct arena *arena, struct str name, size_t *count) {
    struct part *part = part_open(&book->package, name);
    struct entry *entries = NULL;
    size_t capacity = 0;
    *count = 0;
    while (part != NULL && part_next(part)) {
        if (part_starts(part, "workbookPr")) {
            book->from_1904 = is_yes(part_attribute(part, "date1904"));
        } else if (part_starts(part, "sheet") && *count < SHEETS_LIMIT) {
            ARENA_GROW(arena, entries, *count, capacity);
            struct entry *entry = &entries[(*count)++];
            entry->name = str_copy(arena, part_attribute(part, "name"));
            entry->id = str_copy(arena, part_attribute(part, "id"));
            const struct str state = part_attribute(part, "state");
            entry->hidden = state.n > 0 && !str_is(state, "visible");
        }
    }
    if (part != NULL) {
        part_close(part);
    }
    return entries;
}

/* Sheets of charts have no cells. */
static bool read_sheets(struct workbook *book, struct arena *arena, struct str name, struct grid *out) {
    const struct relations relations = read_relations(&book->package, name);
    size_t count = 0;
    const struct entry *entries = read_entries(book, arena, name, &count);
    read_strings(book, arena, target_of_type(&relations, STR("/sharedStrings")));
    read_formats(book, arena, target_of_type(&relations, STR("/styles")));
    out->sheets = ARENA_ARRAY(arena, struct sheet, count);
    for (size_t i = 0; i < count && !book->package.refused; i++) {
        const struct str part = target_of_id(&relations, entries[i].id);
        struct sheet *sheet = &out->sheets[out->count++];
        *sheet = (struct sheet){.name = entries[i].name, .hidden = entries[i].hidden};
        if (part.n > 0 && !xlsx_read_sheet(book, arena, part, sheet)) {
            return false;
        }
    }
    return !book->package.refused;
}

static bool is_open_document(struct package *package) {
    return str_starts(package_head(package, STR("mimetype"), 64), STR("application/vnd.oasis.opendocument"));
}

bool xlsx_read(struct arena *arena, struct str bytes, struct diags *diags, struct grid *out) {
    struct workbook book = {0};
    bool good = false;
    if (!package_open(&book.package, arena, out->file, bytes, diags)) {
        return false;
    }
    package_is_plain(&book.package);
    const struct relations roots = read_relations(&book.package, STR(""));
    const struct str name = target_of_type(&roots, STR("/officeDocument"));
    if (is_open_document(&book.package)) {
        tell(&book.package, DIAG_T109);
    } else if (!book.package.refused && (name.n == 0 || !package_has(&book.package, name))) {
        tell(&book.package, DIAG_T105);
    } else {
        good = !book.package.refused && read_sheets(&book, arena, name, out);
    }
    package_close(&book.package);
    return good;
}
