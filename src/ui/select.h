/*
 * select: a part of the page that is read, chosen by keys: from where the selection was begun to the caret.
 */
#ifndef UI_SELECT_H
#define UI_SELECT_H

#include "lectern/grid.h"
#include "lectern/layout.h"
#include "session.h"

struct reading;

/* Ends by itself when the page is laid out anew. */
struct selection {
    bool on;
    bool lines; /* whole ones */
    struct layout_place anchor, caret;
    size_t goal; /* the column that moving by lines keeps to */
};

/* At the selected link or the current match if that is in sight, else on the first line. */
void select_begin(struct reading *reading);

/* A key while something is selected. */
void select_key(struct reading *reading, const struct session *session, key k, struct effects *effects);

/* Marks what is selected in a text that was drawn with its corner at this place, and puts the cursor on the caret. */
void select_draw(const struct reading *reading, struct grid *grid, size_t row, size_t column);

/* The keys, in the last row. */
void select_draw_status(const struct reading *reading, struct grid *grid);

#endif
