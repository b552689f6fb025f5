/* qr_mask.h: the mask of a QR code that is no wider than a word. */
#ifndef DRAW_QR_MASK_H
#define DRAW_QR_MASK_H

#include <stdint.h>

/* Version 11; what is wider is left to the library. */
enum { QR_WIDEST = 61, QR_LINES = 64 };

/* rows: the code under mask 0, level M. Bit x of rows[y] is set where module x is dark; what is beyond `size` is 0. Puts it under the mask
 * of least penalty (ISO/IEC 18004, 7.8.3), the first of several that are equal. */
void qr_choose_mask(int size, uint64_t rows[QR_LINES]);

#endif
