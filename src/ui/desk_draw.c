#include "count.h"
#include "day.h"
#include "deck.h"
#include "desk.h"
#include "lectern/title.h"
#include "status.h"
#include "trail.h"

/* Hops of the trail in the status line, and in a narrow one. */
#define TRAIL_HOPS        3
#define TRAIL_HOPS_NARROW 2

static void add_library_size(struct buf *out, const struct session *session)
{
    struct str name = library_name(session->library);
    buf_add(out, name);
    buf_add(out, STR(" · "));
    uint32_t count = session->catalogue ? catalogue_article_count(session->catalogue) : 0;
    count_add(out, count);
    buf_add(out, count == 1 ? STR(" article") : STR(" articles"));
}

/* How far the library has been read, with a bar of `cells`. */
static void draw_progress(const struct session *session, struct grid *grid, size_t column, size_t cells)
{
    const struct library_progress *progress = &session->progress;
    struct buf text = {0};
    buf_add(&text, STR("reading "));
    count_add(&text, progress->files_done);
    if (progress->files_total) {
        buf_add(&text, STR(" of "));
        count_add(&text, progress->files_total);
    }
    buf_add_byte(&text, ' ');
    size_t bar = cells > text.len + 4 ? cells - text.len - 1 : 0;
    if (bar > 20) {
        column += bar - 20;
        bar = 20;
    }
    size_t full = progress->files_total ? bar * progress->files_done / progress->files_total : 0;
    column += grid_put(grid, 0, column, cells, buf_str(&text), STYLE_META);
    grid_fill(grid, 0, column, full, STR("█"), STYLE_PROGRESS);
    grid_fill(grid, 0, column + full, bar - full, STR("░"), STYLE_DIM);
    buf_free(&text);
}

static void draw_bar(const struct session *session, struct grid *grid, struct str hint)
{
    size_t half = grid->columns / 2;
    size_t left = 3 + text_width(hint, grid->charset) + 2;
    grid_put(grid, 0, 1, 1,
             grid->charset == TEXT_ASCII ? status_key(session->keymap, ACTION_SEARCH) : STR("⌕"), STYLE_KEY);
    grid_put(grid, 0, 3, grid->columns - 3, hint, STYLE_DIM);
    if (session->loading) {
        draw_progress(session, grid, left > half ? left : half,
                      grid->columns - (left > half ? left : half) - 1);
        return;
    }
    struct buf text = {0};
    add_library_size(&text, session);
    size_t room = grid->columns > left + 1 ? grid->columns - left - 1 : 0;
    struct arena arena = {0};
    struct str fitted = text_elide(&arena, buf_str(&text), grid->charset, room);
    grid_put(grid, 0, grid->columns - 1 - text_width(fitted, grid->charset), room, fitted, STYLE_META);
    arena_free(&arena);
    buf_free(&text);
}

static void draw_rule(struct grid *grid, size_t row, size_t cross, struct str crossing)
{
    grid_fill(grid, row, 0, grid->columns, STR("─"), STYLE_RULE);
    if (cross)
        grid_put(grid, row, cross, 1, crossing, STYLE_RULE);
}

/* With the part of the rows that is in view, when it is not all of them. */
static void draw_topics_heading(const struct desk *desk, struct grid *grid)
{
    const struct list *list = &desk->tree.list;
    size_t columns = desk->frame.left_columns;
    grid_put(grid, desk->frame.top, 1, columns - 1, STR("TOPICS"), STYLE_SECTION);
    if (list->count <= list->visible)
        return;
    struct arena arena = {0};
    struct str part =
        arena_printf(&arena, "%zu-%zu of %zu", list->top + 1, list->top + list->visible, list->count);
    if (part.len + 9 < columns)
        grid_put(grid, desk->frame.top, columns - 1 - part.len, part.len, part, STYLE_DIM);
    arena_free(&arena);
}

/* The keys while a filter is typed. */
static void draw_filter_status(const struct desk *desk, struct grid *grid)
{
    struct arena arena = {0};
    status_say(grid,
               arena_printf(&arena, "%zu %s · Up Down select · Enter keeps the filter, Esc takes it away",
                            desk->tree.list.count, desk->tree.list.count == 1 ? "row" : "rows"),
               STYLE_STATUS);
    arena_free(&arena);
}

static void draw_tree(struct desk *desk, const struct session *session, struct grid *grid)
{
    const struct desk_frame *frame = &desk->frame;
    size_t heading = frame->tree_rows > 4 ? 1 : 0;
    bool filter = desk->filtering || desk->tree.filter.text.len;
    if (heading && !filter)
        draw_topics_heading(desk, grid);
    tree_draw(&desk->tree, session, grid, frame->top + heading, 0, frame->tree_rows - heading,
              frame->left_columns, desk->focus == DESK_TREE);
    if (!heading || !filter)
        return;
    grid_put(grid, frame->top, 1, 1, STR("/"), STYLE_KEY);
    if (desk->filtering)
        line_draw(&desk->tree.filter, grid, frame->top, 2, frame->left_columns - 3);
    else
        grid_put(grid, frame->top, 2, frame->left_columns - 3, buf_str(&desk->tree.filter.text), STYLE_INPUT);
}

static const struct hint tree_hints[] = {
    {ACTION_HELP, "help"}, {ACTION_SEARCH, "search"}, {ACTION_OPEN, "open"},  {ACTION_IN, "in"},
    {ACTION_OUT, "out"},   {ACTION_FIND, "filter"},   {ACTION_CLOSE, "quit"},
};
static const struct hint article_hints[] = {
    {ACTION_HELP, "help"}, {ACTION_SEARCH, "search"},     {ACTION_BACK, "back"},       {ACTION_FIND, "find"},
    {ACTION_OUT, "tree"},  {ACTION_NEXT_ARTICLE, "next"}, {ACTION_DETAILS, "details"},
};
static const struct hint wide_hints[] = {
    {ACTION_HELP, "help"}, {ACTION_SEARCH, "search"}, {ACTION_RIGHTWARDS, "right"},
    {ACTION_WRAP, "wrap"}, {ACTION_BACK, "back"},     {ACTION_OUT, "tree"},
};
static const struct hint related_hints[] = {
    {ACTION_HELP, "help"},  {ACTION_OPEN, "open"}, {ACTION_OUT, "tree"},
    {ACTION_IN, "article"}, {ACTION_BACK, "back"},
};

#define MOST_HINTS 8

/* How much is due to be studied comes first. */
static void draw_hints(const struct session *session, struct grid *grid, struct str trail,
                       const struct hint *hints, size_t count)
{
    struct hint shown[MOST_HINTS];
    struct arena arena = {0};
    struct study_time time = day_of(session->now());
    size_t due = deck_count_due(session->deck, &time), used = 0;
    if (due)
        shown[used++] = (struct hint){ACTION_STUDY, arena_printf(&arena, "%zu due", due).at};
    for (size_t i = 0; i < count && used < MOST_HINTS; i++)
        shown[used++] = hints[i];
    status_draw(grid, grid->rows - 1, session->keymap, trail, shown, used);
    arena_free(&arena);
}

static void draw_status(struct desk *desk, const struct session *session, struct grid *grid)
{
    struct arena arena = {0};
    struct str trail =
        session->catalogue && desk->history.count
            ? trail_line(&arena, &desk->history, session,
                         desk->columns < 100 ? TRAIL_HOPS_NARROW : TRAIL_HOPS, grid->columns / 2)
            : (struct str){0};
    if (desk->focus == DESK_TREE)
        draw_hints(session, grid, trail, tree_hints, sizeof tree_hints / sizeof *tree_hints);
    else if (desk->focus == DESK_RELATED)
        draw_hints(session, grid, trail, related_hints, sizeof related_hints / sizeof *related_hints);
    else if (pager_most_beyond(&desk->reading.page))
        draw_hints(session, grid, trail, wide_hints, sizeof wide_hints / sizeof *wide_hints);
    else
        draw_hints(session, grid, trail, article_hints, sizeof article_hints / sizeof *article_hints);
    arena_free(&arena);
}

void desk_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct desk *desk = (struct desk *)view;
    const struct desk_frame *frame = &desk->frame;
    if (frame->bar)
        draw_bar(session, grid, grid->columns < 60 ? STR("search") : STR("search the library"));
    size_t separator = frame->article_columns && frame->left_columns ? frame->left_columns : 0;
    if (frame->article_columns)
        reading_draw(&desk->reading, session, grid, frame->top, frame->article_column,
                     desk->focus == DESK_ARTICLE);
    if (frame->article_columns)
        hints_draw(&desk->hints, &desk->reading, grid, frame->top, frame->article_column);
    if (frame->left_columns && session->tree) {
        if (frame->tree_rows)
            draw_tree(desk, session, grid);
        if (frame->related_rows)
            desk_draw_related(desk, session, grid);
    }
    for (size_t i = 0; separator && i < frame->rows; i++)
        grid_put(grid, frame->top + i, separator, 1, STR("│"), STYLE_RULE);
    if (frame->rules) {
        draw_rule(grid, frame->top - 1, separator, STR("┬"));
        draw_rule(grid, frame->top + frame->rows, separator, STR("┴"));
    }
    draw_status(desk, session, grid);
    if (desk->filtering)
        draw_filter_status(desk, grid);
    select_draw_status(&desk->reading, grid);
    copy_draw_status(&desk->reading, grid);
    if (desk->find.typing)
        find_draw(&desk->find, grid, grid->rows - 1);
}
