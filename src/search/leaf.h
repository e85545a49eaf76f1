/*
 * leaf: the documents of one word.
 */
#ifndef LECTERN_SEARCH_LEAF_H
#define LECTERN_SEARCH_LEAF_H

#include "evaluate.h"

/* What an occurrence counts in a field, and how far that depends on the field's length. */
struct field_weight {
    float weight, by_length;
};

/* Before anything below that tells worth. */
void leaf_set_scales(struct evaluation *evaluation, const struct field_weight fields[INDEX_FIELDS]);

/* Postings that are met in the order of their documents. */
struct list_at {
    struct posting_reader reader;
    struct posting posting; /* at hand, unless it is over */
    bool over;
};
struct list_at list_at(struct posting_reader reader);
/* Goes on to the first posting at or after a document; whether it is of that one. */
bool list_reach(struct list_at *list, uint32_t document);

/* The postings of a list that are live and, unless that is NULL, in a set. */
struct posting_walk {
    const struct segment *segment;
    struct posting_reader reader;
    struct posting posting; /* at hand */
    const struct set *within;
    const uint64_t *bits; /* the documents of that set, if it is not followed itself; else NULL */
    size_t at;            /* in the set */
    bool read;            /* there is a posting at hand */
};
struct posting_walk posting_walk(const struct segment *segment, uint32_t term, const struct set *within);
bool posting_walk_next(struct posting_walk *walk);

/* Adds the documents of a segment (of those `within`, unless NULL) where a word stands, with what that is worth; or, if the
 * evaluation says so, offers them as hits, with what they are worth before rarity counts. False when cancelled. */
bool leaf_word(struct evaluation *evaluation, const struct search_word *word, size_t segment,
               const struct set *within, struct set *found);

/* Adds the documents that have any of the tags [first, end): these are worth nothing. */
bool leaf_tags(struct evaluation *evaluation, uint32_t first, uint32_t end, size_t segment,
               const struct set *within, struct set *found);

/* Adds one document, by how often the word occurs in it; or offers it. */
void leaf_add(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
              uint32_t document, const struct counter *counter, struct set *found);

/* What so many occurrences come to, before saturation, in whatever document that is: at most. */
float leaf_most(const struct evaluation *evaluation, const struct search_word *word,
                const struct counter *counter);

#define LEAF_SATURATION 1.7f

/* What is less than this part of what is wanted is less, however numbers are rounded. */
#define LEAF_SURELY 0.999f

/* Whether a word alone, of which leaf_most() is told, is worth less than all hits that are kept. */
static inline bool leaf_is_beneath(const struct evaluation *evaluation, float most)
{
    const struct hits *hits = evaluation->alone;
    if (hits->count < hits->limit || hits->limit == 0)
        return false;
    float least = hits->heap[0].hit.score;
    return most * (1.0f - least) < LEAF_SURELY * least * LEAF_SATURATION;
}

/* What so many occurrences in a document are worth before rarity counts, and the best field of them. */
float leaf_worth(const struct evaluation *evaluation, const struct index *index, uint32_t document,
                 const float counts[INDEX_FIELDS], uint8_t *field);

#endif
