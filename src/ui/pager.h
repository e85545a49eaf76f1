/*
 * pager: a layout that is scrolled and searched.
 *
 * Blocks that are wider than the pane has room for are scrolled sideways, all those in sight at once. While the rows of a
 * table pass, the names of its columns stay on the first lines.
 *
 * The layout is the owner's and must live as long as the page shows it.
 */
#ifndef UI_PAGER_H
#define UI_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "keymap.h"
#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/grid.h"
#include "lectern/layout.h"
#include "lectern/pattern.h"
#include "lectern/search.h"

#define PAGER_NONE SIZE_MAX

/* A part of a match on one line; a match that is broken over lines has several, with the same number. */
struct pager_mark {
    size_t line, match;
    size_t column, width;
};

struct pager {
    enum text_charset charset; /* that the layout was made for */
    const struct layout *layout;
    size_t top, height;
    size_t
        reach; /* cells that blocks may take, no fewer than the layout's width; 0: they are as wide as it is */
    size_t shift;       /* cells that they are scrolled to the right by */
    struct arena arena; /* of the marks */
    struct pager_mark *marks;
    size_t mark_count, match_count;
    size_t current; /* match, or PAGER_NONE */
    size_t kept;    /* 1 + the match that was current in the layout before; 0: none */
};

/* Shows another layout; marks are gone, the top is kept as far as it can be. */
void pager_set_layout(struct pager *page, const struct layout *layout);
void pager_set_height(struct pager *page, size_t height);
void pager_free(struct pager *page);

/* The moving actions. False if the action is none of them, or if there is nothing to move: a page down at the end. */
bool pager_act(struct pager *page, enum action action);
void pager_set_top(struct pager *page, size_t line);
void pager_reveal(struct pager *page, size_t line); /* scrolls to the middle if the line is not visible */
bool pager_at_end(const struct pager *page);
unsigned pager_percent(const struct pager *page);

/* Cells of the line's block that do not fit beside the others; 0: it belongs to none, or to one that is not wide. */
size_t pager_beyond(const struct pager *page, size_t line);
size_t pager_most_beyond(const struct pager *page); /* of all lines in sight */

/* Scrolls sideways until the cells are in sight. */
void pager_reveal_column(struct pager *page, size_t line, size_t column, size_t width);

/* Marks all matches of a pattern, or what a search marks. The current match becomes the first one at or after
 * `from_line`, else the first. Returns -1 with the error when a limit was hit; the marks found until then stand. */
int pager_find(struct pager *page, struct pattern *pattern, size_t from_line, struct err *err);
bool pager_holds(const struct pager *page,
                 const struct pattern *pattern); /* a match, or a limit met on the way */
void pager_find_words(struct pager *page, const struct search_marks *marks, size_t from_line);
void pager_clear_marks(struct pager *page);

/* Makes the next match (or, backwards, the previous one) current and scrolls to it. False if there is none. */
bool pager_next_match(struct pager *page, bool backwards);
void pager_reveal_match(struct pager *page);

/* The first line of the current match, or PAGER_NONE. What matches in a closed fold is marked on its label. */
size_t pager_match_line(const struct pager *page);

/* Where a column of a line is on the screen, counted from the first one of the text; PAGER_NONE if it is out of sight. */
size_t pager_screen_column(const struct pager *page, size_t line, size_t column);

/* Marks cells of a line, as far as they are in sight, as selected; the text was drawn with its corner in that column. */
void pager_mark(const struct pager *page, struct grid *grid, size_t line, size_t left, size_t right,
                size_t row, size_t column);

/* Lines of a table's head that are drawn over the first ones: `first` gets the line that they begin with. */
size_t pager_pinned(const struct pager *page, size_t *first);

/* Draws the visible lines; spans of `link` (as in layout_span) are marked as current, 0 for none. */
void pager_draw(const struct pager *page, struct grid *grid, size_t row, size_t column, uint32_t link);

#endif
