/* stop.c: see stop.h. Calls of the system that a signal meets go on (SA_RESTART): nothing is half written for it. */
#define _XOPEN_SOURCE 700 /* sigaction */
#include "batch/stop.h"

#include <unistd.h>

static const int numbers[STOP_SIGNALS] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t came;

static void on_signal(int number) {
    if (came != 0) {
        _exit(128 + number);
    }
    came = number;
}

void stop_listen(struct stop *stop) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    came = 0;
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        sigaction(numbers[i], NULL, &stop->before[i]);
        if (stop->before[i].sa_handler == SIG_DFL) {
            sigaction(numbers[i], &action, NULL);
        }
    }
}

void stop_forget(const struct stop *stop) {
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        sigaction(numbers[i], &stop->before[i], NULL);
    }
}

int stop_signal(void) {
    return came;
}
