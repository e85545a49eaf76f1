/*
 * search: from what the reader has typed to ranked articles and their snippets.
 *
 * All words are required; the last one is a prefix unless white space follows it. Words are compared folded; those after
 * the first SEARCH_WORDS do not count. Title hits stand before keyword hits before the rest; ties by id, then by number.
 * The same article filed twice is one hit.
 */
#ifndef LECTERN_SEARCH_H
#define LECTERN_SEARCH_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/index.h"
#include "lectern/segments.h"

#define SEARCH_WORDS 63

struct search_hit {
    uint32_t article;
    enum index_field field; /* the best field in which a word was found */
    float score;
};

struct search_results {
    struct search_hit *hits; /* best first, at most `limit` */
    size_t count;
    size_t total;     /* articles found, hits or not */
    bool titles_only; /* the words of the texts are not there yet: only titles and keywords were searched */
};

/*
 * Runs a query. `segments` may be NULL while a library is still being read: then titles and keywords of the catalogue are
 * searched. An empty query finds nothing. Returns false when `cancel` (may be NULL) was set meanwhile. Results live in
 * the arena.
 */
bool search_run(const struct catalogue *catalogue, const struct segments *segments, struct str query,
                size_t limit, const atomic_bool *cancel, struct arena *arena, struct search_results *results);

/* A query's words, folded, for marking hits; the last one matches as a prefix if `last_is_prefix`. */
struct search_words {
    struct str *words;
    size_t count;
    bool last_is_prefix;
};
void search_words(struct arena *arena, struct str query, struct search_words *words);

/* The next place in `text` at or after `from` where a word of the query stands. False if there is none. */
bool search_next_mark(const struct search_words *words, struct str text, size_t from, size_t *start,
                      size_t *end);

/* A part of `text` of about `cells` cells around the densest hits, white space collapsed, markup left out, with an ellipsis
 * where it was cut; the beginning of the text when nothing is found. */
struct str search_snippet(struct arena *arena, const struct search_words *words, struct str text,
                          size_t cells);

/*
 * Fuzzy jump over titles: `query` is an exact id (which comes first), or a subsequence of the folded title, word starts
 * and runs preferred. Hits as above with their field INDEX_TITLE.
 */
bool search_titles(const struct catalogue *catalogue, struct str query, size_t limit,
                   const atomic_bool *cancel, struct arena *arena, struct search_results *results);

#endif
