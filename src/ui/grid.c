#include "lectern/grid.h"

#include <string.h>

#include "lectern/mem.h"

/* No screen is larger, and a terminal that claims to be does not make the program allocate for it. */
#define MOST_ROWS    200
#define MOST_COLUMNS 500

static const struct grid_cell blank = {.width = 1, .style = STYLE_TEXT};

static size_t clamp(size_t value, size_t most)
{
    if (value < 1)
        return 1;
    return value > most ? most : value;
}

void grid_resize(struct grid *grid, size_t rows, size_t columns, enum text_charset charset)
{
    grid->rows = clamp(rows, MOST_ROWS);
    grid->columns = clamp(columns, MOST_COLUMNS);
    grid->charset = charset;
    grid->cells = mem_resize(grid->cells, grid->rows * grid->columns, sizeof *grid->cells);
    grid_clear(grid);
}

void grid_clear(struct grid *grid)
{
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        grid->cells[i] = blank;
    buf_clear(&grid->text);
    grid_set_cursor(grid, 0, 0, false);
}

void grid_free(struct grid *grid)
{
    mem_free(grid->cells);
    buf_free(&grid->text);
    *grid = (struct grid){0};
}

/* The cells of a row that a call may use, from `column` on. */
static size_t room(const struct grid *grid, size_t row, size_t column, size_t cells)
{
    if (row >= grid->rows || column >= grid->columns)
        return 0;
    size_t left = grid->columns - column;
    return cells < left ? cells : left;
}

/* Writes one cell. A wide character that loses one half here becomes blank in the other, which keeps its style. */
static void set_cell(struct grid *grid, size_t row, size_t column, struct grid_cell cell)
{
    struct grid_cell *line = grid->cells + row * grid->columns;
    bool cuts_left = line[column].width == 0 && cell.width != 0 && column > 0;
    bool cuts_right = line[column].width == 2 && column + 1 < grid->columns;
    if (cuts_left) {
        line[column - 1].len = 0;
        line[column - 1].width = 1;
    }
    if (cuts_right)
        line[column + 1].width = 1;
    line[column] = cell;
}

/* Places a glyph whose bytes begin at `at` in the grid's text. In ASCII every byte has a cell of its own. */
static void set_glyph(struct grid *grid, size_t row, size_t column, const struct text_glyph *glyph,
                      uint32_t at, style s)
{
    if (grid->charset == TEXT_ASCII) {
        for (uint8_t i = 0; i < glyph->width; i++)
            set_cell(grid, row, column + i, (struct grid_cell){at + i, 1, 1, s});
        return;
    }
    set_cell(grid, row, column, (struct grid_cell){at, glyph->len, 1, s});
    if (glyph->width == 2) {
        set_cell(grid, row, column + 1, (struct grid_cell){at, 0, 0, s});
        grid->cells[row * grid->columns + column].width = 2;
    }
}

/* Offsets are 32 bits wide: a frame that would need more text than that shows blanks. */
static bool add_text(struct grid *grid, const struct text_glyph *glyph, uint32_t *at)
{
    if (grid->text.len > UINT32_MAX - TEXT_GLYPH_BYTES)
        return false;
    *at = (uint32_t)grid->text.len;
    buf_add(&grid->text, (struct str){glyph->bytes, glyph->len});
    return true;
}

size_t grid_put(struct grid *grid, size_t row, size_t column, size_t cells, struct str text, style s)
{
    size_t most = room(grid, row, column, cells), used = 0;
    struct text_glyph glyph;
    uint32_t at;
    while (used < most && text_next(&text, grid->charset, &glyph)) {
        if (glyph.width > most - used || !add_text(grid, &glyph, &at))
            break;
        set_glyph(grid, row, column + used, &glyph, at, s);
        used += glyph.width;
    }
    return used;
}

void grid_mark(struct grid *grid, size_t row, size_t column, size_t rows, size_t columns, style flags)
{
    if (row >= grid->rows)
        return;
    size_t below = grid->rows - row;
    size_t last = row + (rows < below ? rows : below);
    size_t width = room(grid, row, column, columns);
    for (; row < last; row++) {
        struct grid_cell *cell = grid->cells + row * grid->columns + column;
        for (size_t i = 0; i < width; i++)
            cell[i].style = (style)(cell[i].style | (flags & ~STYLE_ROLE_MASK));
    }
}

void grid_fill(struct grid *grid, size_t row, size_t column, size_t cells, struct str glyph_text, style s)
{
    size_t most = room(grid, row, column, cells);
    struct text_glyph glyph;
    uint32_t at;
    if (most == 0 || !text_next(&glyph_text, grid->charset, &glyph) || !add_text(grid, &glyph, &at))
        return;
    for (size_t used = 0; glyph.width <= most - used; used += glyph.width)
        set_glyph(grid, row, column + used, &glyph, at, s);
}

void grid_set_cursor(struct grid *grid, size_t row, size_t column, bool visible)
{
    grid->cursor_row = row < grid->rows ? row : grid->rows - 1;
    grid->cursor_column = column < grid->columns ? column : grid->columns - 1;
    grid->cursor_visible = visible;
}

struct str grid_cell_text(const struct grid *grid, const struct grid_cell *cell)
{
    return str_slice(buf_str(&grid->text), cell->at, (size_t)cell->at + cell->len);
}

const struct grid_cell *grid_cell_at(const struct grid *grid, size_t row, size_t column)
{
    return room(grid, row, column, 1) ? grid->cells + row * grid->columns + column : NULL;
}

void grid_row_text(const struct grid *grid, size_t row, struct buf *out)
{
    size_t start = out->len;
    for (size_t column = 0; column < room(grid, row, 0, grid->columns); column++) {
        const struct grid_cell *cell = grid_cell_at(grid, row, column);
        if (cell->width && cell->len)
            buf_add(out, grid_cell_text(grid, cell));
        else if (cell->width)
            buf_add_byte(out, ' ');
    }
    while (out->len > start && out->at[out->len - 1] == ' ')
        out->len--;
}
