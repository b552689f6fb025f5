/* stop_test.c: a signal asks for the end, and does what it did before once nobody listens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch/stop.h"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

/* What becomes of a process that does this: its exit code, or 128 and the signal that ended it. */
static int child(void (*does)(int), int number) {
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        does(number);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void once(int number) {
    struct stop stop;
    stop_listen(&stop);
    raise(number);
    _exit(stop_signal() == number ? 7 : 8);
}

static void twice(int number) {
    struct stop stop;
    stop_listen(&stop);
    raise(number);
    raise(number);
}

static void afterwards(int number) {
    struct stop stop;
    stop_listen(&stop);
    stop_forget(&stop);
    raise(number);
}

static void ignored(int number) {
    struct stop stop;
    signal(number, SIG_IGN); /* nohup */
    stop_listen(&stop);
    raise(number);
    raise(number);
    _exit(stop_signal() == 0 ? 7 : 8);
}

static void quiet(int number) {
    struct stop stop;
    (void)number;
    stop_listen(&stop);
    _exit(stop_signal() == 0 ? 7 : 8);
}

/* A run forgets the signal that ended the one before. */
static void again(int number) {
    struct stop stop;
    stop_listen(&stop);
    raise(number);
    stop_forget(&stop);
    stop_listen(&stop);
    _exit(stop_signal() == 0 ? 7 : 8);
}

static void each_signal(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        assert_int_equal(child(quiet, signals[i]), 7);
        assert_int_equal(child(once, signals[i]), 7);
        assert_int_equal(child(twice, signals[i]), 128 + signals[i]);
        assert_int_equal(child(afterwards, signals[i]), 128 + signals[i]);
        assert_int_equal(child(ignored, signals[i]), 7);
        assert_int_equal(child(again, signals[i]), 7);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_signal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
