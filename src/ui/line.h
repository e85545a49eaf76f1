/*
 * line: one line of text being typed.
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include <stdbool.h>

#include "lectern/grid.h"
#include "lectern/key.h"
#include "lectern/str.h"

struct line {
    struct buf text;
    size_t cursor; /* offset into the text, on a glyph's first byte */
};

void line_set(struct line *line, struct str text); /* cursor at the end */
void line_insert(struct line *line, struct str text);
void line_free(struct line *line);

/* Characters, and the editing keys readers know: arrows, Home, End, C-a, C-e, Backspace, Delete, C-w, C-u, C-k.
 * False for any other key; `*changed` when the text is another one. */
bool line_key(struct line *line, key k, bool *changed);

/* Draws the part around the cursor into `cells` cells and puts the grid's cursor there. */
void line_draw(const struct line *line, struct grid *grid, size_t row, size_t column, size_t cells);

#endif
