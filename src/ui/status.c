#include "status.h"

#define HINT_GAP 3

struct str status_key(const struct keymap *keymap, enum action action)
{
    struct str first = keymap_first(keymap, action);
    return str_eq(first, STR("Backspace")) ? STR("⌫") : first;
}

/* With the gap before it; 0 for an action without a key. */
static size_t hint_width(const struct grid *grid, const struct keymap *keymap, const struct hint *hint)
{
    size_t width = text_width(status_key(keymap, hint->action), grid->charset);
    return width ? HINT_GAP + width + 1 + text_width(str_from(hint->text), grid->charset) : 0;
}

void status_draw(struct grid *grid, size_t row, const struct keymap *keymap, struct str place,
                 const struct hint *hints, size_t count)
{
    size_t room = grid->columns > 2 ? grid->columns - 2 : 0, used = 0, shown = 0;
    size_t most = place.len ? room * 2 / 3 : room;
    while (shown < count && used + hint_width(grid, keymap, &hints[shown]) <= most)
        used += hint_width(grid, keymap, &hints[shown++]);
    struct arena arena = {0};
    size_t left = room - used;
    grid_put(grid, row, 1, left, text_elide(&arena, place, grid->charset, left), STYLE_STATUS);
    arena_free(&arena);
    size_t column = grid->columns - 1 - used + HINT_GAP;
    for (size_t i = 0; i < shown; i++) {
        struct str name = status_key(keymap, hints[i].action);
        if (!name.len)
            continue;
        column += grid_put(grid, row, column, grid->columns, name, STYLE_KEY) + 1;
        column +=
            grid_put(grid, row, column, grid->columns, str_from(hints[i].text), STYLE_STATUS) + HINT_GAP;
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
