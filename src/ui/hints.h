/*
 * hints: letters on every visible link, so that any of them is one or two keys away.
 */
#ifndef UI_HINTS_H
#define UI_HINTS_H

#include "reading.h"

struct hints {
    bool on;
    char typed; /* the first of two letters, or 0 */
};

/* Begins if there is a visible link. */
void hints_begin(struct hints *hints, const struct reading *reading);

/* A key while hints are shown: the link it completes, or PAGER_NONE. Any other key than a hint's ends them. */
size_t hints_key(struct hints *hints, const struct reading *reading, key k);

/* Draws the letters over a reading that was drawn at this place. */
void hints_draw(const struct hints *hints, const struct reading *reading, struct grid *grid, size_t row,
                size_t column);

#endif
