/*
 * similar: the questions most like the one that is read, found on the search worker, so that nothing waits for them.
 */
#ifndef UI_SIMILAR_H
#define UI_SIMILAR_H

#include "session.h"

#define SIMILAR_MOST 20

struct search_slot;

struct similar {
    uint32_t article; /* that they are like; CATALOGUE_NONE: nothing was asked */
    bool ready;
    uint32_t found[SIMILAR_MOST]; /* the most like first; without those that a link joins with it */
    size_t count;
    uint32_t subject; /* that more than half of the first ones have, or CATALOGUE_NONE */
    const struct session *session;
    struct search_slot *slot;
};

/* Asks for those of an article, unless they are there or on their way; none of anything else, and none before a library has
 * been read. */
void similar_ask(struct similar *similar, const struct session *session, uint32_t article);

/* The catalogue was replaced. */
void similar_forget(struct similar *similar);

void similar_free(struct similar *similar);

#endif
