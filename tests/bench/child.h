/*
 * child: other programs, timed.
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

/* Runs a program, found in PATH, to its end; what it prints is dropped. `*status` is its exit status, or -1. Returns seconds. */
double child_timed(const char *const *arguments, int *status);

#endif
