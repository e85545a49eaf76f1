/* One article of ten megabytes, in a library with a short one, read in the program. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "long.h"
#include "pty.h"

enum { PAGES = 200, OPENED = 15, PATH_BYTES = 4096 };

#define MEGABYTES 10

static bool write_article(const char *path, const char *title, const struct str *texts, size_t count,
                          size_t bytes)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file, "# %s\n\n", title);
    for (size_t i = 0, written = 0; written < bytes; i = (i + 1) % count) {
        fprintf(file, "%.*s\n\n", STR_ARG(texts[i]));
        written += texts[i].len + 2;
    }
    return fclose(file) == 0;
}

static void measure(const char *program, const char *folder)
{
    struct bench_samples opened = {0}, pages = {0}, parts = {0};
    struct pty pty;
    if (!pty_start(&pty, program, folder))
        return;
    pty_quiet(&pty, REST_GAP, PATIENCE);
    for (int i = 0; i < OPENED; i++) { /* out of the cache: the short one is shown between */
        pty_key(&pty, "iA short one\r", RESULTS_GAP);
        pty_key(&pty, "iThe long one", RESULTS_GAP);
        double seconds = pty_key(&pty, "\r", FRAME_GAP);
        if (seconds >= 0)
            samples_add(&opened, seconds);
        pty_key(&pty, "g", FRAME_GAP);
    }
    for (int i = 0; i < PAGES; i++) {
        double seconds = pty_key(&pty, " ", FRAME_GAP);
        if (seconds >= 0)
            samples_add(&pages, seconds);
    }
    for (int i = 0; i < OPENED; i++) { /* to its end, and back to its beginning */
        double seconds = pty_key(&pty, i % 2 ? "g" : "G", FRAME_GAP);
        if (seconds >= 0)
            samples_add(&parts, seconds);
    }
    bench_row_times("an article of 10 MB: its first screen", &opened, BELOW(50));
    bench_row_times("  a page on, 200 times", &pages, BELOW(16));
    bench_row_times("  to its end and its beginning", &parts, BELOW(50));
    pty_end(&pty);
    samples_free(&opened);
    samples_free(&pages);
    samples_free(&parts);
}

void long_rows(const char *program, const char *scratch, const struct str *texts, size_t count)
{
    char folder[PATH_BYTES], brief[PATH_BYTES + 16], whole[PATH_BYTES + 16];
    snprintf(folder, sizeof folder, "%s.long", scratch);
    snprintf(brief, sizeof brief, "%s/a.md", folder);
    snprintf(whole, sizeof whole, "%s/b.md", folder);
    bool made = count && mkdir(folder, 0700) == 0 && write_article(brief, "A short one", texts, count, 1) &&
                write_article(whole, "The long one", texts, count, (size_t)MEGABYTES * 1000 * 1000);
    if (made)
        measure(program, folder);
    else
        bench_row_missing("an article of 10 MB", "it cannot be written");
    unlink(brief);
    unlink(whole);
    rmdir(folder);
}
