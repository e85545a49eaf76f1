#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "lectern/index_file.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "lectern/search.h"
#include "lectern/topics.h"

enum { RUNS = 5, RESULTS = 200 };

static struct catalogue *scan(struct library *library, unsigned threads)
{
    struct err err;
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){.threads = threads}, &err);
    if (!catalogue) {
        bench_fail("%s", err.message);
    }
    return catalogue;
}

/* Without words: what libyaml's floor is to be compared with. Both take turns, so that a busy machine slows both. */
static void tree_rows(struct library *library, const struct bench_files *files, unsigned threads)
{
    double floor = 0, scanned = 0, treed = 0;
    for (int i = 0; i < RUNS; i++) {
        double yaml = floor_yaml(files, threads);
        if (i == 0 || yaml < floor)
            floor = yaml;
        double start = bench_now();
        struct catalogue *catalogue = scan(library, threads);
        double read = bench_now() - start;
        struct topic_tree *tree = topics_build(catalogue, true, threads, NULL);
        double all = bench_now() - start;
        topics_free(tree);
        catalogue_release(catalogue);
        if (i == 0 || all < treed) {
            scanned = read;
            treed = all;
        }
    }
    bench_row("floor: libyaml's events of all files", floor, "s", "", NO_TARGET);
    bench_row("files to catalogue", scanned, "s", "", NO_TARGET);
    bench_row("files to catalogue and topic tree", treed, "s", "", BELOW(1));
    bench_row("the same against libyaml's floor", treed / floor, "times", "", BELOW(2));
}

static const char *const queries[] = {
    "liver failure treatment",
    "what is the child-pugh score",
    "eigenvalue of a matrix",
    "binary search tree",
    "heart",
    "a",
    "the",
    "photosynthesis",
    "derivative of sin x",
    "nurse patient communication",
    "quantum",
    "hepatic encephalopathy",
    "base case recursion",
    "vitamin d deficiency",
    "probability distribution",
    "zzyzx",
    "ethics in public health",
    "naïve bayes",
};

static void search_rows(const struct index_parts *parts)
{
    struct segments *segments = segments_single(parts->index);
    struct bench_samples letters = {0}, first_letters = {0};
    struct arena arena = {0};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        struct str query = str_from(queries[q]);
        for (size_t len = 1; len <= query.len; len++) {
            struct search_results results = {0};
            double start = bench_now();
            search_run(parts->catalogue, segments, str_slice(query, 0, len), RESULTS, NULL, &arena, &results);
            double seconds = bench_now() - start;
            samples_add(len <= 2 ? &first_letters : &letters, seconds);
            arena_reset(&arena);
        }
    }
    arena_free(&arena);
    segments_release(segments);
    bench_row_times("search: the first two letters of a query", &first_letters, BELOW(50));
    bench_row_times("search: every further letter", &letters, BELOW(50));
    samples_free(&letters);
    samples_free(&first_letters);
}

static double since(double start)
{
    return (bench_now() - start) * 1e3;
}

/* What opening a library from its index file costs. `folder` may be read and written. */
static void opening_rows(const char *folder, const struct library *library)
{
    struct err err;
    struct index_parts parts;
    struct library_changes changes;
    double start = bench_now();
    if (index_file_open(folder, library, &parts, &err) != 0) {
        bench_note("%s", err.message);
        return;
    }
    bench_row("index file: opened", since(start), "ms", "", NO_TARGET);
    start = bench_now();
    index_file_intact(&parts, NULL, &err);
    bench_row("index file: all checksums", since(start), "ms", "", NO_TARGET);
    start = bench_now();
    library_changes(library, parts.catalogue, &(struct library_look){0}, &changes, &err);
    library_changes_free(&changes);
    bench_row("library walked for changes", since(start), "ms", "", NO_TARGET);
    index_parts_free(&parts);
}

static void index_file_rows(const struct library *library, const struct index_parts *parts, double text_bytes)
{
    struct err err;
    struct stat about;
    struct buf folder = {0}, path = {0};
    double start = bench_now();
    if (index_file_folder(&folder, getenv("XDG_CACHE_HOME"), NULL, &err) != 0 ||
        index_file_write(buf_cstr(&folder), library, parts, NULL, &err) != 0) {
        bench_note("%s", err.message);
    } else {
        bench_row("index file: written", since(start), "ms", "", NO_TARGET);
        buf_printf(&path, "%s/", buf_cstr(&folder));
        index_file_name(library, &path, &err);
        if (stat(buf_cstr(&path), &about) == 0)
            bench_row("index file: size", (double)about.st_size / text_bytes, "times the text", "",
                      BELOW(0.5));
        opening_rows(buf_cstr(&folder), library);
    }
    buf_free(&folder);
    buf_free(&path);
}

static void note_tree(void *context, const struct index_parts *parts)
{
    double *treed = context;
    (void)parts;
    *treed = bench_now();
}

void library_rows(const char *folder, const struct bench_files *files, unsigned threads)
{
    struct err err;
    struct library *library = library_open(&folder, 1, &err);
    if (!library) {
        bench_fail("%s", err.message);
    }
    tree_rows(library, files, threads);

    struct index_parts parts;
    double treed = 0, start = bench_now();
    struct library_scan wishes = {.threads = threads, .context = &treed};
    if (index_parts_read(library, &wishes, note_tree, &parts, &err) != 0) {
        bench_fail("%s", err.message);
    }
    double joined = bench_now();
    bench_row("files to catalogue, topic tree and words", joined - start, "s", "", NO_TARGET);
    bench_row("of which joining the words", joined - treed, "s", "", NO_TARGET);
    search_rows(&parts);
    index_file_rows(library, &parts, files->bytes);
    index_parts_free(&parts);
    library_close(library);
}
