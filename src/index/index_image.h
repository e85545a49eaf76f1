/*
 * index_image: what the sections of an index hold: see lectern-index(5).
 */
#ifndef LECTERN_INDEX_INDEX_IMAGE_H
#define LECTERN_INDEX_INDEX_IMAGE_H

#include <stdint.h>

#include "lectern/index.h"

struct stored_totals {
    uint64_t words[INDEX_FIELDS]; /* of all files together */
    uint64_t files;               /* that were added */
};

_Static_assert(sizeof(struct stored_totals) == 40, "as lectern-index(5) says");

#endif
