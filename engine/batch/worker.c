/* worker.c: what a worker does before its first document, and with each.
 *
 * It has all that the press has, by fork: layouts, plans, prepared queries, faces. Of the database's copy it needs an opening of its own. */
#define _GNU_SOURCE /* prctl */
#include "batch/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "batch/document.h"
#include "batch/kept.h"

enum { CPU_SECONDS = 900 }; /* for one document: the largest volume takes a hundredth of it */

void work_make(struct press *press, struct maker *maker, const struct work *work, struct buffer *packed) {
    const struct printing *printing = &press->printings[work->printing];
    const struct plan *plan = &press->plans[work->printing];
    struct outcome outcome;
    struct hash key = {0};
    if (press->trace.on) {
        key = kept_key(maker, printing, plan, work->planned);
        if (kept_take(maker, &press->trace, printing, plan, work->planned, key, packed)) {
            return;
        }
        kept_begin(maker);
    }
    const enum exit_code code = document_make(maker, printing, plan, work->planned, &outcome);
    kept_end(maker, printing, key, code, &outcome);
    diags_tell_beyond(&outcome.diags);
    outcome_pack(&outcome, code, work->planned->to - work->planned->from, packed);
    images_trim(press->run.images, 0);
}

/* --- the process -------------------------------------------------------------------------------------------------- */

/* What the terminal sends to all is for the press to decide. A worker that crashes leaves no core with the data of children. */
static void settle_in(struct press *press, pid_t parent) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        signal(signals[i], SIG_IGN);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(EXIT_BUSY);
    }
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    output_close_inherited(&press->output);
    database_renew(press->run.database);
}

static void limit_cpu(void) {
    struct rusage used;
    struct rlimit limit;
    if (getrusage(RUSAGE_SELF, &used) == 0 && getrlimit(RLIMIT_CPU, &limit) == 0) {
        const rlim_t until = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + CPU_SECONDS;
        limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || until < limit.rlim_max ? until : limit.rlim_max;
        setrlimit(RLIMIT_CPU, &limit);
    }
}

/* False when the press is gone. */
static bool send_all(int line, struct str bytes) {
    while (bytes.n > 0) {
        const ssize_t sent = send(line, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            return false;
        }
        bytes = str_slice(bytes, (size_t)sent, bytes.n);
    }
    return true;
}

static bool read_portion(int line, struct portion *portion) {
    ssize_t got;
    do {
        got = recv(line, portion, sizeof *portion, MSG_WAITALL);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof *portion;
}

/* Room is left before an outcome for its size. */
static bool send_outcome(int line, struct buffer *packed) {
    const uint64_t size = packed->count - sizeof size;
    memcpy(packed->bytes, &size, sizeof size);
    return send_all(line, buffer_str(packed));
}

_Noreturn void worker_live(struct press *press, const struct works *works, int line, pid_t parent,
                           const atomic_int *stop) {
    struct maker maker;
    struct portion portion;
    struct buffer packed = {0};
    size_t closed = 0; /* printings */
    settle_in(press, parent);
    maker_init(&maker, &press->run, &press->parts, &press->output);
    while (read_portion(line, &portion)) {
        for (; closed < portion.printing; closed++) {
            printing_close(&press->printings[closed]);
        }
        for (size_t at = (size_t)portion.from; at < portion.to; at++) {
            if (atomic_load(stop) != 0) {
                _exit(EXIT_MADE);
            }
            limit_cpu();
            buffer_clear(&packed);
            packed.count += buffer_reserve(&packed, sizeof(uint64_t)) != NULL ? sizeof(uint64_t) : 0;
            work_make(press, &maker, &works->items[at], &packed);
            if (!send_outcome(line, &packed)) {
                _exit(EXIT_IO);
            }
        }
    }
    _exit(EXIT_MADE);
}
