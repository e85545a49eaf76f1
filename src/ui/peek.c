#include "peek.h"

#include "frame.h"
#include "lectern/mem.h"
#include "reading.h"

struct peek {
    struct view view;
    struct reading reading;
    struct frame frame;
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

static void peek_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct peek *peek = peek_of(view);
    peek->frame = frame_place(rows, columns, rows);
    if (peek->frame.rows > 2 && peek->frame.columns > 2)
        reading_resize(&peek->reading, session, peek->frame.rows - 2, peek->frame.columns - 2);
}

static void peek_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                       const struct renumbering *renumbering)
{
    (void)before;
    reading_renew(&peek_of(view)->reading, session, renumbering);
}

static void peek_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct peek *peek = peek_of(view);
    view->below->operations->draw(view->below, session, grid);
    frame_draw(&peek->frame, grid, STR(""), STR(" Enter opens, Esc closes "));
    reading_draw(&peek->reading, session, grid, peek->frame.row + 1, peek->frame.column + 1, true);
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
