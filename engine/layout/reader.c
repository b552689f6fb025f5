/* reader.c: mistakes told once, and names with a near one. */
#include "layout/reader.h"
#include "layout/schema.h"

#include "base/buffer.h"
#include "base/nearest.h"

struct diag *reader_tell(struct reader *reader, enum diag_code code, struct place place, const struct str args[4]) {
    if (diag_severity(code) == SEVERITY_ERROR) {
        reader->errors++;
    }
    /* The second argument parts two keys that one mapping lacks. */
    const struct str key = str_printf(reader->arena, "%d %d %d %.*s %.*s", (int)code, place.line, place.column,
                                      STR_ARG(place.file), STR_ARG(args[1]));
    bool found = false;
    *strmap_put(&reader->told, key, &found) = 1;
    return found ? NULL : diag_add(reader->diags, code, place, args);
}

static struct str list_of_names(struct reader *reader, const struct str *names, size_t count) {
    struct buffer list;
    buffer_init(&list);
    for (size_t i = 0; i < count && list.count < 400; i++) {
        buffer_add(&list, i > 0 ? STR(", ") : STR(""));
        buffer_add(&list, names[i]);
    }
    const struct str copy = count > 0 ? str_copy(reader->arena, buffer_str(&list)) : STR("—");
    buffer_release(&list);
    return copy;
}

void reader_tell_name(struct reader *reader, enum diag_code near, enum diag_code far, struct place place,
                      struct str where, struct str name, const struct str *candidates, size_t count) {
    const struct str best = name_meant(name, candidates, count);
    const struct str help = best.n > 0 ? name_in_full(name, best) : list_of_names(reader, candidates, count);
    reader_tell(reader, best.n > 0 ? near : far, place, (const struct str[4]){where, name, help});
}
