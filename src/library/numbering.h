/*
 * numbering: distinct texts, numbered from 0 in the order in which they are first met.
 *
 * For one thread; any number of threads may find while none adds. Texts are bytes: an array of numbers can be one.
 */
#ifndef LECTERN_LIBRARY_NUMBERING_H
#define LECTERN_LIBRARY_NUMBERING_H

#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "lectern/arena.h"
#include "lectern/str.h"

#define NUMBERING_NONE UINT32_MAX

struct numbering {
    struct arena *arena; /* where the texts are copied to */
    struct hash_key key;
    struct str *texts; /* by number */
    uint64_t *hashes;
    uint32_t *slots; /* number + 1, or 0 */
    size_t capacity, slot_count;
    uint32_t count;
};

void numbering_start(struct numbering *numbering, struct arena *arena);
void numbering_free(struct numbering *numbering); /* the texts stay in the arena */

uint32_t numbering_add(struct numbering *numbering, struct str text);
uint32_t numbering_find(const struct numbering *numbering, struct str text); /* NUMBERING_NONE if unknown */

#endif
