/*
 * scan: the documents of a segment that a pattern matches, in their titles or texts, looked at on all cores.
 *
 * Documents are handed out in small units, in order, to the calling thread and others that live as long as the scan. What
 * they find comes back in order, on the calling thread, as soon as it is known.
 */
#ifndef LECTERN_SEARCH_SCAN_H
#define LECTERN_SEARCH_SCAN_H

#include "lectern/pattern.h"
#include "lectern/segments.h"

/* Matches in a title or text are counted up to this number. */
#define SCAN_COUNTED 100u

struct scan_match {
    uint32_t document;
    uint8_t in_title, in_text; /* matches, not both 0 */
};

/* What threads keep from scan to scan of the same segments: open texts, one set for each core. */
struct scan_crew;
struct scan_crew *scan_crew_new(void);
void scan_crew_free(struct scan_crew *crew); /* NULL is allowed */

struct scan {
    const struct catalogue *catalogue; /* for the titles */
    const struct segments *segments;
    size_t segment;
    const struct pattern *pattern;
    const uint32_t *documents; /* to be looked at, ascending */
    size_t count;
    unsigned milliseconds;     /* for all of them */
    const atomic_bool *cancel; /* may be NULL */
    /* What is found, in order; also called, now and then, with nothing. */
    void (*found)(void *context, const struct scan_match *matches, size_t count);
    void *context;
};

/* How many documents were given up because the pattern takes too long there, and how many were not looked at because the time
 * was over. Added to. */
struct scan_limits {
    size_t given_up, left;
};

/* False when cancelled; then not all has been looked at. */
bool scan_run(struct scan_crew *crew, const struct scan *scan, struct scan_limits *limits);

#endif
