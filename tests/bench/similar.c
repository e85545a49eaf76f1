/* Similar articles, judged by what the authors call related. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "known.h"
#include "quality.h"
#include "words.h"

enum {
    FIRST = 10,
    HEAVIEST = 12, /* words that FTS5 is asked for */
    SEED = 7,
};

static const char *const weights_names[] = {[FTS_DEFAULT] = "", [FTS_WEIGHTED] = ", weighted"};
enum { WEIGHTS = sizeof weights_names / sizeof *weights_names };

/* The related articles of one that are in the library, each once. */
struct related {
    uint32_t *at;
    size_t count;
};

static size_t place_of(const uint32_t *articles, size_t count, uint32_t wanted)
{
    size_t i = 0;
    while (i < count && articles[i] != wanted)
        i++;
    return i;
}

static struct related related_to(const struct opened *opened, uint32_t article, struct arena *arena)
{
    const struct catalogue *catalogue = opened->parts.catalogue;
    size_t links = catalogue_count_links(catalogue, article);
    struct related related = {.at = arena_array(arena, links, sizeof *related.at)};
    for (size_t i = 0; i < links; i++) {
        uint32_t target = catalogue_link_of(catalogue, article, i).target;
        if (target != article && !catalogue_is_missing(catalogue, target) &&
            place_of(related.at, related.count, target) == related.count)
            related.at[related.count++] = target;
    }
    return related;
}

struct heavy_word {
    struct str text;
    double weight;
};

static int compare_texts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static int compare_weights(const void *a, const void *b)
{
    const struct heavy_word *one = a, *other = b;
    if (one->weight > other->weight || one->weight < other->weight)
        return one->weight > other->weight ? -1 : 1;
    return str_compare(one->text, other->text);
}

/* What FTS5's users do: the words that the article has most and others least, those that it has alone left out. */
static struct str heaviest_words(const struct opened *opened, const struct article *article,
                                 struct arena *arena)
{
    struct buf whole = {0};
    buf_printf(&whole, "%.*s\n", STR_ARG(article->title));
    for (size_t i = 0; i < article->keyword_count; i++)
        buf_printf(&whole, "%.*s\n", STR_ARG(article->keywords[i]));
    buf_add(&whole, article->text);
    struct words all = words_of_content(arena, buf_str(&whole));
    buf_free(&whole);
    struct heavy_word *heavy = arena_array(arena, all.count, sizeof *heavy);
    size_t count = 0;
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, compare_texts);
    for (size_t first = 0, end; first < all.count; first = end) {
        for (end = first; end < all.count && str_eq(all.at[end], all.at[first]);)
            end++;
        double with = opened_word_count(opened, all.at[first]);
        double rarity = log(catalogue_count(opened->parts.catalogue) / (with + 1));
        if (with > 1)
            heavy[count++] = (struct heavy_word){all.at[first], (double)(end - first) * rarity};
    }
    if (count)
        qsort(heavy, count, sizeof *heavy, compare_weights);
    struct words chosen = {.at = arena_array(arena, HEAVIEST, sizeof *chosen.at)};
    for (; chosen.count < HEAVIEST && chosen.count < count; chosen.count++)
        chosen.at[chosen.count] = heavy[chosen.count].text;
    return words_join(arena, &chosen, 0, chosen.count);
}

static size_t count_found(const struct related *related, const uint32_t *articles, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < related->count; i++)
        found += place_of(articles, count, related->at[i]) < count;
    return found;
}

/* What is asked of all ways, and what has come of it. */
struct comparison {
    const struct quality *quality;
    size_t articles, wanted, own, peers[WEIGHTS];
    struct bench_samples own_times, peer_times;
};

static void ask_own(struct comparison *comparison, uint32_t article, const struct related *related,
                    struct arena *arena)
{
    const struct opened *opened = comparison->quality->opened;
    struct search_results results;
    uint32_t articles[FIRST];
    double start = bench_now();
    search_similar(opened->parts.catalogue, opened->segments, article, FIRST, NULL, opened->scratch, arena,
                   &results);
    samples_add(&comparison->own_times, bench_now() - start);
    for (size_t i = 0; i < results.count; i++)
        articles[i] = results.hits[i].article;
    comparison->own += count_found(related, articles, results.count);
}

/* One more, for the article itself is among them. */
static void ask_peer(struct comparison *comparison, uint32_t article, const struct related *related,
                     struct arena *arena)
{
    const struct quality *quality = comparison->quality;
    struct article read;
    struct buf query = {0};
    if (!opened_article(quality->opened, article, arena, &read))
        return;
    double start = bench_now();
    fts_query(&query, heaviest_words(quality->opened, &read, arena), FTS_ANY, false);
    for (size_t w = 0; w < WEIGHTS; w++) {
        uint32_t articles[FIRST + 1];
        size_t count =
            fts_search(quality->fts, buf_str(&query), (enum fts_weights)w, false, FIRST + 1, articles);
        size_t own = place_of(articles, count, article);
        for (size_t i = own; i + 1 < count; i++)
            articles[i] = articles[i + 1];
        count = count > FIRST || own < count ? count - 1 : count;
        comparison->peers[w] += count_found(related, articles, count);
        if (w == FTS_DEFAULT)
            samples_add(&comparison->peer_times, bench_now() - start);
    }
    buf_free(&query);
}

static void ask(struct comparison *comparison)
{
    const struct quality *quality = comparison->quality;
    struct arena arena = {0}, room = {0};
    uint32_t count = catalogue_count(quality->opened->parts.catalogue);
    const uint32_t *order = known_articles(quality->opened, SEED, count, &arena);
    for (uint32_t i = 0; i < count && comparison->articles < quality->wanted; i++) {
        struct related related = related_to(quality->opened, order[i], &room);
        if (related.count) {
            comparison->articles++;
            comparison->wanted += related.count;
            ask_own(comparison, order[i], &related, &room);
            if (quality->fts)
                ask_peer(comparison, order[i], &related, &room);
        }
        arena_reset(&room);
    }
    arena_free(&room);
    arena_free(&arena);
}

static void comparison_rows(struct comparison *comparison)
{
    const struct quality *quality = comparison->quality;
    char what[80], beside[80] = "";
    double wanted = (double)comparison->wanted / 100;
    size_t best = comparison->peers[FTS_WEIGHTED] > comparison->peers[FTS_DEFAULT];
    double peer = (double)comparison->peers[best] / wanted;
    snprintf(what, sizeof what, "similar: related among the first ten (%zu)", comparison->articles);
    if (quality->fts)
        snprintf(beside, sizeof beside, "FTS5 %.1f %% (heaviest words%s)", peer, weights_names[best]);
    bench_row(what, (double)comparison->own / wanted, "%", beside, quality->fts ? ABOVE(peer) : NO_TARGET);
    bench_row_times("similar: ten articles", &comparison->own_times, NO_TARGET);
    if (quality->fts)
        bench_row_times("similar: FTS5", &comparison->peer_times, NO_TARGET);
}

void quality_similar_rows(const struct quality *quality)
{
    struct comparison comparison = {.quality = quality};
    ask(&comparison);
    if (comparison.articles)
        comparison_rows(&comparison);
    else
        bench_row_missing("similar", "no article has related ones that are in the library");
    samples_free(&comparison.own_times);
    samples_free(&comparison.peer_times);
}
