#include "frame.h"

#define WIDEST 88

size_t frame_columns(size_t screen_columns)
{
    size_t columns = screen_columns >= 60 ? screen_columns * 3 / 4 : screen_columns;
    return columns < WIDEST ? columns : WIDEST;
}

/* Two thirds of the screen at most; all of it but a row when it is small. */
struct frame frame_place(size_t screen_rows, size_t screen_columns, size_t rows)
{
    struct frame frame = {.columns = frame_columns(screen_columns)};
    size_t most = screen_rows >= 18 ? screen_rows * 2 / 3 : screen_rows > 1 ? screen_rows - 1 : 1;
    frame.rows = rows < most - (most > 2 ? 2 : 0) ? rows + 2 : most;
    frame.row = (screen_rows - frame.rows) / 2;
    frame.column = (screen_columns - frame.columns) / 2;
    return frame;
}

void frame_draw(const struct frame *frame, struct grid *grid, struct str title, struct str hint)
{
    size_t top = frame->row, bottom = top + frame->rows - 1, right = frame->column + frame->columns - 1;
    size_t room = frame->columns > 4 ? frame->columns - 4 : 0;
    for (size_t row = top; row <= bottom; row++) {
        bool edge = row == top || row == bottom;
        grid_fill(grid, row, frame->column, frame->columns, edge ? STR("─") : STR(" "), STYLE_RULE);
        grid_put(grid, row, frame->column, 1,
                 row == top      ? STR("┌")
                 : row == bottom ? STR("└")
                                 : STR("│"),
                 STYLE_RULE);
        grid_put(grid, row, right, 1,
                 row == top      ? STR("┐")
                 : row == bottom ? STR("┘")
                                 : STR("│"),
                 STYLE_RULE);
    }
    grid_put(grid, top, frame->column + 2, room, title, STYLE_TITLE);
    grid_put(grid, bottom, frame->column + 2, room, hint, STYLE_DIM);
}
