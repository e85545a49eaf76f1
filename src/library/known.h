/*
 * known: the entries that a catalogue knows, in the order of the walk.
 */
#ifndef LECTERN_LIBRARY_KNOWN_H
#define LECTERN_LIBRARY_KNOWN_H

#include "overlay.h"
#include "roots_walk.h"

/* Files, or skipped entries, in the base or in the delta. */
struct known_run {
    const struct flat *flat;
    const struct overlay *overlay; /* that says what has gone, or NULL */
    bool skipped;
    size_t at, end;
    bool settled; /* of the head */
    struct roots_entry head;
};

#define KNOWN_RUNS 4

struct known {
    struct known_run runs[KNOWN_RUNS];
    struct str folder; /* only what lies in it; in all roots if it is empty */
    const struct roots_entry *entry;
    bool settled;
};

/* Goes to the first entry: `entry`, or NULL if there is none. */
void known_start(struct known *known, const struct catalogue *catalogue, struct str folder);
void known_next(struct known *known);

#endif
