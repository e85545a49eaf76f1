/*
 * floors: what the machine can do at best, in seconds.
 */
#ifndef BENCH_FLOORS_H
#define BENCH_FLOORS_H

#include <stddef.h>

/* The paths of a library's files, and how many bytes they hold. */
struct bench_files {
    char **paths;
    size_t count, capacity;
    double bytes;
};

/* Also brings the files into the system's cache. */
void files_list(const char *folder, struct bench_files *files);
void files_free(struct bench_files *files);

/* Reading all files, and libyaml alone on them. */
double floor_read(const struct bench_files *files, unsigned threads);
double floor_yaml(const struct bench_files *files, unsigned threads);

#endif
