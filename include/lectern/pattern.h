/*
 * pattern: finding regular expressions in texts, inside limits. Wraps PCRE2.
 *
 * Letters match in either case unless the pattern holds a capital one. UTF is on, and `\C` is refused. Limits of size, work,
 * depth, memory and time (bounds.h) hold for each text, so that no pattern hangs; a text may hold any bytes.
 */
#ifndef LECTERN_PATTERN_H
#define LECTERN_PATTERN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

/* Immutable: any number of threads may search with it, each with a finder of its own. */
struct pattern;

enum pattern_case { PATTERN_SMART_CASE, PATTERN_IGNORE_CASE };

/* NULL with the error, whose column is the place in the source, from 1, where it went wrong. */
struct pattern *pattern_compile(struct str source, enum pattern_case letters, struct err *err);
/* The same, but all that it takes lies in the arena, and there is nothing to free: for short texts, because it makes no
 * machine code. */
const struct pattern *pattern_compile_in(struct arena *arena, struct str source, enum pattern_case letters,
                                         struct err *err);
void pattern_free(struct pattern *pattern); /* NULL is allowed; its finders must be gone */

struct pattern_match {
    size_t start, end;
};

/*
 * Looks for the matches of a pattern in one text after the other. pattern_begin() takes a text, which must stay until the
 * last pattern_next(), and the time for it. pattern_next() gives the matches in order: none is empty, and none overlaps the
 * one before. It returns 1, or 0 when there are no more, or -1 with ERR_LIMIT when a limit was hit, or with ERR_NONE when
 * `cancel` (may be NULL), which is looked at every few milliseconds, was set.
 */
struct pattern_finder;
struct pattern_finder *pattern_finder_new(const struct pattern *pattern, const atomic_bool *cancel);
void pattern_finder_free(struct pattern_finder *finder); /* NULL is allowed */
void pattern_begin(struct pattern_finder *finder, struct str text, unsigned milliseconds);
int pattern_next(struct pattern_finder *finder, struct pattern_match *match, struct err *err);

/*
 * All matches in the text of a page, in the arena. Returns 0, or -1 with kind ERR_LIMIT when a limit was hit; the matches
 * found until then are returned all the same.
 */
int pattern_find_all(const struct pattern *pattern, struct str text, struct arena *arena,
                     struct pattern_match **matches, size_t *count, struct err *err);

#endif
