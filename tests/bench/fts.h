/*
 * fts: SQLite's FTS5 as a peer: one row an article, of the text that lectern searches, with English stems and bm25.
 *
 * It gets what makes it faster: no journal, a large cache, and an index that is merged before it is asked (which its
 * building time does not count).
 */
#ifndef BENCH_FTS_H
#define BENCH_FTS_H

#include "opened.h"

struct fts;

/* Reads and parses the files on `threads` threads and inserts them in order. The database is the file `path`, or in memory if
 * that is NULL. `*seconds` is what building has taken. Ends the program when it fails. */
struct fts *fts_build(const char *path, const struct opened *opened, unsigned threads, double *seconds);
/* One that was built before. */
struct fts *fts_open(const char *path);
void fts_close(struct fts *fts);

/* Bytes of the database, text included, unused pages left out. */
double fts_size(const struct fts *fts);

enum fts_join { FTS_ALL, FTS_ANY, FTS_PHRASE };

/* Appends a query's words in FTS5's language; the last one as a prefix if `prefix`. */
void fts_query(struct buf *out, struct str query, enum fts_join join, bool prefix);

enum fts_weights { FTS_DEFAULT, FTS_WEIGHTED };

/* The best articles, at most `limit`, best first. With `snippets` each is made one. Returns their number. */
size_t fts_search(struct fts *fts, struct str query, enum fts_weights weights, bool snippets, size_t limit,
                  uint32_t *articles);

#endif
