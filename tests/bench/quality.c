#include "quality.h"

#include <stdio.h>

#include "bench.h"
#include "known.h"

enum { RANKS = 10 };

/* The ways in which FTS5 can be asked. */
static const struct way {
    const char *name;
    enum fts_join join;
    enum fts_weights weights;
} ways[] = {
    {"all words", FTS_ALL, FTS_DEFAULT},
    {"all words, weighted", FTS_ALL, FTS_WEIGHTED},
    {"any word", FTS_ANY, FTS_DEFAULT},
    {"any word, weighted", FTS_ANY, FTS_WEIGHTED},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* From 1; 0 if it is not among them. */
static size_t rank_of(uint32_t wanted, const uint32_t *articles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (articles[i] == wanted)
            return i + 1;
    return 0;
}

static size_t own_rank(const struct opened *opened, const struct known_item *item)
{
    struct search_results results = {0};
    struct arena arena = {0};
    uint32_t articles[RANKS];
    opened_search(opened, item->query, RANKS, &arena, &results);
    for (size_t i = 0; i < results.count; i++)
        articles[i] = results.hits[i].article;
    size_t rank = rank_of(item->article, articles, results.count);
    arena_free(&arena);
    return rank;
}

static size_t peer_rank(struct fts *fts, const struct way *way, enum known_kind kind,
                        const struct known_item *item)
{
    uint32_t articles[RANKS];
    struct buf query = {0};
    fts_query(&query, item->query, way->join, kind == KNOWN_PREFIX);
    size_t count = fts_search(fts, buf_str(&query), way->weights, false, RANKS, articles);
    buf_free(&query);
    return rank_of(item->article, articles, count);
}

static void tell(const struct quality *quality, const struct known_item *item, size_t own,
                 const size_t *peers)
{
    struct str title = catalogue_title(quality->opened->parts.catalogue, item->article);
    char ranks[64] = "";
    size_t len = 0;
    for (size_t w = 0; quality->fts && w < WAYS; w++)
        len += (size_t)snprintf(ranks + len, sizeof ranks - len, " %2zu", peers[w]);
    bench_note("%2zu  FTS5%s  %.*s  <- %.*s", own, ranks, STR_ARG(item->query), STR_ARG(title));
}

static void known_row(const struct quality *quality, enum known_kind kind, const struct known_items *items)
{
    double own = 0, peers[WAYS] = {0};
    for (size_t i = 0; i < items->count; i++) {
        size_t rank = own_rank(quality->opened, &items->at[i]), peer_ranks[WAYS] = {0};
        own += rank ? 1.0 / (double)rank : 0;
        for (size_t w = 0; quality->fts && w < WAYS; w++) {
            peer_ranks[w] = peer_rank(quality->fts, &ways[w], kind, &items->at[i]);
            peers[w] += peer_ranks[w] ? 1.0 / (double)peer_ranks[w] : 0;
        }
        if (quality->each)
            tell(quality, &items->at[i], rank, peer_ranks);
    }
    size_t best = 0;
    for (size_t w = 1; w < WAYS; w++)
        if (peers[w] > peers[best])
            best = w;
    char what[64], beside[64] = "";
    double count = (double)items->count;
    snprintf(what, sizeof what, "%s (%zu)", known_names[kind], items->count);
    if (quality->fts)
        snprintf(beside, sizeof beside, "FTS5 %.3f (%s)", peers[best] / count, ways[best].name);
    bool promised = quality->fts && kind != KNOWN_DESCRIPTION;
    bench_row(what, own / count, "MRR@10", beside, promised ? ABOVE(peers[best] / count) : NO_TARGET);
}

void quality_known_rows(const struct quality *quality)
{
    for (enum known_kind kind = 0; kind < KNOWN_KINDS; kind++) {
        struct arena arena = {0};
        struct known_items items = known_items(quality->opened, kind, quality->wanted, &arena);
        if (items.count)
            known_row(quality, kind, &items);
        else
            bench_row_missing(known_names[kind], "no article has what such a query is made of");
        arena_free(&arena);
    }
}
