/*
 * hot: what is known beforehand of prefixes that very many words begin with.
 *
 * To unite the posting lists of all words with `s` takes longer than a key may. Of every prefix of up to
 * INDEX_HOT_CHARACTERS characters whose words have together more than HOT_POSTINGS postings for each document, the documents
 * are kept as a bitmap, and those that have such a word in more than their text as a posting list.
 */
#ifndef LECTERN_INDEX_HOT_H
#define LECTERN_INDEX_HOT_H

#include "index_image.h"

#define HOT_POSTINGS 2u
#define HOT_BYTES    16u /* of a prefix at most */

struct stored_hot {
    char prefix[HOT_BYTES]; /* filled with bytes 0 */
    uint64_t list;          /* where its posting list begins; it ends where the next one begins */
    uint32_t documents;     /* bits that are set */
    uint32_t zero;
};

_Static_assert(sizeof(struct stored_hot) == 32, "as lectern-index(5) says");

/* Adds the sections to an image that has all others of an index. `threads` as for thread_share(). */
void hot_make(struct image *image, unsigned threads);

/* Finds those sections; false if they do not belong together. The documents are known. */
bool hot_open(struct index *index, const struct image *image);

#endif
