/*
 * bench: what the measurements share: the clock, samples, and the table that is printed.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* Seconds of a clock that only goes forward. */
double bench_now(void);

/* The paths of a library's files, and how many bytes they hold. */
struct bench_files {
    char **paths;
    size_t count, capacity;
    double bytes;
};

struct bench_samples {
    double *at;
    size_t count, capacity;
};

void samples_add(struct bench_samples *samples, double value);
/* The value below which `part` (0 to 1) of the samples lie; sorts them. */
double samples_part(struct bench_samples *samples, double part);
void samples_free(struct bench_samples *samples);

/* A row of the table; `limit` is what the value must stay below, 0 if nothing was promised. */
void bench_row(const char *what, double value, const char *unit, double limit);
/* p50, p99 and the largest of samples in seconds, shown in ms; the limit holds for p99. */
void bench_row_times(const char *what, struct bench_samples *samples, double limit_ms);
void bench_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* floors.c: what the machine can do at best, in seconds. files_list() also brings the files into the cache. */
void files_list(const char *folder, struct bench_files *files);
void files_free(struct bench_files *files);
double floor_read(const struct bench_files *files, unsigned threads);
double floor_yaml(const struct bench_files *files, unsigned threads);

/* library.c: reading a library, and searching it. */
void bench_library(const char *folder, const struct bench_files *files, unsigned threads);

/* screen.c: the program `path` under a pseudo-terminal, beside the bare ncurses program. */
void bench_screen(const char *path, const char *bare, const char *folder, double text_bytes);

#endif
