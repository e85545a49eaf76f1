/*
 * list: which row of a list is selected and which are visible.
 *
 * Rows may be more than one line high; all are equally high.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "keymap.h"

struct list {
    size_t count;
    size_t selected; /* below count, or 0 */
    size_t top;      /* the first visible row */
    size_t visible;  /* rows that fit; at least 1 */
};

void list_set_count(struct list *list, size_t count);
void list_set_visible(struct list *list, size_t rows);
void list_select(struct list *list, size_t row); /* clamped, scrolled into view */

/* The same, and brings the row to the middle if it was not visible. */
void list_reveal(struct list *list, size_t row);

/* The same, `offset` rows below the first visible one, as far as that is possible. */
void list_place(struct list *list, size_t row, size_t offset);

/* The moving actions. False if the action is none of them. */
bool list_act(struct list *list, enum action action);

#endif
