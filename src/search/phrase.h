/*
 * phrase: the documents where words stand side by side.
 */
#ifndef LECTERN_SEARCH_PHRASE_H
#define LECTERN_SEARCH_PHRASE_H

#include "evaluate.h"

/* Adds the documents of a segment (of those `within`, unless NULL) where two or more words stand in a row in one field, with
 * what that is worth. The last word may be a beginning. False when cancelled. */
bool phrase_find(struct evaluation *evaluation, const struct search_word *words, size_t count, size_t segment,
                 const struct set *within, struct set *found);

#endif
