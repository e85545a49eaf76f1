/*
 * postings: how a posting list is packed.
 *
 * A posting is a number in groups of seven bits, lowest first, all but the last with the high bit set: how far its file
 * lies behind the one before (less one), doubled, and odd if there is more to say than one occurrence in the text. Then
 * a byte follows with two bits for each field, the title's lowest: 0, 1 or 2 occurrences, or 3 for a byte of their own
 * behind it. Two thirds of all postings of a real library are a single byte.
 */
#ifndef LECTERN_INDEX_POSTINGS_H
#define LECTERN_INDEX_POSTINGS_H

#include "lectern/index.h"

void postings_pack(struct buf *out, const struct posting *postings, size_t count);

#endif
