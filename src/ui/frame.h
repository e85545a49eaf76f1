/*
 * frame: a box in the middle of the screen, for a look at something over the view below.
 */
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include "lectern/grid.h"

struct frame {
    size_t row, column, rows, columns; /* with its edges */
};

/* Columns of a frame on a screen as wide. */
size_t frame_columns(size_t screen_columns);

/* In the middle of the screen, with `rows` rows inside if there is room for them. */
struct frame frame_place(size_t screen_rows, size_t screen_columns, size_t rows);

void frame_draw(const struct frame *frame, struct grid *grid, struct str title, struct str hint);

#endif
