#include "peek.h"

#include "lectern/mem.h"
#include "reading.h"

struct peek {
    struct view view;
    struct reading reading;
    size_t row, column, rows, columns; /* of the frame */
};

static struct peek *peek_of(struct view *view)
{
    return (struct peek *)view;
}

static bool peek_act(struct view *view, const struct session *session, enum action action, key argument,
                     struct effects *effects)
{
    (void)argument;
    struct peek *peek = peek_of(view);
    if (action == ACTION_OPEN || action == ACTION_IN) {
        effects->open = OPEN_TARGET;
        effects->position = reading_position(&peek->reading);
        effects->position.width = 0; /* the lines of another width; the place in the text counts */
        effects->position.link = PAGER_NONE;
        effects->close = true;
        return true;
    }
    if (action == ACTION_CANCEL || action == ACTION_PREVIEW || action == ACTION_OUT ||
        action == ACTION_BACK) {
        effects->close = true;
        return true;
    }
    return reading_act(&peek->reading, session, action);
}

/* The frame takes two thirds of the screen, in its middle; all of it when it is small. */
static void peek_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct peek *peek = peek_of(view);
    peek->rows = rows >= 18 ? rows * 2 / 3 : rows > 1 ? rows - 1 : 1;
    peek->columns = columns >= 60 ? columns * 3 / 4 : columns;
    if (peek->columns > 88)
        peek->columns = 88;
    peek->row = (rows - peek->rows) / 2;
    peek->column = (columns - peek->columns) / 2;
    if (peek->rows > 2 && peek->columns > 2)
        reading_resize(&peek->reading, session, peek->rows - 2, peek->columns - 2);
}

static void peek_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                       const struct renumbering *renumbering)
{
    (void)before;
    reading_renew(&peek_of(view)->reading, session, renumbering);
}

static void draw_frame(const struct peek *peek, struct grid *grid)
{
    size_t top = peek->row, bottom = peek->row + peek->rows - 1, right = peek->column + peek->columns - 1;
    for (size_t row = top; row <= bottom; row++) {
        bool edge = row == top || row == bottom;
        grid_fill(grid, row, peek->column, peek->columns, edge ? STR("─") : STR(" "), STYLE_RULE);
        grid_put(grid, row, peek->column, 1,
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
    grid_put(grid, bottom, peek->column + 2, peek->columns - 4, STR(" Enter opens, Esc closes "), STYLE_DIM);
}

static void peek_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct peek *peek = peek_of(view);
    view->below->operations->draw(view->below, session, grid);
    draw_frame(peek, grid);
    reading_draw(&peek->reading, session, grid, peek->row + 1, peek->column + 1, true);
}

static void peek_free(struct view *view)
{
    reading_free(&peek_of(view)->reading);
    mem_free(view);
}

struct view *peek_new(const struct session *session, uint32_t target)
{
    static const struct view_operations operations = {
        .act = peek_act,
        .resize = peek_resize,
        .renew = peek_renew,
        .draw = peek_draw,
        .free = peek_free,
    };
    struct peek *peek = mem_calloc(1, sizeof *peek);
    peek->view.operations = &operations;
    peek->reading.target = CATALOGUE_NONE;
    peek->reading.link = PAGER_NONE;
    reading_open(&peek->reading, session, target);
    return &peek->view;
}
