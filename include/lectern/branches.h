/*
 * branches: paths that fork, as a list to be read from above to below.
 *
 * Each entry but the first of a path was come to from one with a lower number. Below an entry stand first the ways that were
 * left for others, indented, and then the way gone last, which goes on as if there were no others.
 */
#ifndef LECTERN_BRANCHES_H
#define LECTERN_BRANCHES_H

#include <stdbool.h>

#include "lectern/arena.h"

#define BRANCHES_NONE SIZE_MAX

struct branch {
    size_t entry, indent;
    bool branches; /* off what stands above it */
};

/* All entries, in the arena. `parents` are entries, or BRANCHES_NONE; so are `last`, the one that was gone to last from each;
 * NULL: that with the highest number. */
struct branch *branches_order(const size_t *parents, const size_t *last, size_t count, struct arena *arena);

#endif
