/*
 * clip: a text for other programs, through the terminal or a command that the reader has named.
 */
#ifndef LECTERN_CMD_CLIP_H
#define LECTERN_CMD_CLIP_H

#include <sys/types.h>

#include "lectern/term.h"

#define CLIP_PROGRAMS 8

/* `struct clip c = {.command = ...};` */
struct clip {
    const char *command;           /* and its arguments; NULL: through the terminal */
    pid_t programs[CLIP_PROGRAMS]; /* that may still run, the latest first; 0: none */
    bool waits;                    /* how the latest one ends is not known yet, ... */
    unsigned looks;                /* ... though it was looked at so often */
};

/* Gives the text away, and says how in `way`. It waits for no program: how that ends clip_look() will tell. */
int clip_copy(struct clip *clip, struct term *term, struct str text, struct buf *way, struct err *err);

/* Whether the latest program has failed, which `err` says. To be asked again while the clip waits, which is not for long: some
 * programs end only when something else is copied. */
bool clip_failed(struct clip *clip, struct err *err);

#endif
