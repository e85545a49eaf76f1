/*
 * memory_search: what a search asks about the reader, as it was when the search began.
 */
#ifndef UI_MEMORY_SEARCH_H
#define UI_MEMORY_SEARCH_H

#include "lectern/search.h"
#include "memory.h"

struct memory_search;

/* NULL without a memory. Made and freed on the main thread, asked on any. */
struct memory_search *memory_search_new(const struct memory *memory);
void memory_search_free(struct memory_search *search); /* NULL is allowed */

/* For search_run_watched(); NULL for NULL. */
const struct search_reader *memory_search_reader(const struct memory_search *search);

#endif
