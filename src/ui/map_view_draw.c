#include "lectern/layout.h"
#include "map_view_inside.h"
#include "status.h"

/* From so many rows the title of the selected question may take two. */
#define ROOMY_ROWS 16

/* From so many columns it is told whether there is more than is in sight. */
#define MORE_COLUMNS 50

static size_t title_rows(const struct map_view *map_view)
{
    return map_view->rows >= ROOMY_ROWS ? 2 : 1;
}

size_t map_view_picture_rows(const struct map_view *map_view)
{
    size_t below = title_rows(map_view) + 2;
    return map_view->rows > below ? map_view->rows - below : 1;
}

/* Where a part of the drawing stands on the screen; false if it is out of sight. A small drawing is in the middle. */
struct window {
    size_t rows, columns, top, left, row, column;
};

static struct window window_of(const struct map_view *map_view, const struct grid *grid)
{
    const struct map_drawing *drawing = &map_view->drawing;
    struct window window = {.rows = map_view_picture_rows(map_view),
                            .columns = grid->columns,
                            .top = map_view->top,
                            .left = map_view->left};
    if (drawing->rows < window.rows)
        window.row = (window.rows - drawing->rows) / 2;
    if (drawing->columns < window.columns)
        window.column = (window.columns - drawing->columns) / 2;
    return window;
}

static void put(const struct window *window, struct grid *grid, size_t row, size_t column, struct str text,
                style look)
{
    if (row < window->top || row - window->top >= window->rows)
        return;
    while (column < window->left && text.len) { /* the part that is scrolled out of sight */
        struct text_glyph glyph;
        if (text_next(&text, grid->charset, &glyph))
            column += glyph.width;
    }
    if (column < window->left || column - window->left >= window->columns)
        return;
    size_t at = window->column + column - window->left;
    grid_put(grid, window->row + row - window->top, at, grid->columns - at, text, look);
}

/* An arrow to the right if the selected question links to this one. */
static enum map_arrow link_with_selected(const struct map_view *map_view, uint32_t node)
{
    const struct map *map = &map_view->made.map;
    for (size_t e = 0; e < map->edge_count; e++) {
        const struct map_edge *edge = &map->edges[e];
        bool here = edge->a == node && edge->b == map_view->selected;
        if (!here && !(edge->b == node && edge->a == map_view->selected))
            continue;
        if (edge->directions == (MAP_TO_A | MAP_TO_B))
            return MAP_ARROW_BOTH;
        return (edge->directions == MAP_TO_A) == here ? MAP_ARROW_RIGHT : MAP_ARROW_LEFT;
    }
    return MAP_NO_ARROW;
}

static void draw_lines(const struct map_view *map_view, const struct window *window, struct grid *grid)
{
    const struct map_drawing *drawing = &map_view->drawing;
    for (size_t row = window->top; row < drawing->rows && row - window->top < window->rows; row++)
        for (size_t column = window->left; column < drawing->columns; column++) {
            const struct map_cell *cell = map_cell_at(drawing, row, column);
            bool chosen = cell->owner == map_view->selected || cell->other == map_view->selected;
            style look = chosen ? STYLE_KEY : STYLE_RULE;
            if (cell->arms || cell->arrow)
                put(window, grid, row, column, map_cell_glyph(cell), look);
        }
}

static style look_of(const struct map_view *map_view, uint32_t node, enum map_arrow link)
{
    const struct map_node *at = &map_view->made.map.nodes[node];
    style look = at->mark == MAP_MISSING ? STYLE_DIM : STYLE_TEXT;
    return look | (node == map_view->selected || link ? STYLE_STRONG : 0u);
}

/* Links within the last column may have no lines: then an arrow in the place of the mark tells of them. */
static void draw_hidden_link(const struct map_view *map_view, const struct window *window, struct grid *grid,
                             uint32_t node, enum map_arrow link)
{
    const struct map *map = &map_view->made.map;
    const struct map_box *box = &map_view->drawing.boxes[node];
    uint32_t layer = map->nodes[node].layer;
    bool drawn = box->column + box->columns + 2 < map_view->drawing.columns;
    if (!link || layer == 0 || layer != map->nodes[map_view->selected].layer || drawn ||
        layer + 1 != map_layer_count(map))
        return;
    struct map_cell sign = {.arrow = (uint8_t)link};
    put(window, grid, box->text_row, box->mark_column, map_cell_glyph(&sign), STYLE_KEY);
}

static void draw_box(const struct map_view *map_view, const struct window *window, struct grid *grid,
                     uint32_t node)
{
    const struct map_box *box = &map_view->drawing.boxes[node];
    enum map_arrow link = link_with_selected(map_view, node);
    style look = look_of(map_view, node, link);
    enum map_mark mark = map_view->made.map.nodes[node].mark;
    put(window, grid, box->text_row, box->mark_column, map_mark_glyph(mark), STYLE_META);
    for (size_t i = 0; i < box->line_count; i++)
        put(window, grid, box->text_row + i, box->text_column, box->lines[i], look);
    draw_hidden_link(map_view, window, grid, node, link);
}

static void mark_selected(const struct map_view *map_view, const struct window *window, struct grid *grid)
{
    const struct map_box *box = &map_view->drawing.boxes[map_view->selected];
    size_t frame = box->rows > 1 ? 1 : 0, column = box->column + frame;
    size_t cells = box->columns - 2 * frame;
    if (column < window->left) {
        cells -= window->left - column < cells ? window->left - column : cells;
        column = window->left;
    }
    size_t at = window->column + column - window->left;
    for (size_t row = box->row + frame; row < box->row + box->rows - frame; row++)
        if (row >= window->top && row - window->top < window->rows)
            grid_mark(grid, window->row + row - window->top, at, 1, cells, STYLE_SELECTED);
    if (box->text_row >= window->top)
        grid_set_cursor(grid, window->row + box->text_row - window->top, at, false);
}

/* 27 questions, 12 read, 3 not in the library */
static struct str summary(const struct map_view *map_view, struct arena *arena)
{
    const struct map *map = &map_view->made.map;
    size_t counts[MAP_MISSING + 1] = {0};
    for (size_t i = 0; i < map->node_count; i++)
        counts[map->nodes[i].mark]++;
    size_t count = map->node_count - counts[MAP_MISSING];
    struct str text = arena_printf(arena, " %s%s%zu %s, %zu read", map_view->whole ? "all linked: " : "",
                                   map_view->made.cut ? "the nearest " : "", count,
                                   count == 1 ? "question" : "questions", counts[MAP_READ]);
    if (counts[MAP_MISSING])
        text = arena_printf(arena, "%.*s, %zu not in the library", STR_ARG(text), counts[MAP_MISSING]);
    return arena_printf(arena, "%.*s ", STR_ARG(text));
}

/* Which way there is more than is in sight. */
static struct str beyond(const struct map_view *map_view, const struct window *window)
{
    bool above = window->top > 0, below = window->top + window->rows < map_view->drawing.rows;
    bool aside = window->left > 0 || window->left + window->columns < map_view->drawing.columns;
    if (above || below)
        return above && below ? STR(" ▴ more ▾ ") : above ? STR(" ▴ more ") : STR(" more ▾ ");
    return aside ? STR(" ◂ more ▸ ") : STR("");
}

/* The title as a whole. */
static void draw_title(const struct map_view *map_view, struct grid *grid, size_t row, struct arena *arena)
{
    struct layout layout;
    struct layout_options options = {.width = grid->columns > 3 ? grid->columns - 2 : 1,
                                     .charset = grid->charset};
    struct str title = map_view->made.map.nodes[map_view->selected].title;
    layout_build_text(arena, text_elide(arena, title, grid->charset, SIZE_MAX), STYLE_TITLE, &options,
                      &layout);
    for (size_t i = 0; i < layout.line_count && i < title_rows(map_view); i++)
        grid_put(grid, row + i, 1, grid->columns - 1, layout_line_text(arena, &layout.lines[i]), STYLE_TITLE);
}

static void draw_keys(const struct map_view *map_view, const struct session *session, struct grid *grid)
{
    const struct hint hints[] = {{ACTION_OPEN, map_view->selected ? "to the centre" : "open"},
                                 {ACTION_PAGE_DOWN, "look"},
                                 {ACTION_STUDY_SET, map_view->whole ? "the near ones" : "all linked"},
                                 {ACTION_BACK, "back"},
                                 {ACTION_CLOSE, "close"}};
    status_draw(grid, grid->rows - 1, session->keymap, STR("Arrows move"), hints,
                sizeof hints / sizeof *hints);
}

void map_view_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct map_view *map_view = (struct map_view *)view;
    size_t rule = map_view_picture_rows(map_view);
    if (!map_view->made.map.node_count) {
        grid_put(grid, 1, 2, grid->columns, STR("This question is not there any more."), STYLE_DIM);
        return;
    }
    struct arena arena = {0};
    struct window window = window_of(map_view, grid);
    draw_lines(map_view, &window, grid);
    for (uint32_t i = 0; i < map_view->made.map.node_count; i++)
        draw_box(map_view, &window, grid, i);
    mark_selected(map_view, &window, grid);
    grid_fill(grid, rule, 0, grid->columns, STR("─"), STYLE_RULE);
    grid_put(grid, rule, 2, grid->columns - 2, summary(map_view, &arena), STYLE_META);
    struct str more = beyond(map_view, &window);
    if (grid->columns > MORE_COLUMNS)
        grid_put(grid, rule, grid->columns - 12, 10, more, STYLE_KEY);
    draw_title(map_view, grid, rule + 1, &arena);
    draw_keys(map_view, session, grid);
    arena_free(&arena);
}
