/*
 * query: which words of a query a word of a text satisfies.
 */
#ifndef LECTERN_SEARCH_QUERY_H
#define LECTERN_SEARCH_QUERY_H

#include "lectern/search.h"

/* A bit for each word of the query that a folded word of a text equals or, for the last, begins with. */
uint64_t query_matches(const struct search_words *words, struct str folded);

/* The same for all words of a text together. `room` is for folding. */
uint64_t query_matches_in(const struct search_words *words, struct str text, struct buf *room);

#endif
