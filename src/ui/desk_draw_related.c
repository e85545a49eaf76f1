/* The pane of the related questions, and of similar ones below them. */
#include "desk.h"
#include "lectern/title.h"

static void draw_title(const struct desk *desk, const struct session *session, struct grid *grid,
                       uint32_t target, size_t at, size_t column)
{
    size_t columns = desk->frame.left_columns;
    bool missing = catalogue_is_missing(session->catalogue, target);
    size_t taken = column + (missing ? 2 : 0) + 1;
    size_t room = columns > taken ? columns - taken : 0;
    struct arena arena = {0};
    struct str title = title_fit(&arena, catalogue_title(session->catalogue, target), grid->charset, room);
    grid_put(grid, at, column, room, title, missing ? STYLE_LINK_MISSING : STYLE_TEXT);
    if (missing)
        grid_put(grid, at, columns - 2, 1, STR("⊘"), STYLE_LINK_MISSING);
    arena_free(&arena);
}

static void draw_row(const struct desk *desk, const struct session *session, struct grid *grid, size_t row,
                     size_t at)
{
    uint32_t similar = desk_similar_at(desk, row);
    if (similar != CATALOGUE_NONE) {
        grid_put(grid, at, 1, 1, STR("~"), STYLE_DIM);
        draw_title(desk, session, grid, similar, at, 3);
        return;
    }
    const struct reading_link *link = &desk->reading.related[row];
    struct arena arena = {0};
    struct str number = arena_printf(&arena, "%u", link->number);
    grid_put(grid, at, 1, desk->frame.left_columns - 1, number, STYLE_LINK_NUMBER);
    draw_title(desk, session, grid, link->target, at, 2 + number.len);
    arena_free(&arena);
}

/* With as much as has room of who says so. */
static void draw_similar_heading(const struct desk *desk, struct grid *grid, size_t at)
{
    static const char *const who[] = {"suggested by lectern", "suggested"};
    size_t columns = desk->frame.left_columns;
    size_t column = 1 + grid_put(grid, at, 1, columns - 1, STR("SIMILAR"), STYLE_SECTION) + 1;
    for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
        struct str text = str_from(who[i]);
        if (column + text.len >= columns)
            continue;
        grid_put(grid, at, column, text.len, text, STYLE_DIM);
        break;
    }
}

static void draw_heading(const struct desk *desk, const struct session *session, struct grid *grid, size_t at,
                         bool similar)
{
    bool missing = catalogue_is_missing(session->catalogue, desk->reading.target);
    if (similar)
        draw_similar_heading(desk, grid, at);
    else
        grid_put(grid, at, 1, desk->frame.left_columns - 1, missing ? STR("LINKED FROM") : STR("RELATED"),
                 STYLE_SECTION);
}

void desk_draw_related(const struct desk *desk, const struct session *session, struct grid *grid)
{
    const struct desk_frame *frame = &desk->frame;
    const struct list *list = &desk->related;
    size_t at = frame->related_top, end = frame->related_top + frame->related_rows;
    for (size_t i = list->top; i < list->count && at < end; i++) {
        bool first_similar = i == desk->reading.related_count;
        if (i == list->top || first_similar)
            draw_heading(desk, session, grid, at++, i >= desk->reading.related_count);
        if (at == end)
            break;
        draw_row(desk, session, grid, i, at);
        if (desk->focus == DESK_RELATED && i == list->selected) {
            grid_put(grid, at, 0, 1, STR("▌"), STYLE_KEY);
            grid_mark(grid, at, 0, 1, frame->left_columns, STYLE_SELECTED);
            grid_set_cursor(grid, at, 0, false);
        }
        at++;
    }
}
