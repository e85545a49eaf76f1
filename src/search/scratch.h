/*
 * scratch: what one thread keeps from search to search.
 */
#ifndef LECTERN_SEARCH_SCRATCH_H
#define LECTERN_SEARCH_SCRATCH_H

#include "lectern/search.h"
#include "lectern/segments.h"
#include "scan.h"
#include "set.h"

/* Occurrences in one document of the forms of a word: of any form, and of those that are as it was typed. */
struct counter {
    uint8_t all[INDEX_FIELDS], exact[INDEX_FIELDS];
};

struct search_scratch {
    struct segments *segments; /* that these are of */
    uint64_t documents;        /* that are not gone */
    float means[INDEX_FIELDS]; /* their words in each field */
    struct counter *counters;  /* of a segment's documents, all zero between words */
    uint64_t *counted;         /* a bit for each that is not zero */
    uint64_t *narrowed;        /* a bit for each that a list is narrowed to, all zero between words */
    size_t capacity;
    struct set_pool sets;
    struct scan_crew *crew;                   /* for these segments; NULL until a pattern is looked for */
    struct segments *texts_of;                /* the segments that these read */
    struct index_texts *texts[SEGMENTS_MOST]; /* by segment, NULL until one is wanted */
};

/* Makes ready for a search in `segments`. */
void scratch_prepare(struct search_scratch *scratch, struct segments *segments);

/* What looks for patterns in the segments that it is ready for. */
struct scan_crew *scratch_crew(struct search_scratch *scratch);

/* Documents of a term that are not gone. */
uint32_t scratch_term_documents(const struct segment *segment, uint32_t term);

/* The document of an article, or INDEX_NONE if the segment has none that is not gone. */
uint32_t segment_document(const struct segment *segment, uint32_t article);

static inline bool segment_is_gone(const struct segment *segment, uint32_t document)
{
    return segment->gone && (segment->gone[document / 64] >> document % 64 & 1);
}

#endif
