/*
 * pattern: finding regular expressions in a page, inside limits. Wraps PCRE2.
 *
 * Patterns are case-insensitive unless they hold a capital letter. UTF is on, `\C` is refused, and match, depth and heap
 * limits and a deadline hold (bounds.h), so that no pattern hangs.
 */
#ifndef LECTERN_PATTERN_H
#define LECTERN_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

struct pattern;

/* NULL with the error, whose column is the place in the source, from 1, where it went wrong. */
struct pattern *pattern_compile(struct str source, struct err *err);
void pattern_free(struct pattern *pattern); /* NULL is allowed */

struct pattern_match {
    size_t start, end;
};

/*
 * All non-empty matches in `text`, in order, in the arena. Returns 0, or -1 with kind ERR_LIMIT when a limit was hit; the
 * matches found until then are returned all the same.
 */
int pattern_find_all(struct pattern *pattern, struct str text, struct arena *arena,
                     struct pattern_match **matches, size_t *count, struct err *err);

#endif
