/*
 * stems: words with the same English stem. Wraps libstemmer.
 *
 * The stems themselves are not kept: the words are sorted by theirs, and stemmed once more where they are looked for.
 */
#ifndef LECTERN_INDEX_STEMS_H
#define LECTERN_INDEX_STEMS_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/str.h"

/* The numbers of all terms that have a stem, from `first` on, by stem and then by number; `texts` has where each begins in
 * `text`, and the end of the last. To be released with mem_free(). */
uint32_t *stems_sort(const uint32_t *texts, const char *text, uint32_t first, uint32_t term_count,
                     size_t *count);

#endif
