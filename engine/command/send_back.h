/* send_back.h: where `dossier intake --errors` writes, and what of a file's messages the terminal shows. Private to command/. */
#ifndef COMMAND_SEND_BACK_H
#define COMMAND_SEND_BACK_H

#include "command/command.h"
#include "intake/intake.h"

/* The workbooks' paths, one for each file in the order of the words: OUT.xlsx itself for one file, OUT-NAME.xlsx for several; a folder
 * holds NAME.xlsx for each, and is made. NULL, and told in settings->diags: a path that is a file taken in (T401), or anything but
 * a workbook of this kind (T402), or a folder that can't be made. Nothing is written yet. */
const char **send_back_paths(struct settings *settings);

/* Prints a file's messages. Of those that one column gives again and again the first are shown and the others counted (T404), unless
 * `all`. */
void send_back_tell(struct report *report, const struct intake_told *told, bool all);

#endif
