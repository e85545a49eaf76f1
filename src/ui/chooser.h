/*
 * chooser: a list to choose a place from: the headings of an article, the questions that link to it.
 */
#ifndef UI_CHOOSER_H
#define UI_CHOOSER_H

#include "view.h"

struct chooser;

/* An empty list with a title. */
struct chooser *chooser_new(struct str title);

/* Adds a row that leads to a position; `indent` in steps of two cells. */
void chooser_add(struct chooser *chooser, struct str label, size_t indent, struct position position);

/* The row that is selected at first, as a number of the rows added. */
void chooser_select(struct chooser *chooser, size_t row);

struct view *chooser_view(struct chooser *chooser);

#endif
