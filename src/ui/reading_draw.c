/* What is seen of an article that is read: its question, a line about it, the text, the cursor. */
#include "count.h"
#include "memory.h"
#include "reading.h"

/* Where one is in the page, and how long the rest of it takes, where that leaves room for what the line says on its left. */
static void add_progress(const struct reading *reading, const struct grid *grid, struct buf *right)
{
    const struct pager *page = &reading->page;
    if (!page->layout || page->layout->line_count <= page->height)
        return;
    buf_printf(right, "%u %%", pager_percent(page));
    struct buf left = {0};
    count_add_minutes(&left, article_minutes(reading_left(reading)));
    size_t used = text_width(reading->meta, grid->charset) + text_width(buf_str(right), grid->charset);
    bool long_text = article_minutes(reading->article.text.len) > 1;
    if (long_text && page->top && !pager_at_end(page) && used + left.len + 9 <= reading->width)
        buf_printf(right, ", %.*s left", STR_ARG(buf_str(&left)));
    buf_free(&left);
}

/* As many of its parts as fit, the first one in any case. */
static struct str fit_meta(struct arena *arena, struct str meta, enum text_charset charset, size_t room)
{
    const struct str separator = STR(" · ");
    for (size_t end = meta.len; text_width(meta, charset) > room && end-- > 0;)
        if (str_starts(str_slice(meta, end, meta.len), separator))
            meta.len = end;
    return text_elide(arena, meta, charset, room);
}

static void draw_meta(const struct reading *reading, const struct session *session, struct grid *grid,
                      size_t row, size_t column)
{
    struct buf right = {0};
    if (memory_has(session->memory, MEMORY_BOOKMARKED, reading->target))
        buf_add(&right, STR("bookmarked  "));
    if (reading->parts.count > 1)
        buf_printf(&right, "part %zu of %zu  ", reading->part + 1, reading->parts.count);
    if (reading->page.match_count)
        buf_printf(&right, "%zu of %zu  ", reading->page.current + 1, reading->page.match_count);
    add_progress(reading, grid, &right);
    size_t room = reading->width > right.len + 1 ? reading->width - right.len - 1 : 0;
    struct arena arena = {0};
    grid_put(grid, row, column, room, fit_meta(&arena, reading->meta, grid->charset, room), STYLE_META);
    grid_put(grid, row, column + reading->width - right.len, right.len, buf_str(&right), STYLE_META);
    arena_free(&arena);
    buf_free(&right);
}

/* The last pinned line of a title that goes on runs into an ellipsis. */
static struct str pinned_line(const struct reading *reading, size_t line, struct arena *arena,
                              enum text_charset charset)
{
    const struct layout *heading = &reading->heading;
    struct str text = layout_line_text(arena, &heading->lines[line]);
    if (line + 1 < reading->heading_rows || line + 1 == heading->line_count)
        return text;
    struct str next = layout_line_text(arena, &heading->lines[line + 1]);
    return text_elide(arena, arena_printf(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(next)), charset,
                      reading->width);
}

static void draw_header(const struct reading *reading, const struct session *session, struct grid *grid,
                        size_t row, size_t column, size_t rows)
{
    struct arena arena = {0};
    for (size_t i = 0; i < reading->heading_rows && i < rows; i++)
        grid_put(grid, row + i, column, reading->width, pinned_line(reading, i, &arena, grid->charset),
                 STYLE_TITLE);
    if (rows > reading->heading_rows)
        draw_meta(reading, session, grid, row + reading->heading_rows, column);
    arena_free(&arena);
}

static void place_cursor(const struct reading *reading, struct grid *grid, size_t row, size_t column)
{
    const struct pager *page = &reading->page;
    size_t line = page->top, at = 0;
    const struct layout_line *top = line < reading->layout.line_count ? &reading->layout.lines[line] : NULL;
    if (reading->link != PAGER_NONE) {
        line = reading->links[reading->link].line;
        at = reading_link_column(reading, reading->link);
    } else if (top && top->count) {
        at = pager_screen_column(page, line, top->spans[0].column);
    }
    bool seen = line >= page->top && line - page->top < page->height && at != PAGER_NONE;
    grid_set_cursor(grid, row + (seen ? line - page->top : 0), column + (seen ? at : 0), false);
}

void reading_draw(const struct reading *reading, const struct session *session, struct grid *grid, size_t row,
                  size_t column, bool focused)
{
    if (reading->target == CATALOGUE_NONE || reading->width == 0) {
        grid_put(grid, row + reading->rows / 2, column + 2, reading->columns,
                 session->loading ? STR("Reading the library …") : STR("There is nothing to read here."),
                 STYLE_DIM);
        return;
    }
    size_t above, beside;
    reading_text_place(reading, &above, &beside);
    size_t left = column + beside;
    draw_header(reading, session, grid, row, left, above);
    uint32_t link = reading->link == PAGER_NONE ? 0 : (uint32_t)reading->link + 1;
    pager_draw(&reading->page, grid, row + above, left, link);
    if (focused)
        place_cursor(reading, grid, row + above, left);
    copy_draw(reading, grid, row + above, left);
    select_draw(reading, grid, row + above, left);
}
