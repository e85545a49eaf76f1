/*
 * leaf_hot: the documents of a short beginning of which most is known beforehand, see lectern/index.h.
 */
#ifndef LECTERN_SEARCH_LEAF_HOT_H
#define LECTERN_SEARCH_LEAF_HOT_H

#include "evaluate.h"

/* Whether a segment knows this word so. */
bool hot_knows(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
               struct index_hot *hot);

/* The documents that it stands in and that are not gone. */
uint64_t hot_count(const struct segment *segment, const struct index_hot *hot);

/* As leaf_word(). */
bool hot_find(struct evaluation *evaluation, const struct search_word *word, size_t segment,
              const struct index_hot *hot, const struct set *within, struct set *found);

#endif
