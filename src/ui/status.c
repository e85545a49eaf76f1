#include "status.h"

struct str status_key(enum action action)
{
    struct str first, rest;
    str_cut(action_info(action)->keys, ' ', &first, &rest);
    return str_eq(first, STR("Backspace")) ? STR("⌫") : first;
}

static size_t hint_width(const struct grid *grid, const struct hint *hint)
{
    return text_width(status_key(hint->action), grid->charset) + 1 +
           text_width(str_from(hint->text), grid->charset);
}

void status_draw(struct grid *grid, size_t row, struct str place, const struct hint *hints, size_t count)
{
    const size_t gap = 3;
    size_t room = grid->columns > 2 ? grid->columns - 2 : 0, used = 0, shown = 0;
    size_t most = place.len ? room * 2 / 3 : room;
    while (shown < count && used + gap + hint_width(grid, &hints[shown]) <= most)
        used += gap + hint_width(grid, &hints[shown++]);
    struct arena arena = {0};
    size_t left = room - used;
    grid_put(grid, row, 1, left, text_elide(&arena, place, grid->charset, left), STYLE_STATUS);
    arena_free(&arena);
    size_t column = grid->columns - 1 - used + gap;
    for (size_t i = 0; i < shown; i++) {
        column += grid_put(grid, row, column, grid->columns, status_key(hints[i].action), STYLE_KEY) + 1;
        column += grid_put(grid, row, column, grid->columns, str_from(hints[i].text), STYLE_STATUS) + gap;
    }
}

void status_say(struct grid *grid, struct str text, style look)
{
    struct arena arena = {0};
    size_t row = grid->rows - 1, room = grid->columns - 1;
    grid_fill(grid, row, 0, grid->columns, STR(" "), STYLE_TEXT);
    grid_put(grid, row, 1, room, text_elide(&arena, text, grid->charset, room), look);
    arena_free(&arena);
}
