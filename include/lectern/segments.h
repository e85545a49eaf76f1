/*
 * segments: the indexes that are searched together as one library.
 *
 * The first is the index of the library as it was read as a whole. A second may hold what was added or changed since; what
 * the first has of that, or of what was removed, is gone. Immutable, with counted references; any number of threads may
 * read it.
 */
#ifndef LECTERN_SEGMENTS_H
#define LECTERN_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/catalogue.h"
#include "lectern/index.h"

#define SEGMENTS_MOST 2

struct segment {
    struct index *index;
    const uint32_t *articles; /* by document its article; NULL: document d is article d */
    const uint64_t *gone;     /* a bit for each document, the lowest of the first number first; NULL: none */
};

struct segments {
    size_t count;
    struct segment at[SEGMENTS_MOST];
};

/* One index alone, which it keeps. */
struct segments *segments_single(struct index *index);

/* That of a catalogue's base and that of its delta, which it keeps, and the catalogue, too. */
struct segments *segments_pair(struct catalogue *catalogue, struct index *index, struct index *delta);

struct segments *segments_keep(struct segments *segments);
void segments_release(struct segments *segments); /* NULL is allowed */

/* The article of a document, or CATALOGUE_NONE if it is gone. */
static inline uint32_t segment_article(const struct segment *segment, uint32_t document)
{
    if (segment->gone && segment->gone[document / 64] >> document % 64 & 1)
        return CATALOGUE_NONE;
    return segment->articles ? segment->articles[document] : document;
}

#endif
