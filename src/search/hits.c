#include "hits.h"

void hits_start(struct hits *hits, const struct catalogue *catalogue, size_t limit, struct arena *arena)
{
    size_t articles = catalogue_count(catalogue);
    *hits = (struct hits){.catalogue = catalogue, .limit = limit < articles ? limit : articles};
    hits->heap = arena_array(arena, hits->limit, sizeof *hits->heap);
}

static bool is_better(const struct hits *hits, const struct ranked_hit *a, const struct ranked_hit *b)
{
    if (a->tier < b->tier || b->tier < a->tier)
        return a->tier < b->tier;
    if (a->hit.score > b->hit.score || b->hit.score > a->hit.score)
        return a->hit.score > b->hit.score;
    int order = str_compare(catalogue_id(hits->catalogue, a->hit.article),
                            catalogue_id(hits->catalogue, b->hit.article));
    return order ? order < 0 : a->hit.article < b->hit.article;
}

/* Puts `hit` at `at` or below, so that nothing stands under a better one. */
static void sift_down(struct hits *hits, size_t at, struct ranked_hit hit)
{
    for (size_t child; (child = 2 * at + 1) < hits->count; at = child) {
        if (child + 1 < hits->count && is_better(hits, &hits->heap[child], &hits->heap[child + 1]))
            child++;
        if (!is_better(hits, &hit, &hits->heap[child]))
            break;
        hits->heap[at] = hits->heap[child];
    }
    hits->heap[at] = hit;
}

void hits_offer(struct hits *hits, struct ranked_hit hit)
{
    hits->total++;
    if (hits->count < hits->limit) {
        hits->heap[hits->count++] = hit;
        if (hits->count == hits->limit)
            for (size_t i = hits->count / 2; i-- > 0;)
                sift_down(hits, i, hits->heap[i]);
    } else if (hits->limit && is_better(hits, &hit, &hits->heap[0])) {
        sift_down(hits, 0, hit);
    }
}

void hits_finish(struct hits *hits, struct arena *arena, struct search_results *results)
{
    size_t count = hits->count;
    results->hits = arena_array(arena, count, sizeof *results->hits);
    results->count = count;
    results->total = hits->total;
    if (count < hits->limit)
        for (size_t i = count / 2; i-- > 0;)
            sift_down(hits, i, hits->heap[i]);
    while (hits->count) {
        results->hits[--count] = hits->heap[0].hit;
        hits->count--;
        if (hits->count)
            sift_down(hits, 0, hits->heap[hits->count]);
    }
}
