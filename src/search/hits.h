/*
 * hits: keeps the best of the articles that are offered.
 */
#ifndef LECTERN_SEARCH_HITS_H
#define LECTERN_SEARCH_HITS_H

#include "lectern/search.h"

struct ranked_hit {
    struct search_hit hit;
    uint32_t segment, document; /* where it is indexed */
};

struct hits {
    const struct catalogue *catalogue;
    struct ranked_hit *heap; /* the worst that is kept is on top */
    size_t count, limit, total;
};

void hits_start(struct hits *hits, const struct catalogue *catalogue, size_t limit, struct arena *arena);
void hits_offer(struct hits *hits, struct ranked_hit hit);

/* Whether `a` stands before `b`: by score, then by id, then by number. */
bool hits_in_order(const struct catalogue *catalogue, const struct search_hit *a, const struct search_hit *b);

/* Puts them into order, best first. They are no heap any more. */
void hits_sort(struct hits *hits);

/* The first `limit` of those that are in order, as results. */
void hits_finish(const struct hits *hits, size_t limit, struct arena *arena, struct search_results *results);

static inline bool search_cancelled(const atomic_bool *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

#endif
