/* verify_folder.h: what `dossier verify` does without --code and --changed. */
#ifndef COMMAND_VERIFY_FOLDER_H
#define COMMAND_VERIFY_FOLDER_H

#include "command/command.h"

/* Holds a folder against its manifest, or merges those of shards. The exit code; what is wrong with the command line goes to
 * settings->diags, all else has been told. */
enum exit_code verify_folder(struct settings *settings, struct report *report);

#endif
