/*
 * term: the terminal. Wraps ncurses; nothing else writes to the terminal while it is open.
 *
 * One terminal at a time. Its modes are restored by term_close(), at exit, and on TERM, HUP, INT, QUIT, TSTP and a crash.
 */
#ifndef LECTERN_TERM_H
#define LECTERN_TERM_H

#include <stdbool.h>
#include <sys/types.h>

#include "lectern/err.h"
#include "lectern/grid.h"
#include "lectern/key.h"

struct term;
struct term_pen;

/* The character set of the locale that main() has set. */
enum text_charset term_charset(void);

/* NULL with the error if standard input or output is no terminal, or TERM is not known. Nothing is drawn then. */
struct term *term_open(bool colour, struct err *err);
void term_close(struct term *term); /* NULL is allowed */

/*
 * Attributes for text that a subcommand prints, while the terminal is not open. NULL if standard output is no terminal, or
 * one that has none. term_pen_set() writes to standard output; term_pen_free() switches everything off first.
 */
struct term_pen *term_pen_new(bool colour);
void term_pen_set(struct term_pen *pen, style wanted); /* NULL is allowed, here and below */
void term_pen_free(struct term_pen *pen);
size_t term_pen_columns(void); /* that standard output has; 0 if that is not known */

/* To be used by a handler of exhausted memory and the like: restores the modes, nothing else; safe in a signal handler. */
void term_restore(void);

/* From now on the terminal is asked to say when it gets the focus. Not all can. */
void term_report_focus(struct term *term);

void term_size(const struct term *term, size_t *rows, size_t *columns);

enum term_event_kind {
    TERM_NOTHING, /* the time is over, or `wake_fd` can be read */
    TERM_KEY,
    TERM_PASTE,  /* text that the terminal says was pasted: never keys */
    TERM_RESIZE, /* also after the program was stopped and continued: draw everything */
    TERM_FOCUS,  /* the reader has come back to the terminal's window; see term_report_focus() */
    TERM_END,    /* a signal asks to end, or the terminal has gone away */
};

struct term_event {
    enum term_event_kind kind;
    key key;
    struct str paste; /* valid until the next call */
};

/* Waits for the next event, at most `timeout_ms` (-1: for ever), or until `wake_fd` (-1: none) can be read. */
void term_wait(struct term *term, int wake_fd, int timeout_ms, struct term_event *event);

/* Shows a grid: only the difference is sent. */
void term_draw(struct term *term, const struct grid *grid);

/* Forgets what is on the screen, so that the next draw sends everything. */
void term_redraw(struct term *term);

/* Leaves the terminal to another program, which is looked for in PATH, until it ends. Its exit status, 128 and more if a signal
 * has ended it; -1, with the error, if it cannot be run. */
int term_run(struct term *term, char *const *argv, struct err *err);

/* Gives a text to the terminal, which puts it where other programs paste from; nobody can know whether it does. -1, with the
 * error, if it cannot be asked to, or the text is longer than TERM_COPY_BYTES, which is more than some terminals take. */
#define TERM_COPY_BYTES 74994
int term_copy(struct term *term, struct str text, struct err *err);

/* Starts another program, which is looked for in PATH, beside this one: it reads `input`, and has nothing else of the terminal.
 * Its number; -1, with the error, if it cannot be run. */
pid_t term_start(char *const *argv, int input, struct err *err);

/* Stops the program as C-z does, and comes back when it is continued. */
void term_suspend(struct term *term);

#endif
