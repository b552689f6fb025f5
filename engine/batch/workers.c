/* workers.c: portions go out in the order of the plan, outcomes come back in any, and wait for those before them.
 *
 *     works    0 1 2 3 4 5 6 7 8 9 …
 *              delivered │ sent     │ not yet sent
 *                        next       unsent
 *
 * What a worker that ended had not begun goes to its successor. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "batch/workers.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "batch/stop.h"

enum {
    WORKERS_MOST = 256,
    SENT_MOST = 2,       /* portions to one worker: the next lies there when one is done */
    PORTION_MOST = 8,    /* documents */
    AHEAD_MOST = 4096,   /* of the first that isn't delivered */
    DOCUMENTS_WORTH = 32 /* a worker, where nobody asked for it */
};

struct worker {
    pid_t pid; /* 0: none */
    int line;
    struct buffer in;
    struct portion sent[SENT_MOST];
    size_t sent_count;
};

/* Packed; bytes NULL: not yet known. */
struct kept {
    char *bytes;
    size_t count;
};

struct workers {
    struct press *press;
    const struct works *works;
    struct worker items[WORKERS_MOST];
    size_t count;
    size_t next, unsent;
    struct kept *kept;                                   /* by work */
    struct portion lost[WORKERS_MOST * (SENT_MOST + 1)]; /* by workers that ended, to be sent again */
    size_t lost_count;
    size_t again; /* the work to be tried once more; SIZE_MAX: none */
    size_t alone; /* that which is being tried once more; SIZE_MAX: none */
    size_t received;
    atomic_int *stop; /* shared with the workers */
    bool given_up;    /* no process can be had, or a query was stopped at a limit */
};

/* --- how many ----------------------------------------------------------------------------------------------------- */

static size_t cores(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    const int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t workers_wanted(const struct press *press, size_t documents) {
    const struct job *job = press->run.job;
    if (!press->writes || job->only_count > 0) {
        return 0;
    }
    if (job->jobs > 0) {
        return job->jobs > 1 ? least(least((size_t)job->jobs, documents), WORKERS_MOST) : 0;
    }
    return least(least(cores(), documents / DOCUMENTS_WORTH), WORKERS_MOST);
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

/* Lines of the others must not stay open in a child: their ends would never be seen. */
static void close_lines(const struct workers *workers) {
    for (size_t i = 0; i < workers->count; i++) {
        if (workers->items[i].pid != 0) {
            close(workers->items[i].line);
        }
    }
}

/* False when no process can be had. */
static bool start(struct workers *workers, struct worker *worker) {
    int lines[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, lines) != 0) {
        return false;
    }
    fflush(NULL); /* what stands in the buffers is not for the child to print */
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        close(lines[0]);
        close_lines(workers);
        worker_live(workers->press, workers->works, lines[1], parent, workers->stop);
    }
    close(lines[1]);
    if (pid < 0) {
        close(lines[0]);
        return false;
    }
    buffer_clear(&worker->in);
    worker->pid = pid;
    worker->line = lines[0];
    worker->sent_count = 0;
    return true;
}

/* The status it ended with. */
static int end(struct worker *worker) {
    int status = 0;
    close(worker->line);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    worker->pid = 0;
    return status;
}

static void end_all(struct workers *workers, bool at_once) {
    for (size_t i = 0; i < workers->count; i++) {
        struct worker *worker = &workers->items[i];
        if (worker->pid != 0) {
            if (at_once) {
                kill(worker->pid, SIGKILL);
            }
            end(worker);
        }
        buffer_release(&worker->in);
    }
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static bool is_volume(const struct workers *workers, size_t work) {
    return workers->press->printings[workers->works->items[work].printing].layout->has_volume;
}

/* Labels ask how long the documents of a volume are: they are sent when those of the volumes are known, that nothing is measured twice. */
static bool must_wait(const struct workers *workers, size_t work) {
    const struct layout *layout = workers->press->printings[workers->works->items[work].printing].layout;
    return layout->has_volume && layout->has_sheet && workers->received < work;
}

/* Small where few documents of the layout are left, so that none works long when the others are done. */
static size_t portion_end(const struct workers *workers, size_t from) {
    const struct works *works = workers->works;
    const size_t most = is_volume(workers, from) ? 1 : PORTION_MOST;
    size_t left = 0;
    while (from + left < works->count && left < most * workers->count * 2 &&
           works->items[from + left].printing == works->items[from].printing) {
        left++;
    }
    const size_t share = left / (workers->count * 2);
    return from + (share < 1 ? 1 : share > most ? most : share);
}

static bool take_portion(struct workers *workers, struct portion *portion) {
    if (workers->lost_count > 0) {
        *portion = workers->lost[0];
        workers->lost_count--;
        for (size_t i = 0; i < workers->lost_count; i++) {
            workers->lost[i] = workers->lost[i + 1];
        }
        return true;
    }
    if (workers->unsent >= workers->works->count || workers->unsent >= workers->next + AHEAD_MOST ||
        must_wait(workers, workers->unsent)) {
        return false;
    }
    *portion = (struct portion){.from = workers->unsent, .to = portion_end(workers, workers->unsent)};
    workers->unsent = (size_t)portion->to;
    return true;
}

/* What can't be sent is found lost when the worker's end is seen. */
static void send_portion(const struct workers *workers, struct worker *worker, struct portion portion) {
    assert(worker->sent_count < SENT_MOST);
    portion.printing = workers->works->items[workers->next].printing;
    worker->sent[worker->sent_count++] = portion;
    (void)!send(worker->line, &portion, sizeof portion, MSG_NOSIGNAL);
}

static size_t busy(const struct workers *workers) {
    size_t count = 0;
    for (size_t i = 0; i < workers->count; i++) {
        count += workers->items[i].sent_count > 0;
    }
    return count;
}

static size_t running(const struct workers *workers) {
    size_t count = 0;
    for (size_t i = 0; i < workers->count; i++) {
        count += workers->items[i].pid != 0;
    }
    return count;
}

/* By a new worker, when no other has anything to do. */
static void send_again(struct workers *workers) {
    struct worker *worker = &workers->items[0];
    if (busy(workers) > 0) {
        return;
    }
    if (worker->pid != 0) {
        end(worker);
    }
    if (!start(workers, worker)) {
        workers->given_up = true;
        return;
    }
    workers->alone = workers->again;
    workers->again = SIZE_MAX;
    send_portion(workers, worker, (struct portion){.from = workers->alone, .to = workers->alone + 1});
}

static void send_out(struct workers *workers) {
    if (workers->alone != SIZE_MAX) {
        return;
    }
    if (workers->again != SIZE_MAX) {
        send_again(workers);
        return;
    }
    for (size_t round = 0; round < SENT_MOST; round++) {
        for (size_t i = 0; i < workers->count; i++) {
            struct worker *worker = &workers->items[i];
            struct portion portion;
            if (worker->sent_count > round || !take_portion(workers, &portion)) {
                continue;
            }
            if (worker->pid == 0 && !start(workers, worker)) {
                workers->lost[workers->lost_count++] = portion;
                continue;
            }
            send_portion(workers, worker, portion);
        }
    }
    workers->given_up = running(workers) == 0;
}

/* --- receiving ---------------------------------------------------------------------------------------------------- */

static void keep(struct workers *workers, size_t work, struct str outcome) {
    struct kept *kept = &workers->kept[work];
    assert(kept->bytes == NULL && "workers.h, 1");
    kept->bytes = memory_resize(NULL, outcome.n);
    kept->count = outcome.n;
    memcpy(kept->bytes, outcome.p, outcome.n);
    press_progress(workers->press, ++workers->received);
}

static void drop_first(struct worker *worker) {
    worker->sent_count--;
    for (size_t i = 0; i < worker->sent_count; i++) {
        worker->sent[i] = worker->sent[i + 1];
    }
}

static void take_outcomes(struct workers *workers, struct worker *worker) {
    struct str in = buffer_str(&worker->in);
    uint64_t size = 0;
    while (in.n >= sizeof size) {
        memcpy(&size, in.p, sizeof size);
        if (in.n - sizeof size < size) {
            break;
        }
        struct portion *portion = &worker->sent[0];
        assert(worker->sent_count > 0 && portion->from < portion->to);
        keep(workers, (size_t)portion->from, str_slice(in, sizeof size, sizeof size + (size_t)size));
        workers->alone = workers->alone == portion->from ? SIZE_MAX : workers->alone;
        if (++portion->from == portion->to) {
            drop_first(worker);
        }
        in = str_slice(in, sizeof size + (size_t)size, in.n);
    }
    const size_t left = in.n;
    memmove(worker->in.bytes, worker->in.bytes + worker->in.count - left, left);
    worker->in.count = left;
}

/* "SIGKILL": the same in every language, since it stands in the lists. */
static struct str reason(struct arena *arena, int status) {
    const char *name = WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : NULL;
    return name != NULL ? str_printf(arena, "SIG%s", name) : str_printf(arena, "exit %d", WEXITSTATUS(status));
}

static void keep_failure(struct workers *workers, size_t work, int status) {
    struct arena *arena = arena_create();
    struct outcome outcome = {0};
    struct buffer packed = {0};
    const struct str record = workers->works->items[work].planned->record;
    diags_init(&outcome.diags, arena);
    DIAG_ADD(&outcome.diags, O150, ((struct place){.record = record}), reason(arena, status));
    outcome_pack(&outcome, EXIT_DOCUMENT, 0, &packed);
    keep(workers, work, buffer_str(&packed));
    buffer_release(&packed);
    arena_destroy(arena);
}

/* The work that it was at goes once more, or is given up; what it had not begun goes to another. */
static void mourn(struct workers *workers, struct worker *worker) {
    const int status = end(worker);
    if (worker->sent_count == 0) {
        return;
    }
    const size_t work = (size_t)worker->sent[0].from++;
    output_note_left(&workers->press->output, workers->works->items[work].planned->path);
    for (size_t i = 0; i < worker->sent_count; i++) {
        if (worker->sent[i].from < worker->sent[i].to) {
            workers->lost[workers->lost_count++] = worker->sent[i];
        }
    }
    worker->sent_count = 0;
    if (workers->alone == work) {
        workers->alone = SIZE_MAX;
        keep_failure(workers, work, status);
    } else if (workers->again == SIZE_MAX) {
        workers->again = work;
    } else { /* two at once: this one is sent as any other, and if it ends a worker again, alone */
        workers->lost[workers->lost_count++] = (struct portion){.from = work, .to = work + 1};
    }
}

static void receive(struct workers *workers, struct worker *worker) {
    enum { PIECE = 1 << 16 };
    ssize_t got;
    do {
        got = recv(worker->line, buffer_reserve(&worker->in, PIECE), PIECE, MSG_DONTWAIT);
        worker->in.count += got > 0 ? (size_t)got : 0;
    } while (got == PIECE || (got < 0 && errno == EINTR));
    take_outcomes(workers, worker);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) {
        mourn(workers, worker);
    }
}

static void wait_for_some(struct workers *workers) {
    struct pollfd lines[WORKERS_MOST];
    for (size_t i = 0; i < workers->count; i++) {
        lines[i] = (struct pollfd){.fd = workers->items[i].pid != 0 ? workers->items[i].line : -1, .events = POLLIN};
    }
    if (poll(lines, (nfds_t)workers->count, -1) <= 0) {
        return; /* a signal: whoever called looks */
    }
    for (size_t i = 0; i < workers->count; i++) {
        if (lines[i].revents != 0) {
            receive(workers, &workers->items[i]);
        }
    }
}

/* --- delivering --------------------------------------------------------------------------------------------------- */

static void forget(struct kept *kept) {
    free(kept->bytes);
    *kept = (struct kept){0};
}

static void deliver(struct workers *workers, size_t work) {
    struct kept *kept = &workers->kept[work];
    const struct work *of = &workers->works->items[work];
    press_deliver(workers->press, of->printing, of->planned, (struct str){kept->bytes, kept->count});
    forget(kept);
}

static void deliver_all(struct workers *workers) {
    struct press *press = workers->press;
    while (workers->next < workers->works->count && workers->kept[workers->next].bytes != NULL && !press->stopped &&
           !workers->given_up) {
        const struct kept *kept = &workers->kept[workers->next];
        if (outcome_hit_limit((struct str){kept->bytes, kept->count})) {
            workers->given_up = true;
        } else {
            deliver(workers, workers->next++);
        }
    }
}

/* Of a run that was stopped: what others had made before those that nobody began is as good. */
static void deliver_rest(struct workers *workers) {
    for (size_t i = workers->next; i < workers->unsent && !workers->press->stopped; i++) {
        if (workers->kept[i].bytes != NULL) {
            deliver(workers, i);
        }
    }
}

/* What isn't delivered: its file goes. */
static void discard(struct workers *workers) {
    struct arena *arena = arena_create();
    for (size_t i = workers->next; i < workers->unsent; i++) {
        struct kept *kept = &workers->kept[i];
        output_note_left(&workers->press->output, workers->works->items[i].planned->path);
        if (kept->bytes != NULL) {
            struct outcome outcome;
            outcome_unpack((struct str){kept->bytes, kept->count}, arena, &outcome);
            output_drop(outcome.beside);
            forget(kept);
        }
    }
    arena_destroy(arena);
}

/* Each finishes what it is at. */
static void finish_stopped(struct workers *workers) {
    atomic_store(workers->stop, 1);
    for (size_t i = 0; i < workers->count; i++) {
        if (workers->items[i].pid != 0) {
            shutdown(workers->items[i].line, SHUT_WR);
        }
    }
    while (running(workers) > 0) {
        wait_for_some(workers);
    }
    deliver_all(workers);
    deliver_rest(workers);
}

/* --- the loop ----------------------------------------------------------------------------------------------------- */

static size_t make(struct workers *workers) {
    struct press *press = workers->press;
    while (workers->next < workers->works->count && !press->stopped && !workers->given_up && stop_signal() == 0) {
        send_out(workers);
        if (!workers->given_up) {
            wait_for_some(workers);
            deliver_all(workers);
        }
    }
    if (stop_signal() != 0 && !press->stopped && !workers->given_up) {
        finish_stopped(workers);
    }
    end_all(workers, workers->next < workers->works->count);
    discard(workers);
    return workers->next;
}

size_t workers_make(struct press *press, const struct works *works, size_t from, size_t jobs) {
    void *shared = mmap(NULL, sizeof(atomic_int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        return from;
    }
    struct workers *workers = memory_zeroed(sizeof *workers);
    *workers = (struct workers){.press = press,
                                .works = works,
                                .count = jobs,
                                .next = from,
                                .unsent = from,
                                .again = SIZE_MAX,
                                .alone = SIZE_MAX,
                                .received = from,
                                .stop = shared};
    workers->kept = memory_zeroed(memory_product(works->count, sizeof *workers->kept));
    const size_t next = make(workers);
    free(workers->kept);
    free(workers);
    munmap(shared, sizeof(atomic_int));
    return next;
}
