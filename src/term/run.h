/*
 * run: another program on the same terminal, which has been left to it.
 */
#ifndef LECTERN_TERM_RUN_H
#define LECTERN_TERM_RUN_H

#include "lectern/err.h"

/* As term_run(). */
int run_program(char *const *argv, struct err *err);

#endif
