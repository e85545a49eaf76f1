#include <stdio.h>

#include "bench.h"
#include "classes.h"
#include "fts.h"
#include "kept.h"
#include "xapian.h"

enum {
    QUERIES = 200, /* of a class */
    RESULTS = 20,
    RUNS = 5,         /* the median of a query's runs counts */
    PEER_SECONDS = 5, /* that FTS5 gets for a class */
    LARGE = 100000,   /* articles from which on the target is a frame of the screen */
};

static bool is_prefix(enum query_class kind)
{
    return (kind >= CLASS_PREFIX_1 && kind <= CLASS_PREFIX_4) || kind == CLASS_TYPED;
}

static void own_times(const struct opened *opened, const struct queries *queries, bool snippets,
                      struct bench_samples *times)
{
    struct arena arena = {0};
    for (size_t q = 0; q < queries->count; q++) {
        struct bench_samples runs = {0};
        for (int run = 0; run <= RUNS; run++) {
            struct search_results results;
            double start = bench_now();
            if (snippets)
                opened_search_shown(opened, queries->at[q], RESULTS, &arena, &results);
            else
                opened_search(opened, queries->at[q], RESULTS, &arena, &results);
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

/* p99 of the classes, in seconds, and for how many articles. */
struct growth {
    double p99[CLASSES], articles;
};

struct peers {
    struct fts *fts;
    struct xapian_times xapian;
};

/* How many times slower a peer is, at p50 and at p99 at least; both in seconds. */
static void peer_row(const char *peer, double p50, double p99, struct bench_samples *own, double target)
{
    char what[64], beside[80];
    double times = least(p50 / samples_part(own, 0.5), p99 / samples_part(own, 0.99));
    snprintf(what, sizeof what, "  faster than %s, at p50 and at p99", peer);
    snprintf(beside, sizeof beside, "%s p50 %.3g, p99 %.3g ms", peer, p50 * 1e3, p99 * 1e3);
    bench_row(what, times, "times", beside, ABOVE(target));
}

static double class_rows(const struct opened *opened, const struct peers *peers, enum query_class kind)
{
    struct arena arena = {0};
    struct bench_samples own = {0}, peer = {0}, bare = {0};
    struct queries queries = class_queries(opened, kind, QUERIES, &arena);
    bool large = catalogue_count(opened->parts.catalogue) > LARGE;
    char what[64];
    snprintf(what, sizeof what, "ranked: %s (%zu)", class_names[kind], queries.count);
    own_times(opened, &queries, true, &own);
    bench_row_times(what, &own, large ? BELOW(16) : BELOW(2));
    if (kind == CLASS_MISSPELT) {
        bench_row_missing("  faster than FTS5", "it finds nothing then");
    } else if (own.count) {
        peer_times(peers->fts, kind, &queries, &peer);
        peer_row("FTS5", samples_part(&peer, 0.5), samples_part(&peer, 0.99), &own,
                 kind == CLASS_PREFIX_1 ? 100 : 1);
    }
    if (own.count && peers->xapian.p50[kind] > 0) { /* which makes no snippets */
        struct queries same = class_queries(opened, kind, XAPIAN_QUERIES, &arena);
        own_times(opened, &same, false, &bare);
        peer_row("Xapian", peers->xapian.p50[kind] / 1e3, peers->xapian.p99[kind] / 1e3, &bare, 1);
    }
    double p99 = samples_part(&own, 0.99);
    samples_free(&own);
    samples_free(&peer);
    samples_free(&bare);
    arena_free(&arena);
    return p99;
}

static void growth_rows(const struct growth *own, const struct growth *first)
{
    char what[64], beside[64];
    snprintf(beside, sizeof beside, "articles %.3g times", own->articles / first->articles);
    for (enum query_class kind = 0; kind < CLASSES; kind++) {
        snprintf(what, sizeof what, "growth since the first: %s", class_names[kind]);
        if (first->p99[kind] > 0)
            bench_row(what, own->p99[kind] / first->p99[kind], "times", beside, NO_TARGET);
    }
}

void ranked_rows(const struct bench_setup *setup, const char *folder)
{
    struct opened opened;
    opened_open(&opened, folder);
    struct peers peers = {.fts = fts_open(setup->database)};
    const char *why;
    if (!xapian_measure(setup, &opened, &peers.xapian, &why))
        bench_row_missing("Xapian", why);
    struct growth own = {.articles = catalogue_count(opened.parts.catalogue)};
    for (enum query_class kind = 0; kind < CLASSES; kind++)
        own.p99[kind] = class_rows(&opened, &peers, kind);
    struct growth first = own;
    if (kept_or_keep(setup, "ranked", &first, sizeof first))
        growth_rows(&own, &first);
    fts_close(peers.fts);
    opened_free(&opened);
}
