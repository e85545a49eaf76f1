/*
 * evaluate: which documents a query finds, and what each is worth.
 */
#ifndef LECTERN_SEARCH_EVALUATE_H
#define LECTERN_SEARCH_EVALUATE_H

#include "hits.h"
#include "patterns.h"
#include "words.h"

#define SHORT_LENGTHS 32u

/* BM25F for one field: what an occurrence counts in a document where the field has `length` words is
 * weight / (fixed + scaled * length). */
struct field_scale {
    float weight, fixed, scaled;
    float in_short[SHORT_LENGTHS]; /* that, for these lengths; the first is the most that it can be */
};

/* One search. */
struct evaluation {
    const struct catalogue *catalogue;
    const struct segments *segments; /* NULL: none yet */
    const struct query *query;
    const atomic_bool *cancel;
    struct search_scratch *scratch;
    struct arena *arena;
    struct field_scale scales[INDEX_FIELDS];
    struct words words;
    struct hits *alone; /* where the hits of a query that is one word go at once; else NULL */
    struct patterns patterns;
    const struct search_reader *reader;   /* or NULL */
    const struct search_watcher *watcher; /* or NULL */
    uint64_t next_report;                 /* when, by the clock of patterns.c; 0: not known yet */
    size_t limit;
    struct hits *hits; /* of the segments before the one that is searched */
    const struct search_marks *marks;
    unsigned steps; /* since the start, for looking at `cancel` now and then */
};

#define STEPS_PER_LOOK 4096u

static inline bool evaluation_cancelled(struct evaluation *evaluation)
{
    return ++evaluation->steps % STEPS_PER_LOOK == 0 && search_cancelled(evaluation->cancel);
}

/* Finds what the query is after in one segment. False when cancelled. */
bool evaluate(struct evaluation *evaluation, size_t segment, struct set *found);

/* Tells the watcher what was found so far: the hits, and `found` in the segment that is searched. */
void evaluation_report(struct evaluation *evaluation, size_t segment, const struct set *found);

#endif
