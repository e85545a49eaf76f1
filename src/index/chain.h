/*
 * chain: the postings of a term in the files of one builder, in their order.
 *
 * Written while files are read, when it is at hand which terms are in one; what is frequent stays in the processor's caches,
 * and no file's words have to be kept. A posting is the distance of its file from the one before and its counts in a few
 * bytes, and its positions as they will be in the posting list.
 */
#ifndef LECTERN_INDEX_CHAIN_H
#define LECTERN_INDEX_CHAIN_H

#include "postings.h"

struct chain_part;

struct chain {
    struct chain_part *first, *last;
    uint32_t next_file; /* the least that the next posting can have */
    uint32_t postings;
};

/* Where the parts of all chains lie. */
struct chain_pool {
    unsigned char **blocks;
    size_t count, capacity;
    unsigned char *at; /* what is left of the last block */
    size_t left;
};
void chain_pool_free(struct chain_pool *pool);

/* Adds the posting of a file behind those of smaller ones; the document in it does not count. */
void chain_add(struct chain_pool *pool, struct chain *chain, uint32_t file,
               const struct list_posting *posting);

struct chain_reader {
    const struct chain_part *part;
    uint32_t at, next_file, left;
};
struct chain_reader chain_read(const struct chain *chain);

/* Gives all but the document. The positions lie in the chain. */
bool chain_next(struct chain_reader *reader, uint32_t *file, struct list_posting *posting);

#endif
