#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

static void row_end(double value, const char *unit, struct bench_target target)
{
    if (target.below > 0)
        printf("  < %.3g %s  %s", target.below, unit, value < target.below ? "reached" : "NOT REACHED");
    if (target.above > 0)
        printf("  > %.3g %s  %s", target.above, unit, value > target.above ? "reached" : "NOT REACHED");
    printf("\n");
    fflush(stdout);
}

void bench_row(const char *what, double value, const char *unit, const char *beside,
               struct bench_target target)
{
    char measured[32];
    snprintf(measured, sizeof measured, "%.3g %s", value, unit);
    printf("%-45s %15s  %-42s", what, measured, beside);
    row_end(value, unit, target);
}

void bench_row_times(const char *what, struct bench_samples *samples, struct bench_target target)
{
    if (samples->count == 0) {
        bench_row_missing(what, "nothing happened");
        return;
    }
    char shape[64];
    double p99 = samples_part(samples, 0.99) * 1e3;
    snprintf(shape, sizeof shape, "p50 %.3g, max %.3g ms", samples_part(samples, 0.5) * 1e3,
             samples_part(samples, 1) * 1e3);
    bench_row(what, p99, "ms", shape, target);
}

void bench_row_missing(const char *what, const char *why)
{
    printf("%-45s %15s  %s\n", what, "not measured", why);
    fflush(stdout);
}

void bench_heading(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("\n");
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n%-45s %15s  %-42s  %s\n", "", "measured", "beside it", "target, reached");
    fflush(stdout);
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

void bench_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}
