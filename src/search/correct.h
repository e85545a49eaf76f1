/*
 * correct: the terms that are nearest to a word that is none.
 */
#ifndef LECTERN_SEARCH_CORRECT_H
#define LECTERN_SEARCH_CORRECT_H

#include "lectern/segments.h"

/* A term, or what terms begin with; `text` points into an index. */
struct correction {
    struct str text;
    uint64_t documents; /* of the term, or of all that begin with it, summed */
    uint8_t distance;
};

/*
 * The nearest terms to a folded word by optimal string alignment (characters put in, left out, replaced, or two neighbours
 * swapped): of a distance of 1 for words of 3 to 5 characters, of up to 2 for longer ones; with `prefix` the nearest
 * beginnings of terms, whose first character is right. Only those of the least distance, the commonest first. Returns how
 * many of them are in `found`.
 */
size_t correct_word(const struct segments *segments, struct str word, bool prefix, struct correction *found,
                    size_t capacity);

#endif
