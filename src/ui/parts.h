/*
 * parts: a very long text in parts that each open at once.
 *
 * Nearly every article is one part. A longer text is cut at the ends of lines, at a blank line where there is one near, so that
 * parsing and laying out one part stays within a frame's time and a few megabytes.
 */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "lectern/arena.h"

struct parts {
    struct str *texts; /* together the whole text, in its order */
    size_t count;      /* at least 1 */
};

void parts_split(struct arena *arena, struct str text, struct parts *parts);

#endif
