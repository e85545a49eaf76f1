/*
 * hits: keeps the best of the articles that are offered.
 */
#ifndef LECTERN_SEARCH_HITS_H
#define LECTERN_SEARCH_HITS_H

#include "lectern/search.h"

struct ranked_hit {
    float tier; /* the lower the better; decides before the score */
    struct search_hit hit;
};

struct hits {
    const struct catalogue *catalogue;
    struct ranked_hit *heap; /* the worst that is kept is on top */
    size_t count, limit, total;
};

void hits_start(struct hits *hits, const struct catalogue *catalogue, size_t limit, struct arena *arena);
void hits_offer(struct hits *hits, struct ranked_hit hit);

/* Best first. */
void hits_finish(struct hits *hits, struct arena *arena, struct search_results *results);

static inline bool search_cancelled(const atomic_bool *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

#endif
