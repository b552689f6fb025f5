/* watch.c: the files that a run was made of are compared by their times and sizes; inotify only says when it is worth
 * looking, and a clock looks too, for file systems (and folders put in another's place) that inotify tells nothing of.
 *
 * Editors write in several steps, so that after an event we wait until nothing has come for a moment. */
#define _GNU_SOURCE /* ppoll */
#include "batch/watch.h"

#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define LOOK_MS   500  /* without an event */
#define SETTLE_MS 15   /* nothing more came: the editor is done */
#define EVENTS    4096 /* bytes read at once */

static const uint32_t CHANGES =
    IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

/* --- how things stand --------------------------------------------------------------------------------------------- */

static void add_file(struct hash_stream *stream, const char *path) {
    struct stat now = {0};
    const bool there = stat(path, &now) == 0;
    const int64_t facts[] = {there ? 1 : 0, (int64_t)now.st_ino, (int64_t)now.st_size, now.st_mtim.tv_sec,
                             (int64_t)now.st_mtim.tv_nsec};
    hash_add(stream, path, strlen(path) + 1);
    hash_add(stream, facts, sizeof facts);
}

static struct hash state_of(const struct watch *watch) {
    struct arena *arena = arena_create();
    struct hash_stream *stream = hash_begin();
    struct str *names = NULL;
    size_t count = 0;
    folder_list(arena, watch->layouts, STR(".yaml"), &names, &count); /* a folder that isn't there has no names */
    for (size_t i = 0; i < count; i++) {
        add_file(stream, str_c(arena, str_printf(arena, "%s/%.*s", watch->layouts, STR_ARG(names[i]))));
    }
    add_file(stream, watch->database);
    add_file(stream, str_c(arena, str_printf(arena, "%s-wal", watch->database)));
    arena_destroy(arena);
    return hash_end(stream);
}

void watch_note(struct watch *watch) {
    watch->noted = state_of(watch);
}

/* --- signals ------------------------------------------------------------------------------------------------------ */

static volatile sig_atomic_t asked_to_end;

static void on_signal(int number) {
    if (asked_to_end != 0) {
        _exit(128 + number);
    }
    asked_to_end = 1;
}

static void take_signals(struct sigaction *action) {
    sigaction(SIGINT, action, NULL);
    sigaction(SIGTERM, action, NULL);
}

/* --- waiting ------------------------------------------------------------------------------------------------------ */

static void watch_folder_of(struct watch *watch, const char *file) {
    char folder[4096] = ".";
    const char *slash = strrchr(file, '/');
    const size_t bytes = slash == NULL ? 0 : (size_t)(slash - file);
    if (bytes >= sizeof folder) {
        return; /* the clock will see to it */
    }
    if (slash != NULL) {
        memcpy(folder, file, bytes);
        memcpy(folder + bytes, "/", 2);
    }
    inotify_add_watch(watch->events, folder, CHANGES);
}

/* Again each time: a folder may have been made, or put in another's place. */
static void add_folders(struct watch *watch) {
    if (watch->events >= 0) {
        inotify_add_watch(watch->events, watch->layouts, CHANGES);
        watch_folder_of(watch, watch->database);
    }
}

void watch_begin(struct watch *watch, const struct job *job) {
    *watch = (struct watch){
        .layouts = job->layouts,
        .database = job->database,
        .events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC),
    };
    asked_to_end = 0;
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    take_signals(&action);
    pthread_sigmask(SIG_SETMASK, NULL, &watch->as_before);
}

/* Waits for an event, for at most so long. Signals come in here alone, so that none is missed between asking and waiting. */
static bool event_within(struct watch *watch, long milliseconds) {
    const struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    struct pollfd events = {.fd = watch->events, .events = POLLIN};
    if (ppoll(&events, 1, &limit, &watch->as_before) <= 0) {
        return false;
    }
    char ignored[EVENTS];
    while (read(watch->events, ignored, sizeof ignored) > 0) {
    }
    return true;
}

bool watch_wait(struct watch *watch) {
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ours, NULL);
    bool changed = false;
    while (asked_to_end == 0 && !changed) {
        add_folders(watch);
        changed = !hash_eq(state_of(watch), watch->noted);
        if (!changed) {
            event_within(watch, LOOK_MS);
        }
    }
    while (asked_to_end == 0 && event_within(watch, SETTLE_MS)) {
    }
    pthread_sigmask(SIG_SETMASK, &watch->as_before, NULL);
    return asked_to_end == 0;
}

void watch_end(struct watch *watch) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigemptyset(&action.sa_mask);
    take_signals(&action);
    if (watch->events >= 0) {
        close(watch->events);
    }
}
