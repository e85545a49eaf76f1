/*
 * builder: what one thread has gathered, before it is joined with the others.
 *
 * A file's postings are consecutive records of one log: the term's number and the counts in each field. The log is cut
 * into chunks, so that growing it neither copies nor needs twice its memory.
 */
#ifndef LECTERN_INDEX_BUILDER_H
#define LECTERN_INDEX_BUILDER_H

#include "lectern/index.h"

#define BUILDER_CHUNK ((uint32_t)1 << 16)

struct builder_record {
    uint32_t term;
    uint8_t counts[INDEX_FIELDS];
};

struct builder_chunk {
    struct builder_record *records; /* BUILDER_CHUNK */
};

struct builder_term {
    uint32_t hash;
    uint32_t text;    /* offset in `texts` */
    uint32_t record;  /* the newest of its records */
    uint32_t records; /* how many it has, so in how many files it stands */
    uint8_t len;
};

struct builder_file {
    uint32_t file;
    uint32_t record, records; /* its part of the log */
    uint32_t lengths[INDEX_FIELDS];
};

struct index_builder {
    uint64_t seed; /* of the hash: file contents are not to choose its collisions */
    uint32_t *slots;
    size_t slot_count; /* a power of two, at least twice the terms */
    struct builder_term *terms;
    size_t term_count, term_capacity;
    struct buf texts;
    struct builder_chunk *chunks;
    size_t chunk_count, chunk_capacity;
    uint32_t record_count;
    struct builder_file *files;
    size_t file_count, file_capacity;
    struct buf folded; /* room for the words at hand */
};

static inline struct builder_record *builder_record(const struct index_builder *builder, uint32_t record)
{
    return &builder->chunks[record / BUILDER_CHUNK].records[record % BUILDER_CHUNK];
}

/* Gives back all memory but the builder's own. */
void builder_clear(struct index_builder *builder);

#endif
