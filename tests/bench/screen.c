#include "screen.h"

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

/* A frame is what comes without a pause of FRAME_GAP; it is done with its last byte. */
enum {
    LETTER_GAP = 1,    /* ms: as FRAME_GAP, where the frame with the results may come soon */
    FRAME_GAP = 10,    /* ms: a pause in the output that ends a frame */
    RESULTS_GAP = 120, /* ms: longer than a worker thread may take to answer */
    REST_GAP = 700,    /* ms: longer than any step of reading the library is silent */
    PATIENCE = 3000,   /* ms until a program that says nothing is given up */
    RUNS = 7,
};

struct session {
    pid_t pid;
    int fd;
    double started;
};

static bool session_start(struct session *session, const char *program, const char *folder)
{
    struct winsize size = {.ws_row = 36, .ws_col = 120};
    session->started = bench_now();
    session->pid = forkpty(&session->fd, NULL, NULL, &size);
    if (session->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execl(program, program, folder, (char *)NULL);
        _exit(127);
    }
    return session->pid > 0;
}

static void session_end(struct session *session)
{
    kill(session->pid, SIGKILL);
    close(session->fd);
    while (waitpid(session->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* Reads until nothing has come for `gap` ms. Returns when the last byte came, or 0 if none did within `patience` ms. */
static double session_quiet(const struct session *session, int gap, int patience)
{
    static char bytes[65536];
    struct pollfd poller = {.fd = session->fd, .events = POLLIN};
    double last = 0;
    while (poll(&poller, 1, last > 0 ? gap : patience) > 0) {
        if (read(session->fd, bytes, sizeof bytes) <= 0)
            break;
        last = bench_now();
    }
    return last;
}

/* Seconds from a key to the end of its frame, or less than 0 if nothing changed. */
static double session_key(const struct session *session, const char *key, int gap)
{
    double start = bench_now();
    if (write(session->fd, key, strlen(key)) < 0)
        return -1;
    double end = session_quiet(session, gap, RESULTS_GAP);
    return end > 0 ? end - start : -1;
}

static void sample_key(const struct session *session, const char *key, struct bench_samples *samples)
{
    double seconds = session_key(session, key, FRAME_GAP);
    if (seconds >= 0)
        samples_add(samples, seconds);
}

static double first_screen(const char *program, const char *folder)
{
    struct bench_samples samples = {0};
    for (int i = 0; i < RUNS; i++) {
        struct session session;
        if (!session_start(&session, program, folder))
            break;
        double end = session_quiet(&session, FRAME_GAP, PATIENCE);
        if (end > 0)
            samples_add(&samples, end - session.started);
        session_end(&session);
    }
    double median = samples_part(&samples, 0.5);
    samples_free(&samples);
    return median;
}

/* The most memory that the process has had, in bytes. */
static double peak_memory(pid_t pid)
{
    char path[64], line[256];
    double kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    FILE *status = fopen(path, "r");
    if (!status)
        return 0;
    while (fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kilobytes = strtod(line + 6, NULL);
    fclose(status);
    return kilobytes * 1024;
}

/* Presses `before` (may be NULL), then `key`, and measures the latter. */
static void key_row(const struct session *session, const char *what, const char *before, const char *key,
                    int times, struct bench_target target)
{
    struct bench_samples samples = {0};
    for (int i = 0; i < times; i++) {
        if (before)
            session_key(session, before, FRAME_GAP);
        sample_key(session, key, &samples);
    }
    bench_row_times(what, &samples, target);
    samples_free(&samples);
}

/* Types queries into the search bar. The first frame shows the letter, the last one its results. */
static void search_rows(const struct session *session)
{
    static const char *const queries[] = {"liver failure", "base case", "eigenvalue", "heart",
                                          "sorting algorithm"};
    struct bench_samples frames = {0}, results = {0};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        session_key(session, "s", RESULTS_GAP);
        for (const char *letter = queries[q]; *letter; letter++) {
            double start = bench_now();
            double frame = session_key(session, (char[]){*letter, '\0'}, LETTER_GAP);
            double end = session_quiet(session, RESULTS_GAP, RESULTS_GAP);
            if (frame >= 0)
                samples_add(&frames, frame);
            if (frame >= 0 || end > 0)
                samples_add(&results, end > 0 ? end - start : frame);
        }
        session_key(session, "\033", RESULTS_GAP);
        session_quiet(session, RESULTS_GAP, REST_GAP);
    }
    bench_row_times("key to frame: a letter in the search bar", &frames, BELOW(5));
    bench_row_times("a letter in the search bar to its results", &results, BELOW(50));
    samples_free(&frames);
    samples_free(&results);
}

static void bare_rows(const char *bare, const char *folder)
{
    struct session session;
    bench_row("floor: first screen of a bare ncurses program", first_screen(bare, folder) * 1e3, "ms", "",
              NO_TARGET);
    if (!session_start(&session, bare, folder))
        return;
    session_quiet(&session, RESULTS_GAP, PATIENCE);
    key_row(&session, "floor: key to frame of the same", "j", "k", 50, NO_TARGET);
    session_end(&session);
}

void screen_rows(const char *path, const char *bare, const char *folder, double text_bytes)
{
    struct session session;
    bare_rows(bare, folder);
    bench_row("first screen", first_screen(path, folder) * 1e3, "ms", "", BELOW(100));
    if (!session_start(&session, path, folder))
        return;
    double rest = session_quiet(&session, REST_GAP, PATIENCE);
    bench_row("start to the whole tree on the screen", rest > 0 ? rest - session.started : 0, "s", "",
              BELOW(1));
    key_row(&session, "key to frame: j", NULL, "j", 150, BELOW(5));
    key_row(&session, "key to frame: Enter", "j", "\r", 60, BELOW(5));
    key_row(&session, "key to frame: PgDn", NULL, "\033[6~", 40, BELOW(5));
    search_rows(&session);
    bench_row("peak memory of the program", peak_memory(session.pid) / text_bytes, "times the text", "",
              BELOW(3));
    session_end(&session);
    bench_row("first screen, with an index file", first_screen(path, folder) * 1e3, "ms", "", BELOW(20));
}
