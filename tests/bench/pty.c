#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "lectern/str.h"

bool pty_start(struct pty *pty, const char *program, const char *folder)
{
    struct winsize size = {.ws_row = 36, .ws_col = 120};
    pty->started = bench_now();
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execl(program, program, folder, (char *)NULL);
        _exit(127);
    }
    return pty->pid > 0;
}

void pty_end(struct pty *pty)
{
    kill(pty->pid, SIGKILL);
    close(pty->fd);
    while (waitpid(pty->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

double pty_quiet(const struct pty *pty, int gap, int patience)
{
    char bytes[65536];
    struct pollfd poller = {.fd = pty->fd, .events = POLLIN};
    double last = 0;
    while (poll(&poller, 1, last > 0 ? gap : patience) > 0) {
        if (read(pty->fd, bytes, sizeof bytes) <= 0)
            break;
        last = bench_now();
    }
    return last;
}

double pty_key(const struct pty *pty, const char *key, int gap)
{
    double start = bench_now();
    if (write(pty->fd, key, strlen(key)) < 0)
        return -1;
    double end = pty_quiet(pty, gap, RESULTS_GAP);
    return end > 0 ? end - start : -1;
}

/* Ticks of processor time that a process has used; less than 0 if it is not known. */
static long long ticks_of(pid_t pid)
{
    char path[64], line[1024];
    unsigned long long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return -1;
    /* The name, in parentheses, may hold anything; user and system time are the 12th and 13th word behind it. */
    char *rest = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    for (int word = 0; rest && word < 12; word++)
        rest = strchr(rest + 1, ' ');
    if (rest) {
        user = strtoull(rest, &rest, 10);
        system = strtoull(rest, NULL, 10);
    }
    fclose(file);
    return (long long)(user + system);
}

void pty_settle(const struct pty *pty, int seconds)
{
    double end = bench_now() + seconds;
    long long before = -1, ticks;
    pty_quiet(pty, REST_GAP, PATIENCE);
    while ((ticks = ticks_of(pty->pid)) != before && bench_now() < end) {
        before = ticks;
        pty_quiet(pty, 1000, 1000);
    }
}

bool pty_shows(const struct pty *pty, const char *text, int patience)
{
    char bytes[65536];
    struct pollfd poller = {.fd = pty->fd, .events = POLLIN};
    struct buf all = {0};
    double end = bench_now() + patience / 1e3;
    bool shown = false;
    for (double now; !shown && (now = bench_now()) < end;) {
        ssize_t got =
            poll(&poller, 1, (int)((end - now) * 1e3) + 1) > 0 ? read(pty->fd, bytes, sizeof bytes) : 0;
        if (got < 0)
            break;
        buf_add(&all, (struct str){bytes, (size_t)got});
        shown = str_find(buf_str(&all), str_from(text)) != STR_NOT_FOUND;
    }
    buf_free(&all);
    return shown;
}
