/*
 * justify: lines of prose widened to the right edge.
 *
 * The lines are broken as they would be without it. A line that its paragraph goes on from gets blanks behind its
 * blanks, dealt out evenly; what is left over goes to the left on one line and to the right on the next, so that no
 * white stripes run down the page. Blanks of code spans and formulas stay as they are, and so does a line that would need more
 * than two at each of its blanks. Code, tables, headings and pages of plain text as it stands are no prose.
 */
#ifndef LECTERN_LAYOUT_JUSTIFY_H
#define LECTERN_LAYOUT_JUSTIFY_H

#include "page.h"

/* The lines that are closed so far. */
void justify_lines(struct page *page);

#endif
