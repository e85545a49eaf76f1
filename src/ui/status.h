/*
 * status: the lowest line of a view: where one is on the left, the keys that matter now on the right.
 */
#ifndef UI_STATUS_H
#define UI_STATUS_H

#include "keymap.h"
#include "lectern/grid.h"

/* A hint: the first key of an action, and a word or two. Where it has no key there is none. */
struct hint {
    enum action action;
    const char *text;
};

/* Draws the line; hints that do not fit are left out from the end of the list, then the place is cut. */
void status_draw(struct grid *grid, size_t row, const struct keymap *keymap, struct str place,
                 const struct hint *hints, size_t count);

/* Puts a message for the reader, or what is asked of one, over the grid's last row. */
void status_say(struct grid *grid, struct str text, style look);

/* The first key of an action, as the reader knows it; empty if it has none. */
struct str status_key(const struct keymap *keymap, enum action action);

#endif
