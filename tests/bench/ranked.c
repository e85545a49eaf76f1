#include <stdio.h>

#include "bench.h"
#include "classes.h"
#include "fts.h"
#include "parts.h"

enum {
    QUERIES = 100, /* of a class */
    RESULTS = 20,
    RUNS = 5,         /* the median of a query's runs counts */
    PEER_SECONDS = 5, /* that FTS5 gets for a class */
    LARGE = 100000,   /* articles from which on the target is a frame of the screen */
};

static bool is_prefix(enum query_class kind)
{
    return (kind >= CLASS_PREFIX_1 && kind <= CLASS_PREFIX_4) || kind == CLASS_TYPED;
}

static void own_times(const struct opened *opened, const struct queries *queries, struct bench_samples *times)
{
    struct arena arena = {0};
    for (size_t q = 0; q < queries->count; q++) {
        struct bench_samples runs = {0};
        for (int run = 0; run <= RUNS; run++) {
            struct search_results results;
            double start = bench_now();
            opened_search_shown(opened, queries->at[q], RESULTS, &arena, &results);
            if (run > 0) /* the first one warms up */
                samples_add(&runs, bench_now() - start);
            arena_reset(&arena);
        }
        samples_add(times, samples_part(&runs, 0.5));
        samples_free(&runs);
    }
    arena_free(&arena);
}

/* Ends when the time is up: the queries are in random order, so that the first ones stand for all. */
static void peer_times(struct fts *fts, enum query_class kind, const struct queries *queries,
                       struct bench_samples *times)
{
    uint32_t articles[RESULTS];
    double end = bench_now() + PEER_SECONDS;
    for (size_t q = 0; q < queries->count && bench_now() < end; q++) {
        struct bench_samples runs = {0};
        struct buf query = {0};
        bool phrase = kind == CLASS_PHRASE || kind == CLASS_TITLE;
        fts_query(&query, queries->at[q], phrase ? FTS_PHRASE : FTS_ALL, is_prefix(kind));
        for (int run = 0; run <= RUNS && (run < 2 || bench_now() < end); run++) {
            double start = bench_now();
            fts_search(fts, buf_str(&query), FTS_DEFAULT, true, RESULTS, articles);
            if (run > 0)
                samples_add(&runs, bench_now() - start);
        }
        samples_add(times, samples_part(&runs, 0.5));
        samples_free(&runs);
        buf_free(&query);
    }
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static void class_rows(const struct opened *opened, struct fts *fts, enum query_class kind)
{
    struct arena arena = {0};
    struct bench_samples own = {0}, peer = {0};
    struct queries queries = class_queries(opened, kind, QUERIES, &arena);
    bool large = catalogue_count(opened->parts.catalogue) > LARGE;
    char what[64], beside[80];
    snprintf(what, sizeof what, "ranked: %s (%zu)", class_names[kind], queries.count);
    own_times(opened, &queries, &own);
    bench_row_times(what, &own, large ? BELOW(16) : BELOW(2));
    if (kind == CLASS_MISSPELT) {
        bench_row_missing("  faster than FTS5", "it finds nothing then");
    } else if (own.count) {
        peer_times(fts, kind, &queries, &peer);
        double p50 = samples_part(&peer, 0.5), p99 = samples_part(&peer, 0.99);
        double times = least(p50 / samples_part(&own, 0.5), p99 / samples_part(&own, 0.99));
        snprintf(beside, sizeof beside, "FTS5 p50 %.3g, p99 %.3g ms (%zu)", p50 * 1e3, p99 * 1e3, peer.count);
        bench_row("  faster than FTS5, at p50 and at p99", times, "times", beside,
                  ABOVE(kind == CLASS_PREFIX_1 ? 100 : 1));
    }
    samples_free(&own);
    samples_free(&peer);
    arena_free(&arena);
}

void ranked_rows(const struct bench_setup *setup, const char *folder)
{
    struct opened opened;
    opened_open(&opened, folder);
    struct fts *fts = fts_open(setup->database);
    for (enum query_class kind = 0; kind < CLASSES; kind++)
        class_rows(&opened, fts, kind);
    fts_close(fts);
    opened_free(&opened);
}
