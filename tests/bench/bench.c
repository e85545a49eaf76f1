/* measure FOLDER PROGRAM BARE: measures lectern on a large library and prints a table. See tests/bench/run. */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lectern/library.h"
#include "lectern/mem.h"

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void samples_add(struct bench_samples *samples, double value)
{
    samples->at = mem_grow(samples->at, samples->count, &samples->capacity, sizeof *samples->at);
    samples->at[samples->count++] = value;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

double samples_part(struct bench_samples *samples, double part)
{
    if (samples->count == 0)
        return 0;
    qsort(samples->at, samples->count, sizeof *samples->at, by_value);
    return samples->at[(size_t)(part * (double)(samples->count - 1) + 0.5)];
}

void samples_free(struct bench_samples *samples)
{
    mem_free(samples->at);
    *samples = (struct bench_samples){0};
}

static void row_end(double value, const char *unit, double limit)
{
    if (limit > 0)
        printf("  < %g %s  %s\n", limit, unit, value < limit ? "yes" : "NO");
    else
        printf("\n");
    fflush(stdout);
}

void bench_row(const char *what, double value, const char *unit, double limit)
{
    printf("%-46s %9.3g %-26s", what, value, unit);
    row_end(value, unit, limit);
}

void bench_row_times(const char *what, struct bench_samples *samples, double limit_ms)
{
    double p99 = samples_part(samples, 0.99) * 1e3;
    char shape[64];
    snprintf(shape, sizeof shape, "ms (p50 %.2f, max %.2f)", samples_part(samples, 0.5) * 1e3,
             samples_part(samples, 1) * 1e3);
    printf("%-46s %9.3g %-26s", what, p99, shape);
    if (samples->count)
        row_end(p99, "ms", limit_ms);
    else
        printf("  nothing was measured\n");
}

void bench_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: measure FOLDER PROGRAM BARE\n", stderr);
        return 2;
    }
    const char *folder = argv[1];
    unsigned threads = library_threads(0);
    struct bench_files files = {0};
    files_list(folder, &files);
    bench_note("%s: %zu files, %.1f MB, %u threads", folder, files.count, files.bytes / 1e6, threads);
    bench_note("%-46s %9s %-26s  %s", "", "measured", "", "target, reached");

    /* First, while this process is small and forks quickly. */
    bench_screen(argv[2], argv[3], folder, files.bytes);

    bench_row("floor: read all files", floor_read(&files, threads), "s", 0);
    bench_library(folder, &files, threads);
    files_free(&files);
    return 0;
}
