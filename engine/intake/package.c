/* package.c: libzip gives bytes, libxml2's reader asks for them; between them the bytes are counted. */
#include "intake/package.h"

#include <string.h>
#include <zip.h>

#define PACKAGE_HEAD_BYTES 2048

struct part {
    struct package *package;
    struct str name;
    zip_file_t *stream;
    xmlTextReaderPtr reader;
    int type; /* of the node at hand */
    bool damaged;
};

void package_refuse(struct package *package, enum diag_code code, struct str part) {
    if (!package->refused) {
        diag_add(package->diags, code, (struct place){.file = package->file},
                 (const struct str[4]){package->file, part});
        package->refused = true;
    }
}

/* --- the zip ------------------------------------------------------------------------------------------------------ */

bool package_open(struct package *package, struct arena *arena, struct str file, struct str bytes,
                  struct diags *diags) {
    zip_error_t error;
    *package = (struct package){.arena = arena, .diags = diags, .file = file, .left_bytes = PACKAGE_LIMIT_BYTES};
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    package->zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
    if (package->zip == NULL) {
        zip_source_free(source);
        package_refuse(package, DIAG_T106, STR_NONE);
    }
    zip_error_fini(&error);
    return package->zip != NULL;
}

void package_close(struct package *package) {
    if (package->zip != NULL) {
        zip_discard(package->zip);
    }
}

bool package_has(const struct package *package, struct str part) {
    return zip_name_locate(package->zip, str_c(package->arena, part), ZIP_FL_NOCASE) >= 0;
}

static zip_file_t *open_stream(struct package *package, struct str part) {
    const zip_int64_t index = zip_name_locate(package->zip, str_c(package->arena, part), ZIP_FL_NOCASE);
    return index < 0 ? NULL : zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
}

struct str package_head(struct package *package, struct str part, size_t limit_bytes) {
    zip_file_t *stream = open_stream(package, part);
    if (stream == NULL) {
        return STR_NONE;
    }
    char *bytes = arena_alloc(package->arena, limit_bytes);
    const zip_int64_t count = zip_fread(stream, bytes, limit_bytes);
    zip_fclose(stream);
    return count < 0 ? STR_NONE : (struct str){bytes, (size_t)count};
}

/* In UTF-8 and UTF-16: NULs between the letters are passed over. */
static bool has_doctype(struct str head) {
    static const char word[] = "<!DOCTYPE";
    size_t matched = 0;
    for (size_t i = 0; i < head.n && matched < sizeof word - 1; i++) {
        if (head.p[i] != '\0') {
            matched = head.p[i] == word[matched] ? matched + 1 : head.p[i] == word[0];
        }
    }
    return matched == sizeof word - 1;
}

bool package_is_plain(struct package *package) {
    const zip_int64_t count = zip_get_num_entries(package->zip, 0);
    for (zip_int64_t i = 0; i < count && !package->refused; i++) {
        const struct str name = str_from(zip_get_name(package->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS));
        if (name.n > 0 && (str_ends(name, STR(".xml")) || str_ends(name, STR(".rels"))) &&
            has_doctype(package_head(package, name, PACKAGE_HEAD_BYTES))) {
            package_refuse(package, DIAG_T108, name);
        }
    }
    return !package->refused;
}

struct str package_target(struct arena *arena, struct str from, struct str target) {
    size_t folder = from.n;
    if (target.n > 0 && target.p[0] == '/') {
        return str_slice(target, 1, target.n);
    }
    while (folder > 0 && from.p[folder - 1] != '/') {
        folder--;
    }
    while (str_starts(target, STR("../")) && folder > 0) {
        target = str_slice(target, 3, target.n);
        folder--;
        while (folder > 0 && from.p[folder - 1] != '/') {
            folder--;
        }
    }
    target = str_starts(target, STR("./")) ? str_slice(target, 2, target.n) : target;
    return str_join(arena, str_slice(from, 0, folder), target);
}

/* --- parts as XML ------------------------------------------------------------------------------------------------- */

static int give_bytes(void *context, char *bytes, int room) {
    struct part *part = context;
    struct package *package = part->package;
    const zip_int64_t count = zip_fread(part->stream, bytes, (zip_uint64_t)room);
    if (count < 0 || (size_t)count > package->left_bytes) {
        package_refuse(package, count < 0 ? DIAG_T106 : DIAG_T107, part->name);
        return -1;
    }
    package->left_bytes -= (size_t)count;
    return (int)count;
}

static int keep_open(void *context) {
    (void)context;
    return 0;
}

static void be_silent(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

struct part *part_open(struct package *package, struct str name) {
    zip_file_t *stream = package->refused ? NULL : open_stream(package, name);
    if (stream == NULL) {
        return NULL;
    }
    struct part *part = ARENA_NEW(package->arena, struct part);
    *part = (struct part){.package = package, .name = name, .stream = stream};
    part->reader = xmlReaderForIO(give_bytes, keep_open, part, "", NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (part->reader == NULL) {
        zip_fclose(stream);
        package_refuse(package, DIAG_T106, name);
        return NULL;
    }
    xmlTextReaderSetStructuredErrorHandler(part->reader, be_silent, NULL);
    return part;
}

bool part_next(struct part *part) {
    const int read = part->package->refused ? 0 : xmlTextReaderRead(part->reader);
    part->type = read == 1 ? xmlTextReaderNodeType(part->reader) : XML_READER_TYPE_NONE;
    if (part->type == XML_READER_TYPE_DOCUMENT_TYPE || part->type == XML_READER_TYPE_ENTITY_REFERENCE) {
        package_refuse(part->package, DIAG_T108, part->name);
    }
    if (read < 0) {
        package_refuse(part->package, DIAG_T106, part->name);
    }
    return read == 1 && !part->package->refused;
}

void part_close(struct part *part) {
    xmlFreeTextReader(part->reader);
    zip_fclose(part->stream);
}

static bool is_named(const struct part *part, const char *name) {
    return strcmp((const char *)xmlTextReaderConstLocalName(part->reader), name) == 0;
}

bool part_starts(const struct part *part, const char *name) {
    return part->type == XML_READER_TYPE_ELEMENT && is_named(part, name);
}

bool part_ends(const struct part *part, const char *name) {
    return part->type == XML_READER_TYPE_END_ELEMENT && is_named(part, name);
}

bool part_is_empty(const struct part *part) {
    return xmlTextReaderIsEmptyElement(part->reader) == 1;
}

struct str part_text(const struct part *part) {
    const bool is_text = part->type == XML_READER_TYPE_TEXT || part->type == XML_READER_TYPE_CDATA ||
                         part->type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                         part->type == XML_READER_TYPE_WHITESPACE;
    return is_text ? str_from((const char *)xmlTextReaderConstValue(part->reader)) : STR_NONE;
}

struct str part_attribute(const struct part *part, const char *name) {
    struct str value = STR_NONE;
    for (int more = xmlTextReaderMoveToFirstAttribute(part->reader); more == 1 && value.p == NULL;
         more = xmlTextReaderMoveToNextAttribute(part->reader)) {
        if (is_named(part, name)) {
            value = str_from((const char *)xmlTextReaderConstValue(part->reader));
        }
    }
    xmlTextReaderMoveToElement(part->reader);
    return value;
}
