/*
 * snippet_text: a part of an article's text as a snippet shows it: on one line, without markup, formulas set.
 */
#ifndef LECTERN_SEARCH_SNIPPET_TEXT_H
#define LECTERN_SEARCH_SNIPPET_TEXT_H

#include "lectern/math.h"
#include "lectern/str.h"

static inline bool snippet_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct snippet_part {
    struct str text;                  /* the whole, */
    size_t begin, end;                /* of which that is shown */
    const struct math_span *formulas; /* those of the part that are set as mathematics, ascending */
    size_t formula_count;
};

/* Appends the part, white space collapsed. */
void snippet_write(struct buf *out, const struct snippet_part *part);

#endif
