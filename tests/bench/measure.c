/* measure.c: runs a command and writes down what it cost.
 *
 * Usage: measure FILE COMMAND…; FILE gets "wall_ms cpu_ms peak_kib", the command's exit code is passed on. */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double ms(struct timeval time) {
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

int main(int argc, char **argv) {
    struct rusage usage;
    int status;
    if (argc < 3) {
        return 64;
    }
    const double begin_ms = now_ms();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        return 71;
    }
    FILE *figures = fopen(argv[1], "w");
    if (figures == NULL) {
        return 73;
    }
    fprintf(figures, "%.1f %.1f %ld\n", now_ms() - begin_ms, ms(usage.ru_utime) + ms(usage.ru_stime), usage.ru_maxrss);
    fclose(figures);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
