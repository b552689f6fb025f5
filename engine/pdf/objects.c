/* objects.c: all use of libharu's objects, in one place.
 *
 * libharu calls back when it writes an object: the callbacks write our entries and stream, found by the object's
 * number in file->extras. */
#include "pdf/objects.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { NUMBER_MASK = 0x00FFFFFF };

static uint32_t number_of(HPDF_Dict object) {
    return object->header.obj_id & NUMBER_MASK;
}

/* --- libharu's callbacks: the file is the user data of its error handler, which every object knows */

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user_data) {
    struct file *file = user_data;
    file->error = error;
    file->detail = detail;
    longjmp(file->failed, 1);
}

static HPDF_STATUS on_output(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT count) {
    buffer_append(stream->attr, bytes, count);
    return HPDF_OK;
}

static struct extra *extra_of(HPDF_Dict object) {
    struct file *file = object->error->user_data;
    return &file->extras[number_of(object)];
}

static HPDF_STATUS on_write_entries(HPDF_Dict object, HPDF_Stream stream) {
    const struct str entries = extra_of(object)->entries;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries.p, (HPDF_UINT)entries.n);
}

static HPDF_STATUS on_write_stream(HPDF_Dict object) {
    struct file *file = object->error->user_data;
    const struct str bytes = extra_of(object)->stream;
    HPDF_Stream out = file->doc->stream;
    HPDF_STATUS status = HPDF_Stream_WriteStr(out, "\nstream\n");
    if (status == HPDF_OK) {
        status = HPDF_Stream_Write(out, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n);
    }
    return status == HPDF_OK ? HPDF_Stream_WriteStr(out, "\nendstream") : status;
}

/* Out of memory ends the program here as everywhere, so libharu never fails for it. */
static void *allocate(HPDF_UINT size) {
    return memory_resize(NULL, size ? size : 1);
}

/* --- the file */

void file_open(struct file *file, struct arena *arena, struct buffer *out) {
    *file = (struct file){.arena = arena};
    file->doc = HPDF_NewEx(on_error, allocate, free, 0, file);
    file->doc->pdf_version = HPDF_VER_14;
    file->doc->stream = HPDF_CallbackWriter_New(file->doc->mmgr, on_output, out);
}

void file_save(struct file *file) {
    file_must(file, HPDF_SaveToStream(file->doc));
}

void file_close(struct file *file) {
    HPDF_Free(file->doc);
    buffer_release(&file->text);
}

struct buffer *file_text(struct file *file) {
    buffer_clear(&file->text);
    return &file->text;
}

void file_must(struct file *file, HPDF_STATUS status) {
    if (status == HPDF_OK) {
        return;
    }
    const HPDF_STATUS detail = file->doc->error.detail_no;
    on_error(status, detail, file);
}

HPDF_Dict object_create(struct file *file) {
    HPDF_Dict object = HPDF_Dict_New(file->doc->mmgr);
    file_must(file, HPDF_Xref_Add(file->doc->xref, object));
    return object;
}

static struct extra *extra_make(struct file *file, HPDF_Dict object) {
    const uint32_t number = number_of(object);
    if (number >= file->extra_count) {
        size_t count = file->extra_count ? file->extra_count : 64;
        while (count <= number) {
            count *= 2;
        }
        struct extra *extras = ARENA_ARRAY(file->arena, struct extra, count);
        if (file->extra_count) {
            memcpy(extras, file->extras, file->extra_count * sizeof *extras);
        }
        file->extras = extras;
        file->extra_count = count;
    }
    return &file->extras[number];
}

void object_set_entries(struct file *file, HPDF_Dict object, struct str entries) {
    extra_make(file, object)->entries = str_copy(file->arena, entries);
    object->write_fn = on_write_entries;
}

void object_set_stream(struct file *file, HPDF_Dict object, struct str entries, struct str bytes) {
    struct extra *extra = extra_make(file, object);
    HPDF_Number length = HPDF_Dict_GetItem(object, "Length", HPDF_OCLASS_NUMBER);
    if (length != NULL) { /* a page's content stream: libharu gave it a length, and a buffer that isn't needed */
        HPDF_Number_SetValue(length, (HPDF_INT32)bytes.n);
    } else {
        entries = str_printf(file->arena, "/Length %zu%.*s", bytes.n, STR_ARG(entries));
    }
    if (object->stream != NULL) {
        HPDF_Stream_Free(object->stream);
    }
    object->stream = NULL;
    extra->stream = bytes;
    object->after_write_fn = on_write_stream;
    object_set_entries(file, object, entries);
}

/* --- values of entries */

void put_hex4(struct buffer *out, uint32_t value) {
    static const char digits[] = "0123456789ABCDEF";
    char *p = buffer_reserve(out, 4);
    for (int i = 0; i < 4; i++) {
        p[i] = digits[value >> (12 - 4 * i) & 0xF];
    }
    out->count += 4;
}

void put_utf16_digits(struct buffer *out, uint32_t code_point) {
    if (code_point < 0x10000) {
        put_hex4(out, code_point);
        return;
    }
    put_hex4(out, 0xD800 + ((code_point - 0x10000) >> 10));
    put_hex4(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
}

void put_unicode(struct buffer *out, struct str text) {
    buffer_add(out, STR("<FEFF"));
    for (size_t at = 0; at < text.n;) {
        put_utf16_digits(out, utf8_next(text, &at));
    }
    buffer_byte(out, '>');
}

void put_literal(struct buffer *out, struct str text) {
    buffer_byte(out, '(');
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.p[i];
        if (byte < 0x20 || byte > 0x7E) {
            buffer_printf(out, "\\%03o", byte);
            continue;
        }
        if (byte == '(' || byte == ')' || byte == '\\') {
            buffer_byte(out, '\\');
        }
        buffer_byte(out, (char)byte);
    }
    buffer_byte(out, ')');
}

void put_name(struct buffer *out, struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.p[i];
        if (byte <= 0x20 || byte > 0x7E || str_find_byte(STR("#()<>[]{}/%"), (char)byte) < STR("#()<>[]{}/%").n) {
            buffer_printf(out, "#%02X", byte);
        } else {
            buffer_byte(out, (char)byte);
        }
    }
}

void put_reference(struct buffer *out, HPDF_Dict object) {
    buffer_int(out, number_of(object));
    buffer_add(out, STR(" 0 R"));
}
