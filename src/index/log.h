/*
 * log: the words of each file as a builder keeps them: term, counts, and packed positions.
 *
 * Words of 32 bits: the term; then either counts and length of the positions in one word, or, where these are larger, a
 * longer form; then the bits of the positions.
 */
#ifndef LECTERN_INDEX_LOG_H
#define LECTERN_INDEX_LOG_H

#include "lectern/index.h"

#define LOG_CHUNK ((uint32_t)1 << 16)

struct log {
    uint32_t **chunks; /* LOG_CHUNK words each; a record that is longer has several in one block */
    size_t chunk_count, chunk_capacity;
    uint32_t **blocks; /* of memory */
    size_t block_count, block_capacity;
    uint32_t end; /* where the next record is written */
};

struct log_record {
    uint32_t term;
    uint32_t at; /* where it was read */
    uint8_t counts[INDEX_FIELDS];
    uint32_t place_bits;
    const uint32_t *places;
};

/* `places` has the words that `place_bits` need. */
void log_add(struct log *log, const struct log_record *record);

/* Reads the record at `at`. Returns where the next one may be. */
uint32_t log_read(const struct log *log, uint32_t at, struct log_record *record);
void log_free(struct log *log);

#endif
