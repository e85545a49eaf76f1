/*
 * highlight: what the parts of code are, told from a small table of each language.
 *
 * Lines are given in their order: comments and long strings go on from one to the next. It guesses as a reader would, line
 * by line, and never needs more than one pass: a quote that is not closed ends with its line.
 */
#ifndef LECTERN_LAYOUT_HIGHLIGHT_H
#define LECTERN_LAYOUT_HIGHLIGHT_H

#include "lectern/str.h"
#include "lectern/style.h"

struct highlight {
    const struct highlight_language *language; /* NULL: not known, all of it is plain code */
    struct str until; /* what ends the comment or string that is open; empty: none is */
    style open;       /* the look of that */
    bool after_blank; /* the next part begins a line or stands behind white space */
    bool begins_line; /* nothing but white space was before it */
};

/* `name` is the language as the author has called it, in any case; what follows its first word does not count. */
void highlight_begin(struct highlight *highlight, struct str name);

/* Starts a line. */
void highlight_line(struct highlight *highlight);

/* Takes the next part off the line; `*look` gets what it is. False at the end of the line. */
bool highlight_next(struct highlight *highlight, struct str *rest, struct str *part, style *look);

#endif
