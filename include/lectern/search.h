/*
 * search: from a query to ranked articles, and why each was found.
 *
 * A word is found in any form of the same English stem, the form that was typed counting more; while it is being typed, also
 * as the beginning of a word. If a word that is looked for stands nowhere, the nearest ones that do (see struct
 * search_correction) are taken in its place. An article is one hit, in however many files it stands.
 *
 * Ranking is BM25F (Robertson, Zaragoza, Taylor 2004) over title, question, keywords, headings and text; the best hundred
 * gain for words that stand near each other, and for titles that hold the query's words in a row, begin with them, or are
 * just them, the more of the title they cover. Ties go by id, then by number. The same articles give the same answer, in
 * whichever segments they lie.
 */
#ifndef LECTERN_SEARCH_H
#define LECTERN_SEARCH_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/query.h"
#include "lectern/segments.h"

struct search_hit {
    uint32_t article;
    enum index_field field; /* the best field in which a word was found */
    float score;
};

/* A word of the query that was found nowhere, and what was looked for instead: words, the commonest first. They have a
 * distance (characters put in, left out, replaced, or two neighbours swapped) of 1, or for words of 6 characters and more up
 * to 2, and are the nearest; words of fewer than 3 have no such. What is still being typed is replaced by beginnings. */
struct search_correction {
    const struct query_word *word;
    const struct str *texts;
    size_t count;
};

/* Appends "scroe is nowhere; looked for score". */
void search_write_correction(const struct search_correction *correction, struct buf *out);

/* What people and programs are told a field is; NULL for none, where only conditions were looked for. */
const char *search_field_name(enum index_field field);

/* What is to be marked where a hit is shown: the words that were found, in the forms that were found, and patterns. */
struct search_marks;

struct search_results {
    struct search_hit *hits; /* best first, at most `limit` */
    size_t count;
    size_t total; /* articles found, hits or not */
    const struct search_correction *corrections;
    size_t correction_count;
    const struct search_marks *marks;
    /* ERR_LIMIT: not all was looked at. Else, but for ERR_NONE, a pattern is wrong, and nothing found. */
    struct err problem;
    bool unfinished;  /* that pattern does not end yet, and may still get right */
    bool titles_only; /* there are no segments yet: only titles and keywords were searched */
};

/* Memory that one thread keeps from search to search, so that none costs what the library is large. */
struct search_scratch;
struct search_scratch *search_scratch_new(void);
void search_scratch_free(struct search_scratch *scratch); /* NULL is allowed */

/*
 * Runs a query. `segments` may be NULL while a library is still being read: then titles and keywords of the catalogue are
 * searched, word for word. An empty query finds nothing. Returns false when `cancel` (may be NULL) was set meanwhile.
 * Results live in the arena, which must not outlive the query's.
 */
bool search_run(const struct catalogue *catalogue, struct segments *segments, const struct query *query,
                size_t limit, const atomic_bool *cancel, struct search_scratch *scratch, struct arena *arena,
                struct search_results *results);

/* What the reader has done with articles and written on them; asked on the searching thread, it must not change meanwhile. */
struct search_reader {
    /* Whether a QUERY_MARKED or QUERY_NOTE is so of an article. */
    bool (*says)(const void *context, const struct query_node *node, uint32_t article);
    const void *context;
};

/* The same. Without a `reader` nothing was read. Patterns may take long in a large library: `found` is told, within some 20 ms and then now and then, the results
 * so far, which live during the call only. */
struct search_watcher {
    void (*found)(void *context, const struct search_results *so_far);
    void *context;
};
bool search_run_watched(const struct catalogue *catalogue, struct segments *segments,
                        const struct query *query, size_t limit, const atomic_bool *cancel,
                        const struct search_reader *reader, const struct search_watcher *watcher,
                        struct search_scratch *scratch, struct arena *arena, struct search_results *results);

/* The text of an article as it was indexed; empty if it is in no segment. Valid until the next call with this scratch. */
struct str search_text(struct search_scratch *scratch, struct segments *segments, uint32_t article);

/* A copy of marks that lives in another arena. NULL gives NULL, which marks nothing. */
const struct search_marks *search_marks_copy(struct arena *arena, const struct search_marks *marks);

/* The places in `text` that are to be marked, ascending, at most `limit` of them, in the arena: words, beginnings of some,
 * phrases, and what patterns match. `field` is what the text is of, for words that are looked for in one field only. Returns
 * how many there are. */
struct search_mark {
    size_t start, end;
};
size_t search_find_marks(struct arena *arena, const struct search_marks *marks, enum index_field field,
                         struct str text, size_t limit, const struct search_mark **places);

/* A part of `text` of about `cells` cells around the densest marks, white space collapsed, markup left out, with an ellipsis
 * where it was cut; the beginning of the text when nothing is found. With `formulas`, for Markdown, those in TeX are set as
 * mathematics unless something is found in them. `*found` (may be NULL) gets the number of marks in the whole text. */
struct str search_snippet(struct arena *arena, const struct search_marks *marks, struct str text,
                          size_t cells, bool formulas, size_t *found);

/*
 * Fuzzy jump over titles: `query` is an exact id (which comes first), or a subsequence of the folded title, word starts
 * and runs preferred. Hits as above with their field INDEX_TITLE.
 */
bool search_titles(const struct catalogue *catalogue, struct str query, size_t limit,
                   const atomic_bool *cancel, struct arena *arena, struct search_results *results);

/*
 * The articles most like one: those that have the words that it is most about, by how much these say of it (how often they
 * stand there, in title, keywords, headings and text, and in how few others), and BM25F. Hits as above, best first; never
 * the article itself, none twice, and none that shares but little. Nothing for one that is missing or has no words, and without segments. Some milliseconds
 * at tens of thousands of articles. Returns false when `cancel` was set meanwhile. No links are looked at: whoever shows
 * those beside leaves out what they lead to.
 */
bool search_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                    size_t limit, const atomic_bool *cancel, struct search_scratch *scratch,
                    struct arena *arena, struct search_results *results);

#endif
