/*
 * similar_words: the words that an article is most about.
 */
#ifndef LECTERN_SEARCH_SIMILAR_WORDS_H
#define LECTERN_SEARCH_SIMILAR_WORDS_H

#include "scratch.h"

struct similar_word {
    struct str text; /* folded, in the arena */
    float weight;
};

/*
 * Writes the heaviest words of a document, at most `most`, the heaviest first, and returns how many they are. A word is heavy
 * that the article has often, in its title above all, and few others have: one at least, half of all at most; it is none of the words, as
 * "the", that say nothing anywhere. `text` is
 * the article's, of which the beginning counts. The scratch is ready for the segments.
 */
size_t similar_words_choose(const struct catalogue *catalogue, const struct search_scratch *scratch,
                            uint32_t article, struct str text, struct arena *arena,
                            struct similar_word *words, size_t most);

/* The term of a folded word, or INDEX_NONE. */
uint32_t similar_words_term(const struct index *index, struct str word);

#endif
