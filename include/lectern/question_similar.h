/*
 * question_similar: what says much the same as a question, besides what is linked with it.
 */
#ifndef LECTERN_QUESTION_SIMILAR_H
#define LECTERN_QUESTION_SIMILAR_H

#include "lectern/search.h"

/* The articles most like one that no link joins with it, best first, at most so many; in the arena. Their number. */
size_t question_find_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                             size_t most, struct arena *arena, const uint32_t **articles);

#endif
