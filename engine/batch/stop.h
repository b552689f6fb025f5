/* stop.h: being asked to end (SIGINT, SIGTERM, SIGHUP). The document in hand is finished, then the manifest is written.
 *
 *     stop_listen ──► documents, while stop_signal() is 0 ──► stop_forget
 *
 * Signals are the process's: one at a time. */
#ifndef BATCH_STOP_H
#define BATCH_STOP_H

#include <signal.h>

enum { STOP_SIGNALS = 3 };
struct stop {
    struct sigaction before[STOP_SIGNALS]; /* for stop_forget */
};

/* From here on the first signal is only noted; a second one ends the process at once. A signal that is ignored (nohup) or that
 * somebody else listens to (--watch) is left to them. */
void stop_listen(struct stop *stop);
/* Signals do again what they did before. */
void stop_forget(const struct stop *stop);
/* Number of the signal that came since stop_listen; 0: none. */
int stop_signal(void);

#endif
