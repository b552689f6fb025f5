/* fontdirs.h: inside font/: which fonts there are, by fontconfig. */
#ifndef FONT_FONTDIRS_H
#define FONT_FONTDIRS_H

#include <fontconfig/fontconfig.h>

/* Fontconfig's configuration, as far as it says which fonts there are: folders, caches, what is left out, what is changed when a font is
 * scanned. Not what it says of matching, which is most of it and isn't asked here. The caller's, to FcConfigDestroy. NULL: it holds
 * something unusual, and fontconfig is to read it itself (FcInitLoadConfigAndFonts). */
FcConfig *fontdirs_load(void);

#endif
