/*
 * xapian: Xapian as a peer, when PEERS names a folder with two programs, as its interface is C++:
 *
 *   xap_build BASE DATABASE 1 1        an index with stems and positions of the texts in BASE.txt, whose places BASE.idx has
 *   xap_query DATABASE QUERIES 1 RUNS  the times of the best twenty for lines CLASS<tab>QUERY; one line a class:
 *                                      CLASS n=COUNT p50 MS ms p90 MS p99 MS ...
 */
#ifndef BENCH_XAPIAN_H
#define BENCH_XAPIAN_H

#include <stdbool.h>

#include "classes.h"
#include "parts.h"

enum { XAPIAN_QUERIES = 100 }; /* of a class: the program holds no more than 1024 in all */

struct xapian_times {
    double p50[CLASSES], p99[CLASSES]; /* ms; 0 where nothing was measured */
};

/* False, with the reason, if it cannot be measured. The times are of XAPIAN_QUERIES of each class. */
bool xapian_measure(const struct bench_setup *setup, const struct opened *opened, struct xapian_times *times,
                    const char **why);

#endif
