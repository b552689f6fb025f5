/* piece.h: what an archive room takes over beside each document: its metadata, a list of all, and their sums.
 *
 *     PATH.pdf, PATH.xml       a document, and what DA/T 46—2009 asks of it as far as the records have it (piece.rng)
 *     piece.rng                what such metadata has to look like (RELAX NG), for who checks it years from now
 *     移交清单.csv             a line for each
 *     SHA256SUMS               of all these files, as sha256sum -c reads them; the manifest bears its sum
 *
 * 全宗, 档号 and 保管期限 come from the database, where it is there; what isn't known has no element. */
#ifndef BATCH_PIECE_H
#define BATCH_PIECE_H

#include "base/buffer.h"
#include "batch/manifest.h"

#define PIECES_LIST   "移交清单.csv"
#define PIECES_SUMS   "SHA256SUMS"
#define PIECES_SCHEMA "piece.rng"

/* The bytes of piece.rng, which the Makefile puts into the program. */
extern const unsigned char pieces_schema[];
extern const size_t pieces_schema_count;

struct piece {       /* the strings in the manifest's arena */
    struct str path; /* of its metadata */
    struct str metadata;
};
struct pieces {
    const struct manifest *manifest;
    struct piece *pieces;  /* one for each entry */
    struct fields *fields; /* what both list and metadata say of it */
};

/* Leaves of a manifest what is handed over: of each layout the PDFs on plain paper for the reader who sees most, in the order school, inspector,
 * family, public. */
void pieces_narrow(const struct manifest *whole, struct manifest *out);
/* The metadata of a manifest's entries. */
void pieces_make(struct pieces *pieces, const struct manifest *manifest, const char *database);
/* 移交清单.csv, which replaces the content of `out`: CSV with a BOM, in Chinese. */
void pieces_list(const struct pieces *pieces, struct buffer *out);
/* SHA256SUMS, which replaces the content of `out`. `index`, `findings` and `list`: the bytes of index.html, findings.csv and
 * 移交清单.csv. */
void pieces_sums(const struct pieces *pieces, struct str index, struct str findings, struct str list,
                 struct buffer *out);

#endif
