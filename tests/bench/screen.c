#include <stdio.h>

#include "bench.h"
#include "parts.h"
#include "pty.h"

enum { LETTER_GAP = 1 }; /* ms: as FRAME_GAP, where the frame with the results may come soon */

static void sample_key(const struct pty *pty, const char *key, struct bench_samples *samples)
{
    double seconds = pty_key(pty, key, FRAME_GAP);
    if (seconds >= 0)
        samples_add(samples, seconds);
}

/* Presses `before` (may be NULL), then `key`, and measures the latter. */
static void key_row(const struct pty *pty, const char *what, const char *before, const char *key, int times,
                    struct bench_target target)
{
    struct bench_samples samples = {0};
    for (int i = 0; i < times; i++) {
        if (before)
            pty_key(pty, before, FRAME_GAP);
        sample_key(pty, key, &samples);
    }
    bench_row_times(what, &samples, target);
    samples_free(&samples);
}

/* Types queries into the search bar. The first frame shows the letter, the last one its results. */
static void search_rows(const struct pty *pty)
{
    static const char *const queries[] = {"liver failure", "base case", "eigenvalue", "heart",
                                          "sorting algorithm"};
    struct bench_samples frames = {0}, results = {0};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        pty_key(pty, "s", RESULTS_GAP);
        for (const char *letter = queries[q]; *letter; letter++) {
            double start = bench_now();
            double frame = pty_key(pty, (char[]){*letter, '\0'}, LETTER_GAP);
            double end = pty_quiet(pty, RESULTS_GAP, RESULTS_GAP);
            if (frame >= 0)
                samples_add(&frames, frame);
            if (frame >= 0 || end > 0)
                samples_add(&results, end > 0 ? end - start : frame);
        }
        pty_key(pty, "\033", RESULTS_GAP);
        pty_quiet(pty, RESULTS_GAP, REST_GAP);
    }
    bench_row_times("key to frame: a letter in the search bar", &frames, BELOW(5));
    bench_row_times("a letter in the search bar to its results", &results, BELOW(50));
    samples_free(&frames);
    samples_free(&results);
}

void screen_rows(const struct bench_setup *setup, const char *folder)
{
    struct pty pty;
    if (pty_start(&pty, setup->bare, folder)) {
        pty_quiet(&pty, RESULTS_GAP, PATIENCE);
        key_row(&pty, "floor: key to frame of a bare program", "j", "k", 50, NO_TARGET);
        pty_end(&pty);
    }
    if (!pty_start(&pty, setup->program, folder))
        return;
    pty_quiet(&pty, REST_GAP, PATIENCE);
    key_row(&pty, "key to frame: j", NULL, "j", 150, BELOW(5));
    key_row(&pty, "key to frame: Enter", "j", "\r", 60, BELOW(5));
    key_row(&pty, "key to frame: PgDn", NULL, "\033[6~", 40, BELOW(5));
    search_rows(&pty);
    pty_end(&pty);
}
