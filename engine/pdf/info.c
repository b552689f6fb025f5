/* info.c: title, author, date and /ID of a file. All of it comes from the document and its options. */
#include "pdf/internal.h"

#include "page/sinks.h"

static void put_entry(struct buffer *out, struct str key, struct str value) {
    if (value.n == 0) {
        return;
    }
    buffer_add(out, key);
    put_unicode(out, value);
}

/* 2026-11-25 becomes D:20261125. */
static void put_date(struct buffer *out, struct str date) {
    if (date.n == 0) {
        return;
    }
    buffer_add(out, STR("/CreationDate(D:"));
    for (size_t i = 0; i < date.n; i++) {
        if (date.p[i] >= '0' && date.p[i] <= '9') {
            buffer_byte(out, date.p[i]);
        }
    }
    buffer_byte(out, ')');
}

static void write_identity(struct file *file, struct hash identity) {
    struct str id = hash_hex(file->arena, identity);
    struct buffer *text = file_text(file);
    buffer_printf(text, "/ID[<%.*s><%.*s>]", STR_ARG(id), STR_ARG(id));
    object_set_entries(file, file->doc->trailer, buffer_str(text));
}

void info_finish(struct file *file, const struct document *document, const struct pdf_options *options) {
    struct buffer *text = file_text(file);
    put_entry(text, STR("/Title"), document->title);
    put_entry(text, STR("/Author"), document->author);
    put_entry(text, STR("/Subject"), document->subject);
    put_entry(text, STR("/Keywords"), document->keywords);
    put_entry(text, STR("/Creator"), options->creator);
    put_date(text, options->date);
    object_set_entries(file, file->doc->info, buffer_str(text));
    write_identity(file, options->identity != NULL ? *options->identity : document_hash(document));
}
