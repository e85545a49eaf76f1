/*
 * bench: what the measurements share: the clock, samples, and the table that is printed.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>

/* Seconds of a clock that only goes forward. */
double bench_now(void);

struct bench_samples {
    double *at;
    size_t count, capacity;
};

void samples_add(struct bench_samples *samples, double value);
/* The value below which `part` (0 to 1) of the samples lie; sorts them. */
double samples_part(struct bench_samples *samples, double part);
void samples_free(struct bench_samples *samples);

/* What a value must stay below, or be above; 0: nothing was promised. */
struct bench_target {
    double below, above;
};
#define NO_TARGET    ((struct bench_target){0})
#define BELOW(limit) ((struct bench_target){.below = (limit)})
#define ABOVE(limit) ((struct bench_target){.above = (limit)})

/* A row of the table: what was measured, what was measured beside it (may be empty), the target and whether it was reached. */
void bench_row(const char *what, double value, const char *unit, const char *beside,
               struct bench_target target);
/* p99 of samples in seconds, shown in ms beside p50 and the largest; the target, in ms, holds for p99. */
void bench_row_times(const char *what, struct bench_samples *samples, struct bench_target target);
/* A row that could not be measured, and why. */
void bench_row_missing(const char *what, const char *why);
void bench_heading(const char *format, ...) __attribute__((format(printf, 1, 2)));
void bench_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says what is wrong on standard error and ends the program: there is nothing to go on with. */
_Noreturn void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
