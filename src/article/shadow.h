/*
 * shadow: what md4c reads instead of a text: a copy, in which formulas are words of plain letters, as long as they are. Its
 * callbacks point into the shadow, and the same offsets in the original give the text, so that nothing has to be
 * translated back and most text is not even copied. Only the additions of tables.h are in the shadow alone.
 */
#ifndef ARTICLE_SHADOW_H
#define ARTICLE_SHADOW_H

#include "lectern/math.h"
#include "tables.h"

struct shadow {
    struct str text;
    char *bytes; /* its own */
    struct table_additions additions;
};

void shadow_make(struct str source, const struct math_spans *spans, struct shadow *shadow);
void shadow_free(struct shadow *shadow);

/* Whether a text is a slice of the shadow. */
bool shadow_holds(const struct shadow *shadow, struct str text);

/* Where a slice of the shadow stands in the original; STR_NOT_FOUND if it is none, or nothing of the author's. */
size_t shadow_offset(const struct shadow *shadow, struct str text);

#endif
