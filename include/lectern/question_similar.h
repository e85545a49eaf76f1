/*
 * question_similar: what says much the same as a question, besides what is linked with it.
 */
#ifndef LECTERN_QUESTION_SIMILAR_H
#define LECTERN_QUESTION_SIMILAR_H

#include "lectern/search.h"

/* As search_similar(), without the articles that a link joins with it, whichever way it points. */
bool question_find_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                           size_t most, const atomic_bool *cancel, struct search_scratch *scratch,
                           struct arena *arena, struct search_results *results);

#endif
