/* sheet.c: XML as a part of a workbook, whose other parts are right: the first byte says which part it is. */
#include <string.h>
#include <zip.h>

#include "cells.h"
#include "intake/xlsx.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char *const parts[][2] = {
    {"xl/worksheets/sheet1.xml", HEAD
     "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>42000</v></c></row>"
     "</sheetData></worksheet>"},
    {"xl/sharedStrings.xml", HEAD "<sst><si><t>姓名</t></si></sst>"},
    {"xl/styles.xml", HEAD "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", HEAD "<workbook><sheets><sheet name=\"学生\" id=\"a\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     HEAD "<Relationships><Relationship Id=\"a\" Type=\"" TYPE "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
          "<Relationship Id=\"b\" Type=\"" TYPE "sharedStrings\" Target=\"sharedStrings.xml\"/>"
          "<Relationship Id=\"c\" Type=\"" TYPE "styles\" Target=\"styles.xml\"/></Relationships>"},
    {"_rels/.rels", HEAD "<Relationships><Relationship Id=\"a\" Type=\"" TYPE
                         "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* The zip of the parts, one of them replaced; its bytes are in the source. */
static zip_source_t *pack(size_t replaced, const uint8_t *bytes, size_t count) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < PARTS; i++) {
        const void *body = i == replaced ? (const void *)bytes : parts[i][1];
        const size_t size = i == replaced ? count : strlen(parts[i][1]);
        const zip_int64_t index =
            zip_file_add(zip, parts[i][0], zip_source_buffer(zip, body, size, 0), ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    if (zip_close(zip) != 0) {
        abort();
    }
    return source;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct grid grid = {.file = STR("学生.xlsx")};
    zip_stat_t stat;
    diags_init(&diags, arena);
    zip_source_t *source = pack(count > 0 ? bytes[0] % PARTS : 0, bytes + (count > 0), count - (count > 0));
    zip_source_stat(source, &stat);
    char *packed = arena_alloc(arena, stat.size);
    zip_source_open(source);
    zip_source_read(source, packed, stat.size);
    zip_source_close(source);
    zip_source_free(source);
    if (xlsx_read(arena, (struct str){packed, stat.size}, &diags, &grid)) {
        cells_assert(arena, &grid, &diags);
    } else {
        assert(diags.count > 0);
    }
    arena_destroy(arena);
    return 0;
}
