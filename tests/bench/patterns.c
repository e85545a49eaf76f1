/*
 * Patterns over all text, beside ripgrep on the files and codesearch, which has an index of its own. Both are programs, whose
 * start counts; all are asked for the articles or files that match, and none for every match.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "child.h"
#include "classes.h"
#include "parts.h"

enum {
    LITERAL = 40, /* patterns made of two words of a title each */
    RESULTS = 20,
    RUNS = 3,         /* the median of a pattern's runs counts */
    PEER_SECONDS = 5, /* that a peer gets for a kind */
};

/* Nothing in these must be in a text as it stands. */
static const char *const without_literal[] = {
    "[a-z]{18,}",
    "[A-Z]{6,}",
    "\\b[0-9]+\\.[0-9]{3}\\b",
    "\\([0-9]{4}\\)",
    "\\b[a-z]{3} [a-z]{2} [a-z]{9}\\b",
};

struct patterns {
    struct str *at;
    size_t count;
};

static struct patterns with_literal(const struct opened *opened, struct arena *arena)
{
    struct queries queries = class_queries(opened, CLASS_TWO, LITERAL, arena);
    struct patterns patterns = {arena_array(arena, LITERAL, sizeof *patterns.at), queries.count};
    for (size_t i = 0; i < queries.count; i++) {
        struct str first, second;
        str_cut(str_trim(queries.at[i]), ' ', &first, &second);
        patterns.at[i] = arena_printf(arena, "%.*s[- a-z]+%.*s", STR_ARG(first), STR_ARG(second));
    }
    return patterns;
}

static struct patterns without(struct arena *arena)
{
    size_t count = sizeof without_literal / sizeof *without_literal;
    struct patterns patterns = {arena_array(arena, count, sizeof *patterns.at), count};
    for (size_t i = 0; i < count; i++)
        patterns.at[i] = str_from(without_literal[i]);
    return patterns;
}

struct watch {
    double first; /* when the first results came; 0: not yet */
};

static void found(void *context, const struct search_results *so_far)
{
    struct watch *watch = context;
    if (so_far->count && watch->first <= 0)
        watch->first = bench_now();
}

static void own_run(const struct opened *opened, struct str query, struct bench_samples *all,
                    struct bench_samples *first)
{
    struct arena arena = {0};
    struct query typed;
    struct watch watch = {0};
    struct search_watcher watcher = {found, &watch};
    struct search_results results = {0};
    double start = bench_now();
    if (query_parse(&arena, query, true, &typed, NULL) == 0)
        search_run_watched(opened->parts.catalogue, opened->segments, &typed, RESULTS, NULL, NULL, &watcher,
                           opened->scratch, &arena, &results);
    double end = bench_now();
    if (results.problem.kind != ERR_NONE)
        bench_fail("%.*s: %s", STR_ARG(query), results.problem.message);
    samples_add(all, end - start);
    samples_add(first, (watch.first > 0 ? watch.first : end) - start);
    arena_free(&arena);
}

static void own_times(const struct opened *opened, const struct patterns *patterns,
                      struct bench_samples *times, struct bench_samples *first_times)
{
    struct arena arena = {0};
    for (size_t i = 0; i < patterns->count; i++) {
        struct str query = arena_printf(&arena, "/%.*s/", STR_ARG(patterns->at[i]));
        struct bench_samples all = {0}, first = {0};
        for (int run = 0; run < RUNS; run++)
            own_run(opened, query, &all, &first);
        samples_add(times, samples_part(&all, 0.5));
        samples_add(first_times, samples_part(&first, 0.5));
        samples_free(&all);
        samples_free(&first);
    }
    arena_free(&arena);
}

struct peer {
    const char *name;
    const char *const *begin; /* the three words of its command before the pattern */
    const char *folder;       /* behind the pattern, or NULL */
};

/* Ends when the time is up; false if the program is not there. Both end with 1 where nothing matches. */
static bool peer_times(const struct peer *peer, const struct patterns *patterns, struct bench_samples *times)
{
    struct arena arena = {0};
    double end = bench_now() + PEER_SECONDS;
    bool there = true;
    for (size_t i = 0; there && i < patterns->count && bench_now() < end; i++) {
        const char *pattern = arena_printf(&arena, "%.*s", STR_ARG(patterns->at[i])).at;
        const char *const command[] = {peer->begin[0], peer->begin[1], peer->begin[2],
                                       pattern,        peer->folder,   NULL};
        struct bench_samples runs = {0};
        for (int run = 0; there && run < RUNS; run++) {
            int status;
            samples_add(&runs, child_timed(command, NULL, &status));
            there = status == 0 || status == 1;
        }
        samples_add(times, samples_part(&runs, 0.5));
        samples_free(&runs);
    }
    arena_free(&arena);
    return there;
}

static void peer_row(const struct peer *peer, const struct patterns *patterns, struct bench_samples *own,
                     struct bench_target target)
{
    struct bench_samples times = {0};
    char what[64], beside[80];
    snprintf(what, sizeof what, "  faster than %s, at p50", peer->name);
    if (peer_times(peer, patterns, &times)) {
        double p50 = samples_part(&times, 0.5);
        snprintf(beside, sizeof beside, "%s p50 %.3g, p99 %.3g ms", peer->name, p50 * 1e3,
                 samples_part(&times, 0.99) * 1e3);
        bench_row(what, p50 / samples_part(own, 0.5), "times", beside, target);
    } else {
        bench_row_missing(what, "it is not installed, or has failed");
    }
    samples_free(&times);
}

/* `ripgrep` and `codesearch`: how many times faster than these is promised; 0: nothing. */
static void kind_rows(const struct opened *opened, const char *folder, const char *name,
                      const struct patterns *patterns, double ripgrep, double codesearch)
{
    static const char *const rg[] = {"rg", "-l", "-S"}, *const csearch[] = {"csearch", "-l", "-i"};
    struct bench_samples times = {0}, first = {0};
    char what[64];
    own_times(opened, patterns, &times, &first);
    snprintf(what, sizeof what, "pattern: %s (%zu)", name, patterns->count);
    bench_row_times(what, &times, NO_TARGET);
    bench_row_times("  its first results", &first, BELOW(20));
    peer_row(&(struct peer){"ripgrep", rg, folder}, patterns, &times, ABOVE(ripgrep));
    peer_row(&(struct peer){"codesearch", csearch, NULL}, patterns, &times, ABOVE(codesearch));
    samples_free(&times);
    samples_free(&first);
}

void pattern_rows(const struct bench_setup *setup, const char *folder)
{
    struct opened opened;
    struct arena arena = {0};
    struct buf trigrams = {0};
    int status;
    opened_open(&opened, folder);
    buf_printf(&trigrams, "%s.trigrams", setup->database);
    setenv("CSEARCHINDEX", buf_cstr(&trigrams), 1);
    child_timed((const char *const[]){"cindex", "-reset", folder, NULL}, NULL, &status);
    struct patterns literal = with_literal(&opened, &arena), bare = without(&arena);
    kind_rows(&opened, folder, "with a literal", &literal, 20, 1);
    kind_rows(&opened, folder, "without a literal", &bare, 5, 0);
    buf_free(&trigrams);
    arena_free(&arena);
    opened_free(&opened);
}
