/*
 * rank: what the best hits gain for where in an article the words stand.
 */
#ifndef LECTERN_SEARCH_RANK_H
#define LECTERN_SEARCH_RANK_H

#include "evaluate.h"
#include "marks.h"

/* How many hits are looked at closely. */
#define RANK_CLOSELY 100

/* Raises the scores of the first RANK_CLOSELY hits, which are in order and end in order. */
void rank_closely(const struct evaluation *evaluation, const struct search_marks *marks, struct hits *hits);

#endif
