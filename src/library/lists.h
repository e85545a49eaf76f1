/*
 * lists: one list of numbers for each of a row of things, in two flat arrays.
 */
#ifndef LECTERN_LIBRARY_LISTS_H
#define LECTERN_LIBRARY_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"

/* List i is items[starts[i]] up to items[starts[i + 1]]. */
struct lists {
    size_t *starts;
    uint32_t *items;
    uint32_t count;
};

/* The lists turned round: for every number below `count` the lists that it stands in, ascending. */
struct lists lists_transpose(struct arena *arena, const struct lists *lists, uint32_t count);

#endif
