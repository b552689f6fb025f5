/* face.c: a face is opened. The file is mapped, not read: of 25 MB a document touches a few hundred KB.
 *
 * Beside the whole face stands its outline face, by which HarfBuzz sees only the tables that a PDF needs. Subsetting
 * by glyph needs neither character map nor layout rules, and without them takes a third of the time. */
#include "font/face.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"

enum { UNITS = 1000 };

struct mapping {
    void *start;
    size_t size;
};

static void unmap(void *data) {
    struct mapping *mapping = data;
    munmap(mapping->start, mapping->size);
}

static bool is_mappable(const struct stat *status) {
    return S_ISREG(status->st_mode) && status->st_size > 0 && status->st_size < UINT32_MAX;
}

/* The file's bytes. NULL: *error is EBADMSG when it isn't a regular file of a font's size, else why it can't be
 * opened or mapped. */
static hb_blob_t *map_file(struct arena *arena, struct str path, int *error) {
    struct stat status;
    const int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us up */
    if (file < 0) {
        *error = errno;
        return NULL;
    }
    hb_blob_t *blob = NULL;
    *error = EBADMSG;
    if (fstat(file, &status) == 0 && is_mappable(&status)) {
        struct mapping *mapping = ARENA_NEW(arena, struct mapping);
        mapping->size = (size_t)status.st_size;
        mapping->start = mmap(NULL, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
        *error = mapping->start == MAP_FAILED ? errno : 0;
        if (*error == 0) {
            blob = hb_blob_create(mapping->start, (unsigned)mapping->size, HB_MEMORY_MODE_READONLY, mapping, unmap);
        }
    }
    close(file);
    return blob;
}

static hb_blob_t *outline_table(hb_face_t *outline_face, hb_tag_t tag, void *whole) {
    static const hb_tag_t kept[] = {HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
                                    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('m', 'a', 'x', 'p'), HB_TAG('h', 'h', 'e', 'a'),
                                    HB_TAG('h', 'm', 't', 'x')};
    (void)outline_face;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (tag == kept[i]) {
            return hb_face_reference_table(whole, tag);
        }
    }
    return NULL;
}

/* --- tables that HarfBuzz reads for itself alone: numbers at fixed places ------------------------------------------- */

struct table {
    hb_blob_t *blob;
    struct str bytes;
};

static struct table table_open(hb_face_t *face, hb_tag_t tag) {
    struct table table = {.blob = hb_face_reference_table(face, tag)};
    unsigned size = 0;
    table.bytes.p = hb_blob_get_data(table.blob, &size);
    table.bytes.n = size;
    return table;
}

static void table_close(struct table table) {
    hb_blob_destroy(table.blob);
}

static int32_t table_u16(struct table table, unsigned at) {
    return (int32_t)bytes_u16(table.bytes, at);
}

static int32_t table_i16(struct table table, unsigned at) {
    const int32_t value = table_u16(table, at);
    return value < 0x8000 ? value : value - 0x10000;
}

static int32_t scaled(int32_t value, int32_t units_per_em) {
    const int32_t half = value < 0 ? -units_per_em / 2 : units_per_em / 2;
    return (value * UNITS + half) / units_per_em;
}

static void read_head(struct face *face, int32_t em) {
    const struct table head = table_open(face->hb_face, HB_TAG('h', 'e', 'a', 'd'));
    for (unsigned i = 0; i < 4; i++) {
        face->metrics.box[i] = scaled(table_i16(head, 36 + 2 * i), em);
    }
    table_close(head);
}

static void read_post(struct face *face, int32_t em) {
    const struct table post = table_open(face->hb_face, HB_TAG('p', 'o', 's', 't'));
    face->metrics.italic_angle = table_i16(post, 4);
    face->metrics.underline_position = -scaled(table_i16(post, 8), em);
    face->metrics.underline_thickness = scaled(table_i16(post, 10), em);
    face->metrics.fixed_pitch = table_u16(post, 12) != 0 || table_u16(post, 14) != 0;
    table_close(post);
}

/* IBM's family classes 1 to 5 and 7 have serifs; without a class, PANOSE's serif style 2 to 10 means the same. */
static bool has_serifs(struct table os2) {
    const int32_t class = table_u16(os2, 30) >> 8, panose = table_u16(os2, 32);
    if (class != 0) {
        return class <= 5 || class == 7;
    }
    return panose >> 8 == 2 && (panose & 0xFF) >= 2 && (panose & 0xFF) <= 10;
}

/* The design's own ascent and descent are those of OS/2; hhea's are a screen's line spacing. */
static void read_os2(struct face *face, int32_t em) {
    struct face_metrics *m = &face->metrics;
    const struct table os2 = table_open(face->hb_face, HB_TAG('O', 'S', '/', '2'));
    const struct table hhea = table_open(face->hb_face, HB_TAG('h', 'h', 'e', 'a'));
    bool design = os2.bytes.n >= 72;
    m->ascent = scaled(design ? table_i16(os2, 68) : table_i16(hhea, 4), em);
    m->descent = -scaled(design ? table_i16(os2, 70) : table_i16(hhea, 6), em);
    m->x_height = scaled(table_i16(os2, 86), em);
    m->cap_height = scaled(table_i16(os2, 88), em);
    if (m->x_height <= 0) {
        m->x_height = UNITS / 2;
    }
    if (m->cap_height <= 0) {
        m->cap_height = m->ascent * 4 / 5;
    }
    m->serif = has_serifs(os2);
    table_close(os2);
    table_close(hhea);
}

/* The PostScript name, less characters that a PDF name can't hold; the file's name when there is none. */
static struct str read_name(struct arena *arena, hb_face_t *hb_face, struct str path) {
    char bytes[64];
    unsigned size = sizeof bytes;
    hb_ot_name_get_utf8(hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, bytes);
    struct str name = {bytes, size};
    for (size_t slash; size == 0 && (slash = str_find_byte(path, '/')) < path.n;) {
        path = str_slice(path, slash + 1, path.n);
    }
    if (size == 0) {
        name = str_slice(path, 0, path.n < sizeof bytes ? path.n : sizeof bytes);
    }
    char *clean = arena_copy(arena, name.p, name.n);
    for (size_t i = 0; i < name.n; i++) {
        if (clean[i] <= ' ' || clean[i] > '~' || strchr("()<>[]{}/%#", clean[i]) != NULL) {
            clean[i] = '-';
        }
    }
    return (struct str){clean, name.n};
}

static struct str table_view(hb_face_t *face, hb_tag_t tag) {
    const struct table table = table_open(face, tag);
    const struct str view = table.bytes;
    table_close(table); /* the file stays mapped */
    return view;
}

static bool read_glyf(struct face *face) {
    hb_face_t *from = face->hb_face;
    face->glyf = (struct glyf){.glyf = table_view(from, HB_TAG('g', 'l', 'y', 'f')),
                               .loca = table_view(from, HB_TAG('l', 'o', 'c', 'a')),
                               .head = table_view(from, HB_TAG('h', 'e', 'a', 'd')),
                               .hhea = table_view(from, HB_TAG('h', 'h', 'e', 'a')),
                               .hmtx = table_view(from, HB_TAG('h', 'm', 't', 'x')),
                               .maxp = table_view(from, HB_TAG('m', 'a', 'x', 'p'))};
    return glyf_read(&face->glyf);
}

/* Finds the kind of outlines; false: none that PDF can hold, or damaged. */
static bool read_outlines(struct arena *arena, struct face *face) {
    const struct str cff = table_view(face->hb_face, HB_TAG('C', 'F', 'F', ' '));
    face->is_cff = cff.n > 0;
    face->outlines = outlines_create_in(arena, face->is_cff ? &code_of_cff : &code_of_glyf);
    if (face->is_cff) {
        face->joinable = cff_read_in(arena, cff, hb_face_get_glyph_count(face->hb_face), &face->cff);
        return face->joinable;
    }
    face->joinable = read_glyf(face);
    return face->glyf.glyf.n > 0;
}

struct face *face_open_in(struct arena *arena, struct str path, uint32_t collection_index, int *error) {
    hb_blob_t *blob = map_file(arena, path, error);
    if (blob == NULL) {
        return NULL;
    }
    struct face *face = ARENA_NEW(arena, struct face);
    const unsigned faces_in_file = hb_face_count(blob);
    face->hb_face = hb_face_create(blob, collection_index);
    hb_blob_destroy(blob);
    face->hb_font = hb_font_create(face->hb_face);
    face->outline_face = hb_face_create_for_tables(outline_table, face->hb_face, NULL);
    const int32_t em = (int32_t)hb_face_get_upem(face->hb_face);
    bool usable =
        collection_index < faces_in_file && hb_face_get_glyph_count(face->hb_face) > 1 && read_outlines(arena, face);
    if (!usable) {
        *error = EBADMSG;
        face_close(face);
        return NULL;
    }
    hb_font_set_scale(face->hb_font, UNITS, UNITS);
    face->path = str_copy(arena, path);
    face->collection_index = collection_index;
    face->name = read_name(arena, face->hb_face, path);
    read_head(face, em);
    read_post(face, em);
    read_os2(face, em);
    face->coverage = coverage_create_in(arena);
    return face;
}

void face_close(struct face *face) {
    if (face->outlines != NULL) {
        outlines_release(face->outlines);
    }
    hb_face_destroy(face->outline_face);
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
}

struct str face_name(const struct face *face) {
    return face->name;
}

struct str face_path(const struct face *face) {
    return face->path;
}

uint16_t face_index(const struct face *face) {
    return face->index;
}

const struct face_metrics *face_metrics(const struct face *face) {
    return &face->metrics;
}

void *face_hb_font(const struct face *face) {
    return face->hb_font;
}
