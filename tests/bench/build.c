#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "child.h"
#include "floors.h"
#include "fts.h"
#include "parts.h"

enum { RUNS = 5, LARGE_FILES = 100000 };

static double build(const struct bench_setup *setup, const char *folder)
{
    const char *const arguments[] = {setup->program, "-l", folder, "index", "--rebuild", NULL};
    int status;
    double seconds = child_timed(arguments, NULL, &status);
    if (status != 0)
        bench_fail("%s: its index could not be built", folder);
    return seconds;
}

static double least(double a, double b)
{
    return a > 0 && a < b ? a : b;
}

static void size_row(const struct opened *opened, double articles, double peer)
{
    struct err err;
    struct stat about;
    struct buf path = {0};
    char beside[64];
    snprintf(beside, sizeof beside, "FTS5 with its text %.2f", peer / articles);
    bool known = index_file_folder(&path, getenv("XDG_CACHE_HOME"), NULL, &err) == 0;
    buf_add_byte(&path, '/');
    known = known && index_file_name(opened->library, &path, &err) == 0 && stat(buf_cstr(&path), &about) == 0;
    if (known)
        bench_row("size of the index", (double)about.st_size / articles, "articles", beside, BELOW(0.5));
    else
        bench_row_missing("size of the index", err.message);
    buf_free(&path);
}

/* The program and libyaml take turns, so that a busy machine slows both; the best run of each counts. */
void build_rows(const struct bench_setup *setup, const char *folder)
{
    struct bench_files files = {0};
    struct opened opened;
    char beside[64];
    unsigned threads = library_threads(0);
    double floor = 0, own = 0, peer;
    files_list(folder, &files);
    bench_row("floor: all files read", floor_read(&files, threads), "s", "", NO_TARGET);
    for (int i = 0; i < (files.count > LARGE_FILES ? 1 : RUNS); i++) {
        floor = least(floor, floor_yaml(&files, threads));
        own = least(own, build(setup, folder));
    }
    snprintf(beside, sizeof beside, "%.3g MB/s, %u threads", files.bytes / 1e6 / own, threads);
    bench_row("cold build of the index", own, "s", beside, NO_TARGET);
    snprintf(beside, sizeof beside, "libyaml alone %.3g s", floor);
    bench_row("the same against libyaml on the same files", own / floor, "times", beside, BELOW(2));

    opened_open(&opened, folder);
    unlink(setup->database);
    struct fts *fts = fts_build(setup->database, &opened, threads, &peer);
    snprintf(beside, sizeof beside, "FTS5 with parsing %.3g s", peer);
    bench_row("the same against FTS5", own / peer, "times", beside, BELOW(0.5));
    size_row(&opened, files.bytes, fts_size(fts));
    fts_close(fts);
    opened_free(&opened);
    files_free(&files);
}
