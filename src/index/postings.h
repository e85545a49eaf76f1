/*
 * postings: how a posting list is packed.
 *
 * First the number of its postings. Then the postings in blocks of POSTINGS_BLOCK, and behind all of them the positions,
 * in the same blocks. A list of several blocks has a directory before them: where each begins, so that reading can begin
 * in any of them. lectern-index(5) says how a posting looks.
 */
#ifndef LECTERN_INDEX_POSTINGS_H
#define LECTERN_INDEX_POSTINGS_H

#include "bits.h"
#include "lectern/index.h"

#define POSTINGS_BLOCK      128u
#define POSTINGS_SHIFT_BITS 5u

struct stored_block {
    uint32_t document;            /* the least that it can have */
    uint32_t postings, positions; /* bytes from the beginning of the list */
};

struct list_posting {
    struct posting posting;
    const unsigned char *places; /* bits of its positions, the lowest first; four bytes more can be read */
    uint32_t place_bits;
};

struct list_writer {
    struct list_posting block[POSTINGS_BLOCK];
    uint32_t filled, block_count;
    uint32_t count, next_document;
    struct buf directory, postings, positions;
    struct bit_writer posting_bits, position_bits;
};

/* Postings are added in the order of their documents; list_end() appends the list to `out`. */
void list_begin(struct list_writer *writer);
void list_add(struct list_writer *writer, const struct list_posting *posting);
void list_end(struct list_writer *writer, struct buf *out);
void list_writer_free(struct list_writer *writer);

/* The postings in the bytes of a list. */
struct posting_reader list_read(const struct index *index, struct str list, bool word);

/* Reads the posting that a cursor is at. False if it is damaged. */
bool posting_take(const struct posting_reader *reader, struct posting_cursor *cursor,
                  struct posting *posting);

/* The positions of a posting whose field has more occurrences than its count says begin with the number of these. */
#define POSTINGS_MOST_COUNTED UINT8_MAX

#endif
