/*
 * pty: a program under a pseudo-terminal, driven by keys.
 *
 * A frame is what comes without a pause; it is done with its last byte.
 */
#ifndef BENCH_PTY_H
#define BENCH_PTY_H

#include <stdbool.h>
#include <sys/types.h>

enum {
    FRAME_GAP = 10,    /* ms: a pause in the output that ends a frame */
    RESULTS_GAP = 120, /* ms: longer than a worker thread may take to answer */
    REST_GAP = 700,    /* ms: longer than any step of reading the library is silent */
    PATIENCE = 3000,   /* ms until a program that says nothing is given up */
};

struct pty {
    pid_t pid;
    int fd;
    double started;
};

bool pty_start(struct pty *pty, const char *program, const char *folder);
void pty_end(struct pty *pty);

/* Reads until nothing has come for `gap` ms. Returns when the last byte came, or 0 if none did within `patience` ms. */
double pty_quiet(const struct pty *pty, int gap, int patience);

/* Sends keys and reads their frame. Returns the seconds until its end, or less than 0 if nothing changed. */
double pty_key(const struct pty *pty, const char *key, int gap);

/* Reads until the program has used no processor time for a second, for at most `seconds`. */
void pty_settle(const struct pty *pty, int seconds);

/* Reads until `text` has come, for at most `patience` ms. */
bool pty_shows(const struct pty *pty, const char *text, int patience);

#endif
