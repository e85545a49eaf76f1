/*
 * pattern_syntax: what can be told from a pattern's source before it is compiled.
 */
#ifndef LECTERN_SEARCH_PATTERN_SYNTAX_H
#define LECTERN_SEARCH_PATTERN_SYNTAX_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/str.h"

/* False if the source may hold what goes by more than the text around a place (`\G`, verbs), what repeats work that nothing
 * counts (references to groups, recursion, conditions, callouts), or what the just-in-time code of PCRE2 10.42 now and then
 * takes wrong: `\K`, and atomic groups. */
bool pattern_is_plain(struct str source);

/* How many characters the ranges of all classes span, or more: in either case of letters each is looked at. */
uint64_t pattern_range_span(struct str source);

#endif
