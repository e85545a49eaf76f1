#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "parts.h"
#include "pty.h"

enum { RUNS = 15 };

static bool first_frame(const char *program, const char *folder, struct bench_samples *samples)
{
    struct pty pty;
    if (!pty_start(&pty, program, folder))
        return false;
    double end = pty_quiet(&pty, FRAME_GAP, PATIENCE);
    if (end > 0)
        samples_add(samples, (end - pty.started) * 1e3);
    pty_end(&pty);
    return end > 0;
}

/* What was measured for the first library of this run is kept in a file beside the database, to be compared with. */
static double compared_with(const struct bench_setup *setup, double own)
{
    char path[4096];
    double first = own;
    snprintf(path, sizeof path, "%s.first", setup->database);
    FILE *file = fopen(path, "r");
    char line[64];
    if (file && fgets(line, sizeof line, file)) {
        first = strtod(line, NULL);
    } else if ((file = fopen(path, "w"))) {
        fprintf(file, "%.6f\n", own);
    }
    if (file)
        fclose(file);
    return first;
}

void first_rows(const struct bench_setup *setup, const char *folder)
{
    struct bench_samples bare = {0}, own = {0};
    /* The two take turns, so that a busy machine slows both. The first run only brings the files into the cache. */
    for (int i = 0; i <= RUNS; i++) {
        if (!first_frame(setup->bare, folder, &bare) || !first_frame(setup->program, folder, &own)) {
            bench_row_missing("first frame, with an index", "a program has drawn nothing");
            break;
        }
        bare.count -= i == 0;
        own.count -= i == 0;
    }
    if (own.count) {
        char beside[64];
        double floor = samples_part(&bare, 0.5), median = samples_part(&own, 0.5);
        double first = compared_with(setup, median);
        snprintf(beside, sizeof beside, "bare ncurses %.3g ms; longest %.3g ms", floor,
                 samples_part(&own, 1));
        bench_row("first frame, with an index", median, "ms", beside, BELOW(floor + 10));
        snprintf(beside, sizeof beside, "%.3g ms there", first);
        if (first != median)
            bench_row("the same against the first library", median / first, "times", beside, BELOW(1.3));
    }
    samples_free(&bare);
    samples_free(&own);
}
