/*
 * marks_make: the marks of a query that has been looked up.
 */
#ifndef LECTERN_SEARCH_MARKS_MAKE_H
#define LECTERN_SEARCH_MARKS_MAKE_H

#include "evaluate.h"
#include "marks.h"

/* Of the words as they were found in the segments; without segments of the words as they were typed. */
struct search_marks *marks_make(const struct evaluation *evaluation);

#endif
