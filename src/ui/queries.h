/*
 * queries: what was typed into the search bar before.
 */
#ifndef UI_QUERIES_H
#define UI_QUERIES_H

#include <stddef.h>

#include "lectern/str.h"

#define QUERIES_KEPT 100

struct queries {
    struct buf texts[QUERIES_KEPT]; /* oldest first */
    size_t count;
    size_t selected; /* the row that was selected in the newest one's results */
};

void queries_add(struct queries *queries, struct str text,
                 size_t selected); /* moves one that is known to the end */
void queries_free(struct queries *queries);

/* The query `age` steps back, 1 being the newest; empty if there is none. */
struct str queries_get(const struct queries *queries, size_t age);

#endif
