/*
 * child: other programs, timed.
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

/* Runs a program, found in PATH, to its end. What it prints goes to the file `output`, or nowhere if that is NULL; `*status` is its
 * exit status, or -1. Returns seconds. */
double child_timed(const char *const *arguments, const char *output, int *status);

#endif
