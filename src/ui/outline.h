/*
 * outline: a list of the headings of a page, by which one goes to them.
 */
#ifndef UI_OUTLINE_H
#define UI_OUTLINE_H

#include "reading.h"
#include "view.h"

/* The heading that is being read is selected. NULL if the page has none. */
struct view *outline_new(const struct reading *reading);

#endif
