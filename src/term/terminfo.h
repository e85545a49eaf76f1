/*
 * terminfo: what the terminal's entry says, asked before anything is drawn.
 */
#ifndef LECTERN_TERM_TERMINFO_H
#define LECTERN_TERM_TERMINFO_H

#include <stdbool.h>

#include "lectern/err.h"
#include "lectern/str.h"

struct terminfo {
    bool ansi;          /* its sequences begin with ESC [: modes of ANSI terminals do no harm */
    bool italics;       /* it has them */
    struct buf restore; /* ends all that a program like this may have switched on */
};

/* Reads the entry of the type `type`, which may be NULL or anything. -1 if it is not known, or not one of a screen. */
int terminfo_read(struct terminfo *info, const char *type, struct err *err);
void terminfo_free(struct terminfo *info);

#endif
