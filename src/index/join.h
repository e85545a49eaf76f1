/*
 * join: what several builders have gathered, as the terms and postings of one index.
 */
#ifndef LECTERN_INDEX_JOIN_H
#define LECTERN_INDEX_JOIN_H

#include "builder.h"

/* A part of a builder's log whose document is known. */
struct source {
    const struct index_builder *builder;
    const struct builder_file *file;
    uint32_t document;
};

/* A posting, not packed yet: where it is in which log. */
struct reference {
    uint32_t source, at;
};

/* The terms and postings of all builders, not packed yet. */
struct joined {
    uint32_t term_count;
    uint32_t *texts;        /* where the text of each term begins in `text`, and the end of the last */
    char *text;             /* of all terms, without gaps */
    size_t *lists;          /* where the postings of each term begin, and the end of the last */
    struct source *sources; /* in the order of documents */
    size_t source_count;
    struct reference *references; /* of all terms, without gaps */
};

/* The builders must outlive it. `documents` as for index_build(). */
void join(struct joined *joined, struct index_builder *const *builders, size_t count,
          const uint32_t *documents, uint32_t file_count);
void join_free(struct joined *joined);

#endif
