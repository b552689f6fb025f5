/* package.h: the zip that a workbook is, and its parts as streams of XML. Private to intake/.
 *
 * Nothing is believed that a file says of itself: bytes are counted as they come, sizes in headers aren't used, a checksum holds only
 * when a part was read to its end. A DOCTYPE or an entity of its own in any part refuses the file; nothing is fetched. */
#ifndef INTAKE_PACKAGE_H
#define INTAKE_PACKAGE_H

#include <libxml/xmlreader.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* What all parts of one file may inflate to. LibreOffice's shared strings inflate 114 times, so a ratio says nothing. */
#define PACKAGE_LIMIT_BYTES (256u << 20)

/* The caller's, on the stack; package_open fills it. The file's bytes and all texts are borrowed or in the arena. */
struct package {
    struct arena *arena;
    struct diags *diags;
    struct str file;
    struct zip *zip;
    size_t left_bytes; /* that may still be inflated */
    bool refused;      /* told */
};

/* Opens the zip in memory; `bytes` must outlive it, `file` is its name in messages. False: told, and there is nothing to
 * close. */
bool package_open(struct package *package, struct arena *arena, struct str file, struct str bytes, struct diags *diags);
/* Closes the zip; parts are closed before. */
void package_close(struct package *package);
/* Is there such a part? Case doesn't count, as in OPC (ECMA-376 part 2). */
bool package_has(const struct package *package, struct str part);
/* A part's bytes up to a limit, for the small ones that are no XML; STR_NONE when there is none. */
struct str package_head(struct package *package, struct str part, size_t limit_bytes);
/* Has none of the parts a DOCTYPE at its head, those that nobody reads included? False: told. */
bool package_is_plain(struct package *package);
/* The name of a part that another names: "/xl/a.xml" as it is, "../a.xml" from the folder of `from`. */
struct str package_target(struct arena *arena, struct str from, struct str target);

/* Tells why the file isn't taken, once: nothing of it is used. part: where it was seen. */
void package_refuse(struct package *package, enum diag_code code, struct str part);

/* A part as XML, read forwards once. */
struct part;
/* NULL: there is no such part, or the package was refused before or now (told). In the package's arena; part_close ends it. */
struct part *part_open(struct package *package, struct str name);
/* The next node. False: the end, or the package is refused: by a DOCTYPE (T108), by XML that isn't well-formed or a checksum
 * that doesn't fit (T106), by too many bytes (T107). package->refused tells these from the end. */
bool part_next(struct part *part);
/* At any node; what is left isn't read, so that its checksum isn't looked at. */
void part_close(struct part *part);
/* Is the node at hand the start of such an element, whatever its prefix? */
bool part_starts(const struct part *part, const char *name);
/* Is it the end of one? Never for an empty one, <c/>. */
bool part_ends(const struct part *part, const char *name);
/* Is it an empty one, <c/>, which has no end of its own? */
bool part_is_empty(const struct part *part);
/* Characters at hand, or STR_NONE; valid until part_next. */
struct str part_text(const struct part *part);
/* An attribute by its local name; STR_NONE when there is none. Valid until the next call. */
struct str part_attribute(const struct part *part, const char *name);

#endif
