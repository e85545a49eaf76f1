#include <stdlib.h>

#include "bench.h"
#include "floors.h"
#include "opened.h"
#include "parts.h"

enum { RUNS = 5, LARGE_FILES = 100000 };

/* Without words: what libyaml's floor is to be compared with. Both take turns, so that a busy machine slows both. */
static void tree_rows(struct library *library, const struct bench_files *files, unsigned threads)
{
    double floor = 0, treed = 0;
    for (int i = 0; i < (files->count > LARGE_FILES ? 1 : RUNS); i++) {
        struct err err;
        struct library_scan scan = {.threads = threads};
        double yaml = floor_yaml(files, threads);
        double start = bench_now();
        struct catalogue *catalogue = library_scan(library, &scan, &err);
        if (!catalogue)
            bench_fail("%s", err.message);
        struct topic_tree *tree = topics_build(catalogue, true, threads, NULL);
        double all = bench_now() - start;
        topics_release(tree);
        catalogue_release(catalogue);
        floor = i == 0 || yaml < floor ? yaml : floor;
        treed = i == 0 || all < treed ? all : treed;
    }
    bench_row("files to catalogue and topic tree", treed, "s", "",
              files->count > LARGE_FILES ? NO_TARGET : BELOW(1));
    bench_row("the same against libyaml on the same files", treed / floor, "times", "", BELOW(2));
}

static double since(double start)
{
    return (bench_now() - start) * 1e3;
}

static void opening_rows(const struct library *library)
{
    struct err err;
    struct index_parts parts;
    struct buf folder = {0};
    if (index_file_folder(&folder, getenv("XDG_CACHE_HOME"), NULL, &err) != 0)
        bench_fail("%s", err.message);
    double start = bench_now();
    if (index_file_open(buf_cstr(&folder), library, &parts, &err) != 0)
        bench_fail("%s", err.message);
    bench_row("the index opened", since(start), "ms", "", NO_TARGET);
    start = bench_now();
    index_file_intact(&parts, NULL, &err);
    bench_row("all of its checksums", since(start), "ms", "", NO_TARGET);
    start = bench_now();
    struct library_changes changes;
    if (library_changes(library, parts.catalogue, &(struct library_look){.limit = 1}, &changes, &err) == 0) {
        bench_row("the library walked for changes", since(start), "ms", "", NO_TARGET);
        library_changes_free(&changes);
    }
    index_parts_free(&parts);
    buf_free(&folder);
}

void library_rows(const struct bench_setup *setup, const char *folder)
{
    struct err err;
    struct bench_files files = {0};
    struct library *library = library_open(&folder, 1, &err);
    (void)setup;
    if (!library)
        bench_fail("%s", err.message);
    files_list(folder, &files);
    tree_rows(library, &files, library_threads(0));
    opening_rows(library);
    files_free(&files);
    library_close(library);
}
