/*
 * run: another program, on the same terminal, which has been left to it, or beside this one.
 */
#ifndef LECTERN_TERM_RUN_H
#define LECTERN_TERM_RUN_H

#include <sys/types.h>

#include "lectern/err.h"

/* As term_run(). */
int run_program(char *const *argv, struct err *err);

/* As term_start(). */
pid_t run_beside(char *const *argv, int input, struct err *err);

#endif
