/*
 * pty: a program on a terminal of its own, for tests. What it writes is kept as bytes and drawn by libvterm.
 *
 * A small shell stands between the test and the program: it makes the program a foreground job, so that it can be
 * stopped and continued as under a real one. Nothing waits longer than PTY_PATIENCE_MS; what does not happen by then
 * is reported by the functions' results.
 */
#ifndef LECTERN_TESTS_PTY_H
#define LECTERN_TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "lectern/str.h"

#define PTY_PATIENCE_MS 10000

struct pty;

struct pty_program {
    const char *const *argv; /* the program and its arguments, or NULL: */
    int (*run)(void);        /* what the child does itself; the result is its exit status */
    int rows, columns;       /* 0: 24 x 80 */
    const char *term;        /* NULL: xterm-256color; "": not set */
    const char *locale;      /* NULL: C.UTF-8 */
    const char *
        data; /* where it keeps what is the reader's own, and looks for its settings, lectern/config; NULL: in a new folder,
                * which pty_free() removes */
    const char *variable; /* one more variable, "NAME=VALUE"; may be NULL */
};

struct pty *pty_start(const struct pty_program *program);
void pty_free(struct pty *pty); /* kills what still runs */

/* Types bytes and goes on at once. */
void pty_send(struct pty *pty, const char *keys);

/* Types bytes, then reads until the screen has been quiet for a moment. */
void pty_type(struct pty *pty, const char *keys);
void pty_type_bytes(struct pty *pty, struct str bytes);

/* Reads until the text stands somewhere on the screen. False if it never does. */
bool pty_shows(struct pty *pty, const char *text);

/* Reads until nothing has come for a moment. */
void pty_settle(struct pty *pty);

/* One row of the screen without trailing blanks; valid until the next call. */
const char *pty_row(struct pty *pty, int row);

/* Everything that the program has written so far. */
struct str pty_output(const struct pty *pty);

struct pty_look {
    bool bold, underline, italic, reverse;
    bool foreground, background; /* other than the terminal's own */
};
struct pty_look pty_look_at(struct pty *pty, int row, int column);

void pty_cursor(struct pty *pty, int *row, int *column);
bool pty_on_alternate_screen(const struct pty *pty);
bool pty_cursor_visible(const struct pty *pty);
void pty_modes(const struct pty *pty, struct termios *modes);

void pty_resize(struct pty *pty, int rows, int columns);
void pty_signal(struct pty *pty, int number);

/* Waits until the program has stopped. */
bool pty_stopped(struct pty *pty);
void pty_continue(struct pty *pty);

/* The terminal goes away. */
void pty_hang_up(struct pty *pty);

/* Waits for the program's end, at most so long. False if it has not ended. `status` as of waitpid(). */
bool pty_ended(struct pty *pty, int wait_ms, int *status);

#endif
