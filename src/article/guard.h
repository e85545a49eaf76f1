/*
 * guard: keeps from md4c what it would need more than linear time or space for.
 */
#ifndef LECTERN_ARTICLE_GUARD_H
#define LECTERN_ARTICLE_GUARD_H

#include <stdbool.h>

#include "lectern/str.h"

/* What stands for a byte that md4c is not to see as markup: it is a letter to md4c. */
#define GUARD_LETTER 'x'

/* Writes GUARD_LETTER over the bytes of `shadow`, a copy of `text`, that would make it dear. */
void guard_shadow(struct str text, char *shadow);

/* Whether addresses without `<` and `>` can be looked for in it. */
bool guard_allows_autolinks(struct str text);

#endif
