/*
 * near: how near each other the words of a query stand.
 */
#ifndef LECTERN_SEARCH_NEAR_H
#define LECTERN_SEARCH_NEAR_H

#include "evaluate.h"

/* Adds to the scores of `count` hits, which are documents of one segment, ascending, what they gain. */
void near_add(const struct evaluation *evaluation, size_t segment, struct ranked_hit *const *hits,
              size_t count);

#endif
