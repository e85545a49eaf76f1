/*
 * hot: what is known beforehand of prefixes that very many words begin with.
 *
 * To unite the posting lists of all words with `s` takes longer than a key may. Of every prefix of up to HOT_CHARACTERS
 * characters whose words have together more than HOT_POSTINGS postings for each document, the documents are kept as a
 * bitmap, and those that have such a word in more than their text as a posting list.
 */
#ifndef LECTERN_INDEX_HOT_H
#define LECTERN_INDEX_HOT_H

#include "join.h"

#define HOT_CHARACTERS 4u
#define HOT_POSTINGS   2u
#define HOT_BYTES      16u /* of a prefix at most */

struct stored_hot {
    char prefix[HOT_BYTES]; /* filled with bytes 0 */
    uint64_t list;          /* where its posting list begins; it ends where the next one begins */
    uint32_t documents;     /* bits that are set */
    uint32_t zero;
};

_Static_assert(sizeof(struct stored_hot) == 32, "as lectern-index(5) says");

struct hot_made {
    struct stored_hot *hots;
    size_t count;
    uint64_t *bitmaps;
    size_t words; /* of all bitmaps */
    struct buf lists;
};

/* `first` is the first term that is a word. hot_take() hands what was made over to an image. */
struct hot_made hot_make(const struct joined *joined, uint32_t first, uint32_t document_count);
void hot_take(struct hot_made *made, struct image *image);

/* Finds the sections of an image; false if they do not belong together. The documents are known. */
bool hot_open(struct index *index, const struct image *image);

#endif
