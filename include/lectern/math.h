/*
 * math: where a Markdown text has TeX formulas. Markdown would eat their backslashes, so they are found first.
 */
#ifndef LECTERN_MATH_H
#define LECTERN_MATH_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/str.h"

struct math_span {
    size_t begin, end; /* with the delimiters, in bytes of the text */
    size_t delimiter;  /* bytes of each delimiter: 1 or 2 */
    bool display;
};

struct math_spans {
    struct math_span *at; /* ascending, not overlapping; release with mem_free() */
    size_t count, capacity;
};

/*
 * Finds `$..$` (by pandoc's rule, and sparing amounts of money), `$$..$$`, `\(..\)` and `\[..\]` outside code and
 * addresses. A formula does not cross a blank line, but a display formula may have them inside its delimiters' edges.
 * Linear in the length.
 */
void math_find(struct str text, struct math_spans *spans);

#endif
