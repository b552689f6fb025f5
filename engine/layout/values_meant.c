/* values_meant.c: texts that any words can be, and these can't: yes where words are printed, a path of Windows, a picture of a kind that
 * nobody can print. */
#include "layout/values.h"

/* Is it one of these, parted by | ? */
static bool is_one_of(struct str word, const char *words) {
    for (struct str rest = str_from(words); rest.n > 0;) {
        if (str_eq(str_split(rest, '|', &rest), word)) {
            return true;
        }
    }
    return false;
}

/* continued: yes, empty: none */
static void tell_switch(struct reader *reader, const struct key *key, const struct node *node) {
    const bool plain = node->style == SCALAR_PLAIN && !str_is(str_from(key->name), "text");
    if (plain && is_one_of(node->text, "yes|no|true|false|none|null|on|off|True|False|Yes|No|None")) {
        TELL(reader, L172, node->place, str_from(key->name), node->text);
    }
}

/* D:\照片\logo.png, logo.bmp */
static bool tell_picture(struct reader *reader, struct node *node) {
    static const char *const kinds[] = {".bmp",  ".gif", ".tif", ".tiff", ".heic", ".pdf", ".doc",
                                        ".docx", ".psd", ".emf", ".BMP",  ".GIF",  ".TIF"};
    const struct str path = str_trim(node->text);
    const size_t back = str_find_byte(node->text, '\\');
    if (back < node->text.n) {
        TELL_PLAIN(reader, L248, node_place(node, back, 1));
        return true;
    }
    if (str_find(path, STR("://")) < path.n) {
        TELL(reader, L190, node->place, path);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_ends(path, str_from(kinds[i]))) {
            TELL(reader, L173, node->place, path);
            return true;
        }
    }
    return false;
}

/* of: 拟定、公示 */
static bool tell_codes(struct reader *reader, const struct key *key, const struct node *node) {
    struct str codes = STR_NONE;
    size_t from = 0;
    for (size_t at = 0; at <= node->text.n;) {
        size_t length = 0;
        const struct str meant = at < node->text.n ? sign_meant(node->text, at, &length) : STR(",");
        const bool comma = str_is(meant, ",") || (length == 0 && node->text.p[at] == ',');
        if (comma) {
            const struct str code = str_trim(str_slice(node->text, from, at));
            codes = str_printf(reader->arena, "%.*s%s%.*s", STR_ARG(codes), codes.n > 0 && code.n > 0 ? ", " : "",
                               STR_ARG(code));
            from = at + (length > 0 ? length : 1);
        }
        at += length > 0 ? length : 1;
    }
    const bool several = !str_eq(codes, str_trim(node->text));
    if (several) {
        TELL(reader, L152, node->place, str_from(key->name), codes);
    }
    return several;
}

bool value_tell_text(struct reader *reader, const struct key *key, struct node *node) {
    const bool picture =
        key == &schema_of(MAPPING_IMAGE)->keys[KEY_IMAGE_PATH] || is_one_of(str_from(key->name), "image");
    if (picture && (key->type == TYPE_SOURCE || key->type == TYPE_SHORT)) {
        return tell_picture(reader, node);
    }
    if (key->type == TYPE_CODES) {
        return tell_codes(reader, key, node);
    }
    if (key->type == TYPE_TEMPLATE || key->type == TYPE_STRING) {
        tell_switch(reader, key, node); /* it prints all the same */
    }
    return false;
}
