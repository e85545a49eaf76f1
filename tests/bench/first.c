#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "kept.h"
#include "pty.h"

enum { RUNS = 15, PATH_BYTES = 4096 };

static void first_frame(const char *program, const char *folder, struct bench_samples *samples)
{
    struct pty pty;
    if (!pty_start(&pty, program, folder))
        return;
    double end = pty_quiet(&pty, FRAME_GAP, PATIENCE);
    if (end > 0)
        samples_add(samples, (end - pty.started) * 1e3);
    pty_end(&pty);
}

/* The bare program, this library and the first one of this run take turns, so that a busy machine slows all. */
void first_rows(const struct bench_setup *setup, const char *folder)
{
    static const char what[] = "first frame, with an index";
    struct bench_samples bare = {0}, own = {0}, other = {0};
    char first[PATH_BYTES] = "", beside[64];
    snprintf(first, sizeof first, "%s", folder);
    bool compared = kept_or_keep(setup, "first", first, sizeof first) && strcmp(first, folder) != 0;
    first_frame(setup->program, folder, &own); /* only brings the files into the cache */
    own.count = 0;
    for (int i = 0; i < RUNS; i++) {
        first_frame(setup->bare, folder, &bare);
        first_frame(setup->program, folder, &own);
        if (compared)
            first_frame(setup->program, first, &other);
    }
    if (own.count == 0 || bare.count == 0) {
        bench_row_missing(what, "a program has drawn nothing");
    } else {
        double floor = samples_part(&bare, 0.5), median = samples_part(&own, 0.5);
        snprintf(beside, sizeof beside, "bare ncurses %.3g ms; longest %.3g ms", floor,
                 samples_part(&own, 1));
        bench_row(what, median, "ms", beside, BELOW(floor + 10));
        snprintf(beside, sizeof beside, "%.3g ms there", samples_part(&other, 0.5));
        if (other.count)
            bench_row("  against the first library", median / samples_part(&other, 0.5), "times", beside,
                      BELOW(1.3));
    }
    samples_free(&bare);
    samples_free(&own);
    samples_free(&other);
}
