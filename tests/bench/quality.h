/*
 * quality: how well search finds what is looked for, beside FTS5 on the same queries.
 */
#ifndef BENCH_QUALITY_H
#define BENCH_QUALITY_H

#include "fts.h"
#include "opened.h"

struct quality {
    const struct opened *opened;
    struct fts *fts; /* NULL: nothing is measured beside */
    size_t wanted;   /* queries of each kind */
    bool each;       /* every query is told, with its rank, before the row */
};

/*
 * A row for each kind of known item: the mean reciprocal rank at ten. FTS5 is asked in four ways (all words or any of them,
 * weighted or not), and that counts which is best in all.
 */
void quality_known_rows(const struct quality *quality);

/* How many of the related articles that authors name come first when similar ones are asked for. FTS5 is asked for any of the
 * twelve heaviest words of the article, weighted or not. */
void quality_similar_rows(const struct quality *quality);

#endif
