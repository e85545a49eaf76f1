/*
 * signals: what the world outside asks of the program while a terminal is open, and the terminal's modes saved for the
 * worst case. Handlers only set flags and wake the one who waits.
 */
#ifndef LECTERN_TERM_SIGNALS_H
#define LECTERN_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

#include "lectern/err.h"
#include "lectern/str.h"

enum signals_wish {
    SIGNALS_END = 1,
    SIGNALS_RESIZE = 2,
    SIGNALS_STOP = 4,
    SIGNALS_CONTINUED = 8,
};

/* The longest sequence that restores a terminal. */
#define SIGNALS_SEQUENCE_MOST 512

/* Remembers the terminal's modes as they are now, before anything changes them, and begins to catch signals. */
int signals_open(struct err *err);

/* What term_restore() writes, once it is known. Longer sequences are left out. */
void signals_set_sequence(struct str sequence);

/* Catches again what someone else (ncurses) has taken over since. */
void signals_catch(void);

/* Readable when there are wishes. */
int signals_fd(void);

/* The wishes since the last call: a set of enum signals_wish. */
unsigned signals_take(void);

/* Stops the whole process group, as the terminal driver does for C-z; returns when it is continued in the foreground, or
 * has to end. */
void signals_stop(void);

/* Keys of the terminal that interrupt, quit or stop mean another program, with which this one is stopped; until
 * signals_catch(). */
void signals_lend(void);

/* The signals that are not as they were when the program began: another one has them as they usually are. */
void signals_usual(sigset_t *set);

/* False if the terminal now belongs to another job, such as the shell: it must be left alone then. */
bool signals_foreground(void);

/* Gives the program a second to end by itself. */
void signals_set_deadline(void);

/* Back to the handlers that were there before; term_restore() does nothing from here on. */
void signals_close(void);

#endif
