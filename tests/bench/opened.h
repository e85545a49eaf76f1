/*
 * opened: the library that is measured, with its index, and the one way in which all measurements search it.
 */
#ifndef BENCH_OPENED_H
#define BENCH_OPENED_H

#include "lectern/index_file.h"
#include "lectern/library.h"
#include "lectern/search.h"

struct opened {
    struct library *library;
    struct index_parts parts;
    struct segments *segments; /* the index alone */
    struct search_scratch *scratch;
};

/* Reads a folder, or opens the index that a program has written of it below XDG_CACHE_HOME. Both end the program if that cannot
 * be done. */
void opened_read(struct opened *opened, const char *folder);
void opened_open(struct opened *opened, const char *folder);
void opened_free(struct opened *opened);

/* Searches what a reader has typed. */
void opened_search(const struct opened *opened, struct str query, size_t limit, struct arena *arena,
                   struct search_results *results);
/* The same with the snippets that a reader sees. */
void opened_search_shown(const struct opened *opened, struct str query, size_t limit, struct arena *arena,
                         struct search_results *results);

/* The documents that a folded word stands in. */
uint32_t opened_word_count(const struct opened *opened, struct str word);

/* What a file holds, and an article as its first file has it; false if that cannot be read. */
bool opened_file(const struct opened *opened, uint32_t file, struct arena *arena, struct article *out);
bool opened_article(const struct opened *opened, uint32_t article, struct arena *arena, struct article *out);

#endif
