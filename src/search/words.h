/*
 * words: which terms of each segment a word of a query stands for, and what finding it is worth.
 */
#ifndef LECTERN_SEARCH_WORDS_H
#define LECTERN_SEARCH_WORDS_H

#include "scratch.h"

/* Terms [first, end). */
struct term_run {
    uint32_t first, end;
    bool exact; /* the word as it was typed */
};

struct word_terms {
    struct term_run *runs; /* no term is in two of them */
    size_t count;
};

struct search_word {
    const struct query_word *source;
    bool as_written;         /* of a phrase: no other forms */
    const struct str *texts; /* that are looked for: its own, or those that it was corrected to */
    size_t text_count;
    size_t characters; /* of the first of them */
    struct word_terms terms[SEGMENTS_MOST];
    struct set *sets[SEGMENTS_MOST]; /* of a beginning: where it stands, and what that is worth; or NULL */
    uint64_t documents;              /* of all its terms, summed */
    float rarity;                    /* the logarithm of how few these are */
};

static inline bool word_is_tag(const struct search_word *word)
{
    return word->source->field >= QUERY_SUBJECT;
}

/* Whether it is a beginning that many words have, for which texts count less. It has no other forms. */
static inline bool word_is_short(const struct search_word *word)
{
    return word->characters <= INDEX_HOT_CHARACTERS && word->source->prefix && !word_is_tag(word);
}

/* Whether a word that stands in these fields of a document stands where it is looked for. */
bool word_may_stand(const struct search_word *word, const struct index *index, uint32_t document,
                    const uint8_t counts[INDEX_FIELDS]);

struct words {
    struct search_word *at; /* as many as the query has, in its order */
    size_t count;
    struct search_correction *corrections;
    size_t correction_count;
};

struct evaluation;

/* Takes the words of a query as they are. */
void words_take(struct evaluation *evaluation);

/* Looks them up in the segments, and corrects those that stand nowhere. False when cancelled. */
bool words_find(struct evaluation *evaluation);

/* Gives back the sets. */
void words_free(struct words *words, struct set_pool *pool);

#endif
