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
    uint8_t counts[INDEX_FIELDS];
    uint32_t place_bits;
    const uint32_t *places;
};

/* `places` has the words that `place_bits` need. */
void log_add(struct log *log, const struct log_record *record);

/* A record as it is packed. */
struct log_place {
    const uint32_t *words;
    uint32_t at, next; /* where it is, and where the next one may be */
};
#define LOG_NO_TERM     UINT32_MAX /* the rest of the chunk is empty */
#define LOG_LONG_FORM   ((uint32_t)1 << 31)
#define LOG_COUNT_BITS  3u
#define LOG_LENGTH_BITS 16u

/* The record at or behind `at`. */
static inline struct log_place log_find(const struct log *log, uint32_t at)
{
    const uint32_t *words = log->chunks[at / LOG_CHUNK] + at % LOG_CHUNK;
    if (at % LOG_CHUNK && words[0] == LOG_NO_TERM) {
        at += LOG_CHUNK - at % LOG_CHUNK;
        words = log->chunks[at / LOG_CHUNK];
    }
    bool larger = words[1] & LOG_LONG_FORM;
    uint32_t bits = larger ? words[1] & ~LOG_LONG_FORM : words[1] >> LOG_COUNT_BITS * INDEX_FIELDS;
    return (struct log_place){words, at, at + (larger ? 4 : 2) + bits / 32 + (bits % 32 > 0)};
}

static inline uint32_t log_term(const struct log_place *place)
{
    return place->words[0];
}

struct log_record log_read(const struct log_place *place);
void log_free(struct log *log);

#endif
