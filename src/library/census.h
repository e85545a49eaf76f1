/*
 * census: what a walk over the roots has met, as one number.
 *
 * Two walks with the same key and the same digest met the same entries: paths, kinds, sizes, times of change, inodes,
 * owners and permissions. So a library is known to be unchanged without reading it.
 */
#ifndef LECTERN_LIBRARY_CENSUS_H
#define LECTERN_LIBRARY_CENSUS_H

#include <stdbool.h>
#include <stdint.h>

#include "hash.h"
#include "lectern/file.h"
#include "roots.h"

struct census {
    struct hash_key key;
    uint64_t digest;
    uint32_t entries;
    uint32_t settled; /* 1: what was read is what the walk met; 0: something changed or failed meanwhile */
};

struct census census_start(struct hash_key key);

/* The next entry of the walk over the root of this number. */
void census_add(struct census *census, const struct library *library, uint32_t root,
                const struct file_entry *entry);

#endif
