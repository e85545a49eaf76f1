/*
 * positions: where a word stands in one field of a document, packed.
 *
 * Each field has positions of its own, from 0 to its span less one. A single one is as many bits as the largest needs.
 * Several are the distances between them, less one, in Rice codes whose shift follows from their number and the span: first
 * the multiples of all of them, then the remainders, so that they can be skipped by counting bits (Elias and Fano's idea).
 */
#ifndef LECTERN_INDEX_POSITIONS_H
#define LECTERN_INDEX_POSITIONS_H

#include "bits.h"

void positions_put(struct bit_writer *writer, const uint32_t *positions, uint32_t count, uint32_t span);

void positions_skip(struct bit_reader *reader, uint32_t count, uint32_t span);

/* Reads `count` positions and writes, with `first` added, those for which there is room; `positions` may be NULL with a
 * `room` of 0. Returns how many there were: fewer than `count` if they are damaged. */
uint32_t positions_take(struct bit_reader *reader, uint32_t count, uint32_t span, uint32_t first,
                        uint32_t *positions, size_t room);

#endif
