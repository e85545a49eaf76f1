/*
 * titles_only: a search while there is no index yet.
 */
#ifndef LECTERN_SEARCH_TITLES_ONLY_H
#define LECTERN_SEARCH_TITLES_ONLY_H

#include "hits.h"

/* Offers every article that a query finds by what the catalogue knows: words of titles, keywords, subjects and urls, ids,
 * dates, and whether there are related articles. Words of a phrase may stand anywhere there; what only the texts could
 * tell is not found. False when cancelled. */
bool titles_only_search(const struct catalogue *catalogue, const struct query *query,
                        const struct search_reader *reader, const atomic_bool *cancel, struct arena *arena,
                        struct hits *hits);

#endif
