/*
 * grid: a screen of cells between the views and the terminal.
 *
 * The only way to put text into a grid is grid_put(), which takes it through text_next(): whatever bytes a view passes,
 * the cells hold printable text. A character of two cells occupies its cell and the next one, which is then empty (len 0,
 * width 0). Rows and columns count from 0; whatever lies outside is clipped.
 */
#ifndef LECTERN_GRID_H
#define LECTERN_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/str.h"
#include "lectern/style.h"
#include "lectern/text.h"

struct grid_cell {
    uint32_t at;   /* offset of its bytes in the grid's text */
    uint8_t len;   /* bytes; 0 is a blank, or the second half of a wide character */
    uint8_t width; /* 1 or 2; 0 for the second half */
    style style;
};

struct grid {
    size_t rows, columns;
    struct grid_cell *cells; /* rows * columns */
    struct buf text;
    enum text_charset charset;
    size_t cursor_row, cursor_column;
    bool
        cursor_visible; /* the cursor stands on the selection either way, for screen readers and braille displays */
};

/* `struct grid g = {0};` then this; blanks everything. Sizes are clamped to 1..500 columns and 1..200 rows. */
void grid_resize(struct grid *grid, size_t rows, size_t columns, enum text_charset charset);
void grid_clear(struct grid *grid);
void grid_free(struct grid *grid);

/* Puts text at a place, at most `cells` cells of it. Returns the cells used. */
size_t grid_put(struct grid *grid, size_t row, size_t column, size_t cells, struct str text, style style);

/* Gives the cells of a rectangle a style's flags on top of what they have (rows * columns from its corner). */
void grid_mark(struct grid *grid, size_t row, size_t column, size_t rows, size_t columns, style flags);

/* Fills cells of a row with one glyph (a line, a bar). */
void grid_fill(struct grid *grid, size_t row, size_t column, size_t cells, struct str glyph, style style);

void grid_set_cursor(struct grid *grid, size_t row, size_t column, bool visible);

/* The bytes of a cell. */
struct str grid_cell_text(const struct grid *grid, const struct grid_cell *cell);
const struct grid_cell *grid_cell_at(const struct grid *grid, size_t row, size_t column);

/* A row as text without trailing blanks; for tests. */
void grid_row_text(const struct grid *grid, size_t row, struct buf *out);

#endif
