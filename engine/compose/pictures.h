/* pictures.h: pictures and seals are drawn into a box. Private to compose/.
 *
 * Each is a value: the path of a file, or for a picture the bytes themselves. For commit: what is wrong is told at once, and the
 * box stays empty. */
#ifndef COMPOSE_PICTURES_H
#define COMPOSE_PICTURES_H

#include "compose/scope.h"

/* picture.c: fills the box, or with `whole` fits all of the picture into it. Counts it as given, and when it is drawn as placed. False:
 * it isn't drawn, which is told. */
bool context_picture(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                     struct place place, bool whole);

/* The lines of paragraphs, in the middle of the place of a picture that isn't drawn; counts their characters as given and placed. */
void context_no_picture(struct context *context, struct canvas *canvas, struct box box, const struct lines *paragraphs,
                        size_t count);

/* seal.c: what a seal's path gives; NULL: none is asked for. */
const struct value *seal_path(const struct scope *scope, const struct seal_spec *seal);
/* Where there is no seal, or it can't be drawn (told), the place stays free, and a proof has a ring there. */
void context_seal(struct context *context, struct canvas *canvas, struct box box, const struct value *path,
                  struct place place);

#endif
