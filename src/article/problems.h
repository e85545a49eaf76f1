/*
 * problems: what is wrong with an article, collected while it is parsed.
 */
#ifndef ARTICLE_PROBLEMS_H
#define ARTICLE_PROBLEMS_H

#include "lectern/article.h"

struct problems {
    struct arena *arena;
    struct article_problem *items;
    size_t count, capacity;
};

void problems_add(struct problems *problems, enum article_severity severity, size_t line, size_t column,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Into the order of their places; those of one place keep theirs. */
void problems_sort(struct problems *problems);

/* The place of an offset, both from 1; the column in characters. */
void problems_place(struct str text, size_t offset, size_t *line, size_t *column);

#endif
