/*
 * set: documents of one segment, ascending, each with what it is worth.
 */
#ifndef LECTERN_SEARCH_SET_H
#define LECTERN_SEARCH_SET_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/index.h"

struct set {
    struct set *next; /* of those that are not in use */
    uint32_t *documents;
    float *scores;
    uint8_t *fields; /* the best field in which a word was found; INDEX_FIELDS: none */
    size_t count, capacity;
};

/* Sets that are not in use keep their memory for the next ones. `struct set_pool p = {0};` is a valid empty one. */
struct set_pool {
    struct set *free;
};

struct set *set_take(struct set_pool *pool); /* an empty one */
void set_give(struct set_pool *pool, struct set *set);
void set_pool_free(struct set_pool *pool);

void set_grow(struct set *set);

/* What one holds to the other. */
void set_swap(struct set *a, struct set *b);

static inline void set_add(struct set *set, uint32_t document, float score, uint8_t field)
{
    if (set->count == set->capacity)
        set_grow(set);
    set->documents[set->count] = document;
    set->scores[set->count] = score;
    set->fields[set->count++] = field;
}

/* The first place at or after `at` whose document is not before `document`: quick when it is near. */
size_t set_find(const struct set *set, size_t at, uint32_t document);

/* Adds what the documents of `set`, all of which are in `others`, are worth there. */
void set_add_worth(struct set *set, const struct set *others);

/* Takes out the documents that are in `others`. */
void set_remove(struct set *set, const struct set *others);

/* The documents of both; what is in both has the worth of both together. */
void set_unite(const struct set *a, const struct set *b, struct set *out);

#endif
