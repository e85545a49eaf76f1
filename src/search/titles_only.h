/*
 * titles_only: a search while there is no index yet.
 */
#ifndef LECTERN_SEARCH_TITLES_ONLY_H
#define LECTERN_SEARCH_TITLES_ONLY_H

#include "hits.h"

/* Offers every article whose title and keywords hold all words. False when cancelled. */
bool titles_only_search(const struct catalogue *catalogue, const struct search_words *words,
                        const atomic_bool *cancel, struct arena *arena, struct hits *hits);

#endif
